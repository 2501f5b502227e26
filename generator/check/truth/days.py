"""Dates of a body: out of order, not in the calendar, or after the text was made."""

import re
from collections.abc import Iterator
from datetime import date

from generator.check.truth.grid import Fault, Grid, bare
from generator.check.truth.prose import Mismatch, sentence
from generator.source.dates import ReadDate, read_date

_DAY = re.compile(
    r"(?<![0-9])(?:([12][0-9]{3})\s*(?:年|[-/.])\s*)?([0-9]{1,2})\s*(?:月|[-/.])\s*([0-9]{1,2})(?:\s*日|(?![0-9.%月]))"
)
_MAYBE = re.compile(r"[0-9][0-9]{0,3}\s*[年月\-/.][0-9年月日./\- \t]+")
_RANGE = re.compile(
    r"(?:起|上午|下午|[0-9]{1,2}[时点:]00?)?\s*(?:至|到|—{1,2}|－|-|~|～|–)\s*(?:本年|当年)?"
)
_LAST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PAST = re.compile(
    "已[经于]?|完成|召开|通过|印发|收到|办结|作出|开标|竣工|立案|缴纳|发放|检查了?|批复|批准|签订|中标|开展了|共|累计|审议|研究|受理|拨付|支付|发生|投诉|举报|查处|发现|送达"
)
_FUTURE = re.compile(
    "将|拟|计划|预计|前(?!期)|之前|以前|起(?!草|诉|重)|有效|期限|为止|定于|届时|应当?|须|要求|下[月季年一步]|明年|逾期|报名|截止|到期|安排|下达|力争|开工|分期|方可|可[以到在]|请|实施|施行|执行|预约|如|若|失效|承包期|租期|合同期|工期|质保|补缴|复查|复核|整改到位|听证|开庭|限"
)
_EARLY = re.compile("受理|收件|立案|申请|开工|签订|开始|起始|登记|来信|报名|收文|交办|签发|发现")
_LATE = re.compile("办结|决定|作出|竣工|完工|结束|答复|验收|结案|回复|终止|销号|送达|完成")


def of_text(text: str, formed: date | None, as_of: date) -> Iterator[tuple[str, Mismatch]]:
    """Kind (`order`, `impossible`, `after`) and finding for the dates of running text."""
    before: tuple[re.Match[str], date] | None = None
    for match in _dates(text):
        year, month, day = match.groups()
        dotted = "月" not in match.group()
        if dotted and year is None:
            continue
        if (
            not 1 <= int(month) <= 12
            or not 1 <= int(day) <= _LAST[int(month) - 1]
            or (year and _absent(int(year), int(month), int(day)))
        ):
            if not dotted or "-" in match.group():
                yield (
                    "impossible",
                    Mismatch(
                        match.start(), match.end(), f"「{match.group().strip()}」不在日历上", False
                    ),
                )
            before = None
            continue
        known = int(year) if year else None
        if before is not None and _RANGE.fullmatch(text[before[0].end() : match.start()]):
            first = before[1]
            last = date(
                known or first.year,
                int(month),
                min(int(day), 28)
                if _absent(known or first.year, int(month), int(day))
                else int(day),
            )
            if last < first and (
                known or last.month == first.month or (first.month - last.month) in (1, 2)
            ):
                yield (
                    "order",
                    Mismatch(
                        before[0].start(),
                        match.end(),
                        f"起止日期「{text[before[0].start() : match.end()]}」前后颠倒",
                        True,
                    ),
                )
        if known is None:
            before = (
                (match, date(before[1].year, int(month), int(day)))
                if before and not _absent(before[1].year, int(month), int(day))
                else None
            )
            continue
        when = date(known, int(month), int(day))
        before = (match, when)
        limit = formed or as_of
        if when > limit and _happened(text, match, known):
            yield (
                "after",
                Mismatch(
                    match.start(),
                    match.end(),
                    f"「{match.group().strip()}」已经发生的事，晚于"
                    + ("形成日期" if formed else "今天")
                    + f" {limit}",
                    False,
                ),
            )


def _dates(text: str) -> Iterator[re.Match[str]]:
    for maybe in _MAYBE.finditer(text):
        yield from _DAY.finditer(text, maybe.start(), maybe.end())


def _absent(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return True
    return False


def _happened(text: str, match: re.Match[str], year: int) -> bool:
    start, end = sentence(text, match.start())
    left = max(start, *(text.rfind(mark, start, match.start()) + 1 for mark in "，；"))
    right = min(n if (n := text.find(mark, match.end())) >= 0 else end for mark in "，；")
    clause = text[left : min(right, end)]
    if re.search("截[至止]", clause):
        following = text[right : min(end, right + 40)]
        return bool(re.search("共|累计|已|全部", following)) and not re.search(
            "将|拟|计划|预计", following
        )
    rest = clause[match.end() - left :]
    if re.match(r"\s*(?:至|到|—|-|~|前|起|之前|以前|止)", rest) or re.search(
        r"(?:至|到|—|-|~)\s*$", clause[: match.start() - left]
    ):
        return False
    if not rest.strip():
        following = text[right : min(end, right + 24)]
        rest = following
    return bool(_PAST.search(rest[:24])) and not _FUTURE.search(clause + rest[:24])


def of_cells(grid: Grid, wanted: str) -> Iterator[Fault]:
    """Cells that hold a term whose end comes first (`order`), or 11月34日 (`impossible`)."""
    if "月" not in grid.text and "-" not in grid.text:
        return
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if len(cell) < 5 or not _MAYBE.search(cell):
                continue
            for kind, found in of_text(cell, None, date.max):
                written = cell[found.start : found.end]
                if kind == wanted and (kind == "order" or "月" in written):
                    yield Fault(row, column, found.message, "核对日期")


def of_grid(grid: Grid) -> Iterator[Fault]:
    """Rows whose end comes before their beginning."""
    line = "".join(grid.head)
    if not _EARLY.search(line) or not _LATE.search(line):
        return
    heads = [bare(head) for head in grid.head]
    dated = [
        n
        for n, head in enumerate(heads)
        if re.search("日期|时间|日$|年月日", head) or _EARLY.search(head) or _LATE.search(head)
    ]
    dated = [n for n in dated if not re.search("截止|计划|预计|要求|应|限|拟", heads[n])]
    starts = [n for n in dated if _EARLY.search(heads[n]) and not _LATE.search(heads[n])]
    ends = [n for n in dated if _LATE.search(heads[n]) and not _EARLY.search(heads[n])]
    if len(starts) != 1 or not ends:
        return
    for row, cells in enumerate(grid.rows):
        if not any(mark in cells[starts[0]] for mark in "-月./"):
            continue
        first = read_date(cells[starts[0]])
        for column in ends:
            last = read_date(cells[column])
            if (
                isinstance(first, ReadDate)
                and isinstance(last, ReadDate)
                and last.date < first.date
            ):
                yield Fault(
                    row,
                    column,
                    f"「{heads[column]}」`{last.date}` 早于「{heads[starts[0]]}」`{first.date}`",
                    "核对两个日期",
                )
