"""All families, over each department by itself and over all of them; and what errors leave."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.check import (
    catalog_rules,
    date_rules,
    legality,
    reference_rules,
    truth,
    wholeness,
)
from generator.diagnostic import Diagnostic, Severity
from generator.history import Vanished
from generator.load import Allowed, Ground, Holding, Loaded
from generator.model import Repository


@dataclass(frozen=True, slots=True)
class Said:
    """What the gate says of one department, whatever the others publish."""

    found: tuple[Diagnostic, ...]
    lacking: tuple[Diagnostic, ...]
    """Of family W: left out for a file of which not everything could be read."""
    used: frozenset[Allowed]
    """Entries of the allow list that were met."""


def check_department(ground: Ground, holding: Holding, as_of: date) -> Said:
    """Every finding that rests on the ground and this one department."""
    bodies = () if holding.department is None else (holding.department,)
    repository = ground.repository(bodies, {})
    found = [*holding.diagnostics]
    found += catalog_rules.of_departments(repository)
    found += date_rules.findings(repository, as_of)
    personal, used = legality.findings(ground, holding, repository)
    found += personal
    known = [body for body in ground.departments.values() if body is not None]
    tables, documents = holding.tables, holding.documents
    found += truth.findings(repository, known, tables, documents, holding.sources, as_of)
    lacking = wholeness.findings(repository, holding.drafts, tables, documents, as_of)
    return Said(tuple(found), tuple(lacking), used)


def check_all(
    loaded: Loaded, said: Iterable[Said], vanished: Sequence[Vanished] = ()
) -> tuple[Diagnostic, ...]:
    """Every diagnostic of the root, sorted by place and code.

    `said` is what `check_department` gave of each holding; `vanished` are published items that
    are gone from the tree, as `history` knows them.
    """
    found = [*loaded.ground.diagnostics]
    lacking: list[Diagnostic] = []
    used: set[Allowed] = set()
    for one in said:
        found += one.found
        lacking += one.lacking
        used |= one.used
    repository = loaded.repository
    if repository is not None:
        found += reference_rules.findings(repository, vanished)
        found += catalog_rules.of_all(repository)
        found += truth.twins(repository)
        found += legality.unused(loaded.ground.allowed, used)
    # What an item lacks may be what could not be read of it: that is said once, by its error.
    unread = {
        d.place.path for d in found if d.severity is Severity.ERROR and d.rule.code[0] in "FCD"
    }
    found += [d for d in lacking if d.place.path not in unread]
    return tuple(sorted(dict.fromkeys(found), key=lambda d: d.sort_key))


def check(loaded: Loaded, as_of: date, vanished: Sequence[Vanished] = ()) -> tuple[Diagnostic, ...]:
    """Every diagnostic of what was loaded whole, sorted by place and code."""
    said = [check_department(loaded.ground, holding, as_of) for holding in loaded.holdings]
    return check_all(loaded, said, vanished)


def sound(repository: Repository, diagnostics: Sequence[Diagnostic]) -> Repository | None:
    """The repository without the departments that have errors; they are named in `broken`.

    None when an error stands outside the departments: configuration, catalogue, calendar or
    exemptions concern every body, so nothing may be built from them.
    """
    folders = set(repository.site.departments)
    broken: set[str] = set()
    for diagnostic in diagnostics:
        if diagnostic.severity is not Severity.ERROR:
            continue
        parts = diagnostic.place.path.split("/")
        if len(parts) > 1 and parts[0] == "content" and parts[1] in folders:
            broken.add(parts[1])
        else:
            return None
    names = {d.folder: d.name for d in repository.departments}
    return replace(
        repository,
        departments=tuple(d for d in repository.departments if d.folder not in broken),
        broken={**repository.broken, **{f: names.get(f, f) for f in sorted(broken)}},
    )
