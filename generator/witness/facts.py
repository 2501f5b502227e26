"""What is so of each item at this moment, whatever the receipts already say."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from generator.article.elements import missing
from generator.history import Receipts
from generator.ledger import reckon
from generator.model import Due, DueState, Line, Slot, State
from generator.render.world import World


@dataclass(frozen=True, slots=True)
class Fact:
    """One slot an item fills, and what a receipt line records of it."""

    slot: str | None
    """None for an item that fills no slot."""
    due: date | None
    """None while it waits for its event, or is provisional."""
    missing: tuple[str, ...]
    """Elements that the text lacks, in the row's order."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A receipt line that is due once the public address serves the page."""

    kind: str
    department: str
    item: str
    fact: Fact


def facts(world: World, day: date) -> Mapping[str, tuple[Fact, ...]]:
    """Item id → the slots it fills on `day`, sorted; no entry for one that fills none.

    Reckoned without any evidence: a receipt that recorded missing elements would otherwise be
    copied for ever. A due day that a slot has already frozen is the one thing kept.
    """
    bare = replace(world.evidence, landings={}, lines={}, seals=())
    frozen = {slot.key: slot.due for slot in world.ledger.slots if slot.due.frozen}
    found: dict[str, list[Fact]] = {}
    for slot in reckon(world.repository, world.articles, bare, day).slots:
        due = _day(frozen.get(slot.key, slot.due))
        for item, lacking in _lacking(world, slot):
            found.setdefault(item, []).append(Fact(slot.key, due, lacking))
    return {item: tuple(several) for item, several in found.items()}


def pending(
    world: World, receipts: Receipts, day: date, state_of: Mapping[str, State]
) -> tuple[Pending, ...]:
    """Lines that the chains do not have yet, in the order of the repository.

    An item is due a line for each slot whose last line shows another record; one that fills no
    slot, when its own last line does. `state_of` maps an item's id to what its page shows.
    """
    known = facts(world, day)
    found: list[Pending] = []
    for department in world.repository.departments:
        chain = receipts.lines.get(department.folder, ())
        last = {line.item: line for line in chain}
        pairs = {(line.item, line.slot): line for line in chain}
        for item in department.items:
            article = world.articles[item.id]
            state = state_of[item.id]
            before = last.get(item.id)
            here = known.get(item.id) or _former(chain, item.id, state)
            for fact in here or (Fact(None, None, ()),):
                pair = pairs.get((item.id, fact.slot))
                shown = before if fact.slot is None else pair
                if shown is not None and shown.sha256 == article.sha256:
                    continue
                if state is not State.PUBLIC:
                    # Its text has given way, so nothing can be said of the elements now.
                    fact = replace(fact, missing=pair.missing if pair else ())
                kind = _kind(chain, state, before if fact.slot is None else pair)
                found.append(Pending(kind, department.folder, item.id, fact))
    return tuple(found)


def _kind(chain: tuple[Line, ...], state: State, before: Line | None) -> str:
    if not chain:
        return "found"
    if state is State.WITHDRAWN:
        return "withdraw"
    if state is State.EXPIRED:
        return "expire"
    return "change" if before is not None else "first"


def _former(chain: tuple[Line, ...], item: str, state: State) -> tuple[Fact, ...]:
    """The slots of a withdrawn item: it fills them no longer, and its lines say it left them."""
    if state is State.PUBLIC:
        return ()
    lines = {line.slot: line for line in chain if line.item == item and line.slot is not None}
    return tuple(Fact(slot, line.due, line.missing) for slot, line in sorted(lines.items()))


def _lacking(world: World, slot: Slot) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if slot.item is None:
        return ()
    others = (
        (item.id, missing(slot.row, item, world.articles[item.id], ())) for item in slot.others
    )
    return ((slot.item.id, slot.missing), *others)


def _day(due: Due) -> date | None:
    return due.day if due.state is DueState.FIXED else None
