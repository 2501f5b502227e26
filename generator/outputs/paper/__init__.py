"""Sheets of paper: the notice board's (公开栏) and the wall calendar (年历)."""

from generator.outputs.paper.account import account
from generator.outputs.paper.board import board
from generator.outputs.paper.sheet import Week
from generator.outputs.paper.wall import wall_calendar
from generator.outputs.paper.year import Year, year_of

__all__ = ["Week", "Year", "account", "board", "wall_calendar", "year_of"]
