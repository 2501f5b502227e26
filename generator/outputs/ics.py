"""An iCalendar file (RFC 5545): all-day events, the same bytes for the same events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
_LINE = 75
"""Bytes of a line, its break not counted, beyond which it is folded (section 3.1)."""


@dataclass(frozen=True, slots=True)
class Event:
    """One all-day event."""

    uid: str
    """Never changes for what it stands for."""
    stamp: date
    """DTSTAMP: a day of the matter's own, never the day of writing."""
    first: date
    last: date
    """The last day, included."""
    summary: str
    description: str
    url: str
    category: str
    tentative: bool = False
    alarm: date | None = None
    """The day on which to remind, at nine in the morning; not after `first`."""


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """The whole file; `name` is what a calendar program calls it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//gongkai//due//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{text(name)}",
        f"NAME:{text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def text(value: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line breaks escaped, other controls left out."""
    plain = "\n".join(value.splitlines())
    plain = "".join(sign for sign in plain if sign == "\n" or (sign >= " " and sign != "\x7f"))
    for sign in "\\;,":
        plain = plain.replace(sign, "\\" + sign)
    return plain.replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A content line in pieces of at most 75 bytes, no character cut in two, CRLF-ended."""
    pieces, piece = [], b""
    for sign in line:
        data = sign.encode()
        if len(piece) + len(data) > _LINE:
            pieces.append(piece)
            piece = b" "
        piece += data
    return b"\r\n".join((*pieces, piece)) + b"\r\n"


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{text(event.uid)}"
    yield f"DTSTAMP:{_day(event.stamp)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(event.first)}"
    yield f"DTEND;VALUE=DATE:{_day(event.last + ONE_DAY)}"
    yield f"SUMMARY:{text(event.summary)}"
    yield f"DESCRIPTION:{text(event.description)}"
    yield f"URL:{event.url}"
    yield f"CATEGORIES:{text(event.category)}"
    yield f"STATUS:{'TENTATIVE' if event.tentative else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    if event.alarm is not None:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{text(event.summary)}"
        yield f"TRIGGER:{_before((event.first - event.alarm).days)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _before(days: int) -> str:
    """Nine in the morning, `days` before the day begins."""
    return "PT9H" if days <= 0 else f"-P{days - 1}DT15H" if days > 1 else "-PT15H"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"
