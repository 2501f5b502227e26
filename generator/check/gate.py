"""All families over what was loaded, sorted; and what is left when errors are taken out."""

from collections.abc import Sequence
from dataclasses import replace
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
from generator.load import Loaded
from generator.model import Repository


def check(loaded: Loaded, as_of: date, vanished: Sequence[Vanished] = ()) -> tuple[Diagnostic, ...]:
    """Every diagnostic of the root, sorted by place and code.

    `vanished` are published items that are gone from the tree, as `history` knows them.
    """
    found = list(loaded.diagnostics)
    repository = loaded.repository
    if repository is not None:
        found += reference_rules.findings(repository, vanished)
        found += catalog_rules.findings(repository)
        found += date_rules.findings(repository, as_of)
        found += legality.findings(loaded)
        found += truth.findings(repository, loaded.tables, loaded.sources, as_of)
        # What an item lacks may be what could not be read of it: that is said once, by its error.
        unread = {
            d.place.path for d in found if d.severity is Severity.ERROR and d.rule.code[0] in "FCD"
        }
        found += [
            d
            for d in wholeness.findings(repository, loaded.drafts, loaded.tables, as_of)
            if d.place.path not in unread
        ]
    return tuple(sorted(dict.fromkeys(found), key=lambda d: d.sort_key))


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
