"""What Git and the receipts know together, up to a day."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

from generator.history.git import BEIJING, read_git, require_full
from generator.history.receipts import read_receipts
from generator.model import Evidence, Seal, SeenHead


def evidence(
    root: Path,
    receipts: Path | None,
    wanted: Mapping[str, tuple[str, ...]],
    as_of: date | None = None,
) -> Evidence:
    """Landings of the wanted items and every sound receipt line and seal.

    `receipts` is the mounted folder, None where there is none; `wanted` as in `read_git`. With
    `as_of`, what came after 24:00 of that Beijing day is left out. Raises `ShallowClone`, since
    a cut history would make items look later than they are, and `GitFailed`.
    """
    require_full(root)
    history = read_git(root, wanted)
    chains = read_receipts(receipts) if receipts is not None else None
    end = _end_of(as_of)
    lines = chains.lines if chains else {}
    return Evidence(
        landings={
            item: landing
            for item, landing in history.landings.items()
            if end is None or landing.at < end
        },
        lines={
            department: tuple(line for line in chain if end is None or line.at < end)
            for department, chain in lines.items()
        },
        seals=tuple(
            seal for seal in (chains.seals if chains else ()) if end is None or seal.at < end
        ),
        head=history.head,
        head_at=history.head_at,
        out_of_order=history.out_of_order,
        seen=tuple(
            SeenHead(one.at, one.source, one.seq, one.head)
            for one in (chains.witnessed if chains else ())
            if end is None or one.at < end
        ),
    )


def lost_heads(seen: Iterable[SeenHead], seals: Iterable[Seal], url: str) -> tuple[SeenHead, ...]:
    """The heads of the site at `url` that somebody saw and that its seals no longer have."""
    have = {(seal.seq, seal.hash) for seal in seals}
    ours = (one for one in seen if url and one.source.rstrip("/") == url.rstrip("/"))
    return tuple(one for one in ours if (one.seq, one.hash) not in have)


def _end_of(day: date | None) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day, time(0), BEIJING) + timedelta(days=1)
