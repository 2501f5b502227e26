"""A page as it was served, read for what a receipt confirms: record, title and text."""

import re
from dataclasses import dataclass
from enum import Enum
from html import unescape

from generator.article.markup import elements, unfit
from generator.article.walk import body_text, spaceless

RECORD_TAG = '<script type="application/json" id="gk-record">'
"""The record's start tag, verbatim."""


class Part(Enum):
    """The three elements of an item's page that a receipt rests on."""

    RECORD = "gk-record"
    TITLE = "gk-title"
    BODY = "gk-body"

    @property
    def label(self) -> str:
        """The word a reader sees."""
        return {"gk-record": "核验数据", "gk-title": "标题", "gk-body": "正文"}[self.value]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a served page confirms nothing."""

    part: Part
    message: str
    """In Chinese, one sentence."""


@dataclass(frozen=True, slots=True)
class Served:
    """What a served page says."""

    record: str
    """The record's JSON text, verbatim: its SHA-256 is the receipt's."""
    title: str
    """Of the h1, spaces removed."""
    text: tuple[str, ...]
    """Lines of the body's text."""


def page_record(html: str, page: str, site_url: str) -> Served | Fault:
    """Read the three elements of an item's page.

    `page` is its path from the site's root (`chengguan/2026/a.html`), `site_url` the site's own
    address, ending in a slash: the text needs both to tell an address inside the site. Each element
    must stand exactly once outside comments, scripts, `<template>` and `<noscript>`, and hold
    nothing hidden.
    """
    found = elements(html, tuple(part.value for part in Part))
    for part in Part:
        spans = found[part.value]
        if len(spans) != 1:
            what = "没有" if not spans else f"有 {len(spans)} 处"
            return Fault(part, f"网页里{what}{part.label}（id 为 `{part.value}` 的元素）")
    record, title, body = (found[part.value][0] for part in Part)
    if record.tag != RECORD_TAG:
        return Fault(Part.RECORD, "核验数据的标签和约定的写法不一样")
    end = html.find("</script", record.end)
    if end < 0:
        return Fault(Part.RECORD, "核验数据没有结尾")
    inner: dict[Part, str] = {}
    for part, span, name in ((Part.TITLE, title, "h1"), (Part.BODY, body, "article")):
        close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(html, span.end)
        if span.name != name or close is None:
            return Fault(part, f"{part.label}不在一个完整的 `{name}` 元素里")
        inner[part] = html[span.end : close.start()]
        if span.hidden or (fault := unfit(inner[part])):
            return Fault(part, f"{part.label}{'被隐藏了' if span.hidden else fault}")
    text = body_text(inner[Part.BODY], page, site_url)
    heading = spaceless("".join(map(unescape, re.split(r"<[^>]*>", inner[Part.TITLE]))))
    return Served(html[record.end : end], heading, text)
