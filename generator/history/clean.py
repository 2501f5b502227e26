"""Whether what lies on the disk is what HEAD says."""

import os
from pathlib import Path

from generator.history.command import NoRepository, answer

_WATCHED = ("content", "site_config.yml")


def clean(root: Path, besides: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Paths of content and configuration that differ from HEAD, sorted, relative to `root`.

    Changed, added, deleted and untracked files count, ignored ones too (the generator reads
    them), but not hidden ones (it does not), nor what lies under `besides`. Without a
    repository nothing can differ.
    """
    try:
        # ls-files goes first: outside a repository, diff compares two folders instead.
        untracked = _names(answer(root, "ls-files", "-z", "--others", "--", *_WATCHED))
        flagged = _flagged(answer(root, "ls-files", "-z", "-v", "--", *_WATCHED))
        changed = _names(
            answer(
                root, "diff", "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff",
                "--ignore-submodules=none", f"-O{os.devnull}", "HEAD", "--", *_WATCHED,
            )
        )  # fmt: skip
    except NoRepository:
        return ()
    visible = {path for path in untracked if not _hidden(path)}
    outside = tuple(folder.strip("/") + "/" for folder in besides)
    differing = changed | visible | flagged
    return tuple(sorted(path for path in differing if not path.startswith(outside)))


def _names(listing: bytes) -> set[str]:
    return {os.fsdecode(name) for name in listing.split(b"\0") if name}


def _flagged(listing: bytes) -> set[str]:
    """Paths that Git was told not to look at: assume-unchanged (lower case), skip-worktree (S)."""
    entries = [entry for entry in listing.split(b"\0") if entry]
    return {os.fsdecode(entry[2:]) for entry in entries if entry[:1].islower() or entry[:1] == b"S"}


def _hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))
