"""公开台账: who owes what, what is due, what came late, the rates, and what is not counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from generator.model import DueState, Rates, Slot, Status
from generator.render.department.office import Office
from generator.render.page import Page
from generator.render.portal.entries import due_today, slot_entry
from generator.render.portal.hall import Hall, home_of
from generator.render.portal.home import unread
from generator.render.words import Badge

OWED, LATE, WEEK = 50, 50, 50
"""Lines shown of each list; the rest stand on the bodies' own pages, counted by body."""


@dataclass(frozen=True, slots=True)
class Account:
    """One body's line of the table."""

    office: Office
    href: str
    rates: Rates
    late: int
    partly: int
    owed: int
    doubt: int


@dataclass(frozen=True, slots=True)
class Rest:
    """A body under which the lines left out stand."""

    name: str
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class Aside:
    """One kind of slot that the rates leave out."""

    badge: Badge
    count: int
    why: str


def pages(hall: Hall) -> Iterator[Page]:
    """The ledger's first page."""
    today = hall.due_between(hall.as_of, hall.as_of)
    sunday = hall.as_of + timedelta(days=6 - hall.as_of.weekday())
    week = hall.due_between(hall.as_of + timedelta(days=1), sunday)
    year = hall.as_of.year
    said = (
        f"{hall.site.region}各机关应当公开的每一期：公开了没有，"
        f"{'凭什么知道' if hall.trial else '按时没有，欠不欠，凭什么知道'}"
    )
    yield hall.page(
        "ledger.html",
        "公开台账",
        column="公开台账",
        kind="信息公开目录",
        description=said,
        keywords=("公开台账", "公开期限") if hall.trial else ("公开台账", "逾期未公开", "按时率"),
        values={
            "today": tuple(due_today(hall, slot) for slot in today),
            "today_done": sum(slot.item is not None for slot in today),
            "week": tuple(slot_entry(hall, slot, year) for slot in week[:WEEK]),
            "week_total": len(week),
            "sunday": sunday,
            "owed": tuple(slot_entry(hall, slot, year) for slot in hall.owed[:OWED]),
            "owed_rest": _rest(hall, hall.owed, OWED, "miss"),
            "late": tuple(slot_entry(hall, slot, year) for slot in hall.late[:LATE]),
            "late_rest": _rest(hall, hall.late, LATE, "late"),
            "late_median": median_late(hall.late),
            "missed": hall.count(Status.MISS),
            "partly": hall.count(Status.PART),
            "accounts": _accounts(hall),
            "tried": _tried(hall),
            "asides": _asides(hall),
            "unread": unread(hall),
            "gaps": sum(len(gap.numbers) for gap in hall.ledger.gaps),
        },
    )


def median_late(slots: tuple[Slot, ...]) -> str:
    """The median lateness in working days, `2` or `2.5`; empty where none is known."""
    days = [slot.workdays_late for slot in slots if slot.workdays_late is not None]
    return f"{median(days):g}" if days else ""


def _rest(hall: Hall, slots: tuple[Slot, ...], shown: int, anchor: str) -> tuple[Rest, ...]:
    """Where all of them stand, by body, when the list is cut."""
    if len(slots) <= shown:
        return ()
    counts: dict[str, int] = {}
    for slot in slots:
        counts[slot.department.folder] = counts.get(slot.department.folder, 0) + 1
    return tuple(
        Rest(office.department.name, f"{folder}/matrix.html#{anchor}", counts[folder])
        for folder, office in hall.offices.items()
        if folder in counts
    )


def _accounts(hall: Hall) -> tuple[Account, ...]:
    """In the configured order: the table is no league."""
    return tuple(
        Account(
            office,
            home_of(office.department),
            rates,
            rates.counts.get(Status.LATE, 0),
            rates.counts.get(Status.PART, 0),
            rates.counts.get(Status.MISS, 0),
            rates.counts.get(Status.DOUBT, 0),
        )
        for folder, office in hall.offices.items()
        if (rates := hall.rates.get(folder)) is not None
    )


def _tried(hall: Hall) -> tuple[tuple[str, str, int, int], ...]:
    """On trial: body, its matrix, how much falls due in the year, how much of it is public."""
    shown = []
    for folder, office in hall.offices.items():
        due = [
            slot
            for slot in office.slots
            if slot.due.day
            and slot.due.day.year == hall.as_of.year
            and slot.status is not Status.NA
        ]
        filled = sum(slot.item is not None for slot in due)
        shown.append((office.department.name, f"{folder}/matrix.html", len(due), filled))
    return tuple(shown)


def _asides(hall: Hall) -> tuple[Aside, ...]:
    counts: dict[Status, int] = {}
    timeless = extended = 0
    for slot in hall.ledger.slots:
        counts[slot.status] = counts.get(slot.status, 0) + 1
        waiting = slot.status is Status.OPEN and slot.due.state in (DueState.NONE, DueState.WAITING)
        timeless += waiting
        extended += slot.status in (Status.OPEN, Status.SOON) and slot.due.document is not None
    kinds: tuple[tuple[Status, str], ...] = (
        (Status.NA, "经批准不适用本机关，或者公开目录写明除外，理由公开"),
        (Status.HELD, "经批准推迟，有文号和日期"),
        (Status.DOUBT, "没有可用的凭据，既不算按时，也不算滞后"),
        (Status.SHOWN, "没有规定期限，或者期限在起算日以前，只展示，不作时限判断"),
    )
    if hall.trial:
        # What is public then shows as such, whenever it came.
        kinds = kinds[:2]
    found = [Aside(Badge(s.value, s.word), counts[s], why) for s, why in kinds if counts.get(s)]
    if extended:
        why = "经批准延长，新的期限还没有到"
        found.append(Aside(Badge("open", "延长"), extended, why))
    if timeless:
        why = "还没有公开，起算的日子也还没有到"
        found.append(Aside(Badge("open", "未定期限"), timeless, why))
    return tuple(found)
