"""What one item's body becomes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a body names, and where it stands in the body's Markdown."""

    href: str
    """As written, decoded once."""
    image: bool
    line: int
    """From 1, counted in the body."""
    column: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A body turned to HTML, before its addresses are rewritten for the site."""

    html: str
    links: tuple[Link, ...]
    refused: tuple[Link, ...]
    """Addresses whose scheme is not allowed; they have no href in `html`."""


@dataclass(frozen=True, slots=True)
class Table:
    """A csv file or one visible sheet of a workbook, as shown under its item."""

    title: str
    """The sheet's name; empty for a csv."""
    rows: tuple[tuple[str, ...], ...]
    """Cells as a reader sees them; the first row is the head."""


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
    tables: tuple[tuple[str, tuple[Table, ...]], ...]
    """`Attachment.path` → its tables; a file that cannot be shown is absent."""
