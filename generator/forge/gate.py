"""The gate on a proposal, as the jobs run it: what was found, and the report on it."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.examine import Examined, examine, side_by_side
from generator.forge.git import Git, GitRefused
from generator.forge.reviewing import review_of
from generator.history import GitFailed
from generator.report import review
from generator.report.diagnostics import markdown
from generator.report.findings import Findings, findings_of

_DIFF = ("diff", "--name-only", "--no-renames", "--relative", "-z", "--end-of-options")


@dataclass(frozen=True, slots=True)
class Gate:
    """A root that was read and checked."""

    examined: Examined
    findings: Findings
    """`changed` holds what the proposal touches; empty where its base is not known."""
    base: str | None
    """The commit that the proposal goes into."""

    def report(self, blob: markdown.Blob | None, limit: markdown.Limit) -> str:
        """Of the proposal where its base is known, else of the whole tree."""
        if self.base is not None:
            try:
                told = review_of(self.findings, self.examined, self.base)
                return review.render(self.findings, told, blob, limit)
            except (review.NoBase, GitFailed):
                pass
        return markdown.render(self.findings, blob, limit)


def gate(root: Path, git: Git, base: str | None, asked: date | None, today: date) -> Gate:
    """Read and check `root`. `asked` is `--as-of`, `today` the Beijing day of the clock."""
    with side_by_side(root, os.cpu_count() or 1) as beside:
        try:
            examined = examine(root, asked, today, beside=beside)
        except GitFailed:
            examined = examine(root, asked, today, beside=beside, history=False)
    return Gate(examined, findings_of(examined, _changed(git, base), within(git)), base)


def within(git: Git) -> str:
    """The root's folder inside its repository, `county/` or empty."""
    try:
        return git.line("rev-parse", "--show-prefix")
    except GitRefused:
        return ""


def changed(git: Git, base: str) -> frozenset[str]:
    """The files that differ from `base`, by their paths from the root. Raises GitRefused."""
    # Relative: diagnostics name paths from the root, which may be a folder of the repository.
    names = git.run(*_DIFF, f"{base}...HEAD")
    return frozenset(names.decode("utf-8", "surrogateescape").split("\0")) - {""}


def _changed(git: Git, base: str | None) -> frozenset[str]:
    try:
        return changed(git, base) if base is not None else frozenset()
    except GitRefused:
        return frozenset()
