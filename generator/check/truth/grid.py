"""A table as the rules see it, of a body or of an attachment, every cell with its place."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from generator.article import Table
from generator.check.truth.figure import Figure, plain, read
from generator.diagnostic import Place

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_OVER = re.compile("[：:]")
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
    shared: frozenset[tuple[int, int]] = frozenset()
    """Row and column of cells whose figure is one for several rows: it is none of its row alone."""

    @cached_property
    def figures(self) -> tuple[tuple[Figure | None, ...], ...]:
        """Each cell read as a number."""
        if not self.shared:
            return tuple(tuple(read(cell) for cell in row) for row in self.rows)
        return tuple(
            tuple(None if (n, c) in self.shared else read(cell) for c, cell in enumerate(row))
            for n, row in enumerate(self.rows)
        )

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """Head cells without spaces, emphasis and the unit in brackets."""
        return tuple(_UNIT.sub("", bare(cell)) for cell in self.head)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Head cells without what stands over them: 「三公」经费：公务接待费 → 公务接待费."""
        return tuple(_OVER.split(head)[-1] for head in self.heads)

    @cached_property
    def over(self) -> tuple[str, ...]:
        """What stands over each of `names`; empty where nothing does."""
        pairs = zip(self.heads, self.names, strict=True)
        return tuple(head[: len(head) - len(name)] for head, name in pairs)

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


@lru_cache(maxsize=65536)
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
        context = "\n".join((*lines[max(0, first - 3) : first], *lines[end : end + 2]))
        yield first, end, _grid(lines[first], lines[first + 2 : end], first, place, context)
        n = end + 1


def _grid(
    head: str,
    cells: Sequence[str],
    first: int,
    place: Callable[[int, int, int], Place],
    context: str,
) -> Grid:
    def at(row: int, column: int) -> Place:
        line = _spans(head if row < 0 else cells[row])
        start, end = line[min(column, len(line) - 1)]
        return place(first if row < 0 else first + 2 + row, start, max(end, start + 1))

    names = _cells(head)
    width = len(names)
    rows = tuple(tuple(row[:width]) + ("",) * (width - len(row)) for row in map(_cells, cells))
    return Grid(tuple(names), rows, at, False, context)


def _cells(line: str) -> list[str]:
    """Cells of a line of a Markdown table."""
    if "\\|" in line:
        return [line[start - 1 : end - 1] for start, end in _spans(line)]
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _spans(line: str) -> list[tuple[int, int]]:
    """Column, from 1, at which each cell of the line begins, and the one after its end."""
    out: list[tuple[int, int]] = []
    start = 0
    for bar in (*(m.start() for m in _BAR.finditer(line)), len(line)):
        piece = line[start:bar]
        text = piece.strip()
        if text or not (
            (line[:start].strip() in ("", "|") and start < 2) or not line[bar:].strip()
        ):
            lead = len(piece) - len(piece.lstrip()) if text else 0
            out.append((start + lead + 1, start + lead + 1 + len(text)))
        elif start and line[bar:].strip():
            out.append((start + 1, start + 1))
        start = bar + 1
    return out or [(1, 2)]


def of_sheet(table: Table, path: str) -> Grid:
    """A table of an attachment; cells stand on the attachment's path, with their locator."""

    def at(row: int, column: int) -> Place:
        return Place(path, locator=table.locator(row + 1, column))

    head = table.rows[0] if table.rows else ()
    shared = frozenset((row - 1, column) for row, column in table.shared)
    return Grid(head, table.rows[1:], at, True, "\n".join(table.above), shared)
