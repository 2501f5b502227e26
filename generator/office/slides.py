"""Slides (pptx): their texts and tables, speaker notes and comments."""

from generator.article.worksheet import parse
from generator.office.package import Package, texts
from generator.office.passage import Gathering

_HEAD = 3
_DECK = "ppt/presentation.xml"


def read_slides(package: Package, out: Gathering) -> None:
    """Every text of a deck, slide by slide in the order they are shown."""
    for number, part in enumerate(_order(package), start=1):
        data = package.read(part)
        if data is None:
            continue
        slide = f"幻灯片 {number}"
        _slide(data, slide, out)
        for sort, target in package.relations(part).values():
            extra = package.read(target) if sort in ("notesSlide", "comments", "comment") else None
            if extra is None:
                continue
            if sort == "notesSlide":
                texts(extra, "p", lambda t, at=f"备注 {slide}": out.line(t, at))  # type: ignore[misc]
            else:
                for tag in ("text", "t"):
                    texts(extra, tag, lambda t, at=f"批注 {slide}": out.line(t, at))  # type: ignore[misc]


def _order(package: Package) -> list[str]:
    deck = package.read(_DECK)
    if deck is None:
        raise KeyError(_DECK)
    targets = package.relations(_DECK)
    ids: list[str] = []

    def start(tag: str, found: dict[str, str]) -> None:
        if tag == "sldId":
            ids.extend(value for key, value in found.items() if key.endswith(":id"))

    parse(deck, start)
    return [targets[i][1] for i in ids if i in targets]


def _slide(data: bytes, slide: str, out: Gathering) -> None:
    parts: list[str] = []
    cells: list[str] = []
    before = ""
    count = tables = rows = 0
    in_text = in_cell = False

    def start(tag: str, found: dict[str, str]) -> None:
        nonlocal before, tables, rows, in_text, in_cell
        match tag:
            case "sld" if found.get("show") in ("0", "false"):
                before = "隐藏 "
            case "tbl":
                tables += 1
                rows = 0
            case "tr":
                rows += 1
                cells.clear()
            case "tc":
                in_cell = True
                cells.append("")
            case "t":
                in_text = True
            case _:
                pass

    def end(tag: str) -> None:
        nonlocal count, in_text, in_cell
        match tag:
            case "t":
                in_text = False
            case "tc":
                in_cell = False
            case "tr":
                out.cells(cells, f"{before}{slide}", f"{slide} 表 {tables}")
            case "p":
                text = "".join(parts).strip()
                parts.clear()
                if in_cell:
                    cells[-1] = f"{cells[-1]} {text}".strip()
                elif text:
                    count += 1
                    out.line(text, f"{before}{slide}", head=count <= _HEAD)
            case _:
                pass

    def text(piece: str) -> None:
        if in_text:
            parts.append(piece)

    parse(data, start, end, text)
