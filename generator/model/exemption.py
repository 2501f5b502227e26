"""Exemptions: the supervisor's, dated and public (formats.md section 3)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.model.due import Span


class ExemptionKind(StrEnum):
    """不适用 · 延长 · 暂缓 · 号码说明 · 重判."""

    NOT_APPLICABLE = "not_applicable"
    EXTEND = "extend"
    SUSPEND = "suspend"
    NUMBER = "number"
    REJUDGE = "rejudge"

    @property
    def label(self) -> str:
        """The word a reader sees."""
        return {
            "not_applicable": "不适用",
            "extend": "延长",
            "suspend": "暂缓",
            "number": "缺号说明",
            "rejudge": "更正期限",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Exemption:
    """One line of `content/exemptions/*.yml`."""

    kind: ExemptionKind
    path: str
    line: int
    department: str | None = None
    category: str | None = None
    period: str | None = None
    item: str | None = None
    slot: str | None = None
    reason: str | None = None
    document: str | None = None
    on: date | None = None
    first: date | None = None
    """`from`."""
    last: date | None = None
    """`to`, inclusive."""
    by: Span | None = None
    until: date | None = None
    """Inclusive."""
    series: str | None = None
    year: int | None = None
    numbers: tuple[int, ...] = ()
