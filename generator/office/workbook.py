"""Workbooks (xlsx, xls, et) whole: hidden sheets, rows and columns, remarks, pivot caches."""

import re
from collections.abc import Iterable

from generator.article.grid import Allowance, Sheet, TableTooLarge
from generator.article.worksheet import Book, parse, read_worksheet
from generator.article.xls import read_concealed_xls, read_xls
from generator.article.xlsx import read_formats, read_strings, read_workbook
from generator.office.package import Package, texts
from generator.office.passage import HIDDEN, Gathering, Kind, Part

_BOOK = "xl/workbook.xml"
_HEAD = 3
_MARGINS = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]{1,2000})<")
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|[0-9]+|[A-Za-z])')
_TOO_LARGE = "表格太大，后面的部分没有检查；分成几个文件再上传"


def read_old_workbook(data: bytes, out: Gathering) -> None:
    """An xls or et of the old form; raises TableError."""
    for sheet in read_xls(data):
        _rows(sheet, None, out)
    concealed = read_concealed_xls(data)
    for sheet, deep in concealed.sheets:
        _rows(sheet, Kind.DEEP if deep else Kind.SHEET, out)
    for number, (name, text, note) in enumerate(concealed.texts):
        part = Part(Kind.REMARK, str(number)) if note else None
        out.line(text, f"批注 工作表 {name}", part=part)


def read_new_workbook(package: Package, out: Gathering) -> None:
    """An xlsx; raises KeyError where it has no workbook, and what `parse` raises."""
    listing = package.read(_BOOK)
    if listing is None:
        raise KeyError(_BOOK)
    entries, epoch_1904 = read_workbook(listing)
    targets = package.relations(_BOOK)
    styles, strings = package.read("xl/styles.xml"), package.read("xl/sharedStrings.xml")
    book = Book(
        read_formats(styles) if styles else [], read_strings(strings) if strings else [], epoch_1904
    )
    del styles, strings
    allowance = Allowance()
    for entry in entries:
        sort, part = targets.get(entry.relation, ("", ""))
        data = package.read(part) if sort == "worksheet" else None
        if data is None:
            continue
        sheet = Sheet(entry.name)
        kind = None if entry.shown else Kind.DEEP if entry.deep else Kind.SHEET
        margins = [found.decode("utf-8", "replace") for found in _MARGINS.findall(data)]
        try:
            read_worksheet(data, sheet, book, allowance)
        except TableTooLarge:
            out.not_checked.append(_TOO_LARGE)
        del data
        for text in margins:
            out.line(_CODES.sub(" ", text.replace("&amp;", "&")), f"页眉 工作表 {entry.name}", True)
        _rows(sheet, kind, out)
        for sort, target in package.relations(part).values():
            _beside(package, sort, target, entry.name, out)
    _names(listing, out)
    _caches(package, out)


def _rows(sheet: Sheet, kind: Kind | None, out: Gathering) -> None:
    """Rows of one sheet, each marked as hidden where the row or the column is.

    `kind` is how the sheet itself is hidden. Rows that a filter leaves out are hidden ones: who
    lifts the filter sees them, and a list filtered for publication is where they are forgotten.
    """
    concealed: set[int] = set()
    whole = Part(kind, sheet.name) if kind else None
    if whole is None:
        for first, last in sheet.hidden_columns:
            concealed.update(range(first, min(last, first + 20_000) + 1))
    where = f"工作表 {sheet.name}!"
    for index, number in enumerate(sorted(sheet.cells)):
        cells = sheet.cells[number]
        columns = sorted(cells)
        part = whole
        if part is None and number in sheet.hidden_rows:
            part = Part(Kind.ROW, f"{sheet.name} {number}")
        hidden = HIDDEN if part else ""
        marked = tuple(-c if not hidden and c in concealed else c for c in columns)
        texts = [cells[c] for c in columns]
        out.cells(texts, f"{hidden}{where}", where, marked, number, index < _HEAD, part)


def _beside(package: Package, sort: str, target: str, sheet: str, out: Gathering) -> None:
    if sort not in ("comments", "threadedComment", "drawing"):
        return
    data = package.read(target)
    if data is None:
        return
    if sort == "drawing":
        texts(data, "txBody", lambda text: out.line(text, f"工作表 {sheet}"), breaks="p")
        return
    place, parts = "", list[str]()
    inside = False

    def start(tag: str, found: dict[str, str]) -> None:
        nonlocal place, inside
        if tag in ("comment", "threadedComment"):
            place = found.get("ref", "")
            parts.clear()
        elif tag in ("t", "text"):
            inside = True

    def end(tag: str) -> None:
        nonlocal inside
        if tag in ("t", "text"):
            inside = False
        elif tag in ("comment", "threadedComment"):
            where = f"批注 工作表 {sheet}!{place}"
            out.line("".join(parts), where, part=Part(Kind.REMARK, where))

    def piece(text: str) -> None:
        if inside:
            parts.append(text)

    parse(data, start, end, piece)


def _names(listing: bytes, out: Gathering) -> None:
    texts(listing, "definedName", lambda text: out.line(text, "元数据 definedName"))


def _caches(package: Package, out: Gathering) -> None:
    """What pivot tables and links to other workbooks keep of rows that may be gone."""
    for folder, name, kind in (
        ("xl/pivotCache/pivotCacheRecords", "数据透视缓存", Kind.CACHE),
        ("xl/pivotCache/pivotCacheDefinition", "数据透视缓存", Kind.CACHE),
        ("xl/externalLinks/externalLink", "外部链接缓存", Kind.LINK),
    ):
        for number, part in enumerate(package.matching(folder, ".xml"), start=1):
            data = package.read(part)
            if data:
                where = f"隐藏 工作表 {name}{number}"
                for values in _cached(data):
                    out.cells(values, where, where, part=Part(kind, where))


def _cached(data: bytes) -> Iterable[list[str]]:
    rows: list[list[str]] = [[]]
    inside = False

    def start(tag: str, found: dict[str, str]) -> None:
        nonlocal inside
        if tag in ("r", "sharedItems", "row", "cacheField"):
            rows.append([])
        elif tag in ("s", "n", "d") and "v" in found:
            rows[-1].append(found["v"])
        elif tag == "v":
            inside = True
            rows[-1].append("")

    def end(tag: str) -> None:
        nonlocal inside
        if tag == "v":
            inside = False

    def piece(text: str) -> None:
        if inside:
            rows[-1][-1] += text

    parse(data, start, end, piece)
    return [row for row in rows if row]
