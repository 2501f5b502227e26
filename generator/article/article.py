"""What one item's body becomes."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a body names, and where it stands in the body's Markdown."""

    href: str
    """As written, entities decoded; percent-encoded Han shown as Han (`resolve` decodes the rest)."""
    image: bool
    line: int
    """From 1, counted in the body."""
    column: int
    end_column: int


@dataclass(frozen=True)
class Draft:
    """A body turned to HTML, before its addresses are rewritten for the site."""

    make: Callable[[], str] = field(repr=False, compare=False)
    """Makes the HTML: of most bodies the gate never asks for it."""
    links: tuple[Link, ...] = ()
    refused: tuple[Link, ...] = ()
    """Addresses whose scheme is not allowed, and pictures from elsewhere; no href in `html`."""
    dropped: int = 0
    """Pieces of raw HTML that a forge may show and the site does not."""

    @cached_property
    def html(self) -> str:
        """The HTML, made once."""
        return self.make()


@dataclass(frozen=True, slots=True)
class Table:
    """A csv file, a visible sheet of a workbook or a table of a document, as its page shows it."""

    title: str
    """The sheet's name; empty for a csv and in a document."""
    rows: tuple[tuple[str, ...], ...]
    """Cells as a reader sees them, all rows of one length; the first row is the head."""
    above: tuple[str, ...] = ()
    """What stands over the head in cells of its own: a sheet's title, 单位：万元."""
    lines: tuple[int, ...] = ()
    """For each of `rows`, its row number in the file, from 1."""
    columns: tuple[int, ...] = ()
    """For each column of `rows`, its number in the file, from 1."""
    number: int = 0
    """Which table of its document it is, from 1; 0 for a sheet and a csv."""
    shared: frozenset[tuple[int, int]] = frozenset()
    """Row and column, from 0, of cells of `rows` whose figure is one for several rows."""

    def locator(self, row: int, column: int) -> str:
        """Where a cell of `rows` stands in its file (formats.md section 9).

        `工作表 明细!C7`, `表 2 第 3 行第 4 列` in a document, `第 3 行` in a csv.
        """
        if self.number:
            return f"表 {self.number} 第 {self.lines[row]} 行第 {self.columns[column]} 列"
        if not self.title:
            return f"第 {self.lines[row]} 行"
        letters, number = "", self.columns[column]
        while number:
            number, digit = divmod(number - 1, 26)
            letters = chr(65 + digit) + letters
        return f"工作表 {self.title}!{letters}{self.lines[row]}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading, a paragraph or one entry of a list."""

    text: str
    """As a reader sees it, its number included (`一、`); a newline is a break inside it."""
    heading: int = 0
    """1 to 9 for a heading, 1 the highest; 0 for none."""
    listed: int = 0
    """How deep in a list, from 1; 0 outside lists."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader of a document sees, in its order."""

    blocks: tuple[Paragraph | Table, ...]
    notes: tuple[str, ...] = ()
    """Foot- and endnotes in the order of their marks `〔注1〕`, `〔注2〕` …"""
    pictures: int = 0
    """How many pictures stand in it; they are to be seen in the file alone."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, in their order; what is said right before and after one stands above it."""
        return tuple(
            replace(block, above=(*self._said(n - 3, n), *block.above, *self._said(n + 1, n + 3)))
            for n, block in enumerate(self.blocks)
            if isinstance(block, Table)
        )

    def _said(self, start: int, stop: int) -> tuple[str, ...]:
        near = self.blocks[max(0, start) : stop]
        return tuple(block.text for block in near if isinstance(block, Paragraph))

    @property
    def lines(self) -> tuple[str, ...]:
        """Its headings, paragraphs, entries and notes: all its words outside tables."""
        words = (block.text for block in self.blocks if isinstance(block, Paragraph))
        return (*words, *self.notes)


Tables = tuple[tuple[str, tuple[Table, ...]], ...]
"""`Attachment.path` → its tables."""
Documents = tuple[tuple[str, Document], ...]
"""`Attachment.path` → the document in it."""


def attached_tables(tables: Tables, documents: Documents) -> Tables:
    """Every table of an item's attachments: sheets, and those inside its documents."""
    return (*tables, *((path, document.tables) for path, document in documents))


@dataclass(frozen=True, slots=True)
class Article:
    """One item, rendered once and used by ledger, pages, search and receipts alike."""

    item: str
    """The item's id."""
    html: str
    """What stands inside `<article id="gk-body">`, addresses relative to the item's page."""
    text: tuple[str, ...]
    """Lines of formats.md section 6, "Text of a body"."""
    plain: str
    """The body for reading and search: one line a block, no cell marks, no addresses."""
    record: str
    """The record's JSON text, `<`, `>`, `&` escaped (formats.md section 6)."""
    sha256: str
    """SHA-256 of `record`: changed in substance = this changed."""
    tables: Tables
    """Its sheets; a file that cannot be shown is absent."""
    documents: Documents = ()
    """A file that cannot be shown is absent."""

    @property
    def attached(self) -> Tables:
        """Every table of its attachments."""
        return attached_tables(self.tables, self.documents)
