"""Family C: what the catalogue asks of items, and what contradicts it."""

from collections.abc import Iterator

from generator.catalog import binds, excepted, overlapping, row_of
from generator.check.finding import on_item
from generator.diagnostic import Diagnostic, Place
from generator.model import (
    EVENT,
    STANDING,
    Department,
    Every,
    Exemption,
    ExemptionKind,
    Item,
    Period,
    Phase,
    Repository,
    Row,
)
from generator.rules import catalog as rules
from generator.source.labels import labelled
from generator.source.near import nearest

_EXAMPLE = {
    Every.MONTH: "`2026-10`",
    Every.QUARTER: "`2026-Q3`",
    Every.HALF: "`2026-H1`",
    Every.YEAR: "`2026`",
    Every.EVENT: f"`{EVENT}`",
    Every.STANDING: f"`{STANDING}`",
}
_EVERY_NAMES = {
    Every.MONTH: "每月",
    Every.QUARTER: "每季度",
    Every.HALF: "每半年",
    Every.YEAR: "每年",
    Every.EVENT: "随事",
    Every.STAGE: "分阶段",
    Every.STANDING: "长期",
}


def of_all(repository: Repository) -> Iterator[Diagnostic]:
    """The findings of the family that need every department."""
    for first, second in overlapping(repository.catalog):
        yield Diagnostic(
            Place(second.path, second.line, 1, 2),
            rules.CONTRADICTORY_ROW,
            f"标识 `{second.slug}` 已在 {first.path} 第 {first.line} 行，两者的施行期重叠",
            "给两个版本写不重叠的 `valid`；长期和分阶段的行不能有第二个版本",
        )
    for exemption in repository.exemptions:
        yield from _exemption(repository, exemption)


def of_departments(repository: Repository) -> Iterator[Diagnostic]:
    """The findings of the family in each department by itself."""
    known = {row.category for row in repository.catalog.rows}
    for department in repository.departments:
        for item in department.items:
            yield from _item(repository, department, item, known)
        for service in department.services:
            if service.category not in known:
                mark = service.marks["category"]
                yield Diagnostic(
                    Place(service.path, mark.line, mark.column, mark.end_column),
                    rules.UNKNOWN_CATEGORY,
                    f"公开目录里没有「{service.category}」",
                    "办事指南写 `category: 基本/办事指南`",
                    f"{department.folder}/services/{service.slug}",
                )
        yield from _taken(repository, department)


def _item(
    repository: Repository, department: Department, item: Item, known: set[str]
) -> Iterator[Diagnostic]:
    if item.category not in known:
        near = nearest(item.category, sorted(known)) or nearest(
            item.category.rpartition("/")[2], sorted(known)
        )
        listed = "、".join(f"「{name}」" for name in near)
        yield on_item(
            item,
            rules.UNKNOWN_CATEGORY,
            "category",
            f"公开目录里没有「{item.category}」",
            (f"目录里相近的是{listed}" if near else "照公开目录的「一级事项/二级事项」写")
            + "；全部见网站的公开目录页",
        )
        return
    row = row_of(repository.catalog, item)
    if row is None:
        yield on_item(
            item,
            rules.NOT_IN_FORCE,
            "formed period category",
            f"「{item.category}」在 {item.period_label} 还没有施行，或已经停止",
            "核对期次和形成日期；历史材料写 `imported:` 说明来源",
        )
        return
    yield from _fit(item, row)
    if not binds(row, department):
        kinds = "、".join(kind.value for kind in row.bodies.kinds) or "指定的机关"
        yield on_item(
            item,
            rules.NOT_OWED,
            "category",
            f"「{item.category}」由{kinds}公开，{department.name}是{department.kind.value}（{department.level.value}）",
            "换成本机关的公开事项",
        )
    elif (reason := excepted(row, department)) is not None:
        yield on_item(
            item,
            rules.NOT_APPLICABLE,
            "category",
            f"目录写明本机关不适用「{item.category}」：{reason}",
            "核对公开事项",
        )
    elif _exempted(repository, department, item):
        yield on_item(
            item,
            rules.NOT_APPLICABLE,
            "category",
            f"「{item.category}」已批准对本机关不适用",
            "核对公开事项；确有此职权的，请监督机关撤销免除",
        )


