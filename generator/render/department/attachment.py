"""Attachments as pages: what stands under the item, and a page of their own for long ones."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import PurePosixPath

from generator.article import Document, Paragraph, Table
from generator.model import Attachment, Item
from generator.render.department.office import Office
from generator.render.page import Crumb, Page
from generator.render.parts import Grid, Tab, grid

OPEN_ROWS = 10
"""Rows of a table that stand open under an item."""
LONG_ROWS, LONG_CHARACTERS = 60, 8_000
"""What is longer has a page of its own."""
_OPEN_PIECES, _OPEN_CHARACTERS = 8, 500
_PAGE_ROWS, _PAGE_CHARACTERS = 400, 40_000
_PLAIN_NAME = re.compile(r"[a-z0-9-]{1,60}")


@dataclass(frozen=True, slots=True)
class Words:
    """A heading, a paragraph or a list."""

    kind: str
    """`h`, `p` or `ul`."""
    lines: tuple[str, ...]
    level: int = 0
    """Of a heading: from 1, none left out on the way down."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table, or a stretch of its rows."""

    name: str
    """A sheet's name, `表 2` of a document's second table, empty for a csv."""
    above: tuple[str, ...]
    grid: Grid
    first: int
    """Number of the first row in it, from 1."""
    total: int

    @property
    def caption(self) -> str:
        """`工作表“摊位”，第 1 至 400 行，共 900 行`."""
        last = self.first + len(self.grid.rows) - 1
        count = f"共 {self.total} 行"
        if last - self.first + 1 < self.total:
            count = f"第 {self.first} 至 {last} 行，{count}"
        return "，".join(filter(None, (self.name, count)))

    def part(self, start: int, stop: int) -> "Rows":
        """Rows `start` to `stop` of it, counted from 0, without what stands above from the second."""
        rows = self.grid.rows[start:stop]
        above = self.above if start == 0 else ()
        return replace(
            self, above=above, grid=replace(self.grid, rows=rows), first=self.first + start
        )


Piece = Words | Rows


@dataclass(frozen=True, slots=True)
class View:
    """An attachment as its item's page shows it."""

    file: Attachment
    kind: str
    """`XLSX`."""
    lead: tuple[Piece, ...]
    """What stands open."""
    rest: tuple[Piece, ...]
    """What is folded; nothing where there is a page."""
    notes: tuple[str, ...]
    pictures: int
    pages: tuple[tuple[Piece, ...], ...]
    """What each page of its own shows; none for a short one."""
    stem: str
    """The first page's address without `.html`, from the site's root."""
    length: str
    """`70 行`, `约 9000 字`."""

    def address(self, number: int) -> str:
        """Page `number`, from 1."""
        return f"{self.stem}.html" if number == 1 else f"{self.stem}-p{number}.html"

    @property
    def text(self) -> str:
        """What the item's page says of it, a line a paragraph or row."""
        own = () if self.pages else self.notes
        return "\n".join((*_lines((*self.lead, *self.rest)), *own))


def views(office: Office, item: Item) -> tuple[View, ...]:
    """Every attachment of an item whose body is shown; those that no page can show have no pieces."""
    article = office.world.articles[item.id]
    tables, documents = dict(article.tables), dict(article.documents)
    taken: set[str] = set()
    made = []
    for number, file in enumerate(item.files, start=1):
        document = documents.get(file.path, Document(()))
        pieces = _of_sheets(tables.get(file.path, ())) or _of_document(document)
        stem = f"{item.year}/{item.slug}/{_name(file, number, taken)}"
        made.append(_view(file, pieces, document, stem))
    return tuple(made)


def pages(office: Office, item: Item, page: Page, shown: Iterable[View]) -> Iterator[Page]:
    """The pages of its long attachments; `page` is the item's own."""
    for view in shown:
        count = len(view.pages)
        for number, pieces in enumerate(view.pages, start=1):
            steps = tuple(
                Tab(str(n), None if n == number else view.address(n)) for n in range(1, count + 1)
            )
            last = number == count
            title = f"附件：{view.file.title}" + (f"（第 {number} 页）" if number > 1 else "")
            body = "\n".join((*_lines(pieces), *(view.notes if last else ())))
            yield office.page(
                view.address(number),
                title,
                "attachment",
                column=page.column,
                crumbs=(
                    *(Crumb(c.label, c.href and f"../{c.href}") for c in page.crumbs[1:]),
                    Crumb(item.title, f"../{item.slug}.html"),
                ),
                here="附件",
                values={
                    "item": item,
                    "back": page.path,
                    "view": view,
                    "pieces": pieces,
                    "steps": steps,
                    "number": number,
                    "last": last,
                },
                description=f"{item.title}的附件：{view.file.title}",
                meta=page.meta,
                indexed=page.indexed and replace(page.indexed, title=title, body=body),
            )


