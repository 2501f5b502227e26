"""The archive bundle: a site in one ZIP that verifies, and nothing that was taken back."""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from generator.model import Item
from generator.outputs.archive import Incomplete, items_of, write_archive
from generator.publish.build import build
from generator.publish.request import BuildRequest
from generator.publish.world import world_of
from generator.render.theme import theme_folder
from generator.render.world import World
from generator.survey import survey
from generator.witness import verify
from generator.witness.tree import open_tree
from tests.test_cli import run
from tests.worlds import County, serving

DAY = date(2026, 11, 24)
SECRET = "四零二室的门牌号"
FRONT = "category: 通知公告/公示\nperiod: 临时\nformed: 2026-11-02\n"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """Two years' items with receipts; one was taken back for what it said of a person."""
    folder = tmp_path_factory.mktemp("county")
    with serving(folder / "public") as url:
        county = County(folder, url)
        county.receipts = county.root.path / "receipts"
        config = (county.root.path / "site_config.yml").read_text(encoding="utf-8")
        county.root.write("site_config.yml", config + "receipts: receipts\n")
        own = "content/chengguan/items/2026"
        county.root.write(
            f"{own}/with-file/index.md",
            f"---\ntitle: 带附件的公示\n{FRONT}files: [{{path: 名单.csv, title: 名单}}]\n---\n附件附后。\n",
        )
        county.root.write(f"{own}/with-file/名单.csv", "序号,事项\n1,甲\n")
        county.root.item("gone", f"title: 拟撤回的公示\n{FRONT}", f"{SECRET}。\n")
        county.root.item("wrong", f"title: 数字有误的公示\n{FRONT}", "三十万元。\n")
        county.root.item(
            "old", "title: 上一年的公示\ncategory: 通知公告/公示\nperiod: 临时\nformed: 2025-12-01",
            year=2025,
        )  # fmt: skip
        assert county.publish("2026-11-03T09:00:00+08:00").ok
        for slug, kind in (("gone", "个人信息"), ("wrong", "内容有误")):
            county.root.replace(
                f"{own}/{slug}.md",
                "formed: 2026-11-02",
                f"formed: 2026-11-02\nwithdrawn: {{on: 2026-11-10, reason: 已经撤回, kind: {kind}}}",
            )
        assert county.publish("2026-11-10T09:00:00+08:00").ok
    return county


@pytest.fixture(scope="module")
def world(county: County) -> World:
    return world_of(survey(county.root.path, DAY, DAY), trial=True)


