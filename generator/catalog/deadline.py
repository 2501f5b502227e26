"""Due days, reckoned step by step with their trace (formats.md section 3)."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from generator.model import (
    Before,
    Due,
    DueRule,
    DueState,
    Event,
    Exemption,
    ExemptionKind,
    Latest,
    On,
    OnDay,
    Period,
    Promptly,
    Roll,
    Span,
    Standing,
    Step,
    StepKind,
    Unit,
    Within,
)
from generator.workdays import Workdays

_EVENT_NAMES = {
    Event.PERIOD_END: "期末",
    Event.FORMED: "形成日期〔自填〕",
    Event.NOTICE_END: "公示期满",
    Event.STAGE: "上一阶段形成日期〔自填〕",
}
_FROM = {
    Event.PERIOD_END: "期末次日起",
    Event.FORMED: "形成之日起",
    Event.NOTICE_END: "公示期满之日起",
    Event.STAGE: "上一阶段形成之日起",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a due rule counts from; None for what is not known (yet)."""

    period: Period | None = None
    formed: date | None = None
    notice_end: date | None = None
    stage_before: date | None = None
    began: date | None = None
    """For standing rows: the day on which the duty began."""

    def event(self, event: Event) -> date | None:
        """The day of `event`."""
        match event:
            case Event.PERIOD_END:
                return self.period.last if self.period else None
            case Event.FORMED:
                return self.formed
            case Event.NOTICE_END:
                return self.notice_end
            case Event.STAGE:
                return self.stage_before
            case _:
                assert_never(event)


def spoken(span: Span) -> str:
    """`20 个工作日`, `30 天（自然日）`."""
    return f"{span.count} {span.unit.label}"


def rule_sentence(rule: DueRule, latest: Latest | None = None) -> str:
    """The rule as a reader says it."""
    match rule:
        case Within(span, after, _):
            text = f"{_FROM[after]} {spoken(span)}内"
        case Before(span, _):
            text = f"形成之日前 {spoken(span)}以前"
        case On(month, day, same_year, _):
            text = f"{'当年' if same_year else '次年'} {month} 月 {day} 日以前"
        case OnDay(day, first_month, _):
            text = f"{'期内首月' if first_month else '期后首月'} {day} 日以前"
        case Standing():
            text = "长期公开"
        case Promptly():
            text = "及时公开，时限不能计算"
        case _:
            assert_never(rule)
    if latest is not None:
        text += f"，最迟{'当年' if latest.same_year else '次年'} {latest.month} 月 {latest.day} 日"
    return text


def reckon(
    rule: DueRule,
    facts: Facts,
    workdays: Workdays,
    *,
    basis: Sequence[str] = (),
    local: bool = False,
    latest: Latest | None = None,
) -> Due:
    """The due day by the rule alone, unrolled: `settle` applies exemptions, then rolls."""
    source = "本地规定" if local else ("；".join(basis) or None)
    head = Step(StepKind.RULE, None, None, rule_sentence(rule, latest), source)
    match rule:
        case Within(span, after, roll):
            start = facts.event(after)
            if start is None:
                return _unknown(head, facts, latest)
            day, counted = workdays.count(start, span)
            event = Step(StepKind.EVENT, start, None, _EVENT_NAMES[after], None)
            loose = span.unit is Unit.DAYS and roll is Roll.NONE
            return _due(day, (head, event, *counted), workdays, judged=not loose)
        case Before(span, _):
            if facts.formed is None:
                return _unknown(head, facts, latest)
            day, counted = workdays.count_back(facts.formed, span)
            event = Step(StepKind.EVENT, facts.formed, None, _EVENT_NAMES[Event.FORMED], None)
            return _due(day, (head, event, *counted), workdays, judged=span.unit is Unit.WORKDAYS)
        case On(month, day_of_month, same_year, _):
            assert facts.period is not None
            year = facts.period.last.year + (0 if same_year else 1)
            return _due(date(year, month, day_of_month), (head,), workdays, judged=False)
        case OnDay(day_of_month, first_month, _):
            assert facts.period is not None
            first = facts.period.first if first_month else facts.period.shift(1).first
            last = calendar.monthrange(first.year, first.month)[1]
            day = first.replace(day=min(day_of_month, last))
            return _due(day, (head,), workdays, judged=False)
        case Standing():
            assert facts.began is not None
            event = Step(StepKind.EVENT, facts.began, None, "义务开始之日", None)
            return _due(facts.began, (head, event), workdays, judged=False)
        case Promptly():
            return Due(None, DueState.NONE, (head,))
        case _:
            assert_never(rule)


