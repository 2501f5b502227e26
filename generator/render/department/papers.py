"""The fixed columns of the platform rule: 指南, 制度, 年报, 依申请公开."""

from collections.abc import Iterator

from generator.model import Item, Slot
from generator.render.addresses import slot_page
from generator.render.department.entries import due_entry, item_entry
from generator.render.department.lists import ORDER
from generator.render.department.office import Office, column_meta
from generator.render.department.slots import title_of
from generator.render.index_number import pattern_in_words
from generator.render.page import Indexed, Page
from generator.render.parts import Entry
from generator.render.words import CLASS_NAMES

GUIDE = ("foi-guide",)
RULES = ("foi-rules", "rules", "discipline", "accountability")
ANNUAL = ("foi-annual",)
REQUESTS = ("foi-requests",)


def pages(office: Office) -> Iterator[Page]:
    """Each column's page, in the order of the navigation row."""
    name = office.department.name
    said = f"{name}的政府信息公开指南：分类、编排体系、获取方式和联系方式"
    yield office.page(
        "guide.html",
        "政府信息公开指南",
        "guide",
        column="指南",
        here="指南",
        values={
            "classes": _classes(office),
            "index_number": pattern_in_words(office.site.index_number),
            "filed": _filed(office, GUIDE),
            "owed": _owed(office, GUIDE),
            "url": f"{office.site.url}{office.department.folder}/",
        },
        description=said,
        meta=column_meta("政府信息公开指南", "信息公开指南", said, "指南"),
        indexed=_indexed(office, "政府信息公开指南", said),
    )
    yield _shelf(
        office,
        "rules",
        "制度",
        RULES,
        said=f"{name}的政府信息公开制度和工作制度",
        kind="信息公开目录",
        keyword="制度",
    )
    yield _shelf(
        office,
        "annual",
        "年报",
        ANNUAL,
        said=f"{name}的政府信息公开年度报告",
        kind="信息公开年报",
        keyword="年度报告",
    )
    said = f"向{name}申请公开政府信息：怎么申请、送到哪里、20 个工作日内答复、收不收费"
    yield office.page(
        "apply.html",
        "依申请公开",
        "apply",
        column="依申请公开",
        values={"filed": _filed(office, REQUESTS), "section": receiving(office)},
        description=said,
        meta=column_meta("依申请公开", "依申请公开", said, "申请公开"),
        indexed=_indexed(office, "怎么申请公开政府信息", said),
    )


def _shelf(
    office: Office,
    template: str,
    column: str,
    slugs: tuple[str, ...],
    *,
    said: str,
    kind: str,
    keyword: str,
) -> Page:
    """A column that holds papers and nothing else."""
    title = f"政府信息公开{column}"
    return office.page(
        f"{template}.html",
        title,
        template,
        column=column,
        here=column,
        values={"filed": _filed(office, slugs), "owed": _owed(office, slugs)},
        description=said,
        meta=column_meta(title, kind, said, keyword),
    )


def _items(office: Office, slugs: tuple[str, ...]) -> Iterator[Item]:
    rows = office.world.repository.catalog.rows
    categories = {row.category for row in rows if row.slug in slugs}
    for item in office.items:
        if item.category in categories:
            yield item


def _filed(office: Office, slugs: tuple[str, ...]) -> tuple[Entry, ...]:
    return tuple(item_entry(office, item) for item in _items(office, slugs))


def _owed(office: Office, slugs: tuple[str, ...]) -> tuple[Entry, ...]:
    """The rows' slots that are empty and due by now or next."""
    empty: list[Slot] = []
    for slug in slugs:
        slots = [slot for slot in office.slots_by_row.get(slug, ()) if slot.item is None]
        empty.extend(slots)
    empty.sort(key=lambda slot: (slot.due.day is None, slot.due.day, slot_page(slot)))
    return tuple(due_entry(office, slot, title_of(slot)) for slot in empty)


def _classes(office: Office) -> tuple[tuple[str, int], ...]:
    """Class → how many rows of it the department owes, 人财物案 first."""
    owed = [slots[-1].row.class_ for slots in office.slots_by_row.values()]
    return tuple((CLASS_NAMES[c], owed.count(c)) for c in ORDER if c in owed)


def receiving(office: Office) -> str:
    """The section that takes requests in: the row's own, else the office."""
    for slug in REQUESTS:
        for slot in office.slots_by_row.get(slug, ()):
            if slot.row.section:
                return slot.row.section
    sections = [section.name for section in office.department.sections]
    return next((name for name in sections if "办公室" in name), "办公室")


def _indexed(office: Office, title: str, body: str) -> Indexed:
    filters = {"机关": office.department.name, "种类": "指南"}
    return Indexed(title, body, filters, "", {"机关": office.department.name})
