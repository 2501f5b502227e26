"""Merged cells as a table without them says the same: one head row, all cells filled in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_FIGURE = re.compile(r"[+\-−]?[0-9][0-9,，]*(?:\.[0-9]+)?[%％]?")
_CAPTION = re.compile(
    "(?:金额|计量|货币)?单位[:：]|(?:编制|填报|填表|报送|公开|制表)(?:单位|部门|机关|日期|时间|人)[:：]"
    "|(?:日期|时间|期间|年度|所属期)[:：]"
)
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


def texts_of(slots: Slots) -> list[str]:
    """What the cells of a row say, each once; empty ones left out."""
    return [slot.text for slot in slots if slot.text and slot.first]


def is_caption(texts: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row of several cells stands over the head: 填报单位：城管局 and 单位：万元."""
    return len(texts) <= 3 and len(below) > len(texts) and any(map(_CAPTION.match, texts))


def last_of_head(grid: Sequence[Slots]) -> int:
    """The last row of the head that begins at the first; at least one row is left below it."""
    last = 0
    while last + 2 < len(grid) and _belongs(grid[last], grid[last + 1]):
        last += 1
    return last


def labels(head: Sequence[Slots]) -> list[str]:
    """The head's rows as one: what stands over a column, from above, joined by `：`."""
    columns = zip(*head, strict=True)
    return ["：".join(dict.fromkeys(slot.text for slot in slots if slot.text)) for slots in columns]


def body(slots: Slots) -> list[str]:
    """A row's cells: a label that was merged downwards is said again, a figure stands once."""
    return [
        "" if not s.first or (s.continues and _FIGURE.fullmatch(s.text)) else s.text for s in slots
    ]


def shared(slot: Slot, below: Slot | None) -> bool:
    """Whether a figure stands there that is one for several rows."""
    several = slot.continues or (below is not None and below.continues)
    return several and _FIGURE.fullmatch(slot.text) is not None


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
