"""Passages of an attachment, gathered within bounds."""

from collections.abc import Sequence
from dataclasses import dataclass, field

MAX_CHARACTERS, MAX_PASSAGES, MAX_UNPACKED = 3_000_000, 500_000, 96 * 1024 * 1024
"""What is read of one file, and bytes that may be unpacked for it; the rest is named."""
HIDDEN = "隐藏 "


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

    @property
    def locator(self) -> str:
        """Where it begins (formats.md section 9)."""
        return self.place(0)

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

    def line(self, text: str, where: str, head: bool = False) -> None:
        """Keep a paragraph or a line."""
        self.add(Passage(text, where, self.inner, head=head))

    def cells(
        self,
        cells: Sequence[str],
        where: str,
        table: str,
        columns: tuple[int, ...] = (),
        row: int = 0,
        head: bool = False,
    ) -> None:
        """Keep a row; tabs and line ends inside a cell become spaces, so that tabs part cells."""
        text = "\t".join(" ".join(cell.split()) if _odd(cell) else cell for cell in cells)
        self.add(Passage(text, where, self.inner, f"{self.inner}{table}", row, columns, head))


def letters(column: int) -> str:
    """Column 3 → `C`."""
    out = ""
    while column:
        column, digit = divmod(column - 1, 26)
        out = chr(65 + digit) + out
    return out


def _odd(cell: str) -> bool:
    return "\t" in cell or "\n" in cell or "\r" in cell
