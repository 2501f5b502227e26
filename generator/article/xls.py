"""The visible sheets of an old xls (MS-XLS, Excel 95 to 2003), read within bounds."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.article.compound import read_stream, unpack
from generator.article.figures import Format, Kind, read_format, show_figure
from generator.article.grid import Allowance, Sheet, TableError
from generator.article.xls_text import Chunks

_BROKEN = "Excel 文件打不开，可能已损坏；在 Excel 或 WPS 里另存为 xlsx 再传"
_BOF, _EOF, _CONTINUE, _FILEPASS, _BOUNDSHEET = 0x809, 0x0A, 0x3C, 0x2F, 0x85
_DATE1904, _FORMAT, _XF, _SST, _ROW, _COLINFO = 0x22, 0x41E, 0xE0, 0xFC, 0x208, 0x7D
_NUMBER, _RK, _MULRK, _LABEL, _RSTRING, _LABELSST = 0x203, 0x27E, 0xBD, 0x204, 0xD6, 0xFD
_FORMULA, _STRING, _BOOLERR, _OBJ, _TXO = 0x06, 0x207, 0x205, 0x5D, 0x1B6
_NOTE = 0x19
"""The sort of object that is a remark; others with a text are boxes that a reader sees."""
_MERGED = 0xE5
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


@dataclass(slots=True)
class _Book:
    """What the workbook's own records say."""

    wide: bool = True
    """Whether text is Unicode (Excel 97 and later) and not GBK."""
    epoch_1904: bool = False
    codes: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    entries: list[tuple[str, int]] = field(default_factory=list)
    """Name and offset of each sheet that a reader sees."""
    concealed: list[tuple[str, int, bool]] = field(default_factory=list)
    """The same of each hidden sheet, and whether the list of hidden sheets leaves it out."""

    def formats(self) -> list[Format | None]:
        known = {number: read_format(number, self.codes.get(number)) for number in self.styles}
        return [known[number] for number in self.styles]


def read_xls(data: bytes) -> list[Sheet]:
    """Read the sheets that a reader sees; raises TableError, in Chinese, and nothing else."""
    try:
        stream = read_stream(data, ("workbook", "book"))
        book = _globals(stream)
        allowance = Allowance()
        return [_sheet(stream, name, offset, book, allowance) for name, offset in book.entries]
    except (ValueError, IndexError, OverflowError):
        raise TableError(_BROKEN) from None


@dataclass(frozen=True, slots=True)
class ConcealedXls:
    """What an xls holds beside its cells that a reader sees."""

    sheets: list[tuple[Sheet, bool]]
    """Each hidden sheet, and whether the list of hidden sheets leaves it out."""
    texts: list[tuple[str, str, bool]]
    """Remarks and text boxes: the sheet's name, the text, and whether it is a remark."""


def read_concealed_xls(data: bytes) -> ConcealedXls:
    """For the gate alone: no page shows them. Raises TableError."""
    try:
        stream = read_stream(data, ("workbook", "book"))
        book = _globals(stream)
        allowance = Allowance()
        sheets = [
            (_sheet(stream, name, at, book, allowance), deep) for name, at, deep in book.concealed
        ]
        listed = (*book.entries, *((name, at) for name, at, _ in book.concealed))
        return ConcealedXls(sheets, [one for entry in listed for one in _texts(stream, *entry)])
    except (ValueError, IndexError, OverflowError):
        raise TableError(_BROKEN) from None


def _texts(stream: bytes, name: str, offset: int) -> Iterator[tuple[str, str, bool]]:
    note = False
    for kind, parts in _records(stream, offset):
        if kind == _OBJ:
            note = len(parts[0]) > 5 and unpack("<H", parts[0], 4)[0] == _NOTE
        elif kind == _TXO and len(parts) > 1:
            yield name, Chunks(parts[1:], 0).text(unpack("<H", parts[0], 10)[0], True), note


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, list[bytes]]]:
    """The records of one substream up to its EOF, each with its continuations."""
    kind, parts = -1, list[bytes]()
    while offset + 4 <= len(stream):
        following, size = struct.unpack_from("<HH", stream, offset)
        body = stream[offset + 4 : offset + 4 + size]
        offset += 4 + size
        if following == _CONTINUE:
            parts.append(body)
            continue
        if kind >= 0:
            yield kind, parts
        if following == _EOF:
            return
        kind, parts = following, [body]
    raise ValueError("no end")


