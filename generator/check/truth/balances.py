"""Opening + in − out against the closing figure, in tables and in running text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from generator.check.truth.figure import BLANK, Figure, shown
from generator.check.truth.grid import Fault, Grid, bare
from generator.check.truth.prose import Mismatch
from generator.check.truth.summands import PLAIN, style_of

_OPEN = re.compile(
    "期初|年初|月初|季初|原有|上期(?:结余|余额|结转)|上[年月季](?:结余|余额|结转)|上[年月季]度?末"
)
_IN = re.compile("收入|新增|增加|纳入|新收|购入|入库|转入|调入|迁入|划入")
_OUT = re.compile("支出|减少|退出|注销|核销|报废|出库|转出|调出|迁出|划出|发放")
_CLOSE = re.compile("期末|年末|月末|季末|结余|余额|结存|本期末|现有")
_ASIDE = re.compile("其中|序|年|月|号|户数|预算")
_SURE = re.compile("期初|年初|上[期年月季](?:结余|余额|结转)")
"""An account's opening. Households, stocks and staff also move in ways that a table leaves out."""
_LEDGER = re.compile(
    r"(?:期初|上期|上月|上季度?|年初|上年)(?:结余|余额|结转)[^，。；\n0-9]{0,6}([0-9][0-9,]*(?:\.[0-9]+)?)\s*(万元|元)[，；、]"
    r"[^，。；\n0-9]{0,8}收入[^，。；\n0-9]{0,4}([0-9][0-9,]*(?:\.[0-9]+)?)\s*\2[，；、]"
    r"[^，。；\n0-9]{0,8}支出[^，。；\n0-9]{0,4}([0-9][0-9,]*(?:\.[0-9]+)?)\s*\2[，；、]"
    r"[^，。；\n0-9]{0,8}(?:结余|余额)[^，。；\n0-9]{0,4}([0-9][0-9,]*(?:\.[0-9]+)?)\s*\2"
)


def faults(grid: Grid) -> Iterator[Fault]:
    """Opening + in − out that is not the closing figure, along a row or down a column."""
    text = grid.text
    if not _OPEN.search(text) or not _CLOSE.search(text):
        return
    found = _roles([bare(head) for head in grid.head])
    if found is not None:
        for row in range(len(grid.rows)):
            figures = [grid.figures[row][c] for c in found]
            others = _others(grid.figures[row], grid.heads, found)
            for fault in _balance(grid, [(row, c) for c in found], figures, list(grid.heads)):
                # What moves by itself may move in the columns beside, too: 迁入, 自然减员.
                if fault.certain or not others:
                    yield replace(fault, certain=fault.certain and not others)
        return
    labels = _chief([grid.label(n) for n in range(len(grid.rows))])
    found = _roles(labels)
    if found is None:
        return
    for column in range(1, len(grid.head)):
        figures = [grid.figures[n][column] for n in found]
        others = _others(
            [line[column] if labels[n] else None for n, line in enumerate(grid.figures)],
            labels,
            found,
        )
        for fault in _balance(grid, [(n, column) for n in found], figures, labels, found):
            if fault.certain or not others:
                yield fault


def _chief(labels: list[str]) -> list[str]:
    """Labels with the details left blank where 一、期初, 二、收入 stand over 1. 2. 3. of their own."""
    styles = [style_of(label) for label in labels]
    opening = [style for label, style in zip(labels, styles, strict=True) if _OPEN.search(label)]
    if len(opening) != 1 or opening[0] == PLAIN or styles.count(opening[0]) < 4:
        return labels
    own = opening[0]
    return [label if style <= own else "" for label, style in zip(labels, styles, strict=True)]


def _others(figures: Sequence[Figure | None], names: Sequence[str], found: Sequence[int]) -> bool:
    """Whether further figures stand beside the four of a balance."""
    return any(
        f is not None and f is not BLANK and not f.percent
        for n, f in enumerate(figures)
        if n not in found and not _ASIDE.search(names[n])
    )


