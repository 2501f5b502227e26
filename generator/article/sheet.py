"""An xlsx's own XML, scanned for what calamine does not tell: hidden rows and columns, formats."""

import posixpath
from collections.abc import Callable, Mapping
from xml.parsers import expat

from generator.article.extent import Extent
from generator.article.figures import Format, read_format

_Start = Callable[[str, dict[str, str]], None]
_TRUE = ("1", "true", "on")


def scan_xlsx(members: Mapping[str, bytes]) -> tuple[Extent, ...]:
    """Scan the workbook's sheets, in its order.

    `members` are the unpacked parts by name in lower case. Raises ValueError or KeyError for what
    is not a workbook; a document type (and with it every entity of its own) is refused.
    """
    sheets = _sheets(members["xl/workbook.xml"])
    targets = _targets(members["xl/_rels/workbook.xml.rels"])
    formats = _formats(members.get("xl/styles.xml", b"<styleSheet/>"))
    found: list[Extent] = []
    for relation, shown in sheets:
        part, is_sheet = targets[relation]
        extent = Extent(shown and is_sheet)
        if extent.shown:
            _scan(members[part], extent, formats)
        found.append(extent)
    return tuple(found)


def _read(data: bytes, start: _Start, end: Callable[[str], None] | None = None) -> None:
    """Parse XML; names without their prefix, document types refused."""
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise ValueError("a document type")

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end is not None:
        close = end
        parser.EndElementHandler = lambda name: close(name.rpartition(":")[2])
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None


def _sheets(data: bytes) -> list[tuple[str, bool]]:
    """Relation id of each sheet, and whether it is shown."""
    found: list[tuple[str, bool]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next(
                (value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), ""
            )
            found.append((relation, attributes.get("state", "visible") == "visible"))

    _read(data, start)
    return found


def _targets(data: bytes) -> dict[str, tuple[str, bool]]:
    """Relation id → the part's name in lower case, and whether it is a worksheet."""
    found: dict[str, tuple[str, bool]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes["Target"]
            full = target[1:] if target.startswith("/") else posixpath.join("xl", target)
            kind = attributes.get("Type", "").rpartition("/")[2] == "worksheet"
            found[attributes["Id"]] = (posixpath.normpath(full).lower(), kind)

    _read(data, start)
    return found


def _formats(data: bytes) -> list[Format | None]:
    """The number format of each cell style."""
    codes: dict[int, str] = {}
    styles: list[int] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt" and "numFmtId" in attributes:
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            styles.append(int(attributes.get("numFmtId", "0")))

    def end(name: str) -> None:
        nonlocal inside
        if name == "cellXfs":
            inside = False

    _read(data, start, end)
    known = {number: read_format(number, codes.get(number)) for number in set(styles)}
    return [known[number] for number in styles]


def _scan(data: bytes, extent: Extent, formats: list[Format | None]) -> None:
    row = column = -1
    style: Format | None = None
    found: dict[tuple[int, int], Format] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, style
        if name == "c":
            place = attributes.get("r")
            if place:
                row, column = _place(place)
            else:
                column += 1
            number = attributes.get("s")
            style = formats[int(number)] if number and int(number) < len(formats) else None
        elif name in ("v", "is", "f"):
            extent.reach(row, column)
            if style is not None:
                found[row, column] = style
        elif name == "row":
            number = attributes.get("r")
            row, column = int(number) - 1 if number else row + 1, -1
            if _hidden(attributes, "ht"):
                extent.hidden_rows.add(row)
        elif name == "col" and _hidden(attributes, "width"):
            extent.hidden_columns.append((int(attributes["min"]) - 1, int(attributes["max"]) - 1))

    _read(data, start)
    extent.formats = found


def _hidden(attributes: dict[str, str], size: str) -> bool:
    """Hidden, or drawn with no height or width."""
    if attributes.get("hidden", "0").strip().lower() in _TRUE:
        return True
    return size in attributes and float(attributes[size]) == 0


def _place(reference: str) -> tuple[int, int]:
    """`C7` → row 6, column 2."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]) - 1, column - 1
