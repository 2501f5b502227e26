"""From a root that was loaded to the one value that pages are made from."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.article import Article, finish
from generator.catalog import row_of, state_of
from generator.diagnostic import Diagnostic, Severity
from generator.history import evidence
from generator.ledger import reckon
from generator.load import Loaded
from generator.model import Item, NotJudged, Repository
from generator.render.world import World

_COMMON = ("site_config.yml", "content/catalog/", "content/calendar/", "content/exemptions/")


def make_world(loaded: Loaded, receipts: Path | None, as_of: date, *, trial: bool = True) -> World:
    """Evidence, bodies and ledger of the departments that were read without an error.

    A department with an error is among `repository.broken` and not in the ledger: an item that
    could not be read would look like one that is owed. `receipts` is the mounted folder;
    `trial=False` judges in a trial too. Raises `history.ShallowClone` and `history.GitFailed`.
    """
    repository = loaded.repository
    assert repository is not None, "a root without a usable configuration has no world"
    repository = without(repository, broken_departments(loaded.diagnostics, repository))
    if not trial:
        judge = replace(repository.site.judge, trial=None)
        repository = replace(repository, site=replace(repository.site, judge=judge))
    items = repository.items
    known = evidence(loaded.root, receipts, {item.id: both_forms(item) for item in items}, as_of)
    articles = {item.id: _article(item, loaded, repository, as_of) for item in items}
    return World(repository, reckon(repository, articles, known, as_of), known, articles)


def both_forms(item: Item) -> tuple[str, str]:
    """The two paths at which an item may lie; it is the same item in both."""
    stem = f"content/{item.department}/items/{item.year}/{item.slug}"
    return (f"{stem}.md", f"{stem}/index.md")


def broken_departments(
    diagnostics: Collection[Diagnostic], repository: Repository
) -> Mapping[str, str]:
    """Folder → name of every department in whose files an error was found."""
    names = {department.folder: department.name for department in repository.departments}
    folders = {
        diagnostic.place.path.split("/")[1]
        for diagnostic in diagnostics
        if diagnostic.severity is Severity.ERROR and diagnostic.place.path.startswith("content/")
    }
    return {folder: name for folder, name in names.items() if folder in folders}


def common_errors(diagnostics: Collection[Diagnostic]) -> bool:
    """Whether an error stands in what every department rests on: nothing can be trusted then."""
    return any(
        diagnostic.severity is Severity.ERROR and diagnostic.place.path.startswith(_COMMON)
        for diagnostic in diagnostics
    )


def without(repository: Repository, broken: Mapping[str, str]) -> Repository:
    """The repository with these departments among its broken ones."""
    if not broken:
        return repository
    return replace(
        repository,
        departments=tuple(d for d in repository.departments if d.folder not in broken),
        broken={**repository.broken, **broken},
    )


def leave_out(world: World, failed: Mapping[str, str]) -> World:
    """The world as the portal shows it when these departments' pages could not be made.

    `failed` maps folders to names; their slots are nobody's debt, since nothing shows them.
    """
    if not failed:
        return world
    ledger = world.ledger
    return replace(
        world,
        repository=without(world.repository, failed),
        ledger=replace(
            ledger,
            slots=tuple(s for s in ledger.slots if s.department.folder not in failed),
            rates=tuple(r for r in ledger.rates if r.department not in failed),
            gaps=tuple(g for g in ledger.gaps if g.department not in failed),
            not_judged=(
                *ledger.not_judged,
                *(NotJudged(folder, "页面没有生成") for folder in failed),
            ),
        ),
    )


def _article(item: Item, loaded: Loaded, repository: Repository, as_of: date) -> Article:
    state = state_of(item, row_of(repository.catalog, item), as_of)
    tables = loaded.tables.get(item.id, ())
    return finish(item, loaded.drafts[item.id], tables, repository.site.url, state)
