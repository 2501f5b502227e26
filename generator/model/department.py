"""Departments and what they publish beside items: services and powers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.model.catalog import Kind, Level
from generator.model.item import Attachment, Item, Mark


@dataclass(frozen=True, slots=True)
class Leader:
    """负责人: must be public (条例 20-2)."""

    name: str
    post: str
    duty: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """科室."""

    name: str
    duty: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Post:
    """A role of the disclosure work: the post, and its accounts on each forge."""

    post: str
    accounts: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Power:
    """One row of the 权责清单."""

    code: str
    name: str
    class_: str
    body: str
    basis: str
    limit: str
    process: str
    responsibility: str
    line: int


POWER_CLASSES = (
    "行政许可",
    "行政处罚",
    "行政强制",
    "行政征收",
    "行政给付",
    "行政检查",
    "行政确认",
    "行政奖励",
    "行政裁决",
    "社会经济事务管理",
    "其他",
)


@dataclass(frozen=True, slots=True)
class Material:
    """What an applicant brings."""

    name: str
    source: str | None
    form: str | None
    copies: str | None
    sample: str | None


@dataclass(frozen=True, slots=True)
class ServiceStep:
    """One step of handling, who does it, within what limit."""

    name: str
    who: str | None
    limit: str | None


@dataclass(frozen=True, slots=True)
class Service:
    """办事指南."""

    slug: str
    department: str
    path: str
    title: str
    category: str
    body: str
    body_line: int
    marks: Mapping[str, Mark]
    basis: tuple[str, ...]
    audience: str | None
    conditions: tuple[str, ...]
    materials: tuple[Material, ...]
    steps: tuple[ServiceStep, ...]
    legal_limit: str | None
    """法定办结时限, working days, as typed."""
    promised_limit: str | None
    fee: Mapping[str, str]
    """`standard`, `basis`, `reductions`; a plain 不收费 is `standard` alone."""
    window: Mapping[str, str]
    """`place`, `hours`, `phone`."""
    complaints: str | None
    forms: tuple[Attachment, ...]
    result: str | None
    online: str | None


@dataclass(frozen=True, slots=True)
class Department:
    """A body that discloses: 部门, 街道 or 村."""

    folder: str
    name: str
    kind: Kind
    level: Level
    phone: str
    complaints: str
    path: str
    parent: str | None = None
    start: date | None = None
    end: date | None = None
    code: str | None = None
    address: str | None = None
    hours: str | None = None
    leaders: tuple[Leader, ...] = ()
    sections: tuple[Section, ...] = ()
    clerk: Post | None = None
    reviewer: Post | None = None
    secrecy_reviewer: Post | None = None
    powers_total: Mapping[str, int] | None = None
    powers: tuple[Power, ...] = ()
    services: tuple[Service, ...] = ()
    items: tuple[Item, ...] = ()
