"""The least of an Excel 97 file: a compound file around BIFF8 records, for tests alone."""

import struct
from dataclasses import dataclass

BOF_BOOK = struct.pack("<HHHHII", 0x600, 5, 0, 1997, 0, 6)
BOF_SHEET = struct.pack("<HHHHII", 0x600, 0x10, 0, 1997, 0, 6)


@dataclass(frozen=True)
class Shared:
    """A text of the shared table."""

    text: str


@dataclass(frozen=True)
class Packed:
    """A figure in 30 bits."""

    value: float


@dataclass(frozen=True)
class Formula:
    """A formula's stored result."""

    value: float | str | bool


Cell = str | float | Shared | Packed | Formula


@dataclass(frozen=True)
class XlsSheet:
    name: str
    cells: dict[tuple[int, int], Cell]
    dates: tuple[tuple[int, int], ...] = ()
    state: int = 0
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """First and last row, first and last column, from 0."""


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def unicode(text: str, wide: bool = True) -> bytes:
    return struct.pack("<HB" if wide else "<BB", len(text), 1) + text.encode("utf-16-le")


def cell_bytes(row: int, column: int, cell: Cell, dated: bool, strings: list[str]) -> bytes:
    head = struct.pack("<HHH", row, column, 1 if dated else 0)
    match cell:
        case str():
            return record(0x204, head + unicode(cell))
        case Shared(text):
            strings.append(text)
            return record(0xFD, head + struct.pack("<I", len(strings) - 1))
        case Packed(value):
            if value == int(value):
                return record(0x27E, head + struct.pack("<I", (int(value) << 2 | 2) & 0xFFFFFFFF))
            high = struct.unpack("<II", struct.pack("<d", value))[1]
            return record(0x27E, head + struct.pack("<I", high & ~3))
        case Formula(bool() as value):
            result = bytes((1, 0, value, 0, 0, 0)) + b"\xff\xff"
            return record(0x06, head + result + b"\x00" * 8)
        case Formula(str() as value):
            result = b"\x00" * 6 + b"\xff\xff"
            return record(0x06, head + result + b"\x00" * 8) + record(0x207, unicode(value))
        case Formula(value):
            return record(0x06, head + struct.pack("<d", value) + b"\x00" * 8)
        case _:
            return record(0x203, head + struct.pack("<d", cell))


def sheet_bytes(sheet: XlsSheet, strings: list[str]) -> bytes:
    out = record(0x809, BOF_SHEET)
    for first, last in sheet.hidden_columns:
        out += record(0x7D, struct.pack("<HHHHHH", first, last, 2304, 15, 1, 0))
    for row in sorted({row for row, _ in sheet.cells}):
        flags = 0x120 if row in sheet.hidden_rows else 0x100
        out += record(0x208, struct.pack("<HHHHHHI", row, 0, 256, 300, 0, 0, flags))
    for (row, column), cell in sorted(sheet.cells.items(), key=lambda entry: entry[0]):
        out += cell_bytes(row, column, cell, (row, column) in sheet.dates, strings)
    if sheet.merged:
        corners = b"".join(struct.pack("<4H", *corner) for corner in sheet.merged)
        out += record(0xE5, struct.pack("<H", len(sheet.merged)) + corners)
    return out + record(0x0A)


def shared_bytes(strings: list[str]) -> bytes:
    """The shared table; a text of Latin letters takes one byte each, a long one runs on."""
    body = struct.pack("<II", len(strings), len(strings))
    out, kind = b"", 0xFC
    for text in strings:
        wide = not text.isascii()
        body += struct.pack("<HB", len(text), wide)
        for letter in text:
            if len(body) > 8000:
                out, kind, body = out + record(kind, body), 0x3C, bytes((wide,))
            body += letter.encode("utf-16-le" if wide else "latin-1")
    return out + record(kind, body)


def xls(*sheets: XlsSheet, locked: bool = False) -> bytes:
    """A workbook of these sheets."""
    strings: list[str] = []
    bodies = [sheet_bytes(sheet, strings) for sheet in sheets]
    start = record(0x809, BOF_BOOK)
    if locked:
        start += record(0x2F, b"\x00" * 6)
    start += record(0x42, struct.pack("<H", 1200)) + record(0xE0, b"\x00" * 20)
    start += record(0xE0, struct.pack("<HH", 0, 14) + b"\x00" * 16)
    shared = shared_bytes(strings)
    names = [unicode(sheet.name, wide=False) for sheet in sheets]
    offset = len(start) + sum(4 + 6 + len(name) for name in names) + len(shared) + 4
    for sheet, name, body in zip(sheets, names, bodies, strict=True):
        start += record(0x85, struct.pack("<IBB", offset, sheet.state, 0) + name)
        offset += len(body)
    return compound(start + shared + record(0x0A) + b"".join(bodies))


def compound(stream: bytes) -> bytes:
    """A compound file with one stream, Workbook, long enough to need no small sectors."""
    stream = stream.ljust(4096, b"\x00")
    stream += b"\x00" * (-len(stream) % 512)
    sectors = len(stream) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    assert len(fat) <= 128
    fat += [0xFFFFFFFF] * (128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    header += struct.pack("<HHHHHHIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, 1, 0, 4096,
                          0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        raw = (name + "\x00").encode("utf-16-le")
        return (
            raw.ljust(64, b"\x00")
            + struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + b"\x00" * 36
            + struct.pack("<III", start, size, 0)
        )

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(
        "Workbook", 2, 0xFFFFFFFF, 2, len(stream)
    )
    return header + struct.pack("<128I", *fat) + directory.ljust(512, b"\x00") + stream
