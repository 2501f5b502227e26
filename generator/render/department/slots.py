"""Pages of slots, and of rows with all their periods."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from generator.article import breakable
from generator.model import Every, Public, Row, Section, Slot, Status
from generator.render import addresses
from generator.render.addresses import item_page, own_page, row_page, slot_page
from generator.render.deadline import why
from generator.render.department.entries import item_entry
from generator.render.department.office import Office
from generator.render.page import Crumb, Indexed, Page
from generator.render.parts import Entry
from generator.render.words import (
    CLASS_NAMES,
    EVERY,
    Badge,
    Day,
    Text,
    limit_words,
    long_day,
    rule_words,
)

SHOWN = 50
"""Items of an event row shown in one year's list; the rest stand in the class's list."""


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """One period of a row, in a table of periods."""

    label: str
    href: str | None
    due: Text
    public: Public | None
    there: bool
    badge: Badge


def pages(office: Office) -> Iterator[Page]:
    """A page for each slot that has one of its own, and one for each row."""
    for slots in office.slots_by_row.values():
        for slot in slots:
            if own_page(slot):
                yield _slot_page(office, slot)
        yield _row_page(office, slots[-1].row, slots)


def title_of(slot: Slot) -> str:
    """What the slot is called: 2026年第三季度维修费开支, 便民摊位分配结果."""
    name = f"{slot.row.name}结果" if slot.result else slot.row.name
    when = slot.period.label if slot.period else ""
    stage = f"：{slot.stage}" if slot.stage else ""
    section = f"（{slot.section}）" if slot.section else ""
    return f"{when}{name}{stage}{section}"


def _slot_page(office: Office, slot: Slot) -> Page:
    row = slot.row
    title = title_of(slot)
    path = slot_page(slot)
    badge = office.badge(slot)
    year = slot.period.year if slot.period else None
    siblings = [
        other
        for other in office.slots_by_row[row.slug]
        if other.section == slot.section
        and own_page(other)
        and (year is None or (other.period is not None and other.period.year == year))
    ]
    return office.page(
        path,
        title,
        "slot",
        column="公开台账",
        crumbs=(
            Crumb("公开期限", "../../matrix.html"),
            Crumb(row.name, f"../../{row_page(row.slug)}"),
        ),
        here=_short(slot),
        values={
            "slot": slot,
            "row": row,
            "title": Markup(breakable(title, row.name)),
            "badge": badge,
            "verdict": _verdict(badge.kind),
            "says": _says(office, slot),
            "speak": None if slot.item else _speak(office, slot, title),
            "item": item_entry(office, slot.item) if slot.item else None,
            "notice": _notice(office, slot),
            "url": addresses.public_url(office.site, office.department.folder, path),
            "section": _section(office, slot),
            "limit": limit_words(slot),
            "lines": tuple(_line(office, other, slot) for other in reversed(siblings)),
            "year": year,
            "why": why(slot),
        },
        description=f"{office.department.name} {title}：{badge.word}",
        meta=(("ColumnName", row.name), ("ColumnType", "信息公开目录")),
        indexed=None if slot.item else _indexed(office, slot, title, badge),
    )


def _short(slot: Slot) -> str:
    return slot.period.label if slot.period else (slot.stage or ("结果" if slot.result else "本期"))


def _verdict(kind: str) -> str:
    if kind == Status.MISS:
        return "owed"
    good = (Status.OK, Status.NIL, Status.SHOWN)
    look = (Status.LATE, Status.PART, Status.SOON)
    return "verdict v-ok" if kind in good else "verdict v-late" if kind in look else "verdict"


def _says(office: Office, slot: Slot) -> Text:
    """The verdict in one sentence."""
    day = slot.due.day
    provisional = "（暂定）" if slot.due.state.value == "provisional" else ""
    if slot.status is Status.NA:
        return (f"不适用：{slot.reason or '批准的事由见豁免清单'}。",)
    if slot.item is not None:
        return ("已经公开。",)
    if slot.status is Status.HELD:
        document = f"，批文 {slot.document}" if slot.document else ""
        return ("批准暂缓公开到 ", Day(day), f"{document}。") if day else (f"暂缓公开{document}。",)
    if day is None:
        return (f"还没有公开；{limit_words(slot)}，算不出固定的日子。",)
    if slot.status is Status.MISS and not office.trial:
        past = slot.label.removeprefix("逾期").strip() or "期限"
        return (f"应于 {long_day(day)}公开，已过 {past}。",)
    left = ""
    if slot.workdays_left is not None and slot.status is Status.SOON:
        left = f"，还剩 {slot.workdays_left} 个工作日"
    return (f"应于 {long_day(day)}前公开{provisional}{left}。",)


def _speak(office: Office, slot: Slot, title: str) -> str:
    day = slot.due.day
    ask = f"我问{office.department.name}的{title}。"
    if slot.status is Status.MISS and day is not None and not office.trial:
        return f"{ask}按规定 {long_day(day)}就该公开，现在还没有，请问什么时候公开？"
    if day is not None:
        return f"{ask}按规定应于 {long_day(day)}前公开，请问准备得怎么样了？"
    return f"{ask}请问公开了没有，在哪里看？"


def _notice(office: Office, slot: Slot) -> Entry | None:
    """The 公示 that a result slot answers; its key holds the item's year and slug."""
    if not slot.result:
        return None
    year, _, rest = slot.tail.partition(".")
    item = office.world.items.get(
        f"{office.department.folder}/{year}/{rest.removesuffix('.result')}"
    )
    return item_entry(office, item) if item is not None and item.id in office.public else None