def _globals(stream: bytes) -> _Book:
    book = _Book()
    for kind, parts in _records(stream, 0):
        record = parts[0]
        if kind == _FILEPASS:
            raise TableError("Excel 文件加了密码")
        if kind == _BOF:
            book.wide = unpack("<H", record, 0)[0] >= 0x600
        elif kind == _DATE1904:
            book.epoch_1904 = unpack("<H", record, 0)[0] == 1
        elif kind == _FORMAT:
            chunks = Chunks(parts, 2)
            length = chunks.number(2 if book.wide else 1)
            book.codes[unpack("<H", record, 0)[0]] = chunks.text(length, book.wide)
        elif kind == _XF:
            book.styles.append(unpack("<H", record, 2)[0])
        elif kind == _SST:
            chunks = Chunks(parts, 8)
            for _ in range(min(unpack("<I", record, 4)[0], len(stream))):
                book.strings.append(chunks.rich())
        elif kind == _BOUNDSHEET:
            offset, state, sort = unpack("<IBB", record, 0)
            chunks = Chunks(parts, 6)
            name = chunks.text(chunks.number(1), book.wide)
            if sort == 0:
                if state & 3:
                    book.concealed.append((name, offset, state & 3 == 2))
                else:
                    book.entries.append((name, offset))
    return book


def _sheet(stream: bytes, name: str, offset: int, book: _Book, allowance: Allowance) -> Sheet:
    sheet, formats = Sheet(name), book.formats()
    waiting: tuple[int, int] | None = None

    def put(row: int, column: int, style: int, value: float | str) -> None:
        form = formats[style] if style < len(formats) else None
        if form is not None and form.kind is Kind.HIDDEN:
            return
        shown = value if isinstance(value, str) else show_figure(value, form, book.epoch_1904)
        sheet.put(row + 1, column + 1, shown.strip(), allowance)

    for kind, parts in _records(stream, offset):
        record = parts[0]
        if kind == _ROW:
            row, _, _, height, _, _, flags = unpack("<7H", record, 0)
            if flags & 0x20 or height == 0:
                sheet.hidden_rows.add(row + 1)
        elif kind == _COLINFO:
            first, last, width, _, flags = unpack("<5H", record, 0)
            if flags & 1 or width == 0:
                sheet.hidden_columns.append((first + 1, last + 1))
        elif kind == _MERGED and len(record) > 1:
            count = min(unpack("<H", record, 0)[0], (len(record) - 2) // 8)
            allowance.spread(count)
            for at in range(2, 2 + 8 * count, 8):
                top, bottom, left, right = unpack("<4H", record, at)
                sheet.merged.append((top + 1, left + 1, bottom + 1, right + 1))
        elif kind == _MULRK:
            row, column = unpack("<HH", record, 0)
            for at in range(4, len(record) - 7, 6):
                style, packed = unpack("<HI", record, at)
                put(row, column, style, _rk(packed))
                column += 1
        elif kind == _STRING and waiting is not None:
            chunks = Chunks(parts, 0)
            shown = chunks.text(chunks.number(2), book.wide)
            sheet.put(*waiting, shown.strip(), allowance)
            waiting = None
        elif kind in (_NUMBER, _RK, _LABEL, _RSTRING, _LABELSST, _FORMULA, _BOOLERR):
            row, column, style = unpack("<3H", record, 0)
            value = _value(kind, parts, book)
            if value is None:
                waiting = (row + 1, column + 1)
            else:
                put(row, column, style, value)
    return sheet


def _value(kind: int, parts: list[bytes], book: _Book) -> float | str | None:
    """A cell's value; None where it is a text that the next record holds."""
    record = parts[0]
    if kind == _LABELSST:
        return book.strings[unpack("<I", record, 6)[0]]
    if kind in (_LABEL, _RSTRING):
        chunks = Chunks(parts, 6)
        return chunks.text(chunks.number(2), book.wide)
    if kind == _RK:
        return _rk(unpack("<I", record, 6)[0])
    if kind == _BOOLERR:
        value, failed = unpack("<BB", record, 6)
        return _special(2 if failed else 1, value)
    if kind == _FORMULA and record[12:14] == b"\xff\xff":
        return None if record[6] == 0 else _special(record[6], record[8])
    return _double(record[6:14])


def _special(sort: int, value: int) -> str:
    if sort == 1:
        return "TRUE" if value else "FALSE"
    return _ERRORS.get(value, "#N/A") if sort == 2 else ""


def _rk(packed: int) -> float:
    """A figure in 30 bits: a whole number or the head of a double, perhaps in hundredths."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        value = _double(struct.pack("<II", 0, packed & 0xFFFFFFFC))
    return value / 100 if packed & 1 else value


def _double(eight: bytes) -> float:
    try:
        value: float = struct.unpack("<d", eight)[0]
    except struct.error as error:
        raise ValueError(str(error)) from None
    return value
