"""Attachments read as tables: what is shown, what is hidden, what is refused."""

import datetime
import io
import random
import zipfile
from collections.abc import Callable, Sequence
from typing import Literal

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from generator.article import Table, TableError, TableTooLarge, read_tables
from tests.xls_writer import Cell, Formula, Packed, Shared, XlsSheet, xls

CellValue = float | str | bool | datetime.date | datetime.time | datetime.timedelta | None


def book(*fill: Callable[[Worksheet], None]) -> bytes:
    """A workbook with one sheet for each function that fills it."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for number, one in enumerate(fill, start=1):
        one(made.create_sheet(f"表{number}"))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def rows(data: bytes, name: str = "a.xlsx") -> tuple[tuple[str, ...], ...]:
    (table,) = read_tables(name, data)
    return table.rows


def edited(data: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with a part's XML changed by hand, as another program might write it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            after.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_every_form_that_clerks_send(encoding: str, delimiter: str) -> None:
    text = '项目;金额\r\n"招;待";1.20\r\n会议\r\n\r\n'.replace(";", delimiter)
    assert read_tables("a.CSV", text.encode(encoding)) == (
        Table(
            "",
            (("项目", "金额"), (f"招{delimiter}待", "1.20"), ("会议", "")),
            (),
            (1, 2, 3),
            (1, 2),
        ),
    )


def test_a_cell_of_several_lines_keeps_the_row_numbers_right() -> None:
    (table,) = read_tables("a.csv", '甲,乙\n"一\n二",1\n三,2\n'.encode())
    assert table.rows[1] == ("一\n二", "1") and table.lines == (1, 2, 4)
    assert table.locator(2, 0) == "第 4 行"


def test_title_and_unit_over_a_head_are_not_the_head() -> None:
    (table,) = read_tables("a.csv", "三季度明细表,,\n,,单位：万元\n项目,,金额\n招待,,1\n".encode())
    assert table.above == ("三季度明细表", "单位：万元")
    assert table.rows == (("项目", "金额"), ("招待", "1"))
    assert table.lines == (3, 4) and table.columns == (1, 3)


def test_a_csv_of_one_column_and_an_empty_one() -> None:
    assert rows("名单\n甲\n乙\n".encode(), "a.csv") == (("名单",), ("甲",), ("乙",))
    assert read_tables("a.csv", b"") == () and read_tables("a.csv", b" , \n,\n") == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a,b\n" * 20_001, "超过 20000 行"),
        (b",".join([b"x"] * 201), "超过 200 列"),
        (b"\n".join([b"x" * 1000] * 2001), "超过 200 万字"),
        (b"x" * (8 * 1024 * 1024 + 1), "太大"),
        (b'"' + b"x" * 200_000 + b'"', "第 "),
        (b"a\x00b", "编码"),
        (b"\xff\xff\xff", "编码"),
        (b"PK\x03\x04xx", "工作簿"),
    ],
)
def test_a_csv_beyond_bounds_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(TableError, match=reason):
        read_tables("a.csv", data)


def test_the_largest_csv_that_fits_is_shown() -> None:
    assert len(rows(b"a,b\n" * 20_000, "a.csv")) == 20_000


def test_other_files_have_no_tables() -> None:
    for name in ("a.pdf", "a.png", "a.docx", "a", "a.csv.zip"):
        assert read_tables(name, b"\x00\xff") == ()


def test_values_read_as_in_the_workbook() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["项目", "值"])
        values: list[tuple[CellValue, str | None]] = [
            (3.0, None), (0.1 + 0.2, None), (1e15, None), (123456789012345, None), (-0.5, None), (4, "0.0"),
            (1234.5, "#,##0.00"), (0.125, "0.0%"), (0.5, "0%"), (2.005, "0.00"), (1.5, "0.##"), (-0.001, "0.00"),
            (5, ";;;"), (7, '0"人"'), (1.5, "# ?/?"), (datetime.date(2026, 9, 1), None),
            (datetime.date(2026, 9, 1), 'yyyy"年"m"月"'), (datetime.datetime(2026, 9, 1, 8, 30), None),
            (datetime.time(9, 30), None), (datetime.timedelta(hours=30), None), (True, None), (" 文 ", None), (None, None),
        ]  # fmt: skip
        for number, (value, form) in enumerate(values):
            sheet.cell(number + 2, 1, f"{number}")
            cell = sheet.cell(number + 2, 2, value)
            if form:
                cell.number_format = form

    assert [row[1] for row in rows(book(fill))[1:]] == [
        "3", "0.3", "1000000000000000", "123456789012345", "-0.5", "4.0",
        "1234.50", "12.5%", "50%", "2.01", "1.5", "0.00",
        "", "7", "1.5", "2026-09-01",
        "2026年9月", "2026-09-01 08:30",
        "09:30", "30:00", "TRUE", "文", "",
    ]  # fmt: skip


def secret(sheet: Worksheet) -> None:
    """Four by four, every hidden cell marked 密."""
    for row in range(1, 5):
        for column in range(1, 5):
            hidden = row == 3 or column in (2, 3)
            sheet.cell(row, column, "密" if hidden else f"{row}{column}")
    sheet.row_dimensions[3].hidden = True
    for letter in "BC":
        sheet.column_dimensions[letter].hidden = True


def test_what_a_sheet_hides_is_never_shown() -> None:
    (table,) = read_tables("a.xlsx", book(secret))
    assert table == Table("表1", (("11", "14"), ("21", "24"), ("41", "44")), (), (1, 2, 4), (1, 4))
    assert table.locator(2, 1) == "工作表 表1!D4"


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_never_shown(state: Literal["hidden", "veryHidden"]) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.append(["密"])
        sheet.sheet_state = state

    found = read_tables("a.xlsx", book(lambda sheet: sheet.append(["见"]), hide))
    assert [table.rows for table in found] == [(("见",),)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('hidden="1"', 'hidden="true"'),
        ('hidden="1"', 'hidden="&#49;"'),
        (' hidden="1"', ' ht="0"'),
        ("<row ", "<!-- <row> --><row "),
    ],
)
def test_other_ways_to_write_hidden_hide_too(old: str, new: str) -> None:
    whole = book(secret)
    if "ht=" in new:
        whole = edited(
            whole, "xl/worksheets/sheet1.xml", '<col hidden="1" width="13"', '<col width="0"'
        )
    data = edited(whole, "xl/worksheets/sheet1.xml", old, new)
    assert "密" not in str(read_tables("a.xlsx", data))


def test_a_sheet_that_starts_far_from_its_corner_hides_the_right_cells() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (40, 41, 42):
            for column in (30, 31, 32):
                sheet.cell(row, column, "密" if row == 41 or column == 31 else "见")
        sheet.row_dimensions[41].hidden = True
        sheet.column_dimensions["AE"].hidden = True
        sheet["ZZ9000"].number_format = "0.00"

    (table,) = read_tables("a.xlsx", book(fill))
    assert table.rows == (("见", "见"), ("见", "见")) and table.locator(1, 1) == "工作表 表1!AF42"


def test_a_document_type_is_refused() -> None:
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
        with zipfile.ZipFile(io.BytesIO(book(secret))) as archive:
            start = archive.read(part).decode()[:60].split("<")[-1][:8]
        data = edited(book(secret), part, f"<{start}", f'<!DOCTYPE x [<!ENTITY a "b">]><{start}')
        with pytest.raises(TableError, match="打不开"):
            read_tables("a.xlsx", data)


def test_a_cell_far_away_takes_no_room() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = sheet["A2"] = sheet["XFD1048576"] = 1
        sheet["XFD1"] = "远"

    (table,) = read_tables("a.xlsx", book(fill))
    assert table.rows == (("1", "远"), ("1", ""), ("", "1"))
    assert table.locator(2, 1) == "工作表 表1!XFD1048576"


def test_a_bomb_is_refused_even_if_it_lies() -> None:
    size = 65 * 1024 * 1024
    data = edited(
        book(secret), "xl/worksheets/sheet1.xml", "<sheetData>", f"<!--{' ' * size}--><sheetData>"
    )
    with pytest.raises(TableError, match="太大"):
        read_tables("a.xlsx", data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        real = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lied = data.replace(real.to_bytes(4, "little"), (900).to_bytes(4, "little"))
    assert lied != data
    with pytest.raises(TableError, match="打不开"):
        read_tables("a.xlsx", lied)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRINGS = "<si><t>头</t></si><si><r><t>甲</t></r><r><t xml:space='preserve'> 乙</t></r><rPh sb='0' eb='1'><t>jia</t></rPh></si><si><t>一_x000D_\n二</t></si><si/>"


def handmade(cells: str) -> bytes:
    """The least of an xlsx, with a prefix on every name and a part's address from the root."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<x:workbook xmlns:x="{MAIN}" xmlns:r="{OFFICE}"><x:sheets>'
            '<x:sheet name="图" sheetId="2" r:id="rId2"/><x:sheet name="明细" sheetId="1" r:id="rId1"/>'
            "</x:sheets></x:workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships><Relationship Id="rId1" Type="{OFFICE}/worksheet" '
            f'Target="/xl/worksheets/Sheet1.xml"/><Relationship Id="rId2" Type="{OFFICE}/chartsheet" '
            'Target="chartsheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{STRINGS}</sst>')
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row>{cells}</x:row></x:sheetData>'
            "</x:worksheet>",
        )
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<x:c r="B1" t="s"><x:v>1</x:v></x:c>', "甲 乙"),
        ('<x:c t="s"><x:v>2</x:v></x:c>', "一\r\n二"),
        (
            '<x:c r="B1" t="inlineStr"><x:is><x:t>甲</x:t><x:rPh><x:t>j</x:t></x:rPh></x:is></x:c>',
            "甲",
        ),
        ('<x:c r="B1" t="str"><x:f>"乙"</x:f><x:v>甲</x:v></x:c>', "甲"),
        ('<x:c r="B1" t="e"><x:v>#DIV/0!</x:v></x:c>', "#DIV/0!"),
        ('<x:c r="B1" t="b"><x:v>0</x:v></x:c>', "FALSE"),
        ('<x:c r="B1" t="d"><x:v>2026-09-01T00:00:00</x:v></x:c>', "2026-09-01"),
        ('<x:c r="B1"><x:v>1E+3</x:v></x:c>', "1000"),
    ],
)
def test_text_is_read_in_every_way_a_workbook_holds_it(cell: str, text: str) -> None:
    (table,) = read_tables("a.xlsx", handmade(f'<x:c t="s"><x:v>0</x:v></x:c>{cell}'))
    assert table.rows == (("头", text),) and table.title == "明细"


