"""What an office file says of itself: author, company, keywords, properties of its own."""

from generator.article.worksheet import parse
from generator.office.package import Package
from generator.office.passage import Gathering

_PARTS = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
_KEPT = frozenset(
    {"creator", "lastModifiedBy", "title", "subject", "description", "keywords", "category"}
    | {"Company", "Manager", "contentStatus"}
)


def read_properties(package: Package, out: Gathering) -> None:
    """Each property at `元数据 键`; raises what `parse` raises."""
    for part in _PARTS:
        data = package.read(part)
        if data:
            _read(data, out)


def _read(data: bytes, out: Gathering) -> None:
    key = ""
    parts: list[str] = []

    def start(tag: str, found: dict[str, str]) -> None:
        nonlocal key
        if tag == "property":
            key = found.get("name", "property")
        elif tag in _KEPT:
            key = tag
        if key:
            parts.clear()

    def end(tag: str) -> None:
        nonlocal key
        if key and (tag == "property" or tag in _KEPT):
            out.line("".join(parts), f"元数据 {key}")
            key = ""

    def text(piece: str) -> None:
        if key:
            parts.append(piece)

    parse(data, start, end, text)
