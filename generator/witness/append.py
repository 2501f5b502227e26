"""`gongkai receipt`: confirm at the public address, then append lines and seal them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from generator.article import Article
from generator.history import (
    BEIJING,
    GENESIS,
    Break,
    Receipts,
    clean,
    hash_of,
    line_bytes,
    read_receipts,
    require_full,
    seal_bytes,
)
from generator.history.lines import parse_line
from generator.history.receipts import SITE
from generator.model import Line, State
from generator.render.world import World
from generator.witness.confirm import differs
from generator.witness.facts import Pending, pending
from generator.witness.web import Fetch, Unreachable
from generator.witness.writing import only_run, replace_files

_SLACK = timedelta(seconds=120)
"""How far a clock may be behind the last line and still be a clock of ordinary ways."""
_AT_ONCE = 8
"""Pages fetched side by side."""


class Unconfirmed(NamedTuple):
    """An item that got no line, and why."""

    item: str
    reason: str
    """In Chinese."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did."""

    appended: tuple[Line, ...]
    unconfirmed: tuple[Unconfirmed, ...]
    refused: str | None
    """Why nothing at all was written, in Chinese; None otherwise."""
    sealed: bool
    """Whether a seal was written: for the lines appended, or for a dead run's."""

    @property
    def ok(self) -> bool:
        """Exit 0: everything due was appended, or nothing was due."""
        return self.refused is None and not self.unconfirmed


def append(
    world: World,
    root: Path,
    folder: Path,
    *,
    url: str,
    now: datetime,
    clock_given: bool,
    fetch: Fetch,
) -> Outcome:
    """Append a line for each new or changed item that `url` serves as it stands in `world`.

    `folder` holds the receipts, made where it is not there; `url` is the portal's public address;
    `now` in +08:00, `clock_given` where somebody supplied it. Run twice, the second run appends
    nothing. Raises `ShallowClone` and `GitFailed`; all else is in the outcome.
    """
    require_full(root)
    inside = folder.resolve()
    besides = (
        (inside.relative_to(root.resolve()).as_posix(),)
        if inside.is_relative_to(root.resolve())
        else ()
    )
    if differing := clean(root, besides):
        return _refusal(f"内容和已提交的不一致，先提交再取回执：{_some(differing)}")
    with only_run(folder):
        receipts = read_receipts(folder)
        if breaks := [one for one in receipts.breaks if not _dead_first_run(one, receipts, folder)]:
            where = f"{breaks[0].path}：{breaks[0].message}"
            return _refusal(f"回执链不完整，没有追加；先查清原因。{where}")
        at = now.astimezone(BEIJING).replace(microsecond=0)
        last = _last(receipts)
        if last is not None and at < last - _SLACK:
            return _refusal(
                f"这台机器的时间 {at:%Y-%m-%d %H:%M:%S} 早于上一条回执 {last:%Y-%m-%d %H:%M:%S}，"
                "先校准时钟"
            )
        at = at if last is None else max(at, last)
        states = {item.id: _state(world.articles[item.id]) for item in world.repository.items}
        due = pending(world, receipts, at.date(), states)
        try:
            unconfirmed = _ask(world, due, states, url, fetch)
        except Unreachable as error:
            return _refusal(f"公开地址 {url} {error}，一条也没有追加")
        missed = {one.item for one in unconfirmed}
        confirmed = [one for one in due if one.item not in missed]
        return _write(world, folder, receipts, confirmed, unconfirmed, at, clock_given)


def _refusal(reason: str) -> Outcome:
    return Outcome((), (), reason, sealed=False)


def _ask(
    world: World,
    due: Sequence[Pending],
    states: Mapping[str, State],
    url: str,
    fetch: Fetch,
) -> tuple[Unconfirmed, ...]:
    """Which items the address does not serve; the first decides whether it answers at all."""
    ids = tuple(dict.fromkeys(one.item for one in due))
    site_url = world.repository.site.url

    def reason(item: str) -> str | None:
        return differs(world.items[item], world.articles[item], states[item], site_url, url, fetch)

    def later(item: str) -> str | None:
        try:
            return reason(item)
        except Unreachable as error:
            return f"网页取不到：{error}"

    if not ids:
        return ()
    first = reason(ids[0])
    with ThreadPoolExecutor(_AT_ONCE) as crew:
        answers = (first, *crew.map(later, ids[1:]))
    return tuple(
        Unconfirmed(item, why) for item, why in zip(ids, answers, strict=True) if why is not None
    )


def _write(
    world: World,
    folder: Path,
    receipts: Receipts,
    confirmed: Iterable[Pending],
    unconfirmed: tuple[Unconfirmed, ...],
    at: datetime,
    clock_given: bool,
) -> Outcome:
    commit = world.evidence.head
    heads = {
        name: (chain[-1].seq, chain[-1].hash) for name, chain in receipts.lines.items() if chain
    }
    added: dict[str, list[bytes]] = {}
    lines: list[Line] = []
    for one in confirmed:
        seq, prev = heads.get(one.department, (0, GENESIS))
        raw = line_bytes(
            seq=seq + 1,
            at=at,
            kind=one.kind,
            department=one.department,
            item=one.item,
            slot=one.fact.slot,
            sha256=world.articles[one.item].sha256,
            due=one.fact.due,
            missing=one.fact.missing,
            commit=commit,
            clock_given=clock_given,
            prev=prev,
        )
        heads[one.department] = (seq + 1, hash_of(raw))
        added.setdefault(one.department, []).append(raw)
        # Read back as any verifier will: what cannot be read must never be written.
        lines.append(parse_line(raw[:-1], one.department))
    sealed = receipts.seals[-1].heads if receipts.seals else {}
    if heads == sealed:
        return Outcome((), unconfirmed, None, sealed=False)
    files = {
        f"{name}.jsonl": _old(folder, f"{name}.jsonl") + b"".join(new)
        for name, new in added.items()
    }
    last = receipts.seals[-1] if receipts.seals else None
    seal = seal_bytes(
        seq=last.seq + 1 if last else 1,
        at=at,
        commit=commit,
        heads=heads,
        clock_given=clock_given,
        prev=last.hash if last else GENESIS,
    )
    replace_files(folder, {**files, SITE: _old(folder, SITE) + seal})
    return Outcome(tuple(lines), unconfirmed, None, sealed=True)


def _old(folder: Path, name: str) -> bytes:
    path = folder / name
    return path.read_bytes() if path.exists() else b""


def _dead_first_run(one: Break, receipts: Receipts, folder: Path) -> bool:
    """Whether the break is only that the very first run died before it could seal its lines."""
    return (
        one.code == "unsealed"
        and not (folder / SITE).exists()
        and all(line.kind == "found" for chain in receipts.lines.values() for line in chain)
    )


def _last(receipts: Receipts) -> datetime | None:
    moments = [chain[-1].at for chain in receipts.lines.values() if chain]
    moments += [seal.at for seal in receipts.seals[-1:]]
    return max(moments, default=None)


def _state(article: Article) -> State:
    """What its page shows, as its own record says."""
    return State(json.loads(article.record)["state"])


def _some(paths: Sequence[str]) -> str:
    rest = f" 等 {len(paths)} 个文件" if len(paths) > 3 else ""
    return "、".join(path.encode("utf-8", "replace").decode() for path in paths[:3]) + rest
