"""One department's site in the making: what its pages share, reckoned once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.catalog import row_of
from generator.model import (
    Department,
    Every,
    Item,
    Line,
    Period,
    Public,
    Row,
    Site,
    Slot,
    State,
    Status,
)
from generator.render import words
from generator.render.figures import Figure
from generator.render.index_number import index_numbers
from generator.render.page import Crumb, Indexed, Page
from generator.render.publication import publications
from generator.render.templates import fill
from generator.render.words import Badge
from generator.render.world import World


@dataclass(frozen=True)
class Office:
    """A department and everything that is known of it."""

    world: World
    department: Department

    @property
    def site(self) -> Site:
        """The site's configuration."""
        return self.world.repository.site

    @cached_property
    def trial(self) -> bool:
        """Whether no lateness is shown yet."""
        return words.trial(self.world.ledger)

    @cached_property
    def public(self) -> Mapping[str, Public | None]:
        """Item id → its publication, newest first; items not there on `as_of` are absent."""
        return publications(self.world, self.department)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items that are there, newest first."""
        return tuple(self.world.items[key] for key in self.public)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The department's slots, in key order."""
        return self.world.slots_of.get(self.department.folder, ())

    @cached_property
    def slots_by_row(self) -> Mapping[str, tuple[Slot, ...]]:
        """Row slug → its slots, oldest first; in catalogue order."""
        grouped: dict[str, list[Slot]] = {
            row.slug: [] for row in self.world.repository.catalog.rows
        }
        for slot in self.slots:
            grouped[slot.row.slug].append(slot)
        return {slug: tuple(sorted(slots, key=_age)) for slug, slots in grouped.items() if slots}

    @cached_property
    def index_numbers(self) -> Mapping[str, str]:
        """Item id → 索引号."""
        return index_numbers(self.world, self.department.folder)

    @cached_property
    def states(self) -> Mapping[str, State]:
        """Item id → whether its page shows its body, as its record says."""
        articles = self.world.articles
        return {i.id: State(json.loads(articles[i.id].record)["state"]) for i in self.items}

    def state(self, item: Item) -> State:
        """Whether the item's page shows its body."""
        return self.states[item.id]

    def html(self, item: Item) -> str:
        """The item's body as it stands in its page."""
        return self.world.articles[item.id].html

    @cached_property
    def filed(self) -> Mapping[tuple[str, str | None], Mapping[Period, Item]]:
        """Category and section → period → the item that is its content (first to be there)."""
        found: dict[tuple[str, str | None], dict[Period, Item]] = {}
        for item in self.items:
            if isinstance(item.period, Period) and item.corrects is None:
                # Newest first, so the one that was there first is written last.
                found.setdefault((item.category, item.section), {})[item.period] = item
        return found

    @cached_property
    def by_category(self) -> Mapping[str, tuple[Item, ...]]:
        """Category → its items, the year of their folder last first, then newest first."""
        found: dict[str, list[Item]] = {}
        for item in sorted(self.items, key=lambda item: -item.year):
            found.setdefault(item.category, []).append(item)
        return {category: tuple(items) for category, items in found.items()}

    @cached_property
    def figures(self) -> dict[tuple[str, str], Figure | None]:
        """Item id and element → its figure: read once, though eight pages show it."""
        return {}

    @cached_property
    def processes(self) -> Mapping[str, tuple[Item, ...]]:
        """Process → its items, oldest first."""
        found: dict[str, list[Item]] = {}
        for item in reversed(self.items):
            if item.process is not None:
                found.setdefault(item.process, []).append(item)
        return {process: tuple(items) for process, items in found.items()}

    @cached_property
    def owing(self) -> Mapping[str, tuple[Slot, ...]]:
        """Process → its slots that no item fills yet, in key order."""
        found: dict[str, list[Slot]] = {}
        for slot in self.slots:
            if slot.process is not None and slot.item is None:
                found.setdefault(slot.process, []).append(slot)
        return {process: tuple(slots) for process, slots in found.items()}

    @cached_property
    def pointing(self) -> Mapping[str, tuple[Item, ...]]:
        """Item id → the items that correct or interpret it, oldest first."""
        found: dict[str, list[Item]] = {}
        for item in reversed(self.items):
            for target in (item.corrects, item.interprets):
                if target is not None:
                    found.setdefault(target, []).append(item)
        return {target: tuple(items) for target, items in found.items()}

    @cached_property
    def lines(self) -> Mapping[str, tuple[Line, ...]]:
        """Item id → its receipt lines up to `as_of`, oldest first."""
        found: dict[str, list[Line]] = {}
        for line in self.world.evidence.lines.get(self.department.folder, ()):
            if line.at.date() <= self.world.ledger.as_of:
                found.setdefault(line.item, []).append(line)
        return {item: tuple(lines) for item, lines in found.items()}

    def row_of(self, item: Item) -> Row | None:
        """The catalogue row under which an item is filed: its slot's, else the last version."""
        for slot in self.world.slots_by_item.get(item.id, ()):
            return slot.row
        catalog = self.world.repository.catalog
        rows = catalog.by_category(item.category)
        return row_of(catalog, item) or (rows[-1] if rows else None)

    def badge(self, slot: Slot) -> Badge:
        """The slot's status today."""
        return words.badge(slot, self.trial)

    def still(self, slot: Slot) -> Badge:
        """The status in words that do not move with the day, for other pages than its own."""
        shown = self.badge(slot)
        if shown.kind == Status.MISS:
            return Badge(shown.kind, Status.MISS.word)
        if shown.kind == Status.SOON:
            return Badge("open", Status.OPEN.word)
        return shown

    def item_badge(self, item: Item) -> Badge | None:
        """The status of an item: of the slot it fills first, or why it is not judged."""
        match self.state(item):
            case State.WITHDRAWN:
                return Badge("na", "已撤回")
            case State.EXPIRED:
                return Badge("na", "展示期满")
            case State.PUBLIC:
                pass
        if item.imported is not None:
            return Badge("shown", "补录")
        if item.corrects is not None:
            return Badge("shown", "更正")
        slots = self.world.slots_by_item.get(item.id, ())
        return self.badge(slots[0]) if slots else None

    def page(
        self,
        path: str,
        title: str,
        template: str,
        *,
        column: str,
        crumbs: tuple[Crumb, ...] = (),
        here: str | None = None,
        values: Mapping[str, object],
        description: str = "",
        meta: tuple[tuple[str, str], ...] = (),
        record: str = "",
        indexed: Indexed | None = None,
    ) -> Page:
        """A page whose main column is `pages/department/<template>.html` filled with `values`.

        The path to it begins at the department's home; the frame puts the portal before it.
        `here` is what the path calls the page itself, where its title is too long; an empty
        one leaves it out, so that the text begins earlier.
        """
        up = "../" * path.count("/")
        main = fill(
            f"pages/department/{template}.html",
            up=up,
            office=self,
            department=self.department,
            site=self.site,
            **values,
        )
        home = Crumb(self.department.name, f"{up}index.html")
        path_to = (home, *crumbs, *((Crumb(here or title, None),) if here != "" else ()))
        return Page(
            path=path,
            title=title,
            main=main,
            column=column,
            description=description or f"{self.department.name}：{title}",
            crumbs=path_to if path != "index.html" else (),
            meta=meta,
            record=record,
            indexed=indexed,
        )


def column_meta(
    name: str, kind: str, description: str, *keywords: str
) -> tuple[tuple[str, str], ...]:
    """The column-level tags; `kind` is one of the guide's ColumnType values."""
    return (
        ("ColumnName", name),
        ("ColumnDescription", description),
        ("ColumnKeywords", ",".join((name, *keywords))),
        ("ColumnType", kind),
    )


def _age(slot: Slot) -> tuple[str, int, str]:
    period = slot.period
    if period is not None:
        return (period.first.isoformat(), 0, slot.tail)
    item_day = slot.event_date or (slot.item.formed if slot.item else None)
    late = slot.row.every in (Every.STAGE, Every.STANDING)
    return (item_day.isoformat() if item_day else "", int(late), slot.tail)
