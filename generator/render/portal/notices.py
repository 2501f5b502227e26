"""公示和征求意见: what the public can still speak to, and what came of it afterwards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from generator.model import Item, Slot
from generator.render.page import Page
from generator.render.parts import Entry
from generator.render.portal.hall import Hall, item_href
from generator.render.words import Badge, Day, Text

ENDED = 50
"""Ended ones shown; older ones stand in their bodies' lists."""


@dataclass(frozen=True, slots=True)
class Running:
    """One that runs on the day."""

    title: str
    href: str
    kind: str
    body: str
    last: date
    contact: str


def pages(hall: Hall) -> Iterator[Page]:
    """The one page."""
    open_now = running(hall)
    ended = _ended(hall)
    said = f"{hall.site.region}各机关正在公示、征求意见的事，已结束的和结果"
    yield hall.page(
        "notices.html",
        "公示和征求意见",
        column="法定主动公开",
        kind="征集调查",
        description=said,
        keywords=("公示", "征求意见"),
        values={"running": open_now, "ended": ended, "most": ENDED},
    )


def running(hall: Hall) -> tuple[Running, ...]:
    """What the public can speak to on the day, the soonest to end first."""
    live = [
        Running(
            item.title,
            item_href(item),
            _kind(hall, item),
            hall.offices[item.department].department.name,
            item.notice.last,
            item.notice.contact,
        )
        for item in _noticed(hall)
        if item.notice and item.notice.first <= hall.as_of <= item.notice.last
    ]
    return tuple(sorted(live, key=lambda each: (each.last, each.href)))


def _noticed(hall: Hall) -> Iterator[Item]:
    for office in hall.offices.values():
        for item in office.items:
            if item.notice is not None and item.imported is None and hall.shown(item):
                yield item


def _kind(hall: Hall, item: Item) -> str:
    row = hall.row_of(item)
    return "征求意见" if row is not None and row.consult is not None else "公示"


def _ended(hall: Hall) -> tuple[Entry, ...]:
    results = {slot.key: slot for slot in hall.ledger.slots if slot.result}
    over = [i for i in _noticed(hall) if i.notice is not None and i.notice.last < hall.as_of]
    over.sort(key=lambda i: (i.notice.last if i.notice else date.min, i.id), reverse=True)
    return tuple(_over(hall, item, results) for item in over[:ENDED])


def _over(hall: Hall, item: Item, results: Mapping[str, Slot]) -> Entry:
    office = hall.offices[item.department]
    assert item.notice is not None
    meta: list[str | Day] = [f"{_kind(hall, item)}，{office.department.name}，"]
    meta += [Day(item.notice.last), " 结束"]
    row = hall.row_of(item)
    key = f"{item.department}/{row.slug if row else ''}/{item.year}.{item.slug}.result"
    slot = results.get(key)
    if slot is None:
        return Entry(item.title, item_href(item), tuple(meta), Badge("shown", "已结束"))
    badge = office.badge(slot)
    return Entry(item.title, item_href(item), (*meta, *_outcome(slot)), badge)


def _outcome(slot: Slot) -> Text:
    if slot.item is not None and slot.public is not None:
        return ("；结果公开于 ", Day(slot.public.date))
    if slot.item is not None:
        return ("；结果已公开",)
    if slot.due.day is not None:
        return ("；结果应于 ", Day(slot.due.day), "前公开")
    return ()
