"""Broken files, one slip each: the one diagnostic, at the right line and column."""

import os
from datetime import date
from pathlib import Path

import pytest

from generator.author.fix import fix
from generator.check import check, sound
from generator.diagnostic import Diagnostic, Severity
from generator.load import load
from generator.report.diagnostics import FORMATS
from generator.report.findings import Findings
from generator.rules import ALL
from tests.roots import ITEM, Root

AS_OF = date(2026, 11, 24)
A = "content/chengguan/items/2026/reception-q3.md"
DEPT = "content/chengguan/department.yml"
CAT = "content/catalog/local.yml"
CONF = "site_config.yml"


def gate(root: Root) -> tuple[Diagnostic, ...]:
    return check(load(root.path), AS_OF)


def item(old: str, new: str) -> tuple[str, str]:
    """The sample item with a passage changed."""
    assert old in ITEM, old
    return A, ITEM.replace(old, new, 1)


NOTICE = """\
---
title: 便民疏导点设置方案公示
category: 通知公告/公示
period: 临时
formed: 2026-10-08
process: market
notice: {from: 2026-10-10, to: 2026-10-30, contact: "12319"}
---
正文。
"""
N = "content/chengguan/items/2026/notice.md"


def notice(old: str, new: str) -> tuple[str, str]:
    """The sample 公示 with a passage changed."""
    assert old in NOTICE, old
    return N, NOTICE.replace(old, new, 1)


