"""What was taken back comes back nowhere: every byte of what is built, purged and archived."""

import gzip
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from generator.author.errors import AuthorError
from generator.author.passages import marks
from generator.author.purge import purge
from generator.examine import examine, memory_of
from generator.publish.build import build
from generator.publish.request import BuildRequest
from generator.render.theme import theme_folder
from tests.worlds import County, serving

ID = "chengguan/2026/subsidy"
FOLDER = "content/chengguan/items/2026/subsidy"
SECRETS = ("欧阳某甲家住柳树巷七排", "因肾病申请救助", "上官某乙", "柳树巷那一户的救助")
FRONT = """\
---
title: 临时救助公示
category: 通知公告/公示
period: 临时
formed: 2026-10-12
summary: 柳树巷那一户的救助情况
keywords: [柳树巷那一户的救助]
process: subsidy
notice: {from: 2026-10-13, to: 2026-10-20, contact: "12319"}
files: [{path: list.csv, title: 名单}]
"""
BODY = "欧阳某甲家住柳树巷七排，因肾病申请救助，补助 3000 元。\n"
GONE = "withdrawn: {on: 2026-11-05, reason: 含有不宜公开的内容, kind: 个人信息}\n"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with serving(tmp_path / "public") as url:
        made = County(tmp_path, url)
        made.root.replace("site_config.yml", "catalog:", "receipts: receipts\ncatalog:")
        made.receipts = made.root.path / "receipts"
        made.root.write(f"{FOLDER}/index.md", f"{FRONT}---\n{BODY}")
        made.root.write(f"{FOLDER}/list.csv", "姓名,金额\n上官某乙,3000\n")
        yield made


def built(county: County, site: Path, day: str = "2026-11-24") -> None:
    summary = build(
        BuildRequest(county.root.path, site, date.fromisoformat(day), theme_folder()),
        lambda _: None,
    )
    assert summary.exit_code == 0, summary


def withdrawn(county: County) -> None:
    """Published twice with different texts, then taken back; the text still lies in the file."""
    assert county.publish("2026-10-13T09:00:00+08:00").ok
    county.root.replace(f"{FOLDER}/index.md", "补助 3000 元", "补助 3500 元")
    assert county.publish("2026-10-14T09:00:00+08:00").ok
    county.root.replace(f"{FOLDER}/index.md", "formed:", f"{GONE}formed:")
    assert county.publish("2026-11-05T09:00:00+08:00").ok


def told(folder: Path) -> list[str]:
    """Files in which any of the secrets stands, whatever a browser or a search would unpack."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and says(path.read_bytes()):
            found.append(path.relative_to(folder).as_posix())
    return found


def says(data: bytes) -> bool:
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    text = "".join(unescape(data.decode("utf-8", "replace")).split())
    return any(secret in text for secret in SECRETS) or "3000元" in text or "3500元" in text


def packed(site: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w") as bundle:
        for path in sorted(site.rglob("*")):
            if path.is_file():
                bundle.write(path, path.relative_to(site).as_posix())
    return target


def test_before_it_was_taken_back_it_could_be_read(county: County, tmp_path: Path) -> None:
    assert county.publish("2026-10-13T09:00:00+08:00").ok
    built(county, tmp_path / "site")
    places = told(tmp_path / "site")
    assert "chengguan/2026/subsidy.html" in places and "chengguan/feed.xml" in places
    assert any("pagefind" in place for place in places)


@pytest.mark.parametrize("day", ["2026-11-24", "2026-11-01"])
def test_no_byte_of_a_build_holds_what_was_taken_back(
    county: County, tmp_path: Path, day: str
) -> None:
    assert county.publish("2026-10-13T09:00:00+08:00").ok
    site = tmp_path / "site"
    built(county, site)
    withdrawn(county)
    built(county, site, day)
    assert told(site) == []
    assert (site / "chengguan/2026/subsidy.html").is_file()


def test_purge_cleans_an_old_site_caches_and_archives(county: County, tmp_path: Path) -> None:
    assert county.publish("2026-10-13T09:00:00+08:00").ok
    site = tmp_path / "site"
    built(county, site)
    bundle = packed(site, tmp_path / "old.zip")
    withdrawn(county)
    done = purge(county.root.path, ID, site, [bundle])
    assert told(site) == [] and not (tmp_path / ".site.gongkai").exists()
    with zipfile.ZipFile(bundle) as opened:
        names = opened.namelist()
        assert [n for n in names if says(opened.read(n))] == []
    assert "chengguan/2026/reception-q3.html" in names and "chengguan/receipts.jsonl" in names
    assert (site / "chengguan/2026/reception-q3.html").is_file()
    assert [line.partition(" ")[0] for line in done.removed] == ["网站", "缓存", "档案包"]
    built(county, site)
    purge(county.root.path, ID, site, [])
    assert told(site) == []


def test_purge_forgets_what_the_gate_remembers(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    withdrawn(county)
    memory = memory_of(county.root.path)
    assert memory is not None
    monkeypatch.setattr("generator.examine.examining.LEAST", 1)
    day = date(2026, 11, 24)
    examine(county.root.path, day, day, articles=False, memory=memory)
    assert SECRETS[0].encode() in (memory.folder / "chengguan").read_bytes()
    done = purge(county.root.path, ID, tmp_path / "site", [])
    assert not memory.folder.exists()
    assert f"缓存 {memory.folder}" in done.removed


def test_the_steps_left_by_hand_are_said(county: County, tmp_path: Path) -> None:
    withdrawn(county)
    site = tmp_path / "site"
    said = subprocess.run(
        [sys.executable, "-m", "generator", "purge", ID, "--root", str(county.root.path), "--out", str(site)],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for word in (
        "还要人做的事",
        "git filter-repo",
        "搜索引擎",
        f"{FOLDER}/index.md",
        "克隆",
        "打印件",
    ):
        assert word in said


def test_an_archive_keeps_its_manifest_true(county: County, tmp_path: Path) -> None:
    withdrawn(county)
    bundle = tmp_path / "a.zip"
    with zipfile.ZipFile(bundle, "w") as opened:
        opened.writestr("data/content/chengguan/items/2026/subsidy/index.md", BODY)
        opened.writestr("other.txt", "别的")
        opened.writestr(
            "manifest.json",
            '{"files": [{"path": "data/content/chengguan/items/2026/subsidy/index.md"},'
            ' {"path": "other.txt"}]}',
        )
    purge(county.root.path, ID, tmp_path / "none", [bundle])
    with zipfile.ZipFile(bundle) as opened:
        assert opened.namelist() == ["other.txt", "manifest.json"]
        assert b"subsidy" not in opened.read("manifest.json")


@pytest.mark.parametrize(
    ("id_", "why"),
    [
        ("chengguan/2026/none", "没有"),
        ("chengguan/2026/reception-q3", "没有因个人信息或者涉密撤回"),
    ],
)
def test_what_was_not_taken_back_is_not_purged(
    county: County, tmp_path: Path, id_: str, why: str
) -> None:
    with pytest.raises(AuthorError, match=why):
        purge(county.root.path, id_, tmp_path / "site", [])


def test_phrases_that_others_use_tell_nothing() -> None:
    found = marks(
        ["按规定公示五个工作日以上，欧阳某甲住柳树巷。"], ["按规定公示五个工作日以上"], []
    )
    assert found.passages == ("欧阳某甲住柳树巷",)
    assert not found.stand_in("a.html", "按规定公示五个工作日以上".encode())
    assert found.stand_in("a.html", "<p>欧阳某甲<b>住</b>柳树巷</p>".encode())
