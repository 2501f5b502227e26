"""What is read of each kind of attachment, and where it says that it stands."""

import io
import zipfile

import pytest

from generator.office import Reading, passages
from tests import office_files as files
from tests import xls_writer
from tests.xls_writer import XlsSheet


def told(name: str, data: bytes) -> list[tuple[str, str]]:
    """Locator and text of every passage."""
    return [(p.locator, p.text) for p in passages(name, data).passages]


def test_word_body_tables_and_what_stands_beside() -> None:
    data = files.docx(
        files.paragraph("一、基本情况"),
        files.paragraph(""),
        files.word_table([["姓名", "金额"], ["张某", "500"]]),
        files.inserted("新加的一段"),
        files.deleted("删去的一段"),
        files.vanished("隐藏的字"),
        files.text_box("框里的字"),
        header="内部资料",
        footer="第 1 页",
        comments=["核实电话"],
        properties={"creator": "办公室"},
    )
    assert told("a.docx", data) == [
        ("第 1 段", "一、基本情况"),
        ("表 1 第 1 行第 1 列", "姓名\t金额"),
        ("表 1 第 2 行第 1 列", "张某\t500"),
        ("第 2 段", "新加的一段"),
        ("隐藏 第 3 段", "删去的一段"),
        ("隐藏 第 4 段", "隐藏的字"),
        ("第 5 段", "框里的字"),
        ("页眉 第 1 段", "内部资料"),
        ("页眉 第 1 段", "第 1 页"),
        ("批注 第 1 段", "核实电话"),
        ("元数据 creator", "办公室"),
    ]
    row = next(p for p in passages("a.docx", data).passages if p.text.startswith("张某"))
    assert row.place(3) == "表 1 第 2 行第 2 列"


def test_a_paragraph_keeps_its_shown_and_its_hidden_words_apart() -> None:
    run = "<w:p><w:r><w:t>联系</w:t></w:r><w:del><w:r><w:delText>张三</w:delText></w:r></w:del><w:r><w:t>人</w:t></w:r></w:p>"
    assert told("a.docx", files.docx(run)) == [("第 1 段", "联系人"), ("隐藏 第 1 段", "张三")]


def test_a_workbook_with_everything_hidden() -> None:
    data = files.xlsx(
        [["姓名", "电话"], ["张某", "1"], ["李某", "2"]],
        hidden_sheet=[["底册", "3"]],
        hidden_rows=[3],
        hidden_columns=["B"],
        comment="已核实",
        header="秘密",
    )
    found = passages("a.xlsx", data).passages
    rows = {(p.place(0), p.place(len(p.text))) for p in found if "\t" in p.text}
    assert rows == {
        ("工作表 明细!A1", "隐藏 工作表 明细!B1"),
        ("工作表 明细!A2", "隐藏 工作表 明细!B2"),
        ("隐藏 工作表 明细!A3", "隐藏 工作表 明细!B3"),
        ("隐藏 工作表 底册!A1", "隐藏 工作表 底册!B1"),
    }
    others = {p.locator: p.text for p in found if "\t" not in p.text}
    assert others["批注 工作表 明细!A2"] == "已核实"
    assert others["页眉 工作表 明细"].strip() == "秘密"


