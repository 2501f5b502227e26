"""Rates of running text: against their own numbers, over 100 %, or without a denominator."""

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.check.truth.figure import shown
from generator.check.truth.prose import Mismatch, Quantity, quantities, sentence
from generator.check.truth.ratios import BOUNDED, DENOMINATORS

_PERCENT = r"([0-9]+(?:\.[0-9]+)?)[*\s]*(?:%|％)"
_RATE = re.compile(
    r"((?:"
    + BOUNDED
    + r")[一-鿿]{0,2}(?:率|度))[^，。；\n0-9|]{0,8}?"
    + _PERCENT
    + "(以上|以内|左右)?"
)
_OVER = re.compile(
    r"占(?![用地道])[^，。；\n|%增超]{1,24}?"
    + _PERCENT
    + r"(以上)?|(?:比重|占比|比例)[^，。；\n0-9|]{0,6}?"
    + _PERCENT
    + "(以上)?"
)
_WHOLE = re.compile(
    "(?:满意|合格|办结|覆盖|知晓|到位|回复|答复)[^，。；\n0-9|]{0,6}?100(?:%|％)以上"
)
_DIVISION = re.compile(
    r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*[一-鿿]{0,2}\s*[÷/／]\s*([0-9][0-9,]*(?:\.[0-9]+)?)\s*[一-鿿]{0,2}\s*(?:×\s*100%\s*)?[=＝≈]\s*"
    + _PERCENT
)
_GREW = re.compile(
    r"由[^，。；\n0-9]{0,10}?([0-9][0-9,.]*)\s*([一-鿿]{1,4}?)(?:增加|增长|提高|上升|扩大|下降|减少|降低|减)(?:到|至|为)[了]?\s*([0-9][0-9,.]*)\s*[一-鿿]{1,6}[，,]\s*"
    r"(?:同比|环比|较上年|比上年)?(增长|增加|提高|上升|下降|减少|降低|降幅为?|增幅为?)[了约]?\s*"
    + _PERCENT
)
_PLAN = re.compile(
    "力争|确保|目标|不低于|不少于|应当|争取|必须|要达|计划|预期|须达|要求|提高到|努力|保持在|不得|达不到|以上的"
)
_ALL = re.compile("全部|均已|全数|悉数|都已|逐一|逐件|无一")
_DIGITS = re.compile("[0-9]")
_OTHER = {
    "满意": re.compile("回访|评价|测评|问卷|参评|受访|访问|征求|调查|走访"),
    "合格": re.compile("抽检|抽查|检查|检测|检验|抽样|验收"),
    "知晓": re.compile("问卷|调查|走访|访问"),
    "覆盖": re.compile("应|共有|全[市县区镇乡村街]"),
    "出勤": re.compile("应到"),
    "到会": re.compile("应到"),
}


def division_faults(text: str) -> Iterator[Mismatch]:
    """440 ÷ 446 = 98.7%, and 由120件增加到150件，增长25%: what is reckoned out and wrong."""
    for match in _DIVISION.finditer(text):
        top, bottom, said = (Decimal(match.group(n).replace(",", "")) for n in (1, 2, 3))
        if bottom and not _close(top * 100 / bottom, said, match.group(3)):
            yield Mismatch(
                match.start(),
                match.end(),
                f"{shown(top)} ÷ {shown(bottom)} 是 {_percent(top, bottom, match.group(3))}%，写的是 {match.group(3)}%",
                True,
            )
    for match in _GREW.finditer(text):
        old, new = (Decimal(match.group(n).replace(",", "").rstrip(".") or "0") for n in (1, 3))
        said = Decimal(match.group(5))
        if not old:
            continue
        grown = abs(new - old) * 100 / old
        if not _close(grown, said, match.group(5)):
            yield Mismatch(
                match.start(),
                match.end(),
                f"由 {shown(old)} 到 {shown(new)}，变动是 {_percent(abs(new - old), old, match.group(5))}%，写的是 {match.group(5)}%",
                True,
            )


def rate_faults(text: str) -> Iterator[Mismatch]:
    """X率 p% beside its numerator and denominator in one sentence."""
    for match in _RATE.finditer(text):
        if match.group(3) or text[match.end() : match.end() + 1] == "以":
            continue
        start, end = sentence(text, match.start())
        if _PLAN.search(text, max(start, match.start() - 14), match.end()):
            continue
        stem = match.group(1)[:-1]
        said = Decimal(match.group(2))
        found = [q for q in quantities(text, start, end) if q.exact and q.end <= match.start()]
        top = _numerator(text, start, found, stem)
        if top is None or said > 100:
            continue
        others = [q for q in found if q is not top and q.unit == top.unit and q.value]
        if not others:
            continue
        if any(_close(top.value * 100 / q.value, said, match.group(2)) for q in others):
            continue
        wholes = [
            q
            for q in others
            if DENOMINATORS.search(_clause(text, start, q)) and q.value >= top.value
        ]
        own = _OTHER.get(next((s for s in BOUNDED.split("|") if s in stem), stem))
        if own is not None:
            wholes = [q for q in wholes if own.search(_clause(text, start, q))] or wholes
        if len({q.value for q in wholes}) != 1:
            continue
        whole = wholes[-1]
        yield Mismatch(
            match.start(),
            match.end(),
            f"{shown(top.value)} ÷ {shown(whole.value)} 是 {_percent(top.value, whole.value, match.group(2))}%，"
            f"{match.group(1)}写 {match.group(2)}%",
            True,
        )