def _section(office: Office, slot: Slot) -> Section | None:
    wanted = slot.section or slot.row.section
    for section in office.department.sections:
        if section.name == wanted:
            return section
    return Section(wanted, None, None) if wanted else None


def _line(office: Office, slot: Slot, here: Slot | None) -> PeriodLine:
    mine = here is not None and slot.key == here.key
    label = f"{_short(slot)}（本页）" if mine else title_of(slot)
    if not mine and slot.period is not None:
        label = slot.period.label + (f"（{slot.section}）" if slot.section else "")
    href = None if mine else item_page(slot.item) if slot.item else slot_page(slot)
    badge = office.badge(slot) if mine or here is None else office.still(slot)
    return PeriodLine(label, href, _due(slot), slot.public, slot.item is not None, badge)


def _due(slot: Slot) -> Text:
    if slot.due.day is None:
        return (limit_words(slot),)
    return (slot.due.day, "，暂定" if slot.due.state.value == "provisional" else "")


def _indexed(office: Office, slot: Slot, title: str, badge: Badge) -> Indexed:
    row = slot.row
    body = "\n".join(
        (
            f"还没有公开。{limit_words(slot)}。",
            "应当公开：" + "、".join(element.name for element in row.elements),
            " ".join(row.also),
            row.category.replace("/", " "),
        )
    )
    year = slot.period.year if slot.period else (slot.due.day.year if slot.due.day else "")
    word = office.still(slot).word
    filters = {
        "机关": office.department.name,
        "分类": CLASS_NAMES[row.class_],
        "年度": str(year),
        "状态": word,
        "种类": "期次",
    }
    day = slot.due.day.isoformat() if slot.due.day else ""
    meta = {"机关": office.department.name, "状态": word, "应公开": day}
    return Indexed(title, body, filters, "", meta)


@dataclass(frozen=True, slots=True)
class YearOf:
    """The items of an event row that were filed in one year."""

    year: int
    entries: tuple[Entry, ...]
    total: int
    href: str


def _row_page(office: Office, row: Row, slots: tuple[Slot, ...]) -> Page:
    own = [slot for slot in slots if own_page(slot)]
    filed = {slot.item.id for slot in slots if slot.item}
    others = [i for i in office.by_category.get(row.category, ()) if i.id not in filed]
    events = [i for i in office.by_category.get(row.category, ()) if i.id in filed]
    years = []
    if row.every is Every.EVENT:
        for year, group in groupby(events, key=lambda i: i.year):
            items = tuple(group)
            entries = tuple(item_entry(office, i) for i in items[:SHOWN])
            href = addresses.class_list(row.class_, year)
            years.append(YearOf(year, entries, len(items), href))
    description = (
        f"{office.department.name}{row.name}：{EVERY[row.every]}，{rule_words(row, row.due)}"
    )
    return office.page(
        row_page(row.slug),
        row.name,
        "row",
        column="法定主动公开",
        crumbs=(Crumb("法定主动公开", "../../lists/index.html"),),
        values={
            "row": row,
            "every": EVERY[row.every],
            "limit": rule_words(row, row.due),
            "class_name": CLASS_NAMES[row.class_],
            "lines": tuple(_line(office, slot, None) for slot in reversed(own)),
            "years": tuple(years),
            "others": tuple(item_entry(office, item) for item in others),
        },
        description=description,
        meta=(
            ("ColumnName", row.name),
            ("ColumnDescription", description),
            ("ColumnKeywords", ",".join((row.name, *row.also))),
            ("ColumnType", "信息公开目录"),
        ),
        indexed=Indexed(
            f"{row.name}（各期）",
            "\n".join((row.category.replace("/", " "), " ".join(row.also), description)),
            {
                "机关": office.department.name,
                "分类": CLASS_NAMES[row.class_],
                "种类": "目录",
            },
            "",
            {"机关": office.department.name},
        ),
    )
