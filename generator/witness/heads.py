"""Witnessing other sites: their last seal as it was seen from here (formats.md section 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.history import BEIJING, GENESIS, hash_of, read_files, read_receipts, witness_bytes
from generator.history.receipts import SITE, WITNESS
from generator.witness.web import Fetch, Refused, Unreachable, address
from generator.witness.writing import only_run, replace_files


@dataclass(frozen=True, slots=True)
class Witness:
    """What came of looking at one site."""

    source: str
    """Its address, as configured."""
    seq: int | None
    """Of the seal that was recorded; None where nothing new was."""
    trouble: str | None
    """Why it could not be recorded, or which head is gone, in Chinese."""


def record(
    sources: Sequence[str],
    folder: Path,
    *,
    now: datetime,
    clock_given: bool,
    fetch: Fetch,
) -> tuple[Witness, ...]:
    """Append the last seal of each site to `witness.jsonl`, where it is not its last line there.

    `folder` holds our receipts. A head recorded earlier that a site no longer has is told and
    nothing is recorded of it, so that the loss stays to be seen. A broken chain of our own, or a
    clock that ran back, records nothing.
    """
    with only_run(folder):
        ours = read_receipts(folder)
        last = ours.witnessed[-1] if ours.witnessed else None
        at = now.astimezone(BEIJING).replace(microsecond=0)
        if any(one.path == WITNESS for one in ours.breaks):
            return tuple(Witness(source, None, "本站的见证记录不完整") for source in sources)
        if last is not None and at < last.at:
            return tuple(
                Witness(source, None, "这台机器的时间早于上一条见证") for source in sources
            )
        found: list[Witness] = []
        added, prev = b"", last.hash if last else GENESIS
        for source in sources:
            known = {one.seq: one.head for one in ours.witnessed if one.source == source}
            seen = _look(source, known, fetch)
            if isinstance(seen, Witness):
                found.append(seen)
                continue
            seq, head = seen
            line = witness_bytes(
                at=at, source=source, seq=seq, head=head, clock_given=clock_given, prev=prev
            )
            added, prev = added + line, hash_of(line)
            found.append(Witness(source, seq, None))
        if added:
            path = folder / WITNESS
            before = path.read_bytes() if path.exists() else b""
            replace_files(folder, {WITNESS: before + added})
    return tuple(found)


def _look(source: str, known: Mapping[int, str], fetch: Fetch) -> tuple[int, str] | Witness:
    """The last seal of a site and its hash; a `Witness` where there is nothing to record."""
    try:
        theirs = read_files({SITE: fetch.page(address(source, f"receipts/{SITE}"))})
    except (Refused, Unreachable) as error:
        return Witness(source, None, f"封签取不到：{error}")
    have = {seal.seq: seal.hash for seal in theirs.seals}
    # Its lines were not fetched, so only what is wrong with the seals themselves counts.
    broken = [one for one in theirs.breaks if one.path == SITE]
    if lost := sorted(seq for seq, head in known.items() if have.get(seq) != head):
        return Witness(source, None, f"以前见到过第 {lost[0]} 道封签，现在没有了")
    if broken:
        return Witness(source, None, f"封签不完整：{broken[0].message}")
    if not have:
        return Witness(source, None, "还没有封签")
    last = max(have)
    return Witness(source, None, None) if last in known else (last, have[last])
