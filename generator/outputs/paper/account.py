"""整张账目: the A3 sheets with the whole table of a body's latest financial item."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from generator.model import Class, Department, Item, Kind, Row, Slot, State, Status
from generator.outputs.paper.sheet import Week, check_url, code, head_of, number, printed
from generator.outputs.paper.tables import Titled, tables_of_body, tables_of_file
from generator.render.department.office import Office
from generator.render.figures import TOTALS, read_figure
from generator.render.parts import Grid, grid
from generator.render.publication import listed_day
from generator.render.words import evidence_short, public_word
from generator.render.world import World

_SIZES = (
    16.0,
    15.0,
    14.0,
    13.5,
    13.0,
    12.5,
    12.0,
    11.5,
    11.0,
    10.5,
    10.0,
    9.5,
    9.0,
    8.5,
    8.0,
    7.5,
    7.0,
)
"""Sizes of the table in points."""
_SMALL = 9.0
"""The size below which more rows go to a further sheet, where the columns allow it."""
_HEIGHT, _WIDTH = 287.0, 266.0
"""Millimetres that the tables may take on a sheet."""
_SUMUP, _OWES = 27.0, 18.0
"""Millimetres that the figures on top and the debts below take from the first sheet."""
_POINT = 0.3528
_SHORT = 12.0
"""Em up to which a column is not made narrower."""
_LEDGER = ("收支", "账", "财务")
_UNIT = re.compile(r"单位\s*[:：]\s*([^\s，。；、）)]{1,6})")


@dataclass(frozen=True, slots=True)
class Part:
    """A table, or as much of it as its sheet holds."""

    title: str
    above: tuple[str, ...]
    grid: Grid
    totals: tuple[bool, ...]
    """Which rows add up the others."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page."""

    number: str
    place: int
    parts: tuple[Part, ...]


def account(world: World, department: Department, week: Week) -> str | None:
    """The sheets' HTML, self-contained, every page one A3; None where no account has a table."""
    office = Office(world, department)
    found = latest(office, week)
    if found is None:
        return None
    item, tables = found
    row = office.row_of(item)
    slots = world.slots_by_item.get(item.id, ())
    figures = _figures(office, item, row)
    owed = [] if office.trial else _owed(office, row)
    first = _HEIGHT - (_SUMUP if figures else 0) - (_OWES if owed else 0)
    size = _size(tables, first)
    pages = _pages(tables, size, first)
    head = head_of(world, department.folder)
    url = check_url(world, item, head)
    return printed(
        "account",
        f"{item.title} - {department.name}",
        department=department,
        site=world.repository.site,
        item=item,
        village=department.kind is Kind.VILLAGE,
        sheets=tuple(
            Sheet(number(department, week, n, "A3-"), n, parts) for n, parts in enumerate(pages, 1)
        ),
        week=week,
        down=_down(item, week),
        size=size,
        figures=figures,
        unit=_unit(office, item),
        badge=office.item_badge(item),
        word=_word(office, item, slots[0] if slots else None),
        owed=owed[:3],
        more=len(owed) - 3,
        head=head,
        code=code(url),
        url=f"{world.repository.site.url}{item.id}.html",
        as_of=world.ledger.as_of,
    )


def latest(office: Office, week: Week) -> tuple[Item, tuple[Titled, ...]] | None:
    """The newest account that stands public and holds a table: by its period, then by its day.

    A village's accounts are what its catalogue files under 收支 or 账; another body's are rows
    of class 财. Attachments hold every entry, so they go before the body's own tables.
    """
    last = min(office.world.ledger.as_of, week.sunday)
    candidates = []
    for item in office.items:
        row = office.row_of(item)
        day = listed_day(item, office.public[item.id])
        if row is None or not _financial(row) or item.corrects or day > last:
            continue
        if office.state(item) is State.PUBLIC:
            end = item.period.last if not isinstance(item.period, str) else item.formed or day
            candidates.append((_rank(row), end, day, item.id, item))
    for *_, item in sorted(candidates, reverse=True):
        tables = _tables(office, item)
        if tables:
            return item, tables
    return None


def _financial(row: Row) -> bool:
    return row.class_ is Class.MONEY or any(word in row.category for word in _LEDGER)


def _rank(row: Row) -> int:
    """An account of income and spending goes before any other financial item."""
    return int(any(word in row.name for word in _LEDGER))


def _tables(office: Office, item: Item) -> tuple[Titled, ...]:
    article = office.world.articles[item.id]
    titles = {file.path: file.title for file in item.files}
    attached = tuple(
        table
        for path, tables in article.attached
        for table in tables_of_file(titles.get(path, ""), tables)
    )
    return attached or tables_of_body(article.html)


