"""What a site carries beside its pages: receipts, redirects, types for IIS."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.model import Item
from generator.render.page import Asset

_TYPES = {
    ".ics": "text/calendar; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".pagefind": "application/wasm",
    ".pf_filter": "application/octet-stream",
    ".pf_fragment": "application/octet-stream",
    ".pf_index": "application/octet-stream",
    ".pf_meta": "application/octet-stream",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}
"""File types that IIS refuses to serve until it is told of them."""

_PAGE = re.compile(r"[^/]+\.(?:html?|shtml)")
_AT = re.compile(rb'"at":"([0-9]{4}-[0-9]{2}-[0-9]{2})T')


def web_config() -> Asset:
    """`web.config`: types, first page and 404 page for IIS; other servers pass it over.

    Each type is removed before it is added: a department's site may stand under the portal's
    and inherit its types, and IIS refuses a type that is added twice.
    """
    types = "".join(
        f'      <remove fileExtension="{end}" />\n'
        f'      <mimeMap fileExtension="{end}" mimeType="{type_}" />\n'
        for end, type_ in _TYPES.items()
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<configuration>\n  <system.webServer>\n'
        "    <defaultDocument>\n      <files>\n        <clear />\n"
        '        <add value="index.html" />\n      </files>\n    </defaultDocument>\n'
        f"    <staticContent>\n{types}    </staticContent>\n"
        '    <httpErrors errorMode="Custom">\n      <remove statusCode="404" />\n'
        '      <error statusCode="404" path="404.html" responseMode="File" />\n'
        "    </httpErrors>\n  </system.webServer>\n</configuration>\n"
    )
    return Asset("web.config", text.encode())


def redirects(items: Iterable[Item], site_url: str) -> Mapping[str, Asset]:
    """Path under the portal → the page that leads from an item's `old_url` to the item.

    Only an old address under the site's own can be answered by a file: one elsewhere, or one
    told apart by its query alone, needs the old server.
    """
    base = urlsplit(site_url)
    found: dict[str, Asset] = {}
    for item in items:
        if item.old_url is None:
            continue
        old = urlsplit(item.old_url)
        if old.query or (old.netloc and old.netloc != base.netloc):
            continue
        whole = unquote(old.path)
        if not whole.startswith(base.path):
            continue
        path = whole.removeprefix(base.path)
        if path.endswith("/"):
            path += "index.html"
        parts = path.split("/")
        if _PAGE.fullmatch(parts[-1]) and not {"", ".", ".."} & set(parts) and "\\" not in path:
            found.setdefault(path, Asset(path, _redirect(f"{site_url}{item.id}.html", item.title)))
    return found


def published_lines(receipts: Path | None, name: str, as_of: date) -> bytes:
    """The lines of a receipts file up to `as_of`, as they stand; none where there is no file."""
    if receipts is None or not (receipts / name).is_file():
        return b""
    kept = []
    for line in (receipts / name).read_bytes().splitlines(keepends=True):
        at = _AT.search(line)
        if at and at[1].decode() > as_of.isoformat():
            break
        kept.append(line)
    return b"".join(kept)


def _redirect(url: str, title: str) -> bytes:
    address, name = escape(url), escape(title)
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<title>{name}</title>\n<meta name="robots" content="noindex">\n'
        f'<link rel="canonical" href="{address}">\n'
        f'<meta http-equiv="refresh" content="0; url={address}">\n</head>\n'
        f'<body>\n<p>这一页搬到了<a href="{address}">{name}</a>。</p>\n</body>\n</html>\n'
    ).encode()
