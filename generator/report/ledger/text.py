"""`gongkai status`: every slot in a table that lines up on a terminal."""

from collections.abc import Iterable

from generator.model import Fraction, Grade, Ledger, Repository, Slot
from generator.report.cells import clean, cut, table

_HEAD = ("部门", "事项", "期间", "期限", "状态", "公开日")
_NAME = 24
"""Cells of a name in a table."""


def render(repository: Repository, ledger: Ledger, slots: Iterable[Slot] | None = None) -> str:
    """Slots in the order of configuration, catalogue and time; then rates with their fractions.

    `slots` narrows the table (a department, a status); rates are those of the whole ledger.
    """
    chosen = in_order(repository, ledger.slots if slots is None else slots)
    lines = [f"截至 {ledger.as_of.isoformat()}", ""]
    lines += table([_HEAD, *map(_row, chosen)]) if chosen else ["没有应公开的事项"]
    lines.append("")
    names = {d.folder: d.name for d in repository.departments}
    for rates in ledger.rates:
        lines.append(
            f"{clean(names.get(rates.department, rates.department))}: "
            f"按时 {_fraction(rates.on_time)}，应公开的已公开 {_fraction(rates.covered)}"
        )
    for gap in ledger.gaps:
        numbers = "、".join(map(str, gap.numbers))
        lines.append(
            f"{clean(names.get(gap.department, gap.department))}: "
            f"{clean(gap.series)}〔{gap.year}〕缺号 {numbers}"
        )
    for absent in ledger.not_judged:
        lines.append(f"{clean(absent.department)}: 没有判定，{clean(absent.reason)}")
    return "\n".join(lines).rstrip() + "\n"


def in_order(repository: Repository, slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Slots as the site lists them: by department, row of the catalogue, due day, key."""
    departments = {folder: n for n, folder in enumerate(repository.site.departments)}
    rows: dict[str, int] = {}
    for n, row in enumerate(repository.catalog.rows):
        rows.setdefault(row.slug, n)
    return tuple(
        sorted(
            slots,
            key=lambda s: (
                departments.get(s.department.folder, len(departments)),
                rows.get(s.row.slug, len(rows)),
                s.period.first.isoformat() if s.period else "",
                s.key,
            ),
        )
    )


def when(slot: Slot) -> str:
    """The period of a slot, or what stands for one: its stage, its item, 长期."""
    parts = [slot.period.label] if slot.period else []
    if slot.stage:
        parts.append(slot.stage)
    elif slot.period is None:
        parts.append(slot.item.title if slot.item else slot.process or "长期")
    if slot.result:
        parts.append("结果")
    if slot.section:
        parts.append(slot.section)
    return clean(" ".join(parts))


def due_day(slot: Slot) -> str:
    """`2026-11-03`, with 暂定 where the year is not announced; else why there is none."""
    if slot.due.day is None:
        return {"waiting": "待定", "none": "未定期限"}.get(slot.due.state.value, "")
    return slot.due.day.isoformat() + ("（暂定）" if slot.due.state.value == "provisional" else "")


def _row(slot: Slot) -> tuple[str, ...]:
    return (
        clean(slot.department.name),
        clean(slot.row.name),
        cut(when(slot), _NAME),
        due_day(slot),
        clean(_label(slot)),
        _public(slot),
    )


def _label(slot: Slot) -> str:
    missing = f"：缺{'、'.join(slot.missing)}" if slot.status.value == "part" else ""
    return f"{slot.label}{missing}"


def _public(slot: Slot) -> str:
    if slot.public is None:
        return "未公开" if slot.item is None else "没有凭据"
    return f"{slot.public.date.isoformat()} {_GRADE[slot.public.grade]}"


_GRADE = {Grade.RECEIPT: "凭回执", Grade.GIT: "凭 Git 记录"}


def _fraction(fraction: Fraction) -> str:
    return f"{fraction.over}/{fraction.under}"
