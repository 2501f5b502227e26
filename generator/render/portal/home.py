"""The portal's home for citizens, and the list of bodies with where they are."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.history.evidence import lost_heads
from generator.model import Seal, SeenHead, Status, Task
from generator.render.addresses import row_page
from generator.render.department.office import Office
from generator.render.page import Page
from generator.render.parts import Entry
from generator.render.portal.entries import item_entry
from generator.render.portal.hall import Hall, home_of, query_href
from generator.render.portal.notices import Running, running
from generator.render.words import CLASS_SLUGS, moment

LATEST, LISTENING = 5, 5
FOLD_ABOVE = 12
"""With more bodies the groups fold on phones."""

TASKS = (
    Task("村务账目", "村里的收支，逐笔公布", "village-accounts", None, None),
    Task("宅基地", "申请条件和审批结果", "homestead", None, None),
    Task("低保救助", "怎么申请，公示结果", "subsistence-review", None, None),
    Task("招考录用", "公告、成绩、拟录用", "civil-service-hiring", None, None),
    Task("收费标准", "收多少，凭什么收", None, "收费", None),
    Task("行政处罚", "罚了谁，凭什么罚", "penalties", None, None),
    Task("办事指南", "带什么，去哪里，几天", None, "办事指南", None),
    Task("征求意见", "怎么提，采纳了没有", None, None, "notices.html"),
)
"""What citizens come for most, where the site names no tasks; `category` holds a row's slug."""


@dataclass(frozen=True, slots=True)
class Link:
    """One task: its name, a word about it, and where it leads."""

    name: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class Body:
    """One body in the home page's table."""

    name: str
    href: str
    figures: tuple[int, ...]
    """应公开, 按时, 欠; on trial, how many items are public."""


@dataclass(frozen=True, slots=True)
class Group:
    """部门, 街道乡镇 or 村居."""

    name: str
    bodies: tuple[Body, ...]
    owing: int


@dataclass(frozen=True, slots=True)
class Latest:
    """One of the newest items, and the moment it became public."""

    entry: Entry
    at: str
    day: str


@dataclass(frozen=True, slots=True)
class Today:
    """The ledger in one line."""

    due: int
    owed: int
    met: int
    under: int


def pages(hall: Hall) -> Iterator[Page]:
    """Home, then the bodies."""
    site = hall.site
    said = f"{site.name}：查政府信息，看正在听意见的事、最新公开和公开台账"
    yield hall.page(
        "index.html",
        "首页",
        column="首页",
        kind="首页",
        description=said,
        keywords=("政府信息公开", "政务公开", site.region),
        values={
            "queries": tuple((query, query_href(query)) for query in site.common_queries),
            "tasks": _tasks(hall),
            "running": _listening(hall),
            "latest": _latest(hall),
            "today": today(hall),
            "groups": _groups(hall),
            "fold": len(hall.offices) > FOLD_ABOVE,
            "unread": unread(hall),
            "seal": last_seal(hall),
            "lost": lost(hall),
        },
    )
    said = f"{site.region}各机关的地址、办公时间和电话"
    yield hall.page(
        "departments.html",
        "各机关",
        column="",
        kind="机构职能",
        description=said,
        keywords=("机关", "地址", "电话"),
        values={"groups": hall.groups, "unread": unread(hall)},
    )


def today(hall: Hall) -> Today:
    """What the ledger says on its day."""
    due = len(hall.due_between(hall.as_of, hall.as_of))
    rate = hall.on_time
    return Today(due, hall.count(Status.MISS), rate.over, rate.under)


def unread(hall: Hall) -> tuple[tuple[str, str], ...]:
    """Bodies that were left out: name and reason."""
    broken = hall.world.repository.broken
    return tuple((broken.get(n.department, n.department), n.reason) for n in hall.ledger.not_judged)


def last_seal(hall: Hall) -> Seal | None:
    """The newest seal of all chains up to the day."""
    seals = [seal for seal in hall.world.evidence.seals if seal.at.date() <= hall.as_of]
    return seals[-1] if seals else None


def lost(hall: Hall) -> tuple[SeenHead, ...]:
    """Heads of this site that somebody recorded and that are gone on the ledger's day."""
    evidence = hall.world.evidence
    seen = (one for one in evidence.seen if one.at.date() <= hall.as_of)
    return lost_heads(seen, evidence.seals, hall.site.url)


def _tasks(hall: Hall) -> tuple[Link, ...]:
    if hall.site.tasks:
        found = [_task(hall, task, _slug_of(hall, task.category)) for task in hall.site.tasks]
    else:
        found = [_task(hall, task, task.category) for task in TASKS]
    return tuple(link for link in found if link is not None)


def _task(hall: Hall, task: Task, slug: str | None) -> Link | None:
    note = task.note or ""
    if task.link is not None:
        return Link(task.name, note, task.link)
    if task.query is not None:
        return Link(task.name, note, query_href(task.query))
    row = next((row for row in hall.rows if row.slug == slug), None)
    if row is None:
        # A category that is gone from the catalogue still says what is looked for.
        words = (task.category or "").rpartition("/")[2]
        return Link(task.name, note, query_href(words)) if hall.site.tasks else None
    owing = [office for office in hall.offices.values() if row.slug in office.slots_by_row]
    if len(owing) == 1:
        return Link(task.name, note, f"{owing[0].department.folder}/{row_page(row.slug)}")
    return Link(task.name, note, f"class/{CLASS_SLUGS[row.class_]}.html#{row.slug}")


def _slug_of(hall: Hall, category: str | None) -> str | None:
    return next((row.slug for row in hall.rows if row.category == category), None)


def _listening(hall: Hall) -> tuple[Running, ...]:
    return running(hall)[:LISTENING]


def _latest(hall: Hall) -> tuple[Latest, ...]:
    return tuple(
        Latest(
            item_entry(hall, item, public, hall.as_of.year),
            _moment(moment(public.at), hall.as_of.year),
            public.at.isoformat(),
        )
        for public, item in hall.newest[:LATEST]
    )


def _moment(text: str, year: int) -> str:
    return text.removeprefix(f"{year}-")


def _groups(hall: Hall) -> tuple[Group, ...]:
    return tuple(
        Group(
            name,
            tuple(_body(hall, office) for office in offices),
            sum(_owing(hall, office) for office in offices),
        )
        for name, offices in hall.groups
    )


def _owing(hall: Hall, office: Office) -> int:
    rates = hall.rates.get(office.department.folder)
    return rates.counts.get(Status.MISS, 0) if rates else 0


def _body(hall: Hall, office: Office) -> Body:
    department = office.department
    rates = hall.rates.get(department.folder)
    figures = (
        (rates.on_time.under, rates.on_time.over, _owing(hall, office))
        if rates
        else (len(office.public),)
    )
    return Body(department.name, home_of(department), figures)
