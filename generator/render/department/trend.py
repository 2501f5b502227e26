"""近八期: the same named figure of a row's last eight periods, with a line beside it."""

from dataclasses import dataclass
from decimal import Decimal

from generator.model import Element, Item, Period, State
from generator.render.addresses import item_page
from generator.render.department.office import Office
from generator.render.figures import Figure, read_figure

LENGTH = 8
"""Periods shown."""


@dataclass(frozen=True, slots=True)
class Point:
    """One period of the strip."""

    label: str
    href: str | None
    """None where nothing was published, and for the page itself."""
    figure: Figure | None
    note: str
    """Why there is no figure: 没有公开, 已撤回, 没有读到这个数, 单位不同."""
    now: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """The strip: points oldest first, and the paths of its line (0 to 100 wide, 10 a row)."""

    name: str
    unit: str
    points: tuple[Point, ...]
    line: str
    dots: str
    summary: str


def trend(office: Office, item: Item) -> Trend | None:
    """The strip for an item of a periodic row, or None where fewer than two figures stand.

    A correction has none: its figures are what stood before and what stands now.
    Of several figures, the one that takes the most values; the first of those alike.
    """
    row = office.row_of(item)
    if not isinstance(item.period, Period) or row is None or item.corrects is not None:
        return None
    if office.state(item) is not State.PUBLIC:
        return None
    strips = [
        strip
        for element in row.elements
        if element.figure and (strip := _strip(office, item, item.period, element)) is not None
    ]
    # A yearly budget stands still for four quarters: what moves says more.
    return max(strips, key=_moves, default=None)


def _moves(strip: Trend) -> int:
    return len({point.figure.value for point in strip.points if point.figure is not None})


def _strip(office: Office, item: Item, period: Period, element: Element) -> Trend | None:
    here = _figure(office, item, element)
    if here is None:
        return None
    filed = office.filed[item.category, item.section]
    points: list[Point] = []
    for back in range(LENGTH - 1, -1, -1):
        at = period.shift(-back)
        found = item if back == 0 else filed.get(at)
        if found is None:
            if points:
                points.append(Point(at.label, None, None, "没有公开", False))
            continue
        figure = here if back == 0 else _figure(office, found, element)
        withdrawn = office.state(found) is not State.PUBLIC
        note = "已撤回" if withdrawn else "没有读到这个数" if figure is None else ""
        if figure is not None and figure.unit != here.unit:
            figure, note = None, "单位不同，不连线"
        href = None if back == 0 else item_page(found)
        points.append(Point(at.label, href, figure, note, back == 0))
    while points and points[0].figure is None:
        points.pop(0)
    if sum(point.figure is not None for point in points) < 2:
        return None
    line, dots = _paths(points)
    return Trend(element.name, here.unit, tuple(points), line, dots, _summary(points, here.unit))


def _figure(office: Office, item: Item, element: Element) -> Figure | None:
    if office.state(item) is not State.PUBLIC:
        return None
    known = office.figures
    key = (item.id, element.name)
    if key not in known:
        known[key] = read_figure(office.html(item), element)
    return known[key]


def _paths(points: list[Point]) -> tuple[str, str]:
    """The line and its dots; zero stands at the left edge, a missing period breaks the line."""
    values = [point.figure.value for point in points if point.figure is not None]
    low, high = min(*values, Decimal(0)), max(*values, Decimal(0))
    span = (high - low) or Decimal(1)
    line, dots, drawing = "", "", False
    for row, point in enumerate(points):
        if point.figure is None:
            drawing = False
            continue
        x = float((point.figure.value - low) / span) * 92 + 2
        place = f"{x:.1f} {row * 10 + 5}"
        line += f"{'L' if drawing else 'M'}{place}"
        dots += f"M{place}h0"
        drawing = True
    return line, dots


def _summary(points: list[Point], unit: str) -> str:
    known = [(p.figure.value, p.figure.text, p.label) for p in points if p.figure is not None]
    high, low = max(known, key=lambda k: k[0]), min(known, key=lambda k: k[0])
    now = known[-1]
    return (
        f"走势：最高 {high[1]}{unit}（{high[2]}），最低 {low[1]}{unit}（{low[2]}），"
        f"本期 {now[1]}{unit}"
    )
