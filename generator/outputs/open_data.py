"""Open data of a department: its items and slots of each year as JSON and CSV."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.model import Department, Ledger, Public, Slot, Status
from generator.outputs.records import Record, flat, item_record, slot_record
from generator.render import words
from generator.render.page import Asset
from generator.render.world import World

_FORMULA = ("=", "+", "-", "@")
_ON_TRIAL_HIDDEN = frozenset({"completed_late", "exempted_late"})


def open_data(
    world: World, department: Department, public: Mapping[str, Public | None]
) -> tuple[Asset, ...]:
    """`data/{items,slots}-<year>.{json,csv}`; `public` is what of the department is there."""
    assets: list[Asset] = []
    for year, records in _grouped(_items(world, public)):
        assets += _pair(f"items-{year}", "items", records)
    slots = world.slots_of[department.folder]
    for year, records in _grouped(_slots(world.ledger, slots)):
        assets += _pair(f"slots-{year}", "slots", records)
    return tuple(assets)


def slot_year(slot: Slot, ledger: Ledger) -> int:
    """The year under which a slot is filed: its key's, else that of its due day or event.

    A slot that has none of them is filed under the year from which the site judges.
    """
    written = re.match("[0-9]{4}", slot.tail)
    if written:
        return int(written.group())
    return (slot.due.day or slot.event_date or ledger.judge.since).year


def shown_slot(slot: Slot, ledger: Ledger) -> Slot:
    """The slot as the public may see it: in a trial without lateness (formats.md 4.8)."""
    if not words.trial(ledger):
        return slot
    badge = words.badge(slot, True)
    return replace(
        slot,
        status=Status(badge.kind),
        word=badge.word,
        judged_on=None,
        days_late=None,
        workdays_late=None,
        workdays_left=None,
        flags=tuple(flag for flag in slot.flags if flag not in _ON_TRIAL_HIDDEN),
    )


def csv_bytes(records: Iterable[Record]) -> bytes:
    """Records as CSV: UTF-8 with BOM, CRLF, no cell that a spreadsheet would run as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for number, record in enumerate(records):
        if number == 0:
            writer.writerow(record)
        writer.writerow(
            ["'" + cell if cell.startswith(_FORMULA) else cell for cell in flat(record)]
        )
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _items(world: World, public: Mapping[str, Public | None]) -> Iterable[tuple[int, Record]]:
    for id_ in sorted(public):
        item = world.items[id_]
        slots = world.slots_by_item.get(id_, ())
        slot = shown_slot(slots[0], world.ledger) if slots else None
        key, status = (slot.key, slot.status.value) if slot else (None, None)
        yield item.year, item_record(world, item, public[id_], key, status)


def _slots(ledger: Ledger, slots: Iterable[Slot]) -> Iterable[tuple[int, Record]]:
    for slot in slots:
        yield slot_year(slot, ledger), slot_record(shown_slot(slot, ledger))


def _grouped(records: Iterable[tuple[int, Record]]) -> list[tuple[int, list[Record]]]:
    years: dict[int, list[Record]] = {}
    for year, record in records:
        years.setdefault(year, []).append(record)
    return sorted(years.items())


def _pair(name: str, key: str, records: list[Record]) -> tuple[Asset, Asset]:
    document = {"schema_version": 1, key: records}
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return (
        Asset(f"data/{name}.json", text.encode()),
        Asset(f"data/{name}.csv", csv_bytes(records)),
    )
