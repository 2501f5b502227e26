"""The one tokeniser of search: what stands in a page's copy, and what a query asks for.

`theme/search.js` holds its twin; a test runs both over one table. Each Han character, each run
of letters and each run of digits is a token; everything else only separates.
"""

import re
import unicodedata

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters as the inside of a character class, the same in Python and JavaScript."""

SPACE, PARAGRAPH, LOW_LINE = "␣", "⏎", "▁"
"""Marks of the copy: a blank of the text, the end of a paragraph, a `_`.

Pagefind indexes no symbols, so the first is glued to the token before it and vanishes; the
second stands alone and takes a word's place, so that no phrase reaches over it; `_` itself
would be indexed as a letter.
"""

_FOLDED = (
    (0xB2, 0xB3), (0xB9, 0xB9), (0x2070, 0x209C), (0x2E80, 0x2FD5), (0x3300, 0x33FF),
    (0xF900, 0xFAFF), (0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A),
)  # fmt: skip
"""Super- and subscripts, radicals of copied PDFs, ㎡ and the like, doubled Han, full-width."""

_LETTERS = "_\u203f\u2040\u2054\ufe33\ufe34\ufe4d\ufe4e\ufe4f\uff3f"
"""What Pagefind counts as letters (its `include_characters`)."""

_PLAIN = re.compile(f"[{HAN}A-Za-z0-9]+")
_PIECE = re.compile(
    rf"([{HAN}]+)|([^\W\d_{HAN}]+|\d+)|(\s*\n\s*)|(\s+)|[^\w\s]+"  # _ is folded away before
)


def _fold_table() -> dict[int, str]:
    points = (point for first, last in _FOLDED for point in range(first, last + 1))
    plain = {point: unicodedata.normalize("NFKC", chr(point)) for point in points}
    table = {p: text for p, text in plain.items() if text != chr(p) and _PLAIN.fullmatch(text)}
    return table | dict.fromkeys(map(ord, _LETTERS), LOW_LINE)


_FOLDS = _fold_table()
_FOLDABLE = re.compile("[" + "".join(map(re.escape, map(chr, _FOLDS))) + "]")


def folded(text: str) -> str:
    """`text` with what has a plain twin replaced by it."""
    return text.translate(_FOLDS) if _FOLDABLE.search(text) else text


def tokens(text: str) -> str:
    """The tokens of a query or a text, between single spaces; case is left to Pagefind."""
    found = (" ".join(han) if han else word for han, word, *_ in _PIECE.findall(folded(text)))
    return " ".join(filter(None, found))


def spaced(text: str) -> str:
    """The copy that Pagefind indexes: tokens apart, punctuation glued to the token before it.

    Undone by `restored`, here and in search.js.
    """
    copy: list[str] = []
    for match in _PIECE.finditer(folded(text)):
        kind = match.lastindex
        if kind == 1:
            copy += (" ", " ".join(match.group()))
        elif kind == 2:
            copy += (" ", match.group())
        elif kind == 3:
            copy.append(f" {PARAGRAPH}")
        else:
            copy.append(SPACE if kind == 4 else match.group())
    return "".join(copy)


def restored(copy: str) -> str:
    """What `spaced` was given, but for folded characters and the blanks at paragraphs' ends."""
    text = copy.replace(" ", "").replace(SPACE, " ").replace(LOW_LINE, "_")
    return text.replace(PARAGRAPH, "\n").rstrip(".\n")
