"""A Word document (docx, ECMA-376) as a reader sees it, read by the standard library."""

import io
import struct
import zipfile
import zlib
from xml.parsers import expat

from generator.article.article import Document, Paragraph
from generator.article.docx_story import Mark, Story
from generator.article.grid import Allowance, TableError
from generator.article.outline import read_numbering, read_styles
from generator.article.package import Parts
from generator.article.worksheet import parse

_BROKEN = "Word 文件打不开，可能已损坏；在 Word 或 WPS 里另存一次再传"
_DOCUMENT = "word/document.xml"


def read_document(data: bytes) -> Document:
    """Read what a reader of the document sees, tracked changes taken as accepted.

    Comments, deleted and hidden text, headers and footers are left out. Bounded in time and
    memory whatever the bytes; raises TableError with a Chinese reason, TableTooLarge where a
    page cannot hold it, and nothing else.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _document(Parts(archive, "Word"))
    except (
        zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, ValueError, KeyError,
        IndexError, OverflowError, NotImplementedError, RuntimeError, EOFError, OSError,
    ):  # fmt: skip
        raise TableError(_BROKEN) from None


def _document(parts: Parts) -> Document:
    styles = read_styles(parts.read("word/styles.xml"))
    allowance = Allowance()
    body = Story(styles, read_numbering(parts.read("word/numbering.xml")), allowance)
    parse(parts.need(_DOCUMENT), body.start, body.end, body.text)
    texts: dict[Mark, str] = {}
    for sort in sorted({mark.sort for mark in body.marks}):
        notes = parts.read(f"word/{sort}s.xml")
        if notes:
            story = Story(styles, read_numbering(None), allowance)
            parse(notes, story.start, story.end, story.text)
            texts |= {mark: "\n".join(lines) for mark, lines in story.notes.items()}
    found = tuple(texts.get(mark, "") for mark in body.marks)
    return Document(tuple(body.blocks), found, body.pictures)


def document_text(document: Document) -> str:
    """All that its page says, a line a paragraph or row, for search and for measuring."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += block.above
            lines += (" ".join(row) for row in block.rows)
    return "\n".join((*lines, *document.notes))
