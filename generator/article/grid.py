"""Cells gathered within bounds, and cut to what a reader sees."""

from dataclasses import dataclass, field

from generator.article.article import Table

MAX_ROWS, MAX_COLUMNS, MAX_CELLS, MAX_CHARACTERS = 20_000, 200, 1_000_000, 2_000_000
"""What a page shows of one table; a larger one is offered as a file only."""


class TableError(Exception):
    """An attachment that cannot be shown as a table; the message is for the clerk, in Chinese."""


@dataclass(slots=True)
class Grid:
    """Rows of text with their numbers in the file, growing within the bounds."""

    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    characters: int = 0

    def add(self, line: int, cells: list[str]) -> None:
        """Append a row; raises TableError where the table grows too large for a page."""
        row = [cell.strip() for cell in cells]
        while row and not row[-1]:
            row.pop()
        if not row:
            return
        self.characters += sum(map(len, row))
        if len(self.rows) >= MAX_ROWS:
            raise TableError(f"表格超过 {MAX_ROWS} 行，页面不展开")
        if len(row) > MAX_COLUMNS:
            raise TableError(f"表格超过 {MAX_COLUMNS} 列，页面不展开")
        if self.characters > MAX_CHARACTERS:
            raise TableError(f"表格文字超过 {MAX_CHARACTERS // 10_000} 万字，页面不展开")
        self.rows.append(row)
        self.lines.append(line)


def cut(title: str, grid: Grid, columns: list[int] | None = None) -> Table | None:
    """Make a table: empty rows and columns left out, all rows of one length.

    Raises TableError where there are too many cells. `columns` are the file's column numbers of the grid's columns, from 1 (None: all in order).
    Rows over the head that hold one cell only (a sheet's title, 单位：万元) become `above`.
    """
    if not grid.rows:
        return None
    width = max(map(len, grid.rows))
    used = [number for number in range(width) if any(_at(row, number) for row in grid.rows)]
    if len(used) * len(grid.rows) > MAX_CELLS:
        raise TableError(f"表格超过 {MAX_CELLS // 10_000} 万格，页面不展开")
    rows = [tuple(_at(row, number) for number in used) for row in grid.rows]
    head = 0
    if len(used) > 1:
        head = next((n for n, row in enumerate(rows) if sum(map(bool, row)) > 1), 0)
    above = tuple(next(filter(None, row)) for row in rows[:head])
    numbers = columns or list(range(1, width + 1))
    return Table(
        title,
        tuple(rows[head:]),
        above,
        tuple(grid.lines[head:]),
        tuple(numbers[number] for number in used),
    )


def _at(row: list[str], number: int) -> str:
    return row[number] if number < len(row) else ""
