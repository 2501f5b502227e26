"""为什么是这天: a due day's trace unfolded into sentences and a small calendar."""

from collections.abc import Iterable
from datetime import date, timedelta

from generator.model import DueState, Slot, Step, StepKind
from generator.render.parts import CalendarDay, Why
from generator.render.words import EVERY, Day, Text, limit_words, long_day, month_day

LONGEST = 140
"""Days beyond which a calendar helps nobody; the sentences stand alone then."""

_NOTED = (StepKind.EXTEND, StepKind.SUSPEND, StepKind.ROLL, StepKind.PROVISIONAL, StepKind.FROZEN)


def why(slot: Slot) -> Why:
    """The reckoning of a slot's due day, for `.why`."""
    trace = slot.due.trace
    sentences: list[Text] = [_rule(slot)]
    sentences.extend(_event(slot))
    if slot.due.state is DueState.WAITING:
        sentences.append(("起算的日子还没有到，到了才能算出是哪一天。",))
    elif slot.due.day is not None:
        tail = "，暂定" if slot.due.state is DueState.PROVISIONAL else ""
        sentences.append(("截止：", Day(slot.due.day), f" 24 时（北京时间）{tail}。"))
    weeks = _weeks(slot)
    notes = [_note(step) for step in trace if step.step in _NOTED]
    notes.extend((f"放假和调休依{source}。",) for source in _notices(trace))
    return Why(tuple(sentences), _caption(weeks), weeks, tuple(notes))


def _rule(slot: Slot) -> Text:
    rule = next((step for step in slot.due.trace if step.step is StepKind.RULE), None)
    name = f"公开目录“{slot.row.category.replace('/', '／')}”"
    if rule is None:
        return (f"{name}：{limit_words(slot)}。依据：{'；'.join(slot.row.basis)}。",)
    source = f"依据：{rule.source}。" if rule.source else ""
    return (f"{name}，{EVERY[slot.row.every]}：{rule.text.rstrip('。')}。{source}",)


def _event(slot: Slot) -> Iterable[Text]:
    for step in slot.due.trace:
        if step.step is StepKind.EVENT and step.date is not None:
            text = step.text.rstrip("。") or "起算日"
            yield (f"{text}：", Day(step.date), f"。{_direction(slot, step.date)}")


def _direction(slot: Slot, event: date) -> str:
    for step in slot.due.trace:
        if step.step in (StepKind.COUNT, StepKind.SKIP) and step.date is not None:
            back = step.date < event
            return "当天不算，从前一天往回数。" if back else "当天不算，从第二天数起。"
    return ""


def _note(step: Step) -> Text:
    source = f"（{step.source}）" if step.source else ""
    text = step.text.rstrip("。")
    if step.date is None:
        return (f"{text}{source}。",)
    return (f"{text}{source}：", Day(step.date), "。")


def _notices(trace: tuple[Step, ...]) -> tuple[str, ...]:
    counted = (StepKind.SKIP, StepKind.COUNT)
    return tuple(dict.fromkeys(s.source for s in trace if s.step in counted and s.source))


def _weeks(slot: Slot) -> tuple[tuple[CalendarDay, ...], ...]:
    steps = [s for s in slot.due.trace if s.step in (StepKind.COUNT, StepKind.SKIP) and s.date]
    if not any(s.step is StepKind.COUNT for s in steps) or slot.due.day is None:
        return ()
    event = next((s for s in slot.due.trace if s.step is StepKind.EVENT and s.date), None)
    days = {s.date for s in steps if s.date} | {slot.due.day}
    if event is not None and event.date is not None:
        days.add(event.date)
    first, last = min(days), max(days)
    if (last - first).days > LONGEST:
        return ()
    monday = first - timedelta(days=first.weekday())
    sunday = last + timedelta(days=6 - last.weekday())
    by_day: dict[date, Step] = {s.date: s for s in steps if s.date}
    shown = []
    for offset in range((sunday - monday).days + 1):
        day = monday + timedelta(days=offset)
        shown.append(_day(day, by_day.get(day), event, slot.due.day))
    return tuple(tuple(shown[i : i + 7]) for i in range(0, len(shown), 7))


def _day(day: date, step: Step | None, event: Step | None, due: date) -> CalendarDay:
    notes: list[str] = []
    kind = ""
    if event is not None and event.date == day:
        kind, notes = "start", ["起算"]
    if step is not None and step.step is StepKind.SKIP:
        kind = kind or "off"
        notes.append(_off(step.text))
    elif step is not None:
        notes.append(f"第\u00a0{step.n}")
        if "上班" in step.text:
            notes.append("上班")
    if day == due:
        kind = "end"
        if step is None:
            notes.append("截止")
    return CalendarDay(day, kind, tuple(notes))


def _off(text: str) -> str:
    """A skipped day's reason, short enough for a cell: 国庆节 stays, 周六 becomes 休."""
    if not text or text.startswith(("周", "星期")):
        return "休"
    return text[:4]


def _caption(weeks: tuple[tuple[CalendarDay, ...], ...]) -> str:
    if not weeks:
        return ""
    first, last = weeks[0][0].day, weeks[-1][-1].day
    end = month_day(last) if first.year == last.year else long_day(last)
    return f"{long_day(first)}至 {end}；第 n 是数到的第几天，灰底的不算"
