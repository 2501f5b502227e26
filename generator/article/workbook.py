"""Excel workbooks read as tables: what their own sheets show, and nothing hidden."""

import io
import zipfile

from python_calamine import CalamineError, CalamineWorkbook

from generator.article.article import Table
from generator.article.biff import scan_xls
from generator.article.extent import Extent
from generator.article.figures import show
from generator.article.grid import MAX_CELLS, Grid, TableError, cut
from generator.article.sheet import scan_xlsx

_MEMBERS, _UNPACKED = 2_000, 64 * 1024 * 1024
_SPAN = 2 * MAX_CELLS
"""Cells of a sheet's rectangle that are read at all, hidden and empty ones included."""
_BROKEN = "Excel 文件打不开，可能已损坏；在 Excel 或 WPS 里另存一次再传"


def read_xlsx(data: bytes) -> tuple[Table, ...]:
    """Read the visible sheets of an xlsx; raises TableError, in Chinese, and nothing else."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError("Excel 文件加了密码，或者是改了扩展名的 xls")
    try:
        members = _unpack(data)
        extents = scan_xlsx(members)
    except (zipfile.BadZipFile, ValueError, KeyError, NotImplementedError, EOFError, OSError):
        raise TableError(_BROKEN) from None
    return _tables(data, extents)


def read_xls(data: bytes) -> tuple[Table, ...]:
    """Read the visible sheets of an old xls; raises TableError, in Chinese, and nothing else."""
    if data.startswith(b"PK"):
        return read_xlsx(data)
    try:
        extents = scan_xls(data)
    except (ValueError, IndexError):
        raise TableError(_BROKEN) from None
    return _tables(data, extents)


def _unpack(data: bytes) -> dict[str, bytes]:
    """Unpack the parts of a workbook, by name in lower case, and hold every part to its size."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        if any(info.flag_bits & 1 for info in members):
            raise TableError("Excel 文件加了密码")
        if len(members) > _MEMBERS or sum(info.file_size for info in members) > _UNPACKED:
            raise TableError("Excel 文件解开后太大，页面不展开")
        # Reading to the end checks the real size and the checksum against what was declared.
        parts: dict[str, bytes] = {}
        for info in members:
            text = archive.read(info)
            if info.filename.lower().endswith((".xml", ".rels")):
                parts[info.filename.lower().lstrip("/")] = text
        return parts


def _tables(data: bytes, extents: tuple[Extent, ...]) -> tuple[Table, ...]:
    for extent in extents:
        if extent.shown and extent.span > _SPAN:
            raise TableError("工作表里有一格离其余的太远，或者格子太多，页面不展开")
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            names = book.sheet_names
            if len(names) != len(extents):
                raise TableError(_BROKEN)
            tables: list[Table] = []
            characters = 0
            for name, extent in zip(names, extents, strict=True):
                if extent.shown and extent.span:
                    grid, columns = _grid(book, name, extent, characters)
                    characters = grid.characters
                    if table := cut(name, grid, columns):
                        tables.append(table)
            return tuple(tables)
    except CalamineError:
        raise TableError(_BROKEN) from None
    except BaseException as error:
        # A panic of the Rust library is no Exception; nothing else of that name exists.
        if type(error).__name__ == "PanicException":
            raise TableError(_BROKEN) from None
        raise


def _grid(
    book: CalamineWorkbook, name: str, extent: Extent, characters: int
) -> tuple[Grid, list[int]]:
    """The visible cells of a sheet, and the numbers of its visible columns, from 1."""
    sheet = book.get_sheet_by_name(name)
    top, left = sheet.start or (0, 0)
    grid = Grid(characters=characters)
    shown = [number for number in range(left, left + sheet.width) if not extent.hides(number)]
    for row, cells in enumerate(sheet.to_python(), start=top):
        if row not in extent.hidden_rows:
            texts = [
                show(cells[column - left], extent.formats.get((row, column))) for column in shown
            ]
            grid.add(row + 1, texts)
    return grid, [number + 1 for number in shown]
