"""The 公开目录: rows, due days, exemptions, calendars as data."""

from generator.catalog.binding import add_years, binds, excepted, row_of, state_of
from generator.catalog.calendar_form import read_calendar
from generator.catalog.deadline import (
    Facts,
    frozen,
    reckon,
    rolls,
    rule_sentence,
    settle,
    spoken,
)
from generator.catalog.exemption_form import read_exemptions
from generator.catalog.rows import merge, overlapping, read_rows

__all__ = [
    "Facts",
    "add_years",
    "binds",
    "excepted",
    "frozen",
    "merge",
    "overlapping",
    "read_calendar",
    "read_exemptions",
    "read_rows",
    "reckon",
    "rolls",
    "row_of",
    "rule_sentence",
    "settle",
    "spoken",
    "state_of",
]
