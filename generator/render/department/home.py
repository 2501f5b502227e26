"""A department's home: who it is, the basic eight, the latest, its rates, what is due next."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Class, Item, Line, Rates, Slot, State, Status
from generator.render.addresses import class_list, item_page, landing_page, row_page
from generator.render.department.entries import due_entry, item_entry
from generator.render.department.lists import ORDER
from generator.render.department.office import Office, column_meta
from generator.render.department.slots import title_of
from generator.render.page import Page
from generator.render.parts import Entry
from generator.render.words import CLASS_NAMES, Badge, Day, Text

EIGHT = (
    ("organs", "办事机构"),
    ("duties", "职责范围"),
    ("procedures", "办事程序"),
    ("rules", "制度"),
    ("results", "结果"),
    ("legal-basis", "政策依据"),
    ("discipline", "工作纪律"),
    ("accountability", "违纪处理办法"),
)
"""The basic set that the founding texts name, by catalogue slug."""

NEXT, LATEST = 5, 3
_SHOWN = (
    Status.OK, Status.NIL, Status.LATE, Status.PART, Status.MISS, Status.DOUBT, Status.HELD,
    Status.NA, Status.SHOWN, Status.OPEN, Status.SOON,
)  # fmt: skip
_ZI = {Class.PEOPLE: "人", Class.MONEY: "财", Class.GOODS: "物", Class.CASES: "案",
       Class.VILLAGE: "村", Class.BASIC: "基"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the eight."""

    name: str
    href: str | None
    badge: Badge
    note: Text


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest items of a class."""

    zi: str
    name: str
    href: str
    total: int
    entries: tuple[Entry, ...]


def pages(office: Office) -> Iterator[Page]:
    """The home page alone."""
    department = office.department
    tiles = tuple(_tile(office, slug, name) for slug, name in EIGHT)
    rates = _rates(office)
    description = f"{department.name}的政务公开：公开内容、公开期限、办事指南、权责清单"
    page = office.page(
        "index.html",
        department.name,
        "index",
        column="首页",
        values={
            "tiles": tiles,
            "tiles_done": sum(tile.badge.kind == "ok" for tile in tiles),
            "latest": _latest(office),
            "rates": rates,
            "bar": _bar(rates) if rates else (),
            "counts": _counts(rates) if rates else (),
            "aside": _aside(office),
            "short": _short(office),
            "next": _next(office),
            "head": _head(office),
            "year": office.world.ledger.as_of.year,
            "old": _old(office),
        },
        description=description,
        meta=column_meta(department.name, "机构职能", description, "政务公开", "信息公开"),
    )
    yield page


def _aside(office: Office) -> tuple[tuple[str, int, str], ...]:
    """What the rates leave out, because nothing proves when it came: name, number and unit."""
    imported = sum(item.imported is not None for item in office.items)
    doubt = sum(slot.status is Status.DOUBT for slot in office.slots)
    found = (("补录", imported, "件"), ("时间未经证实", doubt, "期"))
    return tuple(each for each in found if each[1])


def _tile(office: Office, slug: str, name: str) -> Tile:
    slots = office.slots_by_row.get(slug, ())
    if not slots:
        return Tile(name, None, Badge("na", "不适用"), ("公开目录没有要求本机关公开这一项",))
    filled = [slot for slot in slots if slot.item is not None]
    slot = filled[-1] if filled and slots[-1].row.every.periodic else slots[-1]
    if slot.item is None:
        when: Text = ("，应于 ", Day(slot.due.day)) if slot.due.day else ()
        return Tile(name, landing_page(slot), office.still(slot), ("还没有公开", *when))
    count = len(filled)
    note = f"{count} 期，最近 " if slot.row.every.periodic else ""
    public = office.public[slot.item.id]
    updated = office.lines.get(slot.item.id)
    day = updated[-1].at.date() if updated else (public.date if public else None)
    when = (note, Day(day), " 更新") if day else (note, "时间未经证实")
    done = office.still(slot) if slot.status is Status.PART else Badge("ok", "已公开")
    href = row_page(slug) if count > 1 else item_page(slot.item)
    return Tile(name, href, done, when)


def _latest(office: Office) -> tuple[Latest, ...]:
    found: dict[Class, list[Item]] = {}
    for item in office.items:
        row = office.row_of(item)
        if row is not None:
            found.setdefault(row.class_, []).append(item)
    year = office.world.ledger.as_of.year
    shown = []
    for class_ in ORDER:
        items = found.get(class_, [])
        if items:
            newest = max(item.year for item in items)
            live = [i for i in items if i.imported is None and office.state(i) is State.PUBLIC]
            entries = tuple(item_entry(office, item, year) for item in live[:LATEST])
            href = class_list(class_, newest)
            shown.append(Latest(_ZI[class_], CLASS_NAMES[class_], href, len(items), entries))
    return tuple(shown)


def _rates(office: Office) -> Rates | None:
    for rates in office.world.ledger.rates:
        if rates.department == office.department.folder and not office.trial:
            return rates
    return None


def _counts(rates: Rates) -> tuple[tuple[Status, int], ...]:
    """Counts in the order of the formula, then what it leaves out."""
    return tuple((status, rates.counts[status]) for status in _SHOWN if rates.counts.get(status))


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the bar: where it begins, how long it is."""

    kind: str
    start: int
    width: int