def _unknown(head: Step, facts: Facts, latest: Latest | None) -> Due:
    if latest is None or facts.period is None:
        return Due(None, DueState.WAITING, (head,))
    year = facts.period.last.year + (0 if latest.same_year else 1)
    day = date(year, latest.month, latest.day)
    step = Step(StepKind.EVENT, day, None, "起算日期还不知道，按最迟日", None)
    return Due(day, DueState.FIXED, (head, step))


def _due(day: date, trace: tuple[Step, ...], workdays: Workdays, *, judged: bool) -> Due:
    provisional = judged and workdays.touches_unannounced(trace)
    return Due(day, DueState.PROVISIONAL if provisional else DueState.FIXED, trace)


def rolls(rule: DueRule) -> bool:
    """Whether a due day by this rule moves from a day off to the next working day."""
    match rule:
        case Within(span, _, roll):
            return span.unit is Unit.DAYS and roll is Roll.NEXT
        case Before(_, roll) | On(_, _, _, roll) | OnDay(_, _, roll):
            return roll is Roll.NEXT
        case Standing() | Promptly():
            return False
        case _:
            assert_never(rule)


def settle(due: Due, rolling: bool, exemptions: Sequence[Exemption], workdays: Workdays) -> Due:
    """The due day after extensions (in order of `on`), roll, and suspension.

    A document dated after the due day of that moment changes nothing and is kept in `late`.
    """
    if due.day is None:
        return due
    extends = sorted(
        (e for e in exemptions if e.kind is ExemptionKind.EXTEND and e.by and e.on),
        key=lambda e: (e.on or date.min, e.path, e.line),
    )
    day, trace, document, late = due.day, list(due.trace), due.document, list(due.late)
    provisional = due.state is DueState.PROVISIONAL
    for extend in extends:
        assert extend.by is not None and extend.on is not None
        if extend.on > _rolled(day, rolling, workdays)[0]:
            late.append(extend)
            continue
        day, counted = workdays.count(day, extend.by)
        text = f"批准延长 {spoken(extend.by)}"
        trace += [Step(StepKind.EXTEND, day, None, text, extend.document), *counted]
        document = extend.document
        rolling = rolling or extend.by.unit is Unit.DAYS
        provisional = provisional or workdays.touches_unannounced(counted)
    day, rolled = _rolled(day, rolling, workdays)
    trace += rolled
    provisional = provisional or workdays.touches_unannounced(rolled[:-1])
    for suspend in exemptions:
        if suspend.kind is not ExemptionKind.SUSPEND or suspend.until is None:
            continue
        if suspend.on is not None and suspend.on > day:
            late.append(suspend)
            continue
        if suspend.until > day:
            day = suspend.until
        text = f"批准暂缓至 {suspend.until.isoformat()}"
        trace.append(Step(StepKind.SUSPEND, suspend.until, None, text, suspend.document))
        document = suspend.document
    state = due.state
    if provisional:
        state = DueState.PROVISIONAL
        years = sorted({s.date.year for s in trace if s.date and not workdays.is_announced(s.date)})
        years_text = "、".join(str(year) for year in years)
        trace.append(
            Step(
                StepKind.PROVISIONAL,
                day,
                None,
                f"{years_text} 年放假安排还没有公布，先按周一至周五算，公布后重算",
                None,
            )
        )
    return replace(
        due,
        day=day,
        state=state,
        trace=tuple(trace),
        document=document,
        late=tuple(late),
    )


def _rolled(day: date, rolling: bool, workdays: Workdays) -> tuple[date, tuple[Step, ...]]:
    return workdays.roll(day) if rolling else (day, ())


def frozen(due: Due, day: date, at: date, seq: int) -> Due:
    """The due day that the slot's first receipt carries: it stands whatever came later."""
    step = Step(
        StepKind.FROZEN,
        day,
        None,
        f"以首次公开时回执所记的应公开日为准（{at.isoformat()}）",
        f"第 {seq} 条回执",
    )
    return Due(day, DueState.FIXED, (*due.trace, step), True, due.document, due.late)
