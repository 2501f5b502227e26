"""Light copies of departments' pages for the portal's own bundle."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from generator.model import Site
from generator.render.page import Page
from generator.search.bundle import FOLDER
from generator.search.hints import is_light
from generator.search.table import read_pages

_LENGTH = 160
"""Characters of a text's head: 文号, category, summary and the words people use stand there."""


def portal_bundle(site: Site, pages: Sequence[Page], root: Path) -> tuple[Page, ...]:
    """What the portal's bundle holds: its own pages and, with many departments, all titles.

    The copies are made from the departments' finished bundles under `root`, the portal's folder:
    so a department that was built elsewhere, earlier or not at all counts the same. Each holds
    the head of its page's text and stands under the portal's address of the page.
    """
    if not is_light(site):
        return tuple(pages)
    return (*pages, *(copy for folder in site.departments for copy in _copies(root, folder)))


def _copies(root: Path, folder: str) -> Iterator[Page]:
    for path, entry in read_pages(root / folder / FOLDER):
        light = replace(entry, body=entry.body[:_LENGTH])
        yield Page(f"{folder}/{path}", entry.title, "", "", indexed=light)
