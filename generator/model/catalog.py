"""Catalogue rows: what the 公开目录 obliges which body to disclose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from generator.model.due import DueRule, Span
from generator.model.period import Every


class Class(StrEnum):
    """人财物案, village affairs, and the basic set every body owes."""

    BASIC = "基本"
    PEOPLE = "人"
    MONEY = "财"
    GOODS = "物"
    CASES = "案"
    VILLAGE = "村"


class Kind(StrEnum):
    """What a body is."""

    DEPARTMENT = "部门"
    STREET = "街道"
    VILLAGE = "村"


class Level(StrEnum):
    """公开层级."""

    PROVINCE = "省级"
    CITY = "市级"
    COUNTY = "县级"
    TOWN = "乡级"
    VILLAGE = "村级"


WHOLE_PROCESS = ("依据", "主体", "过程", "纪律", "结果")
"""The five elements of whole-process disclosure (整体性原则)."""


@dataclass(frozen=True, slots=True)
class Element:
    """A fact the disclosure must contain."""

    name: str
    words: tuple[str, ...] = ()
    """Other words that count as the element."""
    figure: bool = False
    """Whether it must hold a number."""


@dataclass(frozen=True, slots=True)
class Latest:
    """The day by which a slot is due while its event is not known."""

    month: int
    day: int
    same_year: bool


@dataclass(frozen=True, slots=True)
class Display:
    """公示 or 征求意见: its least length, and the limit of its outcome after it ends."""

    at_least: Span | None
    outcome_within: Span | None


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a row that is owed by stages."""

    name: str
    due: DueRule


@dataclass(frozen=True, slots=True)
class Bodies:
    """Which bodies a row binds; empty `kinds` and `names` bind all."""

    kinds: tuple[Kind, ...] = ()
    names: tuple[str, ...] = ()
    excepted: Mapping[str, str] = field(default_factory=dict)
    """Folder name of an excepted body → the reason."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the catalogue, one version of one duty."""

    category: str
    """一级事项/二级事项."""
    slug: str
    class_: Class
    basis: tuple[str, ...]
    every: Every
    due: DueRule
    """For rows owed by stages, the first stage's."""
    path: str
    """The file it was read from, relative to the root, or `标准目录/…`."""
    line: int = 1
    """Where in that file it begins."""
    elements: tuple[Element, ...] = ()
    bodies: Bodies = Bodies()
    levels: tuple[Level, ...] = ()
    stages: tuple[Stage, ...] = ()
    section: str | None = None
    per_section: bool = False
    channels_required: tuple[str, ...] = ()
    channels_optional: tuple[str, ...] = ()
    audience: str = "全社会"
    mode: str = "主动公开"
    whole_process: bool = False
    retain: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    also: tuple[str, ...] = ()
    domain: str | None = None
    """领域 of the 基层政务公开标准目录 (the key `field`)."""
    power: str | None = None
    series: str | None = None
    latest: Latest | None = None
    review_required: bool = False
    before_required: bool = False
    phase_required: bool = False
    notice: Display | None = None
    consult: Display | None = None
    display_at_most: str | None = None
    local: bool = False
    standard: bool = False

    @property
    def first_level(self) -> str:
        """一级事项."""
        return self.category.partition("/")[0]

    @property
    def name(self) -> str:
        """二级事项."""
        return self.category.partition("/")[2] or self.category

    @property
    def result_within(self) -> Span | None:
        """The limit of the result after a 公示 or consultation, if the row has one."""
        for display in (self.notice, self.consult):
            if display is not None and display.outcome_within is not None:
                return display.outcome_within
        return None

    def in_force(self, day: date) -> bool:
        """Whether this version governs a period that begins, or an event, on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Catalog:
    """All rows in order, standard first, local ones in their place or after."""

    rows: tuple[Row, ...]
    dropped: Mapping[str, str]
    """Slug of a standard row that the county switched off → its reason."""

    def versions(self, slug: str) -> tuple[Row, ...]:
        """All versions of the duty, in the order of the files."""
        return tuple(row for row in self.rows if row.slug == slug)

    def by_category(self, category: str) -> tuple[Row, ...]:
        """All versions filed under `一级事项/二级事项`."""
        return tuple(row for row in self.rows if row.category == category)
