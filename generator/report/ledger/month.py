"""`gongkai due --month`: what falls due in a month, body by body, for the supervisor."""

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.model import Ledger, Repository, Slot, Status
from generator.outputs.paper import year_of
from generator.report.cells import clean, table
from generator.report.ledger.text import due_day, in_order, when

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_HEAD = ("期限", "事项", "期间", "科室", "状态")
_SUMS = ("部门", "到期", "已公开", "还没有")


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> "Month | None":
        """`2026-12`; None for anything else."""
        match = _MONTH.fullmatch(text)
        if match is None or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1:
            return None
        return cls(int(match[1]), int(match[2]))

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])


def due_in(repository: Repository, ledger: Ledger, month: Month) -> tuple[Slot, ...]:
    """Slots that fall due in the month, filled or not, the earliest first.

    Periods that begin after the ledger's year are not in the ledger yet; they come from the
    catalogue, so that January can be planned in December.
    """
    known = {slot.key: slot for slot in ledger.slots}
    ahead: Iterable[Slot] = ()
    if month.year > ledger.as_of.year:
        ahead = (
            _not_due(slot)
            for department in repository.departments
            for slot in year_of(repository, department, month.year).dated
        )
    slots = [*known.values(), *(slot for slot in ahead if slot.key not in known)]
    chosen = [s for s in slots if s.due.day and month.first <= s.due.day <= month.last]
    chosen = [slot for slot in chosen if slot.status is not Status.NA]
    ordered = in_order(repository, chosen)
    return tuple(sorted(ordered, key=lambda slot: slot.due.day or month.first))


def _not_due(slot: Slot) -> Slot:
    """The slot as the ledger's day sees it: nothing of it is late yet."""
    word = Status.OPEN.word
    return replace(
        slot, status=Status.OPEN, word=word, label=word, days_late=None, workdays_late=None
    )


def render(repository: Repository, ledger: Ledger, month: Month, slots: Sequence[Slot]) -> str:
    """Sums body by body, then each body's list; `slots` are `due_in` of the month."""
    lines = [
        f"{month.year} 年 {month.number} 月到期 {len(slots)} 期，截至 {ledger.as_of.isoformat()}",
        "",
    ]
    if not slots:
        return lines[0] + "\n"
    folders = {slot.department.folder for slot in slots}
    bodies = [d for d in repository.departments if d.folder in folders]
    mine = {d.folder: [s for s in slots if s.department.folder == d.folder] for d in bodies}
    lines += table([_SUMS, *(_sums(d.name, mine[d.folder]) for d in bodies)])
    for body in bodies:
        lines += ["", clean(body.name), *table([_HEAD, *map(_row, mine[body.folder])])]
    return "\n".join(lines) + "\n"


def _sums(name: str, slots: Sequence[Slot]) -> tuple[str, ...]:
    filled = sum(slot.item is not None for slot in slots)
    return (clean(name), str(len(slots)), str(filled), str(len(slots) - filled))


def _row(slot: Slot) -> tuple[str, ...]:
    return (
        due_day(slot),
        clean(slot.row.name),
        when(slot),
        clean(slot.section or "—"),
        clean(slot.label),
    )
