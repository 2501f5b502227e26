"""What a body owes in a year, from the catalogue and the calendars alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from generator.catalog import binds, excepted
from generator.ledger import reckon
from generator.model import (
    Department,
    Every,
    Evidence,
    ExemptionKind,
    Repository,
    Row,
    Slot,
    Status,
)

_NOTHING = Evidence({}, {}, (), None, None)


@dataclass(frozen=True, slots=True)
class Year:
    """A body's year."""

    dated: tuple[Slot, ...]
    """Empty slots that fall due in the year, by day, then in the order of the catalogue."""
    undated: tuple[Row, ...]
    """Rows without a day that a calendar knows: counted from an event, by stages, or at once."""
    standing: tuple[Row, ...]
    """长期公开: owed all year."""


def year_of(repository: Repository, department: Department, year: int) -> Year:
    """The year as an empty ledger sees it on 31 December: no item is looked at.

    Approved extensions and suspensions move a day; 不适用 takes it away. What a receipt froze
    is no matter here: a wall calendar tells the rule.
    """
    since = date(year, 1, 1)
    site = replace(repository.site, judge=replace(repository.site.judge, since=since, trial=None))
    bare = replace(repository, site=site, departments=(replace(department, items=()),))
    slots = [
        slot
        for slot in reckon(bare, {}, _NOTHING, date(year, 12, 31)).slots
        if slot.row.every.periodic and slot.status is not Status.NA
    ]
    order = {_name(row): n for n, row in enumerate(repository.catalog.rows)}
    dated = [slot for slot in slots if slot.due.day is not None and slot.due.day.year == year]
    dated.sort(key=lambda slot: (slot.due.day or since, order[_name(slot.row)], slot.key))
    waiting = {_name(slot.row) for slot in slots if slot.due.day is None}
    rows = tuple(_in_force(repository, department, year))
    return Year(
        tuple(dated),
        tuple(r for r in rows if r.every in (Every.EVENT, Every.STAGE) or _name(r) in waiting),
        tuple(r for r in rows if r.every is Every.STANDING),
    )


def _name(row: Row) -> tuple[str, date]:
    """What tells a version of a row from all others."""
    return (row.slug, row.valid_from or date.min)


def _in_force(repository: Repository, department: Department, year: int) -> Iterator[Row]:
    """Rows that bind the body at some time of the year, in the order of the catalogue."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    spared = {
        exemption.category
        for exemption in repository.exemptions
        if exemption.kind is ExemptionKind.NOT_APPLICABLE
        and exemption.department == department.folder
        and exemption.period is None
        and exemption.item is None
        and (exemption.first or date.min) <= first
        and (exemption.last or date.max) >= last
    }
    for row in repository.catalog.rows:
        in_force = (row.valid_from or first) <= last and (row.valid_to or last) >= first
        bound = binds(row, department) and excepted(row, department) is None
        if in_force and bound and row.category not in spared:
            yield row
