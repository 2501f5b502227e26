"""Percentages of running text that follow at once from the amounts beside them.

43.26万元，完成预算的90.1%; 2.10万元，比上年减少0.40万元，下降16%; 其中基本支出…万元，占40.9%.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.check.truth.figure import shown
from generator.check.truth.prose import Mismatch, Quantity, quantities, sentence

_N = r"([0-9][0-9,]*(?:\.[0-9]+)?)"
_P = r"([0-9]+(?:\.[0-9]+)?)\s*[%％]"
_MONEY = r"\s*(亿元|万元|元)"
_DONE = re.compile(
    rf"预算(?:数|安排|总额)?为?\s*{_N}{_MONEY}[，,]\s*[^，。；\n0-9]{{0,14}}(?:决算|支出|完成|执行)[^，。；\n0-9]{{0,8}}?"
    rf"{_N}\s*\2[，,]\s*(?:为|占|完成)[^，。；\n0-9]{{0,4}}预算数?的\s*{_P}"
)
_CHANGED = re.compile(
    r"(?:同比|环比|比上|比去|比2|较上|较去|较2|与上|与去|与2)[0-9]{0,3}[^，。；\n0-9]{0,10}?(?:相比[，,]?[^，。；\n0-9]{0,10}?)?"
    rf"(增加|减少|增长|下降|上升)了?\s*{_N}{_MONEY}[，,]\s*(增长|下降|上升|减少|增加|降低)[了约]?\s*{_P}"
)
_UP = ("增加", "增长", "上升")
_OTHERWISE = re.compile("可比|口径|剔除|扣除")
_SHARE = re.compile(
    rf"[，,（(]\s*占(?![用地道])((?:[^，。；\n0-9%约近超]{{0,16}}的)?)(?:比[例重]?为?)?\s*{_P}(?!以)"
)
_AMONG = re.compile(r"[，,；：。]?\s*其中[:：，,]?[^，。；、\n0-9]{0,16}")


def faults(text: str) -> Iterator[Mismatch]:
    """Every such percentage that its own amounts contradict."""
    for match in _DONE.finditer(text) if "预算" in text else ():
        bottom, top = _value(match.group(1)), _value(match.group(3))
        if bottom and not _fits(top, bottom, match.group(4)):
            yield _wrong(match, top, bottom, match.group(4))
    for match in _CHANGED.finditer(text):
        yield from _change(text, match)
    at = text.find("占")
    while at >= 0:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield from _shares(text, text.rfind("\n", 0, at) + 1, end)
        at = text.find("占", end)


def _change(text: str, match: re.Match[str]) -> Iterator[Mismatch]:
    moved, typed, unit, said, percent = match.groups()
    if (moved in _UP) != (said in _UP):
        message = f"金额写「{moved}」，百分比写「{said}」，方向相反"
        yield Mismatch(match.start(), match.end(), message, True)
        return
    start = text.rfind("\n", 0, match.start()) + 1
    before = [q for q in quantities(text, start, match.start()) if q.unit == unit]
    if not before or text[before[-1].end : match.start()].strip() not in ("，", ","):
        return
    if not before[-1].exact or _OTHERWISE.search(
        text, sentence(text, match.start())[0], match.end()
    ):
        return
    change = _value(typed)
    bases = [q.value - change if moved in _UP else q.value + change for q in before]
    blur = _half(before[-1].value) + _half(change)
    if any(base > blur and _fits(change, base, percent, blur) for base in bases):
        return
    if bases[-1] > blur:
        yield _wrong(match, change, bases[-1], percent)


def _shares(text: str, start: int, end: int) -> Iterator[Mismatch]:
    found = quantities(text, start, end)
    proven: set[tuple[str, Decimal]] = set()
    doubtful: list[tuple[re.Match[str], Quantity]] = []
    for match in _SHARE.finditer(text, start, end):
        part = next((q for q in found if q.end == match.start() and q.exact), None)
        if part is None:
            continue
        wholes = _wholes(found, part)
        fitting = {q.value for q in wholes if _fits(part.value, q.value, match.group(2))}
        proven |= {(match.group(1), value) for value in fitting}
        if not fitting and wholes:
            doubtful.append((match, part))
    for match, part in doubtful:
        wholes = _wholes(found, part)
        last = wholes[-1]
        led = _AMONG.fullmatch(text[last.end : part.start]) and not match.group(1)
        sure = [q for q in wholes if (match.group(1), q.value) in proven]
        if sure or (led and last.exact):
            yield _wrong(match, part.value, (sure or [last])[-1].value, match.group(2))


def _wholes(found: Sequence[Quantity], part: Quantity) -> list[Quantity]:
    return [
        q
        for q in found
        if q.end <= part.start and q.unit == part.unit and q.value >= part.value > 0
    ]


def _wrong(match: re.Match[str], top: Decimal, bottom: Decimal, typed: str) -> Mismatch:
    places = Decimal(1).scaleb(-max(len(typed.partition(".")[2]), 1))
    right = shown((top * 100 / bottom).quantize(places))
    message = f"{shown(top)} ÷ {shown(bottom)} 是 {right}%，写的是 {typed}%"
    return Mismatch(match.start(), match.end(), message, True)


def _fits(top: Decimal, bottom: Decimal, typed: str, blur: Decimal | None = None) -> bool:
    """Whether a percentage is right within its last place and the rounding of both amounts."""
    last = Decimal(1).scaleb(-len(typed.partition(".")[2]))
    up, down = _half(top), _half(bottom) if blur is None else blur
    least = (top - up) * 100 / (bottom + down)
    most = (top + up) * 100 / max(bottom - down, Decimal("0.0001"))
    return least - last <= Decimal(typed) <= most + last


def _half(value: Decimal) -> Decimal:
    """Half a unit in the last place of a measure; nought for a whole number."""
    places = -int(value.as_tuple().exponent)
    return Decimal(1).scaleb(-places) / 2 if places > 0 else Decimal(0)


def _value(typed: str) -> Decimal:
    return Decimal(typed.replace(",", ""))
