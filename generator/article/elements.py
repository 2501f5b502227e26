"""Which of a row's elements an item lacks (formats.md section 4, rule 4)."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from html import unescape
from typing import Protocol

from generator.article.article import Documents, Table, Tables, attached_tables
from generator.model import WHOLE_PROCESS, Element, Item, Phase, Row

_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_DIGIT = re.compile(r"[0-9０-９]")
_NEAR = 12
"""Characters after an element's name within which its figure must stand."""

Grid = tuple[tuple[str, ...], ...]


class Readable(Protocol):
    """What an item's elements are looked for in: an `Article`, or the parts of one."""

    @property
    def html(self) -> str:
        """The body as HTML."""

    @property
    def text(self) -> tuple[str, ...]:
        """Its lines (formats.md section 6)."""

    @property
    def tables(self) -> Tables:
        """Its attached sheets."""

    @property
    def documents(self) -> Documents:
        """Its attached documents."""


def missing(
    row: Row, item: Item, article: Readable, process: Sequence[Readable]
) -> tuple[str, ...]:
    """Names of the row's elements that the item does not hold, in the row's order.

    `process` are the articles of the public items of the item's process, its own included:
    the five of whole-process disclosure may be spread over them. A 零报告 waives all.
    """
    if item.nil is not None:
        return ()
    own = _Looked(article)
    lacking = [e.name for e in row.elements if not own.holds(e, item.title)]
    if row.whole_process and (item.phase is Phase.AFTER or item.process is None):
        all_of_it = [_Looked(one) for one in process]
        for name in WHOLE_PROCESS:
            if name in lacking or any(e.name == name for e in row.elements):
                continue
            if not any(one.holds(Element(name)) for one in (own, *all_of_it)):
                lacking.append(name)
        lacking = [
            name
            for name in lacking
            if name not in WHOLE_PROCESS or not any(o.holds(Element(name)) for o in all_of_it)
        ]
    return tuple(lacking)


class _Looked:
    """An article as elements are looked for in it, each part made ready once."""

    def __init__(self, article: Readable) -> None:
        self._article = article

    def holds(self, element: Element, title: str = "") -> bool:
        """Whether the element's name, or one of its words, stands where it counts."""
        words = [_squeezed(word) for word in (element.name, *element.words)]
        texts = [_squeezed(title), *self._lines]
        if not element.figure:
            return any(word in text for word in words for text in (*texts, *self._heads))
        if any(_figure_after(word, text) for word in words for text in texts):
            return True
        return any(_figure_in(grid, words) for grid in self._grids)

    @cached_property
    def _lines(self) -> tuple[str, ...]:
        """Lines of the body, then those of attached documents."""
        attached = (line for _, document in self._article.documents for line in document.lines)
        return tuple(_squeezed(line) for line in (*self._article.text, *attached))

    @cached_property
    def _attached(self) -> tuple[Table, ...]:
        every = attached_tables(self._article.tables, self._article.documents)
        return tuple(table for _, tables in every for table in tables)

    @cached_property
    def _heads(self) -> tuple[str, ...]:
        """What stands over attached tables, in their heads and in their first columns."""
        cells = (cell for table in self._attached for cell in _heads(table.rows))
        above = (line for table in self._attached for line in table.above)
        return tuple(_squeezed(text) for text in (*cells, *above))

    @cached_property
    def _grids(self) -> tuple[Grid, ...]:
        return (*_grids(self._article.html), *(table.rows for table in self._attached))


def _heads(grid: Grid) -> Iterable[str]:
    yield from grid[0] if grid else ()
    yield from (row[0] for row in grid[1:] if row)


def _figure_after(word: str, text: str) -> bool:
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if _DIGIT.search(text[end : end + _NEAR]):
            return True
        start = text.find(word, end)
    return False


def _figure_in(grid: Grid, words: Sequence[str]) -> bool:
    """Whether a header or first-column cell holds a word, with a digit in its row or column."""
    if not grid:
        return False
    for column, cell in enumerate(grid[0]):
        if any(word in _squeezed(cell) for word in words) and any(
            _DIGIT.search(row[column]) for row in grid[1:] if column < len(row)
        ):
            return True
    return any(
        any(word in _squeezed(row[0]) for word in words)
        and any(_DIGIT.search(cell) for cell in row[1:])
        for row in grid
        if row
    )


@lru_cache(maxsize=64)
def _grids(html: str) -> tuple[Grid, ...]:
    if "<table" not in html:
        return ()
    return tuple(
        tuple(
            tuple(unescape(_TAG.sub("", cell)).strip() for cell in _CELL.findall(row))
            for row in _ROW.findall(table)
        )
        for table in _TABLE.findall(html)
    )


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
