"""公开目录: every duty in the columns of the standard table."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalog import binds, excepted
from generator.model import Row
from generator.render.page import Crumb, Page
from generator.render.portal.hall import GROUPS, Hall, in_order, limit
from generator.render.words import CLASS_SLUGS, EVERY, rule_words


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of the table, all cells as text."""

    number: int
    first_level: str
    name: str
    href: str
    content: str
    also: str
    basis: tuple[str, ...]
    limit: str
    local: bool
    in_force: str
    body: str
    channels: tuple[str, ...]
    audience: str
    mode: str
    levels: str


def pages(hall: Hall) -> Iterator[Page]:
    """The one page."""
    duties = tuple(_duty(hall, number, row) for number, row in enumerate(_rows(hall), start=1))
    said = f"{hall.site.region}政府信息公开目录：公开事项、内容、依据、时限、主体、渠道，共 {len(duties)} 项"
    dropped = hall.world.repository.catalog.dropped
    yield hall.page(
        "catalog.html",
        "公开目录",
        column="法定主动公开",
        kind="信息公开目录",
        description=said,
        keywords=("公开目录", "公开标准", "公开时限"),
        crumbs=(Crumb("法定主动公开", "disclosure.html"),),
        values={"duties": duties, "dropped": tuple(dropped.items())},
    )


def _rows(hall: Hall) -> tuple[Row, ...]:
    """All versions that are in force or still to come."""
    rows = hall.world.repository.catalog.rows
    return in_order(row for row in rows if row.valid_to is None or row.valid_to >= hall.as_of)


def _duty(hall: Hall, number: int, row: Row) -> Duty:
    elements = "、".join(element.name for element in row.elements)
    stages = "、".join(stage.name for stage in row.stages)
    whole = "依据、主体、过程、纪律、结果" if row.whole_process else ""
    content = "；".join(part for part in (elements, stages, whole) if part)
    channels = [f"■{name}" for name in row.channels_required]
    channels += [f"□{name}" for name in row.channels_optional]
    return Duty(
        number=number,
        first_level=row.first_level,
        name=row.name,
        href=f"class/{CLASS_SLUGS[row.class_]}.html#{row.slug}",
        content=content or row.name,
        also="、".join(row.also),
        basis=row.basis,
        limit=_limit(row),
        local=row.local,
        in_force=_in_force(row),
        body=_body(hall, row),
        channels=tuple(channels),
        audience=row.audience,
        mode=row.mode,
        levels="、".join(level.value for level in row.levels) or "各级",
    )


def _limit(row: Row) -> str:
    if not row.stages:
        return limit(row)
    stages = (f"{stage.name}：{rule_words(row, stage.due)}" for stage in row.stages)
    return f"{EVERY[row.every]}；{'；'.join(stages)}"


def _in_force(row: Row) -> str:
    first = f"{row.valid_from.isoformat()} 起" if row.valid_from else ""
    last = f"到 {row.valid_to.isoformat()} 止" if row.valid_to else ""
    return "，".join(part for part in (first, last) if part)


def _body(hall: Hall, row: Row) -> str:
    """Whom the row binds in its own words, and whom it spares."""
    departments = hall.world.repository.departments
    if row.bodies.names:
        names = {d.folder: d.name for d in departments}
        said = "、".join(names.get(folder, folder) for folder in row.bodies.names)
    elif row.bodies.kinds:
        said = "、".join(GROUPS[kind] for kind in row.bodies.kinds)
    else:
        said = "各机关"
    spared = [d.name for d in departments if binds(row, d) and excepted(row, d)]
    return f"{said}（{'、'.join(spared)}除外）" if spared else said
