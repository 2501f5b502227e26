"""The making of a site: departments side by side, the portal over them, the marker."""

import errno
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator import __version__, examine, outputs, search
from generator.history import GitFailed, ShallowClone
from generator.processes import pool
from generator.publish.department import Workshop, build_department, index
from generator.publish.extras import published_lines, redirects, web_config
from generator.publish.frame import Frames
from generator.publish.place import MARKER
from generator.publish.request import BuildError, BuildRefused, BuildRequest, Progress, Summary
from generator.publish.stylesheet import ThemeError
from generator.publish.tree import Tree, keep, remove
from generator.publish.workers import side_by_side
from generator.publish.world import leave_out, world_of
from generator.render.page import Page
from generator.render.portal import portal_pages
from generator.render.world import World
from generator.survey import Survey, survey

SCHEMA_VERSION = 1
"""Of `build.json`: `generator`, `site`, `as_of`, `commit`, `heads` (folder → last seq and hash),
`portal` (pages), `departments` (folder → `{name, pages, state}`, state built or kept)."""


def make(
    request: BuildRequest,
    frames: Callable[[], Frames] | None,
    new: Path,
    old: Path | None,
    progress: Progress,
) -> Summary:
    """Read and judge the root and write the site of `request` into the empty folder `new`.

    `frames` waits for the frames, None where the configuration gives none; `old` is the site
    that was there, if any. Raises as `build` does.
    """
    found = _surveyed(request)
    if frames is None or found.repository is None:
        raise BuildRefused(found.diagnostics)
    world = world_of(found, trial=request.trial)
    site = world.repository.site
    _check_names(request.departments, site.departments)
    progress(f"读了 {found.loaded.files} 个文件，{len(world.repository.items)} 个事项")
    try:
        ready = frames()
    except ThemeError as error:
        raise BuildError(str(error)) from error
    shop = Workshop(
        world,
        ready,
        request.root,
        request.root / site.receipts if site.receipts else None,
        new,
        old,
        tuple(redirects(world.repository.items, site.url).items()),
    )
    summary = _all(shop, request, progress)
    counts = Counter(slot.status for slot in world.ledger.slots)
    return replace(summary, diagnostics=found.diagnostics, counts=counts)


def _surveyed(request: BuildRequest) -> Survey:
    today = request.today or request.as_of
    assert today is not None, "a build needs a day"
    try:
        with examine.side_by_side(request.root, request.jobs) as beside:
            return survey(request.root, request.as_of, today, beside)
    except ShallowClone as error:
        raise BuildError(
            "Git 历史不完整（浅克隆），算不出合并时间；先运行 git fetch --unshallow"
        ) from error
    except MemoryError as error:
        raise BuildError(f"{error} 没有读完：读它的进程被系统终止，多半是内存不够") from error
    except GitFailed as error:
        raise BuildError(str(error)) from error


def _check_names(wanted: tuple[str, ...], known: tuple[str, ...]) -> None:
    for folder in wanted:
        if folder not in known:
            raise BuildError(f"没有 `{folder}` 这个机关；有：{'、'.join(known)}")


def _all(shop: Workshop, request: BuildRequest, progress: Progress) -> Summary:
    repository = shop.world.repository
    wanted = [
        d.folder
        for d in repository.departments
        if not request.departments or d.folder in request.departments
    ]
    built: dict[str, int] = {}
    failed: dict[str, str] = {
        folder: "内容有错误"
        for folder in repository.broken
        if not request.departments or folder in request.departments
    }
    early: list[tuple[Page, ...]] = []

    def meanwhile() -> None:
        """Render the portal while the departments are built, as if none of them will fail."""
        if not request.departments:
            early.append(portal_pages(shop.world))

    for folder, result in _departments(shop, wanted, request.jobs, meanwhile):
        if isinstance(result, int):
            built[folder] = result
            progress(f"{folder}：{result} 页")
        else:
            failed[folder] = result
            progress(f"{folder}：没有生成，{result}")
            remove(shop.new / folder)
    built = {folder: built[folder] for folder in wanted if folder in built}
    kept = _keep_rest(shop, built, only=bool(request.departments))
    portal = 0
    if not request.departments:
        names = {d.folder: d.name for d in repository.departments if d.folder in failed}
        world = leave_out(shop.world, names)
        ready = early[0] if early and world is shop.world else portal_pages(world)
        try:
            portal = _build_portal(shop, world, ready, kept, request.jobs)
        except (search.PagefindError, BrokenProcessPool) as error:
            raise BuildError(f"门户没有生成：{_why(error)}") from error
        progress(f"门户：{portal} 页")
    _mark(shop, built, kept, portal)
    return Summary(built, failed, kept, portal)


def _departments(
    shop: Workshop, folders: list[str], jobs: int, meanwhile: Callable[[], None]
) -> Iterator[tuple[str, int | str]]:
    """Each folder with its number of pages, or with what went wrong in it."""
    results = (
        ((folder, partial(build_department, shop, folder)) for folder in folders)
        if jobs <= 1 or len(folders) <= 1
        else side_by_side(shop, folders, jobs, meanwhile)
    )
    for folder, result in results:
        try:
            yield folder, result()
        except Exception as error:
            # A full disk is nobody's own fault: with this department left out the rest would
            # look well.
            if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise
            yield folder, _why(error)


