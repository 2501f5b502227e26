"""What a proposal changes: its files, and what they said before."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from generator.history import GitFailed, NoRepository, blobs, contents
from generator.history.command import answer


class NoBase(Exception):
    """The repository has no such revision; the argument is its name."""


class Became(StrEnum):
    """What became of a file, in the reviewer's words."""

    NEW = "新增"
    CHANGED = "修改"
    GONE = "删除"


@dataclass(frozen=True, slots=True)
class Proposal:
    """The files that differ from where the proposal began."""

    files: Mapping[str, Became]
    """Path from the root → what became of it, sorted."""
    before: Mapping[str, str]
    """Path of a text file that was changed or is gone → its earlier text."""


_BEFORE = (".md", ".yml", ".yaml", ".csv")


def proposal(root: Path, base: str) -> Proposal:
    """The working tree under `root` against the commit at which it parted from `base`.

    Raises `NoBase`, and `GitFailed` where Git itself fails.
    """
    try:
        tip = _commit(root, base)
        try:
            began = answer(root, "merge-base", tip, "HEAD").decode("ascii").strip()
        except GitFailed:
            began = tip
        files = _files(root, began)
    except NoRepository as none:
        raise NoBase(base) from none
    wanted = [
        (began, path)
        for path, became in files.items()
        if became is not Became.NEW and path.endswith(_BEFORE)
    ]
    there = blobs(root, wanted)
    data = contents(root, there.values())
    before = {path: _text(data[blob.oid]) for (_, path), blob in there.items() if blob.oid in data}
    return Proposal(files, before)


def _commit(root: Path, base: str) -> str:
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    try:
        return answer(root, *asked).decode("ascii").strip()
    except GitFailed as failed:
        raise NoBase(base) from failed


def _files(root: Path, began: str) -> Mapping[str, Became]:
    changed = answer(root, "diff", "--name-status", "--no-renames", "--relative", "-z", began)
    words = changed.decode("utf-8", "surrogateescape").split("\0")
    found = {
        path: {"A": Became.NEW, "D": Became.GONE}.get(letter, Became.CHANGED)
        for letter, path in zip(words[::2], words[1::2], strict=False)
    }
    # What was written but not yet added is part of what is being checked.
    fresh = answer(root, "ls-files", "--others", "--exclude-standard", "-z")
    for path in fresh.decode("utf-8", "surrogateescape").split("\0"):
        if path:
            found[path] = Became.NEW
    return {path: found[path] for path in sorted(found)}


def _text(data: bytes) -> str:
    """An earlier version as text: UTF-8, else what clerks' editors write."""
    bare = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = bare.decode("utf-8")
    except UnicodeDecodeError:
        text = bare.decode("gb18030", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
