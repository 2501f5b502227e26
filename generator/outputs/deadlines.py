"""Due days and notice periods as events of a calendar that people subscribe to."""

from collections.abc import Iterable, Mapping
from datetime import date

from generator.catalog import row_of, state_of
from generator.model import (
    Department,
    DueState,
    Item,
    Judge,
    Public,
    Repository,
    Site,
    Slot,
    State,
    Status,
    Unit,
)
from generator.outputs.ics import ONE_DAY, Event, calendar
from generator.render.addresses import host, item_page, public_url, slot_page
from generator.render.page import Asset
from generator.render.words import limit_words
from generator.render.world import World
from generator.workdays import Workdays

DUE = "due.ics"
_WAITING = (Status.MISS, Status.SOON, Status.OPEN, Status.HELD)


def due_file(world: World, department: Department, public: Mapping[str, Public | None]) -> Asset:
    """`due.ics`: what the department has yet to disclose, and its 公示 of this year and later.

    Nothing in it moves with the day alone: it changes when something is filed or falls due
    differently.
    """
    repository, as_of = world.repository, world.ledger.as_of
    slots = [slot for slot in world.slots_of[department.folder] if waits(slot)]
    notices = [
        notice_event(repository.site, item)
        for item in (world.items[id_] for id_ in public)
        if item.notice is not None
        and item.notice.last.year >= as_of.year
        and state_of(item, row_of(repository.catalog, item), as_of) is State.PUBLIC
    ]
    events = [*due_events(repository, slots), *notices]
    return Asset(DUE, calendar(f"{department.name}公开期限", in_order(events)))


def waits(slot: Slot) -> bool:
    """Whether the slot has a due day that nothing fills yet."""
    return slot.due.day is not None and slot.status in _WAITING


def in_order(events: Iterable[Event]) -> list[Event]:
    """Events by day, then by their permanent names."""
    return sorted(events, key=lambda event: (event.first, event.uid))


def due_events(repository: Repository, slots: Iterable[Slot]) -> list[Event]:
    """One event a slot that has a due day, with a reminder on the day it becomes 临期."""
    workdays = Workdays(repository.calendars)
    return [
        _due_event(repository.site, slot, slot.due.day, workdays)
        for slot in slots
        if slot.due.day is not None
    ]


def _due_event(site: Site, slot: Slot, day: date, workdays: Workdays) -> Event:
    provisional = slot.due.state is DueState.PROVISIONAL
    url = public_url(site, slot.department.folder, slot_page(slot))
    said = [
        f"机关：{slot.department.name}",
        f"责任科室：{slot.section}" if slot.section else "",
        f"期限：{limit(slot)}；{day.isoformat()} 24 时（北京时间）截止",
        "暂定：所在年份的放假安排还没有公布，公布后重算" if provisional else "",
        f"依据：{'；'.join(slot.row.basis)}",
        url,
    ]
    return Event(
        uid=f"{slot.key}@{host(site)}",
        stamp=slot.event_date or day,
        first=day,
        last=day,
        summary=f"应公开：{slot.row.name} {_which(slot)}{'（暂定）' if provisional else ''}",
        description="\n".join(part for part in said if part),
        url=url,
        category="公开期限",
        tentative=provisional,
        alarm=soon_from(day, site.judge, workdays),
    )


def limit(slot: Slot) -> str:
    """The limit of an empty slot in words, with the day that holds while its event is unknown."""
    latest = slot.row.latest
    if latest is None or slot.event_date is not None:
        return limit_words(slot)
    year = "当年" if latest.same_year else "次年"
    return f"{limit_words(slot)}，最迟{year} {latest.month} 月 {latest.day} 日"


def _which(slot: Slot) -> str:
    if slot.period is not None:
        return slot.period.label
    if slot.result:
        return f"{slot.process or ''} 结果".strip()
    return slot.stage or (slot.item.title if slot.item else "长期公开")


def notice_event(site: Site, item: Item) -> Event:
    """A 公示 from its first to its last day."""
    assert item.notice is not None
    url = public_url(site, item.department, item_page(item))
    return Event(
        uid=f"{item.id}/notice@{host(site)}",
        stamp=item.notice.first,
        first=item.notice.first,
        last=item.notice.last,
        summary=f"公示：{item.title}",
        description=f"公示到 {item.notice.last.isoformat()}，有意见找 {item.notice.contact}\n{url}",
        url=url,
        category="公示",
    )


def soon_from(due: date, judge: Judge, workdays: Workdays) -> date:
    """The first day on which what is due on `due` counts as 临期."""
    span, day = judge.due_soon, due
    if span.unit is Unit.DAYS:
        return due - span.count * ONE_DAY
    left = 0
    while True:
        left += workdays.is_workday(day)
        if left > span.count:
            return day
        day -= ONE_DAY
