"""Site maps for search engines (sitemaps.org): one a site, and the portal's list of them."""

from collections.abc import Iterable
from urllib.parse import quote
from xml.sax.saxutils import escape

from generator.model import Site
from generator.render.page import Asset

SITEMAP = "sitemap.xml"
_AT_MOST = 50_000
"""Addresses that one file may hold."""

_HIDDEN = frozenset({"404.html", "search.html"})
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(base: str, paths: Iterable[str]) -> tuple[Asset, ...]:
    """`sitemap.xml` of one site over its page paths; with too many, an index of several files.

    `base` is the site's public address, ending in a slash.
    """
    addresses = [_address(base, path) for path in sorted(paths) if path not in _HIDDEN]
    if len(addresses) <= _AT_MOST:
        return (Asset(SITEMAP, _urls(addresses)),)
    parts = [addresses[at : at + _AT_MOST] for at in range(0, len(addresses), _AT_MOST)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    files = [Asset(name, _urls(part)) for name, part in zip(names, parts, strict=True)]
    return (Asset(SITEMAP, _index(base + name for name in names)), *files)


def portal_sitemap(site: Site, paths: Iterable[str], folders: Iterable[str]) -> tuple[Asset, ...]:
    """The portal's `sitemap.xml`: an index of its own pages and of each department's site map.

    `folders` are the departments whose site stands, built now or kept.
    """
    own = "sitemap-portal.xml"
    addresses = [_address(site.url, path) for path in sorted(paths) if path not in _HIDDEN]
    names = (own, *(f"{folder}/{SITEMAP}" for folder in folders))
    return (
        Asset(SITEMAP, _index(site.url + name for name in names)),
        Asset(own, _urls(addresses)),
    )


def _address(base: str, path: str) -> str:
    return base + quote("" if path == "index.html" else path)


def _urls(addresses: Iterable[str]) -> bytes:
    return _document("urlset", "url", addresses)


def _index(addresses: Iterable[str]) -> bytes:
    return _document("sitemapindex", "sitemap", addresses)


def _document(root: str, entry: str, addresses: Iterable[str]) -> bytes:
    lines = [f"<{entry}><loc>{escape(address)}</loc></{entry}>" for address in addresses]
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {_SPACE}>'
    return "\n".join([head, *lines, f"</{root}>", ""]).encode()