@pytest.mark.parametrize(
    "cell",
    ['<x:c t="s"><x:v>9</x:v></x:c>', "<x:c><x:v>甲</x:v></x:c>", '<x:c r="?"><x:v>1</x:v></x:c>',
     "<x:c><x:v>1</x:c>", '<x:c t="s"><x:v>1e9</x:v></x:c>', "<x:c><x:v>&a;</x:v></x:c>"],
)  # fmt: skip
def test_a_cell_that_means_nothing_makes_the_workbook_broken(cell: str) -> None:
    with pytest.raises(TableError, match="打不开"):
        read_tables("a.xlsx", handmade(cell))


def test_days_of_a_workbook_that_counts_from_1904() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["日", datetime.date(2026, 9, 1)])

    made = openpyxl.Workbook()
    made.epoch = datetime.datetime(1904, 1, 1)
    fill(made.worksheets[0])
    out = io.BytesIO()
    made.save(out)
    assert rows(out.getvalue()) == rows(book(fill)) == (("日", "2026-09-01"),)


def test_rows_beyond_bounds_are_refused() -> None:
    def fill(sheet: Worksheet) -> None:
        for number in range(20_001):
            sheet.append([number])

    with pytest.raises(TableError, match="超过 20000 行"):
        read_tables("a.xlsx", book(fill))


