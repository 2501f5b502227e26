"""假公开: times that differ, texts that changed, say nothing or say the same again.

Each function states facts, where they stand and how they are known, and no word about why.
"""

from collections.abc import Mapping
from datetime import date

from generator.article import Article
from generator.assess.detect import Fault, Shown, facts
from generator.model import (
    Before,
    DueRule,
    Event,
    Item,
    Line,
    On,
    OnDay,
    Public,
    Slot,
    Within,
)
from generator.render.department.office import Office
from generator.render.portal.finding import Finding, finding_of, live, pairs, timeless
from generator.render.portal.hall import Hall
from generator.render.words import Day, Text, evidence, long_day, moment

HOLLOW = 20
"""Characters under which a body without table or attachment says nothing."""


def mismatched(hall: Hall) -> tuple[Finding, ...]:
    """时间不符: a declared day against the day on which it was first seen."""
    out = []
    for office in hall.offices.values():
        for item, public in live(hall, office):
            fact = _mismatch(hall, item, public) if public is not None else None
            if fact is not None:
                out.append(finding_of(office, item, fact, evidence(public)))
    return tuple(out)


def _mismatch(hall: Hall, item: Item, public: Public) -> Text | None:
    seen = public.date
    if item.notice is not None and not public.found and seen > item.notice.first:
        gap = (seen - item.notice.first).days
        said = _differ("所写公示从 ", item.notice.first, "〔自填〕开始")
        return (*said, f"首次见到是 {moment(public.at)}，相差 {gap} 天。")
    row = hall.row_of(item)
    # A row that is owed before its event, or early in its period, is public before either.
    ahead = row is not None and not _looks_back(row.due)
    if item.formed is not None and item.formed > seen and not ahead:
        gap = (item.formed - seen).days
        said = _differ("所写形成日期是 ", item.formed, "〔自填〕")
        return (*said, f"首次见到是 {moment(public.at)}，早了 {gap} 天。")
    slot = _slot_of(hall, item)
    if slot and slot.period and "before_period_end" in slot.flags and _sums_up(slot.row.due):
        end = long_day(slot.period.last)
        return (f"时间不符：所写期次到 {end}才结束，首次见到是 {moment(public.at)}。",)
    return None


def _looks_back(rule: DueRule) -> bool:
    """Whether what is owed by the rule tells of something that has happened."""
    match rule:
        case Before() | On(same_year=True) | OnDay(first_month=True):
            return False
        case _:
            return True


def _sums_up(rule: DueRule) -> bool:
    """Whether what is owed by the rule tells of a whole period."""
    match rule:
        case Within(after=Event.PERIOD_END) | On(same_year=False) | OnDay(first_month=False):
            return True
        case _:
            return False


def _differ(before: str, day: date, after: str) -> Text:
    return (f"时间不符：{before}", Day(day), f"{after}，")


def changed(hall: Hall) -> tuple[Finding, ...]:
    """内容有变动: the receipts saw another text or attachment, and no correction says so."""
    corrected = {item.corrects for item in hall.world.items.values() if item.corrects}
    out = []
    for office in hall.offices.values():
        for item, _ in live(hall, office):
            lines = [line for line in office.lines.get(item.id, ()) if line.kind == "change"]
            standing = item.period_key == "长期"
            if not lines or item.id in corrected or standing or _completes(office, item, lines):
                continue
            days = "、".join(dict.fromkeys(moment(line.at) for line in lines))
            fact = f"公开后内容有变动：{days}，没有另发更正。"
            out.append(
                finding_of(office, item, (fact,), f"〔凭回执第\u00a0{lines[-1].seq}\u00a0条〕")
            )
    return tuple(out)


def _completes(office: Office, item: Item, lines: list[Line]) -> bool:
    """Whether the change made a stub whole, which 片面公开 tells already."""
    before = [line for line in office.lines[item.id] if line.seq < lines[0].seq]
    return bool(before) and bool(before[-1].missing)


def detected(hall: Hall) -> Mapping[Fault, tuple[Finding, ...]]:
    """The facts of the room below, as this page tells them; every kind has its entry."""
    out: dict[Fault, list[Finding]] = {fault: [] for fault in Fault}
    for office in hall.offices.values():
        for item, public in live(hall, office):
            if public is None:
                continue
            for fact in facts(_known(hall, office, item, public)):
                line = f"〔凭回执第\u00a0{fact.seq}\u00a0条〕" if fact.seq else evidence(public)
                out[fact.fault].append(finding_of(office, item, fact.said, line))
    return {fault: tuple(findings) for fault, findings in out.items()}


def _known(hall: Hall, office: Office, item: Item, public: Public) -> Shown:
    row = hall.row_of(item)
    return Shown(
        item,
        hall.world.articles[item.id],
        public,
        office.lines.get(item.id, ()),
        hall.world.histories.get(item.id),
        ahead=row is not None and not _looks_back(row.due),
        disordered=item.id in hall.world.evidence.out_of_order,
        judged=not hall.trial,
    )


def hollow(hall: Hall) -> tuple[Finding, ...]:
    """没有实际内容: hardly a word, no table, no attachment, and no zero report."""
    out = []
    for office in hall.offices.values():
        for item, _ in live(hall, office):
            if item.files or item.nil is not None:
                continue
            article = hall.world.articles[item.id]
            if len(article.plain) > 4 * HOLLOW:
                continue
            length = sum(len("".join(line.split())) for line in article.text)
            if length < HOLLOW:
                fact = f"没有实际内容：正文 {length} 个字，没有表格，也没有附件。"
                out.append(finding_of(office, item, (fact,)))
    return tuple(out)


def twins(hall: Hall) -> tuple[Finding, ...]:
    """和上一期相同: not one word or figure differs but the period's own name."""
    out = []
    for office, before, item in pairs(hall):
        articles = hall.world.articles
        same = _bare(articles[item.id]) == _bare(articles[before.id])
        if same and item.nil is None and len(_bare(articles[item.id])) >= HOLLOW:
            fact = f"和上一期（{before.period_label}）相同：除了期次的名字，文字和数字都一样。"
            out.append(finding_of(office, item, (fact,)))
    return tuple(out)


def _bare(article: Article) -> str:
    return timeless("".join(article.text))


def _slot_of(hall: Hall, item: Item) -> Slot | None:
    return next(iter(hall.world.slots_by_item.get(item.id, ())), None)
