"""公开栏: the week's A4 sheets of a body's notice board, each item with a code to scan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from generator.model import Department, Item, Slot, State, Status
from generator.outputs.paper.sheet import (
    Week,
    check_url,
    code,
    head_of,
    number,
    printed,
)
from generator.render.addresses import public_url
from generator.render.department.office import Office
from generator.render.publication import listed_day
from generator.render.words import Badge, evidence_short, public_word
from generator.render.world import World

LARGE = 4
"""Items that one sheet shows large, one below the other."""
FIRST, FIRST_OWING, FURTHER = 10, 8, 14
"""Items on a sheet in two columns: the first, which carries the word box; the first where it
also tells what is owed; the others."""
_DEBTS = 4
"""Debts that the sheet names; the rest are counted."""
_SAID = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One item on the sheet."""

    number: int
    title: str
    said: str
    """A sentence, shown where there is room."""
    badge: Badge | None
    word: str
    """When it became public, or until when it is on show."""
    evidence: str
    """How that is known, or who hears objections."""
    code: Markup


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page."""

    number: str
    place: int
    """From 1."""
    entries: tuple[Entry, ...]
    large: bool


@dataclass(frozen=True, slots=True)
class Debt:
    """A slot that is owed."""

    name: str
    due: str
    badge: Badge
    section: str | None


def board(world: World, department: Department, week: Week) -> str:
    """The sheets' HTML, self-contained; every page is one A4.

    On them stand the 公示 that run in the week, then what became public from the Monday before
    it to the ledger's day, 补录 left out; debts on the first sheet. A withdrawn or expired item
    stands on none.
    """
    office = Office(world, department)
    head = head_of(world, department.folder)
    shown = _shown(office, week)
    entries = tuple(_entry(office, item, week, n) for n, item in enumerate(shown, 1))
    debts = () if office.trial else tuple(_debts(office))
    this_week = tuple(_this_week(office, week))
    first = FIRST_OWING if debts or this_week else FIRST
    sheets = tuple(
        Sheet(number(department, week, n), n, part, len(entries) <= LARGE)
        for n, part in enumerate(_parts(entries, first), 1)
    )
    site = world.repository.site
    return printed(
        "board",
        f"公开栏 {week.year} 年第 {week.number} 周 - {department.name}",
        department=department,
        site=site,
        week=week,
        sheets=sheets,
        as_of=world.ledger.as_of,
        debts=debts[:_DEBTS],
        owed=len(debts),
        this_week=this_week,
        head=head,
        matrix=public_url(site, department.folder, "matrix.html"),
        home=code(public_url(site, department.folder, "index.html")),
        url=public_url(site, department.folder, ""),
    )


def _shown(office: Office, week: Week) -> tuple[Item, ...]:
    open_: list[Item] = []
    new: list[Item] = []
    last = min(office.world.ledger.as_of, week.sunday)
    for item in office.items:
        if office.state(item) is not State.PUBLIC or item.imported is not None:
            continue
        day = listed_day(item, office.public[item.id])
        if item.notice is not None and runs(item, week) and day <= last:
            open_.append(item)
        elif week.monday - timedelta(days=7) <= day <= last:
            new.append(item)
    open_.sort(key=lambda item: (item.notice.last if item.notice else last, item.id))
    # Newest first already; what is not confirmed yet comes after what is.
    judged = office.site.judge.from_
    new.sort(key=lambda item: (known := office.public[item.id]) is None or known.grade != judged)
    return (*open_, *new)


def runs(item: Item, week: Week) -> bool:
    """Whether the item's 公示 is on show on some day of the week."""
    notice = item.notice
    return notice is not None and notice.first <= week.sunday and notice.last >= week.monday


def _entry(office: Office, item: Item, week: Week, place: int) -> Entry:
    world = office.world
    public = office.public[item.id]
    if runs(item, week) and item.notice is not None:
        until = item.notice.last
        badge: Badge | None = None
        word, proof = f"公示到 {_day(until, week)}，", f"有意见找 {item.notice.contact}"
    else:
        badge = office.item_badge(item)
        word = f"{_day(public.date, week)} {public_word(public)}" if public else ""
        proof = evidence_short(public)
    plain = " ".join(world.articles[item.id].plain.split())
    text = item.summary or plain
    said = text if len(text) <= _SAID else text[: _SAID - 1] + "…"
    head = head_of(world, office.department.folder)
    return Entry(place, item.title, said, badge, word, proof, code(check_url(world, item, head)))


def _day(day: date, week: Week) -> str:
    iso = day.isoformat()
    return iso[5:] if day.year == week.year else iso


def _parts(entries: Sequence[Entry], first: int) -> Iterator[tuple[Entry, ...]]:
    yield tuple(entries[:first])
    for at in range(first, len(entries), FURTHER):
        yield tuple(entries[at : at + FURTHER])


def _debts(office: Office) -> Iterator[Debt]:
    """What is overdue, the longest first."""
    owed = [slot for slot in office.slots if slot.status is Status.MISS]
    for slot in sorted(owed, key=lambda slot: (slot.due.day or date.max, slot.key)):
        yield _debt(office, slot)


def _debt(office: Office, slot: Slot) -> Debt:
    due = slot.due.day.isoformat() if slot.due.day else ""
    return Debt(slot.name, due, office.badge(slot), slot.section)


def _this_week(office: Office, week: Week) -> Iterator[str]:
    """What falls due in the week and is not there yet."""
    waiting = [
        slot
        for slot in office.slots
        if slot.status in (Status.OPEN, Status.SOON)
        and slot.due.day is not None
        and week.monday <= slot.due.day <= week.sunday
    ]
    for slot in sorted(waiting, key=lambda slot: (slot.due.day or date.max, slot.key)):
        assert slot.due.day is not None
        yield f"{slot.name}（{_day(slot.due.day, week)} 前）"