def test_old_workbooks_show_and_hide_alike() -> None:
    cells: dict[tuple[int, int], Cell] = {
        (row, column): "密" if row == 3 or column in (2, 3) else float(row * 10 + column)
        for row in range(1, 5)
        for column in range(1, 5)
    }
    data = xls(
        XlsSheet("明细", cells, hidden_rows=(3,), hidden_columns=((2, 3),)),
        XlsSheet("隐", {(0, 0): "密"}, state=1),
        XlsSheet("深隐", {(0, 0): "密"}, state=2),
    )
    (table,) = read_tables("a.xls", data)
    assert table.rows == (("11", "14"), ("21", "24"), ("41", "44"))
    assert table.locator(0, 0) == "工作表 明细!B2" and table.lines == (2, 3, 5)
    with pytest.raises(TableError, match="加了密码，或者"):
        read_tables("a.xlsx", data)
    with pytest.raises(TableError, match="加了密码"):
        read_tables("a.xls", xls(XlsSheet("明细", cells), locked=True))


def test_old_workbooks_hold_every_kind_of_cell() -> None:
    long = "长" * 9000
    cells: dict[tuple[int, int], Cell] = {
        (0, 0): "头", (0, 1): "值",
        (1, 0): Shared("共享"), (1, 1): Shared("latin"),
        (2, 0): Shared(long), (2, 1): 0.1 + 0.2,
        (3, 0): Packed(-7), (3, 1): Packed(1.25),
        (4, 0): Formula(46266.0), (4, 1): Formula("算得"),
        (5, 0): Formula(True), (5, 1): 46266.0,
    }  # fmt: skip
    (table,) = read_tables("a.xls", xls(XlsSheet("明细", cells, dates=((5, 1),))))
    assert table.rows == (
        ("头", "值"), ("共享", "latin"), (long, "0.3"), ("-7", "1.25"), ("46266", "算得"),
        ("TRUE", "2026-09-01"),
    )  # fmt: skip


