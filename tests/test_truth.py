"""Family T through the gate: real files, each finding at its place, quiet where things add up."""

from datetime import date
from pathlib import Path

import pytest

from generator.author.fix import fix
from generator.check import check
from generator.diagnostic import Diagnostic
from generator.load import load
from generator.rules import ALL
from tests.corpus import truth_cases
from tests.roots import CONFIG, Root

AS_OF = date(2026, 11, 24)
CATALOG = """\
- category: 综合/工作情况
  slug: works
  class: 基本
  basis: [《政府信息公开条例》第十九条]
  every: event
  due: {within: 20 workdays, after: formed}
"""
FRONT = "title: 有关工作情况\ncategory: 综合/工作情况\nperiod: 临时\nformed: 2026-10-15"
PATH = "content/chengguan/items/2026/a.md"


@pytest.fixture
def root(tmp_path: Path) -> Root:
    root = Root(tmp_path)
    root.write("content/catalog/local.yml", CATALOG)
    (tmp_path / "content/chengguan/items/2026/reception-q3.md").unlink()
    return root


def gate(root: Root) -> list[Diagnostic]:
    return [d for d in check(load(root.path), AS_OF) if d.rule.code[0] in "TW"]


TABLE = """\
各科室办件情况如下。

| 科室 | 受理 | 办结 |
|---|---:|---:|
| 市容科 | 152 | 148 |
| 市政科 | 120 | 118 |
| 合计 | 272 | 276 |
"""
BALANCE = (
    "| 期初结余 | 收入 | 支出 | 期末结余 |\n|---|---|---|---|\n| 26.93 | 4.08 | 3.14 | 28.87 |\n"
)

# (body, code, line, column, what the message must hold)
PLACED = [
    (TABLE, "T101", 12, 14, "各行相加是 266"),
    (BALANCE, "T105", 8, 25, "期末结余"),
    ("共有 12 人（男 7 人、女 9 人）。\n", "T201", 6, 4, "16人"),
    ("受理142件，办结135件，办结率98.1%。\n", "T203", 6, 15, "95.1%"),
    ("即办件占办件量的100%以上。\n", "T107", 6, 4, "100%"),
    ("发放通知831多份。\n", "T204", 6, 5, "831多"),
    ("群众来信均已答复，处置满意率100%。\n", "T205", 6, 10, "分子和分母"),
    ("9月20日开会，公示到9月31日。\n", "T302", 6, 12, "9月31日"),
    ("报名自2026年9月20日至2026年9月10日。\n", "T301", 6, 4, "颠倒"),
    ("2027年9月18日，工程通过验收。\n", "T303", 6, 1, "2026-10-15"),
    ("依据平城管发〔2026〕第12号办理有关事项。\n", "T304", 6, 7, "第"),
    ("公开栏情况待补充，每月更新一次。\n", "T401", 6, 6, "待补充"),
    ("略。\n", "T402", 6, 1, "略"),
    ("凡不涉及党和~的政务事项都要公开。\n", "T406", 6, 7, "屏蔽符"),
    ("我街道坚持阳光行政，每月公布一次。\n", "T407", 6, 1, "我街道"),
    ("按规定的步聚办理，三个工作日办结。\n", "T409", 6, 5, "步聚"),
    ("任命刘三同志为首席代表，负责审批。\n", "T412", 6, 3, "刘某"),
]


@pytest.mark.parametrize(("body", "code", "line", "column", "says"), PLACED)
def test_a_fault_is_found_at_its_place(
    root: Root, body: str, code: str, line: int, column: int, says: str
) -> None:
    # The front matter is six lines long, so a body's first line is the seventh.
    root.item("a", FRONT, body)
    found = gate(root)
    assert [d.rule.code for d in found] == [code], found
    place = found[0].place
    assert (place.path, place.line, place.column) == (PATH, line + 1, column)
    assert says in found[0].message
    assert found[0].hint and not found[0].message.endswith("。")


RIGHT = [
    "共有民兵830人，其中普通民兵682人，基干民兵148人（应急连32人、指挥排35人、导弹连31人、应急排10人、分队40人）。\n",
    "包括21项行政许可、158项行政处罚、7项行政强制、30项社会经济事务管理，共4个大类别、216项职权目录。\n",
    "受理审批文件116件次，办结116件次，其中建设项目107件，其它审批项目9件。\n",
    "接听来电2694个，交办2694件，办结2586件，办结率96%。\n",
    TABLE.replace("276", "266"),
    BALANCE.replace("28.87", "27.87"),
]


@pytest.mark.parametrize("body", RIGHT)
def test_what_adds_up_raises_nothing(root: Root, body: str) -> None:
    root.item("a", FRONT, body)
    assert gate(root) == []


def test_a_wrong_total_in_an_attachment_stands_on_the_attachment(root: Root) -> None:
    root.item(
        "a/index",
        f"{FRONT}\nfiles: [{{path: t.csv, title: 明细}}]",
        "全镇两个村共21户，每村户数见下表附件，按月公布。\n",
    )
    root.write("content/chengguan/items/2026/a/t.csv", "村,户数\n东村,12\n西村,9\n合计,22\n")
    (found,) = gate(root)
    assert found.rule.code == "T103"
    assert found.place.path == "content/chengguan/items/2026/a/t.csv"
    assert found.place.locator == "第 4 行"
    assert found.item == "chengguan/2026/a"


