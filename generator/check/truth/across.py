"""Totals across a table: columns called 合计, 总计 or 小计 against the columns beside them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.check.truth.figure import BLANK, aligned, shown
from generator.check.truth.grid import Fault, Grid, bare
from generator.check.truth.totals import NAMES, additive, slack

_HEAD = re.compile(r"(小计|合计|总计|共计|总数|总和|总量|总额)(?:数|金额)?")

_AMONG = re.compile("(?:^|：)其中")


def faults(grid: Grid) -> Iterator[Fault]:
    """Every cell of a column of totals that the other columns of its row do not add up to."""
    if not NAMES.search("".join(grid.head)) or len(grid.rows) > 5000:
        return
    heads = [bare(head) for head in grid.head]
    totals = [n for n, name in enumerate(grid.names) if _HEAD.fullmatch(name)]
    if not totals:
        return
    numeric = [
        n
        for n in range(len(heads))
        if n not in totals
        and additive(grid, n)
        and not _AMONG.search(heads[n])
        and _numeric(grid, n)
    ]
    for column in totals:
        if over := grid.over[column]:
            # A total under a wide head is that head's alone.
            own = [n for n in numeric if grid.over[n] == over]
            named = [grid.names[n] for n in (column, *own)]
            yield from _rows(grid, column, [own] if len(own) > 1 else [], _mixed(named))
            continue
        left = [n for n in numeric if n < column]
        right = [n for n in numeric if n > column]
        last = max((t for t in totals if t < column), default=-1)
        following = min((t for t in totals if t > column), default=len(heads))
        groups = [
            _tops(grid, totals, numeric),
            [n for n in left if n > last],
            [n for n in right if n < following],
            left,
            right,
            [t for t in totals if t < column],
            [t for t in totals if t > column],
            [*left, *right],
        ]
        yield from _rows(grid, column, [g for g in groups if len(g) > 1], _mixed(grid.head))


def _tops(grid: Grid, totals: Sequence[int], numeric: Sequence[int]) -> list[int]:
    """One column for each wide head that has a total of its own, and the columns beside them."""
    summed = {grid.over[n] for n in totals if grid.over[n]}
    if not summed:
        return []
    parts = [n for n in numeric if grid.over[n] not in summed]
    return sorted([*parts, *(n for n in totals if grid.over[n])])


def _numeric(grid: Grid, column: int) -> bool:
    figures = [row[column] for row in grid.figures]
    return any(f is not None and f is not BLANK for f in figures) and sum(
        f is None for f in figures
    ) * 3 <= len(figures)


def _rows(grid: Grid, column: int, groups: Sequence[Sequence[int]], mixed: bool) -> Iterator[Fault]:
    rows = [n for n in range(len(grid.rows)) if grid.figures[n][column] not in (None, BLANK)]
    best: tuple[int, dict[int, Decimal]] | None = None
    for group in groups:
        found: dict[int, Decimal] = {}
        for n in rows:
            figures = [grid.figures[n][c] for c in group]
            total = grid.figures[n][column]
            exact = [f for f in figures if f is not None]
            assert total is not None
            if len(exact) < len(figures):
                continue
            values = aligned([*exact, total])
            if values is None:
                continue
            difference = sum(values[:-1], Decimal(0)) - values[-1]
            within = abs(difference) <= slack(grid, column, exact, total)
            found[n] = Decimal(0) if within else difference
        right = sum(1 for d in found.values() if d == 0)
        if found and (best is None or right > best[0]):
            best = (right, found)
    if best is None:
        return
    right, found = best
    wrong = [n for n, difference in found.items() if difference != 0]
    alone = len(found) == 1 and len(groups) >= 1 and not mixed
    if (
        not (right >= 2 and right > len(wrong))
        and not (right == 1 and len(wrong) == 1 and not mixed)
        and not alone
    ):
        return
    for n in wrong:
        total = grid.figures[n][column]
        assert total is not None
        name = grid.label(n) or f"第 {n + 1} 行"
        yield Fault(
            n,
            column,
            f"「{name}」的「{bare(grid.head[column])}」写 {shown(total.value)}，"
            f"同一行各栏相加是 {shown(total.value + found[n])}",
            "核对这一行各栏和合计，改正错的一处",
            right >= 2,
        )


def _mixed(heads: Sequence[str]) -> bool:
    """Whether the columns count different things, as 批次、人次、金额 do."""
    units = {m.group() for head in heads if (m := re.search(r"[（(][^）)]*[)）]", head))}
    text = "".join(heads)
    return len(units) > 1 or bool(re.search("单价|数量|人次|批次|金额", text))
