"""A proposal as it would be merged, on disk to be read: nothing of it is ever run."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from generator.forge.git import Git, GitRefused
from generator.forge.hub import Proposed

_BASE, _HEAD = "refs/gongkai/base", "refs/gongkai/proposal"
_INERT = (
    "core.symlinks=false",
    "core.hooksPath=/dev/null",
    "filter.lfs.process=",
    "filter.lfs.smudge=",
    "filter.lfs.required=false",
    "submodule.recurse=false",
)
"""No link is made that could lead out of the folder; no hook, no filter that asks the network."""


class Unmergeable(Exception):
    """The proposal conflicts with its branch."""


@dataclass(frozen=True, slots=True)
class Merged:
    """One proposal beside the branch into which it goes."""

    root: Path
    """The site's root in the tree that a merge would give."""
    base: str
    """The branch's commit, which the proposal cannot change."""
    git: Git

    def read(self, path: str) -> str | None:
        """A text of the branch, by its path in the repository."""
        try:
            data = self.git.run("cat-file", "blob", f"{self.base}:{path}")
        except GitRefused:
            return None
        return data.decode("utf-8", "replace")


@contextmanager
def merged(git: Git, ref: str, proposed: Proposed, at: datetime) -> Iterator[Merged]:
    """Fetch both sides, merge them without a checkout, and lay the result in a folder of its own.

    Raises Unmergeable, and GitRefused, also where the forge's Git has another commit than its API.
    """
    git.run(
        "fetch", "--quiet", "--no-tags", "origin",
        f"+refs/heads/{proposed.base}:{_BASE}", f"+{ref}:{_HEAD}",
    )  # fmt: skip
    base, head = (git.line("rev-parse", f"{name}^{{commit}}") for name in (_BASE, _HEAD))
    if head != proposed.head:
        raise GitRefused(f"取到的版本是 {head[:12]}，不是 {proposed.head[:12]}，等下一次再看")
    # Without the token: what a checkout may call must never have it.
    env = {key: value for key, value in git.env.items() if key != "GONGKAI_TOKEN"}
    bare = replace(git, env=env, token=None, settings=_INERT)
    commit = _merge(bare, base, head, at)
    within = bare.line("rev-parse", "--show-prefix")
    with tempfile.TemporaryDirectory(prefix="gongkai-") as name:
        folder = Path(name) / "tree"
        bare.run("worktree", "add", "--quiet", "--detach", str(folder), commit)
        try:
            yield Merged(folder / within, base, bare)
        finally:
            bare.run("worktree", "remove", "--force", str(folder))


def _merge(git: Git, base: str, head: str, at: datetime) -> str:
    try:
        tree = git.line("merge-tree", "--write-tree", base, head).partition("\n")[0]
    except GitRefused as refused:
        if refused.code == 1:
            raise Unmergeable from refused
        raise
    message = "-m", "merged to be checked"
    return git.line("commit-tree", tree, "-p", base, "-p", head, *message, who=at.isoformat())
