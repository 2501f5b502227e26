"""Untrusted text inside Markdown: shown as typed, never a link, a mention, an image or HTML."""

import re

from generator.report.cells import clean

_SPAN = re.compile(r"`([^`]+)`")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#|!~$^])")
_OPENING = re.compile(r"^(\s*)([-+=]|[0-9]{1,9}(?=[.)]))")
"""What would make a line a list or a heading; only at its start."""
_BREAK = "\u200b"


def code(text: str) -> str:
    """A code span that holds `text`, whatever backticks are in it."""
    shown = clean(text)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    if longest == 0:
        return f"`{shown}`"
    ticks = "`" * (longest + 1)
    return f"{ticks} {shown} {ticks}"


def fence(text: str) -> str:
    """A fenced block of one line."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}text\n{text}\n{ticks}"


def escaped(text: str) -> str:
    """A message as Markdown: its own `code spans` stay, all else is text.

    Newlines become spaces. Mentions (`@name`), references (`#12`) and bare addresses are broken
    by a zero-width space: forges look for them after Markdown has been rendered.
    """
    shown = clean(text.replace("\n", " "))
    parts: list[str] = []
    at = 0
    for span in _SPAN.finditer(shown):
        # Two spans side by side would be read as one.
        between = _text(shown[at : span.start()]) or (" " if parts else "")
        parts += [between, code(span[1])]
        at = span.end()
    return _OPENING.sub(_opened, "".join([*parts, _text(shown[at:])]))


def _opened(match: re.Match[str]) -> str:
    space, sign = match.groups()
    return f"{space}{sign}\\" if sign.isdigit() else f"{space}\\{sign}"


def _text(text: str) -> str:
    broken = text.replace("@", "@" + _BREAK).replace("://", ":" + _BREAK + "//")
    broken = re.sub(r"\b(www)\.", rf"\1{_BREAK}.", broken, flags=re.IGNORECASE)
    broken = re.sub(r"(#|GH-)(?=[0-9])", rf"\1{_BREAK}", broken)
    return _SPECIAL.sub(r"\\\1", broken.replace("&", "&amp;"))
