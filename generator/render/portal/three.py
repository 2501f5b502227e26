"""三防: what the detectors found, under the field's three headings."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.render.page import Crumb, Page
from generator.render.portal import detectors
from generator.render.portal.account import median_late
from generator.render.portal.detectors import RUSH, Finding
from generator.render.portal.entries import slot_entry
from generator.render.portal.hall import Hall

MOST, LATE = 50, 10
"""Findings of a kind, and late slots, that are shown."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact under a heading."""

    name: str
    total: int
    findings: tuple[Finding, ...]


def pages(hall: Hall) -> Iterator[Page]:
    """The one page."""
    untrue = (
        _kind("时间不符", detectors.mismatched(hall)),
        _kind("内容有变动", detectors.changed(hall)),
        _kind("没有实际内容", detectors.hollow(hall)),
        _kind("和上一期相同", detectors.twins(hall)),
    )
    partial = (
        _kind("要素不全", detectors.incomplete(hall)),
        _kind("过程不全", detectors.unanswered(hall)),
        _kind("表格少了栏目", detectors.shrunk(hall)),
    )
    year = hall.as_of.year
    rushes = () if hall.trial else detectors.rushes(hall)
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
            "untrue": untrue,
            "partial": partial,
            "late": tuple(slot_entry(hall, slot, year) for slot in hall.late[:LATE]),
            "owed": tuple(slot_entry(hall, slot, year) for slot in hall.owed[:LATE]),
            "late_median": median_late(hall.late),
            "rushes": rushes,
            "rush": RUSH,
            "gaps": sum(len(gap.numbers) for gap in hall.ledger.gaps),
        },
    )


def _kind(name: str, findings: tuple[Finding, ...]) -> Kind:
    return Kind(name, len(findings), findings[:MOST])
