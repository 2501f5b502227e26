"""Slots before they are judged: which there are, and which items fill them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.catalog import binds, row_of
from generator.model import (
    Catalog,
    Department,
    Every,
    Item,
    Judge,
    Period,
    Phase,
    Row,
    Stage,
)


@dataclass(frozen=True, slots=True)
class SlotDraft:
    """One slot and the items that may fill it."""

    key: str
    department: Department
    row: Row
    items: tuple[Item, ...]
    period: Period | None = None
    process: str | None = None
    stage: Stage | None = None
    before: date | None = None
    """`formed` of the stage before."""
    section: str | None = None
    notice: Item | None = None
    """For a result slot: the 公示 or consultation whose result it is."""


def drafts(
    department: Department, catalog: Catalog, items: Sequence[Item], judge: Judge, as_of: date
) -> Iterator[SlotDraft]:
    """Every slot of the department (formats.md section 4, rules 1 and 2).

    `items` are those that exist on `as_of`. Empty slots due before `judge.since` are among
    them: only their due day can tell, so the judge drops them.
    """
    by_row: dict[str, list[tuple[Row, Item]]] = {}
    for item in items:
        if item.fills and (row := row_of(catalog, item)) is not None and binds(row, department):
            by_row.setdefault(row.slug, []).append((row, item))
    for row in catalog.rows:
        if not binds(row, department):
            continue
        mine = [item for governed, item in by_row.get(row.slug, []) if governed is row]
        present = [i for i in mine if not _gone(i, as_of)]
        match row.every:
            case Every.STANDING:
                yield SlotDraft(
                    f"{department.folder}/{row.slug}/standing", department, row, tuple(present)
                )
            case Every.EVENT:
                yield from _events(department, row, mine, as_of)
            case Every.STAGE:
                yield from _stages(department, row, present)
            case _:
                yield from _periods(department, row, present, judge, as_of)


def _gone(item: Item, as_of: date) -> bool:
    return item.withdrawn is not None and item.withdrawn.on <= as_of


def _periods(
    department: Department, row: Row, items: Sequence[Item], judge: Judge, as_of: date
) -> Iterator[SlotDraft]:
    filled: dict[tuple[Period, str | None], list[Item]] = {}
    for item in items:
        if isinstance(item.period, Period) and item.period.every is row.every:
            section = item.section if row.per_section else None
            filled.setdefault((item.period, section), []).append(item)
    sections: list[tuple[int | None, str | None]] = [(None, None)]
    if row.per_section:
        sections = [(n, s.name) for n, s in enumerate(department.sections, 1)]
    for period in _calendar(department, row, [p for p, _ in filled], judge, as_of):
        for number, section in sections:
            tail = period.key if number is None else f"{period.key}.{number}"
            yield SlotDraft(
                f"{department.folder}/{row.slug}/{tail}",
                department,
                row,
                tuple(filled.get((period, section), ())),
                period=period,
                section=section,
            )


def _calendar(
    department: Department, row: Row, filled: Iterable[Period], judge: Judge, as_of: date
) -> Iterator[Period]:
    """Every period with its first day in force, up to the end of `as_of`'s year.

    Without a beginning the row reaches back to the earliest period that is filled, or whose
    due day can still fall on `since`: none falls later than a year after its period's year.
    """
    begin = max(row.valid_from or date.min, department.start or date.min)
    if begin == date.min:
        earliest = min((p.first for p in filled), default=date.max)
        begin = min(earliest, date(judge.since.year - 2, 1, 1))
    last = min(row.valid_to or date.max, department.end or date.max, date(as_of.year, 12, 31))
    period = Period(begin.year, 1, row.every)
    while period.first <= last:
        if period.first >= begin:
            yield period
        period = period.shift(1)


def _events(
    department: Department, row: Row, items: Sequence[Item], as_of: date
) -> Iterator[SlotDraft]:
    notices = [
        item
        for item in items
        if row.result_within is not None and item.notice is not None and item.process is not None
    ]
    results: dict[str, Item | None] = {}
    taken: set[str] = set()
    for notice in sorted(notices, key=lambda i: (i.notice.last if i.notice else date.min, i.id)):
        if _gone(notice, as_of):
            continue
        result = _result(notice, [i for i in items if i.id not in taken])
        results[notice.id] = result
        if result is not None:
            taken.add(result.id)
    for item in items:
        if item.id in taken:
            continue
        yield SlotDraft(
            f"{department.folder}/{row.slug}/{item.year}.{item.slug}",
            department,
            row,
            (item,),
            process=item.process,
        )
        if item.id in results:
            found = results[item.id]
            standing = found is not None and not _gone(found, as_of)
            yield SlotDraft(
                f"{department.folder}/{row.slug}/{item.year}.{item.slug}.result",
                department,
                row,
                (found,) if found is not None and standing else (),
                process=item.process,
                notice=item,
            )


def _result(notice: Item, items: Iterable[Item]) -> Item | None:
    """The first item of the process after the 公示 ended that says how it ended."""
    assert notice.notice is not None
    last = notice.notice.last
    fitting = [
        item
        for item in items
        if item.process == notice.process
        and item.id != notice.id
        and item.phase is Phase.AFTER
        and item.formed is not None
        and item.formed >= last
    ]
    return min(fitting, key=lambda i: (i.formed or date.max, i.id), default=None)


def _stages(department: Department, row: Row, items: Sequence[Item]) -> Iterator[SlotDraft]:
    processes: dict[str, list[Item]] = {}
    for item in items:
        if item.process is not None:
            processes.setdefault(item.process, []).append(item)
    for process, members in sorted(processes.items()):
        before: date | None = None
        for number, stage in enumerate(row.stages, 1):
            filling = tuple(item for item in members if item.period_key == stage.name)
            yield SlotDraft(
                f"{department.folder}/{row.slug}/{process}.{number}",
                department,
                row,
                filling,
                process=process,
                stage=stage,
                before=before,
            )
            before = min((i.formed for i in filling if i.formed), default=None)


def processes_of(items: Iterable[Item]) -> Mapping[str, tuple[Item, ...]]:
    """Process → its items that stand public."""
    grouped: dict[str, list[Item]] = {}
    for item in items:
        if item.process is not None:
            grouped.setdefault(item.process, []).append(item)
    return {process: tuple(members) for process, members in grouped.items()}