def test_a_workbook_is_known_by_its_content_under_either_old_name() -> None:
    new, old = book(secret), xls(XlsSheet("明", {(0, 0): "甲"}))
    assert read_tables("a.xls", new) == read_tables("a.et", new) == read_tables("a.xlsx", new)
    assert read_tables("a.ET", old) == read_tables("a.xls", old) != ()


def test_a_sound_file_that_is_too_large_is_told_from_a_broken_one() -> None:
    with pytest.raises(TableTooLarge):
        read_tables("a.csv", b"a,b\n" * 20_001)
    with pytest.raises(TableError) as broken:
        read_tables("a.xlsx", b"PK broken")
    assert not isinstance(broken.value, TableTooLarge)


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_a_damaged_workbook_gives_a_reason_and_never_a_traceback(name: str) -> None:
    whole = book(secret) if name == "a.xlsx" else xls(XlsSheet("明", {(0, 0): "甲", (1, 1): 2.0}))
    assert read_tables(name, whole)
    chance = random.Random(7)
    damaged = [b"", b"x", whole[:100], whole[: len(whole) // 2], whole[:-30]]
    for _ in range(600):
        changed = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        damaged.append(bytes(changed))
    refused = 0
    for data in damaged:
        try:
            read_tables(name, data)
        except TableError as error:
            refused += 1
            assert any("\u4e00" <= letter <= "\u9fff" for letter in str(error))
    assert refused >= 5


def test_damage_inside_the_parts_is_refused_too() -> None:
    chance = random.Random(11)
    whole = book(secret)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(400):
        name = chance.choice(sorted(parts))
        text = bytearray(parts[name])
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(text))
            text[at : at + chance.randint(0, 3)] = chance.choice(
                [b"", b"9", b'"', b"<", b"&", b"-1"]
            )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for other, data in parts.items():
                archive.writestr(other, bytes(text) if other == name else data)
        try:
            read_tables("a.xlsx", out.getvalue())
        except TableError:
            continue


HEADED = {
    (0, 0): "2026年部门支出表", (1, 0): "单位", (1, 1): "「三公」经费", (1, 4): "备注",
    (2, 1): "小计", (2, 2): "公务接待费", (2, 3): "公车运行费",
    (3, 0): "局机关", (3, 1): "10", (3, 2): "4", (3, 3): "6", (3, 4): "含下属",
    (4, 0): "环卫所", (4, 1): "8", (4, 2): "3", (4, 3): "5",
}  # fmt: skip
Merge = tuple[int, int, int, int]
MERGES: list[Merge] = [(0, 0, 0, 4), (1, 2, 0, 0), (1, 1, 1, 3), (1, 2, 4, 4), (3, 4, 4, 4)]
"""First and last row, first and last column."""


def merged_xlsx(values: dict[tuple[int, int], str], merges: Sequence[Merge]) -> bytes:
    def fill(sheet: Worksheet) -> None:
        for (line, column), value in values.items():
            sheet.cell(line + 1, column + 1, value)
        for top, bottom, left, right in merges:
            sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)

    return book(fill)


