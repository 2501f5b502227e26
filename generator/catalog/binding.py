"""Which rows bind which body, in which version, and what an item's page then shows."""

import calendar
import re
from datetime import date

from generator.model import Catalog, Department, Item, Period, Row, State


def binds(row: Row, department: Department) -> bool:
    """Whether the row's bodies and levels take in the department (excepted ones too)."""
    if row.bodies.kinds and department.kind not in row.bodies.kinds:
        return False
    if row.bodies.names and department.folder not in row.bodies.names:
        return False
    return not row.levels or department.level in row.levels


def excepted(row: Row, department: Department) -> str | None:
    """The reason for which the row spares the department, if it does."""
    return row.bodies.excepted.get(department.folder)


def row_of(catalog: Catalog, item: Item) -> Row | None:
    """The version of the item's row that governs it.

    In force on the first day of its period, or on `formed` for events, stages and standing
    rows. None when the category is unknown or no version was in force.
    """
    versions = catalog.by_category(item.category)
    day = item.period.first if isinstance(item.period, Period) else item.formed
    if day is None:
        return versions[-1] if versions else None
    return next((row for row in versions if row.in_force(day)), None)


def add_years(day: date, years: int = 0, months: int = 0) -> date:
    """The same day later; 29 February becomes the 28th."""
    index = day.year * 12 + day.month - 1 + years * 12 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def state_of(item: Item, row: Row | None, as_of: date) -> State:
    """Whether the item's page shows it, its withdrawal, or the end of its display.

    What was withdrawn for 个人信息 or 涉密 is not shown on any day: a site of an earlier day would
    bring it back.
    """
    if item.withdrawn is not None and (item.withdrawn.on <= as_of or item.withdrawn.secret):
        return State.WITHDRAWN
    if row is not None and row.display_at_most and item.formed is not None:
        match = re.fullmatch(r"([0-9]+) (year|month)s?", row.display_at_most)
        if match:
            count = int(match.group(1))
            years, months = (count, 0) if match.group(2) == "year" else (0, count)
            if as_of > add_years(item.formed, years, months):
                return State.EXPIRED
    return State.PUBLIC
