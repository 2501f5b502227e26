"""The one tokeniser of search: what is indexed of a page, and what a query asks for.

`theme/search.js` holds its twin; a test runs both over one table. Each Han character, each run
of letters and each run of digits is a token; everything else only separates.
"""

import re
import unicodedata

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters as the inside of a character class, the same in Python and JavaScript."""

PARAGRAPH = "⏎"
"""Ends a paragraph in what is indexed: it takes a word's place, so no phrase reaches over it."""

_FOLDED = (
    (0xB2, 0xB3), (0xB9, 0xB9), (0x2070, 0x209C), (0x2E80, 0x2FD5), (0x3300, 0x33FF),
    (0xF900, 0xFAFF), (0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A),
)  # fmt: skip
"""Super- and subscripts, radicals of copied PDFs, ㎡ and the like, doubled Han, full-width."""

_PLAIN = re.compile(f"[{HAN}A-Za-z0-9]+")
_TOKEN = rf"[{HAN}]|[^\W\d_{HAN}]+|\d+"
_TOKENS = re.compile(_TOKEN)
_TOKENS_AND_ENDS = re.compile(rf"{_TOKEN}|\n")


def _fold_table() -> dict[int, str]:
    points = (point for first, last in _FOLDED for point in range(first, last + 1))
    plain = {point: unicodedata.normalize("NFKC", chr(point)) for point in points}
    return {p: text for p, text in plain.items() if text != chr(p) and _PLAIN.fullmatch(text)}


_FOLDS = _fold_table()
_FOLDABLE = re.compile("[" + "".join(map(re.escape, map(chr, _FOLDS))) + "]")


def folded(text: str) -> str:
    """`text` with what has a plain twin replaced by it."""
    return text.translate(_FOLDS) if _FOLDABLE.search(text) else text


def tokens(text: str) -> str:
    """The tokens of a query or a text, between single spaces; case is left to Pagefind."""
    return " ".join(_TOKENS.findall(folded(text)))


def indexed_tokens(text: str) -> str:
    """The tokens of a page's text, its paragraphs' ends marked; what Pagefind indexes."""
    found = " ".join(_TOKENS_AND_ENDS.findall(folded(text)))
    return found.replace("\n", PARAGRAPH)
