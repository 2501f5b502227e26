"""Numbers of running text, with what they count and where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

UNITS = (
    "人次|件次|批次|车次|万人次|万元|亿元|元|平方米|平方公里|立方米|公里|公顷|公斤|万平方米|人|名|位|件|项|个|家|户|起|次|份"
    "|张|条|处|台|辆|宗|批|例|所|座|栋|套|本|册|篇|期|场|亩|米|吨|票|席|盏|棵|株|眼|口|门|支|组|类|只|头|斤|间|部|块|段|幅|面|笔|遍"
)
_SAME = {"件次": "件", "名": "人", "位": "人"}
QUANTITY = re.compile(
    r"(?<![0-9.\-－—~～〔\[第])([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)[*\s]*(多|余|来)?[*\s]*(?:("
    + UNITS
    + r"))?(多|余|左右|以上|以下)?"
)
STOP = re.compile(
    r"[。；;！？!?]|\n(?=[ \t]*(?:\n|[-*+#>|]|[0-9]+[.、)]|[（(]?[一二三四五六七八九十]+[、）)]))"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that counts something."""

    start: int
    end: int
    value: Decimal
    unit: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A whole and what its parts make."""

    start: int
    end: int
    message: str
    certain: bool


def sentence(text: str, position: int) -> tuple[int, int]:
    """Start and end of the sentence around `position`."""
    start = 0
    for stop in STOP.finditer(text, max(0, position - 400), position):
        start = stop.end()
    start = max(start, position - 400, 0)
    after = STOP.search(text, position)
    return start, min(after.start() if after else len(text), position + 400)


def quantities(text: str, start: int, end: int) -> list[Quantity]:
    """The numbers with a unit in a stretch of text."""
    out: list[Quantity] = []
    for match in QUANTITY.finditer(text, start, end):
        unit = match.group(3)
        if unit is None:
            continue
        after = text[match.end() : match.end() + 1]
        if unit in ("个", "次", "人", "名") and text[match.end() : match.end() + 2] in (
            "月",
            "工作",
            "小时",
            "百分",
        ):
            continue
        if (unit == "个" and after in "月百") or (unit == "元" and after == "月"):
            continue
        out.append(
            Quantity(
                match.start(),
                match.end(),
                Decimal(match.group(1).replace(",", "")),
                _SAME.get(unit, unit),
                match.group(2) is None
                and match.group(4) is None
                and not _vague(text, match.start()),
            )
        )
    return out


def _vague(text: str, start: int) -> bool:
    return text[max(0, start - 1) : start] in "约近超逾" and start > 0


def sentences(text: str, marks: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Every sentence that holds a mark, once."""
    done = -1
    for mark in marks.finditer(text):
        if mark.start() < done:
            continue
        start, end = sentence(text, mark.start())
        done = end
        yield start, end
