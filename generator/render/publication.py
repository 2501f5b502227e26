"""When each item became public, whether or not it fills a slot."""

from collections.abc import Mapping
from datetime import date

from generator.model import Department, Grade, Item, Public
from generator.render.world import World


def publication(world: World, item: Item) -> Public | None:
    """The item's first public time and its grade, or None without evidence on `as_of`.

    A slot's own judgement goes first; history and corrections, which fill no slot, take
    their earliest receipt line, else their landing.
    """
    for slot in world.slots_by_item.get(item.id, ()):
        if slot.public is not None:
            return slot.public
    as_of = world.ledger.as_of
    for line in world.evidence.lines.get(item.department, ()):
        if line.item == item.id and line.at.date() <= as_of:
            return Public(line.at, Grade.RECEIPT, line.kind == "found", line.seq, line.commit)
    landing = world.evidence.landings.get(item.id)
    if landing is not None and landing.at.date() <= as_of:
        return Public(landing.at, Grade.GIT, False, None, landing.commit)
    return None


def there(world: World, item: Item) -> bool:
    """Whether the item is there on `as_of`: not if all its evidence is later (formats 4.3)."""
    as_of = world.ledger.as_of
    days = [
        line.at.date()
        for line in world.evidence.lines.get(item.department, ())
        if line.item == item.id
    ]
    landing = world.evidence.landings.get(item.id)
    if landing is not None:
        days.append(landing.at.date())
    return not days or min(days) <= as_of


def publications(world: World, department: Department) -> Mapping[str, Public | None]:
    """Item id → its publication, for every item of the department that is there, newest first.

    Items without evidence stand by their 形成日期 or their period's last day, then by id.
    """
    found = {i.id: publication(world, i) for i in department.items if there(world, i)}
    order = sorted(found, key=lambda key: (listed_day(world.items[key], found[key]), key))
    return {key: found[key] for key in reversed(order)}


def listed_day(item: Item, public: Public | None) -> date:
    """The day by which lists order an item: public, else formed, else its folder's year."""
    if public is not None:
        return public.date
    return item.formed or date(item.year, 1, 1)
