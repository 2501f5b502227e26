"""公开期限 of all bodies: bodies by months, then each body's obligations by periods."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Slot, Status
from generator.render.department.matrix import Band, Square, bands, rank
from generator.render.department.office import Office
from generator.render.page import Crumb, Page
from generator.render.parts import Entry
from generator.render.portal.entries import slot_entry
from generator.render.portal.hall import Hall
from generator.render.words import Badge

FULL_UP_TO = 8
"""With more bodies their own tables stand on their own pages: all in one would weigh megabytes."""

OWED = 50
_ASIDE = (Status.NA, Status.HELD, Status.SHOWN, Status.DOUBT)
_JUDGED = (Status.OK, Status.NIL, Status.LATE, Status.PART, Status.MISS)


@dataclass(frozen=True, slots=True)
class Row:
    """One body's year: what fell due in each month."""

    name: str
    href: str
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One body's own table."""

    id: str
    name: str
    href: str
    said: str
    bands: tuple[Band, ...]


def pages(hall: Hall) -> Iterator[Page]:
    """The one page, for the year of the ledger."""
    year = hall.as_of.year
    full = len(hall.offices) <= FULL_UP_TO
    offices = tuple(hall.offices.values())
    yield hall.page(
        "matrix.html",
        f"{year}年公开期限",
        template="matrix",
        column="公开台账",
        kind="信息公开目录",
        description=f"{hall.site.region}各机关{year}年每个月到期的事项、期限和状态",
        keywords=("公开期限", f"{year}年"),
        crumbs=(Crumb("公开台账", "ledger.html"),),
        values={
            "year": year,
            "month": hall.as_of.month,
            "rows": tuple(_row(hall, office, full) for office in offices),
            "owed": tuple(slot_entry(hall, slot, year) for slot in hall.owed[:OWED]),
            "owed_total": len(hall.owed),
            "bodies": tuple(_entry(hall, office) for office in offices),
            "sections": tuple(_section(hall, office, year) for office in offices) if full else (),
        },
    )


def _due(hall: Hall, office: Office, month: int | None = None) -> tuple[Slot, ...]:
    """What falls due in the year, or in one month of it."""
    return tuple(
        slot
        for slot in office.slots
        if slot.due.day is not None
        and slot.due.day.year == hall.as_of.year
        and month in (None, slot.due.day.month)
        and slot.status not in _ASIDE
    )


def _row(hall: Hall, office: Office, full: bool) -> Row:
    folder = office.department.folder
    target = f"#b-{folder}" if full else f"{folder}/matrix.html"
    squares = tuple(_square(hall, office, month, target) for month in range(1, 13))
    return Row(office.department.name, f"{folder}/matrix.html", squares)


def _square(hall: Hall, office: Office, month: int, target: str) -> Square:
    slots = _due(hall, office, month)
    name = f"{office.department.name} {month}月"
    if not slots:
        return Square(1, "none", "", "", f"{name}：没有到期的", None)
    count = f"{len(slots)} 期"
    if hall.trial:
        return Square(1, "open", "到期", count, f"{name}：到期 {count}。", target)
    met, judged = _met(slots)
    waiting = len(slots) - judged
    seen = [
        slot for slot in slots if slot.status in _JUDGED or slot.status is Status.SOON or not judged
    ]
    worst = min((office.badge(slot) for slot in seen), key=rank)
    kind = "ok" if worst.kind == Status.NIL else worst.kind
    word = Status(kind).word
    if not judged:
        return Square(1, kind, word, count, f"{name}：到期 {count}，{word}。", target)
    share = f"{met}/{judged}"
    rest = f"，还没有到期 {waiting} 期" if waiting else ""
    spoken = f"{name}：{_least(kind, word)}按时 {share}{rest}。"
    detail = f"{share} 余{waiting}" if waiting else share
    return Square(1, kind, word, detail, spoken, target)


def _least(kind: str, word: str) -> str:
    return "" if kind == Status.OK else f"有{word}的，"


def _met(slots: tuple[Slot, ...]) -> tuple[int, int]:
    met = sum(slot.status in (Status.OK, Status.NIL) for slot in slots)
    return met, sum(slot.status in _JUDGED for slot in slots)


def _said(hall: Hall, office: Office) -> str:
    rates = hall.rates.get(office.department.folder)
    if rates is None:
        return f"今年到期 {len(_due(hall, office))} 期"
    owed = rates.counts.get(Status.MISS, 0)
    return f"应公开 {rates.on_time.under}，按时 {rates.on_time.over}，欠 {owed}"


def _entry(hall: Hall, office: Office) -> Entry:
    badges = [office.badge(slot) for slot in _due(hall, office)]
    worst = min(badges, key=rank, default=None)
    badge = None if worst is None or hall.trial else Badge(worst.kind, Status(worst.kind).word)
    href = f"{office.department.folder}/matrix.html"
    return Entry(office.department.name, href, (_said(hall, office),), badge)


def _section(hall: Hall, office: Office, year: int) -> Section:
    folder = office.department.folder
    name = office.department.name
    said = _said(hall, office)
    return Section(f"b-{folder}", name, f"{folder}/matrix.html", said, bands(office, year))
