"""The text of a new item: front matter that passes the gate, and a body that asks for the rest."""

import json
import re
from datetime import date

from generator.model import Department, Period, Phase, Repository, Row, Unit
from generator.workdays import Workdays

_PLACEHOLDER = "待补充"
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^:#\n]*[^\s:#]")


def front_matter(
    repository: Repository,
    department: Department,
    row: Row,
    title: str,
    period: Period | str,
    formed: date | None,
    process: str | None,
    today: date,
) -> str:
    """`---` to `---`, with every key that the row asks for."""
    key = period.key if isinstance(period, Period) else period
    lines = [f"title: {_scalar(title)}", f"category: {row.category}", f"period: {key}"]
    if formed is not None:
        lines.append(f"formed: {formed.isoformat()}")
    if process is not None:
        lines.append(f"process: {process}")
    if row.phase_required or row.before_required:
        lines.append(f"phase: {_phase(department, row, process).value}")
    if row.notice is not None or row.consult is not None:
        lines.append(_notice(repository, department, row, today))
    if row.review_required:
        lines.append(_review(department, today))
    return "\n".join(["---", *lines, "---", ""])


def _phase(department: Department, row: Row, process: str | None) -> Phase:
    """事前 where the row wants it first and the matter has none yet, else 事后."""
    begun = any(item.process == process and item.phase is Phase.BEFORE for item in department.items)
    return Phase.BEFORE if row.before_required and not begun else Phase.AFTER


def sheet(row: Row) -> str:
    """The body: what the row asks for, one heading each, and what basis it stands on."""
    names = [element.name for element in row.elements]
    figures = {element.name for element in row.elements if element.figure}
    lines = []
    if row.whole_process:
        names += [name for name in ("依据", "主体", "过程", "纪律", "结果") if name not in names]
    if figures:
        counted = [name for name in names if name in figures]
        lines += ["| 项目 | 数值 |", "| --- | --: |"]
        lines += [*(f"| {name} | {_PLACEHOLDER} |" for name in counted), ""]
        names = [name for name in names if name not in figures]
    for name in names:
        lines += [f"## {name}", "", _PLACEHOLDER, ""]
    return "\n".join(lines or [_PLACEHOLDER, ""])


def _notice(repository: Repository, department: Department, row: Row, today: date) -> str:
    """A 公示 from today for as long as the row asks; for a result the clerk deletes the line."""
    display = row.notice or row.consult
    span = display.at_least if display is not None else None
    last = today
    if span is not None:
        workdays = Workdays(repository.calendars)
        # Both ends count: the first day counted is today, where today is a day that counts.
        counts = span.unit is Unit.DAYS or workdays.is_workday(today)
        last, _ = workdays.count(
            today, type(span)(span.count - 1 if counts else span.count, span.unit)
        )
    contact = json.dumps(department.phone, ensure_ascii=False)
    return f"notice: {{from: {today.isoformat()}, to: {last.isoformat()}, contact: {contact}}}"


def _review(department: Department, today: date) -> str:
    posts = (
        ("drafted", department.clerk, "经办人"),
        ("secrecy", department.secrecy_reviewer, "保密审查人"),
        ("approved", department.reviewer, "审核人"),
    )
    named = ", ".join(f"{key}: {_scalar(post.post if post else word)}" for key, post, word in posts)
    return f"review: {{{named}, on: {today.isoformat()}}}"


def _scalar(text: str) -> str:
    """The text as YAML: bare where that is safe, in double quotes else."""
    bare = _PLAIN.fullmatch(text) and not set(text) & set("{}[],")
    return text if bare else json.dumps(text, ensure_ascii=False)
