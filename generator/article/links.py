"""Addresses as comrak leaves them: read where they stand, refuse schemes, link bare ones."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote_to_bytes

from generator.article.address import allowed
from generator.article.article import Link

_LINK = re.compile(
    r'<(a|img) data-sourcepos="(\d+):(\d+)-(\d+):(\d+)" (?:href|src)="([^"]*)"'
    r'(?: alt="([^"]*)")?(?: title="[^"]*")?(?: /)?>'
)
_WRITTEN = re.compile(r"\]\(\s*(?:<([^<>]*)>|([^\s()]*(?:\([^\s()]*\)[^\s()]*)*))|^<([^<>\s]*)>$")
_NOT_ASCII = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_HOST = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]+)?(?:[/?#][!-;=-~]*)?"
_BARE = re.compile(
    r"(?<![A-Za-z0-9])(?P<web>https?://" + _HOST + r")"
    r"|(?<![A-Za-z0-9./@-])(?P<www>www\." + _HOST + r")"
    r"|(?<![A-Za-z0-9._+/:-])(?P<mail>[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
    r"\.[A-Za-z]{2,})(?![A-Za-z0-9@-])",
    re.IGNORECASE,
)
_CLOSED = ("<a ", "<a>", "</a>", "<pre", "</pre", "<code", "</code")
"""Tags within which a bare address stays text."""
_SPLIT = re.compile(r"(<[^>]*>)")
_POSITION = re.compile(r' data-sourcepos="(\d+):(\d+)-')
_MARKUP = re.compile(r"&(?:lt|gt|quot|#x27);.*", re.DOTALL)
_TAIL = re.compile(r"(?:[?!.,:*_~';|]|&[a-z]+;)+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A body's Markdown with its line starts."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Source":
        """Index a body by lines; lines end at LF, CR or CRLF, as in CommonMark."""
        ends = [match.end() for match in re.finditer(r"\r\n|\n|\r", text)]
        return cls(text, (0, *ends))

    def offset(self, line: int, column: int) -> int:
        """The character's offset; lines and columns count from 1."""
        if line > len(self.starts):
            return len(self.text)
        return min(self.starts[line - 1] + column - 1, len(self.text))

    def line_length(self, line: int) -> int:
        """Characters of a line without its end."""
        end = self.starts[line] if line < len(self.starts) else len(self.text)
        return len(self.text[self.starts[line - 1] : end].rstrip("\r\n"))


def link_bare(html: str, source: Source) -> str:
    """Link bare addresses and mailboxes in text, as GitHub does, but end them at Chinese.

    comrak's own autolinks run on through `，后面的字`; a bare address here ends before the first
    character that is not ASCII. Made before `collect`, which reads the positions written here.
    """
    parts = _SPLIT.split(html)
    texts = [
        number
        for number in range(0, len(parts), 2)
        if "://" in parts[number] or "www." in parts[number] or "@" in parts[number]
    ]
    cursor = seen = depth = 0

    def link(match: re.Match[str]) -> str:
        nonlocal cursor
        mail = match["mail"]
        address = mail or _ended(match[0])
        written = unescape(address)
        at = source.text.find(written, cursor)
        start = cursor if at < 0 else at
        line = bisect_right(source.starts, start)
        column = start - source.starts[line - 1] + 1
        cursor = start + (len(written) if at >= 0 else 0)
        prefix = "mailto:" if mail else "http://" if match["www"] else ""
        place = f"{line}:{column}-{line}:{column + len(written) - 1}"
        anchor = f'<a data-sourcepos="{place}" href="{prefix}{address}">{address}</a>'
        return anchor + match[0][len(address) :]

    for number in texts:
        for tag in parts[seen + 1 : number : 2]:
            if tag.startswith(_CLOSED):
                depth += -1 if tag[1] == "/" else 1
            if found := _POSITION.search(tag):
                cursor = max(cursor, source.offset(int(found[1]), int(found[2])))
        seen = number
        if not depth:
            parts[number] = _BARE.sub(link, parts[number])
    return "".join(parts)


def collect(html: str, source: Source) -> tuple[str, tuple[Link, ...], tuple[Link, ...]]:
    """Take the addresses out of comrak's HTML: the HTML, the allowed ones, the refused ones.

    A refused link keeps its text and has no href; a refused picture leaves its words. Titles, which
    a reader without a mouse never sees and a receipt does not cover, are dropped.
    """
    links: list[Link] = []
    refused: list[Link] = []

    def take(match: re.Match[str]) -> str:
        tag, line, column, last, end, written, alt = match.groups()
        image = tag == "img"
        row, col = int(line), int(column)
        end_column = int(end) + 1 if last == line else source.line_length(row) + 1
        href = unescape(written)
        if not allowed(href, image=image):
            span = source.text[source.offset(row, col) : source.offset(int(last), int(end) + 1)]
            found = _WRITTEN.search(span)
            href = next((part for part in found.groups() if part), "") if found else href
            refused.append(Link(href, image, row, col, end_column))
            return alt or "" if image else "<a>"
        links.append(Link(_readable(href), image, row, col, end_column))
        if image:
            return f'<img src="{written}" alt="{alt or ""}" />'
        if written.startswith("#"):
            written = f"#t-{written[1:]}" if len(written) > 1 else "#"
        return f'<a href="{written}">'

    return _LINK.sub(take, html), tuple(links), tuple(refused)


def _ended(address: str) -> str:
    """Cut what GitHub cuts from the end of a bare address (text is HTML-escaped)."""
    cut = _MARKUP.sub("", address)
    while True:
        shorter = _TAIL.sub("", cut)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == cut:
            return cut
        cut = shorter


def _readable(href: str) -> str:
    """Show Han that comrak percent-encoded; everything in ASCII stays as it is."""

    def decode(match: re.Match[str]) -> str:
        try:
            return unquote_to_bytes(match[0]).decode()
        except UnicodeDecodeError:
            return match[0]

    return _NOT_ASCII.sub(decode, href) if "%" in href else href
