"""What detectors find in times and texts: facts with how they are known, no word about why."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.article import Article
from generator.assess.history import History
from generator.model import Item, Line, Public

_DATE = r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日"
_SIGNED = re.compile(_DATE)
_LATER = re.compile(
    rf"(?:截至|截止到|已于)\s*{_DATE}(?!\s*(?:前|止|为止|以前|之前|[0-9]{{1,2}}\s*[时点]))"
)
_TERM = re.compile(
    r"(?:报名|申请|申报|公示|征集|反馈|期限|时限|有效期|投标|缴纳|缴费|时间|日期)[^，。；]{0,6}$"
)
"""What stands before 截至 where it sets a term: a term may well lie in the future."""


class Fault(StrEnum):
    """Under which heading a fact stands."""

    TIME = "时间不符"
    ONLY_DATES = "只改了日期"
    FILES = "附件不一致"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is so of one item."""

    item: str
    fault: Fault
    said: tuple["str | date", ...]
    """The sentence, its dates apart."""
    seq: int | None = None
    """The receipt line it rests on; None where it rests on the item's own publication."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An item that stands public, and what is known of it."""

    item: Item
    article: Article
    public: Public
    lines: tuple[Line, ...]
    """Its receipt lines, oldest first."""
    history: History | None
    ahead: bool
    """Whether its row is owed before the event: it may speak of days to come."""
    disordered: bool
    """Whether the commit that landed it is dated before its ancestors."""
    judged: bool
    """Whether lateness may be shown: not while the site is on trial."""


def facts(shown: Shown) -> tuple[Fact, ...]:
    """All that the detectors of this room find about one item."""
    return tuple(fact for find in _DETECTORS for fact in find(shown))


def _signed(shown: Shown) -> Iterator[Fact]:
    """落款 after the day on which the text that bears it was first seen."""
    seen = _first_seen(shown)
    if seen is None or shown.ahead:
        return
    for line in reversed(shown.article.plain.rsplit("\n", 4)[-4:]):
        match = _SIGNED.fullmatch(line.strip())
        if match is not None:
            day = _day(match)
            if day is not None and day > seen:
                gap = (day - seen).days
                said = ("时间不符：落款是 ", day, "，首次见到是 ", seen, f"，早了 {gap} 天。")
                yield Fact(shown.item.id, Fault.TIME, said)
            return


def _promised(shown: Shown) -> Iterator[Fact]:
    """A deadline of the department's own, and a first publication after it."""
    deadline, public = shown.item.deadline, shown.public
    if deadline is None or public.found or not shown.judged or public.date <= deadline:
        return
    gap = (public.date - deadline).days
    said = (
        "时间不符：自定期限是 ",
        deadline,
        "〔自填〕，公开于 ",
        public.date,
        f"，晚了 {gap} 天。",
    )
    yield Fact(shown.item.id, Fault.TIME, said)


def _speaks_later(shown: Shown) -> Iterator[Fact]:
    """A text that tells of a day which had not come when it was first seen."""
    seen = _first_seen(shown)
    if seen is None or shown.ahead:
        return
    text = shown.article.plain
    for match in _LATER.finditer(text):
        day = _day(match)
        if day is None or day <= seen or _TERM.search(text[: match.start()][-12:]):
            continue
        said = (f"时间不符：正文说到“{match[0]}”，首次见到这段正文是 ", seen, "。")
        yield Fact(shown.item.id, Fault.TIME, said)
        return


def _disordered(shown: Shown) -> Iterator[Fact]:
    """The commit that landed the item bears a time before that of the commits it follows."""
    if shown.disordered:
        said = ("时间不符：合并这一件的提交，所记时间早于它前面的提交；合并时间不作凭据。",)
        yield Fact(shown.item.id, Fault.TIME, said)


def _formed_moved(shown: Shown) -> Iterator[Fact]:
    """形成日期 that was changed after publication."""
    for change in shown.history.changes if shown.history else ():
        if change.formed is not None:
            was, became = change.formed
            said = (
                f"时间不符：形成日期〔自填〕公开时是 {was}，", change.at.date(), f" 改为 {became}。",
            )  # fmt: skip
            yield Fact(shown.item.id, Fault.TIME, said, change.seq)


def _only_dates(shown: Shown) -> Iterator[Fact]:
    """An update in name: nothing but dates differs."""
    for change in shown.history.changes if shown.history else ():
        if change.dates_only and change.formed is None:
            said = ("只改了日期：", change.at.date(), " 的更新，除了日期，文字和数字都没有变。")
            yield Fact(shown.item.id, Fault.ONLY_DATES, said, change.seq)


def _adrift(shown: Shown) -> Iterator[Fact]:
    """Attachments that are not what the last receipt saw."""
    if shown.history is not None and shown.history.adrift and shown.lines:
        names = "、".join(shown.history.adrift)
        said = (f"附件和最近一条回执时不一致：{names}；还没有新的回执。",)
        yield Fact(shown.item.id, Fault.FILES, said, shown.lines[-1].seq)


_DETECTORS: Sequence[Callable[[Shown], Iterator[Fact]]] = (
    _signed, _promised, _speaks_later, _disordered, _formed_moved, _only_dates, _adrift,
)  # fmt: skip


def _first_seen(shown: Shown) -> date | None:
    """The day on which the text as it stands was first seen; None where that is not known."""
    if shown.lines:
        if shown.lines[-1].sha256 != shown.article.sha256:
            return None
        same = next(line for line in reversed(shown.lines) if _begins(shown, line))
        return same.at.date()
    if shown.history is not None and shown.history.changes:
        return shown.history.changes[0].at.date()
    return shown.public.date


def _begins(shown: Shown, line: Line) -> bool:
    """Whether the text that stands now was first seen with this line."""
    place = shown.lines.index(line)
    before = shown.lines[place - 1] if place else None
    own = shown.article.sha256
    return line.sha256 == own and (before is None or before.sha256 != own)


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
