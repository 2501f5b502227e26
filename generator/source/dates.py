"""Dates and periods as clerks write them → what they mean (formats.md section 1)."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from generator.model import Every, Period

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ALSO = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
FIRST_YEAR, LAST_YEAR = 1949, 2199


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date, and whether it was written in the form that we keep."""

    date: date
    kept: bool


@dataclass(frozen=True, slots=True)
class BadDate:
    """Why a text is no date, and the date that was probably meant."""

    impossible: bool
    """Formed like a date, but not in the calendar."""
    why: str
    meant: date | None


def fold(text: str) -> str:
    """Full-width digits and signs as half-width ones, spaces trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def read_date(text: str) -> ReadDate | BadDate:
    """`2026-03-05`, or one of the forms that are also read."""
    if match := _ISO.fullmatch(text):
        parts, kept = match.groups(), True
    elif match := _ALSO.fullmatch(fold(text).replace(" ", "")):
        parts, kept = match.groups(), False
    elif match := _COMPACT.fullmatch(text):
        made = _make(*match.groups())
        return BadDate(False, "年月日之间没有横线", made if isinstance(made, date) else None)
    else:
        return BadDate(False, "不是日期", None)
    made = _make(*parts)
    return ReadDate(made, kept) if isinstance(made, date) else BadDate(True, made, None)


def _make(year_text: str, month_text: str, day_text: str) -> date | str:
    year, month, day = int(year_text), int(month_text), int(day_text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return f"年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间"
    if not 1 <= month <= 12:
        return "一年只有 12 个月" if month else "没有 0 月"
    last = calendar.monthrange(year, month)[1]
    if day == 0:
        return "没有 0 日"
    if day > last:
        only = "只" if month == 2 or last == 30 else ""
        return f"{year} 年 {month} 月{only}有 {last} 天"
    return date(year, month, day)


@dataclass(frozen=True, slots=True)
class ReadPeriod:
    """A calendar period, and whether it was written in the form that we keep."""

    period: Period
    kept: bool


@dataclass(frozen=True, slots=True)
class BadPeriod:
    """A text that looks like a period and is none; `meant` may be given."""

    meant: Period | None


_PERIOD = re.compile(r"([0-9]{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?")
_PERIOD_ALSO = re.compile(
    r"([0-9]{4})年(?:度|(上|下)半年度?|第?([一二三四1-4])季度?|([0-9]{1,2})月份?)?"
)
_PERIOD_SLIP = re.compile(r"([0-9]{4})[-_/ ]?(?:[hH]([12])|[qQ]([1-4])|([0-9]{1,2}))")


def read_period(text: str) -> ReadPeriod | BadPeriod | None:
    """A calendar period; None for a text that is none (a stage's name, 临时 …)."""
    if match := _PERIOD.fullmatch(text):
        return _year_checked(_period(*match.groups()), True)
    folded = fold(text).replace(" ", "")
    if match := _PERIOD_ALSO.fullmatch(folded):
        year, half, quarter, month = match.groups()
        half = {"上": "1", "下": "2"}.get(half) if half else None
        number = str(_NUMERALS[quarter]) if quarter else None
        if month and not 1 <= int(month) <= 12:
            return BadPeriod(None)
        return _year_checked(_period(year, half, number, month), False)
    if match := _PERIOD.fullmatch(folded):
        return _year_checked(_period(*match.groups()), False)
    if match := _PERIOD_SLIP.fullmatch(folded):
        year, half, quarter, month = match.groups()
        if month and not 1 <= int(month) <= 12:
            return BadPeriod(None)
        return BadPeriod(_period(year, half, quarter, month))
    return BadPeriod(None) if re.match(r"[0-9]{2,}", folded) else None


def _year_checked(period: Period, kept: bool) -> ReadPeriod | BadPeriod:
    return ReadPeriod(period, kept) if FIRST_YEAR <= period.year <= LAST_YEAR else BadPeriod(None)


def _period(year: str, half: str | None, quarter: str | None, month: str | None) -> Period:
    if half:
        return Period(int(year), int(half), Every.HALF)
    if quarter:
        return Period(int(year), int(quarter), Every.QUARTER)
    if month:
        return Period(int(year), int(month), Every.MONTH)
    return Period(int(year), 1, Every.YEAR)
