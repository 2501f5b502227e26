"""Passages of an attachment, gathered within bounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

MAX_CHARACTERS, MAX_PASSAGES, MAX_UNPACKED = 3_000_000, 500_000, 96 * 1024 * 1024
"""What is read of one file, and bytes that may be unpacked for it; the rest is named."""
HIDDEN = "隐藏 "


class Kind(StrEnum):
    """How a part of a file is kept from its reader, and what such parts are counted in."""

    SHEET = "隐藏的工作表 个"
    DEEP = "深度隐藏的工作表 个"
    """Not in the list of hidden sheets either; a macro or a program put it away."""
    ROW = "隐藏的行 行"
    COLUMN = "隐藏的列 列"
    REMARK = "批注 条"
    DELETED = "修订删去的文字 处"
    TEXT = "隐藏的文字 处"
    CACHE = "数据透视缓存 份"
    LINK = "外部链接缓存 份"

    def counted(self, number: int) -> str:
        """`批注 3 条`."""
        name, unit = self.value.split()
        return f"{name} {number} {unit}"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a workbook or document that its page does not show and its file holds."""

    kind: Kind
    name: str
    """Tells it from the others of its kind in one attachment."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a line, or the row of a table with its cells parted by tabs."""

    text: str
    where: str
    """Its place in its own file; for a row, all that comes before the cell."""
    inner: str = ""
    """`包内/…` and a space, for a file inside another."""
    table: str = ""
    """Which table it is a row of; rows of one table follow each other."""
    row: int = 0
    """Number of a worksheet's row, which `where` does not name."""
    columns: tuple[int, ...] = ()
    """Number of each cell's column in the file, negative where that column is hidden; empty where
    cells have no place of their own."""
    head: bool = False
    """Whether it stands at the head of the text, of a page, a sheet or a slide."""
    part: Part | None = None
    """The hidden part that it stands in; hidden columns are told by `columns`."""

    @property
    def locator(self) -> str:
        """Where it begins (formats.md section 9)."""
        return self.place(0)

    @property
    def parts(self) -> Iterator[tuple[Part, int]]:
        """Every hidden part that holds a piece of it, with the offset at which the piece begins."""
        if self.part is not None:
            yield self.part, 0
            return
        if not self.columns or min(self.columns) > 0:
            return
        offset = 0
        for cell, column in zip(self.text.split("\t"), self.columns, strict=False):
            if column < 0:
                yield Part(Kind.COLUMN, f"{self.table}{-column}"), offset
            offset += len(cell) + 1

    def part_at(self, offset: int) -> Part | None:
        """The hidden part in which the character at `offset` stands."""
        found = None
        for part, start in self.parts:
            if start <= offset:
                cell = self.text.count("\t", start, offset)
                found = part if self.part is not None or not cell else None
        return found

    def place(self, offset: int) -> str:
        """The locator of the character at `offset`: `工作表 明细!C7`, `表 1 第 2 行第 3 列`."""
        if not self.columns:
            return f"{self.inner}{self.where}"
        column = self.columns[min(self.text.count("\t", 0, offset), len(self.columns) - 1)]
        where = f"{HIDDEN}{self.where}" if column < 0 else self.where
        if self.row:
            return f"{self.inner}{where}{letters(abs(column))}{self.row}"
        return f"{self.inner}{where}第 {abs(column)} 列"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one attachment, and what was not."""

    passages: tuple[Passage, ...]
    not_checked: tuple[str, ...] = ()
    """Reasons, in Chinese, why the file or a part of it was not read."""


class FullError(Exception):
    """A file holds more than is read of one."""


class UnreadableError(Exception):
    """A file cannot be read; the message is for the clerk, in Chinese."""


@dataclass(slots=True)
class Gathering:
    """The passages of one file as they are found."""

    passages: list[Passage] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)
    characters: int = MAX_CHARACTERS
    unpacked: int = MAX_UNPACKED
    """Bytes that may still be unpacked, packages inside packages included."""
    inner: str = ""
    """Before every locator: `包内/…` and a space for a file inside another."""

    def add(self, passage: Passage) -> None:
        """Keep a passage; raises FullError where the file holds too much."""
        if not passage.text.strip():
            return
        self.characters -= len(passage.text)
        if self.characters < 0 or len(self.passages) >= MAX_PASSAGES:
            raise FullError
        self.passages.append(passage)

    def line(self, text: str, where: str, head: bool = False, part: Part | None = None) -> None:
        """Keep a paragraph or a line."""
        self.add(Passage(text, where, self.inner, head=head, part=self._inner(part)))

    def cells(
        self,
        cells: Sequence[str],
        where: str,
        table: str,
        columns: tuple[int, ...] = (),
        row: int = 0,
        head: bool = False,
        part: Part | None = None,
    ) -> None:
        """Keep a row; tabs and line ends inside a cell become spaces, so that tabs part cells."""
        text = "\t".join(" ".join(cell.split()) if _odd(cell) else cell for cell in cells)
        named = f"{self.inner}{table}"
        self.add(Passage(text, where, self.inner, named, row, columns, head, self._inner(part)))

    def _inner(self, part: Part | None) -> Part | None:
        if part is None or not self.inner:
            return part
        return Part(part.kind, f"{self.inner}{part.name}")


def letters(column: int) -> str:
    """Column 3 → `C`."""
    out = ""
    while column:
        column, digit = divmod(column - 1, 26)
        out = chr(65 + digit) + out
    return out


def _odd(cell: str) -> bool:
    return "\t" in cell or "\n" in cell or "\r" in cell
