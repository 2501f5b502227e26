"""The smallest pieces of HTML, which every page holds by the dozen: escaped here, not in macros.

`theme/parts.html` exports them beside its macros. As macros they took half of a page's time.
"""

from datetime import date, datetime

from markupsafe import Markup, escape

from generator.render.words import Badge, Day, Text, dial, long_day, moment


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
