"""Each department read and checked by itself, then all of them together."""

import pickle
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.article import Article, finish
from generator.catalog import row_of, state_of
from generator.check import Said, check_all, check_department
from generator.diagnostic import Diagnostic
from generator.examine.memory import LEAST, Memory
from generator.history import Vanished, unheld, vanished
from generator.load import Ground, Holding, Loaded, assemble, read_ground, read_holding
from generator.processes import pool


@dataclass(frozen=True, slots=True)
class Examined:
    """What stands in a root, and what the gate says of it on a day."""

    loaded: Loaded
    """Without what articles are made from, and what the gate alone may see of attachments."""
    diagnostics: tuple[Diagnostic, ...]
    as_of: date
    articles: Mapping[str, Article]
    """Item id → its article as its page shows it on `as_of`; none where none were asked for."""


_Part = tuple[Holding, Said, Mapping[str, Article]]
_LARGE = 300
"""Items from which on processes save more time than they cost."""


def examine(
    root: Path,
    asked: date | None,
    today: date,
    *,
    beside: Executor | None = None,
    articles: bool = True,
    memory: Memory | None = None,
    history: bool = True,
) -> Examined:
    """Read the root and check it.

    `asked` is `--as-of`, which goes before the configured day; `today` is the Beijing day of
    the clock. With `beside`, processes to work in, departments are read side by side. Without
    `articles` none are made, and with `memory` too a department whose files are what they were
    is taken from there. The findings are the same in every case. `history=False` asks nobody
    what was public and is gone. Raises GitFailed (history) and MemoryError (a department that no
    process can hold), nothing for what a person wrote.
    """
    ground = read_ground(root)
    as_of = day_of(ground, asked, today)
    parts = dict(_parts(_Task(ground, as_of, articles, None if articles else memory), beside))
    ordered = [parts[folder] for folder in ground.departments]
    loaded = assemble(ground, [holding for holding, _, _ in ordered])
    missed = _gone(root, loaded) if history else ()
    found = check_all(loaded, [said for _, said, _ in ordered], missed)
    made = {id_: article for _, _, of_one in ordered for id_, article in of_one.items()}
    return Examined(loaded, found, as_of, made)


def day_of(ground: Ground, asked: date | None, today: date) -> date:
    """The day to judge on: asked for, else the configured one, else today."""
    return asked or (ground.site.as_of if ground.site else None) or today


def _gone(root: Path, loaded: Loaded) -> Sequence[Vanished]:
    """Published items that are gone from the tree, as Git or the mounted receipts know them."""
    if loaded.repository is None:
        return ()
    site = loaded.repository.site
    known = {one.item: one for one in vanished(root, site.forge.branch)}
    if site.receipts:
        known = {one.item: one for one in unheld(root, root / site.receipts)} | known
    return tuple(known[item] for item in sorted(known))


@dataclass(frozen=True, slots=True)
class _Task:
    """What every department's part needs, the same for all."""

    ground: Ground
    as_of: date
    articles: bool
    memory: Memory | None


def _parts(task: _Task, beside: Executor | None) -> Iterator[tuple[str, _Part]]:
    folders = list(task.ground.departments)
    if beside is None or len(folders) < 2:
        for folder in folders:
            yield folder, _part(task, folder)
        return
    # By a file: a queue's pipe holds 64 kB, and what is being written into it when the processes
    # end is waited for for ever.
    with TemporaryDirectory(prefix="gongkai-") as name:
        packed = Path(name) / "task"
        packed.write_bytes(pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
        yield from _side_by_side(packed, folders, beside)


def _side_by_side(
    packed: Path, folders: Sequence[str], beside: Executor
) -> Iterator[tuple[str, _Part]]:
    work: dict[Future[bytes], str] = {beside.submit(_packed, packed, f): f for f in folders}
    again: list[str] = []
    for future in as_completed(list(work)):
        # Taken out, so that its megabytes are not held until the last one is done.
        folder = work.pop(future)
        if isinstance(future.exception(), BrokenProcessPool):
            again.append(folder)
        else:
            yield folder, pickle.loads(future.result())
    # A process that is killed takes its pool down: the others that were in it are innocent.
    for folder in sorted(again, key=folders.index):
        try:
            with pool(1) as alone:
                part = alone.submit(_packed, packed, folder).result()
        except BrokenProcessPool as broken:
            raise MemoryError(folder) from broken
        yield folder, pickle.loads(part)


def _part(task: _Task, folder: str) -> _Part:
    if task.memory is None:
        return _made(task, folder)
    part: _Part = pickle.loads(_recalled(task, folder, task.memory))
    return part


def _packed(packed: Path, folder: str) -> bytes:
    """The part as bytes: what is remembered as bytes need not be unpacked in this process."""
    task = _unpacked(packed)
    if task.memory is None:
        return pickle.dumps(_made(task, folder), pickle.HIGHEST_PROTOCOL)
    return _recalled(task, folder, task.memory)


@lru_cache(maxsize=1)
def _unpacked(packed: Path) -> _Task:
    task: _Task = pickle.loads(packed.read_bytes())
    return task


def _made(task: _Task, folder: str) -> _Part:
    holding = read_holding(task.ground, folder)
    said = check_department(task.ground, holding, task.as_of)
    made = _articles(task.ground, holding, task.as_of) if task.articles else {}
    # Megabytes that nobody reads after this, some of which no page may show.
    light = replace(holding, drafts={}, tables={}, documents={}, sources={}, attached=())
    return light, said, made


def _articles(ground: Ground, holding: Holding, as_of: date) -> dict[str, Article]:
    assert ground.site is not None and ground.catalog is not None
    items = () if holding.department is None else holding.department.items
    return {
        item.id: finish(
            item,
            holding.drafts[item.id],
            holding.tables.get(item.id, ()),
            ground.site.url,
            state_of(item, row_of(ground.catalog, item), as_of),
            holding.documents.get(item.id, ()),
        )
        for item in items
    }


def _recalled(task: _Task, folder: str, memory: Memory) -> bytes:
    root = task.ground.root
    # Before it is read: what changes meanwhile makes the next key another.
    key = memory.key(task.ground, folder, task.as_of)
    known = memory.recall(folder, key, lambda path: (root / path).is_file())
    if known is not None:
        return known
    made = _made(task, folder)
    holding, part = made[0], pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
    if holding.files >= LEAST:
        memory.keep(folder, key, holding.outside, part)
    return part


@contextmanager
def side_by_side(root: Path, jobs: int) -> Iterator[Executor | None]:
    """Processes to examine the root in; None where it is too small to be worth them."""
    if jobs < 2 or not _large(root):
        yield None
        return
    with pool(jobs) as made:
        yield made


def _large(root: Path) -> bool:
    years = (root / "content").glob("*/items/*")
    return (
        sum(1 for _ in islice((one for year in years for one in _inside(year)), _LARGE)) == _LARGE
    )


def _inside(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())
