"""Addresses as comrak leaves them: read where they stand, refuse schemes, link bare ones."""

import re
from bisect import bisect_right
from html import unescape
from urllib.parse import unquote_to_bytes

from generator.article.address import allowed
from generator.article.article import Link

_LINK = re.compile(
    r'<(a|img) data-sourcepos="(c?)(\d+):(\d+)-(\d+):(\d+)" (?:href|src)="([^"]*)"'
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
_MARKUP = re.compile(r"&(?:lt|gt|quot|#x27);")
_ENTITY = re.compile(r"&[A-Za-z]{1,31};$")
_TRAILING = frozenset("?!.,:*_~'|;")


class Source:
    """A body's Markdown, by lines, and comrak's byte columns turned into characters.

    comrak can count characters itself, but counts each line anew for each of its marks: a line of
    100,000 characters took it 10 s.
    """

    def __init__(self, text: str, rendered: str) -> None:
        """`rendered` is what comrak was given: `text` with other characters, as many."""
        self.text, self._rendered = text, rendered
        ends = (match.end() for match in re.finditer(r"\r\n|\n|\r", text))
        self.starts = (0, *ends)
        """Offset of each line; lines end at LF, CR or CRLF, as in CommonMark."""
        self._line, self._raw, self._bytes, self._characters = 0, b"", 0, 0

    def characters(self, line: int, size: int) -> int:
        """How many characters of a line its first `size` bytes hold."""
        if line != self._line:
            self._line, self._bytes, self._characters = line, 0, 0
            self._raw = self._rendered[slice(*self._span(line))].encode("utf-8", "replace")
        if size < self._bytes:
            self._bytes = self._characters = 0
        self._characters += len(self._raw[self._bytes : size].decode("utf-8", "ignore"))
        self._bytes = size
        return self._characters

    def offset(self, line: int, characters: int) -> int:
        """The offset of the place after so many characters of a line, counted from 1."""
        start, end = self._span(line)
        return min(start + characters, end)

    def length(self, line: int) -> int:
        """Characters of a line without its end."""
        return len(self.text[slice(*self._span(line))].rstrip("\r\n"))

    def _span(self, line: int) -> tuple[int, int]:
        if line > len(self.starts):
            return len(self.text), len(self.text)
        end = self.starts[line] if line < len(self.starts) else len(self.text)
        return self.starts[line - 1], end


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
        place = f"c{line}:{column}-{line}:{column + len(written) - 1}"
        anchor = f'<a data-sourcepos="{place}" href="{prefix}{address}">{address}</a>'
        return anchor + match[0][len(address) :]

    for number in texts:
        for tag in parts[seen + 1 : number : 2]:
            if tag.startswith(_CLOSED):
                depth += -1 if tag[1] == "/" else 1
            if found := _POSITION.search(tag):
                row, size = int(found[1]), int(found[2])
                cursor = max(cursor, source.offset(row, source.characters(row, size - 1)))
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
        tag, counted, line, column, last, end, written, alt = match.groups()
        image = tag == "img"
        row, before, size = int(line), int(column) - 1, int(end)
        after = source.length(row)
        if not counted:
            before = source.characters(row, before)
        if last == line:
            after = size if counted else source.characters(row, size)
        href = unescape(written)
        if not allowed(href, image=image):
            foot = source.offset(int(last), size if counted else source.characters(int(last), size))
            span = source.text[source.offset(row, before) : foot]
            found = _WRITTEN.search(span)
            href = next((part for part in found.groups() if part), "") if found else href
            refused.append(Link(href, image, row, before + 1, after + 1))
            return alt or "" if image else "<a>"
        links.append(Link(_readable(href), image, row, before + 1, after + 1))
        if image:
            return f'<img src="{written}" alt="{alt or ""}" />'
        if written.startswith("#"):
            written = f"#t-{written[1:]}" if len(written) > 1 else "#"
        return f'<a href="{written}">'

    return _LINK.sub(take, html), tuple(links), tuple(refused)


def _ended(address: str) -> str:
    """Cut what GitHub cuts from the end of a bare address (text is HTML-escaped)."""
    markup = _MARKUP.search(address)
    text = address[: markup.start()] if markup else address
    surplus = text.count(")") - text.count("(")
    end = len(text)
    while end:
        last = text[end - 1]
        if last == ";" and (entity := _ENTITY.search(text, max(0, end - 33), end)):
            end = entity.start()
        elif last in _TRAILING:
            end -= 1
        elif last == ")" and surplus > 0:
            end, surplus = end - 1, surplus - 1
        else:
            break
    return text[:end]


def _readable(href: str) -> str:
    """Show Han that comrak percent-encoded; everything in ASCII stays as it is."""

    def decode(match: re.Match[str]) -> str:
        try:
            return unquote_to_bytes(match[0]).decode()
        except UnicodeDecodeError:
            return match[0]

    return _NOT_ASCII.sub(decode, href) if "%" in href else href
