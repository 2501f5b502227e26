"""What became of each item after it was first seen: when it changed, and in which words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from generator.article.difference import Part, Sign, changed, difference, shortened
from generator.assess.version import Version, read_version
from generator.catalog import row_of, state_of
from generator.history import Blob, blobs, contents, touches
from generator.model import STANDING, Evidence, Item, Line, Repository, State

KEPT = 8
"""Changes of an item that are told in words; older ones are counted."""


class Kind(StrEnum):
    """What a change was."""

    CORRECTED = "更正"
    CHANGED = "变更"
    WITHDRAWN = "撤回"
    EXPIRED = "展示期满"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an item's substance."""

    at: datetime
    """When the changed page was first seen, in +08:00; without receipts, when it was merged."""
    kind: Kind
    before: str | None
    """SHA-256 of the record before it; None without receipts."""
    after: str | None
    seq: int | None
    """Of the receipt line; None without receipts."""
    parts: tuple[Part, ...] | None
    """The words, shortened; None where the texts are not known or may not be shown again."""
    formed: tuple[str, str] | None = None
    """The declared 形成日期 before and after, where it was changed."""
    dates_only: bool = False
    """Whether the words are known and nothing but dates differs."""


@dataclass(frozen=True, slots=True)
class History:
    """An item's changes."""

    changes: tuple[Change, ...]
    """Newest first, `KEPT` at most."""
    more: int
    """How many older ones there are."""
    adrift: tuple[str, ...] = ()
    """Attachments that the last receipt saw and that are gone or different now."""


@dataclass(frozen=True, slots=True)
class _Point:
    """A version that was seen: when, with which record, and at which commit."""

    at: datetime
    commit: str | None
    sha256: str | None = None
    seq: int | None = None
    kind: str = "change"


@dataclass(frozen=True, slots=True)
class _Read:
    """A version with what lay in its attachments: Git's name and size, by what it is called."""

    version: Version
    files: Mapping[str, tuple[str, Blob | None]]


def histories(
    root: Path,
    repository: Repository,
    evidence: Evidence,
    now: Mapping[str, str],
    as_of: date,
) -> Mapping[str, History]:
    """Item id → its history, of the items that changed or drifted, up to the end of `as_of`.

    `now` maps an item's id to the record hash its page has. The words come from Git, at the
    commits that the receipt lines name; without receipts, from the commits that changed the
    file. Of an item whose text has left the site nothing earlier is read, let alone shown.
    Raises `GitFailed`. `evidence` may be of any day.
    """
    points = _points(root, repository, evidence, as_of)
    items = {item.id: item for item in repository.items}
    seen = {(line.item, line.sha256) for lines in evidence.lines.values() for line in lines}
    # On an earlier day the tree is still today's: what a later receipt has seen has not drifted.
    drifted = {id_ for id_ in points if not _bare(points[id_]) and (id_, now.get(id_)) not in seen}
    shown = {
        id_: several[-KEPT - 1 :]
        for id_, several in points.items()
        if _may_be_shown(repository, items[id_], as_of) and (len(several) > 1 or id_ in drifted)
    }
    read = _read_all(root, {id_: (items[id_], several) for id_, several in shown.items()})
    corrected = {item.corrects for item in repository.items if item.corrects is not None}
    found: dict[str, History] = {}
    for id_, several in points.items():
        known = read.get(id_, {})
        changes = _changes(items[id_], several[-KEPT - 1 :], known, id_ in corrected)
        if _bare(several):
            # A commit that only moved blanks about changed nothing of substance.
            changes = [c for c in changes if c.parts is None or changed(c.parts)]
        adrift: tuple[str, ...] = ()
        if id_ in shown and id_ in drifted:
            adrift = _adrift(root, items[id_], known.get(several[-1].commit or ""))
        if changes or adrift:
            more = max(len(several) - 1 - KEPT, 0)
            found[id_] = History(tuple(reversed(changes)), more, adrift)
    return found


def _bare(points: Sequence[_Point]) -> bool:
    """Whether the points are commits and no receipts."""
    return points[-1].seq is None


def _may_be_shown(repository: Repository, item: Item, as_of: date) -> bool:
    row = row_of(repository.catalog, item)
    return state_of(item, row, as_of) is State.PUBLIC and item.withdrawn is None


def _points(
    root: Path, repository: Repository, evidence: Evidence, as_of: date
) -> Mapping[str, tuple[_Point, ...]]:
    found: dict[str, tuple[_Point, ...]] = {}
    ids = {item.id for item in repository.items}
    for lines in evidence.lines.values():
        for id_, several in _by_item(line for line in lines if line.at.date() <= as_of).items():
            if id_ in ids:
                found[id_] = several
    if repository.site.receipts is None:
        wanted = {item.id: _paths(item) for item in repository.items if item.id not in found}
        for id_, landings in touches(root, wanted).items():
            known = [_Point(each.at, each.commit) for each in landings if each.at.date() <= as_of]
            if known:
                found[id_] = tuple(known)
    return found


def _by_item(lines: Iterable[Line]) -> Mapping[str, tuple[_Point, ...]]:
    """A point for each record that differs from the one before; several slots share one."""
    found: dict[str, list[_Point]] = {}
    for line in lines:
        points = found.setdefault(line.item, [])
        if not points or points[-1].sha256 != line.sha256:
            points.append(_Point(line.at, line.commit, line.sha256, line.seq, line.kind))
    return {item: tuple(points) for item, points in found.items()}


