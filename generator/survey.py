"""One root on one day: read, checked, proven and judged, in one value."""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.article import Article
from generator.check import sound
from generator.diagnostic import Diagnostic
from generator.examine import Examined, examine
from generator.history import evidence
from generator.ledger import reckon
from generator.load import Loaded
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


def survey(root: Path, asked: date | None, today: date, beside: Executor | None = None) -> Survey:
    """Read, check and judge the root.

    `asked` is `--as-of`, which goes before the configured day; `today` is the Beijing day of
    the clock; `beside` are processes to read departments in. Raises `ShallowClone` and
    `GitFailed` (history), nothing for what a person wrote.
    """
    return judged(examine(root, asked, today, beside=beside))


def judged(examined: Examined) -> Survey:
    """The survey of what was read and checked."""
    loaded, diagnostics, as_of = examined.loaded, examined.diagnostics, examined.as_of
    repository = sound(loaded.repository, diagnostics) if loaded.repository else None
    if repository is None:
        return Survey(loaded, diagnostics, as_of, None, None, {}, None)
    receipts = repository.site.receipts
    known = evidence(
        loaded.root,
        loaded.root / receipts if receipts else None,
        {item.id: paths_of(item) for item in repository.items},
    )
    articles = {item.id: examined.articles[item.id] for item in repository.items}
    ledger = reckon(repository, articles, known, as_of)
    return Survey(loaded, diagnostics, as_of, repository, known, articles, ledger)
