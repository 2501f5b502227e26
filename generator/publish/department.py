"""One department's site, made by itself: whatever goes wrong in it stays in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from generator import outputs, search
from generator.catalog import row_of, state_of
from generator.model import Attachment, Department, State
from generator.publish.extras import published_lines, web_config
from generator.publish.frame import Frames
from generator.publish.request import BuildError
from generator.publish.tree import Tree, keep
from generator.render.department import department_pages
from generator.render.page import Asset, Page
from generator.render.world import World
from generator.search.bundle import FOLDER


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every department's build needs, the same for all."""

    world: World
    frames: Frames
    root: Path
    receipts: Path | None
    new: Path
    """The new site's folder."""
    old: Path | None
    """The old site's folder, where there is one."""
    redirects: tuple[tuple[str, Asset], ...]
    """Path under the portal → redirect page."""


def build_department(shop: Workshop, folder: str) -> int:
    """Write the whole site of one department under `shop.new`; how many pages it has.

    Raises whatever goes wrong; the caller removes what was written.
    """
    department = shop.world.departments[folder]
    tree = Tree(shop.new / folder, None if shop.old is None else shop.old / folder)
    pages = (
        *department_pages(shop.world, department),
        search.department_page(shop.world, department),
    )
    frame = shop.frames.department(folder, department.name)
    for page in pages:
        tree.write(page.path, frame.fill(page).encode())
    assets: list[Asset] = [*shop.frames.assets, *outputs.department_files(shop.world, department)]
    assets += [search.department_hints(shop.world, department), web_config()]
    assets += outputs.sitemap(frame.base, [page.path for page in pages])
    for asset in assets:
        tree.write(asset.path, asset.data)
    as_of = shop.world.ledger.as_of
    tree.write("receipts.jsonl", published_lines(shop.receipts, f"{folder}.jsonl", as_of))
    for attachment in attachments(shop.world, department):
        tree.write(attachment.path, _read(shop.root, attachment))
    for path, asset in shop.redirects:
        own = path.removeprefix(f"{folder}/")
        if own != path and not tree.has(own):
            tree.write(own, asset.data)
    index(pages, tree)
    return len(pages)


def attachments(world: World, department: Department) -> tuple[Attachment, ...]:
    """The files that the department's site carries, each once, by path.

    A withdrawn or expired item's files leave the site, unless another item carries them too.
    """
    found: dict[str, Attachment] = {}
    for item in department.items:
        row = row_of(world.repository.catalog, item)
        if state_of(item, row, world.ledger.as_of) is State.PUBLIC:
            found.update((file.path, file) for file in item.files)
    for service in department.services:
        found.update((file.path, file) for file in service.forms)
    return tuple(found[path] for path in sorted(found))


def index(pages: Sequence[Page], tree: Tree) -> None:
    """Make the search bundle of what `pages` hold for search, out of the old one."""
    old = None if tree.old is None else tree.old / FOLDER
    if old is not None and old.is_dir():
        keep(old, tree.folder / FOLDER)
    search.bundle(pages, tree.folder)


def _read(root: Path, attachment: Attachment) -> bytes:
    """The file's bytes; they must be those that its item's record names."""
    data = (root / attachment.source).read_bytes()
    if sha256(data).hexdigest() != attachment.sha256:
        raise BuildError(f"`{attachment.source}` 在生成期间变了，再运行一次")
    return data