def _paths(item: Item) -> tuple[str, ...]:
    base = f"content/{item.department}/items/{item.year}/{item.slug}"
    return (f"{base}.md", f"{base}/index.md")


# -- reading ------------------------------------------------------------------------------


def _read_all(
    root: Path, wanted: Mapping[str, tuple[Item, Sequence[_Point]]]
) -> Mapping[str, Mapping[str, _Read]]:
    """Item id → commit → what it said, in four questions to Git for all of them together."""
    places = [
        (id_, point.commit, path)
        for id_, (item, points) in wanted.items()
        for point in points
        if point.commit is not None
        for path in _paths(item)
    ]
    there = blobs(root, ((commit, path) for _, commit, path in places))
    data = contents(root, there.values())
    versions: dict[tuple[str, str], Version] = {}
    parsed: dict[tuple[str, str], Version | None] = {}
    for id_, commit, path in places:
        blob = there.get((commit, path))
        if blob is not None and blob.oid in data:
            key = (path, blob.oid)
            if key not in parsed:
                parsed[key] = read_version(path, data[blob.oid])
            version = parsed[key]
            if version is not None:
                versions[id_, commit] = version
    attached = blobs(
        root,
        (
            (commit, path)
            for (_, commit), version in versions.items()
            for _, paths in version.files
            for path in paths
        ),
    )
    found: dict[str, dict[str, _Read]] = {}
    for (id_, commit), version in versions.items():
        files = {
            name: next(
                ((path, attached[commit, path]) for path in paths if (commit, path) in attached),
                (paths[0], None),
            )
            for name, paths in version.files
        }
        found.setdefault(id_, {})[commit] = _Read(version, files)
    return found


# -- comparing ----------------------------------------------------------------------------


def _changes(
    item: Item, points: Sequence[_Point], read: Mapping[str, _Read], corrected: bool
) -> list[Change]:
    out: list[Change] = []
    silent = _taken_back(points, read)
    for place, (old, new) in enumerate(pairwise(points)):
        before, after = read.get(old.commit or ""), read.get(new.commit or "")
        parts: tuple[Part, ...] | None = None
        formed: tuple[str, str] | None = None
        dates_only = False
        told = place > silent and old.commit != new.commit
        if told and before is not None and after is not None:
            whole = difference(before.version.text, after.version.text)
            files = _files(before.files, after.files)
            parts = shortened((*whole, *files))
            was, became = before.version.formed, after.version.formed
            formed = (was, became) if was and became and was != became else None
            dates_only = (
                changed(whole) and not files and before.version.timeless == after.version.timeless
            )
        kind = _kind(item, new.kind, parts, corrected)
        out.append(Change(new.at, kind, old.sha256, new.sha256, new.seq, parts, formed, dates_only))
    return out


def _taken_back(points: Sequence[_Point], read: Mapping[str, _Read]) -> int:
    """The last version that was withdrawn or expired, by place; what came before it is not told.

    An item that stands again does not bring back what it was withdrawn for.
    """
    last = -1
    for place, point in enumerate(points):
        known = read.get(point.commit or "")
        if point.kind in ("withdraw", "expire") or (known is not None and known.version.withdrawn):
            last = place
    return last


def _kind(item: Item, line: str, parts: tuple[Part, ...] | None, corrected: bool) -> Kind:
    match line:
        case "withdraw":
            return Kind.WITHDRAWN
        case "expire":
            return Kind.EXPIRED
        case _:
            pass
    # What stands for good is edited in place; of anything else, what was published and is no
    # longer said was put right.
    mended = parts is not None and any(sign is Sign.GONE for sign, _ in parts)
    if corrected or (mended and item.period != STANDING):
        return Kind.CORRECTED
    return Kind.CHANGED


def _files(
    before: Mapping[str, tuple[str, Blob | None]], after: Mapping[str, tuple[str, Blob | None]]
) -> list[Part]:
    parts: list[Part] = []
    for name in dict.fromkeys((*before, *after)):
        old = before.get(name, ("", None))[1]
        new = after.get(name, ("", None))[1]
        if old is not None and (new is None or new.oid != old.oid):
            parts.append((Sign.GONE, f"附件：{name}（{old.size} 字节）\n"))
        if new is not None and (old is None or new.oid != old.oid):
            parts.append((Sign.NEW, f"附件：{name}（{new.size} 字节）\n"))
    return parts


def _adrift(root: Path, item: Item, seen: _Read | None) -> tuple[str, ...]:
    """Attachments that are no longer what they were at the commit of the last receipt."""
    if seen is None:
        return ()
    now = {file.source: file for file in item.files}
    hashes = {file.sha256 for file in item.files}
    data = contents(root, (blob for _, blob in seen.files.values() if blob is not None))
    out: list[str] = []
    for name, (path, blob) in seen.files.items():
        if blob is None:
            continue
        file = now.get(path)
        known = sha256(data[blob.oid]).hexdigest() if blob.oid in data else None
        if known in hashes:
            continue
        if file is None:
            out.append(f"{name}不在了")
        elif known is not None or file.bytes != blob.size:
            out.append(f"{name}变了")
    return tuple(out)
