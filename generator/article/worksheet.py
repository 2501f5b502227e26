"""One worksheet's XML → its cells; hidden rows and columns noted."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from generator.article.figures import Format, Kind, show_figure
from generator.article.grid import Allowance, Sheet

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_CORNERS = re.compile(r"([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})")
_TRUE = ("1", "true", "on")


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of a workbook share."""

    formats: list[Format | None]
    """Of each cell style."""
    strings: list[str]
    epoch_1904: bool


def parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Parse XML, giving names without their prefix.

    Raises ExpatError for what is not XML and ValueError for a document type, with which every
    entity of a file's own is refused.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise ValueError("a document type")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, found: start(name.rpartition(":")[2], found)
    if end is not None:
        close = end
        parser.EndElementHandler = lambda name: close(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    parser.Parse(data, True)


def unescape(text: str) -> str:
    """Undo `_x000D_`, by which workbooks write characters that XML cannot hold."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def read_worksheet(data: bytes, sheet: Sheet, book: Book, allowance: Allowance) -> None:
    """Fill a sheet from its XML; raises what `parse` raises, ValueError and IndexError."""
    row = column = 0
    sort = style = ""
    parts: list[str] = []
    collecting = aside = False

    def start(name: str, found: dict[str, str]) -> None:
        nonlocal row, column, sort, style, collecting, aside
        if name == "c":
            if place := found.get("r"):
                row, column = _place(place)
            else:
                column += 1
            sort, style = found.get("t", "n"), found.get("s", "")
            parts.clear()
        elif name in ("v", "t"):
            collecting = not aside
        elif name == "row":
            number = found.get("r")
            row, column = int(number) if number else row + 1, 0
            if _hidden(found, "ht"):
                sheet.hidden_rows.add(row)
        elif name == "col":
            if _hidden(found, "width"):
                sheet.hidden_columns.append((int(found["min"]), int(found["max"])))
        elif name == "mergeCell":
            allowance.spread(1)
            corners = _CORNERS.fullmatch(found.get("ref", ""))
            if corners is not None:
                sheet.merged.append((*_place(corners[1]), *_place(corners[2])))
        elif name == "rPh":
            aside = True

    def end(name: str) -> None:
        nonlocal collecting, aside
        if name in ("v", "t"):
            collecting = False
        elif name == "rPh":
            aside = False
        elif name == "c" and parts:
            form = book.formats[int(style)] if style and book.formats else None
            shown = _shown("".join(parts), sort, form, book)
            sheet.put(row, column, shown, allowance)

    def text(data: str) -> None:
        if collecting:
            parts.append(data)

    parse(data, start, end, text)


def _shown(value: str, sort: str, form: Format | None, book: Book) -> str:
    if form is not None and form.kind is Kind.HIDDEN:
        return ""
    match sort:
        case "s":
            return book.strings[int(value)].strip()
        case "b":
            return "TRUE" if value.strip() in _TRUE else "FALSE"
        case "n":
            return show_figure(float(value), form, book.epoch_1904)
        case "d":
            return value.strip().removesuffix("T00:00:00").replace("T", " ")
        case _:
            return unescape(value).strip()


def _hidden(found: dict[str, str], size: str) -> bool:
    """Hidden, or drawn with no height or width."""
    if found.get("hidden", "0").strip().lower() in _TRUE:
        return True
    return size in found and float(found[size]) == 0


def _place(reference: str) -> tuple[int, int]:
    """`C7` → row 7, column 3."""
    found = _PLACE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column
