"""A table as the rules see it, of a body or of an attachment, every cell with its place."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.article import Table
from generator.check.truth.figure import Figure, plain, read
from generator.diagnostic import Place

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_SPACE = re.compile(r"[\s　]")
_UNIT = re.compile(r"[（(][^（()）]*[)）]$|[，,/][万亿]?[元件人次个]+$")


@dataclass(frozen=True)
class Grid:
    """A head and its rows; `rows` do not hold the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    place: Callable[[int, int], Place]
    """Place of a cell, by row and column of `rows`; row -1 is the head."""
    attached: bool = False
    context: str = ""
    """What stands over it: its caption, 单位：万元."""

    @cached_property
    def figures(self) -> tuple[tuple[Figure | None, ...], ...]:
        """Each cell read as a number."""
        return tuple(tuple(read(cell) for cell in row) for row in self.rows)

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """Head cells without spaces, emphasis and the unit in brackets."""
        return tuple(_UNIT.sub("", bare(cell)) for cell in self.head)

    @cached_property
    def text(self) -> str:
        """All cells, for a first look."""
        return "|".join(("|".join(self.head), *("|".join(row) for row in self.rows)))

    def label(self, row: int) -> str:
        """What names a row: its first cell that is no figure."""
        for cell, figure in zip(self.rows[row][:3], self.figures[row][:3], strict=False):
            if figure is None:
                return bare(cell)
        return ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a grid, before it is worded as a diagnostic."""

    row: int
    column: int
    message: str
    hint: str
    certain: bool = True


def bare(cell: str) -> str:
    """A cell without spaces and emphasis."""
    return _SPACE.sub("", plain(cell))


def of_body(
    lines: Sequence[str], place: Callable[[int, int, int], Place]
) -> Iterator[tuple[int, int, Grid]]:
    """The tables of a body: first line, line after the last (from 0), grid.

    `place` gives the place of a line (from 0), a column and an end column (from 1).
    """
    n, count = 1, len(lines)
    while n < count:
        if (
            "|" not in lines[n]
            or "|" not in lines[n - 1]
            or "-" not in lines[n]
            or _RULE.fullmatch(lines[n]) is None
        ):
            n += 1
            continue
        first, end = n - 1, n + 1
        while end < count and "|" in lines[end]:
            end += 1
        head = _cells(lines[first])
        cells = [_cells(line) for line in lines[first + 2 : end]]
        width = len(head)
        context = "\n".join((*lines[max(0, first - 3) : first], *lines[end : end + 2]))
        yield first, end, _grid(head, cells, width, first, place, context)
        n = end + 1


def _grid(
    head: list[tuple[str, int]],
    cells: list[list[tuple[str, int]]],
    width: int,
    first: int,
    place: Callable[[int, int, int], Place],
    context: str,
) -> Grid:
    def at(row: int, column: int) -> Place:
        line = head if row < 0 else cells[row]
        text, start = line[min(column, len(line) - 1)]
        return place(first if row < 0 else first + 2 + row, start, start + max(len(text), 1))

    rows = tuple(
        tuple(text for text, _ in row[:width]) + ("",) * (width - len(row)) for row in cells
    )
    return Grid(tuple(text for text, _ in head), rows, at, False, context)


def _cells(line: str) -> list[tuple[str, int]]:
    """Cells of a line of a Markdown table and the column, from 1, at which each begins."""
    out: list[tuple[str, int]] = []
    start = 0
    for bar in (*(m.start() for m in _BAR.finditer(line)), len(line)):
        piece = line[start:bar]
        text = piece.strip()
        edge = not text and (start == 0 or bar == len(line))
        if not edge:
            out.append((text, start + len(piece) - len(piece.lstrip()) + 1 if text else start + 1))
        start = bar + 1
    return out or [("", 1)]


def of_sheet(table: Table, path: str) -> Grid:
    """An attached table; cells stand on the attachment's path, with their locator."""

    def at(row: int, column: int) -> Place:
        return Place(path, locator=table.locator(row + 1, column))

    head = table.rows[0] if table.rows else ()
    return Grid(head, table.rows[1:], at, True, "\n".join(table.above))
