"""Diagnostics as data: what is wrong, where, and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """错误 blocks; 警告 must be acknowledged; 提示 is folded away (formats.md section 8)."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        """Two characters, so that columns line up."""
        return {"error": "错误", "warning": "警告", "notice": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Place:
    """A span in a file of the root; lines and columns count characters from 1."""

    path: str
    """Relative to the root, with `/`."""
    line: int | None = None
    """None for a finding about a whole file or folder."""
    column: int | None = None
    end_column: int | None = None
    """Exclusive."""
    locator: str | None = None
    """Inside an attachment: `工作表 明细!C7`, `第 3 行` (formats.md section 9)."""

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Orders by place; whole-file findings first."""
        return (self.path, self.line or 0, self.column or 0, self.locator or "")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the gate; its code is permanent."""

    code: str
    """A family letter F C D L T W and three digits."""
    name: str
    """Named for the fault: `impossible-date`."""
    severity: Severity
    title: str
    """In Chinese, short: 日期不存在."""
    doc: str
    """Four parts: 查什么 · 为什么 · 错例 · 对例, each a paragraph headed by its name."""
    fixable: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """A mechanical repair: replace characters `start` to `end` of the file's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a fact, and the 改法."""

    place: Place
    rule: Rule
    message: str
    """States the fact, quotes the value; no trailing full stop for one sentence."""
    hint: str
    """Begins with a verb; the renderer puts 改法: before it. Empty where nothing can be said."""
    item: str | None = None
    """Id of the item it is about."""
    edits: tuple[Edit, ...] = ()
    severity_override: Severity | None = None
    """Set by a baseline, which turns old findings into 提示, and for what an imported item says."""

    @property
    def severity(self) -> Severity:
        """What it counts as."""
        return self.severity_override or self.rule.severity

    @property
    def fixable(self) -> bool:
        """Whether `check --fix` mends it."""
        return bool(self.edits)

    @property
    def sort_key(self) -> tuple[tuple[str, int, int, str], str, str]:
        """Sorted by place, then code."""
        return (self.place.sort_key, self.rule.code, self.message)


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A file that the gate could not read: *valid* is not *good*."""

    path: str
    reason: str
