"""The Atom feed of a department (RFC 4287): the newest items that are known to be public."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta, timezone
from xml.sax.saxutils import escape, quoteattr

from generator.catalog import row_of, state_of
from generator.model import Department, Item, Public, State
from generator.render.addresses import item_page, public_url
from generator.render.page import Asset
from generator.render.words import evidence, public_word
from generator.render.world import World

FEED = "feed.xml"
SIZE = 50
_SUMMARY = 100
_BEIJING = timezone(timedelta(hours=8))
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, escaped or not."""


def feed(world: World, department: Department, public: Mapping[str, Public | None]) -> Asset:
    """`feed.xml`; `public` maps the items that are there to when they became public.

    An entry's id is the item's public address, which outlives everything. `updated` is the last
    receipt line of the item, so a correction comes up again in a reader's feed and nothing else.
    """
    known = [(when, world.items[id_]) for id_, when in public.items() if when is not None]
    known.sort(key=lambda pair: (pair[0].at, pair[1].id), reverse=True)
    changed = _changed(world, department)
    entries = [
        (item, when, max(when.at, changed.get(item.id, when.at))) for when, item in known[:SIZE]
    ]
    midnight = datetime.combine(world.ledger.as_of, time(), _BEIJING)
    updated = max((at for _, _, at in entries), default=midnight)
    address = public_url(world.repository.site, department.folder, "")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        _element("id", address),
        _element("title", f"{department.name} - {world.repository.site.name}"),
        _element("updated", updated.isoformat()),
        f"<author>{_element('name', department.name)}</author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(address + FEED)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>',
        *(_entry(world, item, when, at) for item, when, at in entries),
        "</feed>",
    ]
    return Asset(FEED, ("\n".join(lines) + "\n").encode())


def _changed(world: World, department: Department) -> Mapping[str, datetime]:
    """Item id → its last receipt line up to the ledger's day."""
    lines = world.evidence.lines.get(department.folder, ())
    return {line.item: line.at for line in lines if line.at.date() <= world.ledger.as_of}


def _entry(world: World, item: Item, public: Public, updated: datetime) -> str:
    address = public_url(world.repository.site, item.department, item_page(item))
    parts = (
        _element("id", address),
        _element("title", item.title),
        f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>',
        _element("published", public.at.isoformat()),
        _element("updated", updated.isoformat()),
        f"<category term={quoteattr(_clean(item.category))}/>",
        _element("summary", _summary(world, item, public)),
    )
    return "<entry>" + "".join(parts) + "</entry>"


def _summary(world: World, item: Item, public: Public) -> str:
    """What the page shows first; of a withdrawn or expired item never its earlier text."""
    said = f"{public_word(public)} {public.date.isoformat()}{evidence(public)}"
    match state_of(item, row_of(world.repository.catalog, item), world.ledger.as_of):
        case State.WITHDRAWN:
            reason = item.withdrawn.reason if item.withdrawn else ""
            return f"已撤回：{reason}。{said}"
        case State.EXPIRED:
            return f"公开期限已满，不再展示。{said}"
        case State.PUBLIC:
            text = item.summary or " ".join(world.articles[item.id].plain.split())
            short = text if len(text) <= _SUMMARY else text[: _SUMMARY - 1] + "…"
            return f"{short} {said}".strip()


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_clean(text))}</{name}>"


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
