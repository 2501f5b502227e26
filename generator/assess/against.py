"""What a change of catalogue or calendar moves: the same ledger, reckoned by another revision's."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.article import Article
from generator.history import files_at
from generator.ledger import reckon
from generator.load import load
from generator.model import Due, Evidence, Ledger, Repository, Slot

_RULES = ("content/catalog", "content/calendar", "site_config.yml")


class Unusable(Exception):
    """The other revision's configuration or catalogue has errors; the argument is its commit."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An open slot whose due day is another one, or that is new, or is owed no more."""

    slot: Slot
    """As it is now; as it was, where it is owed no more."""
    before: Due | None
    after: Due | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the open slots between a revision and now."""

    commit: str
    moved: tuple[Moved, ...]
    closed: int
    """Slots that are filled, and are left alone whatever moved."""


def against(
    root: Path,
    revision: str,
    repository: Repository,
    articles: Mapping[str, Article],
    evidence: Evidence,
    ledger: Ledger,
) -> Comparison:
    """Hold `ledger` against one by the catalogue and the calendars of `revision`.

    Items, evidence and exemptions are today's in both, so that only the rules differ; what ships
    with the generator is its own in both. Raises `NoRevision`, `NoRepository`, `GitFailed`, and
    `Unusable`.
    """
    commit, files = files_at(root, revision, _RULES)
    with tempfile.TemporaryDirectory() as folder:
        for path, data in files.items():
            target = Path(folder) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        found = load(Path(folder)).repository
    if found is None:
        raise Unusable(commit)
    other = replace(repository, catalog=found.catalog, calendars=found.calendars)
    was = reckon(other, articles, evidence, ledger.as_of)
    before = {slot.key: slot for slot in was.slots if slot.item is None}
    after = {slot.key: slot for slot in ledger.slots if slot.item is None}
    filled = {slot.key for slot in (*was.slots, *ledger.slots) if slot.item is not None}
    moved = [
        Moved(after.get(key) or before[key], _due(before.get(key)), _due(after.get(key)))
        for key in sorted((before.keys() | after.keys()) - filled)
        if _differ(before.get(key), after.get(key))
    ]
    return Comparison(commit, tuple(moved), sum(s.item is not None for s in ledger.slots))


def _due(slot: Slot | None) -> Due | None:
    return slot.due if slot is not None else None


def _differ(before: Slot | None, after: Slot | None) -> bool:
    if before is None or after is None:
        return True
    return (before.due.day, before.due.state) != (after.due.day, after.due.state)
