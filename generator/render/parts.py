"""Small values that the shared macros of `theme/parts.html` show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from generator.render.words import Badge, Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of `.rows`: the whole line is the link."""

    title: str
    href: str | None
    """From the site's root, or a whole address; None shows the title without a link."""
    meta: Text = ()
    badge: Badge | None = None
    evidence: str = ""
    """〔凭回执〕 and the like, after `meta`."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a `.box`: what it is called, and its value."""

    label: str
    value: Text
    note: str = ""
    """〔自填〕 or the evidence, set apart."""
    href: str | None = None
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """One step of a `.tabs` or `.pager` row; `href` None is the page itself, or the gap `…`."""

    label: str
    href: str | None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A data table: `numeric` says which columns are right-aligned, the first one never."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    width: float
    """What its columns want, in em, so that phones scroll it and break no date."""


def grid(rows: Sequence[Sequence[str]]) -> Grid:
    """A table of text cells with ragged rows filled up; the first row is the head."""
    columns = max((len(row) for row in rows), default=0)
    full = [tuple(row) + ("",) * (columns - len(row)) for row in rows]
    head, body = (full[0], tuple(full[1:])) if full else ((), ())
    numeric = tuple(
        i > 0 and any(row[i].strip() for row in body) and all(is_number(row[i]) for row in body)
        for i in range(columns)
    )
    width = sum(_wanted(row[i] for row in (head, *body[:50])) for i in range(columns))
    return Grid(head, body, numeric, round(width, 1))


def _wanted(cells: Iterable[str]) -> float:
    """A column's width in em: its longest cell, 12 at most, and the cell's padding."""
    widest = max((sum(1 if ord(c) > 0x2E80 else 0.6 for c in cell) for cell in cells), default=0)
    return min(widest, 12) + 1.6


def is_number(text: str) -> bool:
    """Whether a cell holds a figure, a share or nothing."""
    bare = text.strip().replace(",", "").replace("，", "").rstrip("%％")
    if not bare or bare in ("—", "-", "–", "/"):
        return True
    whole, _, decimals = bare.lstrip("+-−").partition(".")
    return whole.isdigit() and (not decimals or decimals.isdigit()) and whole.isascii()


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of `.why .cal`."""

    day: date
    kind: str
    """`start`, `off`, `end` or empty."""
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """为什么是这天: the rule in sentences, then the days."""

    sentences: tuple[Text, ...]
    caption: str
    weeks: tuple[tuple[CalendarDay, ...], ...]
    """Monday to Sunday; empty where no days are counted."""
    notes: tuple[Text, ...]
