"""A sheet's cells → the table that a reader sees."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from generator.article.article import Table
from generator.article.grid import MAX_COLUMNS, MAX_ROWS, Sheet, TableTooLarge
from generator.article.heads import (
    Slot,
    body,
    is_caption,
    labels,
    last_of_head,
    shared,
    texts_of,
)

_MERGED = 200_000
"""Places that merged cells may cover; beyond it a sheet is shown as if nothing were merged."""
_HEAD = 12
"""Rows among which a head ends."""

Marks = dict[int, dict[int, Slot]]
"""Row → column → the place of a merged cell there."""


def cut(sheet: Sheet) -> Table | None:
    """Make a table of a sheet's visible cells; None where there is none.

    Empty rows and columns are left out. Rows over the head that hold one cell only (a sheet's
    title, 单位：万元) or name who filled it in become `above`. Merged cells are said as a Word
    table's are (`heads`). Raises TableError where a page cannot hold it.
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
    marks = _marks(sheet, lines, columns, rows)
    top = _top(rows, marks) if len(columns) > 1 else 0
    window = [_slots(rows, marks, n) for n in range(top, min(len(rows), top + _HEAD))]
    last = top + last_of_head(window)
    kept = range(last + 1, len(rows))
    above = ("　".join(_texts(rows, marks, n)) for n in range(top))
    return Table(
        sheet.name,
        (
            tuple(labels(window[: last - top + 1])),
            *(tuple(body(_slots(rows, marks, n))) if n in marks else rows[n] for n in kept),
        ),
        tuple(filter(None, above)),
        (lines[top], *(lines[n] for n in kept)),
        tuple(columns),
        shared=frozenset(
            (n - last, column)
            for n in kept
            for column, slot in marks.get(n, {}).items()
            if shared(slot, marks.get(n + 1, {}).get(column))
        ),
    )


def _marks(
    sheet: Sheet, lines: Sequence[int], columns: Sequence[int], rows: Sequence[Sequence[str]]
) -> Marks:
    marks: Marks = {}
    left_over = _MERGED
    for first_row, first_column, last_row, last_column in sheet.merged:
        start, stop = bisect_left(lines, first_row), bisect_right(lines, last_row)
        left, right = bisect_left(columns, first_column), bisect_right(columns, last_column)
        if start >= stop or left >= right:
            continue
        left_over -= (stop - start) * (right - left)
        if left_over < 0:
            return {}
        # What a hidden row or column holds stays hidden, though the cell reaches out of it.
        seen = lines[start] == first_row and columns[left] == first_column
        text = rows[start][left] if seen else ""
        for row in range(start, stop):
            for column in range(left, right):
                slot = Slot(text, column == left, row > start)
                marks.setdefault(row, {})[column] = slot
    return marks


def _slots(rows: Sequence[Sequence[str]], marks: Marks, row: int) -> list[Slot]:
    merged = marks.get(row, {})
    return [merged.get(column) or Slot(text) for column, text in enumerate(rows[row])]


def _texts(rows: Sequence[Sequence[str]], marks: Marks, row: int) -> list[str]:
    """What the cells of a row say."""
    return texts_of(_slots(rows, marks, row)) if row in marks else list(filter(None, rows[row]))


def _top(rows: Sequence[Sequence[str]], marks: Marks) -> int:
    """The head's first row; the first row of all where none holds several cells."""
    said = _texts(rows, marks, 0)
    for n in range(len(rows)):
        below = _texts(rows, marks, n + 1) if n + 1 < len(rows) else []
        if len(said) > 1 and not is_caption(said, below):
            return n
        said = below
    return 0


def _row(cells: Mapping[int, str], columns: list[int]) -> tuple[str, ...]:
    return tuple(cells.get(column, "") for column in columns)


def _hidden(column: int, stretches: list[tuple[int, int]]) -> bool:
    return any(first <= column <= last for first, last in stretches)
