"""What one item's body becomes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A csv file or one sheet of a workbook, as shown under its item."""

    title: str
    """The sheet's name; empty for a csv."""
    rows: tuple[tuple[str, ...], ...]
    """Cells as a reader sees them; the first row is the head."""


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """An attachment as readable tables; empty for what cannot be shown."""

    path: str
    """As `Attachment.path`."""
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One item, rendered once and used by ledger, pages, search and receipts alike."""

    item: str
    """The item's id."""
    html: str
    """What stands inside `<article id="gk-body">`, links relative to the item's page."""
    text: tuple[str, ...]
    """Lines of formats.md section 6, "Text of a body"."""
    record: str
    """The record's JSON text, `<`, `>`, `&` escaped (formats.md section 6)."""
    sha256: str
    """SHA-256 of `record`: changed in substance = this changed."""
    attachments: tuple[AttachmentView, ...]

    @property
    def plain(self) -> str:
        """The body's text for reading and search: without cell and address lines."""
        raise NotImplementedError
