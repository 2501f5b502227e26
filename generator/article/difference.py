"""What changed between two Chinese texts, in words that a reader can follow."""

import re
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(
    r"""〔已遮蔽〕
    |[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日 | [0-9]{4}-[0-9]{2}-[0-9]{2}
    |[0-9]{4}年[0-9]{1,2}月 | [0-9]{1,2}月[0-9]{1,2}日
    |[0-9]+(?:[.,][0-9]+)*\ ?(?:[%％‰]|万元|亿元|[万亿元]|人次|[人批件次辆个天日月年号条项户])?
    |[A-Za-z][A-Za-z0-9_.-]*
    |[\ \t]+
    |.""",
    re.VERBOSE | re.DOTALL,
)
"""A quantity with its unit, a date, a Latin word and every Han character stand for themselves:
a reader is shown 1.2 万元 → 1.5 万元 and not 2 → 5."""

_MOST_TOKENS = 3_000
"""Tokens of a changed passage beyond which it is shown as a whole: comparing is quadratic."""

_MOST_LINES = 5_000

_SLIVER = 2
"""Characters of what stayed between two changes that are too few to be read as the same."""


class Sign(StrEnum):
    """What became of a passage."""

    SAME = "="
    GONE = "-"
    NEW = "+"


Part = tuple[Sign, str]
"""A passage, and whether it stayed, went or came."""


def difference(before: str, after: str) -> tuple[Part, ...]:
    """The passages of both texts in order; what went stands before what came in its place.

    The passages that stayed or went are `before`, those that stayed or came are `after`.
    """
    if before == after:
        return ((Sign.SAME, before),) if before else ()
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if max(len(old), len(new)) > _MOST_LINES:
        return _merged([(Sign.GONE, before), (Sign.NEW, after)])
    parts: list[Part] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = "".join(old[i:j]), "".join(new[k:m])
        parts += [(Sign.SAME, gone)] if tag == "equal" else _words(gone, came)
    return _merged(_without_slivers(_merged(parts)))


def shortened(parts: tuple[Part, ...], around: int = 24) -> tuple[Part, ...]:
    """The same with no more than `around` characters of what stayed beside each change."""
    short: list[Part] = []
    for place, (sign, text) in enumerate(parts):
        if sign is Sign.SAME:
            head = text[:around] if place > 0 else ""
            tail = text[-around:] if place < len(parts) - 1 else ""
            if len(text) > len(head) + len(tail) + 2:
                text = f"{head}……{tail}"
        short.append((sign, text))
    return tuple(short)


def changed(parts: tuple[Part, ...]) -> bool:
    """Whether anything went or came."""
    return any(sign is not Sign.SAME for sign, _ in parts)


def _words(before: str, after: str) -> list[Part]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if max(len(old), len(new)) > _MOST_TOKENS:
        return [(Sign.GONE, before), (Sign.NEW, after)]
    parts: list[Part] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append((Sign.SAME, "".join(old[i:j])))
        else:
            parts += [(Sign.GONE, "".join(old[i:j])), (Sign.NEW, "".join(new[k:m]))]
    return parts


def _without_slivers(parts: tuple[Part, ...]) -> list[Part]:
    """What stayed by chance between two changes goes and comes with them."""
    out: list[Part] = []
    for place, (sign, text) in enumerate(parts):
        inside = 0 < place < len(parts) - 1
        if sign is Sign.SAME and inside and len(text.strip()) <= _SLIVER and "\n" not in text:
            out += [(Sign.GONE, text), (Sign.NEW, text)]
        else:
            out.append((sign, text))
    return out


def _merged(parts: list[Part]) -> tuple[Part, ...]:
    """Neighbours of one kind made one, and of each change first all that went."""
    out: list[Part] = []
    gone = came = ""
    for sign, text in (*parts, (Sign.SAME, "")):
        match sign:
            case Sign.GONE:
                gone += text
            case Sign.NEW:
                came += text
            case Sign.SAME:
                out += [part for part in ((Sign.GONE, gone), (Sign.NEW, came)) if part[1]]
                gone = came = ""
                if text and out and out[-1][0] is Sign.SAME:
                    out[-1] = (Sign.SAME, out[-1][1] + text)
                elif text:
                    out.append((Sign.SAME, text))
    return tuple(out)
