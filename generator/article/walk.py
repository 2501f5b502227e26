"""The text of a body as receipts hash it: formats.md section 6, read literally."""

import re
from hashlib import sha256
from html import unescape
from urllib.parse import unquote, urljoin

SPACES = "\t\n\x0b\x0c\r \xa0\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
"""Characters, as a class of a regular expression, of which a run counts as one space."""
_RUN = re.compile(f"[{SPACES}]+")
_SPLIT = re.compile(r"(<[^>]*>)")
_MARKED = re.compile(r"<(td|th|a|img)(?![A-Za-z0-9-])(.*)>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""", re.DOTALL
)
_NEAR = re.compile(r"((?:\.\./)*)([^.:/?#][^:?#]*)")
"""A plain relative address; `inside` need not ask `urljoin`, which is slow, for these."""
_PLAIN = re.compile(r'<(?:a href|img src)="([^"]*)"(?: alt="([^"]*)" /)?>')
"""An a or img as we write it, read without taking its attributes apart."""
_FIRST = frozenset("taiTAI")
"""First letters of the tags that give text."""
_LINE_END = re.compile(
    r"<br\b[^>]*>|</(?:p|h[1-6]|li|tr|pre|blockquote|table|section)>|<hr\b[^>]*>"
)
_CELL_END = re.compile(r"</t[dh]>")
_IMAGE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')


def attributes(tag: str) -> dict[str, str]:
    """Read a tag's attributes, names in lower case, values decoded; the first of a name counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def squeeze(text: str) -> str:
    """Turn every run of spaces into one and trim."""
    return _RUN.sub(" ", text).strip(" ")


def spaceless(text: str) -> str:
    """Remove every space: how `<h1 id="gk-title">` is held against a record's title."""
    return _RUN.sub("", text)


def inside(href: str, page: str, site_url: str) -> str:
    """Write an address as the text does: the path from the site's root, or as it stands."""
    if (near := _NEAR.fullmatch(href)) and "//" not in href and "/." not in near[2]:
        folders = page.split("/")[:-1]
        up = len(near[1]) // 3
        if up <= len(folders):
            return unquote("/".join((*folders[: len(folders) - up], near[2])))
    if href.startswith(("http://", "https://")) and not href.startswith(site_url):
        return href
    full = urljoin(site_url + page, href)
    if not full.startswith(site_url):
        return href
    return unquote(full[len(site_url) :].partition("#")[0].partition("?")[0])


def body_text(html: str, page: str, site_url: str) -> tuple[str, ...]:
    """Walk the content of `<article id="gk-body">` and give the lines that receipts hash.

    `page` is the path of the page from the site's root (`chengguan/2026/a.html`: the record's id
    and `.html`), `site_url` the site's own address, ending in a slash. Each td or th gives `|`;
    each a its href, each img its src and its alt; each text node its text, runs of spaces as one,
    trimmed, left out if empty. An address inside the site is its path from the root, without query
    and fragment, percent-decoded once; any other stands as it is; `#…` gives nothing.
    """
    lines: list[str] = []
    for position, part in enumerate(_SPLIT.split(html)):
        if position % 2 == 0:
            if text := _RUN.sub(" ", unescape(part)).strip(" "):
                lines.append(text)
        elif part[1:2] not in _FIRST:
            continue
        elif plain := _PLAIN.fullmatch(part):
            _address(lines, unescape(plain[1]), page, site_url)
            _alt(lines, unescape(plain[2] or ""))
        elif found := _MARKED.match(part):
            name = found[1].lower()
            if name in ("td", "th"):
                lines.append("|")
                continue
            named = attributes(found[2])
            _address(lines, named.get("href" if name == "a" else "src", ""), page, site_url)
            if name == "img":
                _alt(lines, named.get("alt", ""))
    return tuple(lines)


def _address(lines: list[str], href: str, page: str, site_url: str) -> None:
    if href and not href.startswith("#") and (path := inside(href, page, site_url)):
        lines.append(path)


def _alt(lines: list[str], alt: str) -> None:
    if words := squeeze(alt):
        lines.append(words)


def text_sha256(lines: tuple[str, ...]) -> str:
    """SHA-256 of the text: the lines joined by LF, UTF-8."""
    return sha256("\n".join(lines).encode()).hexdigest()


def plain_text(html: str) -> str:
    """The body for reading and search: one line a block (a table's row is one), no addresses."""
    text = _LINE_END.sub("\v", _CELL_END.sub("  ", _IMAGE.sub(r"\1", html)))
    lines = (squeeze(unescape(line)) for line in _SPLIT.sub("", text).split("\v"))
    return "\n".join(line for line in lines if line)
