"""Earlier texts of items: which commits changed them, and what files said at a commit."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.history.command import GitFailed, NoRepository, answer, output
from generator.history.git import first_parent_line
from generator.model import Landing

LONGEST = 1_000_000
"""Bytes of an earlier text beyond which it is not read."""


class NoRevision(Exception):
    """The repository has no commit of that name; the argument is the name."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file as it was at a commit."""

    oid: str
    """Git's own name of the content: the same content has the same."""
    size: int
    """Bytes."""


At = tuple[str, str]
"""A commit, and a path relative to the root."""


def touches(
    root: Path, wanted: Mapping[str, tuple[str, ...]], least: int = 2
) -> Mapping[str, tuple[Landing, ...]]:
    """Item id → the first-parent commits since it landed that changed its file, oldest first.

    `wanted` as in `read_git`; the first is the landing. An item with fewer than `least`, and one
    that is gone, is left out. Without a repository nothing is known. Raises `GitFailed`.
    """
    owner = {os.fsencode(path): item for item, paths in wanted.items() for path in paths}
    found: dict[str, list[Landing]] = {}
    present: dict[str, set[bytes]] = {}
    try:
        for commit in first_parent_line(root, "HEAD") if wanted else ():
            touched: dict[str, None] = {}
            for there, path in commit.changes:
                item = owner.get(path)
                if item is not None:
                    touched[item] = None
                    places = present.setdefault(item, set())
                    places.add(path) if there else places.discard(path)
            for item in touched:
                if not present[item]:
                    found.pop(item, None)
                elif commit.landing is not None:
                    found.setdefault(item, []).append(commit.landing)
    except NoRepository:
        return {}
    return {item: tuple(several) for item, several in found.items() if len(several) >= least}


def blobs(root: Path, places: Iterable[At]) -> Mapping[At, Blob]:
    """The files that were there; a commit that is gone, or never was, has none.

    Raises `GitFailed`; without a repository nothing was there.
    """
    asked = [at for at in dict.fromkeys(places) if "\n" not in at[1]]
    if not asked:
        return {}
    try:
        prefix = answer(root, "rev-parse", "--show-prefix").rstrip(b"\n")
        names = b"".join(_name(at, prefix) + b"\n" for at in asked)
        said = answer(
            root, "cat-file", "--batch-check=%(objecttype) %(objectname) %(objectsize)", asked=names
        )
    except NoRepository:
        return {}
    found: dict[At, Blob] = {}
    for at, line in zip(asked, said.split(b"\n"), strict=False):
        words = line.split(b" ")
        if len(words) == 3 and words[0] == b"blob" and words[2].isdigit():
            found[at] = Blob(words[1].decode("ascii"), int(words[2]))
    return found


def contents(root: Path, wanted: Iterable[Blob]) -> Mapping[str, bytes]:
    """Git's name of a content → its bytes; what is over `LONGEST` is left out."""
    oids = list(dict.fromkeys(blob.oid for blob in wanted if blob.size <= LONGEST))
    if not oids:
        return {}
    found: dict[str, bytes] = {}
    names = "".join(f"{oid}\n" for oid in oids).encode("ascii")
    with output(root, "cat-file", "--batch=%(objecttype) %(objectsize)", asked=names) as stream:
        for oid in oids:
            kind, _, size = stream.readline().rstrip(b"\n").partition(b" ")
            if not size.isdigit():
                continue
            data = stream.read(int(size) + 1)[:-1]
            if kind == b"blob":
                found[oid] = data
    return found


def _name(at: At, prefix: bytes) -> bytes:
    commit, path = at
    return commit.encode("ascii") + b":" + prefix + os.fsencode(path)


def files_at(root: Path, revision: str, under: tuple[str, ...]) -> tuple[str, Mapping[str, bytes]]:
    """The commit that `revision` names, and the files it has at or below the paths `under`.

    Raises `NoRevision`, `NoRepository` and `GitFailed`.
    """
    answer(root, "rev-parse", "--git-dir")
    try:
        named = answer(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
    except (GitFailed, NoRepository) as error:
        raise NoRevision(revision) from error
    commit = named.decode("ascii").strip()
    listed = answer(root, "ls-tree", "-r", "-z", "--name-only", commit, "--", *under)
    places = [(commit, os.fsdecode(name)) for name in listed.split(b"\0") if name]
    there = blobs(root, places)
    data = contents(root, there.values())
    return commit, {path: data[blob.oid] for (_, path), blob in there.items() if blob.oid in data}
