"""Rates with their fractions, and gaps in numbered series (formats.md section 4, rule 7)."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from generator.model import (
    Catalog,
    Department,
    Exemption,
    ExemptionKind,
    Fraction,
    Gap,
    Item,
    Judge,
    Rates,
    Slot,
    Status,
)

_DONE = (Status.OK, Status.NIL)
_NUMBER = re.compile(r"\s*[〔\[（(【]\s*([0-9]{4})\s*[〕\]）)】]\s*第?\s*0*([0-9]{1,6})\s*号")


def in_window(slot: Slot, judge: Judge, as_of: date) -> bool:
    """Whether a slot counts in the rates: `since` ≤ due < as_of."""
    return slot.due.day is not None and judge.since <= slot.due.day < as_of


def rates(department: str, slots: Iterable[Slot], judge: Judge, as_of: date) -> Rates:
    """按时率 and 全面率; what is unknown counts as neither on time nor late."""
    counts = Counter(slot.status for slot in slots if in_window(slot, judge, as_of))
    done = sum(counts[status] for status in _DONE)
    judged = done + counts[Status.LATE] + counts[Status.PART]
    shown = done + sum(counts[s] for s in (Status.LATE, Status.PART, Status.DOUBT))
    return Rates(
        department,
        Fraction(done, judged + counts[Status.MISS]),
        Fraction(shown, shown + counts[Status.MISS]),
        {status: counts[status] for status in Status if counts[status]},
    )


def gaps(
    department: Department,
    catalog: Catalog,
    items: Sequence[Item],
    exemptions: Sequence[Exemption],
) -> list[Gap]:
    """缺号: from 1 to the highest number of a series in a year, less what was explained."""
    out: list[Gap] = []
    done: set[str] = set()
    for row in catalog.rows:
        if row.series is None or row.slug in done:
            continue
        done.add(row.slug)
        seen: dict[int, set[int]] = {}
        for item in items:
            if item.category != row.category or item.imported is not None or not item.number:
                continue
            prefix, found, rest = item.number.partition(row.series)
            match = _NUMBER.match(rest)
            if found and not prefix.strip() and match:
                seen.setdefault(int(match.group(1)), set()).add(int(match.group(2)))
        for year, numbers in sorted(seen.items()):
            explained = {
                number
                for e in exemptions
                if e.kind is ExemptionKind.NUMBER
                and (e.department, e.series, e.year) == (department.folder, row.series, year)
                for number in e.numbers
            }
            lost = sorted(set(range(1, max(numbers) + 1)) - numbers - explained)
            if lost:
                out.append(Gap(department.folder, row.series, year, tuple(lost), row))
    return out
