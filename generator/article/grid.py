"""Cells gathered within bounds, and cut to what a reader sees."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.article.article import Table
from generator.article.heads import Slot, body, filled, labels, last_of_head, shared

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


def cut(sheet: Sheet) -> Table | None:
    """Make a table of a sheet's visible cells; None where there is none.

    Empty rows and columns are left out. Rows over the head that hold one cell only (a sheet's
    title, 单位：万元) become `above`. Merged cells are said as a Word table's are (`heads`).
    Raises TableError where a page cannot hold it.
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
    if sheet.merged:
        return _merged(sheet, lines, columns)
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


def _merged(sheet: Sheet, lines: Sequence[int], columns: Sequence[int]) -> Table:
    """`cut` of a sheet with merged cells."""
    rows = [[Slot(sheet.cells[line].get(column, "")) for column in columns] for line in lines]
    allowance = Allowance()
    for first_row, first_column, last_row, last_column in sheet.merged:
        start, stop = bisect_left(lines, first_row), bisect_right(lines, last_row)
        left, right = bisect_left(columns, first_column), bisect_right(columns, last_column)
        if start >= stop or left >= right:
            continue
        allowance.spread((stop - start) * (right - left))
        # What a hidden row or column holds stays hidden, though the cell reaches out of it.
        seen = lines[start] == first_row and columns[left] == first_column
        text = rows[start][left].text if seen else ""
        for row in range(start, stop):
            for column in range(left, right):
                rows[row][column] = Slot(text, column == left, row > start)
    top = 0
    if len(columns) > 1:
        top = next((n for n, row in enumerate(rows) if filled(row) > 1), 0)
    last = last_of_head(rows, top)
    above = tuple(next((s.text for s in row if s.text), "") for row in rows[:top])
    kept = range(last + 1, len(rows))
    return Table(
        sheet.name,
        (tuple(labels(rows, top, last)), *(tuple(body(rows[n])) for n in kept)),
        tuple(filter(None, above)),
        (lines[top], *(lines[n] for n in kept)),
        tuple(columns),
        shared=frozenset(
            (n - last, column)
            for n in kept
            for column in range(len(columns))
            if shared(rows, n, column)
        ),
    )
