"""The platform rule's fixed columns: 指南, 制度, 年报, 依申请公开, for all bodies together."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Item, Row, Slot
from generator.render.department.office import Office
from generator.render.department.papers import ANNUAL, GUIDE, REQUESTS, RULES, receiving
from generator.render.index_number import pattern_in_words
from generator.render.page import Page
from generator.render.parts import Entry
from generator.render.portal.entries import item_entry, when
from generator.render.portal.hall import Hall, found, item_href, slot_href
from generator.render.words import CLASS_NAMES, CLASS_SLUGS, Day, evidence_short


@dataclass(frozen=True, slots=True)
class Shelf:
    """Papers of all bodies under one heading, and whose are not there yet."""

    id: str
    title: str
    entries: tuple[Entry, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receiving:
    """Where a body takes requests in."""

    office: Office
    section: str


def pages(hall: Hall) -> Iterator[Page]:
    """Each column's page, in the order of the navigation row."""
    yield _guide(hall)
    yield _rules(hall)
    yield _annual(hall)
    yield _apply(hall)


def _guide(hall: Hall) -> Page:
    said = f"{hall.site.region}政府信息公开指南：信息怎么分类、怎么编排、怎么获取，各机关在哪里"
    classes = {row.class_: 0 for row in hall.rows}
    for row in hall.rows:
        classes[row.class_] += 1
    names = "\n".join(office.department.name for office in hall.offices.values())
    return hall.page(
        "guide.html",
        "政府信息公开指南",
        column="指南",
        kind="信息公开指南",
        description=said,
        keywords=("指南", "怎么获取政府信息"),
        values={
            "classes": tuple(
                (CLASS_NAMES[c], count, f"class/{CLASS_SLUGS[c]}.html")
                for c, count in classes.items()
            ),
            "fields": any(row.domain for row in hall.rows),
            "index_number": pattern_in_words(hall.site.index_number),
            "filed": _entries(hall, GUIDE),
        },
        indexed=found(
            "政府信息公开指南", f"怎么分类、怎么编排\n怎么获取\n各机关的公开机构\n{names}", "指南"
        ),
    )


def _rules(hall: Hall) -> Page:
    said = f"{hall.site.region}各机关的政府信息公开制度、工作制度、工作纪律和违纪处理办法"
    return hall.page(
        "rules.html",
        "政府信息公开制度",
        column="制度",
        kind="信息公开目录",
        description=said,
        keywords=("制度",),
        values={"shelves": tuple(_shelf(hall, row) for row in _rows(hall, RULES))},
    )


def _annual(hall: Hall) -> Page:
    said = f"{hall.site.region}各机关的政府信息公开工作年度报告"
    return hall.page(
        "annual.html",
        "政府信息公开年报",
        column="年报",
        kind="信息公开年报",
        description=said,
        keywords=("年度报告",),
        values={"years": _years(hall)},
    )


def _apply(hall: Hall) -> Page:
    said = "网上没有的政府信息可以申请：怎么申请、送到哪里、20 个工作日内答复、收不收费"
    return hall.page(
        "apply.html",
        "依申请公开",
        column="依申请公开",
        kind="依申请公开",
        description=said,
        keywords=("申请公开", "申请表"),
        values={
            "places": tuple(Receiving(o, receiving(o)) for o in hall.offices.values()),
            "filed": _entries(hall, REQUESTS),
        },
        indexed=found(
            "怎么申请公开政府信息",
            "先查一下\n写清三样\n送给管这件事的机关\n等答复，20 个工作日内\n申请表\n收不收费",
            "指南",
        ),
    )


def _rows(hall: Hall, slugs: tuple[str, ...]) -> tuple[Row, ...]:
    return tuple(row for slug in slugs for row in hall.rows if row.slug == slug)


def _live(hall: Hall, office: Office, category: str) -> tuple[Item, ...]:
    items = office.by_category.get(category, ())
    return tuple(item for item in items if hall.shown(item))


def _entries(hall: Hall, slugs: tuple[str, ...]) -> tuple[Entry, ...]:
    return tuple(
        item_entry(hall, item, office.public[item.id])
        for row in _rows(hall, slugs)
        for office in hall.offices.values()
        for item in _live(hall, office, row.category)
        if item.imported is None
    )


def _shelf(hall: Hall, row: Row) -> Shelf:
    entries: list[Entry] = []
    lacking: list[str] = []
    for office in hall.offices.values():
        items = _live(hall, office, row.category)
        entries += [item_entry(hall, item, office.public[item.id]) for item in items]
        slots = office.slots_by_row.get(row.slug, ())
        if not items and any(office.badge(slot).kind != "na" for slot in slots):
            lacking.append(office.department.name)
    return Shelf(row.slug, row.name, tuple(entries), tuple(lacking))


def _years(hall: Hall) -> tuple[Shelf, ...]:
    """Reports by year, newest first: each body's slot, then reports that were filed later."""
    found_in: dict[int, list[Entry]] = {}
    for office in hall.offices.values():
        slots = [slot for slug in ANNUAL for slot in office.slots_by_row.get(slug, ())]
        used = {slot.item.id for slot in slots if slot.item is not None}
        for slot in slots:
            if slot.period is not None:
                found_in.setdefault(slot.period.year, []).append(_report(hall, office, slot))
        for row in _rows(hall, ANNUAL):
            for item in _live(hall, office, row.category):
                if item.id not in used:
                    entry = item_entry(hall, item, office.public[item.id])
                    found_in.setdefault(item.year, []).append(entry)
    return tuple(
        Shelf(f"y{year}", f"{year}年", tuple(found_in[year]), ())
        for year in sorted(found_in, reverse=True)
    )


def _report(hall: Hall, office: Office, slot: Slot) -> Entry:
    name, badge = office.department.name, office.still(slot)
    if slot.item is not None:
        public = office.public[slot.item.id]
        meta = (slot.item.title, *when(public))
        return Entry(name, item_href(slot.item), meta, badge, evidence_short(public))
    if slot.due.day is None:
        return Entry(name, slot_href(slot), (), badge)
    return Entry(name, slot_href(slot), ("还没有公开，应于 ", Day(slot.due.day), "前"), badge)