def _why(error: Exception) -> str:
    if isinstance(error, BrokenProcessPool):
        return "生成它的进程被系统终止，多半是内存不够"
    if isinstance(error, BuildError):
        return str(error)
    return f"程序出错，{type(error).__name__}：{error}"


def _keep_rest(shop: Workshop, built: Mapping[str, int], *, only: bool) -> tuple[str, ...]:
    """Carry over from the old site what this build did not make; which departments those are."""
    if shop.old is None:
        return ()
    configured = shop.world.repository.site.departments
    kept = [f for f in configured if f not in built and (shop.old / f / "index.html").is_file()]
    for folder in kept:
        keep(shop.old / folder, shop.new / folder)
    if only:
        for path in sorted(shop.old.iterdir()):
            if path.name not in configured and path.name != MARKER:
                keep(path, shop.new / path.name)
    return tuple(kept)


def _build_portal(
    shop: Workshop, world: World, ready: tuple[Page, ...], kept: tuple[str, ...], jobs: int
) -> int:
    site = world.repository.site
    tree = Tree(shop.new, shop.old)
    pages = (*ready, search.portal_page(world))
    for page in pages:
        tree.write(page.path, shop.frames.portal.fill(page).encode())
    broken = world.repository.broken
    own, *shelves = search.portal_shelves(site, pages, shop.new)
    paths = [page.path for page in pages] + [page.path for page in shop.frames.handbook]
    standing = [f for f in site.departments if (shop.new / f / "sitemap.xml").is_file()]
    assets = [
        *shop.frames.assets,
        *shop.frames.handbook,
        *outputs.portal_files(world),
        *outputs.portal_sitemap(site, paths, standing),
        search.portal_hints(
            world,
            {f: broken[f] for f in kept if f in broken},
            [shelf.path for shelf in shelves],
        ),
        web_config(),
    ]
    for asset in assets:
        tree.write(asset.path, asset.data)
    for name in ("site.jsonl", "witness.jsonl"):
        lines = published_lines(shop.receipts, name, world.ledger.as_of)
        tree.write(f"receipts/{name}", lines)
    for path, asset in shop.redirects:
        if path.split("/")[0] not in site.departments and not tree.has(path):
            tree.write(path, asset.data)
    index(own.pages, tree)
    _fill(shop, shelves, jobs)
    return len(pages)


def _fill(shop: Workshop, shelves: Sequence[search.Shelf], jobs: int) -> None:
    """Make the light bundles of the portal's search, side by side where there are several."""
    places = [
        (shelf.pages, shop.new / shelf.path, None if shop.old is None else shop.old / shelf.path)
        for shelf in shelves
    ]
    if jobs < 2 or len(places) < 2:
        for place in places:
            _index(*place)
        return
    # Forked, a process has the pages as they stand here: they are not sent.
    with pool(min(jobs, len(places)), partial(_hold, places)) as beside:
        for made in [beside.submit(_fill_held, n) for n in range(len(places))]:
            made.result()


_Place = tuple[tuple[Page, ...], Path, Path | None]
_held: list[_Place] = []
"""In a process of `_fill`: the shelves, handed over once."""


def _hold(places: list[_Place]) -> None:
    _held[:] = places


def _fill_held(number: int) -> None:
    _index(*_held[number])


def _index(pages: Sequence[Page], new: Path, old: Path | None) -> None:
    index(pages, Tree(new, old))


def _mark(shop: Workshop, built: Mapping[str, int], kept: tuple[str, ...], portal: int) -> None:
    world = shop.world
    before = _old_marks(shop.old)
    names = {d.folder: d.name for d in world.repository.departments} | dict(world.repository.broken)
    departments = {}
    for folder in world.repository.site.departments:
        if folder in built:
            departments[folder] = {
                "name": names.get(folder, folder),
                "pages": built[folder],
                "as_of": world.ledger.as_of.isoformat(),
                "state": "built",
            }
        elif folder in kept:
            departments[folder] = {**before.get(folder, {}), "state": "kept"}
    heads = {
        folder: [lines[-1].seq, lines[-1].hash]
        for folder, lines in sorted(world.evidence.lines.items())
        if lines
    }
    marker = {
        "schema_version": SCHEMA_VERSION,
        "generator": f"gongkai {__version__}",
        "site": world.repository.site.url,
        "as_of": world.ledger.as_of.isoformat(),
        "commit": world.evidence.head,
        "heads": heads,
        "portal": portal,
        "departments": departments,
    }
    text = json.dumps(marker, ensure_ascii=False, indent=1)
    Tree(shop.new, None).write(MARKER, f"{text}\n".encode())


def _old_marks(old: Path | None) -> Mapping[str, Mapping[str, object]]:
    if old is None:
        return {}
    marks = json.loads((old / MARKER).read_bytes()).get("departments")
    return marks if isinstance(marks, dict) else {}
