"""A Word table with merged cells → a table with one head row and all cells filled in."""

from dataclasses import dataclass, field
from itertools import pairwise

from generator.article.article import Paragraph, Table
from generator.article.grid import MAX_COLUMNS, MAX_ROWS, Allowance, TableTooLarge
from generator.article.heads import Slot, body, is_caption, labels, last_of_head, shared, texts_of


@dataclass(slots=True)
class Cell:
    """One cell as Word keeps it."""

    span: int = 1
    continues: bool = False
    """Merged into the cell above it."""
    gone: bool = False
    parts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """One row as Word keeps it."""

    cells: list[Cell] = field(default_factory=list)
    before: int = 0
    """Columns left out at its start."""
    gone: bool = False
    """Hidden, or deleted as a tracked change."""
    head: bool = False


def flatten(rows: list[Row], allowance: Allowance, number: int) -> tuple[Paragraph | Table, ...]:
    """The table that a page shows of a Word table, the `number`th of its document.

    A head of several rows becomes one, its labels joined by `：`. A cell merged downwards is said
    again in each row unless it is a figure, which stands once. What frames a single row or a
    single column only becomes paragraphs. Raises TableTooLarge.
    """
    if len(rows) > MAX_ROWS:
        raise TableTooLarge(f"表格超过 {MAX_ROWS} 行，页面不展开")
    width = max((row.before + sum(cell.span for cell in row.cells) for row in rows), default=0)
    if width > MAX_COLUMNS:
        raise TableTooLarge(f"表格超过 {MAX_COLUMNS} 列，页面不展开")
    allowance.spread(width * len(rows))
    every = [_slots(row, width) for row in rows]
    # Before rows leave, so that what a hidden one begins takes nothing from the row above it.
    for above, slots in pairwise(every):
        for upper, slot in zip(above, slots, strict=True):
            if slot.continues:
                slot.text = upper.text
    kept = [row for row in rows if not row.gone]
    grid = [slots for row, slots in zip(rows, every, strict=True) if not row.gone]
    full = [n for n, slots in enumerate(grid) if any(slot.text for slot in slots)]
    texts = {n: texts_of(grid[n]) for n in full}
    top = next((n for n, m in pairwise(full) if _begins(texts[n], texts[m])), None)
    if top is None:
        return tuple(Paragraph("　".join(texts[n])) for n in full)
    above_head = tuple("　".join(texts[n]) for n in full if n < top)
    last = _said(kept, top) or top + last_of_head(grid[top:])
    head = labels(grid[top : last + 1])
    inner = [(n, body(grid[n])) for n in full if n > last]
    used = [c for c in range(width) if head[c] or any(row[c] for _, row in inner)]
    made = [(top, head), *inner]
    return (
        Table(
            "",
            tuple(tuple(row[c] for c in used) for _, row in made),
            above_head,
            tuple(n + 1 for n, _ in made),
            tuple(c + 1 for c in used),
            number,
            frozenset(
                (place, column)
                for place, (n, _) in enumerate(made)
                for column, c in enumerate(used)
                if place and shared(grid[n][c], grid[n + 1][c] if n + 1 < len(grid) else None)
            ),
        ),
    )


def _slots(row: Row, width: int) -> list[Slot]:
    slots = [Slot() for _ in range(row.before)]
    for cell in row.cells:
        text = "" if cell.gone else " ".join(cell.parts)
        slots += [Slot(text, n == 0, cell.continues) for n in range(cell.span)]
    return slots + [Slot() for _ in range(width - len(slots))]


def _begins(texts: list[str], below: list[str]) -> bool:
    """Whether a row is the head's first."""
    return len(texts) > 1 and not is_caption(texts, below)


def _said(rows: list[Row], top: int) -> int | None:
    """Where the head ends by the rows that say they are of it; None where one says nothing."""
    last = top
    while last + 2 < len(rows) and rows[last + 1].head:
        last += 1
    return last if last > top else None
