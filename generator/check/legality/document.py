"""A text as family L reads it: lines, and rows of tables with the heads of their columns."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.office import Passage

_WIDE = re.compile(r"[０-９Ｘｘ＊－＠．]")
_NARROW = {
    ord(wide): narrow
    for wide, narrow in zip("０１２３４５６７８９Ｘｘ＊－＠．", "0123456789Xx*-@.", strict=True)
}
_RULED = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_LABEL = re.compile(
    r"姓名|名称|序号|编号|性别|年龄|身份证|证件|电话|手机|联系|住址|地址|户籍|出生|民族|病|残疾|婚|"
    r"银行|账号|帐号|卡号|单位|备注|金额|日期|时间|班级|学校|邮箱|职务|岗位|成绩|人数|类别|等级|收入|户主|关系|车牌|申请人|联系人|当事人|号码|原因|情况|标准|项目|内容|事项"
)
_PERSON = re.compile(
    r"[\u4e00-\u9fff]{0,4}(?:姓\s*名|户\s*主|申请人|联系人|当事人|负责人|对象|人员|学生|儿童|幼儿)"
)
_DATA = re.compile(r"[0-9]{6}|[*×]{2}")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row; `start` and `end` are offsets in the text."""

    start: int
    end: int
    text: str
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that stand together, and what is written over each column."""

    lines: tuple[int, ...]
    """Lines of its rows, without the head."""
    heads: dict[int, str]
    caption: str
    """What stands over the table in rows of one cell."""

    def holds(self, line: int) -> bool:
        """Whether a line of the table is a row below the head."""
        return bool(self.lines) and line >= self.lines[0]

    def head(self, row: Sequence[Cell], index: int) -> str:
        """What a cell is: the head of its column, and the label before it in a form."""
        cell = row[index]
        before = row[index - 1].text if index else ""
        label = before if len(before) <= 12 and _LABEL.search(before) else ""
        return f"{self.heads.get(cell.column, '')} {label}"


class Document:
    """One Markdown file, or all the passages of one attachment."""

    def __init__(self, text: str, passages: Sequence[Passage] = (), caption: str = "") -> None:
        """`passages` are the lines of `text`, in order, where it is an attachment."""
        self.text = text.translate(_NARROW) if _WIDE.search(text) else text
        self.passages = passages
        self.caption = caption
        self._tables: dict[int, Table | None] = {}
        self._row: tuple[int, tuple[Cell, ...]] = (-1, ())

    @cached_property
    def lines(self) -> list[str]:
        """Lines, fullwidth digits made narrow."""
        return self.text.split("\n")

    @cached_property
    def starts(self) -> list[int]:
        """Offset of each line."""
        out, at = [], 0
        for line in self.lines:
            out.append(at)
            at += len(line) + 1
        return out

    def line_of(self, offset: int) -> int:
        """Index of the line that holds an offset."""
        return bisect_right(self.starts, offset) - 1

    def table_of(self, line: int) -> Table | None:
        """The table that a line is a row of."""
        if line not in self._tables:
            first, last, ruled = self._extent(line)
            table = self._table(first, last) if ruled else None
            self._tables.update(dict.fromkeys(range(first, last + 1), table))
        return self._tables[line]

    def row_of(self, line: int) -> tuple[Cell, ...]:
        """The cells of a line that is a row."""
        if self._row[0] != line:
            # Every detector asks for the same line in turn.
            self._row = (line, self._cells(line))
        return self._row[1]

    def _cells(self, line: int) -> tuple[Cell, ...]:
        start, text = self.starts[line], self.lines[line]
        sign = "\t" if self.passages else "|"
        columns = self.passages[line].columns if self.passages else ()
        out, at = [], 0
        pieces = text.split(sign)
        outer = not self.passages and text.lstrip().startswith("|")
        for index, piece in enumerate(pieces):
            lead = len(piece) - len(piece.lstrip())
            bare = piece.strip()
            column = abs(columns[index]) if index < len(columns) else index
            if not (outer and (index == 0 or (index == len(pieces) - 1 and not bare))):
                out.append(Cell(start + at + lead, start + at + lead + len(bare), bare, column))
            at += len(piece) + 1
        return tuple(out)

    def _extent(self, line: int) -> tuple[int, int, bool]:
        """First and last line of what may be a table around a line, and whether it is one."""
        first = last = line
        if self.passages:
            table = self.passages[line].table
            if not table:
                return (line, line, False)
            while first > 0 and self.passages[first - 1].table == table:
                first -= 1
            while last + 1 < len(self.passages) and self.passages[last + 1].table == table:
                last += 1
            return (first, last, True)
        if "|" not in self.lines[line]:
            return (line, line, False)
        while first > 0 and "|" in self.lines[first - 1]:
            first -= 1
        while last + 1 < len(self.lines) and "|" in self.lines[last + 1]:
            last += 1
        ruled = any(_RULED.fullmatch(text) for text in self.lines[first : last + 1])
        return (first, last, ruled)

    def _table(self, first: int, last: int) -> Table:
        lines = [
            index
            for index in range(first, last + 1)
            if self.passages or _RULED.fullmatch(self.lines[index]) is None
        ]
        above: list[str] = []
        heads: dict[int, str] = {}
        taken = 0
        rows = [self.row_of(index) for index in lines[:7]]
        for row in rows[:6]:
            filled = [cell for cell in row if cell.text]
            if len(filled) < 2 and not heads and (len(row) <= 2 or not self.passages):
                above.extend(cell.text for cell in filled)
                taken += 1
                continue
            following = rows[taken + 1] if taken + 1 < len(rows) else ()
            if not _titled(filled, following, first=not heads):
                break
            for cell in filled:
                heads[cell.column] = f"{heads.get(cell.column, '')}{cell.text}"
            taken += 1
        near = self.lines[max(0, first - 3) : first] if not self.passages else []
        return Table(tuple(lines[taken:]), heads, " ".join([*near, *above]))


def _titled(cells: Sequence[Cell], following: Sequence[Cell], first: bool) -> bool:
    """Whether a row is a head: labels, no figures, and not the first line of a form."""
    if any(_DATA.search(cell.text) or len(cell.text) > 30 for cell in cells):
        return False
    labels = [bool(_LABEL.search(cell.text)) for cell in cells]
    if not any(labels):
        return False
    alternate = len(cells) % 2 == 0 and all(labels[::2]) and not any(labels[1::2])
    if alternate and following and _LABEL.search(following[0].text):
        return False
    if not first:
        return all(labels)
    told = any(_PERSON.fullmatch(cell.text) for cell in cells)
    return sum(labels) * 2 >= len(cells) or told