def merged_xls(values: dict[tuple[int, int], str], merges: Sequence[Merge]) -> bytes:
    corners = tuple(merges)
    return xls(XlsSheet("表1", {**values}, merged=corners))


@pytest.mark.parametrize(("name", "write"), [("a.xlsx", merged_xlsx), ("a.xls", merged_xls)])
def test_a_head_of_two_merged_rows_becomes_one(name: str, write: Callable[..., bytes]) -> None:
    (table,) = read_tables(name, write(HEADED, MERGES))
    assert table.above == ("2026年部门支出表",)
    assert table.rows == (
        (
            "单位",
            "「三公」经费：小计",
            "「三公」经费：公务接待费",
            "「三公」经费：公车运行费",
            "备注",
        ),
        ("局机关", "10", "4", "6", "含下属"),
        ("环卫所", "8", "3", "5", "含下属"),
    )
    assert table.lines == (2, 4, 5)
    assert table.locator(2, 1) == "工作表 表1!B5"


def test_a_head_of_three_rows_and_a_title_in_merged_cells() -> None:
    values = {
        (0, 0): "序号", (0, 1): "收支", (0, 5): "备注", (1, 1): "收入", (1, 3): "支出",
        (2, 1): "拨款", (2, 2): "其他", (2, 3): "基本", (2, 4): "项目",
        (3, 0): "1", (3, 1): "5", (3, 2): "1", (3, 3): "4", (3, 4): "2",
    }  # fmt: skip
    merges = [(0, 2, 0, 0), (0, 0, 1, 4), (0, 2, 5, 5), (1, 1, 1, 2), (1, 1, 3, 4)]
    (table,) = read_tables("a.xlsx", merged_xlsx(values, merges))
    assert table.rows[0] == (
        "序号", "收支：收入：拨款", "收支：收入：其他", "收支：支出：基本", "收支：支出：项目", "备注",
    )  # fmt: skip
    assert table.rows[1] == ("1", "5", "1", "4", "2", "")


