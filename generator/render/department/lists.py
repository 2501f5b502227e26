"""Lists of items: by class and year, numbered from the oldest page, and their index."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Class, Item, Row
from generator.render.addresses import class_list, list_page, row_page
from generator.render.department.entries import item_entry
from generator.render.department.office import Office, column_meta
from generator.render.page import Crumb, Page
from generator.render.parts import Entry, Tab
from generator.render.words import CLASS_NAMES, EVERY

SIZE = 20
"""Items a page; the newest page also holds what does not fill a page yet, up to 39."""

ORDER = (Class.PEOPLE, Class.MONEY, Class.GOODS, Class.CASES, Class.VILLAGE, Class.BASIC)
"""人财物案 first, as the founding texts say it."""


def pages(office: Office) -> Iterator[Page]:
    """The index, then every page of every list."""
    yield _index(office)
    shelves = _shelves(office)
    for (class_, year), items in shelves.items():
        yield from _list(office, class_, year, items, tuple(shelves))


def _shelves(office: Office) -> dict[tuple[Class | None, int], tuple[Item, ...]]:
    """Class (None: all) and year → its items, newest first; in the order shown."""
    found: dict[tuple[Class | None, int], list[Item]] = {}
    for item in office.items:
        row = office.row_of(item)
        found.setdefault((None, item.year), []).append(item)
        if row is not None:
            found.setdefault((row.class_, item.year), []).append(item)
    order = sorted(found, key=lambda key: (_rank(key[0]), -key[1]))
    return {key: tuple(found[key]) for key in order}


def _rank(class_: Class | None) -> int:
    return -1 if class_ is None else ORDER.index(class_)


def _list(
    office: Office,
    class_: Class | None,
    year: int,
    items: tuple[Item, ...],
    shelves: tuple[tuple[Class | None, int], ...],
) -> Iterator[Page]:
    last = max(1, len(items) // SIZE)
    oldest_first = items[::-1]
    name = CLASS_NAMES[class_] if class_ is not None else "全部公开"
    title = f"{name} {year}年"
    for number in range(1, last + 1):
        start = (number - 1) * SIZE
        stop = len(items) if number == last else number * SIZE
        shown = oldest_first[start:stop][::-1]
        newest = number == last
        label = title if newest else f"{title}（第 {number} 页）"
        yield office.page(
            list_page(class_, year, number, last),
            label,
            "list",
            column="法定主动公开",
            crumbs=(Crumb("法定主动公开", "index.html"),),
            values={
                "name": name,
                "year": year,
                "newest": newest,
                "total": len(items),
                "first": start + 1,
                "last": stop,
                "entries": tuple(item_entry(office, item, year) for item in shown),
                "classes": _class_tabs(class_, year, shelves),
                "years": _year_tabs(class_, year, shelves),
                "steps": _steps(class_, year, number, last),
            },
            description=f"{office.department.name} {year}年{name}的事项清单",
            meta=column_meta(name, "信息公开目录", f"{office.department.name}{name}", "政务公开"),
        )


def _class_tabs(
    class_: Class | None, year: int, shelves: tuple[tuple[Class | None, int], ...]
) -> tuple[Tab, ...]:
    """Without counts, so that an item of another class leaves this page as it was."""
    tabs = []
    for other in (None, *ORDER):
        years = [y for c, y in shelves if c == other]
        if years:
            best = year if year in years else years[0]
            label = CLASS_NAMES[other] if other is not None else "全部"
            here = other == class_
            tabs.append(Tab(label, None if here else class_list(other, best)))
    return tuple(tabs)


def _year_tabs(
    class_: Class | None, year: int, shelves: tuple[tuple[Class | None, int], ...]
) -> tuple[Tab, ...]:
    years = [y for c, y in shelves if c == class_]
    return tuple(Tab(f"{y}年", None if y == year else class_list(class_, y)) for y in years)


def _steps(class_: Class | None, year: int, at: int, last: int) -> tuple[Tab, ...]:
    """Newest first. A numbered page names only its neighbours, the newest and the oldest, so
    that it is written again at most once after it is full.
    """
    steps = [Tab("最新", None if at == last else class_list(class_, year))]
    previous = last
    for number in range(last - 1, 0, -1):
        near = number in (1, at - 1, at, at + 1) or (at == last and number >= last - 2)
        if not near:
            continue
        if previous - number > 1 and not (at < last and number == at + 1):
            steps.append(Tab("…", None))
        href = None if number == at else list_page(class_, year, number, last)
        steps.append(Tab(str(number), href))
        previous = number
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading of the index."""

    id: str
    title: str
    years: tuple[Tab, ...]
    entries: tuple[Entry, ...]


def _index(office: Office) -> Page:
    rows = _rows(office)
    shelves = tuple(_shelves(office))
    classes = tuple(
        Group(
            f"c{_rank(class_)}",
            CLASS_NAMES[class_],
            tuple(Tab(f"{y}年", class_list(class_, y)) for c, y in shelves if c == class_),
            tuple(_row_entry(office, row) for row in rows if row.class_ is class_),
        )
        for class_ in ORDER
        if any(row.class_ is class_ for row in rows)
    )
    domains = tuple(dict.fromkeys(row.domain for row in rows if row.domain))
    fields = tuple(
        Group(
            f"d{number}",
            domain,
            (),
            tuple(_row_entry(office, row) for row in rows if row.domain == domain),
        )
        for number, domain in enumerate(domains)
    )
    years = tuple(Tab(f"{y}年", class_list(None, y)) for c, y in shelves if c is None)
    description = f"{office.department.name}依法主动公开的事项，按人财物案和领域分"
    return office.page(
        "lists/index.html",
        "法定主动公开",
        "lists",
        column="法定主动公开",
        values={"classes": classes, "fields": fields, "years": years},
        description=description,
        meta=column_meta("法定主动公开", "信息公开目录", description, "政务公开"),
    )


def _rows(office: Office) -> tuple[Row, ...]:
    """The last version of each row under which the department owes or published anything."""
    found: dict[str, Row] = {slug: slots[-1].row for slug, slots in office.slots_by_row.items()}
    return tuple(found.values())


def _row_entry(office: Office, row: Row) -> Entry:
    count = len(office.by_category.get(row.category, ()))
    said = f"已公开 {count} 件" if count else "还没有公开"
    return Entry(row.name, row_page(row.slug), (f"{EVERY[row.every]}，{said}",))
