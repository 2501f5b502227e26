"""`gongkai receipt`: what the public address served, and nothing else, makes a line."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from generator.history import ShallowClone, read_receipts
from generator.model import Line
from generator.witness import Outcome, Web, append, lines_of
from tests.worlds import County, serving

DAY1, DAY2, DAY3 = (f"2026-10-{day}T09:00:00+08:00" for day in (28, 29, 30))
Q3 = "chengguan/reception/2026-Q3"
ITEM = "content/chengguan/items/2026/reception-q3.md"
PAGE = "chengguan/2026/reception-q3.html"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with serving(tmp_path / "public") as url:
        yield County(tmp_path, url)


def kinds(outcome: Outcome) -> list[tuple[str, str, str | None]]:
    assert outcome.refused is None
    return [(line.kind, line.item, line.slot) for line in outcome.appended]


def whole(county: County) -> dict[str, tuple[Line, ...]]:
    receipts = read_receipts(county.receipts)
    assert receipts.breaks == ()
    return dict(receipts.lines)


def test_the_first_run_finds_what_was_there_and_seals_it(county: County) -> None:
    outcome = county.publish(DAY1)
    assert kinds(outcome) == [("found", "chengguan/2026/reception-q3", Q3)]
    assert outcome.ok and outcome.sealed
    (line,) = whole(county)["chengguan"]
    assert line == outcome.appended[0]
    assert line.at.isoformat() == DAY1 and line.clock_given
    assert line.due is not None and line.due.isoformat() == "2026-11-03"
    assert line.commit == county.repo.git("rev-parse", "HEAD")
    (seal,) = read_receipts(county.receipts).seals
    assert seal.heads == {"chengguan": (1, line.hash)} and seal.commit == line.commit


def test_a_second_run_appends_nothing(county: County) -> None:
    county.publish(DAY1)
    before = {path.name: path.read_bytes() for path in county.receipts.iterdir()}
    outcome = county.receipt(DAY2)
    assert (outcome.appended, outcome.ok, outcome.sealed) == ((), True, False)
    assert {path.name: path.read_bytes() for path in county.receipts.iterdir()} == before


def test_a_real_clock_leaves_no_mark(county: County) -> None:
    county.commit(DAY1)
    county.deploy(DAY1)
    county.receipt(DAY1, clock_given=False)
    for path in county.receipts.iterdir():
        assert "clock" not in json.loads(path.read_text())


def test_new_changed_and_reverted_items_each_get_a_line(county: County) -> None:
    county.publish(DAY1)
    first = (county.root.path / ITEM).read_text()
    county.root.replace(ITEM, "批次 6 批", "批次 7 批")
    county.root.item("notice", "title: 关于夜市的通知\ncategory: 通知公告/公示\nperiod: 临时\n"
                     "formed: 2026-10-28\nnotice: {from: 2026-10-29, to: 2026-11-05, "
                     "contact: '12319'}\nprocess: night-market")  # fmt: skip
    assert kinds(county.publish(DAY2)) == [
        ("first", "chengguan/2026/notice", "chengguan/notices/2026.notice"),
        ("change", "chengguan/2026/reception-q3", Q3),
    ]
    county.root.write(ITEM, first)
    assert kinds(county.publish(DAY3)) == [("change", "chengguan/2026/reception-q3", Q3)]
    lines = whole(county)["chengguan"]
    assert lines[0].sha256 == lines[3].sha256 != lines[2].sha256


def test_a_change_of_the_catalogue_or_the_page_around_makes_no_line(county: County) -> None:
    county.publish(DAY1)
    county.root.replace("content/catalog/local.yml", "also: [招待费]", "also: [招待费, 吃喝]")
    county.commit(DAY2)
    county.deploy(DAY2)
    page = county.public / PAGE
    page.write_text(page.read_text().replace("<body>", "<body class='new'><nav>新的皮</nav>"))
    assert kinds(county.receipt(DAY2)) == []


def test_an_item_without_a_slot_has_a_line_without_one(county: County) -> None:
    county.root.item(
        "history",
        "title: 单位沿革\ncategory: 机构/职能\nperiod: 长期\nformed: 2026-01-05\nimported: 旧网站",
    )
    expected = ("found", "chengguan/2026/history", None)
    assert expected in kinds(county.publish(DAY1))
    assert kinds(county.publish(DAY2)) == []


def test_a_stub_is_recorded_with_what_it_lacks_and_then_as_whole(county: County) -> None:
    county.root.item("other", "title: 单位职能\ncategory: 机构/职能\nperiod: 长期\n"
                     "formed: 2026-01-05")  # fmt: skip
    stub = (county.root.path / ITEM).read_text()
    (county.root.path / ITEM).unlink()
    county.publish(DAY1)
    county.root.write(ITEM, stub.replace("批次 6 批", "其余待统计"))
    (line,) = county.publish(DAY2).appended
    assert (line.kind, line.missing) == ("first", ("批次",))
    county.root.write(ITEM, stub)
    (line,) = county.publish(DAY3).appended
    assert (line.kind, line.missing) == ("change", ())


def test_a_withdrawal_leaves_the_slot_it_had(county: County) -> None:
    county.publish(DAY1)
    county.root.replace(
        ITEM, "formed: 2026-10-08",
        "formed: 2026-10-08\nwithdrawn: {on: 2026-10-29, reason: 数字有误}",
    )  # fmt: skip
    assert kinds(county.publish(DAY2)) == [("withdraw", "chengguan/2026/reception-q3", Q3)]
    assert kinds(county.publish(DAY3)) == []


def test_each_department_has_its_own_first_run(county: County) -> None:
    county.publish(DAY1)
    county.second_department()
    outcome = county.publish(DAY2)
    assert kinds(outcome) == [("found", "caizheng/2026/reception-q3", "caizheng/reception/2026-Q3")]
    seal = read_receipts(county.receipts).seals[-1]
    assert list(seal.heads) == ["caizheng", "chengguan"]


def test_a_page_not_yet_deployed_gets_its_line_when_it_is(county: County) -> None:
    county.publish(DAY1)
    county.root.replace(ITEM, "批次 6 批", "批次 7 批")
    county.commit(DAY2)
    outcome = county.receipt(DAY2)
    assert not outcome.ok and outcome.appended == () and outcome.refused is None
    assert [item for item, _ in outcome.unconfirmed] == ["chengguan/2026/reception-q3"]
    county.deploy(DAY3)
    (line,) = county.receipt(DAY3).appended
    assert line.at.isoformat() == DAY3


def test_one_page_that_is_missing_holds_up_no_other(county: County) -> None:
    county.second_department()
    county.commit(DAY1)
    county.deploy(DAY1)
    (county.public / PAGE).unlink()
    outcome = county.receipt(DAY1)
    assert [line.item for line in outcome.appended] == ["caizheng/2026/reception-q3"]
    ((item, reason),) = outcome.unconfirmed
    assert item == "chengguan/2026/reception-q3" and "404" in reason
    assert not outcome.ok
    assert [line.kind for line in whole(county)["caizheng"]] == ["found"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("批次 6 批", "批次 9 批", "正文"),
        ("公务接待费", "公务招待费", "标题"),
        ('"v":1', '"v":1,"x":1', "核验数据"),
        ('id="gk-body"', 'id="other"', "正文"),
        ("</body>", '<h1 id="gk-title">又一个</h1></body>', "2 处"),
        ("批次 6 批", "批次 6 批\ufffe", "正文"),
    ],
)
def test_a_page_that_differs_makes_no_line(county: County, old: str, new: str, reason: str) -> None:
    county.commit(DAY1)
    county.deploy(DAY1)
    page = county.public / PAGE
    head, mark, body = page.read_text().partition("</head>")
    if old in ("公务接待费", "批次 6 批"):
        body = body.replace(old, new)
    else:
        head, body = head.replace(old, new), body.replace(old, new)
    page.write_text(head + mark + body)
    outcome = county.receipt(DAY1)
    assert outcome.appended == () and not county.receipts.exists()
    assert reason in outcome.unconfirmed[0].reason


def test_an_attachment_missing_or_changed_makes_no_line(county: County) -> None:
    county.root.replace(
        ITEM, "formed: 2026-10-08", "formed: 2026-10-08\nfiles: [{path: a b.csv, title: 明细}]"
    )
    county.root.write("content/chengguan/files/a b.csv", "项目,数\n批次,6\n")
    county.commit(DAY1)
    county.deploy(DAY1)
    served = county.public / "chengguan/files/a b.csv"
    good = served.read_bytes()
    served.write_bytes(good.replace(b"6", b"7"))
    assert "附件" in county.receipt(DAY1).unconfirmed[0].reason
    served.write_bytes(good + b"x")
    assert "附件" in county.receipt(DAY1).unconfirmed[0].reason
    served.unlink()
    assert "404" in county.receipt(DAY1).unconfirmed[0].reason
    served.write_bytes(good)
    assert kinds(county.receipt(DAY1)) == [("found", "chengguan/2026/reception-q3", Q3)]


def test_an_address_that_does_not_answer_stops_the_run(county: County) -> None:
    county.publish(DAY1)
    county.root.replace(ITEM, "批次 6 批", "批次 7 批")
    county.commit(DAY2)
    outcome = county.receipt(DAY2, url="http://127.0.0.1:9/")
    assert outcome.refused is not None and "没有应答" in outcome.refused
    assert len(whole(county)["chengguan"]) == 1


def test_a_redirect_is_followed_on_the_same_host_only(tmp_path: Path) -> None:
    moved = {f"/old/{PAGE}": f"/{PAGE}", f"/gone/{PAGE}": f"http://localhost:9/{PAGE}"}
    with serving(tmp_path / "public", moved) as url:
        county = County(tmp_path, url)
        county.commit(DAY1)
        county.deploy(DAY1)
        outcome = county.receipt(DAY1, url=f"{url}gone/")
        assert "别的主机" in outcome.unconfirmed[0].reason
        assert len(county.receipt(DAY1, url=f"{url}old/").appended) == 1


def test_proxies_of_the_environment_are_not_asked(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    assert len(county.publish(DAY1).appended) == 1


def test_a_clock_a_little_behind_uses_the_last_time(county: County) -> None:
    county.publish(DAY1)
    county.root.replace(ITEM, "批次 6 批", "批次 7 批")
    (line,) = county.publish("2026-10-28T08:58:00+08:00").appended
    assert line.at.isoformat() == DAY1
    assert len(whole(county)["chengguan"]) == 2


def test_a_clock_further_behind_stops_the_run(county: County) -> None:
    county.publish(DAY1)
    county.root.replace(ITEM, "批次 6 批", "批次 7 批")
    outcome = county.publish("2026-10-28T08:57:59+08:00")
    assert outcome.refused is not None and "时钟" in outcome.refused
    assert len(whole(county)["chengguan"]) == 1


def test_content_that_is_not_head_stops_the_run(county: County) -> None:
    county.publish(DAY1)
    county.root.replace(ITEM, "批次 6 批", "批次 7 批")
    county.deploy(DAY2)
    outcome = county.receipt(DAY2)
    assert outcome.refused is not None and ITEM in outcome.refused


def test_receipts_inside_content_do_not_make_it_differ(county: County) -> None:
    county.receipts = county.root.path / "content" / "receipts"
    county.root.replace("site_config.yml", "judge:", "receipts: content/receipts\njudge:")
    assert len(county.publish(DAY1).appended) == 1
    assert county.receipt(DAY2).ok


def test_a_shallow_clone_stops_the_run(county: County, tmp_path: Path) -> None:
    county.commit(DAY1)
    county.commit(DAY2)
    county.deploy(DAY2)
    world = county.world(DAY2)
    shallow = tmp_path / "shallow"
    county.repo.git("clone", "-q", "--depth", "1", f"file://{county.root.path}", str(shallow))
    with pytest.raises(ShallowClone):
        append(
            world,
            shallow,
            county.receipts,
            url=county.url,
            now=datetime.fromisoformat(DAY2),
            clock_given=True,
            fetch=Web(),
        )


def test_a_broken_chain_stops_the_run(county: County) -> None:
    county.publish(DAY1)
    chain = county.receipts / "chengguan.jsonl"
    chain.write_bytes(chain.read_bytes().replace(b'"first"', b'"found"').replace(b"Q3", b"Q2"))
    county.root.replace(ITEM, "批次 6 批", "批次 7 批")
    before = chain.read_bytes()
    outcome = county.publish(DAY2)
    assert outcome.refused is not None and "chengguan.jsonl" in outcome.refused
    assert chain.read_bytes() == before


def test_the_tail_of_a_dead_run_is_sealed_by_the_next(county: County) -> None:
    county.publish(DAY1)
    seals = (county.receipts / "site.jsonl").read_bytes()
    county.root.replace(ITEM, "批次 6 批", "批次 7 批")
    county.publish(DAY2)
    (county.receipts / "site.jsonl").write_bytes(seals)
    (county.receipts / "chengguan.jsonl.tmp").write_text("半截")
    outcome = county.receipt(DAY3)
    assert (outcome.appended, outcome.sealed, outcome.ok) == ((), True, True)
    assert len(whole(county)["chengguan"]) == 2
    assert read_receipts(county.receipts).seals[-1].heads["chengguan"][0] == 2
    assert sorted(path.name for path in county.receipts.iterdir()) == [
        "chengguan.jsonl", "site.jsonl",
    ]  # fmt: skip


def test_a_first_run_that_died_before_its_seal_is_sealed_by_the_next(county: County) -> None:
    county.publish(DAY1)
    (county.receipts / "site.jsonl").unlink()
    assert county.receipt(DAY2).sealed
    assert len(whole(county)["chengguan"]) == 1


def test_seals_that_were_taken_away_later_are_not_replaced(county: County) -> None:
    county.publish(DAY1)
    county.root.replace(ITEM, "批次 6 批", "批次 7 批")
    county.publish(DAY2)
    (county.receipts / "site.jsonl").unlink()
    assert county.receipt(DAY3).refused is not None


def test_two_runs_at_once_append_each_line_once(county: County) -> None:
    for number in range(20):
        county.root.item(f"n-{number}", f"title: 单位通知第{number}号文本\n"
                         "category: 机构/职能\nperiod: 长期\nformed: 2026-01-05\n"
                         "imported: 旧网站")  # fmt: skip
    county.commit(DAY1)
    county.deploy(DAY1)
    outcomes: list[Outcome] = []
    runs = [
        threading.Thread(target=lambda: outcomes.append(county.receipt(DAY1))) for _ in range(4)
    ]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert sorted(len(outcome.appended) for outcome in outcomes) == [0, 0, 0, 21]
    items = [line.item for line in whole(county)["chengguan"]]
    assert len(items) == len(set(items)) == 21


def test_what_an_official_reads(county: County) -> None:
    assert lines_of(county.publish(DAY1)) == ("追加回执 1 条：登记已有 1 条；chengguan 到第 1 条",)
    assert lines_of(county.receipt(DAY2)) == ("回执没有增加：没有新的或有变动的事项",)
    county.root.replace(ITEM, "批次 6 批", "批次 7 批")
    county.commit(DAY2)
    told = lines_of(county.receipt(DAY2))
    assert told[0].startswith("没有核到 chengguan/2026/reception-q3：网上的核验数据")
    assert told[-1] == "回执没有增加：没有核到新的，1 件没有核到"
    (refused,) = lines_of(county.receipt("2026-10-01T00:00:00+08:00"))
    assert refused.startswith("没有追加回执：这台机器的时间 2026-10-01 00:00:00 早于")
