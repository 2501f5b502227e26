"""A period against the periods before it: rows and columns lost, months that do not add up."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.check.truth.figure import BLANK, shown
from generator.check.truth.grid import Grid
from generator.check.truth.summands import is_total
from generator.model import Item, Period, Row

_LISTING = re.compile(
    "姓名|日期|文号|序号|编号|户主|当事人|单位名称|企业名称|收款|事由|摘要|项目名称|地点|路段|承包|时间"
)
_LEAST = 3


def lost(now: Grid, before: Grid, earlier: Grid | None) -> Iterator[tuple[str, str]]:
    """What the table of this period lacks of the last one's: (`栏` or `行`, name)."""
    heads, old = now.heads, before.heads
    if not heads or not old or heads[0] != old[0] or _LISTING.search(heads[0]):
        return
    gone = [h for h in old if h and h not in heads]
    if gone and len(heads) >= 2 and all(h in old for h in heads) and len(gone) <= 2:
        for name in gone:
            if earlier is None or name in earlier.heads:
                yield "栏", name
    if sum(h in old for h in heads) * 2 < len(heads) + 1:
        return
    mine, theirs = _labels(now), _labels(before)
    missing = [label for label in theirs if label not in mine]
    if not missing or len(missing) > 2 or len(mine) < _LEAST or any(m not in theirs for m in mine):
        return
    for label in missing:
        if earlier is None or label in _labels(earlier):
            yield "行", label


def same_table(now: Grid, others: Sequence[Grid]) -> Grid | None:
    """The table of another period that is this one."""
    best, score = None, 0.0
    for other in others:
        if not now.heads or not other.heads or now.heads[0] != other.heads[0]:
            continue
        shared = len(set(now.heads) & set(other.heads)) / max(
            len(set(now.heads)), len(set(other.heads))
        )
        if shared > score:
            best, score = other, shared
    return best if score >= 0.5 else None


def _labels(grid: Grid) -> list[str]:
    return [
        label
        for n in range(len(grid.rows))
        if (label := grid.label(n)) and not is_total(label) and not re.search("[0-9]{2,}", label)
    ]


_SINCE = r"(?:全年|年内|今年以来|本年(?:度)?(?:以来)?|1\s*[-—~～至]\s*{n}\s*月份?|前{n}个?[月]|截至{n}月(?:底|末)?|[12][0-9]{{3}}年全年|本年累计|年度累计|全年累计)"


def running_total(
    item: Item,
    row: Row,
    text: str,
    series: Mapping[Period, Item],
    stated: Mapping[str, Mapping[str, Decimal]],
) -> Iterator[tuple[int, int, str, Decimal, Decimal]]:
    """A year's running total against the months: (start, end, element, sum, written)."""
    if not isinstance(item.period, Period) or item.period.number < 2:
        return
    periods = [item.period.shift(-n) for n in range(item.period.number - 1, -1, -1)]
    if any(p not in series for p in periods):
        return
    since = _SINCE.format(n=item.period.number)
    for element in row.elements:
        if not element.figure or "率" in element.name:
            continue
        names = "|".join(re.escape(w) for w in (element.name, *element.words))
        match = re.search(
            rf"{since}[^。；\n|]{{0,16}}?(?:{names})[^，。；\n|0-9]{{0,4}}([0-9][0-9,]*(?:\.[0-9]+)?)",
            text,
        )
        if match is None:
            continue
        values = [stated.get(series[p].id, {}).get(element.name) for p in periods]
        known = [v for v in values if v is not None]
        if len(known) < len(periods):
            continue
        written = Decimal(match.group(1).replace(",", ""))
        total = sum(known, Decimal(0))
        places = max(-int(v.as_tuple().exponent) for v in (*known, written))
        if abs(total - written) > (Decimal(1).scaleb(-places) if places else 0):
            yield match.start(), match.end(), element.name, total, written


def values_of(row: Row, text: str, grids: Sequence[Grid]) -> dict[str, Decimal]:
    """Element → its figure for the period, where the item states exactly one."""
    out: dict[str, Decimal] = {}
    for element in row.elements:
        if not element.figure:
            continue
        found: set[Decimal] = set()
        for grid in grids:
            for column, head in enumerate(grid.heads):
                if head not in (element.name, *element.words):
                    continue
                rows = [n for n in range(len(grid.rows)) if is_total(grid.label(n))] or (
                    [0] if len(grid.rows) == 1 else []
                )
                for n in rows:
                    figure = grid.figures[n][column]
                    if figure is not None and figure is not BLANK:
                        found.add(figure.value)
        if not found:
            names = "|".join(re.escape(w) for w in (element.name, *element.words))
            pattern = rf"(?<![一-鿿])?(?:{names})[为是共：: *]{{0,3}}([0-9][0-9,]*(?:\.[0-9]+)?)(?![0-9%])"
            for match in re.finditer(pattern, text):
                clause = text[
                    max(0, max(text.rfind(c, 0, match.start()) for c in "。；，\n")) : match.start()
                ]
                if not re.search(
                    "全年|累计|以来|1[-—~～至]|前[0-9]|上[月季年]|去年|同期|年度|其中", clause
                ):
                    found.add(Decimal(match.group(1).replace(",", "")))
        if len(found) == 1:
            out[element.name] = next(iter(found))
    return out


def sentence_of(element: str, total: Decimal, written: Decimal) -> str:
    """What the finding says."""
    return f"「{element}」累计写 {shown(written)}，各期相加是 {shown(total)}"
