"""When each item became public, whether or not it fills a slot."""

from collections.abc import Mapping
from datetime import date

from generator.model import Department, Grade, Item, Line, Public
from generator.render.world import World


def publications(world: World, department: Department) -> Mapping[str, Public | None]:
    """Item id → when it became public and how that is known, newest first.

    Holds every item of the department that is there on `as_of` (one whose evidence is all
    later is not, formats.md 4.3). A slot's judgement goes first; history and corrections,
    which fill no slot, take their earliest receipt line, else their landing. None is an item
    without evidence; it is ordered by its 形成日期, else by its year.
    """
    as_of = world.ledger.as_of
    first: dict[str, Line] = {}
    for each in world.evidence.lines.get(department.folder, ()):
        first.setdefault(each.item, each)
    found: dict[str, Public | None] = {}
    for item in department.items:
        line = first.get(item.id)
        landing = world.evidence.landings.get(item.id)
        days = [known.at.date() for known in (line, landing) if known is not None]
        if days and min(days) > as_of:
            continue
        found[item.id] = _judged(world, item) or _known(world, item, line)
    order = sorted(found, key=lambda key: (listed_day(world.items[key], found[key]), key))
    return {key: found[key] for key in reversed(order)}


def _judged(world: World, item: Item) -> Public | None:
    slots = world.slots_by_item.get(item.id, ())
    return next((slot.public for slot in slots if slot.public is not None), None)


def _known(world: World, item: Item, line: Line | None) -> Public | None:
    as_of = world.ledger.as_of
    if line is not None and line.at.date() <= as_of:
        return Public(line.at, Grade.RECEIPT, line.kind == "found", line.seq, line.commit)
    landing = world.evidence.landings.get(item.id)
    if landing is not None and landing.at.date() <= as_of:
        return Public(landing.at, Grade.GIT, False, None, landing.commit)
    return None


def listed_day(item: Item, public: Public | None) -> date:
    """The day by which lists order an item: public, else formed, else its folder's year."""
    if public is not None:
        return public.date
    return item.formed or date(item.year, 1, 1)
