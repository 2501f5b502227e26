"""公开期限: obligations by months of a year as cells; on phones a list, debts first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.model import MONTHS, Every, Row, Slot, Status
from generator.render.addresses import landing_page, row_page
from generator.render.department.account import accounts, exemptions, gap_words, slot_entry
from generator.render.department.entries import due_entry
from generator.render.department.lists import ORDER
from generator.render.department.office import Office
from generator.render.department.slots import title_of
from generator.render.page import Page
from generator.render.parts import Entry, Tab
from generator.render.words import CLASS_NAMES, EVERY, Badge

WORST = (
    Status.MISS, Status.LATE, Status.PART, Status.SOON, Status.DOUBT, Status.HELD,
    Status.OPEN, Status.SHOWN, Status.NIL, Status.OK, Status.NA,
)  # fmt: skip
"""A cell that holds several slots shows the worst of them."""


@dataclass(frozen=True, slots=True)
class Square:
    """One cell: how many months it spans, and what stands in it."""

    span: int
    kind: str
    """Machine word of a status, or `none`."""
    word: str
    detail: str
    spoken: str
    """The whole for a screen reader."""
    href: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One obligation."""

    name: str
    note: str
    href: str
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """The obligations of a class."""

    zi: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """What is due in a month, for phones."""

    id: str
    title: str
    summary: str
    entries: tuple[Entry, ...]
    open: bool


def pages(office: Office) -> Iterator[Page]:
    """The matrix of this year, then earlier years' ones."""
    now = office.world.ledger.as_of.year
    years = sorted({year for slot in office.slots for year in _years(slot)} | {now}, reverse=True)
    years = [year for year in years if year <= now]
    for year in years:
        yield _page(office, year, tuple(years))


def address(year: int, now: int) -> str:
    """Where a year's matrix lies."""
    return "matrix.html" if year == now else f"matrix-{year}.html"


def _years(slot: Slot) -> tuple[int, ...]:
    if slot.period is not None:
        return (slot.period.year,)
    day = _event_day(slot)
    return (day.year,) if day is not None else ()


def _event_day(slot: Slot) -> date | None:
    """In which month an event's slot stands: when it is due, else when it happened."""
    if slot.due.day is not None:
        return slot.due.day
    if slot.event_date is not None:
        return slot.event_date
    return slot.public.date if slot.public is not None else None


def _page(office: Office, year: int, years: tuple[int, ...]) -> Page:
    ledger = office.world.ledger
    now = ledger.as_of.year
    current = year == now
    owed = [s for s in office.slots if s.status is Status.MISS and not office.trial]
    owed.sort(key=lambda s: (s.due.day or date.min, s.key))
    rates = next((r for r in ledger.rates if r.department == office.department.folder), None)
    title = f"{year}年公开期限"
    return office.page(
        address(year, now),
        title,
        "matrix",
        column="公开台账",
        here="公开期限" if current else f"{year}年",
        values={
            "title": title,
            "year": year,
            "current": current,
            "month": ledger.as_of.month if current else 0,
            "tabs": tuple(Tab(f"{y}年", None if y == year else address(y, now)) for y in years),
            "owed": tuple(due_entry(office, slot, title_of(slot)) for slot in owed),
            "rates": rates if current and not office.trial else None,
            "bands": bands(office, year),
            "months": _months(office, year),
            "sections": accounts(office) if current else (),
            "gaps": tuple(g for g in ledger.gaps if g.department == office.department.folder),
            "gap_words": gap_words,
            "exemptions": exemptions(office) if current else (),
        },
        description=f"{office.department.name}{year}年应当公开的事项、期限和状态",
        meta=(("ColumnName", "公开期限"), ("ColumnType", "信息公开目录")),
    )


def bands(office: Office, year: int) -> tuple[Band, ...]:
    """A year's table: the body's obligations by class, each with its twelve months."""
    bands = []
    for class_ in ORDER:
        lines = []
        for slots in office.slots_by_row.values():
            row = slots[-1].row
            if row.class_ is not class_:
                continue
            if row.every is Every.STANDING:
                mine = list(slots) if year == office.world.ledger.as_of.year else []
            else:
                mine = [slot for slot in slots if year in _years(slot)]
            if mine:
                lines.append(_line(office, row, mine))
        if lines:
            bands.append(Band(class_.value[0], CLASS_NAMES[class_], tuple(lines)))
    return tuple(bands)


def _line(office: Office, row: Row, slots: list[Slot]) -> Line:
    squares: list[Square] = []
    if row.every is Every.STANDING:
        squares.append(_square(office, row, slots, 12, "长期"))
    else:
        span = MONTHS.get(row.every, 1)
        for first in range(1, 13, span):
            months = range(first, first + span)
            mine = [slot for slot in slots if _month(slot) in months]
            squares.append(_square(office, row, mine, span, _label(row, first, mine)))
    return Line(row.name, EVERY[row.every], row_page(row.slug), tuple(squares))