def test_pivot_caches_and_names_keep_rows_that_are_gone() -> None:
    data = files.xlsx([["项目", "数量"]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    records = '<pivotCacheRecords><r><s v="张三"/><s v="已删的行"/></r></pivotCacheRecords>'
    parts["xl/pivotCache/pivotCacheRecords1.xml"] = records
    assert ("隐藏 工作表 数据透视缓存1", "张三\t已删的行") in told("a.xlsx", files.packed(parts))


def test_an_old_workbook_with_a_hidden_sheet() -> None:
    data = xls_writer.xls(
        XlsSheet("明细", {(0, 0): "项目", (0, 1): "数量"}),
        XlsSheet("底册", {(0, 0): "张三"}, state=1),
    )
    assert told("a.et", data) == [("工作表 明细!A1", "项目\t数量"), ("隐藏 工作表 底册!A1", "张三")]


def test_slides_notes_and_comments() -> None:
    data = files.pptx([["标题", "要点"], ["藏起的"]], notes="讲稿", comment="改数", hidden=1)
    assert told("a.pptx", data) == [
        ("幻灯片 1", "标题"),
        ("幻灯片 1", "要点"),
        ("备注 幻灯片 1", "讲稿"),
        ("批注 幻灯片 1", "改数"),
        ("隐藏 幻灯片 2", "藏起的"),
    ]


def test_pdf_pages_remarks_and_properties() -> None:
    data = files.pdf([["第一行", "第二行"], ["次页"]], info={"Author": "办公室"}, note="核对")
    assert told("a.pdf", data) == [
        ("元数据 Author", "办公室"),
        ("第 1 页", "第一行"),
        ("第 1 页", "第二行"),
        ("批注 第 1 页", "核对"),
        ("第 2 页", "次页"),
        ("批注 第 2 页", "核对"),
    ]


def test_a_scan_has_no_text_and_says_so() -> None:
    assert passages("a.pdf", files.pdf([[]])) == Reading(
        (), ("1 页没有文字层（扫描件），图里的字没有检查",)
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_and_csv_in_the_encodings_of_office_programs(encoding: str) -> None:
    assert told("a.txt", "首行\n\n次行".encode(encoding)) == [
        ("第 1 行", "首行"),
        ("第 3 行", "次行"),
    ]
    data = '姓名;备注\n张某;"两\n行"\n李某;无'.encode(encoding)
    assert told("a.csv", data) == [
        ("第 1 行", "姓名\t备注"), ("第 2 行", "张某\t两 行"), ("第 4 行", "李某\t无"),
    ]  # fmt: skip


def test_pictures_say_where_and_by_whom() -> None:
    assert told("a.jpg", files.jpeg("张三", gps=True)) == [
        ("元数据 Artist", "张三"), ("元数据 GPS", "GPS"),
    ]  # fmt: skip
    assert told("a.png", files.png({"Author": "李四"}, gps=True)) == [
        ("元数据 Author", "李四"), ("元数据 GPS", "GPS"),
    ]  # fmt: skip
    assert told("a.jpg", files.jpeg()) == []


def test_a_zip_is_read_one_level_deep() -> None:
    inner = files.packed({"b.txt": "深处"})
    data = files.packed(
        {"附/a.csv": "甲,乙", "附/c.docx": files.docx(files.paragraph("丙")), "d.zip": inner}
    )
    found = passages("a.zip", data)
    assert [(p.locator, p.text) for p in found.passages] == [
        ("包内/附/a.csv 第 1 行", "甲\t乙"), ("包内/附/c.docx 第 1 段", "丙"),
    ]  # fmt: skip
    assert found.not_checked == ("包内/d.zip：压缩包里的压缩包没有检查；解开再上传",)


def test_names_that_a_chinese_archiver_wrote_in_gbk() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = "名单.txt".encode("gbk").decode("cp437")
        archive.writestr(info, "甲")
    raw = out.getvalue().replace(info.filename.encode(), b"?")
    del raw
    flat = io.BytesIO()
    with zipfile.ZipFile(flat, "w") as archive:
        archive.writestr("aaaaaaaa", "甲")
    name = "名单.txt".encode("gbk")
    data = flat.getvalue().replace(b"aaaaaaaa", name)
    assert told("a.zip", data) == [("包内/名单.txt 第 1 行", "甲")]


def test_what_is_embedded_is_read_too() -> None:
    book = files.xlsx([["甲", "乙"]])
    data = files.docx(
        files.paragraph("见表"),
        extra={"word/embeddings/a.xlsx": book, "word/media/b.jpg": files.jpeg(gps=True)},
    )
    places = [place for place, _ in told("a.docx", data)]
    assert "包内/word/embeddings/a.xlsx 工作表 明细!A1" in places
    assert "包内/word/media/b.jpg 元数据 GPS" in places


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("a.doc", "另存为 docx"),
        ("a.wps", "另存为 docx"),
        ("a.ppt", "另存为 pptx"),
        ("a.rar", "zip"),
        ("a.mp4", "不在检查范围"),
        ("a", "没有扩展名"),
    ],
)
def test_what_cannot_be_read_is_named_with_a_way_out(name: str, says: str) -> None:
    found = passages(name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    assert found.passages == ()
    (reason,) = found.not_checked
    assert says in reason
    assert "没有检查" in reason


def test_a_wps_that_is_a_docx_is_read() -> None:
    assert told("a.wps", files.docx(files.paragraph("甲"))) == [("第 1 段", "甲")]
