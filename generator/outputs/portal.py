"""What the portal offers to machines: an index of all open data, its schemas, robots.txt."""

import json
from urllib.parse import urlsplit

from generator.model import Department
from generator.outputs.feed import FEED
from generator.outputs.open_data import slot_year
from generator.outputs.schemas import items_schema, slots_schema
from generator.outputs.sitemap import SITEMAP
from generator.render.addresses import public_url
from generator.render.page import Asset
from generator.render.publication import publications
from generator.render.world import World


def portal_files(world: World) -> tuple[Asset, ...]:
    """`data/index.json`, the schemas beside it, and `robots.txt`."""
    departments = world.repository.departments
    index = {"schema_version": 1, "departments": [_entry(world, d) for d in departments]}
    return (
        Asset("data/index.json", _json(index)),
        Asset("data/items.schema.json", _json(items_schema())),
        Asset("data/slots.schema.json", _json(slots_schema())),
        _robots(world.repository.site.url),
    )


def _entry(world: World, department: Department) -> object:
    site, folder = world.repository.site, department.folder
    items = {world.items[id_].year for id_ in publications(world, department)}
    slots = {slot_year(slot, world.ledger) for slot in world.slots_of[folder]}
    files = [
        public_url(site, folder, f"data/{name}-{year}.{form}")
        for name, years in (("items", items), ("slots", slots))
        for year in sorted(years)
        for form in ("json", "csv")
    ]
    return {
        "department": folder,
        "name": department.name,
        "url": public_url(site, folder, ""),
        "feed": public_url(site, folder, FEED),
        "files": files,
    }


def _robots(url: str) -> Asset:
    """All may be read; it counts only where the portal stands at the root of its host."""
    path = urlsplit(url).path
    lines = ("User-agent: *", f"Disallow: {path}search.html?", f"Sitemap: {url}{SITEMAP}", "")
    return Asset("robots.txt", "\n".join(lines).encode())


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
