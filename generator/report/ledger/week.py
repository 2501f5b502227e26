"""`gongkai due --format week`: a weekly to-do as Markdown, fit to post in a group chat."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from generator.model import DueState, Ledger, Repository, Slot, Status
from generator.outputs.deadlines import limit
from generator.report.cells import clean
from generator.report.ledger.text import when

_SPECIAL = "\\`*_{}[]<>#|~"


def render(repository: Repository, ledger: Ledger, slots: Iterable[Slot]) -> str:
    """What is overdue, due this week and next, body by body: who, what, by when, why.

    `slots` are those that nothing fills, the earliest first. Weeks run from Monday; what falls
    due later is counted and not listed.
    """
    as_of = ledger.as_of
    sunday = as_of + timedelta(days=6 - as_of.weekday())
    parts = (
        ("已经逾期", date.min, as_of - timedelta(days=1)),
        (f"本周（到 {_md(sunday)}）", as_of, sunday),
        (f"下周（到 {_md(sunday + timedelta(days=7))}）", sunday + timedelta(days=1),
         sunday + timedelta(days=7)),
    )  # fmt: skip
    chosen = [slot for slot in slots if slot.status is not Status.HELD]
    lines = [f"**政务公开一周待办**（{as_of.isoformat()}）"]
    listed = 0
    for department in repository.departments:
        mine = [slot for slot in chosen if slot.department.folder == department.folder]
        told: list[str] = []
        for title, first, last in parts:
            due = [slot for slot in mine if slot.due.day and first <= slot.due.day <= last]
            # What is past and provisional is nobody's lateness.
            due = [slot for slot in due if slot.status is Status.MISS or first >= as_of]
            if due:
                told += ["", f"{title}，{len(due)} 件：", "", *_listed(due)]
                listed += len(due)
        if told:
            lines += ["", f"**{_plain(department.name)}**", *told]
    later = sum(1 for slot in chosen if slot.due.day and slot.due.day > parts[2][2])
    if not listed:
        lines += ["", "本周和下周没有到期的，也没有逾期的。"]
    if later:
        lines += ["", f"再往后还有 {later} 件，见 `gongkai due`。"]
    return "\n".join(lines) + "\n"


def _listed(slots: Iterable[Slot]) -> Iterator[str]:
    for place, slot in enumerate(slots, 1):
        assert slot.due.day is not None
        mark = "，暂定" if slot.due.state is DueState.PROVISIONAL else ""
        by = f"{_md(slot.due.day)}前{mark}"
        if slot.status is Status.MISS:
            by = f"应于 {_md(slot.due.day)}，{slot.label}"
        what = f"{slot.row.name} {when(slot)}".removesuffix(f" {slot.section}")
        basis = slot.row.basis[0] if slot.row.basis else ""
        yield (
            f"{place}. {_plain(_who(slot))}：{_plain(what)}，"
            f"**{by}**"
            f"（{_plain(limit(slot))}，{_plain(basis)}）"
        )


def _who(slot: Slot) -> str:
    """The section that owes it, else the body's clerk, else whom to ring."""
    body = slot.department
    if slot.section is not None:
        return slot.section
    return body.clerk.post if body.clerk is not None else f"{body.name}（{body.phone}）"


def _md(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"


def _plain(text: str) -> str:
    """Text without meaning to Markdown: what a clerk typed must not make a link or a heading."""
    return "".join("\\" + sign if sign in _SPECIAL else sign for sign in clean(text))
