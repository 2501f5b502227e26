"""档案包: a year's items with their proof in one ZIP, which `verify` checks years later."""

import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO, Protocol

from generator.model import Department, Item, State
from generator.outputs.paper.sheet import Head, head_of, printed
from generator.render.addresses import item_page
from generator.render.department.office import Office
from generator.render.words import evidence
from generator.render.world import World

SCHEMA_VERSION = 1
"""Of `manifest.json`: `year`, `as_of`, `site`, `commit`, `heads` (folder → last seq and hash),
`files` (each its `path`, `bytes`, `sha256`; all but the manifest itself)."""

MANIFEST = "manifest.json"
SOURCES = "data"
"""Where the Markdown lies in the bundle: no department may have this name."""

_EPOCH = (1980, 1, 1, 0, 0, 0)


class Site(Protocol):
    """A built site: `names` from its root, and the bytes of each."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every file, sorted."""

    def read(self, name: str) -> bytes | None:
        """A file's bytes; None where there is none."""


class Incomplete(Exception):
    """The site lacks what the bundle must hold; the argument says what."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What went into a bundle."""

    items: int
    """Items of the year."""
    files: int
    bytes: int
    """Of all files together."""


@dataclass(frozen=True, slots=True)
class Filed:
    """One item on the bundle's contents page."""

    title: str
    href: str
    index: str
    public: str
    state: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A department on the contents page."""

    name: str
    head: Head | None
    items: tuple[Filed, ...]


def items_of(world: World, year: int) -> tuple[Item, ...]:
    """The items filed under the year, in the order of the site."""
    return tuple(item for item in world.repository.items if item.year == year)


def write_archive(
    world: World, year: int, site: Site, source: Callable[[Item], bytes], out: BinaryIO
) -> Packed:
    """Write the bundle of `year` to `out`; the same world and site give the same bytes.

    `site` must be built of `world`. Every page that a receipt speaks of is in it with its files
    and the chains whole, so that the bundle is a site to `verify`, and each item page carries its
    档案卡; the Markdown is that of the year alone, `source` giving an item's file as it lies in
    the tree. An item that is withdrawn or no longer shown leaves its page and nothing else.
    Raises `Incomplete`.
    """
    made = {"index.html": _contents(world, year).encode()}
    shown = {item.id: item for item in items_of(world, year) if _shown(world, item)}
    sources = {f"{SOURCES}/{item.path}": item for item in shown.values()}
    taken = set(_taken(world, year, site.names))
    lacking = [name for name in _needed(world, year) if name not in taken]
    if lacking:
        raise Incomplete(f"网站里没有 `{lacking[0]}`")

    def read(name: str) -> bytes:
        if name in made:
            return made[name]
        data = source(sources[name]) if name in sources else site.read(name)
        if data is None:
            raise Incomplete(f"读不出 `{name}`")
        return data

    names = sorted({*made, *sources, *taken})
    listed: list[Mapping[str, object]] = []
    total = 0
    for name in names:
        data = read(name)
        total += len(data)
        listed.append({"path": name, "bytes": len(data), "sha256": sha256(data).hexdigest()})
    made[MANIFEST] = _manifest(world, year, listed)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bundle:
        for name in sorted({*names, MANIFEST}):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            bundle.writestr(entry, read(name))
    return Packed(len(items_of(world, year)), len(names) + 1, total + len(made[MANIFEST]))


def _shown(world: World, item: Item) -> bool:
    """Whether the item's page shows its body, as its record says."""
    return bool(json.loads(world.articles[item.id].record)["state"] == State.PUBLIC.value)


def _needed(world: World, year: int) -> Iterator[str]:
    """Item pages and their files, by their path in the site: the year's, and all with receipts."""
    received = {line.item for lines in world.evidence.lines.values() for line in lines}
    for item in world.repository.items:
        if item.year != year and item.id not in received:
            continue
        yield f"{item.department}/{item_page(item)}"
        if _shown(world, item):
            yield from (f"{item.department}/{file.path}" for file in item.files)


def _taken(world: World, year: int, names: Iterable[str]) -> Iterator[str]:
    """The site's files that the bundle holds."""
    needed = set(_needed(world, year))
    folders = "|".join(re.escape(d.folder) for d in world.repository.departments)
    proof = re.compile(
        rf"build\.json|receipts/[^/]+\.jsonl|({folders})/"
        rf"(receipts\.jsonl|assets/.+|data/(items|slots)-{year}\.(json|csv))"
    )
    return (name for name in names if name in needed or proof.fullmatch(name))


def _manifest(world: World, year: int, files: list[Mapping[str, object]]) -> bytes:
    heads = {
        folder: [lines[-1].seq, lines[-1].hash]
        for folder, lines in sorted(world.evidence.lines.items())
        if lines
    }
    document = {
        "schema_version": SCHEMA_VERSION,
        "year": year,
        "as_of": world.ledger.as_of.isoformat(),
        "site": world.repository.site.url,
        "commit": world.evidence.head,
        "heads": heads,
        "files": files,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _contents(world: World, year: int) -> str:
    shelves = tuple(_shelf(world, d, year) for d in world.repository.departments)
    return printed(
        "archive",
        f"{year} 年政务公开档案 - {world.repository.site.name}",
        site=world.repository.site,
        year=year,
        as_of=world.ledger.as_of,
        shelves=tuple(shelf for shelf in shelves if shelf.items),
    )


def _shelf(world: World, department: Department, year: int) -> Shelf:
    office = Office(world, department)
    words = {State.PUBLIC: "", State.WITHDRAWN: "已撤回", State.EXPIRED: "展示期满"}
    items = tuple(
        Filed(
            item.title,
            f"{department.folder}/{item_page(item)}",
            office.index_numbers[item.id],
            f"{public.date.isoformat()} {evidence(public)}" if public else evidence(None),
            words[office.state(item)],
        )
        for item in reversed(office.items)
        if item.year == year
        for public in (office.public[item.id],)
    )
    return Shelf(department.name, head_of(world, department.folder), items)