# (file, its text, code, line, column): None for a finding about the whole file.
BROKEN: list[tuple[tuple[str, str | bytes], str, int | None, int | None]] = [
    # the slips of style.md's table
    (item("title: 2026", "title：2026"), "F108", 2, 6),
    (item("period: 2026-Q3", "period: ２０２６-Q3"), "F115", 4, 9),
    (item("2026-10-08", "2026年10月8日"), "F115", 5, 9),
    (item("formed:", "\tformed:"), "F109", 5, 1),
    (item("title: 2026年", "title: 通知: 2026年"), "F111", 2, 8),
    ((A, ITEM.encode("gbk")), "F002", 1, 1),
    (item("formed: 2026-10-08", "title: 又一个标题"), "F103", 5, 1),
    # files
    ((A, b"\xef\xbb\xbf" + ITEM.encode()), "F003", 1, 1),
    ((A, ITEM.replace("\n", "\r\n")), "F004", 1, 1),
    ((A, b"\xff\xfe" + ITEM.encode("utf-16-le")), "F001", None, None),
    ((A, b"PK\x03\x04\x00\x00\xff\xff\xfe\x80"), "F001", 1, 1),
    ((A, ""), "F101", 1, 1),
    ((A, "只有正文。\n"), "F101", 1, 1),
    ((A, "\n" + ITEM), "F101", 1, 1),
    ((A, "---\ntitle: 甲乙丙丁\n"), "F102", 1, 1),
    (item("正文" if "正文" in ITEM else "预算数", "<<<<<<< HEAD\n预算数\n=======\n预算\n>>>>>>> b\n"), "F005", 7, 1),
    (item("支出数", "支\u202e出数"), "F006", 7, 11),
    ((A, "---\n" + "x" * 2_000_001), "F007", None, None),
    # fields
    (item("period: 2026-Q3\n", ""), "F105", 2, 1),
    (item("category: 财务/公务接待费", "category:"), "F106", 3, 1),
    (item("formed: 2026-10-08", "tittle: 甲乙丙丁"), "F104", 5, 1),
    (item("formed: 2026-10-08", "标题: 甲乙丙丁"), "F104", 5, 1),
    (item("formed: 2026-10-08", "memo: 甲"), "F104", 5, 1),
    (item("formed: 2026-10-08", "files: a.xlsx"), "F107", 5, 8),
    (item("formed: 2026-10-08", "notice: 十天"), "F107", 5, 9),
    (item("formed: 2026-10-08", "keywords: {a: b}"), "F107", 5, 1),
    (item("title: 2026年第三季度公务接待费支出情况", "title: [甲, 乙]"), "F107", 2, 1),
    (item("title: 2026年第三季度公务接待费支出情况", 'title: "没有成对'), "F110", None, None),
    (item("formed: 2026-10-08", "issuer: @办公室"), "F110", 5, 9),
    (item("formed: 2026-10-08", "issuer: &a 办公室"), "F118", 5, 9),
    (item("title: 2026年第三季度公务接待费支出情况", "title: 接待"), "F112", 2, 8),
    (item("formed: 2026-10-08", "summary: " + "字" * 101), "F112", 5, 10),
    (item("formed: 2026-10-08", "nil: 无"), "F112", 5, 6),
    (item("formed: 2026-10-08", "phase: 结束"), "F113", 5, 8),
    (item("formed: 2026-10-08", "process: 城南市场"), "F114", 5, 10),
    (item("formed: 2026-10-08", "corrects: 去年那件"), "F114", 5, 11),
    (item("2026-10-08", "20261008"), "F116", 5, 9),
    (item("2026-10-08", "上月底"), "F116", 5, 9),
    (item("2026-Q3", "2026Q3"), "F117", 4, 9),
    (item("2026-Q3", "2026-13"), "F117", 4, 9),
    (item("2026-10-08", "2026-02-30"), "D301", 5, 9),
    (item("2026-10-08", "2026-13-01"), "D301", 5, 9),
    # places
    (("content/chengguan/items/2026/三季度.md", ITEM.replace("Q3", "Q2").replace("第三", "第二")), "F009", None, None),
    (("content/chengguan/接待费.md", ITEM), "F010", None, None),
    (("content/chengguan/items/2026/表.xlsx", b"x"), "F010", None, None),
    (("content/chengguan/items/26/a.md", ITEM), "F010", None, None),
    (("content/readme.txt", "x"), "F010", None, None),
    (("content/catalog/a.txt", "x"), "F010", None, None),
    (("content/caizheng/department.yml", "name: 财政局\n"), "F401", None, None),
    (("content/chengguan/items/2026/reception-q3/index.md", ITEM), "F207", None, None),
    (("content/chengguan/items/2025/late.md", ITEM.replace("Q3", "Q2").replace("三季", "二季")), "F119", 4, 9),
    # attachments
    (item("formed: 2026-10-08", "files: [{path: a.xlsx, title: 明细}]"), "F201", 5, 16),
    (item("formed: 2026-10-08", "files: [{path: ../a.xlsx, title: 明细}]"), "F202", 5, 16),
    (item("formed: 2026-10-08", "files: [{path: /etc/passwd, title: 明细}]"), "F205", 5, 16),
    (item("formed: 2026-10-08", "files: [{path: empty.pdf, title: 明细}]"), "F203", 5, 16),
    (item("formed: 2026-10-08", "files: [{path: run.exe, title: 明细}]"), "F204", 5, 16),
    (item("formed: 2026-10-08", "files: [{path: fake.pdf, title: 明细}]"), "F204", 5, 16),
    (item("批次 6 批。", "见[明细](../../files/none.xlsx)。"), "F201", 7, 22),
    (item("批次 6 批。", "见[明细](../../../caizheng/files/a.xlsx)。"), "F202", 7, 22),
    (item("批次 6 批。", "批次见[点](javascript:alert)"), "F210", 7, 24),
    (item("批次 6 批。", "批次见[上期](reception-q2.md)。"), "F206", 7, 24),
    (item("formed: 2026-10-08", "corrects: chengguan/2026/none"), "F206", 5, 11),
    (item("formed: 2026-10-08", "section: 环卫科"), "F206", 5, 10),
    # catalogue
    (item("财务/公务接待费", "财务/接待费用"), "C201", 3, 11),
    (item("period: 2026-Q3", "period: 2026-09"), "C202", 4, 9),
    (item("period: 2026-Q3", "period: 临时"), "C202", 4, 9),
    (("content/chengguan/items/2026/zz.md", ITEM), "C204", 4, 9),
    (item("formed: 2026-10-08", "imported: 旧网站"), "C206", 5, 11),
    ((CAT, "- {category: 甲/乙, slug: a, class: 财, basis: [条例], every: event, due: {on: 01-31}}\n"), "C205", 1, 75),
    ((CAT, "- category: 甲/乙\n  slug: a\n"), "F105", 1, 3),
    ((CAT, "- {slug: nothing, off: 无此职权}\n"), "C213", 1, 1),
    (("content/exemptions/a.yml", "- {department: chengguan, kind: extend, category: 财务/公务接待费}\n"), "C212", 1, 3),
    (("content/exemptions/a.yml", "- {department: huanwei, kind: not_applicable, category: 财务/公务接待费, reason: 无此职权}\n"), "C212", 1, 1),
    (("content/exemptions/a.yml", "- {department: chengguan, kind: not_applicable, category: 财务/接待, reason: 无此职权}\n"), "C201", 1, 1),
    (notice("process: market\n", ""), "C214", 6, 1),
    (notice("formed: 2026-10-08", "formed: 2026-10-08\nnil: 本期没有公示事项"), "C207", 6, 6),
    # dates
    (item("formed: 2026-10-08", "deadline: 2026-11-20"), "D302", 5, 11),
    (item("formed: 2026-10-08", "formed: 2026-10-08\ndeadline: 2026-10-01"), "D303", 6, 11),
    (notice("formed: 2026-10-08\n", ""), "D304", 4, 9),
    (notice("formed: 2026-10-08", "formed: 2026-02-30"), "D301", 5, 9),
    (notice("to: 2026-10-30", "to: 2026-10-01"), "D305", 7, 32),
    (item("2026-10-08", "2026-08-01"), "D306", 5, 9),
    (item("批次 6 批。", "批次 6 批。\n\n2026年8月10日\n"), "D307", 5, 9),
    (item("formed: 2026-10-08", "formed: 2026-10-08\nnumber: 城管发〔2025〕12号"), "D308", 5, 9),
    (item("第三季度公务", "第二季度公务"), "D309", 2, 8),
    (item("2026-10-08", "2026-12-08"), "D310", 5, 9),
    (notice("formed: 2026-10-08", "formed: 2026-10-08\nwithdrawn: {on: 2026-09-01, reason: 内容有误}"), "D313", 6, 17),
    (("content/calendar/2027.yml", "year: 2027\nnotice: 某号\noff: [{name: 元旦, from: 2027-01-03, to: 2027-01-01}]\nwork: []\n"), "D312", 3, 40),
    (("content/calendar/2027.yml", "year: 2027\nnotice: 某号\noff: []\nwork: [2027-01-04]\n"), "D311", 4, 8),
    # review, scope, powers
    (item("formed: 2026-10-08", "audience: 本单位"), "L101", 5, 11),
    (item("formed: 2026-10-08", "review: {drafted: 张某, approved: 张某}"), "L103", 5, 33),
    ((DEPT, "name: 城管局\nkind: 局\nphone: '1'\ncomplaints: '2'\n"), "F113", 2, 7),
    (("content/chengguan/powers.csv", "code,name\n1,甲\n"), "F301", 1, 1),
    (("content/chengguan/powers.csv", "code,name,class,body,basis,limit,process,responsibility\n1,甲,许可\n"), "F302", 2, 1),
    (("content/chengguan/powers.csv", 'code,name,class,body,basis,limit,process,responsibility\n1,"甲\n'), "F302", 2, 1),
    (("content/chengguan/services/a.md", "---\ntitle: 占道许可办理\ncategory: 机构/职能\n---\n"), "W401", 2, 1),
    # configuration
    ((CONF, "site:\n  name: 甲\n"), "F105", 1, 1),
    ((CONF, "- 甲\n"), "F107", None, None),
]  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Root:
    root = Root(tmp_path)
    root.write("content/chengguan/files/empty.pdf", b"")
    root.write("content/chengguan/files/run.exe", b"MZ\x90")
    root.write("content/chengguan/files/fake.pdf", b"MZ\x90")
    return root


