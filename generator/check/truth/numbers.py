"""文号 as 《党政机关公文处理工作条例》 has it: 机关代字〔2026〕12号."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = re.compile(
    r"(?<![一-鿿])?([一-鿿]{1,12})\s?([〔\[［(（【<《{])\s*([0-9]{2}|[0-9]{4})\s*年?([〕\]］)）】>》}])\s*(第\s*)?([0-9]{1,5})\s*号"
)
_LEAD = re.compile("^.*?(?:按照|根据|依据|依照|参照|印发|关于|见|和|及|的|按)")
_LICENCE = re.compile("证[一-鿿]{0,3}字$")
"""A licence's own number, 卫公证字〔2026〕第0087号: its form is not that of a document."""
_OUTER = re.compile(r"[〔\[［(（【]\s*[0-9]{2,4}\s*[〕\]］)）】]\s*第?\s*[0-9]{1,5}\s*号")


@dataclass(frozen=True, slots=True)
class Form:
    """A 文号 whose form is not the prescribed one."""

    start: int
    end: int
    written: str
    right: str | None
    """The whole as it should stand; None where the year is not sure."""
    reasons: tuple[str, ...]
    """Why it is a 警告; empty where only the brackets are to be changed."""
    bracket_start: int
    bracket_end: int


def forms(text: str) -> Iterator[Form]:
    """Every 文号 of the text that is written otherwise than prescribed."""
    if "号" not in text or not _OUTER.search(text):
        return
    for match in _NUMBER.finditer(text):
        name, opened, year, closed, ordinal, number = match.groups()
        if len(year) == 2 and opened in "(（<《":
            continue
        if _LICENCE.search(name):
            continue
        reasons = []
        if ordinal:
            reasons.append("序号前有「第」")
        if number.startswith("0"):
            reasons.append("序号编了虚位")
        if len(year) == 2:
            reasons.append("年份不是四位")
        brackets = (opened, closed) != ("〔", "〕")
        if not reasons and not brackets:
            continue
        if opened in "(（" and (name[-1] in "法律公告令案例" or int(year) < 1949):
            continue
        start = match.start(2)
        tail = f"〔{year}〕{int(number)}号"
        written = _LEAD.sub("", text[max(match.start(1), start - 6) : match.end()])
        yield Form(
            start,
            match.end(),
            written,
            tail if len(year) == 4 else None,
            tuple(reasons),
            start,
            match.end(4),
        )
