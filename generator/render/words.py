"""Shared wording of all pages: days, limits, evidence, statuses, rates (zh-CN)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from generator.model import (
    Before,
    Class,
    DueRule,
    Event,
    Every,
    Fraction,
    Grade,
    Ledger,
    On,
    OnDay,
    Promptly,
    Public,
    Row,
    Slot,
    Standing,
    Status,
    Within,
)

EVERY = {
    Every.MONTH: "每月", Every.QUARTER: "每季度", Every.HALF: "每半年", Every.YEAR: "每年",
    Every.EVENT: "发生即公开", Every.STAGE: "分阶段", Every.STANDING: "长期公开",
}  # fmt: skip
"""How often a row is owed, as a reader says it."""

CLASS_NAMES = {
    Class.BASIC: "基本公开", Class.PEOPLE: "用人公开", Class.MONEY: "用钱公开",
    Class.GOODS: "用物公开", Class.CASES: "办案公开", Class.VILLAGE: "村务公开",
}  # fmt: skip
"""人财物案 in full."""

CLASS_SLUGS = {
    Class.BASIC: "jiben", Class.PEOPLE: "ren", Class.MONEY: "cai",
    Class.GOODS: "wu", Class.CASES: "an", Class.VILLAGE: "cun",
}  # fmt: skip
"""The class in an address."""


@dataclass(frozen=True, slots=True)
class Badge:
    """What `.st` shows: the machine word is the class (`st-late`), the Chinese word the text."""

    kind: str
    word: str

    @property
    def tight(self) -> str:
        """The word for a narrow cell: 滞后 2 工作日."""
        return self.word.replace(" 个工作日", " 工作日")


@dataclass(frozen=True, slots=True)
class Day:
    """A date in running text; without its year where `year` (the page's own) is the same."""

    day: date
    year: int | None = None

    @property
    def text(self) -> str:
        """`11-03`, or `2026-11-03` where the year differs or is not known from the page."""
        iso = self.day.isoformat()
        return iso[5:] if self.year == self.day.year else iso


Text = tuple["str | Day | date", ...]
"""Running text with dates in it, so that templates can put them in `<time>`."""


def long_day(day: date) -> str:
    """`2026 年 11 月 3 日`; the spaces do not break."""
    return f"{day.year}\u00a0年\u00a0{day.month}\u00a0月\u00a0{day.day}\u00a0日"


def month_day(day: date) -> str:
    """`11 月 3 日`; the spaces do not break."""
    return f"{day.month}\u00a0月\u00a0{day.day}\u00a0日"


def moment(at: datetime) -> str:
    """`2026-10-30 09:12`, Beijing time."""
    return at.strftime("%Y-%m-%d %H:%M")


def size(count: int) -> str:
    """Bytes as `18 kB` or `1.2 MB` (1 kB = 1000 bytes); never 0."""
    if count < 999_500:
        return f"{max(1, round(count / 1000))}\u00a0kB"
    return f"{count / 1_000_000:.1f}\u00a0MB"


def halves(sha256: str) -> str:
    """A hash in two halves, so that a reader can compare it by eye."""
    return f"{sha256[:32]} {sha256[32:]}"


def percent(fraction: Fraction) -> str:
    """`93.1%`, or a dash where nothing is counted; 100% only when all are."""
    if fraction.under == 0:
        return "—"
    share = fraction.over * 1000 / fraction.under
    tenths = min(round(share), 999) if fraction.over < fraction.under else 1000
    return f"{tenths / 10:.1f}%"


def evidence(public: Public | None) -> str:
    """How a public time is known: 〔凭回执第 1407 条〕 · 〔凭 Git 记录〕 · 〔无凭据〕."""
    if public is None:
        return "〔无凭据〕"
    if public.grade is Grade.GIT:
        return "〔凭 Git 记录〕"
    return f"〔凭回执第\u00a0{public.seq}\u00a0条〕"


def evidence_short(public: Public | None) -> str:
    """The same for a list: 〔凭回执〕 · 〔凭 Git 记录〕 · 〔无凭据〕."""
    if public is not None and public.grade is Grade.RECEIPT:
        return "〔凭回执〕"
    return evidence(public)


def public_word(public: Public) -> str:
    """What the time is: Git alone knows a merge, never a 首次公开 (formats.md section 5)."""
    if public.grade is Grade.GIT:
        return "合并"
    return "首次核到" if public.found else "首次公开"


def trial(ledger: Ledger) -> bool:
    """Whether the site is still on trial: no lateness is shown (formats.md 4.8)."""
    return ledger.judge.trial is not None and ledger.as_of <= ledger.judge.trial


def badge(slot: Slot, on_trial: bool) -> Badge:
    """The slot's status with its figures; on trial without a word about time."""
    if on_trial and slot.status in _ON_TRIAL:
        return _ON_TRIAL[slot.status]
    word = slot.label or slot.status.word
    if slot.status is Status.SOON and slot.workdays_left is not None:
        word = f"临期，还剩 {slot.workdays_left} 个工作日"
    return Badge(slot.status.value, word)


_ON_TRIAL = {
    Status.OK: Badge("shown", "已公开"),
    Status.LATE: Badge("shown", "已公开"),
    Status.DOUBT: Badge("shown", "已公开"),
    Status.SOON: Badge("open", "还没有公开"),
    Status.MISS: Badge("open", "还没有公开"),
}


def rule_words(row: Row, rule: DueRule) -> str:
    """A due rule as a sentence without its subject: 每季度结束后 20 个工作日内."""
    match rule:
        case Within(span, Event.PERIOD_END, _):
            return f"{EVERY[row.every]}结束后 {span.count} {span.unit.label}内"
        case Within(span, Event.FORMED, _):
            return f"形成之日起 {span.count} {span.unit.label}内"
        case Within(span, Event.NOTICE_END, _):
            return f"公示期满后 {span.count} {span.unit.label}内"
        case Within(span, _, _):
            return f"上一阶段完成后 {span.count} {span.unit.label}内"
        case Before(span, _):
            return f"事项发生前至少 {span.count} {span.unit.label}"
        case On():
            year = "当年" if rule.same_year else "次年"
            return f"{year} {rule.month} 月 {rule.day} 日前"
        case OnDay():
            return f"{_on_day_month(row, rule)} {rule.day} 日前"
        case Standing():
            return "长期公开，随时更新"
        case Promptly():
            return "及时公开"
        case _:
            assert_never(rule)


def _on_day_month(row: Row, rule: OnDay) -> str:
    if row.every is Every.MONTH:
        return "当月" if rule.first_month else "次月"
    return f"{EVERY[row.every]}首月" if rule.first_month else f"{EVERY[row.every]}结束后次月"


def rule_of(slot: Slot) -> DueRule:
    """The rule that governs a slot: its stage's own, else the row's."""
    for stage in slot.row.stages:
        if stage.name == slot.stage:
            return stage.due
    return slot.row.due


def limit_words(slot: Slot) -> str:
    """The limit of a slot in words; a result slot counts from the end of its 公示."""
    span = slot.row.result_within
    if slot.result and span is not None:
        return f"公示期满后 {span.count} {span.unit.label}内"
    return rule_words(slot.row, rule_of(slot))


def dial(phone: str) -> str:
    """The digits to dial, or nothing where the text holds no telephone number alone."""
    digits = "".join(c for c in phone if c in "0123456789")
    plain = all(c in "0123456789-－—  ()（）+转" for c in phone)
    return digits if plain and 3 <= len(digits) <= 16 else ""


def at(up: str, href: str) -> str:
    """An address from the site's root, as the page writes it; whole ones and `#…` stay."""
    return href if href.startswith("#") or ":" in href.split("/", 1)[0] else up + href
