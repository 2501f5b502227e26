"""The visible sheets of an xlsx (ECMA-376), read by the standard library within bounds."""

import posixpath
from dataclasses import dataclass

from generator.article.figures import Format, read_format
from generator.article.grid import Allowance, Sheet
from generator.article.package import Parts, unpacked
from generator.article.worksheet import Book, parse, read_worksheet, unescape


def read_xlsx(data: bytes) -> list[Sheet]:
    """Read the sheets that a reader sees; raises TableError, in Chinese, and nothing else."""
    with unpacked(data, "Excel") as parts:
        return _sheets(parts)


@dataclass(slots=True)
class Entry:
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    shown: bool
    deep: bool = False
    """Hidden from the list of hidden sheets too."""


def _sheets(parts: Parts) -> list[Sheet]:
    entries, epoch_1904 = read_workbook(parts.need("xl/workbook.xml"))
    targets = read_targets(parts.need("xl/_rels/workbook.xml.rels"))
    styles = parts.read("xl/styles.xml")
    strings = parts.read("xl/sharedStrings.xml")
    book = Book(
        read_formats(styles) if styles else [], read_strings(strings) if strings else [], epoch_1904
    )
    allowance = Allowance()
    found: list[Sheet] = []
    for entry in entries:
        part = targets.get(entry.relation)
        if entry.shown and part is not None:
            sheet = Sheet(entry.name)
            read_worksheet(parts.need(part), sheet, book, allowance)
            found.append(sheet)
    return found


def read_workbook(data: bytes) -> tuple[list[Entry], bool]:
    """Every sheet, hidden ones too, and whether dates count from 1904."""
    entries: list[Entry] = []
    epoch_1904 = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal epoch_1904
        if name == "sheet":
            ids = [value for key, value in attributes.items() if key.rpartition(":")[2] == "id"]
            state = attributes.get("state", "visible")
            deep = state == "veryHidden"
            entries.append(Entry(attributes["name"], ids[0], state == "visible", deep))
        elif name == "workbookPr":
            epoch_1904 = attributes.get("date1904", "0") in ("1", "true")

    parse(data, start)
    return entries, epoch_1904


def read_targets(data: bytes) -> dict[str, str]:
    """Relation id → the worksheet's part; chart sheets and others are left out."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes["Target"]
            full = target[1:] if target.startswith("/") else posixpath.join("xl", target)
            found[attributes["Id"]] = posixpath.normpath(full)

    parse(data, start)
    return found


def read_formats(data: bytes) -> list[Format | None]:
    """The number format of each cell style."""
    codes: dict[int, str] = {}
    styles: list[int] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            styles.append(int(attributes.get("numFmtId", "0")))

    def end(name: str) -> None:
        nonlocal inside
        if name == "cellXfs":
            inside = False

    parse(data, start, end)
    known = {number: read_format(number, codes.get(number)) for number in set(styles)}
    return [known[number] for number in styles]


def read_strings(data: bytes) -> list[str]:
    """The shared strings; phonetic readings are left out."""
    found: list[str] = []
    parts: list[str] = []
    open_text = aside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal open_text, aside
        if name == "t":
            open_text = not aside
        elif name == "rPh":
            aside = True
        elif name == "si":
            parts.clear()

    def end(name: str) -> None:
        nonlocal open_text, aside
        if name == "t":
            open_text = False
        elif name == "rPh":
            aside = False
        elif name == "si":
            found.append(unescape("".join(parts)))

    def text(data: str) -> None:
        if open_text:
            parts.append(data)

    parse(data, start, end, text)
    return found
