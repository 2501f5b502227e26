"""`gongkai status --against`: the open slots that a change of catalogue or calendar moves."""

import json

from generator.assess.against import Comparison, Moved
from generator.model import Due, Ledger, Repository
from generator.report.cells import clean, cut, table
from generator.report.ledger.text import in_order, when

_HEAD = ("部门", "事项", "期间", "原期限", "现期限", "变动")


def render(
    repository: Repository, ledger: Ledger, revision: str, found: Comparison, moved: list[Moved]
) -> str:
    """A table of what moved, then what was left alone."""
    short = found.commit[:12]
    lines = [
        f"截至 {ledger.as_of.isoformat()}，和 {clean(revision)}（{short}）的公开目录、日历比",
        "",
    ]
    by_key = {one.slot.key: one for one in moved}
    slots = in_order(repository, (one.slot for one in moved))
    rows = [_row(by_key[slot.key]) for slot in slots]
    lines += table([_HEAD, *rows]) if rows else ["没有期限变动"]
    lines += ["", f"没有公开的期次，变动 {len(moved)} 期；已经公开的 {found.closed} 期不动"]
    return "\n".join(lines) + "\n"


def as_json(ledger: Ledger, found: Comparison, moved: list[Moved]) -> str:
    """`moved`: slot, department, and due day and state before and after, null where not owed."""
    document = {
        "schema_version": 1,
        "as_of": ledger.as_of.isoformat(),
        "against": found.commit,
        "moved": [
            {
                "slot": one.slot.key,
                "department": one.slot.department.folder,
                "before": _record(one.before),
                "after": _record(one.after),
            }
            for one in moved
        ],
        "closed": found.closed,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _record(due: Due | None) -> dict[str, str | None] | None:
    if due is None:
        return None
    return {"due": due.day.isoformat() if due.day else None, "due_state": due.state.value}


def _row(one: Moved) -> tuple[str, ...]:
    return (
        clean(one.slot.department.name),
        clean(one.slot.row.name),
        cut(when(one.slot), 24),
        _day(one.before),
        _day(one.after),
        _change(one),
    )


def _day(due: Due | None) -> str:
    if due is None:
        return "没有"
    if due.day is None:
        return {"waiting": "待定", "none": "未定期限"}.get(due.state.value, "")
    return due.day.isoformat() + ("（暂定）" if due.state.value == "provisional" else "")


def _change(one: Moved) -> str:
    if one.before is None:
        return "新增"
    if one.after is None:
        return "不再要求"
    was, now = one.before.day, one.after.day
    if was is None or now is None:
        return "期限的定法变了"
    if was == now:
        return "暂定变确定" if one.before.state.value == "provisional" else "变成暂定"
    days = (now - was).days
    return f"{'推后' if days > 0 else '提前'} {abs(days)} 天"
