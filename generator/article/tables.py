"""Attachments read as tables: csv here, workbooks in `workbook`."""

import csv
import io
import re
from pathlib import PurePosixPath

from generator.article.article import Table
from generator.article.grid import Grid, TableError, cut
from generator.article.workbook import read_xls, read_xlsx

_CSV_BYTES = 8 * 1024 * 1024
_DELIMITERS = (",", ";", "\t")
_QUOTED = re.compile(r'"[^"]*"')


def read_tables(path: str, data: bytes) -> tuple[Table, ...]:
    """Read an attachment as the tables that a page shows.

    csv (UTF-8 with or without BOM, UTF-16 with BOM, GBK; `,` `;` or tab), xlsx and xls: visible
    sheets, rows and columns only. Any other file gives `()`. Raises TableError with a Chinese
    reason for what is broken, too large for a page, or not what its name says; nothing else.
    """
    match PurePosixPath(path).suffix.lower():
        case ".csv":
            table = _csv(data)
            return (table,) if table else ()
        case ".xlsx":
            return read_xlsx(data)
        case ".xls":
            return read_xls(data)
        case _:
            return ()


def _csv(data: bytes) -> Table | None:
    if len(data) > _CSV_BYTES:
        raise TableError("表格文件太大，页面不展开")
    text = _text(data)
    grid = Grid()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        line = 1
        for row in reader:
            grid.add(line, row)
            line = reader.line_num + 1
    except csv.Error:
        raise TableError(f"csv 文件第 {reader.line_num} 行读不出来") from None
    return cut("", grid)


def _text(data: bytes) -> str:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise TableError("扩展名是 csv，内容却是 Excel 工作簿")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    for name in (encoding, "gb18030"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise TableError("csv 文件的文字编码认不出来，既不是 UTF-8 也不是 GBK")


def _delimiter(text: str) -> str:
    """The delimiter that stands most often, outside quotes, in the first lines."""
    first = _QUOTED.sub("", "\n".join(text[:20_000].splitlines()[:20]))
    return max(_DELIMITERS, key=first.count)