def test_the_sample_root_is_sound(root: Root) -> None:
    assert gate(root) == ()
    root.write(N, NOTICE)
    assert gate(root) == ()


def test_enough_broken_files() -> None:
    assert len(BROKEN) >= 60


@pytest.mark.parametrize(
    ("file", "code", "line", "column"),
    BROKEN,
    ids=[f"{c}-{n}" for n, (_, c, _, _) in enumerate(BROKEN)],
)
def test_a_broken_file_gives_its_diagnostic_at_its_place(
    root: Root, file: tuple[str, str | bytes], code: str, line: int | None, column: int | None
) -> None:
    path, text = file
    before = {p: p.read_bytes() for p in root.path.rglob("*") if p.is_file()}
    written = root.write(path, text)
    found = gate(root)
    mine = [d for d in found if d.rule.code == code]
    listed = [(d.rule.code, d.place.path, d.place.line, d.place.column, d.message) for d in found]
    assert mine, listed
    first = mine[0]
    if code not in (
        "C204",
        "C206",
        "F401",
        "F207",
        "F105",
        "F107",
    ) and not first.place.path.startswith("content/ca"):
        # The slip says one thing; what follows from a file that cannot be read is silent.
        assert {d.rule.code for d in found if d.place.path == first.place.path} == {code}, listed
    if line is not None:
        assert (first.place.line, first.place.column) == (line, column), listed
    assert first.message and not first.message.endswith("。")
    assert first.hint
    for word in ("请", "抱歉", "非法", "无效", "！", "格式错误"):
        assert word not in first.message + first.hint
    github = FORMATS["github"](Findings(found, 1, AS_OF))
    assert f"title={code} " in github and f"file={first.place.path}" in github
    if line is not None:
        assert f"line={line},col={column}" in github
    # Reading changes nothing.
    before[written] = text if isinstance(text, bytes) else text.encode()
    assert {p: p.read_bytes() for p in root.path.rglob("*") if p.is_file()} == before


