"""Totals down a table: rows called 合计, 总计 or 小计 against what they add up."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.check.truth.figure import BLANK, Figure, aligned, shown
from generator.check.truth.grid import Fault, Grid, bare
from generator.check.truth.summands import (
    AMONG,
    Total,
    has_figures,
    label_column,
    readings,
    style_of,
    total_of,
)

NAMES = re.compile("合\\s*计|总\\s*计|小\\s*计|共\\s*计|全年|总数|总和|总量|总额")
_APART = re.compile(
    "率|比|占|均|单价|序|编号|代码|排名|名次|位次|年份|年度$|日期|时间|联系电话|电话号|增长|增幅|增减|[±%％]|同期"
    "|备注|标准|价格|指数|得分|评分|满意度|天数|工期|期限|时限|时长|中位|最[高低大小长短早晚]|限|税率|系数|每|单产|亩产|浓度|温度|强度|密度|年龄|水位|指标值|楼层"
)
_STOCK = re.compile("余额|结余|累计|期初|期末|存量|在册|库存|年末|月末|年初|月初")
_TIME = re.compile(
    r"(?:[0-9]{4}年)?(?:[0-9一二三四五六七八九十]{1,3}月份?|第?[一二三四]季度|[上下]半年)"
)
_ROUNDED = re.compile("万元|亿元|万人|公顷|平方公里|万吨|万平方|千元|万亩|亿")
_DISTINCT = re.compile("去重|重复计|不重复|剔除重复|有交叉")


def faults(grid: Grid) -> Iterator[Fault]:
    """Every total of the grid that its parts do not add up to."""
    if not NAMES.search(grid.text) or _DISTINCT.search(grid.context) or len(grid.rows) > 5000:
        return
    yield from _down(grid)


def additive(grid: Grid, column: int) -> bool:
    """Whether the figures of a column may be added up at all."""
    head = bare(grid.head[column])
    if "电话" in head and any(
        f is not None and f.value > 1_000_000 for f in (row[column] for row in grid.figures)
    ):
        return False
    return not _APART.search(head) and not any(
        figure is not None and figure.percent for figure in (row[column] for row in grid.figures)
    )


def _down(grid: Grid) -> Iterator[Fault]:
    totals = {n: t for n in range(len(grid.rows)) if (t := total_of(grid, n))}
    if not totals:
        return
    if len(totals) == 1 and len(grid.rows) - 1 in totals and _adds_up(grid):
        return
    columns = [c for c in range(len(grid.head)) if _counts(grid, c, totals)]
    for total in totals.values():
        ways = readings(grid, total, totals)
        if not ways:
            continue
        verdicts: dict[int, list[Decimal | None]] = {}
        for column in columns:
            figure = grid.figures[total.row][column]
            if figure is None or figure is BLANK:
                continue
            sums = [_difference(grid, column, total.row, way(column)) for way in ways]
            if any(s is not None for s in sums) and not _stock(grid, column, total.row):
                verdicts[column] = sums
        wrong = [c for c, sums in verdicts.items() if not any(s == 0 for s in sums)]
        right = [c for c in verdicts if c not in wrong]
        plain = _simple(grid, total, totals)
        for column in wrong:
            sums = verdicts[column]
            best = _proven(verdicts, right)
            least = (
                sums[best] if best is not None else next((s for s in sums if s is not None), None)
            )
            if least is None:
                continue
            certain = best is not None or (plain and not (len(wrong) > 1 and len(verdicts) > 2))
            figure = grid.figures[total.row][column]
            assert figure is not None
            if certain and figure.decimals and abs(least) <= len(grid.rows) * _unit(figure) / 2:
                certain = False
            name = bare(grid.rows[total.row][label_column(grid, total.row)])
            yield Fault(
                total.row,
                column,
                f"「{name}」的「{bare(grid.head[column]) or '数'}」写 {shown(figure.value)}，"
                f"各行相加是 {shown(figure.value + least)}",
                "核对各行和合计，改正错的一处",
                certain,
            )


def _adds_up(grid: Grid) -> bool:
    """Whether every column of figures makes its last row: most tables, told at once."""
    for column in zip(*grid.figures, strict=True):
        total = column[-1]
        if total is None or total is BLANK:
            continue
        parts = column[:-1]
        if total.percent or any(p is None or p.unit != total.unit for p in parts if p is not BLANK):
            return False
        if sum((p.value for p in parts if p is not None), Decimal(0)) != total.value:
            return False
    return True


def _counts(grid: Grid, column: int, totals: dict[int, Total]) -> bool:
    if not additive(grid, column):
        return False
    return any(grid.figures[n][column] not in (None, BLANK) for n in totals)


def _proven(verdicts: dict[int, list[Decimal | None]], right: Sequence[int]) -> int | None:
    """The way of adding up that fits the columns that are right."""
    for n in range(len(next(iter(verdicts.values()), []))):
        if right and all(verdicts[c][n] == 0 for c in right):
            return n
    return None


def _simple(grid: Grid, total: Total, totals: dict[int, Total]) -> bool:
    """Whether there is only one way to read what the total adds up."""
    rows = [n for n in range(len(grid.rows)) if n not in totals]
    labels = [grid.label(n) for n in rows]
    if any(AMONG.match(label) for label in labels) or "其中" in grid.text:
        return False
    styles = {style_of(label) for label in labels}
    others = [t for t in totals.values() if t is not total]
    nested = any(t.level != total.level for t in others)
    return (len(styles) == 1 and not nested) or (nested and len(styles) == 1 and total.level == 1)


def _unit(figure: Figure) -> Decimal:
    return Decimal(1).scaleb(-figure.decimals)


def _difference(grid: Grid, column: int, row: int, parts: Sequence[int]) -> Decimal | None:
    """Parts minus total, 0 within rounding; None where it cannot be added up."""
    figures = [grid.figures[n][column] for n in parts]
    total = grid.figures[row][column]
    exact = [figure for figure in figures if figure is not None]
    if total is None or len(exact) < len(figures) or sum(f is not BLANK for f in exact) < 2:
        return None
    values = aligned([*exact, total])
    if values is None:
        return None
    difference = sum(values[:-1], Decimal(0)) - values[-1]
    scale = values[-1] / total.value if total.value else Decimal(1)
    return (
        Decimal(0) if abs(difference) <= slack(grid, column, exact, total) * scale else difference
    )


def slack(grid: Grid, column: int, parts: Sequence[Figure], total: Figure) -> Decimal:
    """One unit in the last place of a measured figure; nought for a count."""
    if total.decimals:
        return _unit(total)
    if any(part.decimals for part in parts):
        return Decimal(1) if total.value else Decimal(0)
    words = grid.head[column] + total.unit + (grid.context if "单位" in grid.context else "")
    return Decimal(1) if _ROUNDED.search(words) else Decimal(0)


def _stock(grid: Grid, column: int, row: int) -> bool:
    """Whether the column shows a state at points in time, of which the last or first is the total."""
    parts = [n for n in range(row) if has_figures(grid, n)]
    if not parts:
        return False
    timely = sum(1 for n in parts if _TIME.match(grid.label(n))) * 2 > len(parts)
    if not timely and not _STOCK.search(bare(grid.head[column])):
        return False
    ends = (grid.figures[parts[0]][column], grid.figures[parts[-1]][column])
    total = grid.figures[row][column]
    return any(end is not None and total is not None and end.value == total.value for end in ends)
