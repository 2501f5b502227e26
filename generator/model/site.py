"""The site's configuration and the whole of what was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from generator.model.catalog import Catalog, Level
from generator.model.department import Department
from generator.model.due import Span
from generator.model.exemption import Exemption
from generator.model.item import Item


class Grade(StrEnum):
    """Evidence grades of a public time, strongest first."""

    RECEIPT = "receipt"
    GIT = "git"


@dataclass(frozen=True, slots=True)
class Judge:
    """From which evidence, since when, and how the ledger judges."""

    from_: Grade
    since: date
    due_soon: Span
    trial: date | None


@dataclass(frozen=True, slots=True)
class Task:
    """One of the citizens' commonest tasks on the home page; exactly one target is set."""

    name: str
    note: str | None
    category: str | None
    query: str | None
    link: str | None


@dataclass(frozen=True, slots=True)
class Forge:
    """Where the repository lives."""

    kind: str
    url: str | None
    branch: str


@dataclass(frozen=True, slots=True)
class Site:
    """`site_config.yml`, typed."""

    name: str
    url: str
    """The public address of the portal, ending in a slash."""
    region: str
    level: Level
    sponsor: str
    departments: tuple[str, ...]
    judge: Judge
    id_code: str | None = None
    icp: str | None = None
    police: str | None = None
    phone: str | None = None
    notice: str | None = None
    """A sentence for every page's footer, e.g. that all is invented."""
    edition: str = "public"
    as_of: date | None = None
    receipts: str | None = None
    index_number: str = "{code}-{class}-{year}-{serial}"
    use: tuple[str, ...] = ("基本", "人", "财", "物", "案", "村")
    common_queries: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    error_report: str | None = None
    reply_limits: Mapping[str, Span] = field(default_factory=dict)
    party_badge: Mapping[str, str] | None = None
    forge: Forge = Forge("none", None, "main")
    witness: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holiday:
    """A stretch of days off, both ends included."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """One announced year: days off and make-up working days (调休)."""

    year: int
    notice: str
    """文号 of the State Council's notice."""
    off: tuple[Holiday, ...]
    work: tuple[date, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Repository:
    """All that was read of one root; a department with errors is missing from `departments`."""

    site: Site
    catalog: Catalog
    calendars: tuple[YearCalendar, ...]
    departments: tuple[Department, ...]
    exemptions: tuple[Exemption, ...]
    broken: Mapping[str, str]
    """Folder of a department that could not be read → its name or folder."""

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item of every department, in the configured order."""
        return tuple(item for department in self.departments for item in department.items)
