"""When each item landed on the main line, as Git's first-parent history tells it."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import IO

from generator.history.command import GitFailed, NoRepository, ShallowClone, answer, output
from generator.model import Landing

BEIJING = timezone(timedelta(hours=8))
"""Asia/Shanghai has had no other offset since 1991."""

_SLACK = 600
"""Seconds by which a commit may be older than an ancestor before it is out of order."""

_ITEM = re.compile(
    rb"content/([^/]+)/items/([0-9]{4})/([a-z0-9-]{1,80})(?:\.md|/index\.md)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Vanished:
    """A published item that is no longer in the tree."""

    item: str
    path: str
    """Where it last stood, relative to the root."""
    commit: str
    """The commit that published it."""


@dataclass(frozen=True, slots=True)
class GitHistory:
    """What the first-parent line of HEAD says."""

    head: str | None
    """Forty hexadecimal digits; None without a repository."""
    head_at: datetime | None
    landings: Mapping[str, Landing]
    """Item id → landing; empty in a shallow clone, out-of-order ones left out."""
    shallow: bool
    out_of_order: frozenset[str] = frozenset()
    """Items that stand since a commit dated more than 600 s before an ancestor."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit of a first-parent line."""

    name: str
    seconds: int
    ordered: bool
    changes: list[tuple[bool, bytes]]
    """(still there, path from the root), for each path the commit touched."""

    @property
    def landing(self) -> Landing | None:
        """The commit and its time; None where that is no date."""
        return Landing(_beijing(self.seconds), self.name) if _datable(self.seconds) else None


def read_git(root: Path, wanted: Mapping[str, tuple[str, ...]]) -> GitHistory:
    """Landing times of the wanted items (formats.md section 5).

    `wanted` maps an item's id to the paths, relative to `root`, at which it may lie; `root`
    may be a folder inside the repository. Without a repository, or without Git, everything is
    unknown. Raises `GitFailed` when Git itself fails.
    """
    owner = {os.fsencode(path): item for item, paths in wanted.items() for path in paths}
    present: dict[str, set[bytes]] = {}
    landings: dict[str, Landing] = {}
    astray: set[str] = set()
    last: Commit | None = None
    try:
        shallow = is_shallow(root)
        for commit in first_parent_line(root, "HEAD"):
            last = commit
            touched: dict[str, bool] = {}
            for there, path in commit.changes:
                item = owner.get(path)
                if item is not None:
                    places = present.setdefault(item, set())
                    touched.setdefault(item, bool(places))
                    places.add(path) if there else places.discard(path)
            for item, before in touched.items():
                if not present[item]:
                    landings.pop(item, None)
                    astray.discard(item)
                elif not before and commit.ordered:
                    landings[item] = Landing(_beijing(commit.seconds), commit.name)
                elif not before:
                    astray.add(item)
    except NoRepository:
        return GitHistory(None, None, {}, shallow=False)
    if last is None:
        return GitHistory(None, None, {}, shallow)
    head_at = _beijing(last.seconds) if _datable(last.seconds) else None
    return GitHistory(last.name, head_at, {} if shallow else landings, shallow, frozenset(astray))


def vanished(root: Path, branch: str | None = None) -> tuple[Vanished, ...]:
    """Items that the first-parent line once held and the working tree no longer has, by id.

    `branch` names the published branch: an item counts as published once it was there (in
    `origin`'s copy, else the local one), so that one added and renamed inside a proposal does
    not count. None, or a branch that does not exist, means HEAD's own line.
    """
    places: dict[bytes, tuple[bytes, bytes, str]] = {}
    try:
        for commit in first_parent_line(root, _published(root, branch)):
            for there, path in commit.changes:
                match = _ITEM.fullmatch(path)
                if match and there:
                    key = b"/".join(match.groups())
                    folder = path[: match.end(3)]
                    known = places.get(key)
                    places[key] = (folder, path, known[2] if known else commit.name)
    except NoRepository:
        return ()
    found: list[Vanished] = []
    for key, (stem, path, name) in sorted(places.items()):
        flat, inside = root / os.fsdecode(stem + b".md"), root / os.fsdecode(stem) / "index.md"
        if not flat.is_file() and not inside.is_file():
            found.append(Vanished(_shown(key), _shown(path), name))
    return tuple(found)


def is_shallow(root: Path) -> bool:
    """Whether the repository's history was cut off; raises `NoRepository`."""
    return answer(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def require_full(root: Path) -> None:
    """Raise `ShallowClone` when landing times cannot be known; no repository is no objection."""
    try:
        shallow = is_shallow(root)
    except NoRepository:
        return
    if shallow:
        raise ShallowClone("这是浅克隆，看不到合并时间；先运行 git fetch --unshallow")


def ancestors(root: Path) -> frozenset[str]:
    """HEAD and every ancestor of it; raises `NoRepository` and `GitFailed`."""
    return frozenset(answer(root, "rev-list", "HEAD", "--").decode("ascii").split())


def _published(root: Path, branch: str | None) -> str:
    for name in (f"refs/remotes/origin/{branch}", f"refs/heads/{branch}") if branch else ():
        try:
            answer(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
        except GitFailed:
            continue
        return name
    return "HEAD"


def first_parent_line(root: Path, revision: str) -> Iterator[Commit]:
    """Every commit of the line, oldest first, with what it changed under `content/`."""
    newest: int | None = None
    arguments = (
        "log", "--reverse", "--first-parent", "-m", "--full-history", "--sparse",
        "--no-renames", "--relative", "--no-color", "--no-ext-diff", "--no-notes", f"-O{os.devnull}",
        "-z", "--name-status", "--format=tformat:>%H %ct", revision, "--", "content",
    )  # fmt: skip
    # --sparse lists the commits that leave content/ alone too: they order the others, and the
    # last of them is HEAD.
    with output(root, *arguments) as stream:
        commit: Commit | None = None
        tokens = _tokens(stream)
        for token in tokens:
            token = token.lstrip(b"\n")
            if token.startswith(b">"):
                if commit is not None:
                    yield commit
                name, _, seconds = token[1:].decode("ascii").partition(" ")
                when = int(seconds) if re.fullmatch("-?[0-9]+", seconds) else None
                ordered = when is not None and (newest is None or when >= newest - _SLACK)
                commit = Commit(name, when or 0, ordered and _datable(when or 0), [])
                if when is not None:
                    newest = when if newest is None else max(newest, when)
            elif token and commit is not None:
                commit.changes.append((token != b"D", next(tokens, b"")))
        if commit is not None:
            yield commit


def _tokens(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read(1 << 16):
        parts = (rest + chunk).split(b"\0")
        rest = parts.pop()
        yield from parts
    if rest.strip():
        yield rest


def _datable(seconds: int) -> bool:
    return 0 <= seconds < 253_000_000_000


def _beijing(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, BEIJING)


def _shown(path: bytes) -> str:
    return path.decode("utf-8", "replace")