def test_fix_mends_slips_and_brackets(root: Root) -> None:
    root.item("a", FRONT, "按长政办函[2011]66号和规定的步聚办理，杜绝推委。\n")
    found = check(load(root.path), AS_OF)
    assert sorted(d.rule.code for d in found) == ["T305", "T409", "T409"]
    fix(root.path, found)
    text = (root.path / PATH).read_text(encoding="utf-8")
    assert text.endswith("按长政办函〔2011〕66号和规定的步骤办理，杜绝推诿。\n")
    assert gate(root) == []


def test_a_doubled_section_is_said_once(root: Root) -> None:
    section = (
        "加强公开栏管理，各村公开栏由报账员每月十日前更新，监督委员会现场核对。\n\n"
        "设置意见箱，每周一开箱登记，来信当周转办，办理结果在公开栏张贴七天以上。\n\n"
    )
    root.item("a", FRONT, section + "畅通热线电话，一般问题当场答复。\n\n" + section)
    (found,) = gate(root)
    assert (found.rule.code, found.place.line) == ("T408", 13)
    assert "第 7 行" in found.message


def test_a_text_in_another_bodys_voice_names_that_body(root: Root) -> None:
    root.write("site_config.yml", CONFIG.replace("[chengguan]", "[chengguan, caizheng]"))
    root.write(
        "content/caizheng/department.yml",
        "name: 试验市财政局\nkind: 部门\nphone: 0000-1\ncomplaints: 0000-2\n",
    )
    root.item("a", FRONT, "今年以来，试验市财政局认真落实预算公开要求，按时公布预决算。\n")
    root.item("b", FRONT, "经费由试验市财政局按进度拨付，使用情况接受试验市财政局检查。\n")
    (found,) = gate(root)
    assert (found.rule.code, found.item) == ("T407", "chengguan/2026/a")


def test_every_rule_of_the_family_is_planted_in_the_corpus() -> None:
    planted = {code for case in truth_cases.cases() for code in case.expected}
    assert {code for code in ALL if code[0] in "TW"} <= planted
    assert {"L101", "L102", "L103"} <= planted


def test_the_corpus_is_found_and_nothing_else(tmp_path: Path) -> None:
    many = list(truth_cases.cases())
    found = truth_cases.run(tmp_path, many)
    plants = sum(bool(case.expected) for case in many)
    assert plants >= 170
    assert len(many) - plants >= 170
    for severity, floor in (("error", 0.98), ("warning", 0.9)):
        hit = missed = wrong = 0
        for case in many:
            codes = {d.rule.code for d in found[case.name] if d.rule.severity.value == severity}
            wanted = {c for c in case.expected if ALL[c].severity.value == severity}
            hit += len(codes & wanted)
            missed += len(wanted - codes)
            wrong += len(codes - wanted - case.allowed)
        assert hit / (hit + missed) >= floor, (severity, hit, missed)
        assert hit / (hit + wrong) >= floor, (severity, hit, wrong)


IMPORTED = f"{FRONT}\nimported: 老网站"
WRONG = [
    (TABLE, "T101", "276", "276〔原文如此〕"),
    (BALANCE, "T105", "28.87", "28.87〔原文如此〕"),
    ("共有 12 人（男 7 人、女 9 人）。\n", "T201", "。", "〔原文如此〕。"),
    ("受理142件，办结135件，办结率98.1%。\n", "T203", "。", "〔原文如此〕。"),
    ("即办件占办件量的100%以上。\n", "T107", "。", "〔原文如此〕。"),
    ("报名自2026年9月20日至2026年9月10日。\n", "T301", "。", "〔原文如此〕。"),
]


@pytest.mark.parametrize(("body", "code", "old", "new"), WRONG)
def test_what_an_old_text_says_wrong_blocks_no_import(
    root: Root, body: str, code: str, old: str, new: str
) -> None:
    root.item("a", FRONT, body)
    (found,) = gate(root)
    assert (found.rule.code, found.severity.value) == (code, "error")
    root.item("a", IMPORTED, body)
    (found,) = gate(root)
    assert (found.rule.code, found.severity.value) == (code, "warning")
    assert "照原样保留" in found.hint and "〔原文如此〕" in found.hint
    root.item("a", IMPORTED, body.replace(old, new))
    assert gate(root) == []
    # A note excuses only what is old.
    root.item("a", FRONT, body.replace(old, new))
    assert len(gate(root)) == (body not in (TABLE, BALANCE))


def test_other_families_are_as_strict_with_an_old_text(root: Root) -> None:
    root.item("a", IMPORTED, "联系人：王小明，13900001234〔原文如此〕。\n")
    found = [d for d in check(load(root.path), AS_OF) if d.rule.code[0] == "L"]
    assert [(d.rule.code, d.severity.value) for d in found] == [("L203", "error")]