def _figures(office: Office, item: Item, row: Row | None) -> tuple[tuple[str, str, str], ...]:
    """Name, figure and unit of the row's numeric elements, as the item states them."""
    html = office.html(item)
    elements = [element for element in (row.elements if row else ()) if element.figure]
    for table in tables_of_body(html):
        # One line that holds several of them is the account's own summary.
        stated = dict(zip(table.rows[0], table.rows[1], strict=False))
        named = [(element.name, stated.get(element.name, "")) for element in elements]
        if len(table.rows) == 2 and sum(bool(text) for _, text in named) > 1:
            return tuple((name, text, "") for name, text in named if text)[:5]
    read = [(element.name, read_figure(html, element)) for element in elements]
    return tuple((name, f.text, f.unit) for name, f in read if f is not None)[:5]


def _unit(office: Office, item: Item) -> str:
    """The unit that the item states for all of its tables, where it states one."""
    found = set(_UNIT.findall(office.world.articles[item.id].plain))
    return found.pop() if len(found) == 1 else ""


def _word(office: Office, item: Item, slot: Slot | None) -> str:
    public = office.public[item.id]
    due = f"应于 {slot.due.day.isoformat()}，" if slot and slot.due.day else ""
    if public is None:
        return f"{due}首次公开时间未经证实"
    return f"{due}{public.date.isoformat()} {public_word(public)}{evidence_short(public)}"


def _owed(office: Office, row: Row | None) -> list[Slot]:
    """The same row's slots that are overdue."""
    slots = office.slots_by_row.get(row.slug, ()) if row else ()
    return [slot for slot in slots if slot.status is Status.MISS]


def _down(item: Item, week: Week) -> date:
    """An account stays on the wall until the next one: four weeks, or a quarter."""
    long = not isinstance(item.period, str) and (item.period.last - item.period.first).days > 31
    return week.monday + timedelta(days=91 if long else 28)


# -- what fits ---------------------------------------------------------------------------------


def _size(tables: Sequence[Titled], room: float) -> float:
    """The largest size at which all is on one sheet, not under 9; smaller only for wide tables."""
    for size in _SIZES:
        wide = max((_needed(table) for table in tables), default=0.0)
        if wide * size * _POINT > _WIDTH * 1.25:
            continue
        if size <= _SMALL or _height(tables, size) <= room:
            return size
    return _SIZES[-1]


def _needed(table: Titled) -> float:
    """Em that the columns of a table want."""
    return grid(table.rows).width


def _height(tables: Sequence[Titled], size: float) -> float:
    return sum(_head(table, size) + sum(_rows(table, size)) for table in tables)


def _head(table: Titled, size: float) -> float:
    return (2.7 + 1.2 * len(table.above)) * size * _POINT + 6


def _rows(table: Titled, size: float) -> list[float]:
    """Millimetres that each row below the head takes, long cells wrapped."""
    widths = _columns(table, _WIDTH / (size * _POINT))
    heights = []
    for row in table.rows[1:]:
        wrapped = (-int(-_cells(c) // w) for c, w in zip(row, widths, strict=False))
        heights.append((1.2 * max(wrapped, default=1) + 0.14) * size * _POINT + 0.3)
    return heights


def _columns(table: Titled, room: float) -> list[float]:
    """Em of each column: short ones keep what they want, long ones share what is left."""
    natural = [
        max((_cells(row[at]) for row in table.rows if at < len(row)), default=1.0)
        for at in range(len(table.rows[0]))
    ]
    room -= len(natural) * 1.1
    if sum(natural) <= room:
        return natural
    short = sum(width for width in natural if width <= _SHORT)
    long = sum(width for width in natural if width > _SHORT) or 1.0
    share = max(room - short, 0.0) / long
    return [width if width <= _SHORT else max(width * share, _SHORT / 2) for width in natural]


def _cells(text: str) -> float:
    return sum(1.0 if sign > "\u2000" else 0.58 for sign in text) or 1.0


def _pages(tables: Sequence[Titled], size: float, left: float) -> list[tuple[Part, ...]]:
    """Rows laid out sheet by sheet, `left` mm on the first; a table that is cut repeats its head."""
    pages: list[tuple[Part, ...]] = []
    page: list[Part] = []
    for table in tables:
        heights = _rows(table, size)
        start = 0
        while start < len(heights):
            room = left - _head(table, size)
            end, used = start, 0.0
            while end < len(heights) and used + heights[end] <= room:
                used += heights[end]
                end += 1
            if end == start:
                if not page:
                    end, used = start + 1, heights[start]
                else:
                    pages.append(tuple(page))
                    page, left = [], _HEIGHT
                    continue
            page.append(_part(table, start, end))
            left -= _head(table, size) + used
            start = end
            if start < len(heights):
                pages.append(tuple(page))
                page, left = [], _HEIGHT
    pages.append(tuple(page))
    return pages


def _part(table: Titled, start: int, end: int) -> Part:
    """Rows `start` to `end` of a table, its columns aligned as those of the whole."""
    whole = grid(table.rows)
    part = replace(whole, rows=whole.rows[start:end])
    title = table.title + (f"（续，第 {start + 1} 行起）" if start else "")
    totals = tuple(any(c.strip().startswith(TOTALS) for c in row[:3]) for row in part.rows)
    return Part(title, table.above, part, totals)
