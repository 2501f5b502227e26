"""Which rows of a table are totals, and which rows each of them may add up."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.check.truth.figure import BLANK
from generator.check.truth.grid import Grid, bare

_TOTAL = re.compile(
    r"(?:[一二三四五六七八九十]+[、.]|[（(].[)）])?([一-鿿]{0,8}?)(小计|合计|总计|共计|总和)"
    r"(?:数|金额)?(?:[（(].{0,10}[)）])?[:：]?"
)
_YEAR = re.compile(r"全年(?:合计|累计|总计)?|[0-9]{4}年(?:全年|合计)")
_FIRSTS = (
    re.compile(r"一[、.．]"),
    re.compile(r"[（(]一[)）]"),
    re.compile(r"1[.、．](?![0-9])"),
    re.compile(r"[（(]1[)）]"),
)
AMONG = re.compile("其中|[#＃]|[-—–·]|└|├")
_STYLES = (
    re.compile(r"[一二三四五六七八九十]+[、.．]"),
    re.compile(r"[（(][一二三四五六七八九十]+[)）]"),
    re.compile(r"[0-9]{1,2}[.、．](?![0-9])"),
    re.compile(r"[（(][0-9]{1,2}[)）]"),
)

_LEADING = re.compile(r"[（(]?([一二三四五六七八九十]|[0-9]{1,2})[)）、.．]")
PLAIN = len(_STYLES)
"""The style of a label without a number."""


@dataclass(frozen=True, slots=True)
class Total:
    """A row of totals."""

    row: int
    level: int
    """1 for 小计, 2 for 合计, 3 for 总计."""
    name: str
    """What stands before 合计: 收入合计 → 收入."""


def is_total(label: str) -> bool:
    """Whether a row's label, spaces removed, names a total."""
    return _TOTAL.fullmatch(label) is not None or _YEAR.fullmatch(label) is not None


def total_of(grid: Grid, row: int) -> Total | None:
    """The total that a row is, by one of its first cells."""
    for cell in grid.rows[row][:3]:
        text = bare(cell)
        if "计" not in text and "年" not in text and "总" not in text:
            continue
        if match := _TOTAL.fullmatch(text):
            word = match.group(2)
            level = 1 if word == "小计" else 3 if word == "总计" and not match.group(1) else 2
            return Total(row, level, match.group(1))
        if _YEAR.fullmatch(text):
            return Total(row, 3, "")
    return None


def label_column(grid: Grid, row: int) -> int:
    """The column in which a row says that it is a total."""
    for n, cell in enumerate(grid.rows[row][:3]):
        if is_total(bare(cell)):
            return n
    return 0


def style_of(label: str) -> int:
    """Which way of numbering a label has, the highest first (一、); the last for none."""
    for n, style in enumerate(_STYLES):
        if style.match(label):
            return n
    return PLAIN


def number_of(label: str) -> int:
    """The number that a label begins with, 一 or 1 for 1; 0 for none."""
    match = _LEADING.match(label)
    if match is None:
        return 0
    said = match.group(1)
    return int(said) if said.isdigit() else "一二三四五六七八九十".find(said) + 1