def _month(slot: Slot) -> int:
    if slot.period is not None:
        return slot.period.first.month
    day = _event_day(slot)
    return day.month if day is not None else 0


def _label(row: Row, first: int, slots: list[Slot]) -> str:
    if slots and slots[0].period is not None:
        return slots[0].period.label
    return f"{first}月"


def _square(office: Office, row: Row, slots: list[Slot], span: int, label: str) -> Square:
    if not slots:
        none = "本月无此事项" if span == 1 else "本期不要求公开"
        return Square(span, "none", "", "", none, None)
    name = f"{row.name} {label}"
    if len(slots) == 1 and (row.every.periodic or row.every is Every.STANDING):
        slot = slots[0]
        badge = office.badge(slot)
        detail = _detail(slot)
        spoken = f"{name}：{badge.word}{f'，{_spoken(slot)}' if _spoken(slot) else ''}。"
        word = badge.tight if badge.kind != "soon" else "临期"
        return Square(span, badge.kind, word, detail, spoken, landing_page(slot))
    badges = [office.badge(slot) for slot in slots]
    worst = min(badges, key=lambda badge: rank(badge))
    met = sum(badge.kind in ("ok", "nil") for badge in badges)
    judged = sum(badge.kind not in ("shown", "na", "open") for badge in badges)
    detail = f"{met}/{judged}" if judged else f"{len(slots)} 件"
    # What lags by how much differs from item to item: the cell says the kind only.
    word = _plain(worst)
    spoken = f"{name}：{len(slots)} 件，{word}{f'，按时 {met}/{judged}' if judged else ''}。"
    href = landing_page(slots[0]) if len(slots) == 1 else row_page(row.slug)
    return Square(span, worst.kind, word, detail, spoken, href)


def rank(badge: Badge) -> int:
    """Where a status stands, the worst first."""
    return WORST.index(Status(badge.kind))


def _plain(badge: Badge) -> str:
    word = Status(badge.kind).word
    return "还没有公开" if badge.kind == "open" and badge.word == "还没有公开" else word


def _detail(slot: Slot) -> str:
    day = slot.public.date if slot.public is not None else slot.due.day
    if slot.status is Status.NA:
        return slot.reason or ""
    if day is None:
        return "等起算日" if slot.due.state.value == "waiting" else ""
    provisional = slot.public is None and slot.due.state.value == "provisional"
    year = slot.period.year if slot.period is not None else day.year
    text = day.isoformat()[5:] if day.year == year else day.isoformat()
    return f"{text} 暂定" if provisional else text


def _spoken(slot: Slot) -> str:
    due = f"应于 {slot.due.day.isoformat()}" if slot.due.day else ""
    done = f"公开于 {slot.public.date.isoformat()}" if slot.public is not None else ""
    return "，".join(part for part in (due, done) if part)


def _months(office: Office, year: int) -> tuple[Month, ...]:
    """What this month brings and after, then the months that are over, newest first."""
    as_of = office.world.ledger.as_of
    found: dict[tuple[int, int], list[Slot]] = {}
    for slot in office.slots:
        if year in _years(slot) and slot.row.every is not Every.STANDING:
            day = slot.due.day or _event_day(slot)
            if day is not None:
                found.setdefault((day.year, day.month), []).append(slot)
    here = (as_of.year, as_of.month)
    coming = sorted(month for month in found if month >= here)
    over = sorted((month for month in found if month < here), reverse=True)
    # Past months come after future ones: with two years in the list, each says its own.
    dated = len({year for year, _ in found}) > 1
    return tuple(
        _one_month(office, month, found[month], dated=dated, now=month == here)
        for month in (*coming, *over)
    )


def _one_month(
    office: Office, month: tuple[int, int], slots: list[Slot], *, dated: bool, now: bool
) -> Month:
    name = f"{month[0]}年{month[1]}月" if dated else f"{month[1]}月"
    counts: dict[str, int] = {}
    for slot in sorted(slots, key=lambda slot: rank(office.badge(slot))):
        word = _plain(office.badge(slot))
        counts[word] = counts.get(word, 0) + 1
    summary = "，".join(f"{word} {count}" for word, count in counts.items())
    ordered = sorted(slots, key=lambda s: (rank(office.badge(s)), s.due.day or date.max, s.key))
    return Month(
        id=f"l-{month[0]}-{month[1]:02d}",
        title=f"{name}，本月" if now else name,
        summary=f"{len(slots)} 项：{summary}",
        entries=tuple(slot_entry(office, slot) for slot in ordered),
        open=now,
    )
