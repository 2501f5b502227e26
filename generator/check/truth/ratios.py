"""Rates, shares and balances of a table against the figures that stand beside them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.check.truth.figure import BLANK, Figure, shown
from generator.check.truth.grid import Fault, Grid, bare
from generator.check.truth.summands import is_total

BOUNDED = (
    "办结|办理|按时|按期|满意|合格|覆盖|知晓|及格|优良|公开|回复|答复|及时|准确|达标|普及|成功|进厅|授权|整改|反馈"
    "|回访|处置|见面|入户|签收|通过|结案|出勤|到会|参会|参训|化解|调解|处理|解决|好评|参与|签约|到岗|受理|响应|抽检|检出"
)
"""Stems of rates that cannot be over 100 %."""
RATE = re.compile(r"([一-鿿]{0,8}?(?:" + BOUNDED + r")[一-鿿]{0,2})(?:率|度)$")
DENOMINATORS = re.compile(
    "交办|受理|收到|收件|应办|登记|立案|接收|承办|转办|派单|接件|回访|评价|测评|问卷|抽检|采集|采样|送检|检查|抽查|应答复|总数|总量|申请"
)
_SHARE = re.compile("占.{0,8}比|占.{0,8}[%％]|比重|比例|百分比|占总")
_GROWTH = re.compile("同比|环比|增长|增幅|增减[%％率幅]|[±]")
_NOT_COUNT = re.compile("序号|编号|年份|电话|日期|时间|排名|单价")


def rate_faults(grid: Grid) -> Iterator[Fault]:
    """Rates and shares that are not the quotient of their own numbers in the row."""
    heads = [bare(head) for head in grid.head]
    columns = [
        n
        for n, head in enumerate(heads)
        if ("率" in head or _SHARE.search(head) or _GROWTH.search(head) or "%" in head)
        and not _counts(grid, n, False)
        and any(f is not None and (f.percent or "%" in head) for f in _column(grid, n))
    ]
    if not columns:
        return
    counts = [n for n in range(len(heads)) if n not in columns and _counts(grid, n, True)][:12]
    for column in columns:
        yield from _quotients(grid, column, counts)


def over_faults(grid: Grid) -> Iterator[Fault]:
    """Percentages over 100 in a column whose rate has a whole."""
    for column, head in enumerate(grid.heads):
        clean = grid.names[column].replace("%", "")
        if not (RATE.match(clean) or _SHARE.search(head)) or _GROWTH.search(head):
            continue
        for row, figures in enumerate(grid.figures):
            figure = figures[column]
            said = figure is not None and (figure.percent or "%" in grid.head[column])
            if figure is not None and said and figure.unit != "‰" and figure.value > 100:
                yield Fault(
                    row,
                    column,
                    f"「{head}」写 {shown(figure.value)}%，不可能超过 100%",
                    "核对分子和分母，改正百分比",
                )


def share_faults(grid: Grid) -> Iterator[Fault]:
    """Shares of one whole that do not make 100 %."""
    for column, head in enumerate(grid.heads):
        if not _SHARE.search(head) or _GROWTH.search(head):
            continue
        rows = [
            n
            for n in range(len(grid.rows))
            if not is_total(grid.label(n)) and grid.figures[n][column] not in (None, BLANK)
        ]
        figures = [f for n in rows if (f := grid.figures[n][column]) is not None]
        if len(figures) < 3 or any("其中" in grid.label(n) for n in rows):
            continue
        whole = [n for n in range(len(grid.rows)) if is_total(grid.label(n))]
        stated = [f for n in whole if (f := grid.figures[n][column]) is not None and f.value == 100]
        if not stated:
            continue
        total = sum((f.value for f in figures), Decimal(0))
        slack = max(_last(f) for f in figures) * (len(figures) + 1) / 2
        if abs(total - 100) > slack:
            yield Fault(
                whole[0],
                column,
                f"「{head}」各行相加是 {shown(total)}%，合计写 100%",
                "核对各行的百分比",
                False,
            )


def _column(grid: Grid, column: int) -> list[Figure | None]:
    return [row[column] for row in grid.figures]


def _counts(grid: Grid, column: int, need: bool) -> bool:
    head = bare(grid.head[column])
    if need and ("率" in head or _NOT_COUNT.search(head) or not head):
        return False
    figures = [f for f in _column(grid, column) if f is not None and f is not BLANK]
    return (
        bool(figures)
        and not any(f.percent for f in figures)
        and "%" not in head
        and (need or ("率" not in head and not _SHARE.search(head) and not _GROWTH.search(head)))
    )


def _last(figure: Figure) -> Decimal:
    return Decimal(1).scaleb(-figure.decimals)


def _quotients(grid: Grid, column: int, counts: Sequence[int]) -> Iterator[Fault]:
    head = bare(grid.head[column])
    rows = [n for n in range(len(grid.rows)) if grid.figures[n][column] not in (None, BLANK)]
    growth = _GROWTH.search(head) is not None
    stem = re.search("([一-鿿]{2})率", head)
    best: tuple[int, bool, str, dict[int, Decimal]] | None = None
    for name, values in _readings(grid, counts, rows, growth, bool(_SHARE.search(head))):
        near = [f for n, v in values.items() if (f := grid.figures[n][column]) and _near(f, v)]
        # Where all is done, any two equal columns make 100 %: that proves no reading.
        telling = sum(f.value not in (0, 100) for f in near) >= 2
        own = stem is not None and stem.group(1) in name.partition("÷")[0]
        if values and (best is None or (len(near), own) > best[:2]):
            best = (len(near), own or telling, name, values)
    if best is None:
        return
    right, known, name, values = best
    wrong = [
        n for n, v in values.items() if (f := grid.figures[n][column]) is None or not _near(f, v)
    ]
    proven = known and right >= 2 and right > len(wrong)
    if not proven:
        reading = _stem_reading(grid, column, counts)
        if reading is None or growth:
            return
        name, top, bottom = reading
        values = _divided(grid, rows, top, bottom)
        wrong = [
            n
            for n, v in values.items()
            if (f := grid.figures[n][column]) is None or not _near(f, v)
        ]
        if len(wrong) > 1 and len(wrong) == len(values):
            return
    for n in wrong:
        figure = grid.figures[n][column]
        assert figure is not None
        places = Decimal(1).scaleb(-max(figure.decimals, 1))
        yield Fault(
            n,
            column,
            f"「{grid.label(n) or '这一行'}」的「{head}」写 {shown(figure.value)}%，"
            f"{name}算出来是 {shown(values[n].quantize(places))}%",
            "核对分子、分母和百分比，改正错的一处",
        )


def _near(figure: Figure, value: Decimal) -> bool:
    return abs(figure.value - value) <= _last(figure) or (figure.value == 0 and abs(value) < 1)


def _readings(
    grid: Grid, counts: Sequence[int], rows: Sequence[int], growth: bool, share: bool
) -> Iterator[tuple[str, dict[int, Decimal]]]:
    heads = grid.heads
    for top in counts:
        for bottom in counts:
            if top == bottom:
                continue
            divided = _divided(grid, rows, top, bottom)
            if growth:
                yield (
                    f"（{heads[top]} - {heads[bottom]}）÷ {heads[bottom]} ",
                    {n: v - 100 for n, v in divided.items()},
                )
                yield f"{heads[top]} ÷ {heads[bottom]} ", divided
            else:
                yield f"{heads[top]} ÷ {heads[bottom]} ", divided
    if share:
        whole = next((n for n in range(len(grid.rows)) if is_total(grid.label(n))), None)
        for top in counts:
            total = grid.figures[whole][top] if whole is not None else None
            if total is not None and total.value:
                yield (
                    f"{heads[top]} ÷ 合计 ",
                    {
                        n: f.value * 100 / total.value
                        for n in rows
                        if (f := grid.figures[n][top]) is not None and f is not BLANK
                    },
                )


def _divided(grid: Grid, rows: Sequence[int], top: int, bottom: int) -> dict[int, Decimal]:
    out: dict[int, Decimal] = {}
    for n in rows:
        upper, lower = grid.figures[n][top], grid.figures[n][bottom]
        if upper is not None and lower is not None and lower.value and upper is not BLANK:
            out[n] = upper.value * 100 / lower.value
    return out


def _stem_reading(grid: Grid, column: int, counts: Sequence[int]) -> tuple[str, int, int] | None:
    """Numerator by the rate's own word and the one denominator that can go with it."""
    match = RATE.match(grid.names[column].replace("%", ""))
    if match is None:
        return None
    stem = match.group(1)
    counts = [n for n in counts if grid.over[n] == grid.over[column]]
    tops = [
        n
        for n in counts
        if grid.names[n].rstrip("数件量") in (stem, stem + "数") or grid.names[n].startswith(stem)
    ]
    bottoms = [n for n in counts if n not in tops and DENOMINATORS.search(grid.names[n])]
    if len(tops) != 1 or len(bottoms) != 1:
        return None
    return f"{grid.heads[tops[0]]} ÷ {grid.heads[bottoms[0]]} ", tops[0], bottoms[0]
