"""Periods: the calendar stretches for which something is owed."""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Every(StrEnum):
    """How often a catalogue row is owed (formats.md section 2)."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    EVENT = "event"
    STAGE = "stage"
    STANDING = "standing"

    @property
    def periodic(self) -> bool:
        """Whether slots come from the calendar and not from items."""
        return self in MONTHS


MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}
"""Calendar months that one period of each periodic kind lasts."""

_ORDINAL = {1: "一", 2: "二", 3: "三", 4: "四"}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One calendar period: a year, a half, a quarter or a month."""

    year: int
    number: int
    """From 1 within the year; always 1 for a whole year."""
    every: Every

    @property
    def key(self) -> str:
        """The notation of formats.md: `2026`, `2026-H1`, `2026-Q3`, `2026-10`."""
        match self.every:
            case Every.YEAR:
                return f"{self.year}"
            case Every.HALF:
                return f"{self.year}-H{self.number}"
            case Every.QUARTER:
                return f"{self.year}-Q{self.number}"
            case _:
                return f"{self.year}-{self.number:02d}"

    @property
    def label(self) -> str:
        """As a reader says it: `2026年第三季度`."""
        match self.every:
            case Every.YEAR:
                return f"{self.year}年"
            case Every.HALF:
                return f"{self.year}年{'上' if self.number == 1 else '下'}半年"
            case Every.QUARTER:
                return f"{self.year}年第{_ORDINAL[self.number]}季度"
            case _:
                return f"{self.year}年{self.number}月"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * MONTHS[self.every] + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = self.number * MONTHS[self.every]
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def shift(self, by: int) -> "Period":
        """The period `by` periods later (earlier when negative)."""
        in_year = 12 // MONTHS[self.every]
        index = self.year * in_year + self.number - 1 + by
        return Period(index // in_year, index % in_year + 1, self.every)
