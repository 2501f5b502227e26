"""Items and slots as lines of a list."""

from generator.model import Item, Slot, State
from generator.render.addresses import item_page, slot_page
from generator.render.department.office import Office
from generator.render.parts import Entry
from generator.render.words import Day, Text, evidence_short, public_word


def item_entry(office: Office, item: Item, year: int | None = None) -> Entry:
    """An item in a list; dates of `year` stand without it."""
    public = office.public[item.id]
    meta: list[str | Day] = []
    if item.summary and office.state(item) is State.PUBLIC:
        meta.append(f"{item.summary.rstrip('。')}，")
    if public is None:
        meta.append("没有回执，也没有 Git 记录")
    else:
        meta += [Day(public.date, year), f" {public_word(public)}"]
    if item.notice is not None and office.state(item) is State.PUBLIC:
        over = item.notice.last < office.world.ledger.as_of
        meta += [
            "，公示期满" if over else "，公示到 ",
            *([] if over else [Day(item.notice.last, year)]),
        ]
    slots = office.world.slots_by_item.get(item.id, ())
    badge = office.still(slots[0]) if slots else office.item_badge(item)
    if office.state(item) is not State.PUBLIC:
        badge = office.item_badge(item)
    return Entry(item.title, item_page(item), tuple(meta), badge, evidence_short(public))


def due_entry(office: Office, slot: Slot, title: str) -> Entry:
    """An empty slot in a list of what is owed."""
    section = slot.section or slot.row.section
    who = f"{section}负责" if section else ""
    if slot.due.day is None:
        meta: Text = (who,)
    else:
        provisional = "，暂定" if slot.due.state.value == "provisional" else ""
        meta = ("应于 ", Day(slot.due.day), provisional, f"，{who}" if who else "")
    return Entry(title, slot_page(slot), meta, office.badge(slot))
