"""Cells gathered within bounds, and cut to what a reader sees."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.article.article import Table

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

    def put(self, row: int, column: int, text: str, allowance: Allowance) -> None:
        """Set a cell."""
        if text:
            allowance.take(text)
            self.cells.setdefault(row, {})[column] = text


def cut(sheet: Sheet) -> Table | None:
    """Make a table of a sheet's visible cells; None where there is none.

    Empty rows and columns are left out. Rows over the head that hold one cell only (a sheet's
    title, 单位：万元) become `above`. Raises TableError where a page cannot hold it.
    """
    lines = [line for line in sorted(sheet.cells) if line not in sheet.hidden_rows]
    found = {column for line in lines for column in sheet.cells[line]}
    columns = sorted(column for column in found if not _hidden(column, sheet.hidden_columns))
    lines = [line for line in lines if not sheet.cells[line].keys().isdisjoint(columns)]
    if not lines:
        return None
    if len(lines) > MAX_ROWS:
        raise TableTooLarge(f"表格超过 {MAX_ROWS} 行，页面不展开")
    if len(columns) > MAX_COLUMNS:
        raise TableTooLarge(f"表格超过 {MAX_COLUMNS} 列，页面不展开")
    rows = [_row(sheet.cells[line], columns) for line in lines]
    head = 0
    if len(columns) > 1:
        head = next((n for n, row in enumerate(rows) if sum(map(bool, row)) > 1), 0)
    above = tuple(next(filter(None, row)) for row in rows[:head])
    return Table(sheet.name, tuple(rows[head:]), above, tuple(lines[head:]), tuple(columns))


def _row(cells: Mapping[int, str], columns: list[int]) -> tuple[str, ...]:
    return tuple(cells.get(column, "") for column in columns)


def _hidden(column: int, stretches: list[tuple[int, int]]) -> bool:
    return any(first <= column <= last for first, last in stretches)
