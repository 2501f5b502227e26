"""HTML told apart as a browser does, as far as a receipt needs it: what stands where, what hides."""

import re
from dataclasses import dataclass

from generator.article.walk import attributes

_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?][^>]*>|<(/?)([a-zA-Z][^\s/>]*)((?:[^\"'>]|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
_RAW = frozenset((
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript",
    "template", "plaintext",
))  # fmt: skip
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
))  # fmt: skip
_TEXTUAL = frozenset((
    "a", "abbr", "article", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code",
    "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre",
    "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
))  # fmt: skip
"""Elements that a body or a title may hold: none hides, replaces or runs anything."""
_FALLBACK = frozenset((
    "audio", "canvas", "details", "dialog", "math", "object", "picture", "select", "svg", "video",
))  # fmt: skip
"""Elements whose content is shown only at times, or never."""
_CONCEALS = frozenset(("hidden", "style", "aria-hidden", "popover", "inert"))
_HINT = re.compile("hidden|style", re.IGNORECASE)
_HIDING = re.compile(
    "none|hidden|collapse|opacity|clip|transform|content-visibility", re.IGNORECASE
)
_INNER = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)?([^>]*)>?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """An element found by its id."""

    end: int
    """Offset just past its start tag."""
    name: str
    tag: str
    """Its start tag, verbatim."""
    hidden: bool
    """Whether it, or anything around it, keeps it from being seen."""


def elements(html: str, ids: tuple[str, ...]) -> dict[str, list[Span]]:
    """Find, for each id, the elements that carry it in the parsed document.

    Comments, raw text, `<template>` and `<noscript>` are passed over.
    """
    found: dict[str, list[Span]] = {name: [] for name in ids}
    stack: list[tuple[str, bool]] = []
    position = 0
    while match := _TOKEN.search(html, position):
        position = match.end()
        name = (match[2] or "").lower()
        if not name:
            continue
        if match[1]:
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == name:
                    del stack[depth:]
                    break
            continue
        rest = match[3]
        above = bool(stack) and stack[-1][1]
        hidden = above or name in _FALLBACK or (_HINT.search(rest) is not None and _hides(rest))
        if "gk" in rest or "&" in rest:
            spans = found.get(attributes(rest).get("id", ""))
            if spans is not None:
                spans.append(Span(position, name, match[0], hidden))
        if name in _RAW:
            position = _past(html, name, position)
        elif name not in _VOID and not (rest.endswith("/") and _foreign(name, stack)):
            stack.append((name, hidden))
    return found


def _foreign(name: str, stack: list[tuple[str, bool]]) -> bool:
    """Whether a `/` at a tag's end closes the element: only in SVG and MathML."""
    return name in ("svg", "math") or any(open_ in ("svg", "math") for open_, _ in stack)


def _past(html: str, name: str, position: int) -> int:
    """Where the raw text, or the inert content, of an element ends."""
    if name == "plaintext":
        return len(html)
    depth = 1
    for match in re.compile(rf"<(/?){name}(?=[\s/>])", re.IGNORECASE).finditer(html, position):
        if name == "template" and not match[1]:
            depth += 1
        elif match[1]:
            depth -= 1
            if depth == 0:
                inner = html[position : match.start()].lower()
                # `<!--<script` makes a script run on past its end tag; none of ours holds it.
                twisted = name == "script" and "<!--" in inner and "<script" in inner
                return len(html) if twisted else match.end()
    return len(html)


def _hides(rest: str) -> bool:
    """Whether an element's attributes keep its content from being seen."""
    named = attributes(rest)
    return "hidden" in named or _HIDING.search(named.get("style", "")) is not None


def unfit(inner: str) -> str:
    """What is wrong with the content of a body or title; empty if nothing is."""
    stack: list[str] = []
    for match in _INNER.finditer(inner):
        name, rest = (match[2] or "").lower(), match[3]
        if not match[0].endswith(">") or name not in _TEXTUAL:
            return f"里有不该有的标签 `{match[0][:20]}`"
        if match[1]:
            if not stack or stack.pop() != name:
                return f"里的标签 `{name}` 不成对"
            continue
        if rest:
            named = attributes(rest)
            if any(key in _CONCEALS or key.startswith("on") for key in named):
                return "里有隐藏的内容"
        if name not in _VOID:
            stack.append(name)
    return f"里的标签 `{stack[-1]}` 不成对" if stack else ""
