"""Items and slots of any body as lines of a portal's list."""

from generator.model import Item, Public, Slot, Status
from generator.render.department.slots import title_of
from generator.render.parts import Entry
from generator.render.portal.hall import Hall, item_href, slot_href
from generator.render.words import Badge, Day, Text, evidence_short, public_word


def name_of(slot: Slot) -> str:
    """What a slot holds: its item's title for a single matter, else what is owed."""
    if slot.item is not None and slot.period is None:
        return slot.item.title
    return title_of(slot)


def slot_entry(hall: Hall, slot: Slot, year: int | None = None) -> Entry:
    """A slot: whose, when it was due, when it became public and how that is known."""
    meta: list[str | Day] = [slot.department.name]
    if slot.missing and not slot.nil:
        meta.append(f"，要素不全：缺{'、'.join(slot.missing)}")
    if slot.due.day is not None:
        provisional = "（暂定）" if slot.due.state.value == "provisional" else ""
        meta += ["，应于 ", Day(slot.due.day, year), provisional]
    if slot.public is not None:
        meta += ["，公开于 ", Day(slot.public.date, year)]
        if "completed_late" in slot.flags and slot.judged_on is not None:
            meta += ["，要素补齐于 ", Day(slot.judged_on, year)]
    badge = hall.offices[slot.department.folder].badge(slot)
    proof = evidence_short(slot.public) if slot.item is not None else ""
    return Entry(name_of(slot), slot_href(slot), tuple(meta), badge, proof)


def due_today(hall: Hall, slot: Slot) -> Entry:
    """A slot that falls due on the day itself."""
    entry = slot_entry(hall, slot, hall.as_of.year)
    if slot.item is not None:
        return entry
    word = "今天到期" if slot.status is Status.SOON else "今天应公开"
    meta = (f"{slot.department.name}，今天 24 时前",)
    return Entry(entry.title, entry.href, meta, Badge("soon", word))


def item_entry(hall: Hall, item: Item, public: Public | None, year: int | None = None) -> Entry:
    """An item: whose, when it became public and how that is known, and what became of it."""
    office = hall.offices[item.department]
    slots = hall.world.slots_by_item.get(item.id, ())
    badge = office.still(slots[0]) if slots and hall.shown(item) else office.item_badge(item)
    return Entry(
        item.title,
        item_href(item),
        (office.department.name, *when(public, year)),
        badge,
        evidence_short(public),
    )


def when(public: Public | None, year: int | None = None) -> Text:
    """`，10-30 首次公开`, after whose it is."""
    if public is None:
        return ("，没有回执，也没有 Git 记录",)
    return ("，", Day(public.date, year), f" {public_word(public)}")
