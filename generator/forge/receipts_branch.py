"""The protected branch `receipts`: mounted before a build, pushed after a run that appended."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.forge.git import Git, GitRefused
from generator.model import Site

BRANCH = "receipts"
_REF = "refs/gongkai/receipts"
_FILE = re.compile(r"[a-z0-9-]{1,80}\.jsonl")
_LEFT = re.compile(rf"{_FILE.pattern}(\.tmp)?")
"""What a run that died may have left."""


class Raced(Exception):
    """Somebody else pushed first; nothing was pushed: mount again and redo."""


@dataclass(frozen=True, slots=True)
class Mounted:
    """The receipts folder of one job."""

    folder: Path
    parent: str | None
    """The branch's commit that the folder holds; None where there is no such branch yet."""
    pushed: bool
    """Whether the branch keeps the receipts: false where they are part of the tree, or where
    there is no remote, and the folder itself is all there is."""


def receipts_folder(root: Path, site: Site) -> Path | None:
    """Where the configuration wants the receipts mounted; None where it names no folder."""
    return root / site.receipts if site.receipts is not None else None


def mount(git: Git, folder: Path) -> Mounted:
    """Make `folder` hold what the remote's branch holds, and nothing else.

    Receipts that the main line tracks stay as they are, and so do those of a root without a
    remote. Raises GitRefused when the remote cannot be read: an empty folder would start a
    second chain.
    """
    if _tracked(git, folder) or not _remote(git):
        return Mounted(folder, None, False)
    listed = git.run("ls-remote", "origin", f"refs/heads/{BRANCH}")
    parent = None
    files: Mapping[str, bytes] = {}
    if listed:
        git.run("fetch", "--quiet", "--no-tags", "origin", f"+refs/heads/{BRANCH}:{_REF}")
        parent = git.line("rev-parse", f"{_REF}^{{commit}}")
        names = git.run("ls-tree", "-z", "--name-only", parent).decode("utf-8", "replace")
        files = {
            name: git.run("cat-file", "blob", f"{parent}:{name}")
            for name in names.split("\0")
            if _FILE.fullmatch(name)
        }
    beside = folder.with_name(f".{folder.name}-mounting")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    for name, data in files.items():
        (beside / name).write_bytes(data)
    _clear(folder)
    beside.rename(folder)
    return Mounted(folder, parent, True)


def _clear(folder: Path) -> None:
    """Remove the folder; raises GitRefused where it holds anything but receipts."""
    if not folder.exists():
        return
    others = sorted(p.name for p in folder.iterdir() if not _LEFT.fullmatch(p.name))
    if others:
        raise GitRefused(f"回执文件夹 `{folder.name}` 里有别的东西: {'、'.join(others[:3])}")
    shutil.rmtree(folder)


def push(git: Git, mounted: Mounted, at: datetime) -> str:
    """Commit the folder's lines on top of `mounted.parent` and push them, never forced.

    Gives the new commit. Raises Raced when the branch has moved, GitRefused for anything else.
    """
    entries = []
    for path in sorted(mounted.folder.iterdir()):
        if _FILE.fullmatch(path.name):
            blob = git.line("hash-object", "-w", "--stdin", data=path.read_bytes())
            entries.append(f"100644 blob {blob}\t{path.name}\0")
    tree = git.line("mktree", "-z", data="".join(entries).encode())
    parents = ("-p", mounted.parent) if mounted.parent else ()
    message = f"回执 {at.isoformat(timespec='seconds')}"
    commit = git.line("commit-tree", tree, *parents, "-m", message, who=at.isoformat())
    try:
        git.run("push", "--quiet", "origin", f"{commit}:refs/heads/{BRANCH}")
    except GitRefused as error:
        held = git.line("ls-remote", "origin", f"refs/heads/{BRANCH}").split("\t")[0]
        if held != (mounted.parent or ""):
            raise Raced(str(error)) from error
        raise
    return commit


def _tracked(git: Git, folder: Path) -> bool:
    try:
        return bool(git.run("ls-files", "-z", "--", str(folder)))
    except GitRefused:
        return False


def _remote(git: Git) -> bool:
    try:
        return bool(git.line("remote", "get-url", "origin"))
    except GitRefused:
        return False
