"""An item's body: Markdown → safe HTML, the text that receipts hash, tables of attachments."""

from generator.article.address import Astray, Inside, Outside, locate, place, relative, resolve
from generator.article.article import (
    Article,
    Document,
    Documents,
    Draft,
    Link,
    Paragraph,
    Table,
    Tables,
    attached_tables,
)
from generator.article.docx import document_text, read_document
from generator.article.grid import TableError, TableTooLarge
from generator.article.markdown import draft
from generator.article.record import (
    article_element,
    breakable,
    finish,
    record_element,
    record_json,
    title_element,
)
from generator.article.served import Fault, Part, Served, page_record
from generator.article.tables import read_tables
from generator.article.walk import body_text, plain_text, spaceless, squeeze, text_sha256

__all__ = [
    "Article",
    "Astray",
    "Document",
    "Documents",
    "Draft",
    "Fault",
    "Inside",
    "Link",
    "Outside",
    "Paragraph",
    "Part",
    "Served",
    "Table",
    "TableError",
    "TableTooLarge",
    "Tables",
    "article_element",
    "attached_tables",
    "body_text",
    "breakable",
    "document_text",
    "draft",
    "finish",
    "locate",
    "page_record",
    "place",
    "plain_text",
    "read_document",
    "read_tables",
    "record_element",
    "record_json",
    "relative",
    "resolve",
    "spaceless",
    "squeeze",
    "text_sha256",
    "title_element",
]
