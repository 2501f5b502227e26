"""Text as a terminal shows it: display cells, and characters that may not reach it."""

import unicodedata
from collections.abc import Sequence

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def whole(text: str) -> str:
    """`text` with what no UTF-8 file may hold (bytes of a foreign file name) as U+FFFD."""
    return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text)


def clean(text: str) -> str:
    """`text` on one line, safe to print: what a clerk typed must not steer a terminal.

    Control characters become their pictures (`␛`), direction marks U+FFFD, tabs four spaces.
    """
    return "".join(map(_shown, text))


def _shown(sign: str) -> str:
    code = ord(sign)
    if sign == "\t":
        return "    "
    if code < 0x20:
        return chr(0x2400 + code)
    if 0x7F <= code < 0xA0 or sign in _BIDI or sign in "\u2028\u2029":
        return "\ufffd"
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else sign


def width(text: str) -> int:
    """Cells that `text` takes: wide and full-width characters two, combining ones none."""
    return sum(_cells(sign) for sign in text)


def _cells(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def pad(text: str, cells: int) -> str:
    """`text` filled with spaces up to `cells`."""
    return text + " " * (cells - width(text))


def cut(text: str, cells: int) -> str:
    """`text` in at most `cells`, three dots at the end where something was left out."""
    if width(text) <= cells:
        return text
    kept, used = "", 3
    for sign in text:
        used += _cells(sign)
        if used > cells:
            break
        kept += sign
    return kept + "..."


def table(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Lines of a table whose columns line up on a terminal, two cells apart; the first row heads.

    Every row has the same number of columns.
    """
    if not rows:
        return ()
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return tuple(
        "  ".join(pad(cell, cells) for cell, cells in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
