"""The text of one part of a Word document as its elements go by: what is shown, nothing else."""

from dataclasses import dataclass, field
from typing import NamedTuple

from generator.article.article import Paragraph, Table
from generator.article.grid import Allowance, TableTooLarge
from generator.article.merged import Cell, Row, flatten
from generator.article.outline import Numbering, Styles, heading_level, is_on, value

_ELEMENTS, _DEPTH, _FIELDS, _PARAGRAPHS = 2_000_000, 500, 100, 20_000
_SKIPPED = frozenset(
    ("Fallback", "moveFrom", "delText", "instrText", "delInstrText", "rt", "sdtPr")
)
"""Elements of which nothing is seen; `Fallback` is the same text box again."""


class Mark(NamedTuple):
    """A note's mark: `footnote` or `endnote`, and its number in the file."""

    sort: str
    id: str


@dataclass(slots=True)
class _Open:
    """A paragraph that is not closed yet."""

    parts: list[str] = field(default_factory=list)
    level: int | None = None
    numbered: str | None = None
    depth: int | None = None
    hidden: bool = False
    """Its style hides all of its text."""


class Story:
    """Feed it to `parse`; `blocks`, `marks`, `notes` and `pictures` hold what was found."""

    def __init__(self, styles: Styles, numbering: Numbering, allowance: Allowance) -> None:
        self.blocks: list[Paragraph | Table] = []
        self.marks: list[Mark] = []
        self.notes: dict[Mark, list[str]] = {}
        self.pictures = 0
        self._styles, self._numbering, self._allowance = styles, numbering, allowance
        self._path: list[str] = []
        self._open: list[_Open] = []
        self._runs: list[bool] = []
        """For each open run, whether it is hidden."""
        self._fields: list[bool] = []
        """For each open field, whether its instruction is being read."""
        self._tables: list[list[Row]] = []
        self._count = 0
        """Tables so far that stand in no other, those that give paragraphs only included."""
        self._skip = self._elements = 0
        self._note: Mark | None = None
        self._reading = False

    def start(self, tag: str, found: dict[str, str]) -> None:
        """An element opens."""
        self._elements += 1
        if self._elements > _ELEMENTS or len(self._path) > _DEPTH or len(self._fields) > _FIELDS:
            raise TableTooLarge("Word 文件太大，页面不展开")
        parent = self._path[-1] if self._path else ""
        self._path.append(tag)
        if self._skip or tag in _SKIPPED or _was(tag, parent):
            self._skip += 1
        elif parent == "pPr":
            self._paragraph_property(tag, found)
        elif parent == "numPr" and self._open:
            self._list_property(tag, found)
        elif parent == "rPr":
            self._run_property(tag, found)
        elif parent in ("trPr", "tcPr"):
            self._table_property(tag, found)
        else:
            self._content(tag, found, parent)

    def _content(self, tag: str, found: dict[str, str], parent: str) -> None:
        match tag:
            case "p":
                self._open.append(_Open())
            case "r":
                self._runs.append(bool(self._open) and self._open[-1].hidden)
            case "t":
                self._reading = True
            case "tab" | "ptab" if parent == "r":
                self._put(" ")
            case "br" | "cr" if parent == "r":
                self._put("\n")
            case "noBreakHyphen":
                self._put("-")
            case "fldChar":
                self._field(value(found, "fldCharType"))
            case "tbl":
                self._tables.append([])
            case "tr" if self._tables:
                self._tables[-1].append(Row())
            case "tc" if self._tables and self._tables[-1]:
                self._tables[-1][-1].cells.append(Cell())
            case "footnoteReference" | "endnoteReference" if not self._hidden():
                self.marks.append(Mark(tag.removesuffix("Reference"), value(found, "id")))
                self._put(f"〔注{len(self.marks)}〕")
            case "footnote" | "endnote":
                self._note = Mark(tag, value(found, "id"))
            case "blip" | "imagedata" if not self._hidden():
                self.pictures += 1
            case _:
                pass

    def end(self, tag: str) -> None:
        """An element closes."""
        self._path.pop()
        if self._skip:
            self._skip -= 1
            return
        match tag:
            case "t":
                self._reading = False
            case "r" if self._runs:
                self._runs.pop()
            case "p" if self._open:
                self._close(self._open.pop())
            case "tbl" if self._tables:
                self._close_table(self._tables.pop())
            case "footnote" | "endnote":
                self._note = None
            case _:
                pass

    def text(self, data: str) -> None:
        """Characters between elements."""
        if self._reading and not self._skip:
            self._put(data)

    def _put(self, text: str) -> None:
        if self._open and not self._hidden():
            self._open[-1].parts.append(text)

    def _hidden(self) -> bool:
        if any(self._runs) or any(self._fields):
            return True
        rows = [table[-1] for table in self._tables if table]
        return any(row.gone or (row.cells and row.cells[-1].gone) for row in rows)

    def _paragraph_property(self, tag: str, found: dict[str, str]) -> None:
        if not self._open:
            return
        paragraph = self._open[-1]
        if tag == "pStyle":
            style = self._styles.of(value(found))
            paragraph.level, paragraph.hidden = style.level, bool(style.hidden)
            paragraph.numbered, paragraph.depth = style.numbered, style.depth
        elif tag == "outlineLvl":
            paragraph.level = heading_level(found)

    def _list_property(self, tag: str, found: dict[str, str]) -> None:
        if tag == "numId":
            self._open[-1].numbered = value(found)
        elif tag == "ilvl":
            self._open[-1].depth = int(value(found))

    def _run_property(self, tag: str, found: dict[str, str]) -> None:
        # A paragraph's own mark has properties too, which hide none of its text.
        if not self._runs or self._path[-3:-2] != ["r"]:
            return
        if tag == "vanish":
            self._runs[-1] = is_on(found)
        elif tag == "rStyle":
            self._runs[-1] = self._runs[-1] or bool(self._styles.of(value(found)).hidden)

    def _table_property(self, tag: str, found: dict[str, str]) -> None:
        if not self._tables or not self._tables[-1]:
            return
        row = self._tables[-1][-1]
        match tag:
            case "hidden":
                row.gone = row.gone or is_on(found)
            case "del":
                row.gone = True
            case "tblHeader":
                row.head = is_on(found)
            case "gridBefore":
                row.before = max(0, min(int(value(found)), 1_000))
            case "gridSpan" if row.cells:
                row.cells[-1].span = max(1, min(int(value(found)), 1_000))
            case "vMerge" if row.cells:
                row.cells[-1].continues = value(found) != "restart"
            case "hMerge" if row.cells and value(found) != "restart":
                # The older way: a cell that belongs to the one before it.
                row.cells[-1].gone = True
            case "cellDel" if row.cells:
                row.cells[-1].gone = True
            case _:
                pass

    def _field(self, sort: str) -> None:
        if sort == "begin":
            self._fields.append(True)
        elif sort == "separate" and self._fields:
            self._fields[-1] = False
        elif sort == "end" and self._fields:
            self._fields.pop()

    def _close(self, paragraph: _Open) -> None:
        lines = [" ".join(line.split()) for line in "".join(paragraph.parts).split("\n")]
        shown = "\n".join(line for line in lines if line)
        if not shown:
            return
        depth = min(max(paragraph.depth or 0, 0), 8)
        listed = paragraph.numbered not in (None, "", "0")
        if listed and paragraph.numbered:
            shown = self._numbering.label(paragraph.numbered, depth) + shown
        self._allowance.take(shown)
        if self._tables:
            if self._tables[-1] and self._tables[-1][-1].cells:
                self._tables[-1][-1].cells[-1].parts.append(shown.replace("\n", " "))
        elif self._note is not None:
            self.notes.setdefault(self._note, []).append(shown)
        else:
            level = paragraph.level or 0
            if len(self.blocks) == _PARAGRAPHS:
                raise TableTooLarge("Word 文件超过 2 万段，页面不展开")
            self.blocks.append(Paragraph(shown, level, depth + 1 if listed and not level else 0))

    def _close_table(self, rows: list[Row]) -> None:
        if not self._tables:
            self._count += 1
            self.blocks += flatten(rows, self._allowance, self._count)
            return
        # A table inside a cell: its text stands in that cell.
        texts = [" ".join(c.parts) for row in rows if not row.gone for c in row.cells if not c.gone]
        if self._tables[-1] and self._tables[-1][-1].cells:
            self._tables[-1][-1].cells[-1].parts += filter(None, texts)


def _was(tag: str, parent: str) -> bool:
    """Whether an element holds what a tracked change took away; in properties it is a sign only."""
    return tag.endswith("Change") or (tag == "del" and not parent.endswith("Pr"))
