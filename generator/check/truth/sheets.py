"""Figures of a text against the totals of its attached tables."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.check.truth.figure import BLANK, Figure, aligned, shown
from generator.check.truth.grid import Grid
from generator.check.truth.prose import Mismatch
from generator.check.truth.summands import is_total
from generator.check.truth.totals import additive

_SCALE = {
    "亿元": Decimal(100_000_000),
    "万元": Decimal(10_000),
    "元": Decimal(1),
    "万人": Decimal(10_000),
}
_UNIT_IN_HEAD = re.compile(r"(亿元|万元|元|人次|人|件|户|个|批次|次)")
_APART = re.compile("预算|上年|去年|同期|上月|上季|累计|全年|计划|其中|平均|人均")
"""Words that make another figure of the one they stand before."""
_UNIT_OVER = re.compile(rf"[（(]{_UNIT_IN_HEAD.pattern}[)）]")
_GENERIC = re.compile("^(?:金额|数量|数|合计|备注|项目|人数|名称|面积)$")


def against(text: str, body: Sequence[Grid], sheets: Sequence[Grid]) -> Iterator[Mismatch]:
    """Where the text says another total of a column than the attachment holds."""
    totals: dict[str, list[tuple[Decimal, str, str]]] = {}
    for grid in sheets:
        for column, whole in enumerate(grid.heads):
            head = _called(grid, column)
            value = _total(grid, column) if len(head) > 1 and not _GENERIC.match(head) else None
            if value is not None:
                match = (
                    _UNIT_IN_HEAD.search(grid.head[column].removeprefix(whole))
                    or _UNIT_OVER.search(grid.over[column])
                    or re.search("单位[:：](亿元|万元|元)", grid.context)
                )
                totals.setdefault(head, []).append((value, match.group(1) if match else "", head))
    for head, held in totals.items():
        if len({value for value, _, _ in held}) != 1:
            continue
        value, unit, _ = held[0]
        said = [
            s for s in _said(text, head) if (s[3].endswith("元")) == unit.endswith("元") or not s[3]
        ]
        if any(
            (f := row[c]) is not None and f.value == value
            for grid in body
            for c, other in enumerate(grid.heads)
            if other == head
            for row in grid.figures
        ):
            continue
        if said and not any(_equal(number, typed, value, unit) for _, _, number, typed in said):
            start, end, number, typed = said[0]
            yield Mismatch(
                start,
                end,
                f"正文「{head}」写 {shown(number)}{typed}，附件合计是 {shown(value)}{unit}",
                False,
            )
            continue
        if said:
            continue
        for grid in body:
            for column, other in enumerate(grid.heads):
                if other != head:
                    continue
                row = next((n for n in range(len(grid.rows)) if is_total(grid.label(n))), None)
                figure = grid.figures[row][column] if row is not None else None
                if figure is None or figure is BLANK or row is None:
                    continue
                typed = (
                    m.group(1)
                    if (m := _UNIT_IN_HEAD.search(grid.head[column].removeprefix(other)))
                    else unit
                )
                if not _equal(figure.value, typed, value, unit):
                    place = grid.place(row, column)
                    yield Mismatch(
                        -(place.line or 1),
                        -(place.column or 1),
                        f"正文表格「{head}」合计 {shown(figure.value)}，附件合计是 {shown(value)}{unit}",
                        False,
                    )


def _called(grid: Grid, column: int) -> str:
    """What a text calls a column: its own name, where no other column has it."""
    if not grid.over[column]:
        return grid.heads[column]
    name = grid.names[column]
    alone = grid.names.count(name) == 1 and not _APART.search(grid.over[column])
    return name if alone else ""


def _total(grid: Grid, column: int) -> Decimal | None:
    if not additive(grid, column) or len(grid.rows) < 2:
        return None
    figures = [row[column] for row in grid.figures]
    if any(f is None for f in figures) or sum(f is not BLANK for f in figures) < 2:
        return None
    if [f.value for f in figures if f is not None] == list(range(1, len(figures) + 1)):
        return None  # a number that counts the rows
    stated = [
        f
        for n, f in enumerate(figures)
        if f is not None
        and f is not BLANK
        and any(is_total(c.replace(" ", "")) for c in grid.rows[n][:3])
    ]
    parts: list[Figure] = [
        f
        for n, f in enumerate(figures)
        if f is not None and not any(is_total(c.replace(" ", "")) for c in grid.rows[n][:3])
    ]
    if len({f.value for f in stated}) == 1:
        return stated[0].value
    if stated:
        return None
    values = aligned(parts)
    return sum(values, Decimal(0)) if values is not None else None


def _said(text: str, head: str) -> Iterator[tuple[int, int, Decimal, str]]:
    pattern = rf"{re.escape(head)}(?:总额|总数|合计|共计|共|为|是|：|:|\s|\*){{0,3}}([0-9][0-9,]*(?:\.[0-9]+)?)[*\s]*(亿元|万元|元|人次|人|件|户|个|批次|次)?(?![0-9%])"
    for match in re.finditer(pattern, text):
        before = text[
            max(0, max(text.rfind(c, 0, match.start()) for c in "。；\n") + 1) : match.start()
        ]
        if _APART.search(before[-14:]):
            continue
        yield (
            match.start(),
            match.end(),
            Decimal(match.group(1).replace(",", "")),
            match.group(2) or "",
        )


def _equal(number: Decimal, typed: str, value: Decimal, unit: str) -> bool:
    scale = _SCALE.get(typed or unit, Decimal(1)) if (typed or unit) in _SCALE else Decimal(1)
    held = value * (
        _SCALE.get(unit or typed, Decimal(1)) if (unit or typed) in _SCALE else Decimal(1)
    )
    places = -int(number.as_tuple().exponent)
    slack = Decimal(1).scaleb(-places) * scale if places or scale > 1 else Decimal(0)
    return abs(number * scale - held) <= slack
