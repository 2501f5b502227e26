"""An old xls's own records, scanned for what calamine does not tell (MS-XLS, MS-CFB)."""

import struct
from collections.abc import Iterator

from generator.article.extent import Extent
from generator.article.grid import TableError

_END = 0xFFFFFFFC
_BOUNDSHEET, _FILEPASS, _ROW, _COLINFO, _EOF, _MULRK = 0x85, 0x2F, 0x208, 0x7D, 0x0A, 0xBD
_CELLS = frozenset((0x06, 0x203, 0x204, 0x205, 0x27E, 0xFD, 0xD6, _MULRK))
"""FORMULA NUMBER LABEL BOOLERR RK LABELSST RSTRING MULRK: records that hold a value."""


def scan_xls(data: bytes) -> tuple[Extent, ...]:
    """Scan the workbook's sheets, in its order.

    Raises ValueError for what is not an xls of Excel 95 or later, TableError for a locked one.
    """
    stream = _workbook(data)
    found: list[Extent] = []
    for kind, record in _records(stream, 0):
        if kind == _FILEPASS:
            raise TableError("Excel 文件加了密码")
        if kind == _BOUNDSHEET:
            offset, state, sort = _unpack("<IBB", record, 0)
            extent = Extent(shown=state & 3 == 0 and sort == 0)
            if extent.shown:
                _scan(stream, offset, extent)
            found.append(extent)
    if not found:
        raise ValueError("no sheet")
    return tuple(found)


def _scan(stream: bytes, offset: int, extent: Extent) -> None:
    for kind, record in _records(stream, offset):
        if kind == _ROW:
            row, _, _, height, _, _, flags = _unpack("<HHHHHHH", record, 0)
            if flags & 0x20 or height & 0x7FFF == 0:
                extent.hidden_rows.add(row)
        elif kind == _COLINFO:
            first, last, width, _, flags = _unpack("<HHHHH", record, 0)
            if flags & 1 or width == 0:
                extent.hidden_columns.append((first, last))
        elif kind in _CELLS:
            row, column = _unpack("<HH", record, 0)
            extent.reach(row, column)
            if kind == _MULRK:
                extent.reach(row, *_unpack("<H", record, len(record) - 2))


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, from its BOF to its EOF."""
    while offset + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, offset)
        if kind == _EOF:
            return
        yield kind, stream[offset + 4 : offset + 4 + size]
        offset += 4 + size


def _workbook(data: bytes) -> bytes:
    """The Workbook (or Book) stream of the compound file."""
    if data[:8] != b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise ValueError("not a compound file")
    shift, small_shift = _unpack("<HH", data, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise ValueError("odd sector size")
    size = 1 << shift
    count, directory, cutoff, small_start = (_unpack("<I", data, at)[0] for at in (44, 48, 56, 60))
    difat, difat_count = _unpack("<II", data, 68)
    tables = [number for number in _unpack("<109I", data, 76) if number < _END]
    per = size // 4
    for _ in range(min(difat_count, len(data) // size + 1)):
        if difat >= _END:
            break
        *more, difat = _unpack(f"<{per}I", data, (difat + 1) * size)
        tables.extend(number for number in more if number < _END)
    fat: list[int] = []
    for number in tables[:count]:
        fat.extend(_unpack(f"<{per}I", data, (number + 1) * size))

    def chain(start: int, links: list[int], source: bytes, step: int, skip: int) -> bytes:
        parts: list[bytes] = []
        while start < _END:
            if start >= len(links) or len(parts) > len(links):
                raise ValueError("broken chain")
            at = start * step + skip
            parts.append(source[at : at + step])
            start = links[start]
        return b"".join(parts)

    entries = chain(directory, fat, data, size, size)
    root = entries[:128]
    for at in range(0, len(entries) - 127, 128):
        entry = entries[at : at + 128]
        name = entry[: max(0, _unpack("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        if name.lower() in ("workbook", "book"):
            start, length = _unpack("<II", entry, 116)
            if length >= cutoff:
                return chain(start, fat, data, size, size)[:length]
            mini = chain(_unpack("<I", root, 116)[0], fat, data, size, size)
            small = chain(small_start, fat, data, size, size)
            links = list(_unpack(f"<{len(small) // 4}I", small, 0))
            return chain(start, links, mini, 64, 0)[:length]
    raise ValueError("no workbook")


def _unpack(form: str, data: bytes, at: int) -> tuple[int, ...]:
    try:
        return struct.unpack_from(form, data, at)
    except struct.error as error:
        raise ValueError(str(error)) from None
