"""年历: one A3 wall calendar a body, every date it owes in a year, to be ticked by hand."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from generator.model import Department, DueState, Repository, Row, Slot
from generator.outputs.paper.sheet import code, printed
from generator.outputs.paper.year import year_of
from generator.render.addresses import public_url
from generator.render.words import rule_words
from generator.workdays import Workdays

_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5)
"""Sizes of the lists in points, the largest that fits is taken."""
_FOOT_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
_FOOT_HEIGHT = 30.0
"""Millimetres that the foot may take before it is set smaller."""
_HEIGHT = 278 - 25
"""Millimetres of a sheet below its head."""
_LIST = 52.0
"""Millimetres that a line of a month's list is wide."""
_GRID = 47.0
"""Millimetres that a month's days want, its name included."""
_FOOT = 398.0
"""Millimetres that a line of the foot is wide."""
_POINT = 0.3528
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one section owes on one day: its duties, each with its period and its basis."""

    section: str
    duties: tuple[tuple[str, str, int], ...]
    """Name, period, number of the basis in the foot."""


@dataclass(frozen=True, slots=True)
class Day:
    """One due day of a month's list."""

    day: date
    provisional: bool
    entries: tuple[Entry, ...]

    @property
    def weekday(self) -> str:
        """周一."""
        return f"周{_WEEKDAYS[self.day.weekday()]}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month's grid."""

    day: int
    off: bool
    due: str
    """`due`, `due prov`, or nothing."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its grid, Monday to Sunday, None before its first day; its list."""

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]
    days: tuple[Day, ...]


def wall_calendar(repository: Repository, department: Department, year: int) -> str:
    """The calendar's HTML, self-contained, one A3 page in landscape; no item is needed."""
    owed = year_of(repository, department, year)
    bases = tuple(dict.fromkeys("；".join(slot.row.basis) for slot in owed.dated))
    numbers = {basis: n for n, basis in enumerate(bases, 1)}
    workdays = Workdays(repository.calendars)
    months = tuple(_month(year, m, owed.dated, numbers, workdays) for m in range(1, 13))
    undated = _by_limit(owed.undated)
    standing = "、".join(row.name for row in owed.standing)
    told = "　".join(f"{n} {basis}" for basis, n in numbers.items())
    foot = _foot_size((undated, standing, told, ""))
    size = _size(months, _foot_height((undated, standing, told, ""), foot))
    return printed(
        "calendar",
        f"{year} 年公开期限年历 - {department.name}",
        department=department,
        site=repository.site,
        year=year,
        announced=year in workdays.announced,
        notice=workdays.years[year].notice if year in workdays.years else "",
        provisional=any(day.provisional for month in months for day in month.days),
        months=months,
        owed=owed,
        undated=undated,
        standing=standing,
        bases=tuple((n, basis) for basis, n in numbers.items()),
        count=len(owed.dated),
        size=size,
        foot=foot,
        rows=_rows(months, size),
        code=code(public_url(repository.site, department.folder, "matrix.html")),
    )


def _month(
    year: int, number: int, slots: Sequence[Slot], numbers: dict[str, int], workdays: Workdays
) -> Month:
    due: dict[date, list[Slot]] = {}
    for slot in slots:
        if slot.due.day is not None and slot.due.day.month == number:
            due.setdefault(slot.due.day, []).append(slot)
    days = tuple(
        Day(
            day,
            # A day on which one thing is sure and another is not is drawn as sure.
            all(slot.due.state is DueState.PROVISIONAL for slot in owed),
            tuple(_entries(owed, numbers)),
        )
        for day, owed in sorted(due.items())
    )
    drawn = {day.day: "due prov" if day.provisional else "due" for day in days}
    weeks = tuple(
        tuple(
            Cell(day.day, not workdays.is_workday(day), drawn.get(day, ""))
            if day.month == number
            else None
            for day in week
        )
        for week in calendar.Calendar().monthdatescalendar(year, number)
    )
    return Month(number, weeks, days)


def _entries(slots: Iterable[Slot], numbers: dict[str, int]) -> Iterable[Entry]:
    by_section: dict[str, list[tuple[str, str, int]]] = {}
    for slot in slots:
        basis = numbers["；".join(slot.row.basis)]
        mark = "（暂定）" if slot.due.state is DueState.PROVISIONAL else ""
        by_section.setdefault(slot.section or "", []).append(
            (slot.row.name, _short(slot) + mark, basis)
        )
    for section, duties in by_section.items():
        yield Entry(section, tuple(duties))


def _short(slot: Slot) -> str:
    """The period in the fewest words that its day leaves open: 三季度, 上半年, 11月, 2026年."""
    assert slot.period is not None
    label = slot.period.label
    if slot.period.key != str(slot.period.year):
        label = label.split("年", 1)[1].replace("第", "")
    return label


def _by_limit(rows: Iterable[Row]) -> str:
    """Rows put together by their limits: 形成之日起 7 个工作日内：行政处罚、行政许可；…"""
    found: dict[str, list[str]] = {}
    for row in rows:
        limits = dict.fromkeys(rule_words(row, stage.due) for stage in row.stages)
        limit = "、".join(limits) or rule_words(row, row.due)
        found.setdefault(limit, []).append(row.name + ("（分阶段）" if row.stages else ""))
    return "；".join(f"{limit}：{'、'.join(names)}" for limit, names in found.items())


# -- what fits ---------------------------------------------------------------------------------


def _foot_size(texts: Sequence[str]) -> float:
    for size in _FOOT_SIZES:
        if _foot_height(texts, size) <= _FOOT_HEIGHT:
            return size
    return _FOOT_SIZES[-1]


def _foot_height(texts: Sequence[str], size: float) -> float:
    lines = sum(_lines(f"十个字的一个小标题：{text}", size, _FOOT) for text in texts)
    return lines * size * 1.45 * _POINT + 5


def _size(months: Sequence[Month], foot: float) -> float:
    """The largest size at which three rows of months fit above a foot `foot` mm high."""
    for size in _SIZES:
        if sum(_rows(months, size)) + foot <= _HEIGHT:
            return size
    return _SIZES[-1]


def _rows(months: Sequence[Month], size: float) -> tuple[float, ...]:
    """Millimetres that each of the three rows of four months wants."""
    heights = [max(_GRID, 8 + 0.92 * _list(month, size)) for month in months]
    return tuple(round(max(heights[at : at + 4]), 1) for at in (0, 4, 8))


def _list(month: Month, size: float) -> float:
    line = size * 1.34 * _POINT
    return sum(
        line * 1.25
        + sum(
            line
            * _lines(
                f"{entry.section}　" + "".join(f"□ {n} {p}  " for n, p, _ in entry.duties),
                size,
                _LIST,
            )
            for entry in day.entries
        )
        + 1
        for day in month.days
    )


def _lines(text: str, size: float, width: float) -> int:
    """Lines that `text` takes, counted generously: a Han character is as wide as it is high."""
    cells = sum(_width(sign) for sign in text)
    per_line = max(width / (size * _POINT), 1.0)
    return -int(-cells // per_line)


def _width(sign: str) -> float:
    if sign == " ":
        return 0.22
    return 1.0 if sign > "\u2000" else 0.56
