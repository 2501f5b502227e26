"""`gongkai due`: what is owed next, and why that day."""

import json
from collections.abc import Iterable

from generator.model import Ledger, Repository, Slot, Status, Step, StepKind
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
    return [f"{head}: {due_day(slot)}（{clean(slot.label)}）", *map(_told, _runs(slot.due.trace))]


def _runs(trace: Iterable[Step]) -> list[list[Step]]:
    """The trace with days in a row that are counted, or skipped for one notice, put together."""
    runs: list[list[Step]] = []
    for step in trace:
        last = runs[-1][-1] if runs else None
        joins = (
            last is not None
            and step.step in (StepKind.COUNT, StepKind.SKIP)
            and (last.step, last.source) == (step.step, step.source)
        )
        if joins:
            runs[-1].append(step)
        else:
            runs.append([step])
    return runs


def _told(run: list[Step]) -> str:
    first, last = run[0], run[-1]
    days = [step.date.isoformat() for step in (first, last) if step.date]
    when_told = " 到 ".join(dict.fromkeys(days))
    text = "、".join(dict.fromkeys(clean(step.text) for step in run if step.text))
    if first.step is StepKind.COUNT:
        numbers = " 到 ".join(dict.fromkeys(str(step.n) for step in (first, last)))
        text = f"第 {numbers} 天" + (f"，{text}" if text else "")
    elif first.step is StepKind.SKIP:
        text += "，不计"
    source = f"（{clean(first.source)}）" if first.source else ""
    return f"  {when_told}{': ' if when_told else ''}{text}{source}"


def _step(step: Step) -> object:
    return {
        "step": step.step.value,
        "date": step.date.isoformat() if step.date else None,
        "n": step.n,
        "text": step.text,
        "source": step.source,
    }
