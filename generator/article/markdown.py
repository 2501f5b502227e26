"""A body's Markdown → HTML that is safe on a page, with every address and where it stands."""

import re
from functools import partial

import comrak

from generator.article.article import Draft
from generator.article.blocks import shape
from generator.article.links import Source, collect, link_bare

_RENDER = comrak.RenderOptions()
_PLACED = comrak.RenderOptions(sourcepos=True)
_ADDRESSES = ("[", "<", "@", "://", "www.")
"""Without any of these a body holds no address, and no place in it is asked for."""
_EXTEND = comrak.ExtensionOptions(
    table=True, tasklist=True, footnotes=True, cjk_friendly_emphasis=True, header_id_prefix="t-"
)
_DROPPED = "<!-- raw HTML omitted -->"
_BREAK = re.compile(r"(?<!\\)<br\s?/?>", re.IGNORECASE)
_MARK, _FILL = "\U00012470", "\U00012471"
"""Stand for a `<br>` while comrak works: punctuation, as `<` is, and in no Chinese text."""
_MARKED = re.compile(f"(<code\\b[^>]*>[^<]*</code>)|(<[^>]*>)|{_MARK}{_FILL}*")
_POSITION = re.compile(r' data-sourcepos="[^"]*"')


def draft(body: str) -> Draft:
    """Render a body (GitHub-Flavored Markdown after the front matter).

    Raw HTML is dropped, but for `<br>`, without which two figures in a cell would run together.
    Strikethrough is off (每天8~10时和14~16时), emphasis minds Chinese punctuation. Addresses stay as
    written until `place` or `finish`. Lines and columns count characters of `body` from 1.
    """
    if not any(map(body.__contains__, _ADDRESSES)):
        return Draft(partial(_plain, body))
    breaks = "<" in body and _MARK not in body and _BREAK.search(body) is not None
    text = _BREAK.sub(lambda found: _MARK + _FILL * (len(found[0]) - 1), body) if breaks else body
    source = Source(body, text)
    html = comrak.markdown_to_html(text, _EXTEND, None, _PLACED)
    dropped = html.count(_DROPPED)
    if dropped:
        html = html.replace(_DROPPED + "\n", "").replace(_DROPPED, "")
    if "://" in html or "www." in html or "@" in html:
        html = link_bare(html, source)
    html, links, refused = collect(html, source)
    html = _POSITION.sub("", shape(html))
    if breaks:
        html = _MARKED.sub(_unmark, html)
    return Draft(lambda: html, links, refused, dropped)


def _plain(body: str) -> str:
    return shape(comrak.markdown_to_html(body, _EXTEND, None, _RENDER))


def _unmark(match: re.Match[str]) -> str:
    code, tag = match[1], match[2]
    if code:
        return re.sub(f"{_MARK}({_FILL}*)", _typed, code)
    return re.sub(f"{_MARK}{_FILL}*", " ", tag) if tag else "<br />"


def _typed(match: re.Match[str]) -> str:
    return {3: "&lt;br&gt;", 4: "&lt;br/&gt;"}.get(len(match[1]), "&lt;br /&gt;")
