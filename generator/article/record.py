"""An item's record, its article and its title, as the page carries them."""

import json
import re
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from html import escape
from itertools import pairwise

from generator.article.address import place
from generator.article.article import Article, Document, Draft, Table
from generator.article.walk import body_text, plain_text, text_sha256
from generator.model import Item, State

_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
_WHEN = (
    r"[0-9]{4}年(?:度|第?[一二三四1-4]季度|[上下]半年(?:度)?"
    r"|(?:1[0-2]|0?[1-9])月(?:份|(?:[12][0-9]|3[01]|0?[1-9])日)?)?"
)
_AFTER_WHEN = re.compile(f"{_WHEN}(?!月|第|[上下]半)")
_KINDS = re.compile(r"方案|办法|情况|通知")

_Json = Mapping[str, "str | int | list[dict[str, str | int]] | dict[str, str]"]


def finish(
    item: Item,
    draft: Draft,
    tables: tuple[tuple[str, tuple[Table, ...]], ...],
    site_url: str,
    state: State,
    documents: tuple[tuple[str, Document], ...] = (),
) -> Article:
    """Make the article of an item's page.

    `tables` and `documents` are the item's attachments as read, by `Attachment.path`; `site_url`
    ends in a slash. A withdrawn or expired item keeps its page: the body gives way to the reason,
    and what was attached leaves with it.
    """
    page = f"{item.id}.html"
    if state is State.PUBLIC:
        html = place(draft.html, item.path, page, site_url)
    else:
        html = f"<p>{escape(_farewell(item, state), quote=False)}</p>"
        tables, documents = (), ()
    text = body_text(html, page, site_url)
    record = record_json(item, text, state)
    digest = sha256(record.encode()).hexdigest()
    return Article(item.id, html, text, plain_text(html), record, digest, tables, documents)


def record_json(item: Item, text: tuple[str, ...], state: State) -> str:
    """Write the record (formats.md section 6): compact, keys in their order, absent ones left out.

    `text` is the body's text as the page shows it.
    """
    values: dict[str, str | int | list[dict[str, str | int]] | dict[str, str] | None] = {
        "v": 1,
        "id": item.id,
        "title": item.title,
        "category": item.category,
        "period": item.period_key,
        "formed": _day(item.formed),
        "number": item.number,
        "validity": _validity(item),
        "phase": item.phase.value if item.phase else None,
        "process": item.process,
        "notice": {"from": item.notice.first.isoformat(), "to": item.notice.last.isoformat()}
        if item.notice
        else None,
        "nil": item.nil,
        "imported": item.imported,
        "corrects": item.corrects,
        "withdrawn": {"on": item.withdrawn.on.isoformat(), "reason": item.withdrawn.reason}
        if item.withdrawn
        else None,
        "state": state.value,
        "body": text_sha256(text),
        "files": _files(item) if state is State.PUBLIC else None,
    }
    present: _Json = {key: value for key, value in values.items() if value not in (None, [])}
    return json.dumps(present, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def record_element(article: Article) -> str:
    """The record's element, verbatim as the page must carry it."""
    return f'<script type="application/json" id="gk-record">{article.record}</script>'


def article_element(article: Article) -> str:
    """The body's element."""
    return f'<article id="gk-body" class="prose">{article.html}</article>'


def title_element(item: Item) -> str:
    """The page's h1; it may break after a period, around the category's name, before 方案 …."""
    return f'<h1 id="gk-title">{breakable(item.title, item.category.rpartition("/")[2])}</h1>'


def breakable(title: str, name: str) -> str:
    """HTML of a title with `<wbr>` where it may break; `name` is what its category is called."""
    breaks = {match.end() for match in _AFTER_WHEN.finditer(title)}
    breaks |= {match.start() for match in _KINDS.finditer(title)}
    breaks |= {match.start() for match in re.finditer("（", title)}
    if name:
        for match in re.finditer(re.escape(name), title):
            breaks |= {match.start(), match.end()}
    cuts = [0, *sorted(breaks - {0, len(title)}), len(title)]
    parts = (title[start:end] for start, end in pairwise(cuts))
    return "<wbr>".join(escape(part, quote=False) for part in parts)


def _farewell(item: Item, state: State) -> str:
    if state is State.WITHDRAWN and item.withdrawn is not None:
        reason = item.withdrawn.reason.strip().rstrip("。")
        return f"本件已于 {item.withdrawn.on.isoformat()} 撤回。原因：{reason}。"
    return "本件已过公开期限，依规定不再公示。"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _validity(item: Item) -> dict[str, str] | None:
    if item.validity is None:
        return None
    values = {
        "status": item.validity.status,
        "until": _day(item.validity.until),
        "replaced_by": item.validity.replaced_by,
    }
    return {key: value for key, value in values.items() if value is not None}


def _files(item: Item) -> list[dict[str, str | int]]:
    by_path = {file.path: file for file in item.files}
    return [
        {"path": path, "bytes": by_path[path].bytes, "sha256": by_path[path].sha256}
        for path in sorted(by_path)
    ]
