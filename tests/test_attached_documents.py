"""Tables and words of an attached docx through the gate and the ledger, as those of a workbook."""

from datetime import date
from pathlib import Path

import pytest

from generator.check import check
from generator.diagnostic import Diagnostic
from generator.load import load
from generator.survey import survey
from tests.gitrepos import Repo
from tests.office_files import docx, paragraph, word_table, xlsx
from tests.roots import Root
from tests.test_attachment_pages import DOWN, RESTART, cell, row, table, wide

AS_OF = date(2026, 11, 24)
FRONT = """\
title: 2026年第三季度公务接待费支出情况
category: 财务/公务接待费
period: 2026-Q3
formed: 2026-10-08
files: [{path: FILE, title: 明细}]
"""
BODY = "本季度公务接待费的使用情况见所附明细，接受社会监督。\n"
PATH = "content/chengguan/items/2026/reception-q3/明细.docx"


@pytest.fixture
def root(tmp_path: Path) -> Root:
    made = Root(tmp_path)
    (tmp_path / "content/chengguan/items/2026/reception-q3.md").unlink()
    return made


def gate(root: Root) -> list[Diagnostic]:
    return [d for d in check(load(root.path), AS_OF) if d.rule.code[0] in "TW"]


def attach(root: Root, name: str, data: bytes, body: str = BODY) -> None:
    root.item("reception-q3/index", FRONT.replace("FILE", name), body)
    root.write(f"content/chengguan/items/2026/reception-q3/{name}", data)


def lacking(root: Root) -> tuple[str, ...]:
    """What the ledger misses; the gate says the same."""
    Repo(root.path).commit("2026-10-10T09:00:00+08:00", {})
    made = survey(root.path, AS_OF, date(1999, 1, 1))
    assert made.ledger is not None
    (slot,) = [s for s in made.ledger.slots if s.key == "chengguan/reception/2026-Q3"]
    said = [d.message for d in gate(root) if d.rule.code == "W101"]
    assert len(said) == bool(slot.missing)
    assert all(f"「{name}」" in said[0] for name in slot.missing)
    return slot.missing


GRID = [["项目", "预算数", "支出数", "批次"], ["公务接待费", "3", "1.2", "6"]]


@pytest.mark.parametrize(
    ("name", "data", "missing"),
    [
        ("明细.docx", docx(paragraph("附表"), word_table(GRID)), ()),
        ("明细.xlsx", xlsx(GRID), ()),
        ("明细.docx", docx(word_table([GRID[0], ["公务接待费", "3", "无", "6"]])), ("支出数",)),
        ("明细.docx", docx(paragraph("预算数 3 万元，支出数 1.2 万元，共 6 批次。")), ()),
        ("明细.docx", docx(paragraph("预算数、批次见上，支出数按决算口径另行公布。")), ("支出数",)),
        (
            "明细.docx",
            docx(
                table(
                    row(cell("项目", RESTART), cell("本季", wide(3))),
                    row(cell("", DOWN), cell("预算数"), cell("实际支出"), cell("批次")),
                    row(cell("公务接待费"), cell("3"), cell("1.2"), cell("6")),
                )
            ),
            (),
        ),
        ("明细.docx", docx(paragraph("没有写什么。"), comments=["预算数 3，支出数 2，批次 1"]),
         ("预算数", "支出数", "批次")),
    ],
)  # fmt: skip
def test_elements_that_stand_in_a_document_only_are_there(
    root: Root, name: str, data: bytes, missing: tuple[str, ...]
) -> None:
    attach(root, name, data)
    assert lacking(root) == missing


SUMS = [
    ["单位", "预算数", "支出数", "批次"], ["办公室", "2", "0.8", "4"], ["市容科", "1", "0.4", "2"],
    ["合计", "3", "1.5", "6"],
]  # fmt: skip


def test_a_total_of_a_documents_table_that_does_not_add_up_stands_at_its_cell(root: Root) -> None:
    attach(root, "明细.docx", docx(word_table([["甲", "乙"], ["丙", "丁"]]), word_table(SUMS)))
    (found,) = gate(root)
    assert (found.rule.code, found.rule.severity.value) == ("T103", "warning")
    assert (found.place.path, found.place.locator) == (PATH, "表 2 第 4 行第 3 列")
    assert "「合计」的「支出数」写 1.5，各行相加是 1.2" in found.message
    assert found.item == "chengguan/2026/reception-q3"


def test_a_text_is_held_against_the_totals_of_a_documents_table(root: Root) -> None:
    right = [*SUMS[:3], ["合计", "3", "1.2", "6"]]
    data = docx(paragraph("单位：万元"), word_table(right))
    attach(root, "明细.docx", data, f"{BODY}本季度支出数 1.5 万元，预算数 3 万元。\n")
    (found,) = gate(root)
    assert found.rule.code == "T207"
    assert "附件合计是 1.2万元" in found.message
    attach(root, "明细.docx", data, f"{BODY}本季度支出数 1.2 万元，预算数 3 万元。\n")
    assert gate(root) == []


def test_a_balance_of_a_documents_table_is_reckoned(root: Root) -> None:
    held = [["期初结余", "收入", "支出", "期末结余"], ["26.93", "4.08", "3.14", "28.87"]]
    attach(root, "明细.docx", docx(paragraph("预算数 3，支出数 1，批次 6"), word_table(held)))
    (found,) = gate(root)
    assert (found.rule.code, found.place.locator) == ("T103", "表 1 第 2 行第 4 列")
    assert "27.87" in found.message


def test_a_figure_merged_over_rows_is_not_held_against_one_of_them(root: Root) -> None:
    data = docx(
        table(
            row(cell("单位"), cell("预算数"), cell("支出数"), cell("批次"), cell("合计")),
            row(cell("办公室"), cell("2"), cell("1"), cell("4"), cell("13", RESTART)),
            row(cell("市容科"), cell("1"), cell("2"), cell("3"), cell("", DOWN)),
        )
    )
    attach(root, "明细.docx", data)
    assert gate(root) == []
