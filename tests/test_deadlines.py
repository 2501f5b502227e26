"""Due days against a table computed by hand from the State Council's notices."""

from datetime import date
from itertools import pairwise

import pytest

from generator.catalog import Facts, read_rows, reckon, rolls, settle
from generator.model import (
    Due,
    DueState,
    Exemption,
    ExemptionKind,
    Period,
    Row,
    Span,
    StepKind,
    Unit,
)
from generator.source import decode
from generator.source.dates import ReadPeriod, read_period
from tests.calendars import WORKDAYS


def row(every: str, due: str, extra: str = "") -> Row:
    text = (
        f"- category: 甲/乙\n  slug: a\n  class: 财\n  basis: [《条例》第二十六条]\n"
        f"  every: {every}\n  due: {due}\n{extra}"
    )
    source, _ = decode("content/catalog/a.yml", text.encode())
    assert source is not None
    rows, _, found = read_rows(source, standard=False)
    assert not found, found
    return rows[0]


def period(text: str) -> Period:
    read = read_period(text)
    assert isinstance(read, ReadPeriod)
    return read.period


def due(row: Row, facts: Facts, *exemptions: Exemption) -> Due:
    reckoned = reckon(row.due, facts, WORKDAYS, basis=row.basis, latest=row.latest)
    return settle(reckoned, rolls(row.due), exemptions, WORKDAYS)


W20 = "{within: 20 workdays, after: formed}"
D20 = "{within: 20 days, after: formed}"
END = "{within: 20 workdays, after: period_end}"
TABLE = [
    # over 中秋 and 国庆 2024, with their make-up days 09-14, 09-29 and 10-12
    ("event", W20, "2024-09-12", "2024-10-16"),
    # over 元旦 and 春节 2025: 01-26 is worked, 01-28 to 02-04 is off
    ("quarter", END, "2024-Q4", "2025-02-05"),
    ("event", W20, "2025-01-10", "2025-02-13"),
    ("event", "{within: 7 workdays, after: formed}", "2025-01-24", "2025-02-10"),
    ("quarter", END, "2025-Q1", "2025-04-28"),
    ("quarter", END, "2025-Q2", "2025-07-28"),
    # 国庆 2025 is off to 10-08, and 10-11 is worked
    ("quarter", END, "2025-Q3", "2025-11-04"),
    # over the year's end: 2026-01-01 to 03 off, Sunday 01-04 worked
    ("quarter", END, "2025-Q4", "2026-01-29"),
    # over 春节 2026: off 02-15 to 02-23, worked 02-14 and 02-28
    ("event", W20, "2026-01-20", "2026-02-24"),
    ("event", "{within: 7 workdays, after: formed}", "2026-02-12", "2026-02-28"),
    ("event", "{within: 10 workdays, after: formed}", "2026-02-13", "2026-03-05"),
    ("quarter", END, "2026-Q1", "2026-04-29"),
    ("half", END, "2026-H1", "2026-07-28"),
    ("month", END, "2026-09", "2026-11-03"),
    # over 中秋 and 国庆 2026
    ("event", W20, "2026-09-18", "2026-10-22"),
    ("event", "{within: 2 workdays, after: formed}", "2026-09-30", "2026-10-09"),
    ("event", "{within: 5 workdays, after: formed}", "2026-04-30", "2026-05-11"),
    ("event", "{within: 10 workdays, after: formed}", "2026-11-30", "2026-12-14"),
    # calendar days: the 20th day 02-24 is worked; the 20th day 02-21 is 春节, so it moves
    ("event", D20, "2026-02-04", "2026-02-24"),
    ("event", D20, "2026-02-01", "2026-02-24"),
    ("event", D20, "2026-09-12", "2026-10-08"),
    ("event", "{within: 20 days, after: formed, roll: none}", "2026-09-12", "2026-10-02"),
    ("event", "{within: 30 days, after: formed}", "2025-09-01", "2025-10-09"),
    ("event", "{within: 10 days, after: formed}", "2026-05-01", "2026-05-11"),
    ("event", "{within: 3 days, after: formed}", "2025-01-25", "2025-02-05"),
    # before the event, counting back over holidays
    ("event", "{before: 7 workdays, event: formed}", "2026-10-12", "2026-09-24"),
    ("event", "{before: 5 workdays, event: formed}", "2025-02-06", "2025-01-23"),
    ("event", "{before: 7 workdays, event: formed}", "2026-02-25", "2026-02-09"),
    # fixed days stand where they fall: 2026-01-31 is a Saturday
    ("year", "{on: 01-31}", "2025", "2026-01-31"),
    ("year", "{on: 01-31, roll: next}", "2025", "2026-02-02"),
    ("year", "{on: 06-30, year: same}", "2026", "2026-06-30"),
    ("quarter", "{on_day: 20, of: first_month_after}", "2026-Q3", "2026-10-20"),
    ("quarter", "{on_day: 20, of: first_month}", "2026-Q3", "2026-07-20"),
    ("month", "{on_day: 31, of: first_month_after}", "2026-01", "2026-02-28"),
    ("month", "{on_day: 10, of: first_month_after}", "2025-12", "2026-01-10"),
]


@pytest.mark.parametrize(("every", "rule", "start", "expected"), TABLE)
def test_the_due_day_is_the_one_computed_by_hand(
    every: str, rule: str, start: str, expected: str
) -> None:
    facts = Facts(formed=date.fromisoformat(start)) if every == "event" else Facts(period(start))
    found = due(row(every, rule), facts)
    assert found.day == date.fromisoformat(expected)
    assert found.state is DueState.FIXED


