"""What a build is asked for, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator.diagnostic import Diagnostic
from generator.model import Status

Progress = Callable[[str], None]
"""Is told, in a sentence, what has just been done."""


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """One run of `gongkai build`."""

    root: Path
    """The folder that holds `site_config.yml` and `content/`."""
    out: Path
    """The site's folder; made where there is none."""
    as_of: date | None
    """The Beijing day whose end the site shows; None takes the configured day, else `today`."""
    theme: Path
    departments: tuple[str, ...] = ()
    """Only these are built and all else is kept; empty builds everything."""
    jobs: int = 1
    """Departments built at one time."""
    today: date | None = None
    """The day of the clock; needed where `as_of` is None."""
    trial: bool = True
    """False shows lateness in a trial too (`--no-trial`)."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a build whose site was swapped in."""

    built: Mapping[str, int]
    """Folder of each department built → how many pages it has."""
    failed: Mapping[str, str]
    """Folder of each department not built → why, in a sentence."""
    kept: tuple[str, ...]
    """Folders whose last good site stayed."""
    portal: int
    """Pages of the portal; 0 where it was not built."""
    diagnostics: tuple[Diagnostic, ...] = field(default=(), repr=False)
    """Everything that the gate found."""
    counts: Mapping[Status, int] = field(default_factory=dict)
    """Status → how many slots have it, over all departments."""

    @property
    def exit_code(self) -> int:
        """0 all built, 1 some departments not (formats.md section 9)."""
        return 1 if self.failed else 0


class BuildError(Exception):
    """The build could not be done at all; the site that was there stays. Exit code 2."""


class BuildRefused(Exception):
    """Configuration, catalogue, calendar or exemptions are broken: nothing is built. Exit 1."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("配置、目录、日历或者豁免清单有错误，没有生成网站")
        self.diagnostics = diagnostics
