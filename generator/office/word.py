"""Word documents (docx): body, tables, notes, comments, headers, what is deleted or hidden."""

from dataclasses import dataclass, field

from generator.article.worksheet import parse
from generator.office.package import Package
from generator.office.passage import Gathering, Kind, Part

_HEAD = 5
_OFF = ("0", "false", "off", "none")
_FORM_MARKS = ("窗体顶端", "窗体底端", "Top of Form", "Bottom of Form")
_ASIDES = (
    ("word/header", "页眉 "),
    ("word/footer", "页眉 "),
    ("word/footnotes", "备注 "),
    ("word/endnotes", "备注 "),
)


def read_word(package: Package, out: Gathering) -> None:
    """Every text of a document; paragraphs count without those of tables."""
    body = package.read("word/document.xml")
    if body is None:
        raise KeyError("word/document.xml")
    _Story(out, "").read(body)
    for start, before in _ASIDES:
        for name in package.matching(start, ".xml"):
            data = package.read(name)
            if data:
                _Story(out, before).read(data)
    for name in package.matching("word/comments", ".xml"):
        data = package.read(name)
        if data:
            _Story(out, "批注 ").read(data)


@dataclass(slots=True)
class _Paragraph:
    shown: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    kind: Kind = Kind.TEXT
    """How `hidden` is hidden."""


class _Story:
    """One part of a document as its elements go by."""

    def __init__(self, out: Gathering, before: str) -> None:
        self._out, self._before = out, before
        self._open: list[_Paragraph] = []
        self._count = self._tables = self._row = self._depth = self._skip = 0
        self._cells: list[list[str]] = []
        self._hidden_cells: list[tuple[int, str, Kind]] = []
        self._remarks = 0
        self._deleted = self._vanish = self._text = False

    def read(self, data: bytes) -> None:
        """Raises what `parse` raises, and FullError."""
        parse(data, self._start, self._end, self._piece)

    def _start(self, tag: str, found: dict[str, str]) -> None:
        match tag:
            case "Fallback":
                # The same text box again, for older programs.
                self._skip += 1
            case "comment":
                self._remarks += 1
            case "p":
                self._open.append(_Paragraph())
            case "r":
                self._vanish = False
            case "vanish":
                value = next((v for k, v in found.items() if k.rpartition(":")[2] == "val"), "1")
                self._vanish = value.lower() not in _OFF
            case "t" | "delText":
                self._text, self._deleted = True, tag == "delText"
            case "tab" | "br" | "cr":
                if self._open:
                    self._open[-1].shown.append(" ")
            case "tbl":
                self._depth += 1
                if self._depth == 1:
                    self._tables += 1
                    self._row = 0
            case "tr" if self._depth == 1:
                self._row += 1
                self._cells.clear()
                self._hidden_cells.clear()
            case "tc" if self._depth == 1:
                self._cells.append([])
            case _:
                pass

    def _end(self, tag: str) -> None:
        match tag:
            case "Fallback":
                self._skip -= 1
            case "p" if self._open:
                self._close(self._open.pop())
            case "t" | "delText":
                self._text = False
            case "tbl":
                self._depth -= 1
            case "tr" if self._depth == 1:
                self._close_row()
            case _:
                pass

    def _piece(self, text: str) -> None:
        if self._text and self._open and not self._skip:
            paragraph = self._open[-1]
            if self._deleted:
                paragraph.kind = Kind.DELETED
            (paragraph.hidden if self._deleted or self._vanish else paragraph.shown).append(text)

    def _close(self, paragraph: _Paragraph) -> None:
        shown, hidden = "".join(paragraph.shown).strip(), "".join(paragraph.hidden).strip()
        if self._depth and self._cells:
            if shown:
                self._cells[-1].append(shown)
            if hidden:
                self._hidden_cells.append((len(self._cells), hidden, paragraph.kind))
            return
        if not shown and not hidden:
            return
        self._count += 1
        where = f"{self._before}第 {self._count} 段"
        head = self._count <= _HEAD or self._before == "页眉 "
        remark = Part(Kind.REMARK, str(self._remarks)) if self._before == "批注 " else None
        self._out.line(shown, where, head and self._before in ("", "页眉 "), remark)
        if hidden:
            self._out.line(
                hidden, f"隐藏 {where}", part=remark or _part(hidden, paragraph.kind, where)
            )

    def _close_row(self) -> None:
        table = f"{self._before}表 {self._tables}"
        where = f"{table} 第 {self._row} 行"
        columns = tuple(range(1, len(self._cells) + 1))
        head = self._count < _HEAD and self._tables == 1 and self._row <= 2
        self._out.cells([" ".join(c) for c in self._cells], where, table, columns, head=head)
        for column, hidden, kind in self._hidden_cells:
            at = f"{where}第 {column} 列"
            self._out.line(hidden, f"隐藏 {at}", part=_part(hidden, kind, at))


def _part(text: str, kind: Kind, where: str) -> Part | None:
    # Word writes these itself around a form that was copied from a web page.
    if kind is Kind.TEXT and text in _FORM_MARKS:
        return None
    return Part(kind, where)
