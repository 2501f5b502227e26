"""A year's calendar file → days off and make-up days (formats.md section 7)."""

from datetime import date

from generator.diagnostic import Diagnostic
from generator.model import Holiday, YearCalendar
from generator.rules import dates as rules
from generator.rules import fields as field_rules
from generator.source import Fields, NodeMap, NodeScalar, Source, read_yaml
from generator.source.dates import ReadDate, read_date
from generator.workdays import days


def read_calendar(source: Source) -> tuple[YearCalendar | None, list[Diagnostic]]:
    """The calendar of one file, and what is wrong with it."""
    node, found = read_yaml(source)
    if not isinstance(node, NodeMap):
        if node is not None:
            found.append(
                Diagnostic(
                    source.place(0),
                    field_rules.WRONG_TYPE,
                    "日历应是一组字段",
                    "写 `year:` `notice:` `off:` `work:`",
                )
            )
        return None, found
    fields = Fields(source, node, found)
    year = fields.integer("year", least=1949, most=2199, required=True)
    notice = fields.text("notice", required=True)
    off: list[Holiday] = []
    for entry in fields.maps("off"):
        name, first, last = (
            entry.text("name", required=True),
            entry.date("from", required=True),
            entry.date("to", required=True),
        )
        entry.finish()
        if not (name and first and last):
            continue
        if last < first:
            entry.report(
                rules.SPAN_BACKWARDS,
                entry.place("to"),
                f"「{name}」止日 {last} 早于起日 {first}",
                "核对两个日期",
            )
            continue
        if (last - first).days > 30 or (year and year not in (first.year, last.year)):
            entry.report(
                rules.CALENDAR_CONTRADICTS,
                entry.place("from"),
                f"「{name}」{first} 至 {last} 不像 {year} 年的假期",
                "照国务院办公厅通知核对年份和日期",
            )
            continue
        off.append(Holiday(name, first, last))
    work: list[date] = []
    free = {day for holiday in off for day in days(holiday.first, holiday.last)}
    for entry_node in fields.nodes("work"):
        text = entry_node.text.strip() if isinstance(entry_node, NodeScalar) else ""
        read = read_date(text)
        place = source.place(entry_node.start, entry_node.end)
        if not isinstance(read, ReadDate):
            fields.report(
                field_rules.BAD_DATE, place, f"调休上班日 `{text}` 不是日期", "按 `YYYY-MM-DD` 写"
            )
        elif read.date in free or read.date.weekday() < 5:
            why = "这天同时放假" if read.date in free else "这天不是周末"
            fields.report(
                rules.CALENDAR_CONTRADICTS,
                place,
                f"调休上班日 {read.date} 不对：{why}",
                "照国务院办公厅通知核对",
            )
        else:
            work.append(read.date)
    fields.finish()
    if year is None or notice is None:
        return None, found
    return YearCalendar(year, notice, tuple(off), tuple(work), source.path), found
