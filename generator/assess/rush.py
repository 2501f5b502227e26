"""突击: many slots of one body first filled on one day."""

from collections.abc import Iterable, Mapping
from datetime import date

RUSH_OVER = 10
"""First fillings of one body on one day beyond which the day is shown as 突击 (formats.md 6)."""


def rush_days(filled: Iterable[tuple[str, date]]) -> Mapping[tuple[str, date], int]:
    """Body and day → how many, of the days that are over the number.

    `filled` has an entry for each slot: the body, and the day on which it was first filled.
    """
    counts: dict[tuple[str, date], int] = {}
    for each in filled:
        counts[each] = counts.get(each, 0) + 1
    return {each: count for each, count in counts.items() if count > RUSH_OVER}
