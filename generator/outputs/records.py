"""Slots and items as plain records: the open data and the machine output share these keys."""

from datetime import date

from generator.model import Item, Public, Slot
from generator.render.addresses import item_page, public_url
from generator.render.world import World

Value = str | int | bool | None | list[str] | dict[str, "Value"]
"""What a record holds; every one of them is JSON."""

Record = dict[str, Value]


def slot_record(slot: Slot) -> Record:
    """One slot with every key of `status --format json` (formats.md section 9), in its order."""
    return {
        "slot": slot.key,
        "department": slot.department.folder,
        "row": slot.row.slug,
        "category": slot.row.category,
        "class": slot.row.class_.value,
        "every": slot.row.every.value,
        "period": slot.period.key if slot.period else None,
        "process": slot.process,
        "stage": slot.stage,
        "section": slot.section,
        "result": slot.result,
        "event": _event(slot),
        "due": _day(slot.due.day),
        "due_state": slot.due.state.value,
        "frozen": slot.due.frozen,
        "item": slot.item.id if slot.item else None,
        "public": _public(slot.public),
        "judged_on": _day(slot.judged_on),
        "status": slot.status.value,
        "label": slot.word,
        "days_late": slot.days_late,
        "workdays_late": slot.workdays_late,
        "workdays_left": slot.workdays_left,
        "nil": slot.nil,
        "missing": list(slot.missing),
        "flags": list(slot.flags),
        "reason": slot.reason,
        "document": slot.document,
    }


def item_record(
    world: World, item: Item, public: Public | None, slot: str | None, status: str | None
) -> Record:
    """One item of the open data; `slot` and `status` are those of the first slot it fills."""
    return {
        "id": item.id,
        "url": public_url(world.repository.site, item.department, item_page(item)),
        "title": item.title,
        "category": item.category,
        "period": item.period_key,
        "formed": _day(item.formed),
        "number": item.number,
        "public": _public(public),
        "slot": slot,
        "status": status,
        "sha256": world.articles[item.id].sha256,
    }


def flat(record: Record) -> list[str]:
    """A record's values as text cells, in its order.

    Lists, and the values of what is nested (`public`, `event`), are joined by `；`; a value that
    is not there leaves its place empty.
    """
    return [_text(value) for value in record.values()]


def _text(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return "；".join(value)
        case dict():
            return "；".join(map(_text, value.values()))
        case _:
            return str(value)


def _event(slot: Slot) -> Value:
    if slot.event_kind is None:
        return None
    return {"kind": slot.event_kind, "date": _day(slot.event_date)}


def _public(public: Public | None) -> Value:
    if public is None:
        return None
    return {
        "date": public.date.isoformat(),
        "at": public.at.isoformat(),
        "grade": public.grade.value,
        "found": public.found,
        "seq": public.seq,
        "commit": public.commit,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
