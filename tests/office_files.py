"""The least of each kind of office file, made from plain text; for tests alone."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.comments import Comment

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
P = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Rows = Sequence[Sequence[str]]


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def deleted(text: str) -> str:
    return f'<w:p><w:del w:id="1"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del></w:p>'


def inserted(text: str) -> str:
    return f'<w:p><w:ins w:id="2"><w:r><w:t>{escape(text)}</w:t></w:r></w:ins></w:p>'


def vanished(text: str) -> str:
    return f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{escape(text)}</w:t></w:r></w:p>"


def text_box(text: str) -> str:
    inner = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing>"
        f"{inner}</w:drawing></mc:Choice><mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )


def word_table(rows: Rows) -> str:
    body = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{body}</w:tbl>"


def word_lines(lines: Sequence[str]) -> list[str]:
    """Lines of text as `docx` takes them; those that begin with | are rows of a table."""
    out: list[str] = []
    table: list[list[str]] = []
    for line in (*lines, ""):
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if table:
            out.append(word_table(table))
            table = []
        if line:
            out.append(paragraph(line))
    return out


def docx(
    *body: str,
    header: str = "",
    footer: str = "",
    comments: Sequence[str] = (),
    properties: dict[str, str] | None = None,
    extra: dict[str, str | bytes] | None = None,
) -> bytes:
    """`body` is XML: `paragraph`, `word_table` and their like."""
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W} {mc}><w:body>{''.join(body)}</w:body></w:document>",
    }
    if header:
        parts["word/header1.xml"] = f"<w:hdr {W}>{paragraph(header)}</w:hdr>"
    if footer:
        parts["word/footer1.xml"] = f"<w:ftr {W}>{paragraph(footer)}</w:ftr>"
    if comments:
        inner = "".join(f'<w:comment w:id="1">{paragraph(c)}</w:comment>' for c in comments)
        parts["word/comments.xml"] = f"<w:comments {W}>{inner}</w:comments>"
    if properties:
        inner = "".join(f"<dc:{k}>{escape(v)}</dc:{k}>" for k, v in properties.items())
        parts["docProps/core.xml"] = f'<cp:core xmlns:cp="c" xmlns:dc="d">{inner}</cp:core>'
    return packed(parts | (extra or {}))


def pptx(
    slides: Sequence[Sequence[str]], notes: str = "", comment: str = "", hidden: int = -1
) -> bytes:
    ids = "".join(f'<p:sldId id="{n}" r:id="rId{n}"/>' for n in range(len(slides)))
    rels = "".join(
        f'<Relationship Id="rId{n}" Type="{TYPE}/slide" Target="slides/slide{n}.xml"/>'
        for n in range(len(slides))
    )
    parts: dict[str, str | bytes] = {
        "ppt/presentation.xml": f"<p:presentation {P}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="{RELS}">{rels}</Relationships>',
    }
    for n, lines in enumerate(slides):
        body = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
        shown = ' show="0"' if n == hidden else ""
        parts[f"ppt/slides/slide{n}.xml"] = f"<p:sld {P}{shown}><p:txBody>{body}</p:txBody></p:sld>"
    beside = ""
    if notes:
        beside += f'<Relationship Id="n" Type="{TYPE}/notesSlide" Target="../notesSlides/n1.xml"/>'
        parts["ppt/notesSlides/n1.xml"] = (
            f"<p:notes {P}><a:p><a:r><a:t>{escape(notes)}</a:t></a:r></a:p></p:notes>"
        )
    if comment:
        beside += f'<Relationship Id="c" Type="{TYPE}/comments" Target="../comments/c1.xml"/>'
        parts["ppt/comments/c1.xml"] = (
            f"<p:cmLst {P}><p:cm><p:text>{escape(comment)}</p:text></p:cm></p:cmLst>"
        )
    if beside:
        parts["ppt/slides/_rels/slide0.xml.rels"] = (
            f'<Relationships xmlns="{RELS}">{beside}</Relationships>'
        )
    return packed(parts)


def xlsx(
    rows: Rows,
    *,
    hidden_sheet: Rows = (),
    hidden_state: str = "hidden",
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[str] = (),
    comment: str = "",
    header: str = "",
) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "明细"
    for row in rows:
        sheet.append([cell or None for cell in row])
    for number in hidden_rows:
        sheet.row_dimensions[number].hidden = True
    for letter in hidden_columns:
        sheet.column_dimensions[letter].hidden = True
    if comment:
        sheet["A2"].comment = Comment(comment, "审核")
    if header:
        assert sheet.oddHeader is not None
        sheet.oddHeader.center.text = header
    if hidden_sheet:
        other = book.create_sheet("底册")
        other.sheet_state = hidden_state
        for row in hidden_sheet:
            other.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(
    pages: Sequence[Sequence[str]], *, info: dict[str, str] | None = None, note: str = ""
) -> bytes:
    """Lines of Chinese text a page, in a font whose codes are UTF-16."""
    used = sorted({letter for lines in pages for line in lines for letter in line})
    codes = [b"<%s>" % letter.encode("utf-16-be").hex().encode() for letter in used]
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def "
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
        + b"".join(b"1 beginbfchar %s %s endbfchar " % (code, code) for code in codes)
        + b"endcmap end end"
    )
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(data: bytes) -> bytes:
        packed_data = zlib.compress(data)
        return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (
            len(packed_data),
            packed_data,
        )

    to_unicode = add(stream(cmap))
    inner = add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/F/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>"
    )
    font = add(
        b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (inner, to_unicode)
    )
    kids = []
    tree = len(objects) + 1
    objects.append(b"")
    for lines in pages:
        shown = b"BT /F 12 Tf 50 800 Td 16 TL " + b"".join(
            b"<%s> Tj T* " % line.encode("utf-16-be").hex().encode() for line in lines
        )
        content = add(stream(shown + b"ET"))
        annotation = b""
        if note:
            text = (b"\xfe\xff" + note.encode("utf-16-be")).hex().encode()
            number = add(b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents<%s>>>" % text)
            annotation = b"/Annots[%d 0 R]" % number
        kids.append(
            add(
                b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F %d 0 R>>>>%s>>"
                % (tree, content, font, annotation)
            )
        )
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[tree - 1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), listed)
    root = add(b"<</Type/Catalog/Pages %d 0 R>>" % tree)
    trailer = b""
    if info:
        pairs = b"".join(
            b"/%s<%s>" % (k.encode(), (b"\xfe\xff" + v.encode("utf-16-be")).hex().encode())
            for k, v in info.items()
        )
        trailer = b"/Info %d 0 R" % add(b"<<%s>>" % pairs)
    out = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        root,
        trailer,
        start,
    )
    return bytes(out)


def exif(artist: str = "", gps: bool = False) -> bytes:
    """A TIFF block with the entries that are asked for."""
    entries, tail = [], b""
    count = bool(artist) + gps
    base = 8 + 2 + 12 * count + 4
    if artist:
        text = artist.encode() + b"\x00" * (5 if len(artist.encode()) < 5 else 1)
        entries.append(struct.pack("<HHII", 0x013B, 2, len(text), base))
        tail += text
    if gps:
        entries.append(struct.pack("<HHII", 0x8825, 4, 1, base + len(tail)))
        place = base + len(tail) + 2 + 4 * 12 + 4
        rational = struct.pack("<6I", 29, 1, 22, 1, 30, 1)
        tail += struct.pack("<H", 4)
        tail += struct.pack("<HHI4s", 1, 2, 2, b"N\x00\x00\x00") + struct.pack(
            "<HHII", 2, 5, 3, place
        )
        tail += struct.pack("<HHI4s", 3, 2, 2, b"E\x00\x00\x00") + struct.pack(
            "<HHII", 4, 5, 3, place
        )
        tail += b"\x00" * 4 + rational
    return b"II*\x00" + struct.pack("<IH", 8, count) + b"".join(entries) + b"\x00" * 4 + tail


def jpeg(artist: str = "", gps: bool = False) -> bytes:
    block = b"Exif\x00\x00" + exif(artist, gps)
    app1 = b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block if artist or gps else b""
    return b"\xff\xd8" + app1 + b"\xff\xda\x00\x02" + b"\x00" * 64 + b"\xff\xd9"


def png(texts: dict[str, str] | None = None, gps: bool = False) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    for key, value in (texts or {}).items():
        out += chunk(b"iTXt", key.encode() + b"\x00\x00\x00\x00\x00" + value.encode())
    if gps:
        out += chunk(b"eXIf", exif(gps=True))
    return out + chunk(b"IDAT", zlib.compress(b"\x00\x00")) + chunk(b"IEND", b"")
