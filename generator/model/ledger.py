"""The ledger's words: evidence, slots, statuses, rates (formats.md sections 3 to 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from generator.model.catalog import Row
from generator.model.department import Department
from generator.model.exemption import Exemption
from generator.model.item import Item
from generator.model.period import Period
from generator.model.site import Grade, Judge


class Status(StrEnum):
    """What became of a slot, derived and never typed."""

    OK = "ok"
    NIL = "nil"
    OPEN = "open"
    SOON = "soon"
    LATE = "late"
    PART = "part"
    MISS = "miss"
    NA = "na"
    HELD = "held"
    DOUBT = "doubt"
    SHOWN = "shown"

    @property
    def word(self) -> str:
        """The table's word."""
        return _WORDS[self]

    @property
    def mark(self) -> str:
        """A sign of GBK: the same on the page, in CSV, on paper and on a terminal."""
        return _MARKS[self]


_WORDS = {
    Status.OK: "按时",
    Status.NIL: "零报告",
    Status.OPEN: "未到期",
    Status.SOON: "临期",
    Status.LATE: "滞后",
    Status.PART: "部分公开",
    Status.MISS: "逾期未公开",
    Status.NA: "不适用",
    Status.HELD: "暂缓",
    Status.DOUBT: "时间未经证实",
    Status.SHOWN: "已公开",
}
_MARKS = {
    Status.OK: "√",
    Status.NIL: "○",
    Status.OPEN: "□",
    Status.SOON: "△",
    Status.LATE: "▲",
    Status.PART: "◣",
    Status.MISS: "×",
    Status.NA: "—",
    Status.HELD: "‖",
    Status.DOUBT: "？",
    Status.SHOWN: "◇",
}


class DueState(StrEnum):
    """Whether a due day stands."""

    FIXED = "fixed"
    PROVISIONAL = "provisional"
    WAITING = "waiting"
    NONE = "none"


class StepKind(StrEnum):
    """One step of a deadline's trace."""

    RULE = "rule"
    EVENT = "event"
    COUNT = "count"
    SKIP = "skip"
    EXTEND = "extend"
    SUSPEND = "suspend"
    ROLL = "roll"
    PROVISIONAL = "provisional"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class Step:
    """Why a due day is what it is, one step of the reckoning."""

    step: StepKind
    date: date | None
    n: int | None
    """For `count`: which day of the limit this is."""
    text: str
    source: str | None
    """Law article, notice number or document."""


@dataclass(frozen=True, slots=True)
class Due:
    """A due day with its trace."""

    day: date | None
    state: DueState
    trace: tuple[Step, ...]
    frozen: bool = False
    document: str | None = None
    """The last extension, suspension or rejudgement applied."""
    late: tuple[Exemption, ...] = ()
    """Documents dated after the due day of their moment: 逾期后补批, changing nothing."""


@dataclass(frozen=True, slots=True)
class Landing:
    """When a file landed on the main line (formats.md section 5)."""

    at: datetime
    commit: str


@dataclass(frozen=True, slots=True)
class Line:
    """One receipt line (formats.md section 6)."""

    seq: int
    at: datetime
    kind: str
    department: str
    item: str
    slot: str | None
    sha256: str
    due: date | None
    missing: tuple[str, ...]
    commit: str | None
    clock_given: bool
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class Seal:
    """One line of `site.jsonl`: the heads of all departments after a run."""

    seq: int
    at: datetime
    commit: str | None
    heads: Mapping[str, tuple[int, str]]
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class SeenHead:
    """One line of `witness.jsonl`: a seal of some site as it was seen from outside."""

    at: datetime
    source: str
    """The site's address."""
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What Git and the receipts know."""

    landings: Mapping[str, Landing]
    """Item id → landing; out-of-order ones are left out."""
    lines: Mapping[str, tuple[Line, ...]]
    """Department → its receipt lines, in order."""
    seals: tuple[Seal, ...]
    head: str | None
    """HEAD's commit, 40 hexadecimal digits; None without a repository."""
    head_at: datetime | None
    out_of_order: frozenset[str] = frozenset()
    """Items whose landing commit is dated more than 600 s before an ancestor."""
    seen: tuple[SeenHead, ...] = ()
    """What was seen of this site's seals, and of other sites'."""


@dataclass(frozen=True, slots=True)
class Public:
    """When something became public, and how that is known."""

    at: datetime
    """In +08:00."""
    grade: Grade
    found: bool
    seq: int | None
    commit: str | None

    @property
    def date(self) -> date:
        """The Beijing day."""
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Slot:
    """An obligation × a department × a period, with its status on `as_of`."""

    key: str
    department: Department
    row: Row
    period: Period | None
    process: str | None
    stage: str | None
    section: str | None
    result: bool
    event_kind: str | None
    event_date: date | None
    due: Due
    item: Item | None
    public: Public | None
    judged_on: date | None
    status: Status
    word: str
    """The table's word: 滞后, 未公开，未定期限 (formats.md section 4)."""
    label: str
    """The word with its figures: 滞后 2 个工作日."""
    days_late: int | None
    workdays_late: int | None
    workdays_left: int | None
    nil: bool
    missing: tuple[str, ...]
    flags: tuple[str, ...]
    reason: str | None
    document: str | None
    others: tuple[Item, ...] = ()
    """Further items that fill the same slot."""

    @property
    def tail(self) -> str:
        """The key after department and row."""
        return self.key.split("/", 2)[2]

    @property
    def name(self) -> str:
        """What is owed, as a reader says it: 公务接待费 2026年第三季度."""
        when = self.period.label if self.period else (self.stage or "")
        return " ".join(part for part in (self.row.name, when, self.section or "") if part)


@dataclass(frozen=True, slots=True)
class Fraction:
    """A rate that never goes without its fraction."""

    over: int
    under: int


@dataclass(frozen=True, slots=True)
class Rates:
    """A department's rates over slots with `since` ≤ due < as_of."""

    department: str
    on_time: Fraction
    covered: Fraction
    counts: Mapping[Status, int]


@dataclass(frozen=True, slots=True)
class Gap:
    """缺号: numbers of a 文号 series that were never published."""

    department: str
    series: str
    year: int
    numbers: tuple[int, ...]
    row: Row


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A department left out, and why."""

    department: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """台账: every slot and its status on one day."""

    as_of: date
    judge: Judge
    announced: tuple[int, ...]
    """Years that have a calendar."""
    slots: tuple[Slot, ...]
    """Sorted by key, code points."""
    rates: tuple[Rates, ...]
    gaps: tuple[Gap, ...]
    not_judged: tuple[NotJudged, ...]
    late_exemptions: tuple[Exemption, ...] = ()
    """Documents dated after the due day: shown as 逾期后补批, changing nothing."""
