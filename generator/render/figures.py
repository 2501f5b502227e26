"""Reads a named figure out of a rendered body: from its tables, else from its sentences."""

import re
from dataclasses import dataclass
from decimal import Decimal
from html.parser import HTMLParser

from generator.model import Element

TOTALS = ("合计", "总计", "共计", "总额")
"""First cells of the row that holds a column's figure for the whole period."""

_NUMBER = re.compile(r"[-−]?[0-9][0-9,，]*(?:\.[0-9]+)?")
_UNIT = re.compile(
    r"(?:万元|亿元|元|人次|批次|件次|件|人|次|批|户|起|吨|辆|台|项|个|平方米|亩|%|％)"
)
_IN_HEAD = re.compile(r"[（(／/]\s*(?:单位[:：])?\s*([^（）()／/]{1,6})[）)]?\s*$")
_AFTER = 12
"""Characters after a name within which a sentence's figure counts (formats.md 4.4)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written, its value and its unit (empty where none is stated)."""

    text: str
    value: Decimal
    unit: str


def read_figure(html: str, element: Element) -> Figure | None:
    """The figure of `element` in an article's HTML, or None where it cannot be told surely.

    A column headed by the name gives its total row, or its only row; a row that begins with
    the name gives its only figure; else the first figure within 12 characters after the name.
    A column of several rows without a total is not summed: that would be our figure.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    names = [_bare(name) for name in (element.name, *element.words)]
    for table in reader.tables:
        found = _from_table(table, names)
        if found is not None:
            return found
    prose = _bare("".join(reader.prose))
    for name in names:
        found = _from_prose(prose, name)
        if found is not None:
            return found
    return None


def _from_table(table: list[list[str]], names: list[str]) -> Figure | None:
    if len(table) < 2:
        return None
    head, body = table[0], table[1:]
    for at, cell in enumerate(head):
        if at and _named(cell, names):
            rows = [row for row in body if row and _bare(row[0]).startswith(TOTALS)] or body
            if len(rows) == 1 and at < len(rows[0]):
                return _figure(rows[0][at], _head_unit(cell))
            return None
    for row in body:
        if row and _named(row[0], names):
            figures = [
                figure
                for at, cell in enumerate(row)
                if at and (figure := _figure(cell, _row_unit(row, head, at))) is not None
            ]
            return figures[0] if len(figures) == 1 else None
    return None


def _from_prose(prose: str, name: str) -> Figure | None:
    start = prose.find(name)
    while start >= 0:
        end = start + len(name)
        number = _NUMBER.search(prose, end, end + _AFTER)
        # A figure cut off by the window's edge is read whole.
        if number is not None and not re.search("[。；\n]", prose[end : number.start()]):
            whole = _NUMBER.match(prose, number.start())
            assert whole is not None
            unit = _UNIT.match(prose, whole.end())
            return _number(whole.group(), unit.group() if unit else "")
        start = prose.find(name, end)
    return None


def _figure(cell: str, unit: str) -> Figure | None:
    bare = _bare(cell)
    number = _NUMBER.match(bare)
    if number is None:
        return None
    rest = bare[number.end() :]
    if rest and not _UNIT.fullmatch(rest):
        return None
    return _number(number.group(), rest or unit)


def _number(text: str, unit: str) -> Figure:
    plain = text.replace(",", "").replace("，", "").replace("−", "-")
    return Figure(text.rstrip("，,"), Decimal(plain), unit.replace("％", "%"))


def _named(cell: str, names: list[str]) -> bool:
    bare = _bare(cell)
    return any(
        bare == name or re.fullmatch(re.escape(name) + r"[（(／/].*", bare) for name in names
    )


def _head_unit(cell: str) -> str:
    unit = _IN_HEAD.search(_bare(cell))
    return unit.group(1) if unit else ""


def _row_unit(row: list[str], head: list[str], at: int) -> str:
    if _head_unit(row[0]):
        return _head_unit(row[0])
    for column, cell in enumerate(head):
        if _bare(cell) in ("单位", "计量单位") and column < len(row):
            return _bare(row[column])
    return _head_unit(head[at]) if at < len(head) else ""


def _bare(text: str) -> str:
    return "".join(text.split())


class _Reader(HTMLParser):
    """Collects tables as rows of cell texts, and all other text."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.prose: list[str] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.tables[-1][-1].append("".join(self._cell))
            self._cell = None
        elif tag in ("p", "li", "h2", "h3", "h4", "table"):
            self.prose.append("。")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
        else:
            self.prose.append(data)
