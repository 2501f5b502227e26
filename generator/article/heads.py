"""Merged cells as a table without them says the same: one head row, all cells filled in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_FIGURE = re.compile(r"[+\-−]?[0-9][0-9,，]*(?:\.[0-9]+)?[%％]?")
_YEAR = re.compile("(?:19|20)[0-9]{2}")


@dataclass(slots=True)
class Slot:
    """One place of a grid, and how its cell reaches it."""

    text: str = ""
    """The whole cell's, wherever in it the place lies."""
    first: bool = True
    """Not the second or later column of a wide cell."""
    continues: bool = False
    """Of a cell that begins in the row above."""


Slots = Sequence[Slot]


def filled(slots: Slots) -> int:
    """How many cells of a row hold something."""
    return sum(1 for slot in slots if slot.text and slot.first)


def last_of_head(grid: Sequence[Slots], top: int) -> int:
    """The last row of the head that begins at `top`; at least one row is left below it."""
    last = top
    while last + 2 < len(grid) and _belongs(grid[last], grid[last + 1]):
        last += 1
    return last


def labels(grid: Sequence[Slots], top: int, last: int) -> list[str]:
    """The head's rows as one: what stands over a column, from above, joined by `：`."""
    columns = zip(*grid[top : last + 1], strict=True)
    return ["：".join(dict.fromkeys(slot.text for slot in slots if slot.text)) for slots in columns]


def body(slots: Slots) -> list[str]:
    """A row's cells: a label that was merged downwards is said again, a figure stands once."""
    return [
        "" if not s.first or (s.continues and _FIGURE.fullmatch(s.text)) else s.text for s in slots
    ]


def shared(grid: Sequence[Slots], row: int, column: int) -> bool:
    """Whether a figure stands there that is one for several rows."""
    here = grid[row][column]
    below = row + 1 < len(grid) and grid[row + 1][column].continues
    return (here.continues or below) and _FIGURE.fullmatch(here.text) is not None


def _belongs(upper: Slots, lower: Slots) -> bool:
    """Whether a row is the second half of the head above it.

    It parts a wide cell of the upper row, or is nothing but the rest of its cells; a row with
    figures, or with words under a cell that is not parted, is a row of the body.
    """
    own = [bool(slot.text and slot.first and not slot.continues) for slot in lower]
    said = [slot.text for mine, slot in zip(own, lower, strict=True) if mine]
    if any(_FIGURE.fullmatch(text) and not _YEAR.fullmatch(text) for text in said):
        return False
    parted = False
    start = 0
    while start < len(upper):
        end = start + 1
        while end < len(upper) and not upper[end].first:
            end += 1
        below = sum(own[start:end])
        if end - start > 1 and below > 1:
            parted = True
        elif below and upper[start].text:
            return False
        start = end
    return parted or (not any(own) and any(slot.continues and slot.text for slot in lower))