def readings(
    grid: Grid, total: Total, totals: dict[int, Total]
) -> list[Callable[[int], Sequence[int]]]:
    """The rows that the total may add up, the likeliest reading first."""
    measure = _measure(grid, total)
    above = [t for t in totals.values() if t.row < total.row and measure(t.row)]
    start = max((t.row + 1 for t in above if t.level >= total.level), default=0)
    start = max(start, _series_start(grid, total.row))
    stretch = range(start, total.row)
    rest = range(total.row + 1, len(grid.rows))
    end = min(
        (t.row for t in totals.values() if t.row > total.row and t.level >= total.level),
        default=len(grid.rows),
    )
    groups: list[Sequence[int]] = []

    def leaves(rows: Sequence[int]) -> list[int]:
        return [n for n in rows if n not in totals and has_figures(grid, n) and measure(n)]

    def subs(rows: Sequence[int], level: int) -> list[int]:
        return [n for n in rows if n in totals and totals[n].level == level]

    lead = not leaves(stretch) and not subs(stretch, 1) and not above
    spans: list[Sequence[int]] = [range(total.row + 1, end), rest] if lead else [stretch]
    if not lead and start > 0:
        spans.append(range(total.row))
    if not lead and total.row + 1 < len(grid.rows):
        spans.append(range(total.row + 1, end))
    for span in spans:
        groups.append(leaves(span))
        for level in (1, 2):
            if level < total.level or total.level == 2:
                parts = subs(span, level)
                groups.append(parts)
                if parts:
                    groups.append([*parts, *(n for n in leaves(span) if n > parts[-1])])
                    groups.append([*(n for n in leaves(span) if n < parts[0]), *parts])
        styles = {style_of(grid.label(n)) for n in leaves(span)}
        for style in sorted(styles)[:2] if len(styles) > 1 else ():
            groups.append([n for n in leaves(span) if style_of(grid.label(n)) == style])
    usable = [group for group in groups if len(group) > 1]
    out: list[Callable[[int], Sequence[int]]] = []
    for group in usable:
        if any(AMONG.match(grid.label(n)) for n in group):
            out += _among_ways(grid, group)
        else:
            out.append(_fixed(group))
    return out


def _series_start(grid: Grid, row: int) -> int:
    """The row of （一） where a total is itself numbered, as （七）总计 is in the annual report."""
    style = style_of(bare(grid.rows[row][label_column(grid, row)]))
    if style == PLAIN:
        return 0
    first = _FIRSTS[style]
    return next(
        (n for n in range(row - 1, -1, -1) if any(first.match(bare(c)) for c in grid.rows[n][:3])),
        0,
    )


def _measure(grid: Grid, total: Total) -> Callable[[int], bool]:
    """Which rows count what the total counts, where each group has a row for each measure.

    村 | 指标 | 数, with 户数 and 人数 for each village and for 合计: 户数 adds up 户数.
    """
    column = label_column(grid, total.row) + 1
    if column >= len(grid.head):
        return lambda row: True
    name = bare(grid.rows[total.row][column])
    names = [bare(line[column]) for line in grid.rows]
    same = sum(other == name for other in names)
    if not name or grid.figures[total.row][column] is not None or same < 3:
        return lambda row: True
    return lambda row: names[row] == name


def _fixed(group: Sequence[int]) -> Callable[[int], Sequence[int]]:
    return lambda column: group


def _among_ways(grid: Grid, group: Sequence[int]) -> list[Callable[[int], Sequence[int]]]:
    """What a group with 其中 rows may add up to."""
    return [
        lambda column: _without_among(grid, group, column),
        _fixed([n for n in group if not AMONG.match(grid.label(n))]),
        _fixed(_before_among(grid, group)),
    ]


def has_figures(grid: Grid, row: int) -> bool:
    """Whether a row holds any."""
    return any(figure is not None and figure is not BLANK for figure in grid.figures[row])


def _before_among(grid: Grid, group: Sequence[int]) -> list[int]:
    """Rows up to the first 其中: the rest are its details."""
    first = next(n for n in group if AMONG.match(grid.label(n)))
    return [n for n in group if n < first]


def _without_among(grid: Grid, group: Sequence[int], column: int) -> list[int]:
    """The group without 其中 rows and the rows that, with them, add up to the row above."""
    out: list[int] = []
    skip = -1
    for place, n in enumerate(group):
        if n <= skip:
            continue
        if not AMONG.match(grid.label(n)):
            out.append(n)
            continue
        skip = n
        parent = grid.figures[out[-1]][column] if out else None
        if parent is None:
            continue
        run = Decimal(0)
        for m in group[place:]:
            figure = grid.figures[m][column]
            if figure is None:
                break
            run += figure.value
            if run == parent.value and run != 0:
                skip = m
                break
    return out
