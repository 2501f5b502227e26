"""What every sheet of paper carries: its number, its days, the chain's head, codes to scan."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

from markupsafe import Markup

from generator.model import Department, Item, Line
from generator.render import qr
from generator.render.templates import fill
from generator.render.theme import theme_folder
from generator.render.world import World

_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
HEX = 16
"""Digits of a hash that paper and codes carry: enough for `verify --head`."""


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a notice board, Monday to Sunday (ISO 8601)."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week that holds `day`."""
        return cls(*day.isocalendar()[:2])

    @classmethod
    def read(cls, text: str) -> "Week | None":
        """`2026-W48`; None for anything that is no week."""
        match = _WEEK.fullmatch(text)
        if match is None:
            return None
        week = cls(int(match[1]), int(match[2]))
        try:
            return week if cls.of(week.monday) == week else None
        except ValueError:
            return None

    @property
    def monday(self) -> date:
        """The day on which its sheet goes up."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def next_monday(self) -> date:
        """The day on which its sheet comes down."""
        return self.monday + timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a department's chain of receipts, as paper shows it."""

    seq: int
    hex: str
    """The first 16 digits of its hash."""

    @property
    def spaced(self) -> str:
        """In fours, to be read aloud."""
        return " ".join(self.hex[at : at + 4] for at in range(0, HEX, 4))


def head_of(world: World, folder: str) -> Head | None:
    """The head on the ledger's day; None where there is no receipt yet."""
    lines: tuple[Line, ...] = world.evidence.lines.get(folder, ())
    known = [line for line in lines if line.at.date() <= world.ledger.as_of]
    return Head(known[-1].seq, known[-1].hash[:HEX]) if known else None


def check_url(world: World, item: Item, head: Head | None) -> str:
    """The page that says whether the item still says what this paper says.

    `i` is the item, `h` its record's hash, `d` the chain's head, `t` the day of printing.
    """
    sha256 = world.articles[item.id].sha256[:HEX]
    tail = f"&d={head.hex}" if head is not None else ""
    site = world.repository.site
    day = f"{world.ledger.as_of:%Y%m%d}"
    return f"{site.url}check.html?i={quote(item.id, safe='/')}&h={sha256}{tail}&t={day}"


def code(url: str) -> Markup:
    """A QR code as an inline picture, its quiet zone of four modules included."""
    made = qr.code(url)
    side = made.side + 8
    return Markup(
        f'<svg class="qr" viewBox="-4 -4 {side} {side}" role="img" '
        'aria-label="二维码，打开 {url}" shape-rendering="crispEdges">'
        f'<path stroke="#000" d="{made.path}"/></svg>'
    ).format(url=url)


def number(department: Department, week: Week, sequence: int, form: str = "") -> str:
    """The sheet's number: the body's code, the week, and which sheet of the week it is."""
    code_ = department.code or department.folder
    return f"{code_}-{week.year}W{week.number:02d}-{form}{sequence}"


def printed(template: str, title: str, **values: object) -> str:
    """A file of its own: `pages/paper/<template>.html` with its styles inside."""
    css = (theme_folder() / "css" / "paper.css").read_text(encoding="utf-8")
    return fill(f"pages/paper/{template}.html", title=title, css=Markup(css), **values)
