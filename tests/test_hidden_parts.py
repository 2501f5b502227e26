"""L105 through the gate: what attachments hide is told once a file, in words; what they must not."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from generator.check import check
from generator.diagnostic import Diagnostic
from generator.load import load
from tests import office_files as files
from tests import xls_writer
from tests.roots import Root

AS_OF = date(2026, 11, 24)
FRONT = """\
title: 便民疏导点摊位安排情况
category: 机构/职能
period: 长期
formed: 2026-10-09
"""
ROWS = [["摊位", "面积"], ["一号", "6"], ["二号", "8"]]
MOBILE = "13900001234"


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path)


def gate(root: Root, **attached: bytes) -> list[Diagnostic]:
    """What family L says of an item with these attachments; `a_xlsx` is a.xlsx."""
    named = {name.replace("_", "."): data for name, data in attached.items()}
    listed = ", ".join(f"{{path: {name}, title: 附表}}" for name in named)
    root.item("a/index", f"{FRONT}files: [{listed}]", "摊位安排见所附的表，按月更新。\n")
    for name, data in named.items():
        root.write(f"content/chengguan/items/2026/a/{name}", data)
    return [d for d in check(load(root.path), AS_OF) if d.rule.code[0] == "L"]


def book(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    made = openpyxl.load_workbook(io.BytesIO(files.xlsx(ROWS)))
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def deep(made: openpyxl.Workbook) -> None:
    other = made.create_sheet("代码")
    other["A1"] = "审批意见"
    other.sheet_state = "veryHidden"


def filtered(made: openpyxl.Workbook) -> None:
    sheet = made["明细"]
    sheet.auto_filter.ref = "A1:B3"
    sheet.auto_filter.add_filter_column(0, ["一号"])
    sheet.row_dimensions[3].hidden = True


def remarked(made: openpyxl.Workbook) -> None:
    for place in ("A1", "A2", "B2"):
        made["明细"][place].comment = Comment("再核一下", "经办")


CORRECTED = "<w:p>" + "".join(
    f'<w:del w:id="1"><w:r><w:delText>{old}</w:delText></w:r></w:del>'
    f'<w:ins w:id="2"><w:r><w:t>{new}</w:t></w:r></w:ins>'
    for old, new in (("八户", "六户"), ("，", "。"))
) + "</w:p>"  # fmt: skip

HIDDEN = [
    ("a_xlsx", files.xlsx(ROWS, hidden_sheet=[["底册", "3"], ["甲", "4"]]), "隐藏的工作表 1 个",
     "隐藏 工作表 底册!A1"),
    ("a_xlsx", book(deep), "深度隐藏的工作表 1 个", "隐藏 工作表 代码!A1"),
    ("a_xlsx", files.xlsx(ROWS, hidden_rows=[2, 3]), "隐藏的行 2 行", "隐藏 工作表 明细!A2"),
    ("a_xlsx", book(filtered), "隐藏的行 1 行", "隐藏 工作表 明细!A3"),
    ("a_xlsx", files.xlsx(ROWS, hidden_columns=["B"]), "隐藏的列 1 列", "隐藏 工作表 明细!B1"),
    ("a_xlsx", book(remarked), "批注 3 条", "批注 工作表 明细!A1"),
    ("a_xlsx", files.xlsx(ROWS, hidden_sheet=[["底册"]], hidden_rows=[3], comment="再核"),
     "隐藏的工作表 1 个、隐藏的行 1 行、批注 1 条", "隐藏 工作表 明细!A3"),
    ("a_xls", xls_writer.xls(
        xls_writer.XlsSheet("明细", {(0, 0): "摊位", (0, 1): "面积", (1, 0): "一号", (1, 1): 6.0}),
        xls_writer.XlsSheet("底册", {(0, 0): "甲"}, state=1),
        xls_writer.XlsSheet("代码", {(0, 0): "乙"}, state=2),
    ), "隐藏的工作表 1 个、深度隐藏的工作表 1 个", "隐藏 工作表 底册!A1"),
    ("a_docx", files.docx(files.paragraph("正文。"), comments=["这一条再请示", "同意"]), "批注 2 条",
     "批注 第 1 段"),
    ("a_docx", files.docx(CORRECTED), "修订删去的文字 1 处", "隐藏 第 1 段"),
    ("a_docx", files.docx(files.paragraph("正文。"), files.vanished("原定十户")), "隐藏的文字 1 处",
     "隐藏 第 2 段"),
    ("a_docx", files.docx(files.paragraph("正文。"), files.vanished("原定十户"), files.deleted("旧数 8 户"),
     comments=["再请示"]), "批注 1 条、修订删去的文字 1 处、隐藏的文字 1 处", "隐藏 第 2 段"),
    ("a_docx", files.docx(files.word_table([["甲", "乙"]]).replace("<w:t>乙", "<w:rPr><w:vanish/></w:rPr><w:t>乙")),
     "隐藏的文字 1 处", "隐藏 表 1 第 1 行第 2 列"),
    ("a_zip", files.packed({"附/b.xlsx": files.xlsx(ROWS, hidden_rows=[3])}), "隐藏的行 1 行",
     "包内/附/b.xlsx 隐藏 工作表 明细!A3"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "listed", "locator"), HIDDEN)
def test_what_a_file_hides_is_one_warning_in_words(
    root: Root, name: str, data: bytes, listed: str, locator: str
) -> None:
    (found,) = gate(root, **{name: data})
    assert (found.rule.code, found.severity.value) == ("L105", "warning")
    assert f"里有{listed}，" in found.message
    assert "删去" in found.hint and "取消隐藏" in found.hint
    assert found.place.path.endswith(name.replace("_", "."))
    assert found.place.locator == locator
    assert found.item == "chengguan/2026/a"


def printed(made: openpyxl.Workbook) -> None:
    sheet = made["明细"]
    sheet.print_area = "A1:B3"
    sheet.print_title_rows = "1:1"
    sheet.auto_filter.ref = "A1:B3"
    made.defined_names["摊位表"] = DefinedName("摊位表", attr_text="明细!$A$1:$B$3")
    made.create_sheet("Sheet2").sheet_state = "hidden"
    choice = DataValidation(type="list", formula1='"一号,二号"')
    sheet.add_data_validation(choice)
    choice.add("A2")


def blank(made: openpyxl.Workbook) -> None:
    other = made.create_sheet("空表")
    other["A1"], other["B2"] = " ", "——"
    other.sheet_state = "veryHidden"
    sheet = made["明细"]
    sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["F"].hidden = True


FORM = files.docx(
    files.paragraph("正文。"), files.vanished("窗体顶端"), files.inserted("补上的话。")
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a_xlsx", files.xlsx(ROWS, header="便民疏导点")),
        ("a_xlsx", book(printed)),
        ("a_xlsx", book(blank)),
        ("a_docx", FORM),
        ("a_docx", files.docx(files.paragraph("正文。"), header="城管局", footer="第 1 页", comments=[" "])),
        ("a_docx", files.docx('<w:p><w:del w:id="1"><w:r><w:delText>，</w:delText></w:r></w:del></w:p>')),
        ("a_csv", "摊位,面积\n一号,6\n".encode()),
    ],
)  # fmt: skip
def test_what_office_makes_itself_is_not_told(root: Root, name: str, data: bytes) -> None:
    assert gate(root, **{name: data}) == []


def with_cache(*cells: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(files.xlsx(ROWS))) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    values = "".join(f'<s v="{cell}"/>' for cell in cells)
    parts["xl/pivotCache/pivotCacheRecords1.xml"] = (
        f'<pivotCacheRecords><r>{values}<n v="6.0000001"/></r></pivotCacheRecords>'
    )
    return files.packed(parts)


def test_a_pivot_cache_is_told_where_it_holds_more_than_the_cells(root: Root) -> None:
    assert gate(root, a_xlsx=with_cache("一号", "二号")) == []
    (found,) = gate(root, a_xlsx=with_cache("一号", "三号（欠费）"))
    assert "数据透视缓存 1 份" in found.message


def test_a_hidden_part_that_another_rule_names_is_not_told_again(root: Root) -> None:
    private = [["负责人", "电话"], ["王小明", MOBILE]]
    (found,) = gate(root, a_xlsx=files.xlsx(ROWS, hidden_sheet=private))
    assert found.rule.code == "L203"
    both = files.xlsx(ROWS, hidden_sheet=private, comment="再核")
    assert [d.rule.code for d in gate(root, a_xlsx=both)] == ["L105", "L203"]
    assert "里有批注 1 条，" in gate(root, a_xlsx=both)[0].message
    wide = [[*line, phone] for line, phone in zip(ROWS, ("联系电话", MOBILE, ""), strict=True)]
    (found,) = gate(root, a_xlsx=files.xlsx(wide, hidden_columns=["C"]))
    assert found.rule.code in ("L203", "L204")
    spoken = files.docx(files.paragraph("正文。"), comments=[f"联系人：王小明 {MOBILE}"])
    assert [d.rule.code for d in gate(root, a_docx=spoken)] == ["L203"]


def test_each_file_is_told_once_and_may_be_let_stand(root: Root) -> None:
    hidden = files.xlsx(ROWS, hidden_rows=[3])
    said = gate(root, a_xlsx=hidden, b_xlsx=hidden, c_xlsx=files.xlsx(ROWS))
    assert [d.rule.code for d in said] == ["L105", "L105"]
    root.write(
        "content/allow.yml",
        "- {at: chengguan/2026/a, rule: L105, shows: 隐藏的行 1 行, reason: 已公开的原件，不再更换}\n",
    )
    assert gate(root, a_xlsx=hidden, b_xlsx=hidden) == []
