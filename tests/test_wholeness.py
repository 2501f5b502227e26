"""Family W through the gate: the same elements as the ledger's, guides, notices, nil reports."""

from datetime import date
from pathlib import Path

import pytest

from generator.check import check
from generator.diagnostic import Diagnostic
from generator.load import load
from generator.survey import survey
from tests.gitrepos import Repo
from tests.roots import ITEM, Root

AS_OF = date(2026, 11, 24)
A = "content/chengguan/items/2026/reception-q3.md"


def gate(root: Root, as_of: date = AS_OF) -> list[Diagnostic]:
    return [d for d in check(load(root.path), as_of) if d.rule.code[0] in "TW"]


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path)


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("预算数 3 万元，支出数 1.2 万元，批次 6 批。", ()),
        ("预算数 3 万元，支出数 1.2 万元。", ("批次",)),
        ("预算数 3 万元，支出数以部门决算时公布的为准，批次 6 批。", ("支出数",)),
        ("预算数 3 万元，支出数 **1.2** 万元，批次 6 批。", ("支出数",)),
        ("| 预算数 | 实际支出 | 批次 |\n|---|---|---|\n| 3 | 1.2 | 6 |", ()),
        ("| 预算数 | 实际支出 | 批次 |\n|---|---|---|\n| 3 | 无 | 6 |", ("支出数",)),
        ("预 算 数 3 万元，支出数1.2 万元，批**次** 6 批。", ("批次",)),
    ],
)
def test_the_gate_misses_what_the_ledger_misses(
    root: Root, body: str, missing: tuple[str, ...]
) -> None:
    root.write(A, ITEM.replace("预算数 3 万元，支出数 1.2 万元，批次 6 批。", body))
    Repo(root.path).commit("2026-10-10T09:00:00+08:00", {})
    made = survey(root.path, AS_OF, date(1999, 1, 1))
    assert made.ledger is not None
    (slot,) = [s for s in made.ledger.slots if s.key == "chengguan/reception/2026-Q3"]
    assert slot.missing == missing
    said = [d for d in gate(root) if d.rule.code == "W101"]
    assert len(said) == bool(missing)
    for name in missing:
        assert f"「{name}」" in said[0].message


NOTICE = """\
title: 便民疏导点设置方案公示
category: 通知公告/公示
period: 临时
formed: 2026-10-08
process: market
notice: {from: 2026-10-09, to: 2026-10-15, contact: "12319"}
"""


def test_a_notice_shorter_than_the_floor_is_an_error_at_its_end(root: Root) -> None:
    root.item("n", NOTICE.replace("2026-10-15", "2026-10-13"), "方案全文见下，欢迎提出意见。\n")
    (found,) = gate(root, date(2026, 10, 20))
    assert (found.rule.code, found.severity.value) == ("W302", "error")
    assert "只有 4 个工作日" in found.message  # 10 月 10 日是调休上班
    assert found.place.line == 7


def test_a_notice_waits_for_its_result_until_the_limit(root: Root) -> None:
    root.item("n", NOTICE, "方案全文见下，欢迎提出意见。\n")
    assert gate(root, date(2026, 11, 12)) == []
    (found,) = gate(root, date(2026, 11, 13))
    assert found.rule.code == "W303"
    result = NOTICE.replace("方案公示", "结果").replace(
        "formed: 2026-10-08", "formed: 2026-10-20\nphase: after"
    )
    root.item("r", result.partition("notice")[0], "公示期满没有异议，按方案实施。\n")
    assert gate(root, date(2026, 11, 13)) == []


def test_a_withdrawn_and_an_imported_item_are_left_alone(root: Root) -> None:
    root.item(
        "old", NOTICE.partition("process")[0] + "imported: 老网站", "历史公示，从老网站补录。\n"
    )
    root.item(
        "gone",
        NOTICE.replace("market", "gone") + "withdrawn: {on: 2026-10-20, reason: 方案已取消}",
        "方案全文见下，满意率100%。\n",
    )
    assert gate(root) == []


GUIDE = """\
---
title: 临时占用城市道路许可
category: 基本/办事指南
basis: [《城市道路管理条例》第三十一条]
audience: 单位和个人
conditions: [符合规划]
materials:
  - {name: 申请表, source: 窗口领取, copies: 1}
steps:
  - {name: 受理}
limits: {legal: 20, promised: 7}
fee: 不收费
window: {place: 政务大厅, hours: 9:00-17:00, phone: 0000-8800123}
complaints: 0000-8800124
result: 许可决定书
---
受理后三个工作日内踏勘。
"""


@pytest.mark.parametrize(
    ("old", "new", "lack"),
    [
        (", phone: 0000-8800123", "", "电话"),
        ("fee: 不收费", "fee: {standard: 每平方米2元}", "收费依据"),
        (", promised: 7", "", "承诺时限"),
        (", copies: 1", "", "份数"),
        ("complaints: 0000-8800124\n", "", "投诉"),
    ],
)
def test_a_guide_says_every_field(root: Root, old: str, new: str, lack: str) -> None:
    path = "content/chengguan/services/road.md"
    root.write(path, GUIDE)
    root.write(
        "content/catalog/guides.yml",
        "- {category: 基本/办事指南, slug: guides, class: 基本, basis: [条例], every: standing, due: standing}\n",
    )
    assert gate(root) == []
    root.replace(path, old, new)
    (found,) = gate(root)
    assert found.rule.code == "W401"
    assert lack in found.message
    assert found.item == "chengguan/services/road"
