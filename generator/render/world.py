"""Everything that pages are made from, in one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.article.article import Article
from generator.assess import History
from generator.model import Department, Evidence, Item, Ledger, Repository, Slot


@dataclass(frozen=True)
class World:
    """What was read, what the ledger says, and every rendered body."""

    repository: Repository
    ledger: Ledger
    evidence: Evidence
    articles: Mapping[str, Article]
    """Item id → its article."""
    histories: Mapping[str, History] = field(default_factory=dict)
    """Item id → what became of it since it was first seen; none for one that never changed."""

    @cached_property
    def slots_of(self) -> Mapping[str, tuple[Slot, ...]]:
        """Department folder → its slots, in key order."""
        grouped: dict[str, list[Slot]] = {d.folder: [] for d in self.repository.departments}
        for slot in self.ledger.slots:
            grouped[slot.department.folder].append(slot)
        return {folder: tuple(slots) for folder, slots in grouped.items()}

    @cached_property
    def slots_by_item(self) -> Mapping[str, tuple[Slot, ...]]:
        """Item id → the slots it fills."""
        grouped: dict[str, list[Slot]] = {}
        for slot in self.ledger.slots:
            if slot.item is not None:
                grouped.setdefault(slot.item.id, []).append(slot)
        return {key: tuple(slots) for key, slots in grouped.items()}

    @cached_property
    def departments(self) -> Mapping[str, Department]:
        """Folder → department."""
        return {d.folder: d for d in self.repository.departments}

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Id → item."""
        return {item.id: item for item in self.repository.items}