def _bar(rates: Rates) -> tuple[Part, ...]:
    counts = rates.counts
    met = counts.get(Status.OK, 0) + counts.get(Status.NIL, 0)
    partly = counts.get(Status.LATE, 0) + counts.get(Status.PART, 0)
    missed = counts.get(Status.MISS, 0)
    parts = (Part("ok", 0, met), Part("warn", met, partly), Part("miss", met + partly, missed))
    return tuple(part for part in parts if part.width)


@dataclass(frozen=True, slots=True)
class Short:
    """What was not met, by kind: the fact, how many, which."""

    name: str
    href: str
    count: int
    which: str


def _short(office: Office) -> tuple[Short, ...]:
    if office.trial:
        return ()
    kinds = (
        ("逾期未公开", "miss", Status.MISS),
        ("滞后公开", "late", Status.LATE),
        ("要素不全", "part", Status.PART),
    )
    since = office.world.ledger.judge.since
    found = []
    for name, anchor, status in kinds:
        slots = [s for s in office.slots if s.status is status and s.due.day and s.due.day >= since]
        which = "；".join(_which(slot) for slot in slots[:3])
        more = f"等 {len(slots)} 项" if len(slots) > 3 else ""
        found.append(Short(name, f"matrix.html#{anchor}", len(slots), which + more))
    return tuple(found)


def _which(slot: Slot) -> str:
    if slot.status is Status.PART:
        return f"{title_of(slot)}缺{'、'.join(slot.missing)}"
    return title_of(slot)


def _next(office: Office) -> tuple[Entry, ...]:
    as_of = office.world.ledger.as_of
    coming = [
        (slot.due.day, slot)
        for slot in office.slots
        if slot.status in (Status.OPEN, Status.SOON) and slot.due.day and slot.due.day >= as_of
    ]
    coming.sort(key=lambda pair: (pair[0], pair[1].key))
    return tuple(due_entry(office, slot, title_of(slot)) for _, slot in coming[:NEXT])


def _head(office: Office) -> Line | None:
    as_of = office.world.ledger.as_of
    lines = office.world.evidence.lines.get(office.department.folder, ())
    return next((line for line in reversed(lines) if line.at.date() <= as_of), None)


def _old(office: Office) -> tuple[Entry, ...]:
    imported = [item for item in office.items if item.imported is not None]
    return tuple(item_entry(office, item) for item in imported[:LATEST])
