"""Light copies of departments' pages for the portal's own search."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path

from generator.model import Site
from generator.render.page import Page
from generator.search.bundle import FOLDER
from generator.search.hints import SHELF, is_light
from generator.search.table import read_pages

_LENGTH = 160
"""Characters of a text's head: 文号, category, summary and the words people use stand there."""
_MOST = 4_000
"""Copies in one bundle: Pagefind takes memory and time that grow faster than its pages."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One bundle of the portal's."""

    path: str
    """The folder it lies in, from the portal's root; empty for the root itself."""
    pages: tuple[Page, ...]


def portal_shelves(site: Site, pages: Sequence[Page], root: Path) -> tuple[Shelf, ...]:
    """The portal's bundles: its own pages and, with many departments, copies of all others.

    The copies are made from the departments' finished bundles under `root`, the portal's folder:
    so a department that was built elsewhere, earlier or not at all counts the same. Each holds
    the head of its page's text and its address as seen from the shelf.
    """
    own = Shelf("", tuple(pages))
    if not is_light(site):
        return (own,)
    copies = [copy for folder in site.departments for copy in _copies(root, folder)]
    size = ceil(len(copies) / max(ceil(len(copies) / _MOST), 1)) or 1
    parts = [tuple(copies[start : start + size]) for start in range(0, len(copies), size)]
    return (own, *(Shelf(f"{SHELF}/{n}", part) for n, part in enumerate(parts, 1)))


def _copies(root: Path, folder: str) -> Iterator[Page]:
    for path, entry in read_pages(root / folder / FOLDER):
        light = replace(entry, body=entry.body[:_LENGTH])
        yield Page(f"../../../{folder}/{path}", entry.title, "", "", indexed=light)
