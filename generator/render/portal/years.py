"""A class of 人财物案 year by year: what all bodies filed, duty by duty."""

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest

from generator.model import Class, Item, Public, Row
from generator.render.page import Crumb, Page
from generator.render.parts import Entry, Tab
from generator.render.portal.entries import item_entry
from generator.render.portal.hall import Hall
from generator.render.publication import listed_day
from generator.render.words import CLASS_NAMES, CLASS_SLUGS

MOST = 50
"""Items of a duty that a year's page shows; the rest stand in the bodies' own lists."""

BACK = (Crumb("法定主动公开", "../disclosure.html"),)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The items of one duty in one year."""

    id: str
    name: str
    entries: tuple[Entry, ...]
    total: int


def class_address(class_: Class, year: int | None) -> str:
    """A class's page, or its page of one year, from the portal's root."""
    end = "" if year is None else f"-{year}"
    return f"class/{CLASS_SLUGS[class_]}{end}.html"


Filed = tuple[Item, Public | None]


def filed_by_year(hall: Hall) -> Mapping[Class, Mapping[int, Mapping[str, list[Filed]]]]:
    """Class → year, newest first → row slug → items, newest first."""
    gathered: dict[Class, dict[int, dict[str, list[Filed]]]] = {}
    by_category = {row.category: row for row in hall.rows}
    for office in hall.offices.values():
        for key, public in office.public.items():
            item = hall.world.items[key]
            row = by_category.get(item.category)
            if row is not None:
                shelf = gathered.setdefault(row.class_, {}).setdefault(item.year, {})
                shelf.setdefault(row.slug, []).append((item, public))
    return {
        class_: {year: years[year] for year in sorted(years, reverse=True)}
        for class_, years in gathered.items()
    }


def year_page(
    hall: Hall,
    class_: Class,
    year: int,
    shelves: Mapping[str, list[Filed]],
    years: tuple[int, ...],
) -> Page:
    """All that the bodies filed under a class in one year, by duty."""
    name = CLASS_NAMES[class_]
    title = f"{name} {year}年"
    shown = tuple(
        _shelf(hall, row, shelves[row.slug], year) for row in hall.rows if row.slug in shelves
    )
    tabs = (
        Tab("各机关最近", class_address(class_, None)),
        *(Tab(f"{y}年", None if y == year else class_address(class_, y)) for y in years),
    )
    return hall.page(
        class_address(class_, year),
        title,
        template="year",
        column="法定主动公开",
        kind="信息公开目录",
        description=f"{hall.site.region}各机关{year}年{name}的内容",
        keywords=(name, f"{year}年"),
        crumbs=(*BACK, Crumb(name, f"{CLASS_SLUGS[class_]}.html")),
        values={"name": title, "shelves": shown, "tabs": tabs, "class_slug": CLASS_SLUGS[class_]},
    )


def _shelf(hall: Hall, row: Row, items: list[Filed], year: int) -> Shelf:
    newest = nlargest(MOST, items, key=lambda each: (listed_day(*each), each[0].id))
    entries = tuple(item_entry(hall, item, public, year) for item, public in newest)
    return Shelf(row.slug, row.name, entries, len(items))
