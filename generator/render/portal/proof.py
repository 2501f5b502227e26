"""Pages that let anyone check: 核验, and what a code on paper opens."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Line
from generator.render.department.office import Office
from generator.render.page import Page
from generator.render.portal.about import lines_of
from generator.render.portal.hall import Hall, found
from generator.render.portal.home import last_seal, lost, unread


@dataclass(frozen=True, slots=True)
class Chain:
    """One body's receipts: how many, and the last of them."""

    office: Office
    count: int
    head: Line | None


def pages(hall: Hall) -> Iterator[Page]:
    """Both of them."""
    name = hall.site.name
    chains = tuple(_chain(hall, office) for office in hall.offices.values())
    yield hall.page(
        "verify.html",
        "核验",
        column="",
        kind="概况信息",
        description=f"{name}的公开回执：怎么核对，能证明什么，不能证明什么",
        values={
            "bodies": _bodies(hall),
            "chains": chains,
            "total": sum(chain.count for chain in chains),
            "seal": last_seal(hall),
            "given": _given(hall),
            "lost": lost(hall),
            "commit": hall.world.evidence.head,
            "notices": _notices(hall),
            "unread": unread(hall),
        },
        indexed=found("核验", "链头\n自己核对\n能证明\n不能证明", "说明"),
    )
    yield hall.page(
        "check.html",
        "这张纸对不对",
        column="",
        kind="概况信息",
        description=f"扫公开栏、档案卡上的码打开本页：那张纸和{name}上的是不是一字不差",
        values={"bodies": _bodies(hall)},
    )


def _bodies(hall: Hall) -> str:
    """What the scripts need to know of each body: folder, name, telephone for complaints."""
    bodies = (office.department for office in hall.offices.values())
    return json.dumps([[b.folder, b.name, b.complaints] for b in bodies], ensure_ascii=False)


def _chain(hall: Hall, office: Office) -> Chain:
    lines = lines_of(hall, office)
    return Chain(office, len(lines), lines[-1] if lines else None)


def _given(hall: Hall) -> int:
    return sum(line.clock_given for o in hall.offices.values() for line in lines_of(hall, o))


def _notices(hall: Hall) -> tuple[str, ...]:
    """文号 of the calendars in use, by year."""
    calendars = sorted(hall.world.repository.calendars, key=lambda each: each.year)
    return tuple(f"{each.year} 年依{each.notice}" for each in calendars)
