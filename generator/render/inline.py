"""The smallest pieces of HTML, which every page holds by the dozen: escaped here, not in macros.

`theme/parts.html` exports them beside its macros. As macros they took half of a page's time.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from markupsafe import Markup, escape

from generator.render.parts import CalendarDay, Entry, Field
from generator.render.words import Badge, Day, Text, at, dial, long_day, moment

_SPAN = re.compile(r"[0-9]{1,2}[:：][0-9]{2}\s*[—–~～-]+\s*[0-9]{1,2}[:：][0-9]{2}")
"""From one time of day to another."""


def text_html(parts: Text) -> Markup:
    """Running text with its dates in `<time>`."""
    return Markup("".join(map(_part, parts)))


def _part(part: str | Day | date) -> str:
    if isinstance(part, str):
        return escape(part)
    if isinstance(part, Day):
        return f'<time datetime="{part.day.isoformat()}">{part.text}</time>'
    iso = part.isoformat()
    return f'<time datetime="{iso}">{iso}</time>'


def day_html(day: date, year: int | None = None) -> Markup:
    """A date; without its year where that is the page's own."""
    return Markup(_part(Day(day, year)))


def long_day_html(day: date) -> Markup:
    """`2026 年 11 月 3 日`."""
    return Markup(f'<time datetime="{day.isoformat()}">{long_day(day)}</time>')


def moment_html(at: datetime) -> Markup:
    """`2026-10-30 09:12`."""
    return Markup(f'<time datetime="{at.isoformat()}">{moment(at)}</time>')


def badge_html(badge: Badge) -> Markup:
    """A status: the stylesheet adds the mark."""
    return Markup(f'<span class="st st-{escape(badge.kind)}">{escape(badge.word)}</span>')


def ev_html(phrase: str, href: str | None = None) -> Markup:
    """An evidence phrase, set apart; nothing for an empty one."""
    if not phrase:
        return Markup("")
    if href is not None:
        return Markup(f'<a class="ev hit" href="{escape(href)}">{escape(phrase)}</a>')
    return Markup(f'<span class="ev">{escape(phrase)}</span>')


def tel_html(phone: str, class_: str = "hit") -> Markup:
    """A telephone: digits alone are dialled, what is not a number is shown as it stands."""
    digits = dial(phone)
    if not digits:
        return Markup(escape(phone))
    return Markup(f'<a class="{escape(class_)} nb" href="tel:{digits}">{escape(phone)}</a>')


def hours_html(hours: str) -> Markup:
    """Office hours whose spans, 13:30—17:00, do not break."""
    return Markup(_SPAN.sub(r'<span class="nb">\g<0></span>', str(escape(hours))))


def rows_html(entries: Iterable[Entry], up: str = "") -> Markup:
    """`.rows`: one line an entry, the whole line the link; `up` leads to the site's root."""
    return Markup('<ul class="rows">\n' + "".join(_row(entry, up) for entry in entries) + "</ul>")


def _row(entry: Entry, up: str) -> str:
    title = escape(entry.title)
    if entry.href:
        title = Markup(f'<a href="{escape(at(up, entry.href))}">{title}</a>')
    badge = f' <span class="s">{badge_html(entry.badge)}</span>' if entry.badge else ""
    said = text_html(entry.meta)
    if entry.evidence:
        said = Markup(f"{said} {ev_html(entry.evidence)}")
    meta = f' <span class="m">{said}</span>' if said else ""
    return f'<li><span class="t">{title}</span>{badge}{meta}</li>\n'


def field_html(field: Field) -> Markup:
    """One field of a `.box`."""
    value = text_html(field.value)
    if field.href:
        value = Markup(f'<a class="hit" href="{escape(field.href)}">{value}</a>')
    badge = f" {badge_html(field.badge)}" if field.badge else ""
    note = f" {ev_html(field.note)}" if field.note else ""
    return Markup(f"<div><dt>{escape(field.label)}</dt><dd>{value}{badge}{note}</dd></div>")


def weeks_html(weeks: Sequence[Sequence[CalendarDay]]) -> Markup:
    """The body of `.cal`: a line a week."""
    lines = ("<tr>" + "".join(map(_day_cell, week)) + "</tr>\n" for week in weeks)
    return Markup("".join(lines))


def _day_cell(day: CalendarDay) -> str:
    kind = f' class="{day.kind}"' if day.kind else ""
    notes = "".join(f"<b>{escape(note)}</b>" for note in day.notes)
    return f"<td{kind}>{day.day.month}-{day.day.day}{notes}</td>"
