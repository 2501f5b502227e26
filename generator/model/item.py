"""Disclosure items: what a clerk writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from generator.model.period import Period


class Mark(NamedTuple):
    """Where a value stands in its file: line and columns count from 1, in characters."""

    line: int
    column: int
    end_column: int


class Phase(StrEnum):
    """事前 事中 事后."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"

    @property
    def label(self) -> str:
        """The word a reader sees."""
        return {"before": "事前", "during": "事中", "after": "事后"}[self.value]


class State(StrEnum):
    """What the item's page shows."""

    PUBLIC = "public"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


EVENT, STANDING = "临时", "长期"
"""Values of `period` for event rows and standing rows."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A 公示; `last` is the last day shown."""

    first: date
    last: date
    contact: str


@dataclass(frozen=True, slots=True)
class Review:
    """保密审查 and 签批, as typed (自填)."""

    drafted: str | None
    approved: str | None
    secrecy: str | None
    on: date | None


@dataclass(frozen=True, slots=True)
class Validity:
    """有效性 of a 规范性文件."""

    status: str
    until: date | None
    replaced_by: str | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """撤回: the page stays and says why."""

    on: date
    reason: str
    kind: str | None

    @property
    def secret(self) -> bool:
        """Whether no earlier text may be shown anywhere (个人信息, 涉密)."""
        return self.kind in ("个人信息", "涉密")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file an item carries."""

    path: str
    """From the department's folder: `files/a.xlsx` or `2026/slug/a.xlsx`."""
    title: str
    source: str
    """Where it lies in the tree, relative to the root."""
    bytes: int
    sha256: str
    listed: bool
    """Whether the front matter names it (else only the body does)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One disclosure item, read and typed."""

    id: str
    """`<department>/<year>/<slug>`."""
    department: str
    path: str
    """Its Markdown file, relative to the root."""
    title: str
    category: str
    period: Period | str
    """A calendar period, or a stage's name, 临时 or 长期."""
    body: str
    """Markdown after the front matter."""
    body_line: int
    """Line of the file on which the body begins."""
    marks: Mapping[str, Mark]
    """Key (`notice.to` for nested ones) → where its value stands."""
    deadline: date | None = None
    formed: date | None = None
    number: str | None = None
    issuer: str | None = None
    summary: str | None = None
    keywords: tuple[str, ...] = ()
    phase: Phase | None = None
    process: str | None = None
    section: str | None = None
    audience: str | None = None
    notice: Notice | None = None
    review: Review | None = None
    validity: Validity | None = None
    interprets: str | None = None
    files: tuple[Attachment, ...] = ()
    corrects: str | None = None
    withdrawn: Withdrawn | None = None
    nil: str | None = None
    imported: str | None = None
    old_url: str | None = None
    index: str | None = None

    @property
    def year(self) -> int:
        """The year of its folder."""
        return int(self.id.split("/")[1])

    @property
    def slug(self) -> str:
        """The last part of its id."""
        return self.id.split("/")[2]

    @property
    def period_key(self) -> str:
        """The normalised text of `period`."""
        return self.period.key if isinstance(self.period, Period) else self.period

    @property
    def period_label(self) -> str:
        """`period` as a reader says it."""
        return self.period.label if isinstance(self.period, Period) else self.period

    @property
    def fills(self) -> bool:
        """Whether it can fill a slot: history (补录) and corrections (更正) do not."""
        return self.imported is None and self.corrects is None
