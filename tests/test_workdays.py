from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.load.ground import STANDARD
from generator.model import Span, StepKind, Unit
from generator.workdays import days
from tests.calendars import WORKDAYS


def test_the_shipped_years_agree_with_an_independent_calendar_day_by_day() -> None:
    assert WORKDAYS.announced == (2024, 2025, 2026)
    for day in days(date(2024, 1, 1), date(2026, 12, 31)):
        assert WORKDAYS.is_workday(day) == chinese_calendar.is_workday(day), day


@pytest.mark.parametrize(
    ("year", "notice"),
    [
        (2024, "国办发明电〔2023〕7号"),
        (2025, "国办发明电〔2024〕12号"),
        (2026, "国办发明电〔2025〕7号"),
    ],
)
def test_each_year_names_its_notice(year: int, notice: str) -> None:
    assert WORKDAYS.years[year].notice == notice


@pytest.mark.parametrize(
    ("after", "count", "due"),
    [
        # domain.md section 7: naive Monday to Friday counting says 2026-10-16, six days wrong.
        (date(2026, 9, 18), 20, date(2026, 10, 22)),
        # A make-up Sunday counts: 2026-09-20 is day 1 after Saturday the 19th.
        (date(2026, 9, 19), 1, date(2026, 9, 20)),
        # Spring Festival 2026 is off from 02-15 to 02-23; 02-14 and 02-28 are worked.
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 9, 30), 20, date(2026, 11, 3)),
        (date(2026, 12, 31), 1, date(2027, 1, 1)),
    ],
)
def test_counting_starts_the_day_after(after: date, count: int, due: date) -> None:
    assert WORKDAYS.count(after, Span(count, Unit.WORKDAYS))[0] == due


@given(st.dates(date(2024, 1, 1), date(2028, 6, 30)), st.integers(1, 60))
def test_a_limit_in_workdays_ends_on_a_workday_and_its_trace_adds_up(day: date, n: int) -> None:
    due, trace = WORKDAYS.count(day, Span(n, Unit.WORKDAYS))
    assert WORKDAYS.is_workday(due)
    counted = [s for s in trace if s.step is StepKind.COUNT]
    assert [s.n for s in counted] == list(range(1, n + 1))
    assert counted[-1].date == due
    assert [s.date for s in trace] == list(days(day + timedelta(days=1), due))
    assert WORKDAYS.between(day, due) == n


@given(st.dates(date(2024, 1, 1), date(2028, 6, 30)), st.integers(1, 40), st.integers(1, 30))
def test_a_later_start_is_never_due_earlier(day: date, n: int, later: int) -> None:
    span = Span(n, Unit.WORKDAYS)
    assert WORKDAYS.count(day, span)[0] <= WORKDAYS.count(day + timedelta(days=later), span)[0]


@given(st.dates(date(2024, 1, 10), date(2026, 12, 20)), st.integers(1, 8))
def test_counting_back_mirrors_counting_on(day: date, n: int) -> None:
    back, _ = WORKDAYS.count_back(day, Span(n, Unit.WORKDAYS))
    assert WORKDAYS.is_workday(back)
    assert WORKDAYS.between(back - timedelta(days=1), day - timedelta(days=1)) == n


def test_a_skipped_day_says_why_and_by_which_notice() -> None:
    _, trace = WORKDAYS.count(date(2026, 9, 30), Span(1, Unit.WORKDAYS))
    skipped = {s.date: (s.text, s.source) for s in trace if s.step is StepKind.SKIP}
    assert skipped[date(2026, 10, 1)] == ("国庆节", "国办发明电〔2025〕7号")


def test_a_year_without_a_notice_is_told() -> None:
    _, trace = WORKDAYS.count(date(2026, 12, 20), Span(20, Unit.WORKDAYS))
    assert WORKDAYS.touches_unannounced(trace)
    _, trace = WORKDAYS.count(date(2026, 11, 20), Span(20, Unit.WORKDAYS))
    assert not WORKDAYS.touches_unannounced(trace)


def test_rolling_goes_over_a_whole_holiday() -> None:
    day, trace = WORKDAYS.roll(date(2026, 10, 1))
    assert day == date(2026, 10, 8)
    assert [s.step for s in trace].count(StepKind.SKIP) == 7
    assert trace[-1].source == "《民法典》第二百零三条"


def test_the_data_lies_with_the_code() -> None:
    assert Path(STANDARD, "catalog").is_dir()
