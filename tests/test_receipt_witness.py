"""Heads of another site, recorded as they were seen over the network."""

from datetime import datetime
from pathlib import Path

from generator.history import read_receipts
from generator.witness import Web, Witness, record
from tests.worlds import County, serving

DAY1, DAY2, DAY3 = (f"2026-10-{day}T09:00:00+08:00" for day in (28, 29, 30))
ITEM = "content/chengguan/items/2026/reception-q3.md"


def seen(county: County, own: Path, at: str) -> Witness:
    (one,) = record(
        [county.url], own, now=datetime.fromisoformat(at), clock_given=True, fetch=Web(timeout=5)
    )
    return one


def test_a_childs_last_seal_is_recorded_once(tmp_path: Path) -> None:
    own = tmp_path / "own"
    with serving(tmp_path / "public") as url:
        county = County(tmp_path, url)
        assert seen(county, own, DAY1).trouble == "封签取不到：服务器回答 404"
        assert not own.exists()
        county.publish(DAY1)
        county.deploy(DAY1)
        assert (seen(county, own, DAY1).seq, seen(county, own, DAY2).seq) == (1, None)
        county.root.replace(ITEM, "批次 6 批", "批次 7 批")
        county.publish(DAY2)
        county.deploy(DAY2)
        assert seen(county, own, DAY3).seq == 2
        ours = read_receipts(own)
        assert ours.breaks == ()
        seals = read_receipts(county.receipts).seals
        assert [(one.source, one.seq, one.head) for one in ours.witnessed] == [
            (url, seal.seq, seal.hash) for seal in seals
        ]


def test_a_head_that_disappeared_is_told_and_stays_on_record(tmp_path: Path) -> None:
    own = tmp_path / "own"
    with serving(tmp_path / "public") as url:
        county = County(tmp_path, url)
        county.publish(DAY1)
        county.deploy(DAY1)
        seen(county, own, DAY1)
        for path in county.receipts.iterdir():
            path.unlink()
        county.publish(DAY2)
        county.deploy(DAY2)
        assert seen(county, own, DAY3).trouble == "以前见到过第 1 道封签，现在没有了"
        assert len(read_receipts(own).witnessed) == 1


def test_a_clock_that_ran_back_and_a_broken_record_write_nothing(tmp_path: Path) -> None:
    own = tmp_path / "own"
    with serving(tmp_path / "public") as url:
        county = County(tmp_path, url)
        county.publish(DAY1)
        county.deploy(DAY1)
        seen(county, own, DAY2)
        before = (own / "witness.jsonl").read_bytes()
        assert seen(county, own, DAY1).trouble == "这台机器的时间早于上一条见证"
        (own / "witness.jsonl").write_bytes(before[:-5])
        assert seen(county, own, DAY3).trouble == "本站的见证记录不完整"
        assert (own / "witness.jsonl").read_bytes() == before[:-5]
