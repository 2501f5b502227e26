"""Family D: dates that contradict the rule or each other. Lateness is never said here."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from generator.catalog import Facts, reckon, rolls, row_of, settle
from generator.check.finding import on_item
from generator.diagnostic import Diagnostic
from generator.model import (
    Before,
    DueState,
    Event,
    Every,
    ExemptionKind,
    Item,
    Period,
    Repository,
    Row,
    Within,
)
from generator.rules import catalog as catalog_rules
from generator.rules import dates as rules
from generator.source.dates import ReadPeriod, fold, read_period
from generator.source.labels import labelled, named
from generator.workdays import Workdays

_YEAR = timedelta(days=366)
_SIGNED = re.compile(r"^[\s>*_　]*([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日[\s*_]*$")
_NUMBER_YEAR = re.compile(r"[〔\[（(【]\s*([0-9]{4})\s*[〕\]）)】]")
_PERIODS = re.compile(
    r"[0-9]{4}年(?:度|[上下]半年度?|第?[一二三四1-4]季度|[0-9]{1,2}月份?)?(?![0-9]{0,2}日)"
)


def findings(repository: Repository, as_of: date) -> Iterator[Diagnostic]:
    """Every finding of the family over the whole repository."""
    workdays = Workdays(repository.calendars)
    filled = {
        (item.department, item.category, item.period_key)
        for item in repository.items
        if item.fills and item.withdrawn is None
    }
    for item in repository.items:
        row = row_of(repository.catalog, item)
        yield from _dates(item, as_of)
        if row is None:
            continue
        yield from _formed(item, row)
        if item.imported is not None:
            yield from _owed(repository, item, row, workdays, as_of, filled)
        elif item.corrects is None:
            yield from _deadline(repository, item, row, workdays)


def _dates(item: Item, as_of: date) -> Iterator[Diagnostic]:
    if item.withdrawn is not None and item.formed and item.withdrawn.on < item.formed:
        yield on_item(
            item,
            rules.WITHDRAWN_BEFORE,
            "withdrawn.on",
            f"撤回日期 {item.withdrawn.on} 早于形成日期 {item.formed}",
            "核对两个日期",
        )
    if item.imported is None:
        if item.formed is not None and item.formed > as_of:
            yield on_item(
                item,
                rules.FAR_FUTURE,
                "formed",
                f"{named('formed')} `{item.formed}` 晚于 {as_of}",
                "核对年份和月份",
            )
        for key, day in (
            ("deadline", item.deadline),
            ("notice.to", item.notice.last if item.notice else None),
        ):
            if day is not None and day > as_of + _YEAR:
                yield on_item(
                    item, rules.FAR_FUTURE, key, f"{named(key)} `{day}` 在一年以后", "核对年份"
                )
    if item.formed is not None:
        yield from _against(item, item.formed)
    yield from _title(item)


def _against(item: Item, formed: date) -> Iterator[Diagnostic]:
    lines = [line for line in item.body.rstrip().split("\n") if line.strip()][-4:]
    for line in reversed(lines):
        match = _SIGNED.match(fold(line))
        if match:
            year, month = int(match.group(1)), int(match.group(2))
            if (year, month) != (formed.year, formed.month):
                yield on_item(
                    item,
                    rules.FORMED_AGAINST_SIGNATURE,
                    "formed",
                    f"{named('formed')} `{formed}` 和落款的 {year} 年 {month} 月不在同一个月",
                    "以落款为准改 `formed`，或改正落款",
                )
            break
    match = _NUMBER_YEAR.search(item.number or "")
    if match and int(match.group(1)) != formed.year:
        yield on_item(
            item,
            rules.FORMED_AGAINST_NUMBER,
            "formed",
            f"{named('formed')} `{formed}` 和文号「{item.number}」不在同一年",
            "核对文号和日期",
        )


def _title(item: Item) -> Iterator[Diagnostic]:
    if not isinstance(item.period, Period) or item.corrects is not None:
        return
    said = []
    for match in _PERIODS.finditer(fold(item.title).replace(" ", "")):
        read = read_period(match.group())
        if isinstance(read, ReadPeriod):
            said.append(read.period)
    if not said or any(_agrees(period, item.period) for period in said):
        return
    yield on_item(
        item,
        rules.TITLE_OTHER_PERIOD,
        "title",
        f"标题说的是{said[0].label}，{labelled('period')}是 `{item.period.key}`",
        "多半是复制上期后没有改；改标题或改期次",
    )


def _agrees(said: Period, period: Period) -> bool:
    if said.every is Every.YEAR or period.every is Every.YEAR:
        return said.year == period.year
    return said.first <= period.last and period.first <= said.last


def _formed(item: Item, row: Row) -> Iterator[Diagnostic]:
    rule = row.due
    counts = isinstance(rule, Before) or (isinstance(rule, Within) and rule.after is Event.FORMED)
    free = row.every in (Every.EVENT, Every.STAGE, Every.STANDING)
    absent = item.formed is None and "formed" not in item.marks
    if absent and (free or (counts and item.imported is None)):
        yield on_item(
            item,
            rules.FORMED_MISSING,
            "period",
            f"「{item.category}」要写{labelled('formed')}",
            "加一行 `formed: YYYY-MM-DD`，写文件签发、决定作出或信息形成的日子",
        )
    if item.formed is None:
        return
    if item.deadline is not None and item.deadline < item.formed and not isinstance(rule, Before):
        yield on_item(
            item,
            rules.DEADLINE_BEFORE_FORMED,
            "deadline",
            f"{named('deadline')} `{item.deadline}` 早于{named('formed')} `{item.formed}`",
            "核对两个日期",
        )
    if (
        isinstance(rule, Within)
        and rule.after is Event.PERIOD_END
        and isinstance(item.period, Period)
        and item.period.first <= item.formed < item.period.last
    ):
        yield on_item(
            item,
            rules.FORMED_IN_PERIOD,
            "formed",
            f"{named('formed')} `{item.formed}` 在{item.period.label}以内，这一期还没有过完",
            "写期末以后汇总形成的日子",
        )


def _due(
    repository: Repository, item: Item, row: Row, workdays: Workdays
) -> tuple[date, DueState] | None:
    if isinstance(item.period, str) and row.every is Every.STAGE:
        stage = next((s for s in row.stages if s.name == item.period), None)
        rule = stage.due if stage else None
        if rule is None or (isinstance(rule, Within) and rule.after is Event.STAGE):
            return None  # the stage before is another item's: the ledger reckons it
    else:
        rule = row.due
    period = item.period if isinstance(item.period, Period) else None
    if (row.every.periodic and period is None) or row.every is Every.STANDING:
        return None
    facts = Facts(period, item.formed, item.notice.last if item.notice else None)
    extends = [
        e
        for e in repository.exemptions
        if e.kind in (ExemptionKind.EXTEND, ExemptionKind.SUSPEND)
        and (
            e.item == item.id
            or (
                e.department == item.department
                and e.category == item.category
                and e.item is None
                and (e.period is None or e.period == item.period_key)
            )
        )
    ]
    due = settle(reckon(rule, facts, workdays, latest=row.latest), rolls(rule), extends, workdays)
    return (due.day, due.state) if due.day is not None else None


def _deadline(
    repository: Repository, item: Item, row: Row, workdays: Workdays
) -> Iterator[Diagnostic]:
    if item.deadline is None:
        return
    due = _due(repository, item, row, workdays)
    if due is not None and due[1] is DueState.FIXED and item.deadline > due[0]:
        yield on_item(
            item,
            rules.LATER_THAN_RULE,
            "deadline",
            f"{named('deadline')} `{item.deadline}` 晚于规定的 {due[0]}",
            f"删去 `deadline`，或写 {due[0]} 以前的日期",
        )


def _owed(
    repository: Repository,
    item: Item,
    row: Row,
    workdays: Workdays,
    as_of: date,
    filled: set[tuple[str, str, str]],
) -> Iterator[Diagnostic]:
    if not row.every.periodic or not isinstance(item.period, Period):
        return
    if (item.department, item.category, item.period_key) in filled:
        return
    due = _due(repository, item, row, workdays)
    if due is not None and due[0] >= repository.site.judge.since and item.period.first <= as_of:
        yield on_item(
            item,
            catalog_rules.IMPORTED_OWED,
            "imported",
            f"{item.period.label}的「{item.category}」正等着公开（应于 {due[0]}），补录不能顶它",
            "删去 `imported`，照常公开",
        )
