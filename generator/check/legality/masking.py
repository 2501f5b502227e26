"""A text as it may be repeated in reports and logs: personal numbers and words under stars."""

import re
from collections.abc import Iterable

from generator.check.legality.document import Document
from generator.check.legality.numbers import mask
from generator.check.legality.scan import Scope, interesting, scan

_SHAPES = re.compile(
    r"(?<![0-9])(?:1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}|[1-9][0-9]{14}(?:[0-9]{2}[0-9Xx])?|[0-9]{16,19})(?![0-9])"
)

_NUMBER = re.compile(r"[0-9][0-9 -]{9,24}[0-9Xx]")


def masked(text: str, spans: Iterable[tuple[int, int]] = ()) -> str:
    """The text, of the same length, with all that family L finds in it under stars.

    `spans` are further stretches to hide (offsets, end exclusive): what was found with the help
    of lines that are not here, such as the head of a table.
    """
    hidden = list(spans)
    if interesting(text):
        found = scan(Document(text), Scope())
        hidden += [(hit.start, hit.end) for hit in found.hits if hit.rule.code.startswith("L2")]
        hidden += [(one.start, one.end) for one in found.masked]
    hidden += [match.span() for match in _SHAPES.finditer(text)]
    signs = list(text)
    for start, end in hidden:
        start, end = max(start, 0), min(end, len(signs))
        for index, sign in enumerate(_under(text[start:end]), start):
            if sign == "*":
                signs[index] = sign
    return "".join(signs)


def _under(piece: str) -> str:
    """A number with what may be shown of it; anything else all under stars."""
    if _NUMBER.fullmatch(piece):
        return mask(piece)
    return "".join("*" if sign.isalnum() else sign for sign in piece)