def test_who_filled_it_in_and_the_unit_are_not_the_head() -> None:
    text = "三季度明细表,,\n填报单位：城管局,,单位：万元\n项目,预算,支出\n招待,2,1\n"
    (table,) = read_tables("a.csv", text.encode())
    assert table.above == ("三季度明细表", "填报单位：城管局　单位：万元")
    assert table.rows[0] == ("项目", "预算", "支出") and table.lines == (3, 4)
    # A form says such things of itself, and no head comes after.
    assert rows("单位：,城管局\n电话：,12319\n".encode(), "a.csv")[0] == ("单位：", "城管局")


def test_more_merged_places_than_are_read_are_shown_as_they_stand() -> None:
    values = {(n, 0): f"{n}" for n in range(2_000)} | {(0, c): f"栏{c}" for c in range(1, 110)}
    (table,) = read_tables("a.xlsx", merged_xlsx(values, [(1, 1_999, 1, 109)]))
    assert len(table.rows) == 2_000 and table.rows[2][:2] == ("2", "")


def test_years_under_a_wide_head_cell_are_of_the_head() -> None:
    values = {
        (0, 0): "项目", (0, 1): "金额", (1, 1): "2025", (1, 2): "2026", (2, 0): "招待", (2, 1): "3", (2, 2): "2",
        (3, 0): "差旅", (3, 1): "2025", (3, 2): "1980",
    }  # fmt: skip
    (table,) = read_tables("a.xlsx", merged_xlsx(values, [(0, 1, 0, 0), (0, 0, 1, 2)]))
    assert table.rows == (
        ("项目", "金额：2025", "金额：2026"), ("招待", "3", "2"), ("差旅", "2025", "1980"),
    )  # fmt: skip


def test_words_under_a_wide_head_cell_that_is_not_parted_are_rows() -> None:
    values = {
        (0, 0): "事项", (0, 2): "责任单位", (1, 0): "行政许可", (1, 1): "占用道路", (1, 2): "市容科",
        (2, 0): "行政许可", (2, 1): "户外广告", (2, 2): "市容科",
    }  # fmt: skip
    (table,) = read_tables("a.xlsx", merged_xlsx(values, [(0, 0, 0, 1)]))
    assert table.rows == (
        ("事项", "事项", "责任单位"), ("行政许可", "占用道路", "市容科"), ("行政许可", "户外广告", "市容科"),
    )  # fmt: skip


def test_a_form_with_wide_cells_keeps_its_rows() -> None:
    values = {
        (0, 0): "单位名称", (0, 1): "市容科", (1, 0): "负责人", (1, 1): "科长", (1, 2): "电话", (1, 3): "见公开栏",
        (2, 0): "职责", (2, 1): "市容管理",
    }  # fmt: skip
    (table,) = read_tables("a.xlsx", merged_xlsx(values, [(0, 0, 1, 3), (2, 2, 1, 3)]))
    assert table.rows[1:] == (("负责人", "科长", "电话", "见公开栏"), ("职责", "市容管理", "", ""))


def test_a_figure_merged_downwards_stands_once_and_is_known_as_shared() -> None:
    values = {(0, 0): "村", (0, 1): "户", (0, 2): "合计", (1, 0): "东", (1, 1): "3", (1, 2): "7",
              (2, 0): "西", (2, 1): "4"}  # fmt: skip
    (table,) = read_tables("a.xlsx", merged_xlsx(values, [(1, 2, 2, 2)]))
    assert table.rows == (("村", "户", "合计"), ("东", "3", "7"), ("西", "4", ""))
    assert table.shared == {(1, 2), (2, 2)}


def test_a_merged_cell_that_begins_in_a_hidden_row_stays_hidden() -> None:
    def fill(sheet: Worksheet) -> None:
        for line in (("姓名", "数"), ("密", 1), (None, 2), ("见", 3)):
            sheet.append(line)
        sheet.merge_cells("A2:A3")
        sheet.row_dimensions[2].hidden = True

    (table,) = read_tables("a.xlsx", book(fill))
    assert table.rows == (("姓名", "数"), ("", "2"), ("见", "3"))
