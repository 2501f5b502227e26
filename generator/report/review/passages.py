"""A changed text in words: only its changed lines, what went struck out, what came underlined."""

from collections.abc import Iterable

from generator.article.difference import Part, Sign, difference, shortened
from generator.report.cells import clean
from generator.report.markup import escaped

_AROUND = 24
"""Characters of what stayed that are shown beside a change."""
_LINES = 40
"""Changed lines of one item; beyond that the forge's own view serves better."""
_LONGEST = 400
"""Characters of one passage."""


def changed_lines(before: str, after: str) -> tuple[tuple[str, ...], int]:
    """List items in Markdown, one a changed line, and how many more there are.

    Both texts must be masked already. What went stands in `<del>`, what came in `<ins>`.
    """
    lines = [line for line in _lines(difference(before, after)) if _differs(line)]
    return tuple(f"- {_shown(line)}" for line in lines[:_LINES]), max(0, len(lines) - _LINES)


def _lines(parts: Iterable[Part]) -> list[list[Part]]:
    """The parts cut at line ends; a line that came beside one that went is a line of its own."""
    lines: list[list[Part]] = [[]]
    for sign, text in parts:
        pieces = text.split("\n")
        for place, piece in enumerate(pieces):
            if place:
                lines.append([])
            if piece.strip():
                lines[-1].append((sign, piece))
    return lines


def _differs(line: list[Part]) -> bool:
    return any(sign is not Sign.SAME for sign, _ in line)


def _shown(line: list[Part]) -> str:
    return "".join(_part(sign, text) for sign, text in shortened(tuple(line), _AROUND))


def _part(sign: Sign, text: str) -> str:
    kept = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"
    # Backticks would pair up across passages: no code spans here.
    plain = escaped(clean(kept).replace("`", "'"))
    match sign:
        case Sign.GONE:
            return f"<del>{plain}</del>"
        case Sign.NEW:
            return f"<ins>{plain}</ins>"
        case Sign.SAME:
            return plain
