"""片面公开: elements, results and columns that are not there, stated as facts."""

import re

from generator.article import Article
from generator.render.department.slots import title_of
from generator.render.portal.finding import Finding, finding_of, pairs, timeless, where_of
from generator.render.portal.hall import Hall, slot_href
from generator.render.words import Day, evidence

_HEAD = re.compile(r"<thead>(.*?)</thead>", re.DOTALL)
_CELL = re.compile(r"<th[^>]*>(.*?)</th>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


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
            asked = [element.name for element in slot.row.elements]
            there = sum(name not in slot.missing for name in asked)
            # The five of a whole process are asked for besides, and are not counted here.
            share = f"（{there}/{len(asked)} 项要素）" if set(slot.missing) <= set(asked) else ""
            office = hall.offices[slot.department.folder]
            fact = f"要素不全：缺{names}{share}。"
            out.append(finding_of(office, slot.item, (fact,), evidence(slot.public)))
    return tuple(out)


def unanswered(hall: Hall) -> tuple[Finding, ...]:
    """过程不全: a 公示 or consultation that ended and whose result is not there."""
    if hall.trial:
        return ()
    return tuple(
        Finding(
            title_of(slot),
            slot_href(slot),
            where_of(hall.offices[slot.department.folder], slot.row),
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
    for office, before, item in pairs(hall):
        mine = _columns(hall.world.articles[item.id])
        theirs = _columns(hall.world.articles[before.id])
        lost = [name for name in theirs if name not in mine]
        # With fewer columns in common it is another table.
        if 0 < len(lost) <= len(theirs) - len(lost) and item.nil is None:
            names = "、".join(f"“{name}”" for name in lost)
            fact = f"表格比上一期（{before.period_label}）少了栏目：{names}。"
            out.append(finding_of(office, item, (fact,)))
    return tuple(out)


def _columns(article: Article) -> tuple[str, ...]:
    """Heads of the body's first table and of the attachments', the names of periods left out."""
    heads: list[str] = []
    table = _HEAD.search(article.html)
    if table is not None:
        heads += [_TAG.sub("", cell) for cell in _CELL.findall(table[1])]
    for _, tables in article.attached:
        heads += [cell for each in tables if each.rows for cell in each.rows[0]]
    bare = (timeless(head) for head in heads)
    return tuple(dict.fromkeys(head for head in bare if head))
