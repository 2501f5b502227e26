"""Light copies of departments' pages for the portal's own bundle."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.model import Site
from generator.render.page import Page
from generator.search.hints import is_light

_LENGTH = 160
"""Characters of a text's head: 文号, category, summary and the words people use stand there."""


def portal_bundle(
    site: Site, portal: Sequence[Page], departments: Mapping[str, Sequence[Page]]
) -> tuple[Page, ...]:
    """The pages that the portal's bundle holds: its own and, with many departments, theirs.

    `departments` maps folder to pages. A light copy has the head of the text only and stands
    under the portal's address of the page.
    """
    if not is_light(site):
        return tuple(portal)
    copies = (
        _light(folder, page)
        for folder, pages in departments.items()
        for page in pages
        if page.indexed is not None
    )
    return (*portal, *copies)


def _light(folder: str, page: Page) -> Page:
    indexed = page.indexed
    if indexed is not None:
        indexed = replace(indexed, body=indexed.body[:_LENGTH])
    return replace(page, path=f"{folder}/{page.path}", main="", record="", indexed=indexed)