def _fit(item: Item, row: Row) -> Iterator[Diagnostic]:
    if row.every.periodic:
        fits = isinstance(item.period, Period) and item.period.every is row.every
    elif row.every is Every.STAGE:
        fits = item.period in {stage.name for stage in row.stages}
    else:
        fits = item.period == (EVENT if row.every is Every.EVENT else STANDING)
    if not fits:
        example = _EXAMPLE.get(row.every) or "、".join(f"`{stage.name}`" for stage in row.stages)
        yield on_item(
            item,
            rules.PERIOD_MISFIT,
            "period",
            f"{labelled('period')}是「{item.period_label}」，「{item.category}」是{_EVERY_NAMES[row.every]}公开",
            f"写成 {example} 这样的期次",
        )
    if item.nil is not None and row.every is Every.EVENT:
        yield on_item(
            item,
            rules.NIL_EVENT,
            "nil",
            "随事公开的事项不写零报告",
            "没有发生就不用公开，删去这一件",
        )
    if row.every is Every.STAGE and item.process is None:
        yield on_item(
            item,
            rules.PROCESS_NEEDED,
            "period",
            "分阶段公开的事项缺少 `process`",
            "加 `process: 英文标识`，同一件事各阶段用同一个标识",
        )
    if (row.before_required or row.phase_required) and (item.phase is None or not item.process):
        lack = "`phase`" if item.phase is None else "`process`"
        yield on_item(
            item,
            rules.PHASE_NEEDED,
            "phase period",
            f"「{item.category}」要分事前和事后公开，缺少 {lack}",
            "加 `phase: before`（事前）或 `phase: after`（事后），和同一个 `process`",
        )
    if row.per_section and item.section is None:
        yield on_item(
            item,
            rules.SECTION_NEEDED,
            "category",
            f"「{item.category}」按科室公开，缺少 `section`",
            "加 `section: 科室名`，照 `department.yml` 里的写",
        )


def _exempted(repository: Repository, department: Department, item: Item) -> bool:
    if item.imported is not None or not isinstance(item.period, Period):
        return False
    for e in repository.exemptions:
        if e.kind is not ExemptionKind.NOT_APPLICABLE or e.department != department.folder:
            continue
        if e.category != item.category or (e.period and e.period != item.period.key):
            continue
        if (e.first is None or e.first <= item.period.last) and (
            e.last is None or item.period.last <= e.last
        ):
            return True
    return False


def _taken(repository: Repository, department: Department) -> Iterator[Diagnostic]:
    """Two items for one slot: said on the later one (by name of file), naming the first."""
    taken: dict[tuple[str, ...], Item] = {}
    for item in department.items:
        if not item.fills or item.withdrawn is not None:
            continue
        row = row_of(repository.catalog, item)
        key = _slot_key(row, item) if row is not None else None
        if key is None:
            continue
        first = taken.setdefault(key, item)
        if first is not item:
            yield on_item(
                item,
                rules.SLOT_TAKEN,
                "period",
                f"「{item.category}」{item.period_label}已有一件：{first.path}",
                "合成一件；改正前一件的写 `corrects: " + first.id + "`",
            )


def _slot_key(row: Row, item: Item) -> tuple[str, ...] | None:
    if row.every is Every.EVENT:
        if item.process is None or item.phase not in (Phase.BEFORE, Phase.AFTER):
            return None
        return (row.slug, item.process, item.phase.value)
    if row.every is Every.STAGE:
        return (row.slug, item.process or "", item.period_key) if item.process else None
    return (row.slug, item.period_key, (item.section or "") if row.per_section else "")


def _exemption(repository: Repository, exemption: Exemption) -> Iterator[Diagnostic]:
    place = Place(exemption.path, exemption.line, 1, 2)
    folders = {d.folder for d in repository.departments} | set(repository.broken)
    if exemption.department is not None and exemption.department not in folders:
        yield Diagnostic(
            place,
            rules.EXEMPTION_INCOMPLETE,
            f"没有 `{exemption.department}` 这个机关",
            "写机关的文件夹名，如 `chengguan`",
        )
    categories = {row.category for row in repository.catalog.rows}
    if exemption.category is not None and exemption.category not in categories:
        near = nearest(exemption.category, sorted(categories), 1)
        yield Diagnostic(
            place,
            rules.UNKNOWN_CATEGORY,
            f"公开目录里没有「{exemption.category}」",
            f"目录里相近的是「{near[0]}」" if near else "照公开目录的「一级事项/二级事项」写",
        )
    items = {item.id for item in repository.items}
    broken = (exemption.item or "").split("/")[0] in repository.broken
    if exemption.item is not None and exemption.item not in items and not broken:
        yield Diagnostic(
            place,
            rules.EXEMPTION_INCOMPLETE,
            f"没有 `{exemption.item}` 这件事项",
            "写事项的编号，如 `chengguan/2026/a`",
        )
    slugs = {row.slug for row in repository.catalog.rows}
    if exemption.slot is not None:
        parts = exemption.slot.split("/")
        if len(parts) != 3 or parts[0] not in folders or parts[1] not in slugs:
            yield Diagnostic(
                place,
                rules.EXEMPTION_INCOMPLETE,
                f"没有 `{exemption.slot}` 这一期",
                "写「机关/目录标识/期次」，如 `chengguan/reception/2026-Q2`",
            )
