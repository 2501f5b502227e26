"""The whole tree in one value: the ground, and every department upon it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.article import Document, Draft, Table
from generator.diagnostic import Diagnostic, NotChecked
from generator.load.ground import Ground, read_ground
from generator.load.holding import Holding, read_holding
from generator.load.reading import CHARACTERS
from generator.model import Repository
from generator.source import Source, decode


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that was read of one root."""

    root: Path
    ground: Ground
    holdings: tuple[Holding, ...]
    """In the configured order."""
    repository: Repository | None
    """None where the configuration cannot be used."""
    drafts: Mapping[str, Draft]
    """Item id, or `<department>/services/<slug>` → its body as HTML."""
    tables: Mapping[str, tuple[tuple[str, tuple[Table, ...]], ...]]
    """Item id → its attachments that can be shown as tables."""
    documents: Mapping[str, tuple[tuple[str, Document], ...]]
    """Item id → its attachments that can be shown as documents."""
    diagnostics: tuple[Diagnostic, ...]
    not_checked: tuple[NotChecked, ...]
    sources: Mapping[str, Source]
    """Path → decoded file."""
    files: int

    def source(self, path: str) -> Source | None:
        """A text file of the root, decoded; None where there is none that can be read."""
        source = self.sources.get(path)
        if source is None:
            try:
                source, _ = decode(path, (self.root / path).read_bytes())
            except (OSError, ValueError):
                return None
        return source

    def lines(self, path: str) -> Sequence[str]:
        """Its lines, for quoting; none where it cannot be read."""
        source = self.source(path)
        return () if source is None else source.lines


def load(root: Path) -> Loaded:
    """Read the root `root` (a folder with `site_config.yml` and `content/`).

    Never raises for what a person can write; everything wrong is among the diagnostics.
    """
    ground = read_ground(root)
    holdings: list[Holding] = []
    characters = CHARACTERS
    for folder in ground.departments:
        holding = read_holding(ground, folder, characters)
        characters -= sum(
            len(passage.text) for one in holding.attached for passage in one.reading.passages
        )
        holdings.append(holding)
    return assemble(ground, holdings)


def assemble(ground: Ground, holdings: Sequence[Holding]) -> Loaded:
    """The whole of what was read, from its parts."""
    repository = None
    if ground.site is not None:
        broken = {h.folder: h.folder for h in holdings if h.department is None}
        # In the configured order, those that could not be named among them.
        order = dict.fromkeys(ground.site.departments)
        repository = ground.repository(
            tuple(h.department for h in holdings if h.department is not None),
            {f: f for f in order if f in broken or f in ground.unnamed},
        )
    return Loaded(
        ground.root,
        ground,
        tuple(holdings),
        repository,
        {id_: one for h in holdings for id_, one in h.drafts.items()},
        {id_: one for h in holdings for id_, one in h.tables.items()},
        {id_: one for h in holdings for id_, one in h.documents.items()},
        (*ground.diagnostics, *(d for h in holdings for d in h.diagnostics)),
        tuple(one for h in holdings for one in h.not_checked),
        {**ground.sources, **{path: one for h in holdings for path, one in h.sources.items()}},
        ground.files + sum(h.files for h in holdings),
    )
