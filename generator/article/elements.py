"""Which of a row's elements an item lacks (formats.md section 4, rule 4)."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import unescape
from typing import Protocol

from generator.article.article import Table
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
    def tables(self) -> tuple[tuple[str, tuple[Table, ...]], ...]:
        """Attachment path → its tables."""


def missing(
    row: Row, item: Item, article: Readable, process: Sequence[Readable]
) -> tuple[str, ...]:
    """Names of the row's elements that the item does not hold, in the row's order.

    `process` are the articles of the public items of the item's process, its own included:
    the five of whole-process disclosure may be spread over them. A 零报告 waives all.
    """
    if item.nil is not None:
        return ()
    lacking = [e.name for e in row.elements if not present(e, item.title, article)]
    if row.whole_process and (item.phase is Phase.AFTER or item.process is None):
        for name in WHOLE_PROCESS:
            if name in lacking or any(e.name == name for e in row.elements):
                continue
            if not any(present(Element(name), "", one) for one in (article, *process)):
                lacking.append(name)
        lacking = [
            name
            for name in lacking
            if name not in WHOLE_PROCESS
            or not any(present(Element(name), "", one) for one in process)
        ]
    return tuple(lacking)


def present(element: Element, title: str, article: Readable) -> bool:
    """Whether the element's name, or one of its words, stands where it counts."""
    words = [_squeezed(word) for word in (element.name, *element.words)]
    grids = [*_grids(article.html), *(t.rows for _, tables in article.tables for t in tables)]
    lines = [_squeezed(line) for line in article.text]
    if not element.figure:
        tables = [table for _, tables in article.tables for table in tables]
        heads = [_squeezed(cell) for table in tables for cell in _heads(table.rows)]
        heads += [_squeezed(line) for table in tables for line in table.above]
        texts = [_squeezed(title), *lines, *heads]
        return any(word in text for word in words for text in texts)
    if any(_figure_after(word, text) for word in words for text in [_squeezed(title), *lines]):
        return True
    return any(_figure_in(grid, words) for grid in grids)


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
