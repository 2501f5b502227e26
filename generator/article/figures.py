"""Figures of a workbook's cells as a reader of the workbook sees them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_PLACES = re.compile(r"[#0?,]*[#0?](?:\.([0#?]*))?|\.([0#?]+)")
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "0", 4: "0.00", 9: "0%", 10: "0.00%", 14: "y-m-d", 15: "y-m-d", 16: "m-d",
    17: "y-m", 18: "h:m", 19: "h:m:s", 20: "h:m", 21: "h:m:s", 22: "y-m-d h:m", 27: "y-m", 28: "m-d",
    29: "m-d", 30: "y-m-d", 31: "y-m-d", 32: "h:m", 33: "h:m:s", 34: "h:m", 35: "h:m:s", 36: "y-m",
    37: "0", 38: "0", 39: "0.00", 40: "0.00", 45: "h:m:s", 46: "[h]:m:s", 47: "h:m:s", 50: "y-m",
    51: "m-d", 52: "y-m", 53: "m-d", 54: "m-d", 55: "h:m", 56: "h:m:s", 57: "y-m", 58: "m-d",
}  # fmt: skip
"""Formats that a workbook names by number only (ECMA-376 18.8.30, Chinese edition)."""
_LAST = 2_958_466
"""The serial number after 9999-12-31."""


class Kind(Enum):
    """What a number format makes of a figure."""

    FIGURE = "figure"
    DATE = "date"
    MONTH = "month"
    """A date without its day: 2026年9月."""
    TIME = "time"
    ELAPSED = "elapsed"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Format:
    """A number format: its kind, and the decimals of a figure."""

    kind: Kind
    least: int = 0
    most: int = 0
    percent: bool = False


def read_format(number: int, code: str | None) -> Format | None:
    """Read a format by its number and code; None where a figure is shown as it is.

    Thousands are not parted by commas, so that a table's cells still read as figures.
    """
    code = _BUILT_IN.get(number) if code is None else code
    if code is None or code.lower() in ("general", "@"):
        return None
    if code.replace(" ", "") == ";;;":
        return Format(Kind.HIDDEN)
    bare = _ASIDE.sub("", code.split(";")[0])
    lower = bare.lower()
    if "[" in lower:
        return Format(Kind.ELAPSED)
    if "general" not in lower and "e+" not in lower:
        if "y" in lower or "d" in lower:
            whole = "d" in lower or "h" in lower or "m" not in lower
            return Format(Kind.DATE if whole else Kind.MONTH)
        if "h" in lower or "s" in lower:
            return Format(Kind.TIME)
    if re.search("[a-z/@]", lower):
        return None
    places = _PLACES.search(bare)
    if places is None or bare[places.end() :].startswith(","):
        return None
    decimals = places[1] or places[2] or ""
    return Format(Kind.FIGURE, decimals.count("0"), len(decimals), "%" in bare)


def show_figure(value: float, form: Format | None, epoch_1904: bool) -> str:
    """Write a figure: dates as YYYY-MM-DD, without the noise of binary fractions.

    `epoch_1904` is the workbook's setting of the same name: its days count from 1904.
    """
    kind = form.kind if form else Kind.FIGURE
    if kind is Kind.HIDDEN:
        return ""
    exact = Decimal(format(value, ".15g"))
    if not exact.is_finite():
        return ""
    if kind is Kind.FIGURE or not 0 <= value < _LAST:
        return _decimal(exact, form)
    seconds = round(value * 86_400)
    if kind is Kind.ELAPSED:
        return _clock(seconds)
    if kind is Kind.TIME:
        return _clock(seconds % 86_400)
    return _dated(seconds, kind, epoch_1904)


def _dated(seconds: int, kind: Kind, epoch_1904: bool) -> str:
    days, rest = divmod(seconds, 86_400)
    # 1900 counts a 29 February that never was, so days before it stand one off.
    start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 31 if days < 60 else 30)
    try:
        day = datetime.combine(start, datetime.min.time()) + timedelta(days=days)
    except OverflowError:
        return str(days)
    if kind is Kind.MONTH:
        return f"{day.year}年{day.month}月"
    return f"{day.date().isoformat()} {_clock(rest)}" if rest else day.date().isoformat()


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{rest:02d}" if rest else text


def _decimal(exact: Decimal, form: Format | None) -> str:
    if form is None or form.kind is not Kind.FIGURE:
        return _trimmed(exact, 0)
    scaled = exact * 100 if form.percent else exact
    try:
        rounded = scaled.quantize(Decimal(1).scaleb(-form.most), ROUND_HALF_UP)
    except ArithmeticError:
        rounded = scaled
    return _trimmed(rounded, form.least) + ("%" if form.percent else "")


def _trimmed(value: Decimal, least: int) -> str:
    whole, _, decimals = format(value, "f").partition(".")
    decimals = decimals.rstrip("0").ljust(least, "0")
    text = f"{whole}.{decimals}" if decimals else whole
    return text.removeprefix("-") if not text.strip("-0.") else text
