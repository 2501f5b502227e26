"""Cells gathered within bounds; `cut` makes of them what a reader sees."""

from dataclasses import dataclass, field

MAX_ROWS, MAX_COLUMNS, MAX_CELLS, MAX_CHARACTERS = 20_000, 200, 1_000_000, 2_000_000
"""What a page shows of one file's tables; a larger one is offered as a file only."""


class TableError(Exception):
    """An attachment that cannot be shown as a table; the message is for the clerk, in Chinese."""


class TableTooLarge(TableError):
    """A sound attachment, only too large to be shown on a page."""


@dataclass(slots=True)
class Allowance:
    """What one file may still hold: every cell read counts, shown or hidden."""

    cells: int = MAX_CELLS
    characters: int = MAX_CHARACTERS

    def take(self, text: str) -> None:
        """Count a cell; raises TableError where the file grows too large for a page."""
        self.spread(1)
        self.characters -= len(text)
        if self.characters < 0:
            raise TableTooLarge(f"表格文字超过 {MAX_CHARACTERS // 10_000} 万字，页面不展开")

    def spread(self, cells: int) -> None:
        """Count cells, empty ones too; raises TableError as `take` does."""
        self.cells -= cells
        if self.cells < 0:
            raise TableTooLarge(f"表格超过 {MAX_CELLS // 10_000} 万格，页面不展开")


@dataclass(slots=True)
class Sheet:
    """One sheet as it fills; rows and columns count from 1, empty cells are absent."""

    name: str
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """First and last column of each hidden stretch."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row and column, last row and column of each merged cell."""

    def put(self, row: int, column: int, text: str, allowance: Allowance) -> None:
        """Set a cell."""
        if text:
            allowance.take(text)
            self.cells.setdefault(row, {})[column] = text
