"""What the three detectors find: facts with where they stand, and no word about why."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.article import Article
from generator.model import (
    Before,
    DueRule,
    Event,
    Item,
    Line,
    On,
    OnDay,
    Public,
    Row,
    Slot,
    Status,
    Within,
)
from generator.render.department.office import Office
from generator.render.department.slots import title_of
from generator.render.portal.hall import Hall, item_href, slot_href
from generator.render.words import CLASS_NAMES, Day, Text, evidence, long_day, moment

RUSH = 10
"""Slots first filled on one day by one body, from which on the day is shown as 突击."""

HOLLOW = 20
"""Characters under which a body without table or attachment says nothing."""

_HEAD = re.compile(r"<thead>(.*?)</thead>", re.DOTALL)
_CELL = re.compile(r"<th[^>]*>(.*?)</th>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_WHEN = re.compile(r"[0-9]{4}年度?|第[一二三四]季度|[上下]半年|[0-9]{1,2}月(?:份|[0-9]{1,2}日)?")


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact about one item or slot."""

    title: str
    href: str
    where: str
    """Whose it is, and of which class."""
    fact: Text
    proof: str = ""


def mismatched(hall: Hall) -> tuple[Finding, ...]:
    """时间不符: a declared day against the day on which it was first seen."""
    out = []
    for office in hall.offices.values():
        for item, public in _live(hall, office):
            fact = _mismatch(hall, item, public) if public is not None else None
            if fact is not None:
                out.append(_finding(office, item, fact, evidence(public)))
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
        for item, _ in _live(hall, office):
            lines = [line for line in office.lines.get(item.id, ()) if line.kind == "change"]
            standing = item.period_key == "长期"
            if not lines or item.id in corrected or standing or _completes(office, item, lines):
                continue
            days = "、".join(dict.fromkeys(moment(line.at) for line in lines))
            fact = f"公开后内容有变动：{days}，没有另发更正。"
            out.append(
                _finding(office, item, (fact,), f"〔凭回执第\u00a0{lines[-1].seq}\u00a0条〕")
            )
    return tuple(out)


def _completes(office: Office, item: Item, lines: list[Line]) -> bool:
    """Whether the change made a stub whole, which 片面公开 tells already."""
    before = [line for line in office.lines[item.id] if line.seq < lines[0].seq]
    return bool(before) and bool(before[-1].missing)


def hollow(hall: Hall) -> tuple[Finding, ...]:
    """没有实际内容: hardly a word, no table, no attachment, and no zero report."""
    out = []
    for office in hall.offices.values():
        for item, _ in _live(hall, office):
            article = hall.world.articles[item.id]
            length = sum(len("".join(line.split())) for line in article.text)
            if length < HOLLOW and not item.files and item.nil is None:
                fact = f"没有实际内容：正文 {length} 个字，没有表格，也没有附件。"
                out.append(_finding(office, item, (fact,)))
    return tuple(out)


def twins(hall: Hall) -> tuple[Finding, ...]:
    """和上一期相同: not one word or figure differs but the period's own name."""
    out = []
    for office, before, item in _pairs(hall):
        articles = hall.world.articles
        same = _bare(articles[item.id]) == _bare(articles[before.id])
        if same and item.nil is None and len(_bare(articles[item.id])) >= HOLLOW:
            fact = f"和上一期（{before.period_label}）相同：除了期次的名字，文字和数字都一样。"
            out.append(_finding(office, item, (fact,)))
    return tuple(out)


def _bare(article: Article) -> str:
    return _WHEN.sub("", "".join("".join(line.split()) for line in article.text))


def incomplete(hall: Hall) -> tuple[Finding, ...]:
    """要素不全: what the catalogue asks for and the text, tables and attachments do not name."""
    out = []
    for slot in hall.ledger.slots:
        if (
            slot.missing
            and not slot.nil
            and slot.item is not None
            and "withdrawn" not in slot.flags
        ):
            names = "、".join(slot.missing)
            # A whole-process row also asks for five stages, which its elements do not count.
            total = max(len(slot.row.elements), len(slot.missing))
            share = f"（{total - len(slot.missing)}/{total} 项要素）" if slot.row.elements else ""
            office = hall.offices[slot.department.folder]
            fact = f"要素不全：缺{names}{share}。"
            out.append(_finding(office, slot.item, (fact,), evidence(slot.public)))
    return tuple(out)