def test_everything_is_said_at_once_in_order(root: Root) -> None:
    root.replace(A, "2026-10-08", "2026-02-30")
    root.replace(A, "2026-Q3", "2026Q3")
    root.replace(DEPT, "kind: 部门", "kind: 局")
    found = gate(root)
    assert [d.rule.code for d in found] == ["F113", "F117", "D301"]


def test_lateness_is_never_a_diagnostic(root: Root) -> None:
    root.replace(A, "formed: 2026-10-08", "formed: 2026-11-20")
    assert gate(root) == ()


def test_a_late_item_and_an_empty_slot_leave_the_gate_open(root: Root) -> None:
    (root.path / A).unlink()
    assert gate(root) == ()


@pytest.mark.parametrize(
    "link", ["content/chengguan/files/link.pdf", "content/chengguan/items/2026/b.md"]
)
def test_a_symbolic_link_is_refused(root: Root, link: str) -> None:
    (root.path / link).symlink_to(root.path / A)
    root.replace(A, "formed: 2026-10-08", "files: [{path: link.pdf, title: 明细}]")
    codes = {d.rule.code for d in gate(root)}
    assert "F209" in codes


def test_a_name_that_is_not_utf8_is_named_and_nothing_crashes(root: Root) -> None:
    folder = bytes(root.path / "content/chengguan/items/2026")
    with Path(os.fsdecode(folder + b"/\xb2\xe2.md")).open("wb") as stream:
        stream.write(ITEM.encode())
    found = [d for d in gate(root) if d.rule.code == "F008"]
    assert len(found) == 1 and "\ufffd" in found[0].place.path


FIXED = [
    ("title: 2026", "title：2026", "title: 2026"),
    ("period: 2026-Q3", "period: 2026年第三季度", "period: 2026-Q3"),
    ("period: 2026-Q3", "period: 2026Q3", "period: 2026-Q3"),
    ("formed: 2026-10-08", "formed: 2026/10/8  # 签发日", "formed: 2026-10-08  # 签发日"),
    ("formed: 2026-10-08", "formed: ２０２６-10-08", "formed: 2026-10-08"),
    ("formed: 2026-10-08", "formed: 20261008", "formed: 2026-10-08"),
    ("formed: 2026-10-08", "phase: 事后", "phase: after"),
    ("title: 2026", "标题: 2026", "title: 2026"),
]


@pytest.mark.parametrize(("old", "slip", "mended"), FIXED)
def test_fix_mends_the_slip_and_touches_nothing_else(
    root: Root, old: str, slip: str, mended: str
) -> None:
    root.write(*item(old, slip))
    expected = ITEM.replace(old, mended, 1)
    fix(root.path, gate(root))
    assert (root.path / A).read_text(encoding="utf-8") == expected
    assert not [d for d in gate(root) if d.fixable]


@pytest.mark.parametrize(
    "data",
    [ITEM.encode("gbk"), b"\xef\xbb\xbf" + ITEM.encode(), ITEM.replace("\n", "\r\n").encode()],
)
def test_fix_rewrites_the_encoding(root: Root, data: bytes) -> None:
    root.write(A, data)
    fix(root.path, gate(root))
    assert (root.path / A).read_text(encoding="utf-8") == ITEM
    assert gate(root) == ()


def test_an_error_outside_the_departments_stops_everything(root: Root) -> None:
    loaded = load(root.path)
    assert loaded.repository is not None
    root.replace(CAT, "every: quarter", "every: often")
    broken = load(root.path)
    assert broken.repository is not None
    assert sound(broken.repository, check(broken, AS_OF)) is None


def test_a_broken_department_fails_alone(root: Root) -> None:
    root.replace(CONF, "[chengguan]", "[chengguan, caizheng]")
    root.write("content/caizheng/department.yml", "name: 试验市财政局\nkind: 局\n")
    loaded = load(root.path)
    assert loaded.repository is not None
    left = sound(loaded.repository, check(loaded, AS_OF))
    assert left is not None
    assert [d.folder for d in left.departments] == ["chengguan"]
    assert set(left.broken) == {"caizheng"}


def test_every_rule_has_its_page() -> None:
    assert len(ALL) > 60
    for code, rule in ALL.items():
        assert rule.code == code and code[0] in "FCDLTW" and code[1:].isdigit()
        for part in ("查什么", "为什么", "错例", "对例"):
            assert f"{part}\n" in rule.doc
        assert rule.severity in Severity
