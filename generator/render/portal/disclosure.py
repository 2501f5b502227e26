"""法定主动公开: by 人财物案 and by 领域, every duty with the bodies that owe it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from generator.model import Class, Every, Item, Period, Row
from generator.render.addresses import row_page
from generator.render.department.lists import ORDER
from generator.render.department.office import Office
from generator.render.department.slots import title_of
from generator.render.page import Page
from generator.render.parts import Entry, Tab
from generator.render.portal.entries import item_entry, when
from generator.render.portal.hall import Hall, limit
from generator.render.portal.years import BACK, class_address, filed_by_year, year_page
from generator.render.publication import listed_day
from generator.render.words import CLASS_NAMES, CLASS_SLUGS, evidence_short

FOLD_ABOVE = 12
"""With more bodies under a duty they are folded away."""

_ZI = {Class.PEOPLE: "人", Class.MONEY: "财", Class.GOODS: "物", Class.CASES: "案",
       Class.VILLAGE: "村", Class.BASIC: "基"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duty:
    """One row of the catalogue with whose it is."""

    id: str
    name: str
    said: str
    also: str
    entries: tuple[Entry, ...]
    fold: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A class or a field on the index."""

    zi: str
    name: str
    href: str
    said: str


def pages(hall: Hall) -> Iterator[Page]:
    """The index, a page and years for each class, a page for each field."""
    yield _index(hall)
    years = filed_by_year(hall)
    for class_ in classes_of(hall):
        yield _class(hall, class_, tuple(years.get(class_, {})))
        for year, shelves in years.get(class_, {}).items():
            yield year_page(hall, class_, year, shelves, tuple(years[class_]))
    for number, domain in enumerate(fields_of(hall), start=1):
        yield _field(hall, number, domain)


def classes_of(hall: Hall) -> tuple[Class, ...]:
    """The classes of the catalogue, 人财物案 first."""
    return tuple(class_ for class_ in ORDER if any(row.class_ is class_ for row in hall.rows))


def fields_of(hall: Hall) -> tuple[str, ...]:
    """领域 in the order in which the catalogue names them; the n-th has `field/<n>.html`."""
    return tuple(dict.fromkeys(row.domain for row in hall.rows if row.domain))


def _index(hall: Hall) -> Page:
    said = f"{hall.site.region}各机关依法应当主动公开的内容，按人财物案、按领域、按机关查"
    classes = tuple(
        Part(
            _ZI[class_],
            CLASS_NAMES[class_],
            f"class/{CLASS_SLUGS[class_]}.html",
            _sample([row for row in hall.rows if row.class_ is class_]),
        )
        for class_ in classes_of(hall)
    )
    fields = tuple(
        Part(
            "",
            domain,
            f"field/{number}.html",
            _sample([row for row in hall.rows if row.domain == domain]),
        )
        for number, domain in enumerate(fields_of(hall), start=1)
    )
    return hall.page(
        "disclosure.html",
        "法定主动公开",
        column="法定主动公开",
        kind="信息公开目录",
        description=said,
        keywords=("主动公开", "人财物案"),
        values={"classes": classes, "fields": fields, "latest": _latest(hall)},
    )


def _sample(rows: list[Row]) -> str:
    names = "、".join(row.name for row in rows[:3])
    return f"{names}等 {len(rows)} 项" if len(rows) > 3 else names


def _latest(hall: Hall) -> tuple[Entry, ...]:
    return tuple(item_entry(hall, item, public) for public, item in hall.newest)


def _class(hall: Hall, class_: Class, years: tuple[int, ...]) -> Page:
    rows = [row for row in hall.rows if row.class_ is class_]
    name = CLASS_NAMES[class_]
    here = Tab("各机关最近", None)
    tabs = (here, *(Tab(f"{y}年", class_address(class_, y)) for y in years))
    return _duties(hall, f"class/{CLASS_SLUGS[class_]}.html", name, rows, tabs)


def _field(hall: Hall, number: int, domain: str) -> Page:
    rows = [row for row in hall.rows if row.domain == domain]
    return _duties(hall, f"field/{number}.html", domain, rows, ())


def _duties(hall: Hall, path: str, name: str, rows: list[Row], tabs: tuple[Tab, ...]) -> Page:
    names = Counter(row.name for row in rows)
    duties = tuple(
        # 人/招工 and 村务/招工 may share a page: a heading must tell them apart.
        replace(duty, name=f"{row.first_level}／{row.name}") if names[row.name] > 1 else duty
        for row in rows
        for duty in (_duty(hall, row),)
    )
    return hall.page(
        path,
        name,
        template="duties",
        column="法定主动公开",
        kind="信息公开目录",
        description=f"{hall.site.region}各机关{name}的事项、时限和最近的内容",
        keywords=tuple(duty.name for duty in duties[:8]),
        crumbs=BACK,
        values={"name": name, "duties": duties, "tabs": tabs},
    )


def _duty(hall: Hall, row: Row) -> Duty:
    entries = tuple(
        _whose(hall, office, row)
        for office in hall.offices.values()
        if row.slug in office.slots_by_row or row.category in office.by_category
    )
    local = "（本地规定）" if row.local else ""
    said = f"{limit(row)}{local}。依据：{'；'.join(row.basis)}"
    return Duty(row.slug, row.name, said, "、".join(row.also), entries, len(entries) > FOLD_ABOVE)


def _whose(hall: Hall, office: Office, row: Row) -> Entry:
    """One body under a duty: how much there is, and the newest."""
    department = office.department
    slots = office.slots_by_row.get(row.slug, ())
    items = [item for item in office.by_category.get(row.category, ()) if hall.shown(item)]
    if slots:
        href = f"{department.folder}/{row_page(row.slug)}"
    else:
        # Only history stands here: the body never owed the duty while it was judged.
        href = f"{department.folder}/index.html"
    newest = max(items, key=lambda item: _newness(office, item), default=None)
    if newest is None:
        badge = office.still(slots[-1]) if slots else None
        return Entry(
            department.name, href, (_lack(slots[-1].status.value) if slots else "",), badge
        )
    public = office.public[newest.id]
    filled = [slot for slot in slots if slot.item is not None and slot.item.id == newest.id]
    single = row.every in (Every.EVENT, Every.STAGE)
    label = newest.title if single or not filled else title_of(filled[0])
    count = f"{len(items)} 件，最近 " if len(items) > 1 else ""
    badge = None if single or not filled else office.still(filled[0])
    meta = (f"{count}{label}", *when(public))
    return Entry(department.name, href, meta, badge, evidence_short(public))


def _newness(office: Office, item: Item) -> tuple[date, date, str]:
    """The latest period counts first: an old one that was filed later is no news."""
    day = listed_day(item, office.public[item.id])
    return (item.period.first if isinstance(item.period, Period) else day, day, item.id)


def _lack(status: str) -> str:
    return "不适用" if status == "na" else "还没有公开"