def over_faults(text: str) -> Iterator[Mismatch]:
    """More than the whole: 占办件量的100%以上, 满意率 102%."""
    for match in _OVER.finditer(text):
        said = Decimal(match.group(1) or match.group(3))
        above = match.group(2) or match.group(4)
        if said > 100 or (said == 100 and above):
            if re.search(
                "上年|去年|同期|计划|预算|目标|任务|上月|上季|工资|基数|标准", match.group()
            ):
                continue
            yield _over(match, f"{shown(said)}%{above or ''}")
    for match in _RATE.finditer(text):
        said, above = Decimal(match.group(2)), match.group(3) == "以上"
        if said > 100 or (said == 100 and above):
            yield _over(match, f"{match.group(2)}%{'以上' if above else ''}")
    for match in _WHOLE.finditer(text):
        if "率" not in match.group() and "度" not in match.group():
            yield _over(match, "100%以上")


def _over(match: re.Match[str], said: str) -> Mismatch:
    return Mismatch(match.start(), match.end(), f"「{said}」：占总数的比例不可能超过 100%", True)


def baseless(text: str, tables: str) -> Iterator[Mismatch]:
    """Rates whose numerator and denominator stand nowhere in the text or its tables."""
    for match in _RATE.finditer(text):
        start, end = sentence(text, match.start())
        if _PLAN.search(text, max(start, match.start() - 16), match.end()) or (
            match.group(3) == "以上" and Decimal(match.group(2)) < 100 and "达到" in match.group()
        ):
            continue
        stem = match.group(1)[:-1]
        if _based(text, tables, stem, match, start, end):
            continue
        yield Mismatch(
            match.start(),
            match.end(),
            f"「{match.group(1)}{match.group(2)}%」没有写分子和分母",
            False,
        )


def _based(text: str, tables: str, stem: str, match: re.Match[str], start: int, end: int) -> bool:
    core = next((s for s in BOUNDED.split("|") if stem.endswith(s) or s in stem), stem)
    if f"{stem}数" in tables or (
        core in tables.replace(f"{core}率", "").replace(f"{core}度", "") and _DIGITS.search(tables)
    ):
        return True
    if (
        tables
        and DENOMINATORS.search(tables)
        and core in ("办结", "按时", "按期", "办理", "回复", "答复", "受理")
    ):
        return True
    counted = re.compile(
        rf"(?:{stem}|{core})(?!率|度)[^，。；、\n0-9%率度]{{0,8}}[0-9]+(?![0-9.]*[%％])|[0-9]+[*\s]*[一-鿿]{{0,3}}(?:{stem}|{core})(?!率|度)"
    )
    if counted.search(text):
        return True
    other = _OTHER.get(core)
    if other is not None and re.search(
        rf"(?:{other.pattern})[^，。；\n0-9]{{0,10}}[0-9]+|[0-9]+[一-鿿]{{0,12}}(?:{other.pattern})",
        text,
    ):
        return True
    if core not in _OTHER and any(
        DENOMINATORS.search(_clause(text, start, q)) for q in quantities(text, start, match.start())
    ):
        return True
    after = sentence(text, min(end + 1, len(text) - 1))[1]
    near = text[start : max(after, end)]
    if re.search(r"÷|[0-9]\s*/\s*[0-9]", near):
        return True
    return any(
        _ALL.search(text, q.start, min(q.end + 40, len(text)))
        and core in text[q.start - 20 if q.start > 20 else 0 : q.end + 60]
        for q in quantities(text, start, max(after, end))
    ) or bool(
        _ALL.search(near)
        and quantities(text, start, max(after, end))
        and core in ("进厅", "公开", "整改")
    )


def _numerator(text: str, start: int, found: list[Quantity], stem: str) -> Quantity | None:
    hits = [
        q
        for q in found
        if re.search(
            rf"(?<![未没不待]){stem}(?!率|度)[^，。；、0-9]{{0,6}}$",
            text[max(start, q.start - 16) : q.start],
        )
        or re.match(
            rf"[^，。；、0-9]{{0,4}}(?<![未没不待]){stem}(?!率|度)", text[q.end : q.end + 10]
        )
    ]
    return hits[0] if len(hits) == 1 else None


def _clause(text: str, start: int, q: Quantity) -> str:
    before = max(start, *(text.rfind(mark, start, q.start) + 1 for mark in "，,、；：:（("))
    after = min(n if (n := text.find(mark, q.end)) >= 0 else len(text) for mark in "，,、。；）)")
    return text[before : min(after, q.end + 12)]


def _close(value: Decimal, said: Decimal, typed: str) -> bool:
    places = len(typed.partition(".")[2])
    return abs(value - said) <= Decimal(1).scaleb(-places)


def _percent(top: Decimal, bottom: Decimal, typed: str) -> str:
    places = max(len(typed.partition(".")[2]), 1)
    return shown((top * 100 / bottom).quantize(Decimal(1).scaleb(-places)))
