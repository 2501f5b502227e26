"""Pages about the site itself: 关于, 无障碍, 开放数据, 站点地图, 404."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Line, Slot, Status
from generator.render.department.office import Office
from generator.render.page import Page
from generator.render.parts import Entry
from generator.render.portal.disclosure import classes_of, fields_of
from generator.render.portal.hall import Hall, found
from generator.render.words import CLASS_NAMES, CLASS_SLUGS

KEYS = (
    (Status.OK, "期限当日 24 时前公开，要素齐全"),
    (Status.NIL, "本期没有发生，按时说明了"),
    (Status.OPEN, "还没有到应公开的日子"),
    (Status.SOON, "快到期，还没有公开"),
    (Status.LATE, "公开了，过了期限"),
    (Status.PART, "公开了，缺规定的要素"),
    (Status.MISS, "过了期限，还没有公开"),
    (Status.HELD, "经批准暂缓公开"),
    (Status.DOUBT, "没有可用的凭据，不判断"),
    (Status.SHOWN, "只展示，不作时限判断"),
    (Status.NA, "经批准不适用本机关"),
)


@dataclass(frozen=True, slots=True)
class Data:
    """What can be downloaded of one body."""

    office: Office
    items: tuple[int, ...]
    """Years that have a file of items."""
    slots: tuple[int, ...]
    """Years that have a file of slots."""
    receipts: bool


def pages(hall: Hall) -> Iterator[Page]:
    """Each of them."""
    name = hall.site.name
    yield _simple(
        hall,
        "about.html",
        "怎么看这个站",
        f"{name}：状态、凭据、比率是什么意思，怎么找错",
        {"keys": KEYS},
        text="状态的记号\n凭据\n我为政府网站找错\n主办单位",
    )
    yield _simple(
        hall,
        "accessibility.html",
        "无障碍说明",
        f"{name}的无障碍和适老化：做到了什么、怎么测的、有问题告诉谁",
        {},
        text="大字\n键盘\n读屏软件\n没有做到的",
    )
    yield _simple(
        hall,
        "open-data.html",
        "开放数据",
        f"{hall.site.region}各机关的公开事项和期次，可以下载的数据",
        {"data": tuple(_data(hall, office) for office in hall.offices.values())},
        kind="数据开放",
    )
    yield _simple(
        hall,
        "sitemap.html",
        "站点地图",
        f"{name}的全部栏目",
        {"groups": _map(hall)},
        kind="概况信息",
    )
    yield _simple(hall, "404.html", "没有这一页", "这个地址没有内容", {})


def _simple(
    hall: Hall,
    path: str,
    title: str,
    said: str,
    values: dict[str, object],
    *,
    kind: str = "概况信息",
    text: str = "",
) -> Page:
    return hall.page(
        path,
        title,
        column="",
        kind=kind,
        description=said,
        values=values,
        indexed=found(title, text, "说明") if text else None,
    )


def lines_of(hall: Hall, office: Office) -> tuple[Line, ...]:
    """A body's receipt lines up to the day."""
    lines = hall.world.evidence.lines.get(office.department.folder, ())
    return tuple(line for line in lines if line.at.date() <= hall.as_of)


def _data(hall: Hall, office: Office) -> Data:
    items = sorted({item.year for item in office.items}, reverse=True)
    slots = sorted({_year(hall, slot) for slot in office.slots}, reverse=True)
    return Data(office, tuple(items), tuple(slots), bool(lines_of(hall, office)))


def _year(hall: Hall, slot: Slot) -> int:
    """The year under whose file a slot stands, as the open data files it."""
    written = re.match("[0-9]{4}", slot.tail)
    if written:
        return int(written[0])
    return (slot.due.day or slot.event_date or hall.ledger.judge.since).year


def _map(hall: Hall) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    fixed = (
        ("首页", "index.html"),
        ("政府信息公开指南", "guide.html"),
        ("政府信息公开制度", "rules.html"),
        ("法定主动公开", "disclosure.html"),
        ("政府信息公开年报", "annual.html"),
        ("依申请公开", "apply.html"),
        ("公开台账", "ledger.html"),
    )
    under = (
        ("公开目录", "catalog.html"),
        ("公示和征求意见", "notices.html"),
        ("公开期限", "matrix.html"),
        ("三防", "three.html"),
        ("豁免", "exemptions.html"),
        ("缺号", "gaps.html"),
        ("各机关的地址和电话", "departments.html"),
        ("搜索", "search.html"),
    )
    tools = (
        ("怎么看这个站", "about.html"),
        ("手册", "handbook/index.html"),
        ("核验", "verify.html"),
        ("开放数据", "open-data.html"),
        ("无障碍说明", "accessibility.html"),
    )
    classes = tuple(Entry(CLASS_NAMES[c], f"class/{CLASS_SLUGS[c]}.html") for c in classes_of(hall))
    fields = tuple(
        Entry(field, f"field/{number}.html") for number, field in enumerate(fields_of(hall), 1)
    )
    bodies = tuple(
        Entry(o.department.name, f"{o.department.folder}/sitemap.html")
        for o in hall.offices.values()
    )
    groups = (
        ("栏目", _links(fixed)),
        ("栏目下面的", _links(under)),
        ("按人财物案", classes),
        ("按领域", fields),
        ("各机关的站点地图", bodies),
        ("本站说明", _links(tools)),
    )
    return tuple(group for group in groups if group[1])


def _links(pairs: tuple[tuple[str, str], ...]) -> tuple[Entry, ...]:
    return tuple(Entry(label, href) for label, href in pairs)
