"""Attached documents as a reader sees them, and how an attachment stands on its pages."""

import io
import time
import zipfile
from datetime import date

import pytest

from generator.article import (
    Document,
    Paragraph,
    Table,
    TableError,
    TableTooLarge,
    document_text,
    draft,
    finish,
    read_document,
)
from generator.model import Attachment, State, Status
from generator.render.department import department_pages
from generator.render.department.attachment import Rows, View, Words, views
from generator.render.department.office import Office
from generator.render.page import Page
from tests.department_worlds import CHENGGUAN, RECEPTION, SITE, Builder, item
from tests.office_files import (
    W,
    deleted,
    docx,
    inserted,
    packed,
    paragraph,
    text_box,
    vanished,
    word_table,
)

RESTART, DOWN = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def wide(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def styled(text: str, properties: str) -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def read(*body: str, **parts: str) -> Document:
    extra: dict[str, str | bytes] = {
        f"word/{name}.xml": f"<w:{root} {W}>{parts[name]}</w:{root}>"
        for name, root in (
            ("styles", "styles"),
            ("numbering", "numbering"),
            ("footnotes", "footnotes"),
            ("endnotes", "endnotes"),
        )
        if name in parts
    }
    return read_document(docx(*body, extra=extra))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def the_table(document: Document) -> Table:
    (found,) = (block for block in document.blocks if isinstance(block, Table))
    return found


def test_a_document_is_its_paragraphs_and_tables_in_order() -> None:
    found = read(paragraph("一"), word_table([["项目", "金额"], ["招待", "1.2"]]), paragraph("二"))
    assert found.blocks[0] == Paragraph("一") and found.blocks[2] == Paragraph("二")
    assert the_table(found).rows == (("项目", "金额"), ("招待", "1.2"))
    assert document_text(found) == "一\n项目 金额\n招待 1.2\n二"


STYLES = (
    '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="2"><w:name w:val="节"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:styleId="3"><w:name w:val="小节"/><w:basedOn w:val="2"/></w:style>'
    '<w:style w:styleId="4"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="secret"><w:name w:val="密"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


def test_headings_come_from_styles_what_they_inherit_and_the_outline() -> None:
    found = read(
        styled("名", '<w:pStyle w:val="4"/>'), styled("章", '<w:pStyle w:val="1"/>'),
        styled("节", '<w:pStyle w:val="2"/>'), styled("小节", '<w:pStyle w:val="3"/>'),
        styled("自己", '<w:outlineLvl w:val="2"/>'),
        styled("正文", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>'), styles=STYLES,
    )  # fmt: skip
    levels = [block.heading for block in found.blocks if isinstance(block, Paragraph)]
    assert levels == [1, 1, 2, 2, 3, 0]


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="*"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def listed(text: str, number: int, depth: int = 0) -> str:
    return styled(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def test_numbers_that_word_draws_are_said() -> None:
    found = read(
        listed("甲", 1), listed("子", 1, 1), listed("丑", 1, 1), listed("点", 1, 2), listed("乙", 1),
        listed("寅", 1, 1), listed("又从头", 2), listed("不编号", 0), numbering=NUMBERING,
    )  # fmt: skip
    assert texts(found) == [
        "一、甲", "一.1 子", "一.2 丑", "· 点", "二、乙", "二.1 寅", "一、又从头", "不编号",
    ]  # fmt: skip
    assert [b.listed for b in found.blocks if isinstance(b, Paragraph)] == [1, 2, 2, 3, 1, 2, 1, 0]


def test_a_head_of_two_rows_becomes_one_and_merged_cells_are_filled_in() -> None:
    found = the_table(
        read(
            table(
                row(cell("2026年支出表", wide(4))),
                row(cell("单位", RESTART), cell("支出数", wide(2)), cell("合计", RESTART)),
                row(cell("", DOWN), cell("基本"), cell("项目"), cell("", DOWN)),
                row(cell("甲局", RESTART), cell("1"), cell("2"), cell("10", RESTART)),
                row(cell("", DOWN), cell("3"), cell("4"), cell("", DOWN)),
                row(cell("说明：未含结转", wide(4))),
            )
        )
    )
    assert found.above == ("2026年支出表",)
    assert found.rows == (
        ("单位", "支出数：基本", "支出数：项目", "合计"),
        ("甲局", "1", "2", "10"),
        ("甲局", "3", "4", ""),
        ("说明：未含结转", "", "", ""),
    )


def test_a_wide_cell_over_figures_makes_no_second_head_row() -> None:
    found = the_table(
        read(
            table(
                row(cell("项目"), cell("金额", wide(2))),
                row(cell("甲"), cell("1"), cell("2")),
                row(cell("乙"), cell("3"), cell("4")),
            )
        )
    )
    assert found.rows == (("项目", "金额", "金额"), ("甲", "1", "2"), ("乙", "3", "4"))


def test_frames_of_one_cell_row_or_column_are_paragraphs() -> None:
    found = read(
        table(row(cell("方框里的话"))),
        table(row(cell("经办人"), cell("负责人"))),
        table(row(cell("甲")), row(cell("乙"))),
    )
    assert texts(found) == ["方框里的话", "经办人　负责人", "甲", "乙"]


def test_a_table_in_a_cell_stands_in_that_cell() -> None:
    inner = table(row(cell("里"), cell("面")))
    outer = table(
        row(cell("头"), cell("栏")), row(f"<w:tc>{inner}{paragraph('外')}</w:tc>", cell("1"))
    )
    assert the_table(read(outer)).rows == (("头", "栏"), ("里 面 外", "1"))


def test_notes_are_marked_and_only_those_that_are_pointed_at() -> None:
    point = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    hidden = '<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id="3"/></w:r>'
    found = read(
        f"<w:p>{run('金额')}{point}{hidden}<w:r><w:endnoteReference w:id='2'/></w:r></w:p>",
        footnotes=f'<w:footnote w:id="2">{paragraph("含税")}</w:footnote>'
        f'<w:footnote w:id="3">{paragraph("暗")}</w:footnote>',
        endnotes=f'<w:endnote w:id="2">{paragraph("完")}</w:endnote>',
    )
    assert texts(found) == ["金额〔注1〕〔注2〕"] and found.notes == ("含税", "完")


SECRET = "暗藏"


@pytest.mark.parametrize(
    "body",
    [
        deleted(SECRET),
        vanished(SECRET),
        f"<w:p><w:moveFrom>{run(SECRET)}</w:moveFrom></w:p>",
        f"<w:p>{run(SECRET, '<w:webHidden/><w:vanish/>')}</w:p>",
        "<w:p>" + run(SECRET, '<w:rStyle w:val="secret"/>') + "</w:p>",
        styled(SECRET, '<w:pStyle w:val="secret"/>'),
        f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:drawing><w:txbxContent>{paragraph(SECRET)}"
        "</w:txbxContent></w:drawing></w:r></w:p>",
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{run(SECRET)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
        f"<w:p><w:r><w:instrText>{SECRET}</w:instrText></w:r></w:p>",
        table(
            row(cell("项目"), cell("金额")), row(cell(SECRET), cell("9"), properties="<w:hidden/>")
        ),
        table(row(cell("项目"), cell("金额")), row(cell(SECRET), properties='<w:del w:id="1"/>')),
        table(row(cell("项目"), cell("金额")), row(cell("甲"), cell(SECRET, "<w:cellDel/>"))),
        table(
            row(cell("项目"), cell("金额")),
            row(cell(SECRET, RESTART), cell("1"), properties="<w:hidden/>"),
            row(cell("", DOWN), cell("2")),
        ),
    ],
)
def test_what_a_reader_does_not_see_is_not_read(body: str) -> None:
    found = read(paragraph("看得见"), body, paragraph("也看得见"), styles=STYLES)
    assert SECRET not in document_text(found)
    assert {"看得见", "也看得见"} <= set(texts(found))


def test_comments_headers_and_properties_are_not_read() -> None:
    data = docx(
        paragraph("正文"),
        header=SECRET,
        footer=SECRET,
        comments=[SECRET],
        properties={"creator": SECRET},
    )
    assert read_document(data) == Document((Paragraph("正文"),))


def test_what_only_looks_hidden_is_read() -> None:
    found = read(
        inserted("插入的"),
        text_box("框里的"),
        "<w:p>" + run("没有藏", '<w:vanish w:val="0"/>') + "</w:p>",
        "<w:p><w:pPr><w:rPr><w:vanish/><w:del/></w:rPr></w:pPr>" + run("段落标记删了") + "</w:p>",
        f"<w:p>{run('改过样式', '<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>')}</w:p>",
        f"<w:p><w:hyperlink>{run('链接')}</w:hyperlink></w:p>",
        "<w:p><w:r><w:t>上</w:t><w:tab/><w:t>下</w:t><w:br/><w:t>另起</w:t></w:r></w:p>",
        styles=STYLES,
    )
    assert texts(found) == [
        "插入的", "框里的", "没有藏", "段落标记删了", "改过样式", "链接", "上 下\n另起",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0 locked",
        packed({"word/other.xml": "<a/>"}),
        packed({"word/document.xml": "<w:document><w:body>"}),
        packed({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        packed({"word/document.xml": f'<w:document {W}><w:body>{listed("a", 1, 0).replace("0", "x")}</w:body></w:document>'}),
    ],
)  # fmt: skip
def test_a_broken_document_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(TableError, match="Word"):
        read_document(data)


def test_cut_short_anywhere_it_raises_nothing_else() -> None:
    whole = docx(paragraph("甲"), word_table([["a", "b"], ["1", "2"]]))
    for length in range(0, len(whole), 7):
        try:
            read_document(whole[:length])
        except TableError:
            continue


def test_a_bomb_and_an_endless_document_are_bounded() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (80 * 1024 * 1024))
    with pytest.raises(TableTooLarge):
        read_document(out.getvalue())
    many = packed(
        {
            "word/document.xml": f"<w:document {W}><w:body>{'<w:p/>' * 2_100_000}</w:body></w:document>"
        }
    )
    began = time.process_time()
    with pytest.raises(TableTooLarge):
        read_document(many)
    assert time.process_time() - began < 20
    with pytest.raises(TableTooLarge):
        read_document(docx(*(paragraph("字" * 1000) for _ in range(2_100))))
    with pytest.raises(TableTooLarge):
        read(table(row(cell("a", wide(900)), cell("b"))))
    with pytest.raises(TableTooLarge):
        read(table(*(row(cell("a", wide(190)), cell("b")) for _ in range(6_000))))
    with pytest.raises(TableTooLarge):
        read("<w:tbl><w:tr><w:tc>" * 200 + "</w:tc></w:tr></w:tbl>" * 200)
    with pytest.raises(TableTooLarge):
        read("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 200 + "</w:p>")
    with pytest.raises(TableTooLarge):
        read(paragraph("字") * 20_001)


# Pages


def attached(
    files: tuple[tuple[str, tuple[Table, ...] | Document], ...],
) -> tuple[Office, tuple[View, ...], tuple[Page, ...]]:
    """An item with these attachments: its office, views, and the department's pages."""
    builder = Builder(CHENGGUAN)
    builder.slot(RECEPTION, "2026-Q1", Status.OK)
    held = tuple(
        Attachment(path, f"附件{n}", path, 10, "ab" * 32, True) for n, (path, _) in enumerate(files)
    )
    one = item("sheet", RECEPTION.category, title="附件的事项（示例）", files=held)
    builder.add(one, date(2026, 10, 30))
    world = builder.world(SITE, (RECEPTION,))
    tables = tuple((path, what) for path, what in files if isinstance(what, tuple))
    documents = tuple((path, what) for path, what in files if isinstance(what, Document))
    article = finish(
        one, draft(one.body), tables, world.repository.site.url, State.PUBLIC, documents
    )
    world = type(world)(
        world.repository, world.ledger, world.evidence, {**world.articles, one.id: article}
    )
    department = world.repository.departments[0]
    office = Office(world, department)
    return office, views(office, one), department_pages(world, department)


def long_table(count: int, name: str = "") -> Table:
    rows = (("编号", "路段"), *((f"{n}", f"第{n}段") for n in range(1, count + 1)))
    return Table(name, rows, ("单位：处",))


def page_of(pages: tuple[Page, ...], path: str) -> Page:
    return next(page for page in pages if page.path == path)


def test_sixty_rows_stay_and_sixty_one_have_a_page() -> None:
    _, (short, long), pages = attached(
        (("2026/sheet/a.csv", (long_table(60),)), ("2026/sheet/b.csv", (long_table(61),)))
    )
    assert not short.pages and len(long.pages) == 1
    item_page = page_of(pages, "2026/sheet.html")
    assert "看其余 50 行" in item_page.main and "第60段" in item_page.main
    assert "第61段" not in item_page.main and item_page.main.count("单位：处") == 2
    assert 'href="../2026/sheet/b-csv.html"' in item_page.main
    own = page_of(pages, "2026/sheet/b-csv.html")
    assert own.depth == 2 and "第61段" in own.main and "单位：处" in own.main
    assert 'href="../../2026/sheet/b.csv" download' in own.main and "ab" * 16 in own.main
    assert own.crumbs[-2].href == "../sheet.html" and own.crumbs[-1].href is None


def test_search_holds_of_each_page_what_that_page_shows() -> None:
    _, _, pages = attached((("2026/sheet/b.csv", (long_table(61),)),))
    first, own = page_of(pages, "2026/sheet.html"), page_of(pages, "2026/sheet/b-csv.html")
    assert first.indexed and own.indexed
    assert "第10段" in first.indexed.body and "第11段" not in first.indexed.body
    assert "第61段" in own.indexed.body and "单位：处" in own.indexed.body
    assert own.indexed.filters == first.indexed.filters and own.indexed.date == first.indexed.date
    assert own.indexed.title == "附件：附件0"


def test_a_very_long_table_is_paged_with_its_head_on_every_page() -> None:
    _, (view,), pages = attached((("2026/sheet/b.csv", (long_table(1_000),)),))
    assert [len(each[0].grid.rows) for each in view.pages if isinstance(each[0], Rows)] == [
        400,
        400,
        200,
    ]
    third = page_of(pages, "2026/sheet/b-csv-p3.html")
    assert "第 801 至 1000 行，共 1000 行" in third.main and "单位：处" not in third.main
    assert ">编号</th>" in third.main and 'href="../../2026/sheet/b-csv.html"' in third.main
    shown = [
        row
        for page in view.pages
        for piece in page
        if isinstance(piece, Rows)
        for row in piece.grid.rows
    ]
    assert len(shown) == 1_000 and shown[0][0] == "1" and shown[-1][0] == "1000"


def test_two_sheets_share_a_page_and_keep_their_names() -> None:
    _, (view,), pages = attached(
        (("2026/sheet/b.xlsx", (long_table(50, "东"), long_table(50, "西"))),)
    )
    (only,) = view.pages
    assert len(only) == 2
    main = page_of(pages, "2026/sheet/b-xlsx.html").main
    assert "工作表“东”，共 50 行" in main and "工作表“西”，共 50 行" in main
    assert "工作表“西”" not in page_of(pages, "2026/sheet.html").main


def test_names_that_make_no_address_go_by_their_place_and_none_meet() -> None:
    small = (long_table(61),)
    _, shown, pages = attached(
        tuple(
            (path, small)
            for path in (
                "2026/sheet/摊位 表.xlsx", "2026/sheet/a.xlsx", "files/a.xlsx", "2026/sheet/A.csv",
                "2026/sheet/file-1.csv",
            )
        )
    )  # fmt: skip
    assert [view.address(1).rpartition("/")[2] for view in shown] == [
        "file-1.html", "a-xlsx.html", "file-3.html", "a-csv.html", "file-1-csv.html",
    ]  # fmt: skip
    assert len({page.path for page in pages}) == len(pages)


def test_a_document_opens_with_its_first_paragraphs_and_folds_the_rest() -> None:
    blocks: tuple[Paragraph | Table, ...] = (
        Paragraph("总则", 3),
        Paragraph("开头"),
        Paragraph("甲", listed=1),
        Paragraph("乙", listed=1),
        *(Paragraph(f"第{n}句。" * 30) for n in range(9)),
        Table("", (("项", "数"), ("<b>", "1"))),
    )
    _, (view,), pages = attached((("2026/sheet/a.docx", Document(blocks, ("注文",), 2)),))
    assert view.lead[:3] == (
        Words("h", ("总则",), 1),
        Words("p", ("开头",)),
        Words("ul", ("甲", "乙")),
    )
    assert view.rest and not view.pages
    main = page_of(pages, "2026/sheet.html").main
    lead, rest = main.split('<details class="rest"><summary>看其余部分', 1)
    assert "<h4>总则</h4>" in lead and "<li>乙</li>" in lead and "第8句" not in lead
    assert "第8句" in rest and "&lt;b&gt;" in rest and "<b>1" not in rest
    assert "〔注1〕注文" in rest and "2 幅图" in rest


def test_a_long_document_has_a_page_and_its_item_an_opening() -> None:
    blocks = (Paragraph("章", 1), *(Paragraph(f"第{n}条" + "字" * 90) for n in range(100)))
    _, (view,), pages = attached((("2026/sheet/a.docx", Document(blocks)),))
    assert view.pages and not view.rest
    main = page_of(pages, "2026/sheet.html").main
    assert (
        "第0条" in main
        and "第50条" not in main
        and "看全部（约 9400 字）" in main.replace('<span class="vh">：附件0</span>', "")
    )
    own = page_of(pages, "2026/sheet/a-docx.html").main
    assert "第99条" in own and "<h2>章</h2>" in own


def test_an_item_without_such_attachments_gains_nothing() -> None:
    _, (view,), pages = attached((("files/map.pdf", ()),))
    assert not (view.lead or view.rest or view.pages or view.text)
    assert not [page for page in pages if page.path.startswith("2026/sheet/")]


def test_who_filled_a_table_in_stands_over_its_head() -> None:
    found = the_table(
        read(
            table(
                row(cell("填报单位：市容科", wide(2)), cell("单位：万元")),
                row(cell("项目"), cell("预算"), cell("支出")),
                row(cell("招待"), cell("2"), cell("1")),
            )
        )
    )
    assert found.above == ("填报单位：市容科　单位：万元",)
    assert found.rows == (("项目", "预算", "支出"), ("招待", "2", "1"))
