"""The portal in the making: what its pages share, reckoned once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from urllib.parse import quote

from generator.catalog import row_of, state_of
from generator.model import (
    Department,
    Fraction,
    Grade,
    Item,
    Kind,
    Ledger,
    Public,
    Rates,
    Row,
    Site,
    Slot,
    State,
    Status,
)
from generator.render import words
from generator.render.addresses import item_page, landing_page
from generator.render.department.lists import ORDER
from generator.render.department.office import Office, column_meta
from generator.render.page import Crumb, Indexed, Page
from generator.render.templates import fill
from generator.render.world import World

NEWEST = 20

GROUPS = {Kind.DEPARTMENT: "部门", Kind.STREET: "街道乡镇", Kind.VILLAGE: "村居"}
"""Bodies as the home page groups them."""


@dataclass(frozen=True)
class Hall:
    """Every body of the site, and what is known of them together."""

    world: World

    @property
    def site(self) -> Site:
        """The site's configuration."""
        return self.world.repository.site

    @property
    def ledger(self) -> Ledger:
        """Every slot and its status."""
        return self.world.ledger

    @property
    def as_of(self) -> date:
        """The day of the ledger."""
        return self.world.ledger.as_of

    @cached_property
    def trial(self) -> bool:
        """Whether no lateness is shown yet."""
        return words.trial(self.world.ledger)

    @cached_property
    def offices(self) -> Mapping[str, Office]:
        """Folder → the body with all that is known of it, in the configured order."""
        return {d.folder: Office(self.world, d) for d in self.world.repository.departments}

    @cached_property
    def groups(self) -> tuple[tuple[str, tuple[Office, ...]], ...]:
        """部门, 街道乡镇, 村居, each with its bodies; empty groups are left out."""
        found = (
            (name, tuple(o for o in self.offices.values() if o.department.kind is kind))
            for kind, name in GROUPS.items()
        )
        return tuple(group for group in found if group[1])

    @cached_property
    def rates(self) -> Mapping[str, Rates]:
        """Folder → rates; empty while the site is on trial."""
        return {} if self.trial else {rates.department: rates for rates in self.ledger.rates}

    @cached_property
    def on_time(self) -> Fraction:
        """按时率 of all bodies together."""
        return _total(rates.on_time for rates in self.rates.values())

    @cached_property
    def covered(self) -> Fraction:
        """全面率 of all bodies together."""
        return _total(rates.covered for rates in self.rates.values())

    @cached_property
    def newest(self) -> tuple[tuple[Public, Item], ...]:
        """What became public last, of all bodies.

        By the evidence from which the site judges: where that is the receipt, what Git alone
        knows of is not yet seen in public. History that was filed later is no news.
        """
        least = self.ledger.judge.from_
        found: list[tuple[Public, Item]] = []
        for office in self.offices.values():
            live = (
                (public, self.world.items[key])
                for key, public in office.public.items()
                if public is not None and (least is Grade.GIT or public.grade is least)
            )
            ours = (each for each in live if each[1].imported is None and self.shown(each[1]))
            found += islice(ours, NEWEST * 2)
        found.sort(key=lambda each: (each[0].at, each[1].id), reverse=True)
        return tuple(found[:NEWEST])

    def count(self, status: Status) -> int:
        """How many slots of the rates' window have a status."""
        return sum(rates.counts.get(status, 0) for rates in self.rates.values())

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """One version of every duty: the one in force on the day, else the last.

        人财物案 first, then in the catalogue's order.
        """
        found: dict[str, Row] = {}
        for row in self.world.repository.catalog.rows:
            kept = found.get(row.slug)
            if kept is None or not kept.in_force(self.as_of):
                found[row.slug] = row
        return in_order(found.values())

    @cached_property
    def owed(self) -> tuple[Slot, ...]:
        """逾期未公开, longest first; empty while the site is on trial."""
        if self.trial:
            return ()
        slots = [slot for slot in self.ledger.slots if slot.status is Status.MISS]
        return tuple(sorted(slots, key=lambda slot: (slot.due.day or date.min, slot.key)))

    @cached_property
    def late(self) -> tuple[Slot, ...]:
        """滞后, newest first; empty while the site is on trial."""
        if self.trial:
            return ()
        slots = [slot for slot in self.ledger.slots if slot.status is Status.LATE]
        return tuple(sorted(slots, key=lambda s: (s.judged_on or date.min, s.key), reverse=True))

    def due_between(self, first: date, last: date) -> tuple[Slot, ...]:
        """Slots that fall due from `first` to `last`, both included, filled ones too."""
        aside = (Status.NA, Status.HELD, Status.SHOWN)
        slots = [
            slot
            for slot in self.ledger.slots
            if slot.due.day and first <= slot.due.day <= last and slot.status not in aside
        ]
        order = list(self.offices)
        slots.sort(key=lambda s: (s.due.day, s.item is not None, order.index(s.department.folder)))
        return tuple(slots)

    @cached_property
    def _governed(self) -> Mapping[str, tuple[Row | None, bool]]:
        """Item id → its row, and whether its page shows its body: asked for a dozen times."""
        catalog, found = self.world.repository.catalog, {}
        for item in self.world.repository.items:
            row = row_of(catalog, item)
            found[item.id] = (row, state_of(item, row, self.as_of) is State.PUBLIC)
        return found

    def row_of(self, item: Item) -> Row | None:
        """The version of the catalogue row that governs an item."""
        return self._governed[item.id][0]

    def shown(self, item: Item) -> bool:
        """Whether the item's page shows its body."""
        return self._governed[item.id][1]

    def page(
        self,
        path: str,
        title: str,
        *,
        column: str,
        kind: str,
        description: str,
        values: Mapping[str, object],
        template: str = "",
        keywords: tuple[str, ...] = (),
        crumbs: tuple[Crumb, ...] = (),
        indexed: Indexed | None = None,
    ) -> Page:
        """A page whose main column is `pages/portal/<template>.html` filled with `values`.

        `template` is the path's own name where it is left out; `kind` is one of the guide's
        ColumnType values; `crumbs` stand between the home page and the page itself.
        """
        up = "../" * path.count("/")
        name = template or path.removesuffix(".html")
        home = Crumb("首页", f"{up}index.html")
        return Page(
            path=path,
            title=title,
            main=fill(f"pages/portal/{name}.html", up=up, hall=self, site=self.site, **values),
            column=column,
            description=description,
            crumbs=()
            if path in ("index.html", "404.html")
            else (home, *crumbs, Crumb(title, None)),
            meta=column_meta(title, kind, description, *(k for k in keywords if k != title)),
            indexed=indexed,
        )


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows by class, 人财物案 first, each class as it came."""
    return tuple(sorted(rows, key=lambda row: ORDER.index(row.class_)))


def limit(row: Row) -> str:
    """How often and within what limit a duty is owed, in a few words."""
    every, rule = words.EVERY[row.every], words.rule_words(row, row.due)
    return rule if rule.startswith(every) else f"{every}，{rule}"


def home_of(department: Department) -> str:
    """A body's home page, from the portal's root."""
    return f"{department.folder}/index.html"


def item_href(item: Item) -> str:
    """An item's page, from the portal's root."""
    return f"{item.department}/{item_page(item)}"


def slot_href(slot: Slot) -> str:
    """The page of what fills a slot, or of the slot, from the portal's root."""
    return f"{slot.department.folder}/{landing_page(slot)}"


def query_href(query: str) -> str:
    """The search page with a question put, from the portal's root."""
    return f"search.html?q={quote(query)}"


def found(title: str, body: str, kind: str) -> Indexed:
    """What search holds of a page of the portal."""
    return Indexed(title, body, {"种类": kind}, "")


def _total(fractions: Iterable[Fraction]) -> Fraction:
    parts = tuple(fractions)
    return Fraction(sum(part.over for part in parts), sum(part.under for part in parts))
