"""A fact that a detector found, and what detectors look at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Item, Public, Row
from generator.render.department.office import Office
from generator.render.portal.hall import Hall, item_href
from generator.render.words import CLASS_NAMES, Text

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


def timeless(text: str) -> str:
    """A text without blanks and without the names of periods."""
    return _WHEN.sub("", "".join(text.split()))


def live(hall: Hall, office: Office) -> Iterator[tuple[Item, Public | None]]:
    """What a body shows today, with its proof; history and corrections are not looked at."""
    for key, public in office.public.items():
        item = hall.world.items[key]
        if item.imported is None and item.corrects is None and hall.shown(item):
            yield item, public


def pairs(hall: Hall) -> Iterator[tuple[Office, Item, Item]]:
    """Every periodic item after the one of the period before."""
    for office in hall.offices.values():
        for filed in office.filed.values():
            for period, item in sorted(filed.items(), key=lambda pair: pair[0], reverse=True):
                before = filed.get(period.shift(-1))
                if before is not None and _compared(hall, before) and _compared(hall, item):
                    yield office, before, item


def _compared(hall: Hall, item: Item) -> bool:
    return item.imported is None and hall.shown(item)


def finding_of(office: Office, item: Item, fact: Text, proof: str = "") -> Finding:
    """A fact about an item."""
    return Finding(item.title, item_href(item), where_of(office, office.row_of(item)), fact, proof)


def where_of(office: Office, row: Row | None) -> str:
    """Whose, and of which class."""
    name = office.department.name
    return f"{name}，{CLASS_NAMES[row.class_]}" if row is not None else name
