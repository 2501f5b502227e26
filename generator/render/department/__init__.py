"""All pages of one department's site."""

from collections.abc import Callable, Iterator

from generator.model import Department
from generator.render.department import (
    home,
    item,
    lists,
    matrix,
    papers,
    powers,
    proof,
    services,
    slots,
)
from generator.render.department.office import Office
from generator.render.page import Page
from generator.render.world import World

_KINDS: tuple[Callable[[Office], Iterator[Page]], ...] = (
    home.pages,
    item.pages,
    slots.pages,
    lists.pages,
    matrix.pages,
    papers.pages,
    services.pages,
    powers.pages,
    proof.pages,
)


def department_pages(world: World, department: Department) -> tuple[Page, ...]:
    """Every page of the department's site but the search page, in a fixed order."""
    office = Office(world, department)
    return tuple(page for kind in _KINDS for page in kind(office))
