"""When an item became public for a slot, and how that is known (formats.md section 4, rule 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.model import Evidence, Grade, Item, Line, Public


@dataclass(frozen=True, slots=True)
class Proof:
    """What the evidence up to a day says of one item in one slot."""

    public: Public | None
    judged_on: date | None
    """J: the first day on which nothing was missing; None while something is."""
    stub: bool
    """Whether the first receipt had elements missing."""
    recorded_missing: tuple[str, ...] | None
    """Of the last receipt while the stub is not whole; None once it is, or without receipts."""


class Chain:
    """One department's receipt lines up to the end of a day, found by slot and by item."""

    def __init__(self, evidence: Evidence, department: str, as_of: date) -> None:
        self._evidence = evidence
        self._as_of = as_of
        self._by_slot: dict[str, list[Line]] = {}
        self._earliest: dict[str, date] = {}
        for line in evidence.lines.get(department, ()):
            day = line.at.date()
            self._earliest.setdefault(line.item, day)
            if line.slot is not None and day <= as_of:
                self._by_slot.setdefault(line.slot, []).append(line)

    def first(self, slot: str) -> Line | None:
        """The first receipt of a slot, whatever item it was for."""
        return next(iter(self._by_slot.get(slot, ())), None)

    def lines(self, slot: str, item: Item) -> tuple[Line, ...]:
        """The receipts of item × slot, in order."""
        return tuple(line for line in self._by_slot.get(slot, ()) if line.item == item.id)

    def there(self, item: Item) -> bool:
        """Whether the item exists on the day: not when all its evidence is later."""
        days = [day for day in (self._earliest.get(item.id), self._landed(item)) if day]
        return not days or min(days) <= self._as_of

    def _landed(self, item: Item) -> date | None:
        landing = self._evidence.landings.get(item.id)
        return landing.at.date() if landing else None


def prove(
    evidence: Evidence, item: Item, lines: Sequence[Line], due: date | None, as_of: date
) -> Proof:
    """The proof for item × slot, whose receipt lines are `lines`."""
    first = lines[0] if lines else None
    landing = evidence.landings.get(item.id)
    if landing is not None and landing.at.date() > as_of:
        landing = None
    found_late = (
        first is not None and first.kind == "found" and due is not None and first.at.date() > due
    )
    if first is not None and not found_late:
        public = Public(first.at, Grade.RECEIPT, first.kind == "found", first.seq, first.commit)
        if not first.missing or first.kind == "found":
            return Proof(public, public.date, False, None)
        whole = next((line for line in lines[1:] if not line.missing), None)
        if whole is not None:
            return Proof(public, whole.at.date(), True, None)
        return Proof(public, None, True, lines[-1].missing)
    if landing is not None:
        public = Public(landing.at, Grade.GIT, False, None, landing.commit)
        return Proof(public, public.date, False, None)
    return Proof(None, None, False, None)
