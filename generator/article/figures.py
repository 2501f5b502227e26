"""Values of a workbook's cells as a reader of the workbook sees them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

Value = str | bool | int | float | date | datetime | time | timedelta

_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_PLACES = re.compile(r"[#0?,]*[#0?](?:\.([0#?]*))?|\.([0#?]+)")
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "0", 4: "0.00", 9: "0%", 10: "0.00%",
    37: "0", 38: "0", 39: "0.00", 40: "0.00",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    """What a number format does to a figure: decimals, percent; or to a date; or hides it."""

    least: int = 0
    most: int = 0
    percent: bool = False
    month: bool = False
    """A date without its day: 2026年9月."""
    hides: bool = False


def read_format(number: int, code: str | None) -> Format | None:
    """Read a format by its number and code; None where a figure is shown as it is.

    Thousands are not parted by commas, so that the cells of a table still read as figures.
    """
    code = code if code is not None else _BUILT_IN.get(number)
    if code is None or code in ("General", "@"):
        return None
    if code.replace(" ", "") == ";;;":
        return Format(hides=True)
    bare = _ASIDE.sub("", code.split(";")[0])
    lower = bare.lower()
    if re.search("[ymdhseg/@]", lower):
        dated = "y" in lower and "m" in lower and not re.search("[dhs]", lower)
        return Format(month=True) if dated else None
    places = _PLACES.search(bare)
    if places is None or bare[places.end() :].startswith(","):
        return None
    decimals = places[1] or places[2] or ""
    return Format(decimals.count("0"), len(decimals), "%" in bare)


def show(value: Value, form: Format | None) -> str:
    """Write one value: dates as YYYY-MM-DD, figures without the noise of binary fractions."""
    if form is not None and form.hides:
        return ""
    match value:
        case str():
            return value.strip()
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _figure(value, form)
        case datetime():
            if value.time() == time():
                return show(value.date(), form)
            return f"{value:%Y-%m-%d %H:%M}" + (f":{value.second:02d}" if value.second else "")
        case date():
            if form is not None and form.month:
                return f"{value.year}年{value.month}月"
            return value.isoformat()
        case time():
            return f"{value:%H:%M}" + (f":{value.second:02d}" if value.second else "")
        case timedelta():
            seconds = round(value.total_seconds())
            minutes, rest = divmod(seconds, 60)
            text = f"{minutes // 60}:{minutes % 60:02d}"
            return text + (f":{rest:02d}" if rest else "")


def _figure(value: float, form: Format | None) -> str:
    exact = Decimal(format(value, ".15g"))
    if not exact.is_finite():
        return ""
    if form is None or form.month:
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
