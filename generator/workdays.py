"""Working days by the State Council's yearly notices, counted day by day with a trace."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from generator.model import Holiday, Span, Step, StepKind, Unit, YearCalendar

ONE_DAY = timedelta(days=1)
_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


@dataclass(frozen=True)
class Workdays:
    """The announced years; any other year is counted Monday to Friday and is 暂定."""

    calendars: tuple[YearCalendar, ...]

    @cached_property
    def years(self) -> Mapping[int, YearCalendar]:
        """Year → its calendar."""
        return {calendar.year: calendar for calendar in self.calendars}

    @cached_property
    def _off(self) -> Mapping[date, Holiday]:
        return {
            day: holiday
            for calendar in self.calendars
            for holiday in calendar.off
            for day in days(holiday.first, holiday.last)
        }

    @cached_property
    def _work(self) -> frozenset[date]:
        return frozenset(day for calendar in self.calendars for day in calendar.work)

    @property
    def announced(self) -> tuple[int, ...]:
        """The years that have a calendar, in order."""
        return tuple(sorted(self.years))

    def is_announced(self, day: date) -> bool:
        """Whether the notice for the day's year is known."""
        return day.year in self.years

    def is_workday(self, day: date) -> bool:
        """Whether offices work on `day`; make-up days (调休) count."""
        if day in self._work:
            return True
        return day.weekday() < 5 and day not in self._off

    def why_off(self, day: date) -> tuple[str, str | None]:
        """Why `day` is no working day, and the notice's number where one says so."""
        calendar = self.years.get(day.year)
        notice = calendar.notice if calendar else None
        if day in self._off:
            return self._off[day].name, notice
        return _WEEKDAYS[day.weekday()], None

    def count(self, after: date, span: Span) -> tuple[date, tuple[Step, ...]]:
        """Day N after `after` (day 1 is the day after it, 民法典 201), with its trace."""
        return self._walk(after, span, ONE_DAY)

    def count_back(self, before: date, span: Span) -> tuple[date, tuple[Step, ...]]:
        """Day N before `before` (day 1 is the day before it), with its trace."""
        return self._walk(before, span, -ONE_DAY)

    def _walk(self, start: date, span: Span, step: timedelta) -> tuple[date, tuple[Step, ...]]:
        trace: list[Step] = []
        day, n = start, 0
        while n < span.count:
            day += step
            if span.unit is Unit.WORKDAYS and not self.is_workday(day):
                why, notice = self.why_off(day)
                trace.append(Step(StepKind.SKIP, day, None, why, notice))
                continue
            n += 1
            made_up = span.unit is Unit.WORKDAYS and day in self._work
            notice = self.years[day.year].notice if made_up else None
            trace.append(Step(StepKind.COUNT, day, n, "调休上班" if made_up else "", notice))
        return day, tuple(trace)

    def roll(self, day: date) -> tuple[date, tuple[Step, ...]]:
        """`day`, or the next working day after it (民法典 203), with each day skipped."""
        trace: list[Step] = []
        while not self.is_workday(day):
            why, notice = self.why_off(day)
            trace.append(Step(StepKind.SKIP, day, None, why, notice))
            day += ONE_DAY
        if trace:
            trace.append(
                Step(StepKind.ROLL, day, None, "顺延到下一个工作日", "《民法典》第二百零三条")
            )
        return day, tuple(trace)

    def between(self, after: date, last: date) -> int:
        """Working days after `after` up to and with `last`; 0 when `last` is not later."""
        return sum(1 for day in days(after + ONE_DAY, last) if self.is_workday(day))

    def length(self, first: date, last: date, unit: Unit) -> int:
        """Days or working days from `first` to `last`, both counted (公示期)."""
        if unit is Unit.DAYS:
            return max((last - first).days + 1, 0)
        return self.between(first - ONE_DAY, last)

    def touches_unannounced(self, trace: Iterable[Step]) -> bool:
        """Whether any counted, skipped or rolled-over day lies in a year without a notice."""
        kinds = (StepKind.COUNT, StepKind.SKIP, StepKind.ROLL)
        return any(
            step.step in kinds and step.date is not None and not self.is_announced(step.date)
            for step in trace
        )


def days(first: date, last: date) -> Iterable[date]:
    """Every day from `first` to `last`, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