@pytest.fixture(scope="module")
def packed(county: County, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command writes."""
    out = tmp_path_factory.mktemp("out") / "archive.zip"
    done = run("archive", "--root", str(county.root.path), "--year", "2026", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "2026 年 4 件" in done.stdout
    return out


def files(bundle: Path) -> Mapping[str, bytes]:
    with zipfile.ZipFile(bundle) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_bundle_verifies_as_a_site(packed: Path, county: County) -> None:
    verdict = verify(packed, None, None, None)
    assert verdict.ok and verdict.receipts == 7 and verdict.awaited == ()
    assert verify(packed, county.receipts, county.root.path, None).ok
    done = run("verify", str(packed))
    assert done.returncode == 0 and "链完整" in done.stdout


def test_a_bundle_that_was_touched_does_not(packed: Path, tmp_path: Path) -> None:
    for name, old, new in (
        ("chengguan/2026/reception-q3.html", "1.2 万元", "1.1 万元"),
        ("chengguan/2026/with-file/名单.csv", "甲", "乙"),
        ("chengguan/receipts.jsonl", "2026-11-03", "2026-11-02"),
    ):
        touched = tmp_path / "touched.zip"
        with zipfile.ZipFile(touched, "w") as bundle:
            for path, data in files(packed).items():
                changed = data.replace(old.encode(), new.encode()) if path == name else data
                assert path != name or changed != data
                bundle.writestr(path, changed)
        assert not verify(touched, None, None, None).ok, name


def test_pages_files_markdown_and_receipts_are_in_it(packed: Path) -> None:
    found = files(packed)
    for name in (
        "index.html", "manifest.json", "build.json", "receipts/site.jsonl",
        "chengguan/receipts.jsonl", "chengguan/assets/site.css",
        "chengguan/2026/reception-q3.html", "chengguan/2026/with-file.html",
        "chengguan/2026/with-file/名单.csv", "chengguan/data/slots-2026.json",
        "data/content/chengguan/items/2026/reception-q3.md",
        "data/content/chengguan/items/2026/with-file/index.md",
    ):  # fmt: skip
        assert name in found, name
    contents = found["index.html"].decode()
    assert 'href="chengguan/2026/with-file.html">带附件的公示' in contents
    assert "数字有误的公示</a>（已撤回）" in contents


def test_a_page_of_another_year_is_there_for_its_receipt_alone(packed: Path) -> None:
    found = files(packed)
    assert "chengguan/2025/old.html" in found
    assert not any(name.startswith("data/") and "/2025/" in name for name in found)
    assert "上一年的公示" not in found["index.html"].decode()


def test_what_was_taken_back_is_nowhere(packed: Path, county: County) -> None:
    assert SECRET in (county.root.path / "content/chengguan/items/2026/gone.md").read_text("utf-8")
    found = files(packed)
    assert "chengguan/2026/gone.html" in found
    for name, data in found.items():
        assert SECRET.encode() not in data, name
        assert "三十万元".encode() not in data, name
    assert not any(name.endswith(("gone.md", "wrong.md")) for name in found)
    assert SECRET.encode() not in packed.read_bytes()


def test_the_manifest_tells_every_file(packed: Path) -> None:
    found = dict(files(packed))
    manifest = json.loads(found.pop("manifest.json"))
    assert [one["path"] for one in manifest["files"]] == sorted(found)
    for one in manifest["files"]:
        data = found[one["path"]]
        assert one == {
            "path": one["path"],
            "bytes": len(data),
            "sha256": sha256(data).hexdigest(),
        }
    last = json.loads(found["chengguan/receipts.jsonl"].splitlines()[-1])
    assert manifest["heads"] == {"chengguan": [last["seq"], last["hash"]]}
    assert (manifest["schema_version"], manifest["year"]) == (1, 2026)


def test_it_is_stored_sorted_dated_alike_and_the_same_twice(
    packed: Path, county: County, tmp_path: Path
) -> None:
    with zipfile.ZipFile(packed) as bundle:
        entries = bundle.infolist()
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {(e.compress_type, e.date_time, e.external_attr, e.create_system) for e in entries} == {
        (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), 0o100644 << 16, 3)
    }
    again = tmp_path / "again.zip"
    done = run(
        "archive", "--root", str(county.root.path), "--year", "2026", "--out", str(again),
        TZ="America/New_York", GONGKAI_NOW="2026-11-24T20:00:00+08:00",
    )  # fmt: skip
    assert done.returncode == 0 and again.read_bytes() == packed.read_bytes()
    assert list(tmp_path.iterdir()) == [again]


def test_a_year_without_items_writes_nothing(county: County, tmp_path: Path) -> None:
    out = tmp_path / "none.zip"
    done = run("archive", "--root", str(county.root.path), "--year", "2019", "--out", str(out))
    assert done.returncode == 1 and "没有 2019 年的事项" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_site_that_lacks_a_page_is_refused(world: World, county: County, tmp_path: Path) -> None:
    request = BuildRequest(county.root.path, tmp_path / "site", world.ledger.as_of, theme_folder())
    build(request, lambda _: None)
    (tmp_path / "site/chengguan/2026/with-file.html").unlink()

    def source(item: Item) -> bytes:
        return (county.root.path / item.path).read_bytes()

    assert len(items_of(world, 2026)) == 4
    with pytest.raises(Incomplete, match=r"with-file\.html"):
        write_archive(world, 2026, open_tree(tmp_path / "site"), source, io.BytesIO())
