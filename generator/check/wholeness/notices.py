"""公示 and 征求意见: there at all, long enough, and followed by their outcome."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from generator.check.finding import on_item
from generator.diagnostic import Diagnostic
from generator.model import Display, Item, Notice, Phase, Row
from generator.rules import wholeness as rules
from generator.workdays import Workdays

_OPENING = re.compile(
    "(?:招聘|招考|招录|选聘|选调|遴选|竞聘|申报|报名|评审工作)(?:(?!拟|结果|名单|公示).){0,20}"
    "(?:公告|简章|方案|通知|启事)(?:[（(].{0,12}[)）])?$"
)
"""A title that opens a procedure: its 公示 comes weeks later, in an item of its own."""


def findings(
    item: Item, row: Row, process: Sequence[Item], workdays: Workdays, as_of: date
) -> Iterator[Diagnostic]:
    """What a row with a 公示 or a consultation finds wanting in its item."""
    if row.notice is None and row.consult is None:
        return
    notice = item.notice
    if notice is None:
        if (
            row.notice is not None
            and item.phase is not Phase.AFTER
            and not _OPENING.search(item.title)
            and not any(other.notice is not None for other in process)
        ):
            yield on_item(
                item,
                rules.NO_NOTICE,
                "category",
                f"「{item.category}」要公示，没有写公示期",
                "加 `notice: {from: …, to: …, contact: …}` 和 `process`",
            )
        return
    yield from _length(item, row, notice, workdays)
    display = row.notice if row.notice and row.notice.outcome_within else row.consult
    if display is not None and display.outcome_within is not None:
        yield from _outcome(item, row, notice, display, process, workdays, as_of)


def _length(item: Item, row: Row, notice: Notice, workdays: Workdays) -> Iterator[Diagnostic]:
    for display, rule, word in (
        (row.notice, rules.NOTICE_SHORT, "公示"),
        (row.consult, rules.CONSULT_SHORT, "征求意见"),
    ):
        if display is None or display.at_least is None or notice.last < notice.first:
            continue
        least = display.at_least
        length = workdays.length(notice.first, notice.last, least.unit)
        if length < least.count:
            yield on_item(
                item,
                rule,
                "notice.to notice",
                f"{word} {notice.first} 至 {notice.last} 只有 {length} {least.unit.label}，"
                f"至少 {least.count} {least.unit.label}",
                "把 `to` 往后写，重新算首尾两天",
            )


def _outcome(
    item: Item,
    row: Row,
    notice: Notice,
    display: Display,
    process: Sequence[Item],
    workdays: Workdays,
    as_of: date,
) -> Iterator[Diagnostic]:
    limit = display.outcome_within
    assert limit is not None
    due, _ = workdays.count(notice.last, limit)
    if as_of <= due or any(
        other.phase is Phase.AFTER
        and other.formed is not None
        and other.formed >= notice.last
        and other.category == item.category
        for other in process
    ):
        return
    consult = display is row.consult
    yield on_item(
        item,
        rules.NO_OUTCOME if consult else rules.NO_RESULT,
        "notice.to notice",
        f"{'征求意见' if consult else '公示'} {notice.last} 结束，"
        f"{limit.count} {limit.unit.label}内要公布{'采纳情况' if consult else '结果'}，还没有",
        f"加一件{'采纳情况' if consult else '结果'}：`phase: after`，`process: {item.process}`",
    )
