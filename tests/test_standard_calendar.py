"""The shipped calendars agree, day by day, with an independent package."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
import yaml

import generator

FOLDER = Path(generator.__file__).parent / "standard" / "calendar"
NOTICES = {
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}


class _Texts(yaml.CSafeLoader):
    """Keeps every scalar as the text that stands in the file."""


_Texts.yaml_implicit_resolvers = {}


def read(year: int) -> dict[str, object]:
    data = yaml.load((FOLDER / f"{year}.yml").read_text("utf-8"), Loader=_Texts)
    assert isinstance(data, dict)
    return data


def workdays(year: int) -> set[date]:
    data = read(year)
    off: set[date] = set()
    stretches = data["off"]
    assert isinstance(stretches, list)
    for stretch in stretches:
        day, last = (date.fromisoformat(stretch[key]) for key in ("from", "to"))
        assert day <= last
        while day <= last:
            off.add(day)
            day += timedelta(days=1)
    make_up = data["work"]
    assert isinstance(make_up, list)
    work = {date.fromisoformat(text) for text in make_up}
    assert not work & off
    assert all(day.weekday() >= 5 for day in work)
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return {
        day
        for day in days
        if day.year == year and (day in work or (day.weekday() < 5 and day not in off))
    }


@pytest.mark.parametrize("year", sorted(NOTICES))
def test_every_day_agrees_with_the_independent_package(year: int) -> None:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    expected = {day for day in days if day.year == year and chinese_calendar.is_workday(day)}
    assert workdays(year) == expected


@pytest.mark.parametrize("year", sorted(NOTICES))
def test_each_year_names_the_notice_it_rests_on(year: int) -> None:
    data = read(year)
    assert set(data) == {"year", "notice", "off", "work"}
    assert data["year"] == str(year)
    assert data["notice"] == NOTICES[year]


def test_no_calendar_ships_for_a_year_that_is_not_announced() -> None:
    assert {path.stem for path in FOLDER.glob("*.yml")} == {str(year) for year in NOTICES}
