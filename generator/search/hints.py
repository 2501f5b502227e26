"""`search.json`: which bundles a site's search opens, and what it offers when nothing is found."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.model import Department, Row, Site
from generator.render.addresses import row_page, service_page
from generator.render.page import Asset
from generator.render.words import dial
from generator.render.world import World

HINTS = "search.json"

LIGHT_ABOVE = 8
"""With more departments the portal asks its own light bundles first, their full text on demand."""
SHELF = "data/search"
"""The portal's folder of light bundles: `data/search/1/pagefind/` and so on."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """One `pagefind/` folder: the site it lies in, from the root, and the body's name."""

    path: str
    name: str


def department_hints(world: World, department: Department) -> Asset:
    """The `search.json` of a department's own site."""
    links = {
        (slug, name, also): (("", href),) for slug, name, also, href in _duties(world, department)
    }
    phone = department.phone
    return _asset((Bundle("", department.name),), links, phone, light=0)


def portal_hints(
    world: World, kept: Mapping[str, str] | None = None, shelves: Sequence[str] = ()
) -> Asset:
    """The portal's `search.json`.

    `kept` names the departments (folder → name) that could not be built now and whose last good
    site still stands, so that they stay findable; `shelves` are the folders of light bundles.
    """
    site = world.repository.site
    departments = {d.folder: d.name for d in world.repository.departments} | dict(kept or {})
    bundles = [Bundle("", site.name), *(Bundle(f"{path}/", "") for path in shelves)]
    light = len(bundles) if is_light(site) else 0
    bundles += [Bundle(f"{f}/", departments[f]) for f in site.departments if f in departments]
    found: dict[tuple[str, str, tuple[str, ...]], list[tuple[str, str]]] = {}
    for department in world.repository.departments:
        for slug, name, also, href in _duties(world, department):
            target = (department.name, f"{department.folder}/{href}")
            found.setdefault((slug, name, also), []).append(target)
    links = {key: tuple(targets) for key, targets in found.items()}
    return _asset(tuple(bundles), links, site.phone or "", light=light)


def is_light(site: Site) -> bool:
    """Whether the portal begins with titles and summaries instead of every full text."""
    return len(site.departments) > LIGHT_ABOVE


def _duties(
    world: World, department: Department
) -> Iterable[tuple[str, str, tuple[str, ...], str]]:
    """Slug, name, `also` words and page of every row owed, then of every 办事指南."""
    rows: dict[str, Row] = {slot.row.slug: slot.row for slot in world.slots_of[department.folder]}
    for row in rows.values():
        yield row.slug, row.name, row.also, row_page(row.slug)
    for service in department.services:
        yield f"services/{service.slug}", service.title, (), service_page(service.slug)


def _asset(
    bundles: tuple[Bundle, ...],
    links: Mapping[tuple[str, str, tuple[str, ...]], tuple[tuple[str, str], ...]],
    phone: str,
    *,
    light: int,
) -> Asset:
    """`light` is how many of the bundles are asked at first; 0 for all."""
    rows = [[name, also, targets] for (_, name, also), targets in links.items()]
    document = {
        "bundles": [[b.path, b.name] for b in bundles],
        "light": light,
        "phone": phone,
        "dial": dial(phone),
        "rows": rows,
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return Asset(HINTS, text.encode())
