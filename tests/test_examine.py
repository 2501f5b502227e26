"""A root examined whole, side by side, and from memory: the findings are the same."""

import os
from datetime import date
from pathlib import Path

import pytest

from generator.examine import Examined, Memory, examine, examining, memory_of
from generator.examine.memory import LEAST
from generator.load import Ground, Holding, read_holding
from generator.processes import pool
from tests.roots import CONFIG, DEPARTMENT, ITEM, Root
from tests.test_gate import AS_OF

FOLDERS = ("chengguan", "caizheng", "jiaoyu")
LINK = "见[城管局的公示](../../../chengguan/items/2026/n0.md)。\n"


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """Three departments with faults of every family, one of them in what another publishes."""
    root = Root(tmp_path / "root")
    root.write("site_config.yml", CONFIG.replace("[chengguan]", f"[{', '.join(FOLDERS)}]"))
    for n, folder in enumerate(FOLDERS):
        base = f"content/{folder}"
        root.write(f"{base}/department.yml", DEPARTMENT.replace("城市管理局", f"{folder}局"))
        for k in range(LEAST):
            root.write(f"{base}/items/2026/n{k}.md", notice(f"第 {k} 号公示"))
        root.write(f"{base}/items/2026/reception-q3.md", ITEM.replace("2026-10-08", "2026-10-4x"))
        root.write(f"{base}/items/2026/a.md", notice("联系人张伟，手机13812345678。"))
        root.write(f"{base}/items/2026/b.md", notice(TWIN + f"共 {n} 件。"))
        root.write(f"{base}/items/2026/c.md", notice(SUMS))
    root.write("content/caizheng/items/2026/d.md", notice(LINK))
    root.write(
        "content/caizheng/items/2026/e.md", notice("正文。").replace("2026-10-09", "2026-11-99")
    )
    return root


def notice(body: str) -> str:
    return (
        "---\ntitle: 关于有关事项的公示\ncategory: 通知公告/公示\nperiod: 临时\n"
        f"formed: 2026-10-09\n---\n{body}\n"
    )


TWIN = (
    "本单位依照规定对辖区内的户外广告设施开展了一次全面的安全检查，并将检查的情况予以公示，接受社会监督。"
    * 3
)
SUMS = "| 项目 | 件数 |\n|---|---|\n| 甲 | 3 |\n| 乙 | 4 |\n| 合计 | 9 |"


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Root) -> Memory:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = memory_of(root.path)
    assert made is not None
    return made


def looked(root: Root, memory: Memory | None = None, as_of: date = AS_OF) -> Examined:
    return examine(root.path, as_of, as_of, articles=memory is None, memory=memory)


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_side_by_side_and_from_memory_it_finds_the_same(root: Root, memory: Memory) -> None:
    alone = looked(root)
    codes = {d.rule.code[0] for d in alone.diagnostics}
    assert codes >= set("FDLTW"), codes
    with pool(2) as beside:
        together = examine(root.path, AS_OF, AS_OF, beside=beside)
        first = examine(root.path, AS_OF, AS_OF, beside=beside, articles=False, memory=memory)
        second = examine(root.path, AS_OF, AS_OF, beside=beside, articles=False, memory=memory)
    for other in (together, first, second, looked(root, memory)):
        assert other.diagnostics == alone.diagnostics
        assert other.loaded.repository == alone.loaded.repository
        assert other.loaded.not_checked == alone.loaded.not_checked
        assert other.loaded.files == alone.loaded.files
    assert together.articles == alone.articles
    assert len(alone.articles) > len(FOLDERS) * LEAST


def test_what_is_remembered_lies_outside_the_root_and_for_its_user_alone(
    root: Root, memory: Memory, tmp_path: Path
) -> None:
    before = files(root.path)
    looked(root, memory)
    assert files(root.path) == before
    assert sorted(path.name for path in memory.folder.iterdir()) == sorted(FOLDERS)
    assert memory.folder.is_relative_to(tmp_path / "cache" / "gongkai")
    assert {path.stat().st_mode & 0o077 for path in memory.folder.iterdir()} == {0}


def test_only_departments_whose_files_changed_are_read_again(
    root: Root, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked(root, memory)
    read: list[str] = []

    def noted(ground: Ground, folder: str) -> Holding:
        read.append(folder)
        return read_holding(ground, folder)

    monkeypatch.setattr(examining, "read_holding", noted)
    looked(root, memory)
    assert read == []
    root.write("content/jiaoyu/items/2026/f.md", notice("王芳，身份证号11010519491231002X。"))
    found = looked(root, memory).diagnostics
    assert read == ["jiaoyu"]
    assert found == looked(root).diagnostics
    assert "L201" in {d.rule.code for d in found if d.place.path.endswith("f.md")}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("site_config.yml", CONFIG.replace("[chengguan]", f"[{', '.join(FOLDERS)}]") + "# 变了\n"),
        ("content/catalog/local.yml", None),
        ("content/allow.yml", "- {at: chengguan/2026/a, rule: L203, shows: '138****5678', reason: 本人同意公开}\n"),
        ("content/chengguan/department.yml", DEPARTMENT.replace("城市管理局", "卫生健康局")),
        ("content/exemptions/a.yml", "[]\n"),
    ],
)  # fmt: skip
def test_a_change_in_what_all_rest_on_is_seen(
    root: Root, memory: Memory, path: str, text: str | None
) -> None:
    looked(root, memory)
    if text is None:
        root.replace(path, "every: event", "every: standing")
    else:
        root.write(path, text)
    assert looked(root, memory).diagnostics == looked(root).diagnostics


def test_a_file_of_another_department_that_a_link_names_is_asked_for_again(
    root: Root, memory: Memory
) -> None:
    looked(root, memory)
    (root.path / "content/chengguan/items/2026/n0.md").unlink()
    found = looked(root, memory).diagnostics
    assert [d for d in found if d.place.path.endswith("caizheng/items/2026/d.md")]
    assert found == looked(root).diagnostics


def test_another_day_is_judged_anew(root: Root, memory: Memory) -> None:
    for day in (AS_OF, date(2026, 10, 8), AS_OF):
        assert looked(root, memory, day).diagnostics == looked(root, as_of=day).diagnostics


@pytest.mark.parametrize("damage", [b"", b"\x80", b"garbage", b"\x80\x05N.", None])
def test_a_damaged_memory_is_as_good_as_none(
    root: Root, memory: Memory, damage: bytes | None
) -> None:
    wanted = looked(root, memory).diagnostics
    for path in memory.folder.iterdir():
        path.write_bytes(path.read_bytes()[:200] if damage is None else damage)
    assert looked(root, memory).diagnostics == wanted


def test_where_nothing_can_be_kept_nothing_is(root: Root, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    made = Memory(tmp_path / "file" / "gongkai" / "x")
    assert looked(root, made).diagnostics == looked(root).diagnostics


def test_a_small_department_leaves_nothing_behind(memory: Memory, tmp_path: Path) -> None:
    small = Root(tmp_path / "small")
    looked(small, memory)
    assert not memory.folder.exists()


def test_a_department_that_no_process_can_hold_is_named_and_the_others_are_read(
    root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(ground: Ground, folder: str) -> Holding:
        if folder == "caizheng":
            os._exit(9)
        return read_holding(ground, folder)

    monkeypatch.setattr(examining, "read_holding", killed)
    with pool(2) as beside, pytest.raises(MemoryError, match="caizheng"):
        examine(root.path, AS_OF, AS_OF, beside=beside)
