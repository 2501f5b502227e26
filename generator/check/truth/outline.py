"""Numbered rows of a table against the rows that are numbered beneath them."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.truth.figure import BLANK, Figure, aligned, shown
from generator.check.truth.grid import Fault, Grid, bare
from generator.check.truth.summands import PLAIN, number_of, style_of
from generator.check.truth.totals import additive, slack

_SIGNS = ("|1.", "|1、", "|1．", "|（一", "|(一", "|（1", "|(1")
"""How the first of the rows beneath begins: most tables have none and are done with."""


def faults(grid: Grid) -> Iterator[Fault]:
    """二、收入 that is not the sum of its 1. 2. 3., where other such rows of the column are."""
    if not any(map(grid.text.__contains__, _SIGNS)):
        return
    families = list(_families(grid))
    if len(families) < 2:
        return
    for column in range(1, len(grid.head)):
        if not additive(grid, column):
            continue
        off = {
            row: d for row, parts in families if (d := _off(grid, column, row, parts)) is not None
        }
        wrong = {row: d for row, d in off.items() if d}
        if not wrong or len(wrong) * 2 > len(off):
            continue
        for row, difference in wrong.items():
            figure = grid.figures[row][column]
            assert figure is not None
            yield Fault(
                row,
                column,
                f"「{grid.label(row)}」的「{bare(grid.head[column]) or '数'}」写 {shown(figure.value)}，"
                f"下面各行相加是 {shown(figure.value + difference)}",
                "核对这一行和它下面的各行，改正错的一处",
                False,
            )


def _families(grid: Grid) -> Iterator[tuple[int, list[int]]]:
    """A numbered row and the rows right beneath it, numbered 1, 2, 3 in the next way."""
    labels = [grid.label(n) for n in range(len(grid.rows))]
    styles = [style_of(label) for label in labels]
    for row, style in enumerate(styles):
        parts: list[int] = []
        for n in range(row + 1, len(labels)):
            if styles[n] <= style or styles[n] == PLAIN:
                break
            if parts and styles[n] > styles[parts[0]]:
                continue
            if number_of(labels[n]) != len(parts) + 1 or "其中" in labels[n]:
                break
            parts.append(n)
        if style != PLAIN and len(parts) > 1 and "其中" not in labels[row]:
            yield row, parts


def _off(grid: Grid, column: int, row: int, parts: list[int]) -> Decimal | None:
    """Parts minus their row, 0 within rounding; None where a cell is no figure."""
    whole = grid.figures[row][column]
    figures: list[Figure] = [f for n in parts if (f := grid.figures[n][column]) is not None]
    if whole is None or whole is BLANK or len(figures) < len(parts):
        return None
    values = aligned([*figures, whole])
    if values is None or sum(f is not BLANK for f in figures) < 2:
        return None
    difference = sum(values[:-1], Decimal(0)) - values[-1]
    return Decimal(0) if abs(difference) <= slack(grid, column, figures, whole) else difference
