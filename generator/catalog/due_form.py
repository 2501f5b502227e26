"""A row's `due` as written → a due rule, or what contradicts the row's `every`."""

import re

from generator.model import (
    Before,
    DueRule,
    Event,
    Every,
    Latest,
    On,
    OnDay,
    Promptly,
    Roll,
    Standing,
    Within,
)
from generator.rules import catalog as rules
from generator.source import Fields, NodeMap, NodeScalar

PERIODIC = frozenset({Every.MONTH, Every.QUARTER, Every.HALF, Every.YEAR})
_MAY_FOLLOW = {
    Event.PERIOD_END: PERIODIC,
    Event.FORMED: PERIODIC | {Every.EVENT, Every.STAGE},
    Event.NOTICE_END: PERIODIC | {Every.EVENT, Every.STAGE},
    Event.STAGE: frozenset({Every.STAGE}),
}
_MONTH_DAY = r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_LAST_DAY = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
_EVENTS = {event.value: event for event in Event}
_ROLLS = {roll.value: roll for roll in Roll}


def read_due(fields: Fields, every: Every, key: str = "due") -> DueRule | None:
    """The rule of `key`; a form that does not go with `every` is reported and gives None."""
    node = fields.raw(key)
    if node is None:
        return None
    if isinstance(node, NodeScalar):
        return _word(fields, node.text.strip(), every, key)
    if not isinstance(node, NodeMap):
        fields.map(key)
        return None
    due = fields.nested(node, key)
    rule: DueRule | None = None
    if due.has("within"):
        rule = _within(due, every)
    elif due.has("before"):
        rule = _before(due, every)
    elif due.has("on"):
        rule = _on(due, every)
    elif due.has("on_day"):
        rule = _on_day(due, every)
    else:
        due.report(
            rules.CONTRADICTORY_ROW,
            due.place(),
            "时限里没有 `within` `before` `on` `on_day` 之一",
            "写成 `{within: 20 workdays, after: period_end}` 等",
        )
        due.free_keys()
    due.finish()
    return rule


def _misfit(fields: Fields, key: str, every: Every, what: str, fit: str) -> None:
    fields.report(
        rules.CONTRADICTORY_ROW,
        fields.place(key),
        f"时限「{what}」不能和频次 `{every.value}` 配在一起",
        f"{what}只能配 {fit}",
    )


def _word(fields: Fields, word: str, every: Every, key: str) -> DueRule | None:
    if word == "standing":
        if every is Every.STANDING:
            return Standing()
        _misfit(fields, key, every, "standing", "`every: standing`")
    elif word == "promptly":
        if every in (Every.EVENT, Every.STAGE, Every.STANDING):
            return Promptly()
        _misfit(fields, key, every, "promptly", "`event` `stage` `standing`")
    else:
        fields.report(
            rules.CONTRADICTORY_ROW,
            fields.place(key),
            f"时限里没有「{word}」这一种",
            "写 `standing`、`promptly`，或 `{within: …}` `{before: …}` `{on: …}` `{on_day: …}`",
        )
    return None


def _within(due: Fields, every: Every) -> DueRule | None:
    span = due.span("within", required=True)
    event = due.choice("after", _EVENTS, required=True)
    roll = due.choice("roll", _ROLLS) or Roll.NEXT
    if span is None or event is None:
        return None
    if every not in _MAY_FOLLOW[event]:
        fit = "、".join(f"`{e.value}`" for e in Every if e in _MAY_FOLLOW[event])
        _misfit(due, "after", every, f"after: {event.value}", fit)
        return None
    return Within(span, event, roll)


def _before(due: Fields, every: Every) -> DueRule | None:
    span = due.span("before", required=True)
    due.choice("event", {"formed": Event.FORMED}, required=True)
    roll = due.choice("roll", _ROLLS) or Roll.NONE
    if every is Every.STANDING:
        _misfit(due, "before", every, "before", "`event` `stage` 和按期的频次")
        return None
    return Before(span, roll) if span else None


def _month_day(fields: Fields, key: str) -> tuple[int, int] | None:
    text = fields.pattern(key, _MONTH_DAY, "`月-日`，如 `01-31`", required=True)
    match = re.fullmatch(_MONTH_DAY, text or "")
    if match is None:
        return None
    month, day = int(match.group(1)), int(match.group(2))
    if day > _LAST_DAY[month]:
        fields.report(
            rules.CONTRADICTORY_ROW,
            fields.place(key),
            f"不是每年都有 {month} 月 {day} 日",
            f"写 `{month:02d}-{_LAST_DAY[month]}` 以前的日子",
        )
        return None
    return month, day


def _on(due: Fields, every: Every) -> DueRule | None:
    month_day = _month_day(due, "on")
    same = due.choice("year", {"same": True, "next": False}) or False
    roll = due.choice("roll", _ROLLS) or Roll.NONE
    if every not in PERIODIC:
        _misfit(due, "on", every, "on", "按期的频次（年、半年、季、月）")
        return None
    return On(*month_day, same, roll) if month_day else None


def _on_day(due: Fields, every: Every) -> DueRule | None:
    day = due.integer("on_day", least=1, most=31, required=True)
    first = due.choice("of", {"first_month_after": False, "first_month": True}, required=True)
    roll = due.choice("roll", _ROLLS) or Roll.NONE
    if every not in PERIODIC:
        _misfit(due, "on_day", every, "on_day", "按期的频次（年、半年、季、月）")
        return None
    return OnDay(day, first, roll) if day is not None and first is not None else None


def read_latest(fields: Fields, every: Every) -> Latest | None:
    """`latest`: the due day while the event of the rule is not known."""
    latest = fields.map("latest")
    if latest is None:
        return None
    month_day = _month_day(latest, "on")
    same = latest.choice("year", {"same": True, "next": False}) or False
    latest.finish()
    if every not in PERIODIC:
        _misfit(fields, "latest", every, "latest", "按期的频次（年、半年、季、月）")
        return None
    return Latest(*month_day, same) if month_day else None
