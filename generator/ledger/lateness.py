"""How late, in words: never a bare 日 (formats.md section 4, rule 6)."""

from datetime import date

from generator.model import Status
from generator.workdays import Workdays


def late_days(due: date, until: date, workdays: Workdays) -> tuple[int, int | None]:
    """Calendar days and working days after `due` up to `until`.

    The working days are None where the stretch touches a year that is not announced.
    """
    calendar_days = (until - due).days
    if not all(year in workdays.years for year in range(due.year, until.year + 1)):
        return calendar_days, None
    return calendar_days, workdays.between(due, until)


def lateness(status: Status, days: int | None, working: int | None) -> str:
    """`滞后 2 个工作日`, `逾期 15 个工作日`, `滞后 9 天（自然日）`; empty where nothing is late."""
    if days is None or days <= 0 or status not in (Status.LATE, Status.MISS):
        return ""
    word = "滞后" if status is Status.LATE else "逾期"
    if working is None:
        return f"{word} {days} 天（自然日）"
    if working == 0:
        return f"{word}不足 1 个工作日"
    return f"{word} {working} 个工作日"
