"""The calendars that ship with the tool, read as the tool reads them."""

from generator.catalog import read_calendar
from generator.load.ground import STANDARD
from generator.source import decode
from generator.workdays import Workdays


def shipped() -> Workdays:
    calendars = []
    for path in sorted((STANDARD / "calendar").glob("*.yml")):
        source, found = decode(path.name, path.read_bytes())
        assert source is not None and not found
        calendar, found = read_calendar(source)
        assert calendar is not None and not found, found
        calendars.append(calendar)
    return Workdays(tuple(calendars))


WORKDAYS = shipped()