@pytest.mark.parametrize(("every", "rule", "start", "expected"), TABLE)
def test_the_trace_adds_up_to_the_due_day(every: str, rule: str, start: str, expected: str) -> None:
    facts = Facts(formed=date.fromisoformat(start)) if every == "event" else Facts(period(start))
    found = due(row(every, rule), facts)
    assert found.trace[0].step is StepKind.RULE and found.trace[0].source
    walked = [s.date for s in found.trace if s.step in (StepKind.COUNT, StepKind.SKIP) and s.date]
    assert all(abs((b - a).days) <= 1 for a, b in pairwise(walked))
    if walked:
        assert found.trace[-1].date == found.day


def test_a_deadline_into_an_unannounced_year_is_provisional() -> None:
    found = due(row("quarter", END), Facts(period("2026-Q4")))
    assert (found.day, found.state) == (date(2027, 1, 28), DueState.PROVISIONAL)
    assert found.trace[-1].step is StepKind.PROVISIONAL
    assert "2027" in found.trace[-1].text


def test_a_fixed_day_in_an_unannounced_year_stands() -> None:
    found = due(row("year", "{on: 01-31}"), Facts(period("2026")))
    assert (found.day, found.state) == (date(2027, 1, 31), DueState.FIXED)
    rolled = due(row("year", "{on: 01-31, roll: next}"), Facts(period("2026")))
    # 2027-01-31 is a Sunday: what it rolls over is not announced.
    assert (rolled.day, rolled.state) == (date(2027, 2, 1), DueState.PROVISIONAL)
    loose = "{within: 40 days, after: formed, roll: none}"
    free = due(row("event", loose), Facts(formed=date(2026, 12, 1)))
    assert (free.day, free.state) == (date(2027, 1, 10), DueState.FIXED)


def test_without_its_event_a_slot_waits_or_falls_on_its_latest_day() -> None:
    assert due(row("year", D20), Facts(period("2026"))).state is DueState.WAITING
    latest = row("year", D20, "  latest: {on: 03-20, year: same}\n")
    found = due(latest, Facts(period("2026")))
    assert (found.day, found.state) == (date(2026, 3, 20), DueState.FIXED)
    assert due(latest, Facts(period("2026"), formed=date(2026, 1, 20))).day == date(2026, 2, 9)


def extend(by: str, on: str) -> Exemption:
    count, unit = by.split()
    return Exemption(
        ExemptionKind.EXTEND,
        "a.yml",
        1,
        on=date.fromisoformat(on),
        by=Span(int(count), Unit(unit)),
        document=f"文件{on}",
    )


def test_extensions_add_up_in_the_order_of_their_documents() -> None:
    facts = Facts(period("2026-Q3"))
    found = due(
        row("quarter", END),
        facts,
        extend("5 workdays", "2026-11-09"),
        extend("5 workdays", "2026-11-02"),
    )
    # 11-03 + 5 = 11-10, in time for the second document, + 5 = 11-17
    assert found.day == date(2026, 11, 17)
    assert found.document == "文件2026-11-09"


def test_an_extension_by_days_rolls_like_any_other_day() -> None:
    found = due(row("quarter", END), Facts(period("2026-Q3")), extend("4 days", "2026-11-02"))
    assert found.day == date(2026, 11, 9)  # 11-07 is a Saturday


def test_a_document_after_the_due_day_changes_nothing() -> None:
    late = extend("5 workdays", "2026-11-04")
    found = due(row("quarter", END), Facts(period("2026-Q3")), late)
    assert (found.day, found.late) == (date(2026, 11, 3), (late,))


def test_a_suspension_moves_the_day_to_its_end_unless_that_is_earlier() -> None:
    facts = Facts(period("2026-Q3"))
    for until, expected in (("2026-12-01", "2026-12-01"), ("2026-10-20", "2026-11-03")):
        suspend = Exemption(
            ExemptionKind.SUSPEND,
            "a.yml",
            1,
            on=date(2026, 10, 9),
            until=date.fromisoformat(until),
            document="文件",
        )
        assert due(row("quarter", END), facts, suspend).day == date.fromisoformat(expected)


MISFITS = [
    ("event", "{on: 01-31}"),
    ("event", "{within: 5 days, after: period_end}"),
    ("standing", W20),
    ("quarter", "standing"),
    ("quarter", "promptly"),
    ("event", "{on_day: 20, of: first_month}"),
    ("quarter", "{within: 5 days, after: stage}"),
    ("year", "{on: 02-29}"),
    ("standing", "{before: 5 workdays, event: formed}"),
    ("quarter", "soon"),
    ("quarter", "{every: 5}"),
]


@pytest.mark.parametrize(("every", "rule"), MISFITS)
def test_a_due_form_that_does_not_go_with_its_every_is_a_catalogue_error(
    every: str, rule: str
) -> None:
    text = f"- category: 甲/乙\n  slug: a\n  class: 财\n  basis: [条例]\n  every: {every}\n  due: {rule}\n"
    source, _ = decode("content/catalog/a.yml", text.encode())
    assert source is not None
    rows, _, found = read_rows(source, standard=False)
    assert rows == ()
    assert "C205" in {d.rule.code for d in found}
    assert all(d.place.line in (1, 6) for d in found)
