"""One cell's figure as a reader takes it: value, decimals, unit; what is no exact number is none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

HALF = str.maketrans("０１２３４５６７８９．％－−（）＋，", "0123456789.%--()+,")
"""Full-width digits and signs → half-width ones, one character for one."""
_CELL = re.compile(
    r"([-+△▲]?) ?(\()?([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)(\))? ?"
    r"(%|‰|[万亿千百]?[一-鿿㎡m²³/]{0,6})"
)
_EMPTY = re.compile(r"[-—–/\\无空\s　]*")
_VAGUE = re.compile(r"[多余约近超左右以上下起止至到前后年月日时]")
_SCALE = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "千": Decimal(1000)}


@dataclass(frozen=True, slots=True)
class Figure:
    """An exact number."""

    value: Decimal
    decimals: int
    unit: str
    """As typed after the number: 件, 万元; `%` for a percentage; empty where there is none."""

    @property
    def percent(self) -> bool:
        """Whether it is a percentage."""
        return self.unit in ("%", "‰")


BLANK = Figure(Decimal(0), 0, "")
"""An empty cell, a dash, 无: counts as nought."""


def plain(cell: str) -> str:
    """A cell without emphasis, full-width digits made half-width."""
    return cell.translate(HALF).replace("*", "").replace("`", "").replace("\xa0", " ").strip()


@lru_cache(maxsize=65536)
def read(cell: str) -> Figure | None:
    """The figure of a cell; `BLANK` for an empty one; None for text, ranges and 约、余."""
    text = plain(cell)
    if _EMPTY.fullmatch(text):
        return BLANK
    match = _CELL.fullmatch(text)
    if match is None:
        return None
    sign, opened, digits, closed, unit = match.groups()
    if bool(opened) != bool(closed) or (unit and _VAGUE.search(unit)):
        return None
    value = Decimal(digits.replace(",", ""))
    if sign in ("-", "△", "▲") or opened:
        value = -value
    return Figure(value, len(digits.partition(".")[2]), unit)


def aligned(figures: Sequence[Figure]) -> list[Decimal] | None:
    """Values in one unit; None where the units cannot be brought together."""
    units = {figure.unit for figure in figures if figure is not BLANK}
    if len(units - {""}) <= 1:
        return [figure.value for figure in figures]
    bases = {unit.lstrip("万亿千") for unit in units}
    if "" in units or len(bases) != 1:
        return None
    return [figure.value * _SCALE.get(figure.unit[:1], Decimal(1)) for figure in figures]


def shown(value: Decimal) -> str:
    """A value for a sentence, without trailing noughts."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
