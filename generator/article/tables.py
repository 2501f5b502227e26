"""Attachments read as tables: csv here, workbooks in `xlsx` and `xls`."""

import csv
import io
import re
from pathlib import PurePosixPath

from generator.article.article import Table
from generator.article.cut import cut
from generator.article.grid import Allowance, Sheet, TableError, TableTooLarge
from generator.article.xls import read_xls
from generator.article.xlsx import read_xlsx

_CSV_BYTES = 8 * 1024 * 1024
_DELIMITERS = (",", ";", "\t")
_QUOTED = re.compile(r'"[^"]*"')
_ZIP, _COMPOUND = b"PK", b"\xd0\xcf\x11\xe0"


def read_tables(path: str, data: bytes) -> tuple[Table, ...]:
    """Read an attachment as the tables that a page shows.

    csv (UTF-8 with or without BOM, UTF-16 with BOM, GBK; `,` `;` or tab), xlsx, xls and et (WPS):
    visible sheets, rows and columns only. Any other file gives `()`. Raises TableError with a Chinese
    reason for what is broken, too large for a page, or not what its name says; nothing else.
    """
    match PurePosixPath(path).suffix.lower():
        case ".csv":
            sheets = [_csv(data)]
        case ".xlsx" | ".xls" | ".et" if data.startswith(_ZIP):
            sheets = read_xlsx(data)
        case ".xls" | ".et":
            sheets = read_xls(data)
        case ".xlsx":
            if data.startswith(_COMPOUND):
                raise TableError("Excel 文件加了密码，或者是改了扩展名的 xls")
            raise TableError("文件的扩展名是 xlsx，内容不是 Excel 工作簿")
        case _:
            return ()
    return tuple(table for sheet in sheets if (table := cut(sheet)) is not None)


def _csv(data: bytes) -> Sheet:
    if len(data) > _CSV_BYTES:
        raise TableTooLarge("表格文件太大，页面不展开")
    text = _text(data)
    sheet, allowance = Sheet(""), Allowance()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    line = 1
    try:
        for row in reader:
            for column, cell in enumerate(row, start=1):
                sheet.put(line, column, cell.strip(), allowance)
            line = reader.line_num + 1
    except csv.Error:
        raise TableError(f"csv 文件第 {line} 行读不出来，引号可能没有成对") from None
    return sheet


def _text(data: bytes) -> str:
    if data.startswith((_ZIP + b"\x03\x04", _COMPOUND)):
        raise TableError("文件的扩展名是 csv，内容却是 Excel 工作簿")
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
