"""`search.html`: the form, the place for results, and how to browse without them."""

from dataclasses import dataclass

from generator.model import Class, Department
from generator.render.page import Page
from generator.render.templates import fill
from generator.render.words import CLASS_NAMES, CLASS_SLUGS, dial
from generator.render.world import World

_TEMPLATE = "pages/search.html"
PATH = "search.html"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to browse: a label, and where it leads."""

    label: str
    href: str


def portal_page(world: World) -> Page:
    """The portal's search page."""
    site = world.repository.site
    classes = [c for c in Class if any(row.class_ is c for row in world.repository.catalog.rows)]
    groups = (
        (
            "按机关找",
            tuple(Way(d.name, f"{d.folder}/index.html") for d in world.repository.departments),
        ),
        ("按分类找", tuple(Way(CLASS_NAMES[c], f"class/{CLASS_SLUGS[c]}.html") for c in classes)),
    )
    return _page(f"在{site.name}里查", groups, site.phone or "")


def department_page(world: World, department: Department) -> Page:
    """A department's search page; it finds what this department publishes and nothing else."""
    ways = (
        Way("按分类和年份", "lists/index.html"),
        Way("按事项和期次", "matrix.html"),
        Way("公开指南", "guide.html"),
    )
    elsewhere = (Way("在所有机关里查", f"{world.repository.site.url}search.html"),)
    groups = (("按分类找", ways), ("不只查本机关", elsewhere))
    return _page(f"在{department.name}公开的信息里查", groups, department.phone)


def _page(title: str, groups: tuple[tuple[str, tuple[Way, ...]], ...], phone: str) -> Page:
    main = fill(_TEMPLATE, title=title, groups=groups, phone=phone, dial=dial(phone))
    return Page(PATH, "搜索", main, "", description=title)
