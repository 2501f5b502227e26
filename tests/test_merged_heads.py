"""Heads of several merged rows through the gate: a column is known by its full head."""

from pathlib import Path

import pytest

from tests.office_files import docx, paragraph
from tests.roots import Root
from tests.test_article_tables import Merge, merged_xls, merged_xlsx
from tests.test_attached_documents import BODY, attach, gate, lacking
from tests.test_attachment_pages import DOWN, RESTART, cell, row, table, wide

MERGES: list[Merge] = [(0, 1, 0, 0), (0, 0, 1, 3), (0, 1, 4, 4)]
HEAD = (("单位", "支出数（万元）", "", "", "批次"), ("", "小计", "公务接待", "商务接待", ""))
ROWS = (
    ("局机关", "1.0", "0.7", "0.3", "4"),
    ("环卫所", "1.4", "0.9", "0.5", "3"),
    ("合计", "2.4", "1.6", "0.8", "7"),
)
NUMBERS = paragraph("预算数 3 万元。")


@pytest.fixture
def root(tmp_path: Path) -> Root:
    made = Root(tmp_path)
    (tmp_path / "content/chengguan/items/2026/reception-q3.md").unlink()
    return made


def cells(*rows: tuple[str, ...]) -> dict[tuple[int, int], str]:
    return {
        (n, c): text for n, line in enumerate((*HEAD, *rows)) for c, text in enumerate(line) if text
    }


def word(*rows: tuple[str, ...]) -> bytes:
    head = (
        row(cell("单位", RESTART), cell("支出数（万元）", wide(3)), cell("批次", RESTART)),
        row(cell("", DOWN), cell("小计"), cell("公务接待"), cell("商务接待"), cell("", DOWN)),
    )
    return docx(NUMBERS, table(*head, *(row(*map(cell, line)) for line in rows)))


FORMS = ["a.xlsx", "a.xls", "a.docx"]


def made(name: str, *rows: tuple[str, ...]) -> bytes:
    if name == "a.docx":
        return word(*rows)
    return (merged_xlsx if name == "a.xlsx" else merged_xls)(cells(*rows), MERGES)


@pytest.mark.parametrize("name", FORMS)
def test_a_total_under_a_wide_head_adds_up_that_head_alone(root: Root, name: str) -> None:
    body = f"{BODY}预算数 3 万元。\n"
    attach(root, name, made(name, *ROWS), body)
    assert gate(root) == []
    attach(root, name, made(name, ROWS[0], ("环卫所", "1.8", "0.9", "0.5", "3")), body)
    (found,) = gate(root)
    assert found.rule.code == "T103"
    assert "「环卫所」的「支出数(万元)：小计」写 1.8，同一行各栏相加是 1.4" in found.message


@pytest.mark.parametrize("name", FORMS)
def test_a_total_down_a_column_is_named_by_its_full_head(root: Root, name: str) -> None:
    wrong = ("合计", "2.4", "1.6", "0.8", "9")
    attach(root, name, made(name, *ROWS[:2], wrong), f"{BODY}预算数 3 万元。\n")
    (found,) = gate(root)
    assert found.rule.code == "T103"
    assert "「合计」的「批次」写 9，各行相加是 7" in found.message


@pytest.mark.parametrize("name", FORMS)
def test_an_element_in_the_second_row_of_a_head_is_there(root: Root, name: str) -> None:
    body = f"{BODY}预算数 3 万元。\n"
    attach(root, name, made(name, *ROWS), body)
    assert lacking(root) == ()
    attach(
        root,
        name,
        made(name, ("局机关", "无", "无", "无", "4"), ("环卫所", "无", "无", "无", "3")),
        body,
    )
    assert [d.rule.code for d in gate(root)] == ["W101"]


def test_a_text_is_held_against_a_column_by_its_own_name(root: Root) -> None:
    said = f"{BODY}预算数 3 万元。其中公务接待 1.6 万元，商务接待 0.5 万元。\n"
    attach(root, "a.xlsx", merged_xlsx(cells(*ROWS), MERGES), said.replace("其中", ""))
    (found,) = gate(root)
    assert found.rule.code == "T207"
    assert "「商务接待」写 0.5万元，附件合计是 0.8" in found.message


CROSS = {
    (0, 0): "村", (0, 1): "指标", (0, 2): "数", (1, 0): "东村", (1, 1): "户数", (1, 2): "4", (2, 1): "人数",
    (2, 2): "10", (3, 0): "西村", (3, 1): "户数", (3, 2): "6", (4, 1): "人数", (4, 2): "15",
    (5, 0): "合计", (5, 1): "户数", (5, 2): "10", (6, 1): "人数", (6, 2): "25",
}  # fmt: skip
DOWNWARDS: list[Merge] = [(1, 2, 0, 0), (3, 4, 0, 0), (5, 6, 0, 0)]


def test_a_total_for_each_of_several_measures_adds_up_its_own(root: Root) -> None:
    body = f"{BODY}预算数 3 万元，支出数 1 万元，批次 2 批。\n"
    attach(root, "a.xlsx", merged_xlsx(CROSS, DOWNWARDS), body)
    assert gate(root) == []
    attach(root, "a.xlsx", merged_xlsx(CROSS | {(6, 2): "29"}, DOWNWARDS), body)
    (found,) = gate(root)
    assert (found.rule.code, found.place.locator) == ("T103", "工作表 表1!C7")
    assert "各行相加是 25" in found.message
