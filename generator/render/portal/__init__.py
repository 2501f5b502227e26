"""All pages of the portal but its search page."""

from collections.abc import Callable, Iterator

from generator.render.page import Page
from generator.render.portal import (
    about,
    account,
    catalogue,
    columns,
    disclosure,
    home,
    matrix,
    notices,
    proof,
    spared,
    three,
)
from generator.render.portal.hall import Hall
from generator.render.world import World

_KINDS: tuple[Callable[[Hall], Iterator[Page]], ...] = (
    home.pages,
    notices.pages,
    columns.pages,
    disclosure.pages,
    catalogue.pages,
    account.pages,
    spared.pages,
    matrix.pages,
    three.pages,
    about.pages,
    proof.pages,
)


def portal_pages(world: World) -> tuple[Page, ...]:
    """Every page of the portal, in a fixed order; its search page is made by the search room."""
    hall = Hall(world)
    return tuple(page for kind in _KINDS for page in kind(hall))
