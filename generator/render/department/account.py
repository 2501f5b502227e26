"""The department's ledger below its matrix: what was not met, not counted, exempted, missing."""

from dataclasses import dataclass
from datetime import date

from generator.model import Gap, Slot, Status
from generator.render.addresses import landing_page
from generator.render.department.entries import due_entry
from generator.render.department.office import Office
from generator.render.department.slots import title_of
from generator.render.parts import Entry
from generator.render.words import Day, Text


def slot_entry(office: Office, slot: Slot) -> Entry:
    """A slot in a list: what is owed while it is empty, else what was published."""
    if slot.item is None:
        return due_entry(office, slot, title_of(slot))
    title = title_of(slot) if slot.period is not None else slot.item.title
    return Entry(title, landing_page(slot), _met(office, slot), office.badge(slot))


def _met(office: Office, slot: Slot) -> Text:
    parts: list[str | Day] = []
    if slot.missing and not slot.nil:
        parts.append(f"要素不全：缺{'、'.join(slot.missing)}；")
    if slot.due.day is not None:
        parts += ["应于 ", Day(slot.due.day)]
    if slot.public is not None:
        parts += ["，公开于 " if slot.due.day else "公开于 ", Day(slot.public.date)]
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class Account:
    """One heading of the department's ledger."""

    id: str
    title: str
    said: str
    entries: tuple[Entry, ...]


def accounts(office: Office) -> tuple[Account, ...]:
    """Every heading, empty ones too; on trial none about lateness."""
    kinds = [
        ("doubt", "时间未经证实", "没有可用的凭据，不作判断", (Status.DOUBT,)),
        ("na", "不适用和暂缓", "经主管部门批准，不计入", (Status.NA, Status.HELD)),
    ]
    if not office.trial:
        kinds = [
            ("miss", "逾期未公开", "到期还没有公开", (Status.MISS,)),
            ("late", "滞后公开", "公开了，但过了期限", (Status.LATE,)),
            ("part", "要素不全", "公开了，但缺规定的要素", (Status.PART,)),
            *kinds,
        ]
    sections = []
    for anchor, title, said, statuses in kinds:
        slots = [slot for slot in office.slots if slot.status in statuses]
        slots.sort(key=lambda slot: (slot.due.day or date.min, slot.key), reverse=True)
        entries = tuple(_reasoned(office, slot) for slot in slots)
        sections.append(Account(anchor, f"{title} {len(slots)} 项", said, entries))
    return tuple(sections)


def _reasoned(office: Office, slot: Slot) -> Entry:
    entry = slot_entry(office, slot)
    why = "；".join(part for part in (slot.reason, slot.document) if part)
    return Entry(
        entry.title, entry.href, (*entry.meta, f"。{why}") if why else entry.meta, entry.badge
    )


def exemptions(office: Office) -> tuple[tuple[str, str, Text], ...]:
    """Kind, what it is about, and the document: all that favour this department."""
    shown = []
    for exemption in office.world.repository.exemptions:
        if exemption.slot is not None:
            mine = exemption.slot.startswith(f"{office.department.folder}/")
        else:
            mine = exemption.department == office.department.folder
        if mine:
            about = " ".join(
                part
                for part in (exemption.category, exemption.series, exemption.period, exemption.item)
                if part
            ) or (exemption.slot or "")
            said: list[str | Day] = [exemption.reason or ""]
            if exemption.document:
                said.append(f"{'，' if exemption.reason else ''}{exemption.document}")
            if exemption.on is not None:
                said += ["，", Day(exemption.on)]
            shown.append((exemption.kind.label, about, tuple(said)))
    return tuple(shown)


def gap_words(gap: Gap) -> str:
    """`城管罚字〔2026〕缺第 12、15 号`."""
    return f"{gap.series}〔{gap.year}〕缺第 {'、'.join(map(str, gap.numbers))} 号"
