"""Pages about the site itself: 核验, 开放数据, 站点地图, 404."""

import json
from collections.abc import Iterator

from generator.model import Line
from generator.render.addresses import class_list
from generator.render.department.lists import ORDER
from generator.render.department.office import Office
from generator.render.page import Page
from generator.render.parts import Entry, Tab
from generator.render.words import CLASS_NAMES


def pages(office: Office) -> Iterator[Page]:
    """Each of them."""
    name = office.department.name
    lines = _lines(office)
    yield office.page(
        "verify.html",
        "核验",
        "verify",
        column="",
        values={
            "bodies": json.dumps(
                [[office.department.folder, name, office.department.complaints]], ensure_ascii=False
            ),
            "count": len(lines),
            "head": lines[-1] if lines else None,
            "given": sum(line.clock_given for line in lines),
            "found": sum(line.kind == "found" for line in lines),
            "seal": _seal(office),
        },
        description=f"{name}的公开回执链：怎么核对，能证明什么，不能证明什么",
    )
    years = sorted({item.year for item in office.items}, reverse=True)
    slot_years = sorted({y for slot in office.slots if (y := _year(slot.key))}, reverse=True)
    yield office.page(
        "open-data.html",
        "开放数据",
        "open-data",
        column="",
        values={"years": years, "slot_years": slot_years},
        description=f"{name}的公开事项和期次，可以下载的数据",
        meta=(("ColumnName", "开放数据"), ("ColumnType", "数据开放")),
    )
    yield office.page(
        "sitemap.html",
        "站点地图",
        "sitemap",
        column="",
        values={"groups": _map(office)},
        description=f"{name}的全部栏目",
    )
    yield office.page(
        "404.html",
        "没有这一页",
        "404",
        column="",
        values={},
        description="这个地址没有内容",
    )


def _lines(office: Office) -> tuple[Line, ...]:
    as_of = office.world.ledger.as_of
    lines = office.world.evidence.lines.get(office.department.folder, ())
    return tuple(line for line in lines if line.at.date() <= as_of)


def _seal(office: Office) -> int | None:
    """The last seal that names the department's head."""
    as_of = office.world.ledger.as_of
    seals = [seal for seal in office.world.evidence.seals if seal.at.date() <= as_of]
    mine = [seal.seq for seal in seals if office.department.folder in seal.heads]
    return mine[-1] if mine else None


def _year(key: str) -> str:
    tail = key.split("/", 2)[2][:4]
    return tail if tail.isdigit() and len(tail) == 4 else ""


def _map(office: Office) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    fixed = (
        ("首页", "index.html"),
        ("政府信息公开指南", "guide.html"),
        ("政府信息公开制度", "rules.html"),
        ("法定主动公开", "lists/index.html"),
        ("政府信息公开年报", "annual.html"),
        ("依申请公开", "apply.html"),
        ("公开期限和台账", "matrix.html"),
        ("办事指南", "services/index.html"),
        ("权责清单", "powers.html"),
        ("搜索", "search.html"),
        ("核验", "verify.html"),
        ("开放数据", "open-data.html"),
    )
    columns = tuple(Entry(label, href) for label, href in fixed)
    years: dict[tuple[int, int], Tab] = {}
    for item in office.items:
        row = office.row_of(item)
        if row is not None:
            label = f"{CLASS_NAMES[row.class_]} {item.year}年"
            key = (ORDER.index(row.class_), -item.year)
            years[key] = Tab(label, class_list(row.class_, item.year))
    lists = tuple(Entry(years[key].label, years[key].href) for key in sorted(years))
    services = tuple(Entry(s.title, f"services/{s.slug}.html") for s in office.department.services)
    groups = (("栏目", columns), ("公开内容", lists), ("办事指南", services))
    return tuple(group for group in groups if group[1])
