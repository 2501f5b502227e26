"""Frames: everything of a page that its content does not decide, made once and spliced."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from generator.model import Site
from generator.publish.frame_book import DEPTHS, Book, book_beside
from generator.publish.stylesheet import ThemeError, site_css
from generator.render.page import COLUMNS, Asset, Crumb, Page

SLOTS = {"head": 1, "title": 1, "crumb": 1, "main": 1, "record": 1, "scripts": 1}
"""How often each slot that a page fills stands in a frame."""

_SLOT = re.compile("⟦gk:([a-z0-9]+)⟧")
_CURRENT = ' aria-current="true"'
_HERE = ' aria-current="page"'
_SKIP = '<a class="skip" href="#main">跳到正文</a>'
_SCRIPTS = ("gk.js", "search.js", "find.js", "proof.js", "held.js", "verify.js", "check.js")
_LOADED = {"search.html": "search.js", "verify.html": "verify.js", "check.html": "check.js"}
"""The pages that load a script of their own."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one site, the portal's or a department's."""

    base: str
    """The site's public address, ending in a slash."""
    columns: Mapping[str, str]
    """Each of COLUMNS → its page, from the site's root."""
    department: str | None
    """A department's name; None for the portal."""
    skeletons: tuple[tuple[str, ...], ...]
    """By depth: text, slot, text, …, as split."""
    _ready: dict[tuple[int, str, bool, bool], tuple[str, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def fill(self, page: Page) -> str:
        """The whole page as HTML."""
        home = page.path == "index.html"
        exact = self.columns.get(page.column) == page.path
        key = (page.depth, page.column, exact, home)
        texts = self._ready.get(key)
        if texts is None:
            texts = self._ready.setdefault(key, self._resolved(*key))
        before_head, before_title, before_crumb, before_main, before_record, before_end, end = texts
        whole = "".join(
            (
                before_head, _head(page, self.base), before_title, escape(page.title),
                before_crumb, _crumb(page.crumbs), before_main, page.main,
                before_record, page.record, before_end, _scripts(page), end,
            )
        )  # fmt: skip
        return self._rooted(whole) if page.path == "404.html" else whole

    def _resolved(self, depth: int, column: str, exact: bool, home: bool) -> tuple[str, ...]:
        """The texts between the slots that a page fills, in the order of SLOTS."""
        fixed = {f"at{n}": "" for n in range(len(COLUMNS))}
        if column in COLUMNS:
            fixed[f"at{COLUMNS.index(column)}"] = _HERE if exact else _CURRENT
        fixed["home"] = " home" if home else ""
        fixed["dept"] = escape(self.department or "")
        texts, order = [""], []
        for place, piece in enumerate(self.skeletons[depth]):
            if place % 2 == 0:
                texts[-1] += piece
            elif piece in fixed:
                texts[-1] += fixed[piece]
            else:
                order.append(piece)
                texts.append("")
        if order != list(SLOTS):
            raise ThemeError(f"the frame has the slots {order}, expected {list(SLOTS)}")
        return tuple(texts)

    def _rooted(self, whole: str) -> str:
        """A 404 page answers under any address: its links start from the site's root."""
        base = f'<base href="{escape(urlsplit(self.base).path)}">'
        whole = whole.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n{base}', 1)
        # With a base, `#main` would lead to the home page; and a link that is no fragment must
        # stand in a landmark.
        link = '<a class="skip" href="404.html#main">跳到正文</a>'
        return whole.replace(_SKIP, f'<nav aria-label="跳转">{link}</nav>', 1)


@dataclass(frozen=True, slots=True)
class Frames:
    """What one run of MkDocs gives: the portal's frame, every department's, the handbook."""

    portal: Frame
    handbook: tuple[Asset, ...]
    assets: tuple[Asset, ...]
    """`assets/…` of the portal and of every department alike."""
    _department: Frame

    def department(self, folder: str, name: str) -> Frame:
        """The frame of the department whose site is `<folder>/` under the portal."""
        return replace(
            self._department, base=f"{self.portal.base}{folder}/", department=name, _ready={}
        )


def make_frames(site: Site, theme: Path, as_of: date, trial: date | None = None) -> Frames:
    """All frames and the handbook, waited for; as `frames_beside`."""
    with frames_beside(site, theme, as_of, trial) as wait:
        return wait()


@contextmanager
def frames_beside(
    site: Site, theme: Path, as_of: date, trial: date | None
) -> Iterator[Callable[[], Frames]]:
    """Begin to make all frames and the handbook; gives what waits for them. Half a second.

    `theme` is the theme's folder; `trial` the last day of a trial that is in force on `as_of`.
    What waits raises ThemeError when MkDocs, Material or the theme is not what this version needs.
    """
    with book_beside(site, theme, as_of, trial) as wait:
        yield lambda: _frames(site, theme, wait())


def _frames(site: Site, theme: Path, book: Book) -> Frames:
    portal = dict(zip(COLUMNS, _columns(book.portal[0]), strict=True))
    department = dict(zip(COLUMNS, _columns(book.department[0]), strict=True))
    assets = [Asset("assets/site.css", site_css(theme).encode())]
    assets += [
        Asset(f"assets/{name}", _script((theme / name).read_text(encoding="utf-8")))
        for name in _SCRIPTS
        if (theme / name).is_file()
    ]
    # `.py` alone some servers would run, or refuse; its BOM tells browsers that it is UTF-8.
    assets.append(Asset("assets/verify.py.txt", (theme / "verify.py.txt").read_bytes()))
    return Frames(
        Frame(site.url, portal, None, _split(book.portal)),
        tuple(Asset(path, text.encode()) for path, text in book.handbook),
        tuple(assets),
        Frame(site.url, department, "", _split(book.department)),
    )


def _script(text: str) -> bytes:
    """Without indentation and lines that are comments."""
    bare = re.sub(r"^\s*/\*.*?\*/[ \t]*$", "", text, flags=re.DOTALL | re.MULTILINE)
    return "".join(f"{line.strip()}\n" for line in bare.splitlines() if line.strip()).encode()


def _split(pages: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    for depth in DEPTHS:
        if pages[depth].count(_SKIP) != 1:
            raise ThemeError("the frame has lost its skip link")
        found = _SLOT.findall(pages[depth])
        for slot, times in SLOTS.items():
            if found.count(slot) != times:
                raise ThemeError(f"slot {slot}: expected {times}, found {found.count(slot)}")
    return tuple(tuple(_SLOT.split(page)) for page in pages)


def _columns(page: str) -> list[str]:
    """The addresses of the navigation row, in the order of COLUMNS."""
    row = page.split('<nav class="nav"', 1)[-1].split("</nav>", 1)[0]
    return re.findall(r'<a href="([^"]+)"', row)


def _head(page: Page, base: str) -> str:
    lines = []
    if page.description:
        lines.append(f'<meta name="description" content="{escape(page.description)}">')
    lines += [f'<meta name="{escape(n)}" content="{escape(v)}">' for n, v in page.meta]
    if page.path != "404.html":
        path = "" if page.path == "index.html" else page.path
        lines.append(f'<link rel="canonical" href="{escape(base + path)}">')
    return "\n".join(lines)


def _crumb(crumbs: tuple[Crumb, ...]) -> str:
    if not crumbs:
        return ""
    steps = "".join(
        f'<li><a href="{escape(c.href)}">{escape(c.label)}</a></li>'
        if c.href is not None
        else f'<li><span aria-current="page">{escape(c.label)}</span></li>'
        for c in crumbs
    )
    return f'<nav class="crumb" aria-label="所在位置"><div class="in"><ol>{steps}</ol></div></nav>'


def _scripts(page: Page) -> str:
    script = _LOADED.get(page.path)
    return f'<script type="module" src="{page.up}assets/{script}"></script>' if script else ""
