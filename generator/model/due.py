"""Due rules as a catalogue states them (formats.md section 3)."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a limit counts."""

    WORKDAYS = "workdays"
    DAYS = "days"

    @property
    def label(self) -> str:
        """个工作日, or 天 for calendar days."""
        return "个工作日" if self is Unit.WORKDAYS else "天（自然日）"


class Event(StrEnum):
    """What a limit counts from."""

    PERIOD_END = "period_end"
    FORMED = "formed"
    NOTICE_END = "notice_end"
    STAGE = "stage"


class Roll(StrEnum):
    """Whether a due day that is no working day moves to the next one."""

    NEXT = "next"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Span:
    """A count of working or calendar days."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Within:
    """Within N days after an event; day 1 is the day after it (民法典 201)."""

    span: Span
    after: Event
    roll: Roll


@dataclass(frozen=True, slots=True)
class Before:
    """At least N days before the event; day 1 is the day before it."""

    span: Span
    roll: Roll


@dataclass(frozen=True, slots=True)
class On:
    """A fixed day of the year after the period's last day, or of the same year."""

    month: int
    day: int
    same_year: bool
    roll: Roll


@dataclass(frozen=True, slots=True)
class OnDay:
    """Day D of the month after the period, or of the period's first month."""

    day: int
    first_month: bool
    roll: Roll


@dataclass(frozen=True, slots=True)
class Standing:
    """长期公开: owed from the day the duty begins."""


@dataclass(frozen=True, slots=True)
class Promptly:
    """及时、实时、随时: cannot be computed, so it is shown and never judged."""


DueRule = Within | Before | On | OnDay | Standing | Promptly
