"""A Word document (docx, ECMA-376) as a reader sees it, read by the standard library."""

from generator.article.article import Document, Paragraph
from generator.article.docx_story import Mark, Story
from generator.article.grid import Allowance
from generator.article.outline import read_numbering, read_styles
from generator.article.package import Parts, unpacked
from generator.article.worksheet import parse

_DOCUMENT = "word/document.xml"


def read_document(data: bytes) -> Document:
    """Read what a reader of the document sees, tracked changes taken as accepted.

    Comments, deleted and hidden text, headers and footers are left out. Bounded in time and
    memory whatever the bytes; raises TableError with a Chinese reason, TableTooLarge where a
    page cannot hold it, and nothing else.
    """
    with unpacked(data, "Word") as parts:
        return _document(parts)


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
