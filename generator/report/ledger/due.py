"""`gongkai due`: what is owed next, and why that day."""

import json
from collections.abc import Iterable

from generator.model import Ledger, Repository, Slot, Status, Step
from generator.outputs import slot_record
from generator.report.cells import clean, table
from generator.report.ledger.text import due_day, in_order, when

_HEAD = ("期限", "部门", "事项", "期间", "状态")


def owed(repository: Repository, ledger: Ledger) -> tuple[Slot, ...]:
    """Slots with a due day that nothing fills yet, the earliest first."""
    waiting = [
        slot
        for slot in in_order(repository, ledger.slots)
        if slot.due.day is not None
        and slot.status in (Status.MISS, Status.SOON, Status.OPEN, Status.HELD)
    ]
    return tuple(sorted(waiting, key=lambda slot: slot.due.day or ledger.as_of))


def text(ledger: Ledger, slots: Iterable[Slot], why: bool = False) -> str:
    """A table of `slots` in their order; with `why`, one block each with its reckoning."""
    chosen = tuple(slots)
    lines = [f"截至 {ledger.as_of.isoformat()}", ""]
    if not chosen:
        lines.append("没有要公开的事项")
    elif why:
        lines += [line for slot in chosen for line in (*_reckoning(slot), "")]
    else:
        lines += table([_HEAD, *map(_row, chosen)])
    return "\n".join(lines).rstrip() + "\n"


def as_json(ledger: Ledger, slots: Iterable[Slot]) -> str:
    """formats.md section 9: the slots in their order, each with its trace."""
    document = {
        "schema_version": 1,
        "as_of": ledger.as_of.isoformat(),
        "due": [
            {**slot_record(slot), "trace": [_step(s) for s in slot.due.trace]} for slot in slots
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _row(slot: Slot) -> tuple[str, ...]:
    return (
        due_day(slot),
        clean(slot.department.name),
        clean(slot.row.name),
        when(slot),
        clean(slot.label),
    )


def _reckoning(slot: Slot) -> list[str]:
    head = f"{clean(slot.department.name)} {clean(slot.row.name)} {when(slot)}"
    lines = [f"{head}: {due_day(slot)}（{clean(slot.label)}）"]
    for number, step in enumerate(slot.due.trace, 1):
        day = f"{step.date.isoformat()} " if step.date else ""
        source = f"（{clean(step.source)}）" if step.source else ""
        lines.append(f"  {number}. {day}{clean(step.text)}{source}")
    return lines


def _step(step: Step) -> object:
    return {
        "step": step.step.value,
        "date": step.date.isoformat() if step.date else None,
        "n": step.n,
        "text": step.text,
        "source": step.source,
    }
