"""豁免和缺号: what a supervisor allowed, and which numbers of a series were never published."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalog import binds, excepted
from generator.model import Exemption, ExemptionKind, Span
from generator.render.page import Crumb, Page
from generator.render.portal.hall import Hall
from generator.render.words import Day, Text

_BACK = (Crumb("公开台账", "ledger.html"),)


@dataclass(frozen=True, slots=True)
class Spared:
    """One exemption, all cells ready."""

    body: str
    kind: str
    about: str
    term: Text
    reason: str
    document: str
    on: Text
    after_the_fact: bool


@dataclass(frozen=True, slots=True)
class Series:
    """One 文号 series of a body."""

    body: str
    name: str
    duty: str
    href: str
    lost: tuple[str, ...]
    explained: tuple[tuple[str, str], ...]


def pages(hall: Hall) -> Iterator[Page]:
    """豁免, then 缺号."""
    spared = tuple(_spared(hall, e) for e in hall.world.repository.exemptions)
    said = f"{hall.site.region}主管部门批准的不适用、延长、暂缓和更正期限，全部列出"
    yield hall.page(
        "exemptions.html",
        "豁免",
        column="公开台账",
        kind="信息公开目录",
        description=said,
        keywords=("不适用", "延长", "暂缓"),
        crumbs=_BACK,
        values={
            "spared": spared,
            "late": sum(each.after_the_fact for each in spared),
            "excepted": _excepted(hall),
            "dropped": tuple(hall.world.repository.catalog.dropped.items()),
        },
    )
    series = _series(hall)
    said = f"{hall.site.region}各机关文号应当连续的文书，没有公开也没有说明的号"
    yield hall.page(
        "gaps.html",
        "缺号",
        column="公开台账",
        kind="信息公开目录",
        description=said,
        keywords=("缺号", "文号"),
        crumbs=_BACK,
        values={"series": series, "lost": sum(len(gap.numbers) for gap in hall.ledger.gaps)},
    )


def _spared(hall: Hall, exemption: Exemption) -> Spared:
    folder = exemption.department or (exemption.slot or "").partition("/")[0]
    departments = hall.world.departments
    name = departments[folder].name if folder in departments else folder
    return Spared(
        name,
        exemption.kind.label,
        _about(hall, exemption),
        _term(exemption),
        exemption.reason or "未写明",
        exemption.document or "未写明",
        (Day(exemption.on),) if exemption.on else ("未写明",),
        # That a paper came too late says that the item did: in a trial neither is shown.
        not hall.trial and exemption in hall.ledger.late_exemptions,
    )


def _about(hall: Hall, exemption: Exemption) -> str:
    if exemption.kind is ExemptionKind.NUMBER:
        numbers = "、".join(map(str, exemption.numbers))
        return f"{exemption.series or ''}〔{exemption.year or ''}〕第 {numbers} 号"
    if exemption.slot is not None:
        slot = next((s for s in hall.ledger.slots if s.key == exemption.slot), None)
        return slot.name if slot is not None else exemption.slot
    item = hall.world.items.get(exemption.item or "")
    title = item.title if item is not None else exemption.item
    parts = (exemption.category, exemption.series, exemption.period, title)
    return " ".join(part.replace("/", "／") for part in parts if part)


def _term(exemption: Exemption) -> Text:
    """From when to when, or by how much."""
    if exemption.by is not None:
        return (f"延长 {_span(exemption.by)}",)
    if exemption.until is not None:
        return ("到 ", Day(exemption.until))
    if exemption.first is not None:
        last: Text = ("到 ", Day(exemption.last)) if exemption.last else ("起",)
        return (Day(exemption.first), " ", *last)
    return ()


def _span(span: Span) -> str:
    return f"{span.count} {span.unit.label}"


def _excepted(hall: Hall) -> tuple[tuple[str, str, str], ...]:
    """Bodies that the catalogue itself spares: body, duty, reason."""
    return tuple(
        (department.name, row.category.replace("/", "／"), reason)
        for row in hall.rows
        for department in hall.world.repository.departments
        if binds(row, department) and (reason := excepted(row, department)) is not None
    )


def _series(hall: Hall) -> tuple[Series, ...]:
    """Every body and duty whose numbers run without gaps, those without one too."""
    shown = []
    for office in hall.offices.values():
        for row in hall.rows:
            if row.series is None or row.slug not in office.slots_by_row:
                continue
            folder = office.department.folder
            lost = tuple(
                f"{gap.series}〔{gap.year}〕缺第 {'、'.join(map(str, gap.numbers))} 号"
                for gap in hall.ledger.gaps
                if gap.department == folder and gap.series == row.series
            )
            explained = tuple(
                (_about(hall, e), e.reason or "未写明理由")
                for e in hall.world.repository.exemptions
                if e.kind is ExemptionKind.NUMBER
                and (e.department, e.series) == (folder, row.series)
            )
            href = f"{folder}/slots/{row.slug}/index.html"
            name = office.department.name
            shown.append(Series(name, row.series, row.name, href, lost, explained))
    return tuple(shown)
