"""三防: what the detectors found, under the field's three headings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.assess.detect import Fault
from generator.assess.rush import RUSH_OVER, rush_days
from generator.model import Status
from generator.render.page import Crumb, Page
from generator.render.portal import partial, untrue
from generator.render.portal.account import median_late
from generator.render.portal.entries import slot_entry
from generator.render.portal.finding import Finding
from generator.render.portal.hall import Hall

MOST, LATE = 50, 10
"""Findings of a kind, and late slots, that are shown."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact under a heading."""

    name: str
    total: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Rush:
    """A day on which one body filled many slots."""

    body: str
    href: str
    day: date
    count: int


def pages(hall: Hall) -> Iterator[Page]:
    """The one page."""
    year = hall.as_of.year
    detected = untrue.detected(hall)
    rushes = () if hall.trial else _rushes(hall)
    said = f"{hall.site.region}各机关的时间、要素、期限比对出来的事实"
    yield hall.page(
        "three.html",
        "三防",
        column="公开台账",
        kind="信息公开目录",
        description=said,
        keywords=("三防", "时间不符", "要素不全"),
        crumbs=(Crumb("公开台账", "ledger.html"),),
        values={
            "untrue": (
                _kind("时间不符", untrue.mismatched(hall) + detected[Fault.TIME]),
                _kind("内容有变动", untrue.changed(hall)),
                _kind("没有实际内容", untrue.hollow(hall)),
                _kind("和上一期相同", untrue.twins(hall)),
                _kind("只改了日期", detected[Fault.ONLY_DATES]),
                _kind("附件不一致", detected[Fault.FILES]),
            ),
            "partial": (
                _kind("要素不全", partial.incomplete(hall)),
                _kind("过程不全", partial.unanswered(hall)),
                _kind("表格少了栏目", partial.shrunk(hall)),
            ),
            "late": tuple(slot_entry(hall, slot, year) for slot in hall.late[:LATE]),
            "owed": tuple(slot_entry(hall, slot, year) for slot in hall.owed[:LATE]),
            "late_median": median_late(hall.late),
            "rushes": rushes,
            "rush": RUSH_OVER,
            "gaps": sum(len(gap.numbers) for gap in hall.ledger.gaps),
        },
    )


def _kind(name: str, findings: tuple[Finding, ...]) -> Kind:
    return Kind(name, len(findings), findings[:MOST])


def _rushes(hall: Hall) -> tuple[Rush, ...]:
    """突击: days with many slots first filled; a chain's first run proves no day and is left out."""
    counts = rush_days(
        (slot.department.folder, slot.public.date)
        for slot in hall.ledger.slots
        if slot.public is not None and not slot.public.found and slot.status is not Status.SHOWN
    )
    return tuple(
        Rush(hall.offices[folder].department.name, f"{folder}/index.html", day, count)
        for (folder, day), count in sorted(
            counts.items(), key=lambda pair: pair[0][1], reverse=True
        )
    )