def request_faults(grid: Grid) -> Iterator[Fault]:
    """The form of the annual report: 本年新收 + 上年结转 = 办理总计 + 结转下年度, in each column."""
    text = grid.text
    if "新收" not in text or "结转下年" not in text or "上年结转" not in text:
        return
    labels = [grid.label(n) for n in range(len(grid.rows))]
    found = []
    for mark in ("新收", "上年结转", "总计", "结转下年"):
        hits = [n for n, label in enumerate(labels) if mark in label]
        if len(hits) != 1:
            return
        found.append(hits[0])
    for column in range(1, len(grid.head)):
        figures = [grid.figures[n][column] for n in found]
        exact = [f.value for f in figures if f is not None]
        if len(exact) == 4 and exact[0] + exact[1] != exact[2] + exact[3]:
            yield Fault(
                found[3],
                column,
                f"「{bare(grid.head[column])}」新收 {shown(exact[0])} + 上年结转 {shown(exact[1])}，"
                f"办理总计 {shown(exact[2])} + 结转下年度 {shown(exact[3])}，两边不等",
                "照年度报告表的勾稽关系核对这一栏",
            )


def of_text(text: str) -> Iterator[Mismatch]:
    """期初 + 收入 - 支出 = 期末, where one sentence says all four."""
    if "支出" not in text or "余" not in text:
        return
    for match in _LEDGER.finditer(text):
        opening, into, out, closing = (
            Decimal(match.group(n).replace(",", "")) for n in (1, 3, 4, 5)
        )
        places = max(-int(d.as_tuple().exponent) for d in (opening, into, out, closing))
        reckoned = opening + into - out
        if abs(reckoned - closing) > (Decimal(1).scaleb(-places) if places else 0):
            yield Mismatch(
                match.start(),
                match.end(),
                f"{shown(opening)} + {shown(into)} - {shown(out)} = {shown(reckoned)}，"
                f"期末写 {shown(closing)}",
                True,
            )


def _roles(names: Sequence[str]) -> list[int] | None:
    """Places of opening, in, out, closing among names; None unless each stands once."""
    out: list[int] = []
    taken: set[int] = set()
    for role in (_OPEN, _CLOSE, _IN, _OUT):
        hits = [n for n, name in enumerate(names) if role.search(name) and n not in taken]
        if role is _IN or role is _OUT:
            hits = [n for n in hits if not _OPEN.search(names[n])]
        if len(hits) != 1 and (role is _IN or role is _OUT):
            sums = [n for n in hits if names[n].endswith(("合计", "总计", "小计"))]
            hits = sums if len(sums) == 1 else hits
        if len(hits) != 1:
            return None
        taken.add(hits[0])
        out.append(hits[0])
    opening, closing, into, outof = out
    return [opening, into, outof, closing]


def _balance(
    grid: Grid,
    cells: Sequence[tuple[int, int]],
    figures: Sequence[Figure | None],
    names: Sequence[str],
    found: Sequence[int] | None = None,
) -> Iterator[Fault]:
    exact = [f for f in figures if f is not None]
    if len(exact) < 4 or exact[3] is BLANK or sum(f is not BLANK for f in exact) < 3:
        return
    opening, into, outof, closing = (f.value for f in exact)
    reckoned = opening + into - outof
    decimals = max(f.decimals for f in exact)
    slack = Decimal(1).scaleb(-decimals) if decimals else Decimal(0)
    if abs(reckoned - closing) > slack:
        row, column = cells[3]
        first = names[found[0]] if found else names[cells[0][1]]
        yield Fault(
            row,
            column,
            f"{shown(opening)} + {shown(into)} - {shown(outof)} = {shown(reckoned)}，"
            f"「{names[found[3]] if found else names[column]}」写 {shown(closing)}",
            f"核对「{first}」、收入、支出和期末数",
            bool(_SURE.search(first)),
        )
