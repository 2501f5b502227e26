"""What stands beside an item: its matter's other items, periods before and after, corrections."""

from dataclasses import dataclass
from datetime import date

from generator.model import WHOLE_PROCESS, Item, Phase, Row, Slot, State
from generator.render.addresses import item_page, landing_page, slot_page
from generator.render.department.office import Office
from generator.render.parts import Entry
from generator.render.words import Badge, Day, Text


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The period before or after."""

    label: str
    href: str
    badge: Badge | None
    note: Text


def neighbours(office: Office, slot: Slot | None) -> tuple[Neighbour | None, Neighbour | None]:
    """The previous and the next period of the slot's row."""
    if slot is None or slot.period is None:
        return None, None
    line = [s for s in office.slots_by_row[slot.row.slug] if s.section == slot.section and s.period]
    at = next(i for i, other in enumerate(line) if other.key == slot.key)
    before = line[at - 1] if at else None
    after = line[at + 1] if at + 1 < len(line) else None
    return _neighbour(office, before), _neighbour(office, after)


def _neighbour(office: Office, slot: Slot | None) -> Neighbour | None:
    if slot is None or slot.period is None:
        return None
    if slot.item is not None:
        return Neighbour(slot.period.label, landing_page(slot), office.still(slot), ())
    return Neighbour(slot.period.label, slot_page(slot), None, _owed(office, slot))


def _owed(office: Office, slot: Slot) -> Text:
    if slot.due.day is None:
        return (office.still(slot).word,)
    provisional = "，暂定" if slot.due.state.value == "provisional" else ""
    return ("应于 ", Day(slot.due.day), provisional)


def same_matter(office: Office, item: Item) -> tuple[Entry, ...]:
    """事前 事中 事后: the items of the same process, and what it still owes."""
    if item.process is None:
        return ()
    entries = []
    for other in sorted(office.processes[item.process], key=_stage):
        here = other.id == item.id
        public = office.public[other.id]
        phase = other.phase.label if other.phase else other.period_label
        when: Text = (Day(public.date), " 公开") if public else ("尚未核到",)
        entries.append(
            Entry(
                title=f"{other.title}（本页）" if here else other.title,
                href=None if here else item_page(other),
                meta=(f"{phase}，", *when),
                badge=_settled(office, other),
            )
        )
    entries.extend(_owing(office, item))
    return tuple(entries) if len(entries) > 1 else ()


def _stage(item: Item) -> tuple[int, date]:
    """事前, 事中, 事后, then what has no phase; within one, by its day."""
    phase = list(Phase).index(item.phase) if item.phase else len(Phase)
    return (phase, item.formed or date(item.year, 12, 31))


def _owing(office: Office, item: Item) -> list[Entry]:
    owed = []
    for slot in office.owing.get(item.process or "", ()):
        name = slot.stage or (f"{slot.row.name}结果" if slot.result else slot.row.name)
        owed.append(Entry(name, slot_page(slot), _owed(office, slot), office.still(slot)))
    return owed


def _settled(office: Office, item: Item) -> Badge | None:
    slots = office.world.slots_by_item.get(item.id, ())
    return office.still(slots[0]) if slots else office.item_badge(item)


@dataclass(frozen=True, slots=True)
class Meter:
    """全过程公开: which of the five stand, and in which item."""

    steps: tuple[tuple[str, bool], ...]
    have: int
    owed: Text
    """When the missing result is due, if that is known."""


def meter(office: Office, item: Item, row: Row | None, slot: Slot | None) -> Meter | None:
    """The whole-process meter of a row that asks for it."""
    if row is None or not row.whole_process or office.state(item) is not State.PUBLIC:
        return None
    items = office.processes.get(item.process or "", (item,))
    texts = ["".join(_words(office, other)) for other in items]
    steps = tuple((name, any(name in text for text in texts)) for name in WHOLE_PROCESS)
    owed: Text = ()
    for other in office.owing.get(item.process or "", ()):
        if other.result:
            owed = _owed(office, other)
    missing = slot.missing if slot is not None else ()
    steps = tuple((name, there and name not in missing) for name, there in steps)
    return Meter(steps, sum(there for _, there in steps), owed)


def _words(office: Office, item: Item) -> list[str]:
    """Title and text lines, spaces removed, as formats.md 4.4 looks for elements."""
    if office.state(item) is not State.PUBLIC:
        return []
    lines = (item.title, *office.world.articles[item.id].text)
    return ["".join(line.split()) for line in lines]


@dataclass(frozen=True, slots=True)
class Pointers:
    """Corrections and interpretations, both ways."""

    corrects: Entry | None
    corrected_by: tuple[Entry, ...]
    interprets: Entry | None
    interpreted_by: tuple[Entry, ...]


def pointers(office: Office, item: Item) -> Pointers:
    """更正 and 解读 links of an item."""
    pointing = office.pointing.get(item.id, ())
    return Pointers(
        corrects=_target(office, item.corrects),
        corrected_by=tuple(_entry(office, o) for o in pointing if o.corrects == item.id),
        interprets=_target(office, item.interprets),
        interpreted_by=tuple(_entry(office, o) for o in pointing if o.interprets == item.id),
    )


def _target(office: Office, item_id: str | None) -> Entry | None:
    item = office.world.items.get(item_id or "")
    if item is None:
        return None
    if item.id in office.public:
        return _entry(office, item)
    # Another department's item: its site may lie elsewhere, so the public address is used.
    return Entry(item.title, f"{office.site.url}{item.department}/{item_page(item)}")


def _entry(office: Office, item: Item) -> Entry:
    public = office.public[item.id]
    when: Text = (Day(public.date), " 公开") if public else ("尚未核到",)
    return Entry(item.title, item_page(item), when)
