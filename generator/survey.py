"""One root on one day: read, checked, proven and judged, in one value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.article import Article, finish
from generator.catalog import row_of, state_of
from generator.check import check, sound
from generator.diagnostic import Diagnostic
from generator.history import Vanished, evidence, unheld, vanished
from generator.ledger import reckon
from generator.load import Loaded, load
from generator.model import Evidence, Item, Ledger, Repository


@dataclass(frozen=True, slots=True)
class Survey:
    """What stands in a root, and what it amounts to on `as_of`."""

    loaded: Loaded
    diagnostics: tuple[Diagnostic, ...]
    as_of: date
    repository: Repository | None
    """Departments without errors only; None where an error concerns every body."""
    evidence: Evidence | None
    articles: Mapping[str, Article]
    """Item id → its article."""
    ledger: Ledger | None


def paths_of(item: Item) -> tuple[str, ...]:
    """The two paths at which an item may lie, relative to the root."""
    base = f"content/{item.department}/items/{item.year}/{item.slug}"
    return (f"{base}.md", f"{base}/index.md")


def articles_of(loaded: Loaded, repository: Repository, as_of: date) -> dict[str, Article]:
    """Every item's article as its page shows it on `as_of`."""
    return {
        item.id: finish(
            item,
            loaded.drafts[item.id],
            loaded.tables.get(item.id, ()),
            repository.site.url,
            state_of(item, row_of(repository.catalog, item), as_of),
            loaded.documents.get(item.id, ()),
        )
        for item in repository.items
    }


def day_of(loaded: Loaded, asked: date | None, today: date) -> date:
    """The day to judge on: asked for, else the configured one, else today."""
    site = loaded.repository.site if loaded.repository else None
    return asked or (site.as_of if site else None) or today


def survey(root: Path, asked: date | None, today: date) -> Survey:
    """Read, check and judge the root.

    `asked` is `--as-of`, which goes before the configured day; `today` is the Beijing day of
    the clock. Raises `ShallowClone` and `GitFailed` (history), nothing for what a person wrote.
    """
    loaded = load(root)
    as_of = day_of(loaded, asked, today)
    diagnostics = check(loaded, as_of, gone(root, loaded))
    return judged(loaded, diagnostics, as_of)


def gone(root: Path, loaded: Loaded) -> Sequence[Vanished]:
    """Published items that are gone from the tree, as Git or the mounted receipts know them."""
    if loaded.repository is None:
        return ()
    site = loaded.repository.site
    known = {one.item: one for one in vanished(root, site.forge.branch)}
    if site.receipts:
        known = {one.item: one for one in unheld(root, root / site.receipts)} | known
    return tuple(known[item] for item in sorted(known))


def judged(loaded: Loaded, diagnostics: tuple[Diagnostic, ...], as_of: date) -> Survey:
    """The survey of what was loaded and checked."""
    repository = sound(loaded.repository, diagnostics) if loaded.repository else None
    if repository is None:
        return Survey(loaded, diagnostics, as_of, None, None, {}, None)
    receipts = repository.site.receipts
    known = evidence(
        loaded.root,
        loaded.root / receipts if receipts else None,
        {item.id: paths_of(item) for item in repository.items},
    )
    articles = articles_of(loaded, repository, as_of)
    ledger = reckon(repository, articles, known, as_of)
    return Survey(loaded, diagnostics, as_of, repository, known, articles, ledger)
