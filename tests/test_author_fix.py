"""`check --fix`: the slips are mended, everything else stays byte for byte."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from generator.author.fix import fix
from generator.author.init import init
from generator.diagnostic import Diagnostic, Edit, Place, Rule, Severity
from generator.load import load

DIGITS = Rule("F115", "also-read", Severity.NOTICE, "也认的写法", "", fixable=True)
ITEM = "content/zhengfuban/items/2026/organs.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    init(tmp_path, "县", "none", today=date(2026, 11, 24), version="1")
    return tmp_path


def edit(start: int, end: int, text: str, path: str = "a.md") -> Diagnostic:
    return Diagnostic(
        Place(path, 1, start + 1), DIGITS, "也认", "", edits=(Edit(start, end, text),)
    )


ORIGINAL = (
    "---\n"
    "# 这一行说明要留着\n"
    "title: 示例县人民政府办公室办事机构  # 尾注\n"
    "category: 基本/办事机构\n"
    "period: 长期\n"
    "formed: 2026-11-24\n"
    "---\n"
    "正文里的2026年3月5日和 BOM 无关。机构设置 办公地址 办公时间 联系电话。\n"
)


@pytest.mark.parametrize(
    "broken",
    [
        ORIGINAL.replace("2026-11-24", "2026年11月24日").encode(),
        ORIGINAL.replace("2026-11-24", "２０２６-11-24").encode(),
        ORIGINAL.replace("2026-11-24", "2026/11/24").encode(),
        b"\xef\xbb\xbf" + ORIGINAL.encode(),
        ORIGINAL.replace("\n", "\r\n").encode(),
        ORIGINAL.encode("gbk"),
        b"\xef\xbb\xbf"
        + ORIGINAL.replace("\n", "\r\n").replace("2026-11-24", "2026.11.24").encode(),
        ORIGINAL.replace("\n", "\r\n").replace("2026-11-24", "2026年11月24日").encode("gbk"),
    ],
)
def test_what_is_mechanical_is_mended_and_comments_stay(root: Path, broken: bytes) -> None:
    (root / ITEM).write_bytes(broken)
    others = {p: p.read_bytes() for p in root.rglob("*") if p.is_file() and p != root / ITEM}
    fixed = fix(root, load(root).diagnostics)
    assert (root / ITEM).read_bytes().decode() == ORIGINAL
    assert list(fixed.mended) == [ITEM]
    assert load(root).diagnostics == ()
    assert {p: p.read_bytes() for p in others} == others
    assert sorted(p.name for p in (root / ITEM).parent.iterdir()) == ["organs.md"]


def test_a_second_run_changes_nothing(root: Path) -> None:
    (root / ITEM).write_bytes(ORIGINAL.replace("\n", "\r\n").encode())
    fix(root, load(root).diagnostics)
    again = fix(root, load(root).diagnostics)
    assert (again.mended, again.left, again.overlapping) == ({}, {}, 0)
    assert again.sentence == "没有改动文件"


def test_edits_are_applied_from_the_end_and_overlaps_wait(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("一二三四五六", encoding="utf-8")
    fixed = fix(
        tmp_path,
        [
            edit(0, 1, "壹壹"),
            edit(4, 6, "伍"),
            edit(5, 6, "陆"),
            edit(0, 1, "壹壹"),
            edit(2, 2, "+"),
        ],
    )
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "壹壹二+三四伍"
    assert (fixed.mended, fixed.overlapping) == ({"a.md": 4}, 1)
    assert fixed.sentence == (
        "改好 4 处，动了 1 个文件\n有 1 处和别的改动重叠，再运行一次 `check --fix`"
    )


def test_edits_beyond_the_text_are_not_applied(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("短", encoding="utf-8")
    fixed = fix(tmp_path, [edit(0, 9, "x")])
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "短"
    assert fixed.overlapping == 1


def test_a_table_keeps_its_mark_and_its_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfa,b\r\n1,2\r\n")
    fix(tmp_path, [edit(4, 5, "9", "a.csv")])
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbfa,b\r\n9,2\r\n"


def test_control_characters_that_nobody_mended_stay(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"a\x07b\n")
    fix(tmp_path, [edit(2, 3, "c")])
    assert (tmp_path / "a.md").read_bytes() == b"a\x07c\n"


def test_files_outside_the_root_are_never_written(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside.md"
    root.mkdir()
    outside.write_text("一二", encoding="utf-8")
    (root / "link.md").symlink_to(outside)
    (root / "folder").symlink_to(tmp_path)
    fixed = fix(
        root,
        [
            edit(0, 1, "x", "link.md"),
            edit(0, 1, "x", "../outside.md"),
            edit(0, 1, "x", "folder/outside.md"),
            edit(0, 1, "x", "none.md"),
        ],
    )
    assert outside.read_text(encoding="utf-8") == "一二"
    assert fixed.left == {
        "link.md": "它是符号链接",
        "../outside.md": "它在文件夹之外",
        "folder/outside.md": "它在文件夹之外",
        "none.md": "它不是文件",
    }
    assert "link.md 没有改动: 它是符号链接" in fixed.sentence


def test_the_mode_stays(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("一二", encoding="utf-8")
    (tmp_path / "a.md").chmod(0o640)
    fix(tmp_path, [edit(0, 1, "x")])
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_disk_that_refuses_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.md").write_text("一二", encoding="utf-8")
    if failing == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    fixed = fix(tmp_path, [edit(0, 1, "x")])
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "一二"
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]
    assert fixed.left == {"a.md": "磁盘满了"}