def _view(file: Attachment, pieces: tuple[Piece, ...], document: Document, stem: str) -> View:
    rows = sum(len(piece.grid.rows) for piece in pieces if isinstance(piece, Rows))
    characters = sum(map(len, _lines(pieces))) + sum(map(len, document.notes))
    lead, rest = _opened(pieces)
    long = rows > LONG_ROWS or characters > LONG_CHARACTERS
    if long:
        lead = tuple(p.part(0, OPEN_ROWS) if isinstance(p, Rows) else p for p in lead)
    return View(
        file,
        file.path.rpartition(".")[2].upper(),
        lead,
        () if long else rest,
        document.notes,
        document.pictures,
        tuple(_paged(pieces)) if long else (),
        stem,
        f"{rows} 行" if rows > LONG_ROWS else f"约 {round(characters, -2)} 字",
    )


def _of_sheets(tables: Sequence[Table]) -> tuple[Piece, ...]:
    made = (_rows(f"工作表“{t.title}”" if t.title else "", t) for t in tables)
    return tuple(each for each in made if each.grid.head)


def _of_document(document: Document) -> tuple[Piece, ...]:
    out: list[Piece] = []
    tables = sum(isinstance(block, Table) for block in document.blocks)
    number = level = 0
    for kind, group in groupby(document.blocks, _kind):
        for block in group if kind != "ul" else ():
            if isinstance(block, Table):
                number += 1
                out.append(_rows(f"表 {number}" if tables > 1 else "", block))
            else:
                level = min(block.heading, level + 1) if block.heading else level
                out.append(Words(kind, (block.text,), level if block.heading else 0))
        if kind == "ul":
            out.append(Words("ul", tuple(e.text for e in group if isinstance(e, Paragraph))))
    return tuple(out)


def _kind(block: Paragraph | Table) -> str:
    if isinstance(block, Table):
        return "table"
    return "h" if block.heading else "ul" if block.listed else "p"


def _rows(name: str, table: Table) -> Rows:
    made = grid(table.rows)
    return Rows(name, table.above, made, 1, len(made.rows))


def _opened(pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """What stands open: the first paragraphs up to the first table; all sheets of a short book."""
    if all(isinstance(piece, Rows) for piece in pieces):
        rows = sum(len(piece.grid.rows) for piece in pieces if isinstance(piece, Rows))
        return (pieces, ()) if rows <= LONG_ROWS else (pieces[:1], pieces[1:])
    characters = 0
    for index, piece in enumerate(pieces, start=1):
        characters += sum(map(len, _lines((piece,))))
        full = index == _OPEN_PIECES or characters > _OPEN_CHARACTERS
        heading = isinstance(piece, Words) and piece.kind == "h"
        if isinstance(piece, Rows) or (full and not heading):
            return pieces[:index], pieces[index:]
    return pieces, ()


def _paged(pieces: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
    """Pieces cut into pages of so many rows and characters."""
    page: list[Piece] = []
    rows, characters = _PAGE_ROWS, _PAGE_CHARACTERS
    for piece in pieces:
        for part in _cut(piece):
            size = sum(map(len, _lines((part,))))
            many = len(part.grid.rows) if isinstance(part, Rows) else 0
            if page and (many > rows or size > characters):
                yield tuple(page)
                page, rows, characters = [], _PAGE_ROWS, _PAGE_CHARACTERS
            page.append(part)
            rows, characters = rows - many, characters - size
    yield tuple(page)


def _cut(piece: Piece) -> Iterator[Piece]:
    """A piece in parts that a page can hold; one row is never cut."""
    if isinstance(piece, Words):
        yield piece
        return
    start = characters = 0
    for index, row in enumerate(piece.grid.rows):
        size = sum(map(len, row))
        if index > start and (index - start == _PAGE_ROWS or characters + size > _PAGE_CHARACTERS):
            yield piece.part(start, index)
            start, characters = index, 0
        characters += size
    yield piece.part(start, piece.total)


def _lines(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Words):
            yield from piece.lines
        else:
            yield from piece.above
            yield " ".join(piece.grid.head)
            yield from (" ".join(row) for row in piece.grid.rows)


def _name(file: Attachment, number: int, taken: set[str]) -> str:
    """`stalls-xlsx`; `file-2` where the file's name is none for an address.

    An attachment never lies there itself: files of a web page are refused.
    """
    path = PurePosixPath(file.path.lower())
    name = f"{path.stem}-{path.suffix[1:]}"
    if _PLAIN_NAME.fullmatch(name) is None or name in taken:
        name = f"file-{number}"
    taken.add(name)
    return name