def unanswered(hall: Hall) -> tuple[Finding, ...]:
    """过程不全: a 公示 or consultation that ended and whose result is not there."""
    if hall.trial:
        return ()
    return tuple(
        Finding(
            title_of(slot),
            slot_href(slot),
            _where(hall.offices[slot.department.folder], slot.row),
            (
                "过程不全：公示或者征求意见已经结束，结果应于 ",
                Day(slot.due.day),
                "前公开，还没有。",
            ),
        )
        for slot in hall.owed
        if slot.result and slot.due.day is not None
    )


def shrunk(hall: Hall) -> tuple[Finding, ...]:
    """表格少了栏目: columns of the last period's table that this one lacks."""
    out = []
    for office, before, item in _pairs(hall):
        mine = _columns(hall.world.articles[item.id])
        theirs = _columns(hall.world.articles[before.id])
        lost = [name for name in theirs if name not in mine]
        # With fewer columns in common it is another table.
        if 0 < len(lost) <= len(theirs) - len(lost) and item.nil is None:
            names = "、".join(f"“{name}”" for name in lost)
            fact = f"表格比上一期（{before.period_label}）少了栏目：{names}。"
            out.append(_finding(office, item, (fact,)))
    return tuple(out)


def _columns(article: Article) -> tuple[str, ...]:
    """Heads of the body's first table and of the attachments', the names of periods left out."""
    heads: list[str] = []
    table = _HEAD.search(article.html)
    if table is not None:
        heads += [_TAG.sub("", cell) for cell in _CELL.findall(table[1])]
    for _, tables in article.tables:
        heads += [cell for each in tables if each.rows for cell in each.rows[0]]
    bare = (_WHEN.sub("", "".join(head.split())) for head in heads)
    return tuple(dict.fromkeys(head for head in bare if head))


@dataclass(frozen=True, slots=True)
class Rush:
    """A day on which one body filled many slots."""

    body: str
    href: str
    day: date
    count: int


def rushes(hall: Hall) -> tuple[Rush, ...]:
    """突击: days with many slots first filled; a chain's first run proves no day and is left out."""
    counts: dict[tuple[str, date], int] = {}
    for slot in hall.ledger.slots:
        public = slot.public
        if public is not None and not public.found and slot.status is not Status.SHOWN:
            key = (slot.department.folder, public.date)
            counts[key] = counts.get(key, 0) + 1
    return tuple(
        Rush(hall.offices[folder].department.name, f"{folder}/index.html", day, count)
        for (folder, day), count in sorted(
            counts.items(), key=lambda pair: pair[0][1], reverse=True
        )
        if count >= RUSH
    )


def _live(hall: Hall, office: Office) -> Iterator[tuple[Item, Public | None]]:
    for key, public in office.public.items():
        item = hall.world.items[key]
        if item.imported is None and item.corrects is None and hall.shown(item):
            yield item, public


def _pairs(hall: Hall) -> Iterator[tuple[Office, Item, Item]]:
    """Every periodic item after the one of the period before."""
    for office in hall.offices.values():
        for filed in office.filed.values():
            for period, item in sorted(filed.items(), key=lambda pair: pair[0], reverse=True):
                before = filed.get(period.shift(-1))
                if before is not None and _compared(hall, before) and _compared(hall, item):
                    yield office, before, item


def _compared(hall: Hall, item: Item) -> bool:
    return item.imported is None and hall.shown(item)


def _slot_of(hall: Hall, item: Item) -> Slot | None:
    return next(iter(hall.world.slots_by_item.get(item.id, ())), None)


def _finding(office: Office, item: Item, fact: Text, proof: str = "") -> Finding:
    return Finding(item.title, item_href(item), _where(office, office.row_of(item)), fact, proof)


def _where(office: Office, row: Row | None) -> str:
    name = office.department.name
    return f"{name}，{CLASS_NAMES[row.class_]}" if row is not None else name
