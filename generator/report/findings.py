"""What one run of the gate found, as every format takes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from generator.check.legality import masked
from generator.diagnostic import Diagnostic, NotChecked, Place, Severity
from generator.examine import Examined

Lines = Callable[[str], Sequence[str]]
"""Path relative to the root → the lines of that file; empty where it cannot be read as text."""


def no_lines(path: str) -> Sequence[str]:
    """No file's lines: for reports that quote nothing."""
    return ()


@dataclass(frozen=True, slots=True)
class Findings:
    """The diagnostics of one run, and what the formats need beside them."""

    diagnostics: tuple[Diagnostic, ...]
    files: int
    """Files that were checked."""
    as_of: date
    not_checked: tuple[NotChecked, ...] = ()
    lines: Lines = no_lines
    changed: frozenset[str] = frozenset()
    """Paths that the pull request touches: shown first where something must be left out."""
    _private: Mapping[tuple[str, int], tuple[tuple[int, int], ...]] = field(
        init=False, repr=False, compare=False
    )
    """Path and line → offsets of what family L found there, which no report may repeat."""

    def __post_init__(self) -> None:
        private: dict[tuple[str, int], tuple[tuple[int, int], ...]] = {}
        for diagnostic in self.diagnostics:
            place = diagnostic.place
            if diagnostic.rule.code.startswith("L2") and place.line and place.column:
                key = (place.path, place.line)
                span = (place.column - 1, (place.end_column or place.column + 1) - 1)
                private[key] = (*private.get(key, ()), span)
        object.__setattr__(self, "_private", private)

    within: str = ""
    """The root's folder inside its repository, `county/`: forges name files from the repository."""

    @property
    def ordered(self) -> tuple[Diagnostic, ...]:
        """Sorted by place, then code."""
        return tuple(sorted(self.diagnostics, key=lambda d: d.sort_key))

    @property
    def by_weight(self) -> tuple[Diagnostic, ...]:
        """Errors before warnings before notices, changed files first, then by place."""
        rank = tuple(Severity)
        return tuple(
            sorted(
                self.ordered,
                key=lambda d: (rank.index(d.severity), d.place.path not in self.changed),
            )
        )

    def of(self, severity: Severity) -> tuple[Diagnostic, ...]:
        """Those of one severity, sorted by place."""
        return tuple(d for d in self.ordered if d.severity is severity)

    def quoted(self, place: Place) -> str | None:
        """The line of a finding as typed, or None where there is none to quote.

        What is private in it stands under stars, one for each character.
        """
        if place.line is None or place.locator is not None:
            return None
        lines = self.lines(place.path)
        if place.line > len(lines):
            return None
        return masked(lines[place.line - 1], self._private.get((place.path, place.line), ()))

    @property
    def ending(self) -> str:
        """The last line of every report that people read."""
        errors, warnings = len(self.of(Severity.ERROR)), len(self.of(Severity.WARNING))
        verdict = "全部通过" if errors + warnings == 0 else f"{errors} 个错误，{warnings} 个警告"
        return f"检查 {self.files} 个文件: {verdict}"

    @property
    def asides(self) -> tuple[str, ...]:
        """What stands before the ending line: how many notices, and how much mends itself."""
        notices = len(self.of(Severity.NOTICE))
        fixable = sum(d.fixable for d in self.diagnostics)
        lines = []
        if notices:
            lines.append(f"另有 {notices} 条提示，不影响合并")
        if fixable:
            lines.append(f"`gongkai check --fix` 能自动改好 {fixable} 处")
        return tuple(lines)


def findings_of(
    examined: Examined, changed: frozenset[str] = frozenset(), within: str = ""
) -> Findings:
    """What one examination of a root found."""
    loaded = examined.loaded
    return Findings(
        examined.diagnostics,
        loaded.files,
        examined.as_of,
        loaded.not_checked,
        loaded.lines,
        changed,
        within,
    )
