"""Knowing without reading that a build would make the site that is there already."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import generator
from generator.model import Status
from generator.publish.request import BuildRequest, Summary

NAME = "last.json"
"""In the work folder: the stamps of the last build that built everything, and its summary."""

_FINE, _COARSE = 100_000_000, 2_000_000_000
"""Nanoseconds within which two writes may carry one time; on a disk that keeps whole seconds, two
of these."""


def inputs_stamp(request: BuildRequest, receipts: str | None, now: int) -> str | None:
    """What a build of `request` reads, by name, size and time of change; None if too fresh to say.

    `receipts` is the receipts' folder under the root. `now` is the disk's own time, in
    nanoseconds, before anything is read: a file written just before could be written again
    without looking any different.
    """
    root, package = request.root, Path(generator.__file__).parent
    git = _git(root)
    if git is None:
        return None
    places = [root / "site_config.yml", root / "content", request.theme, package, *git]
    if receipts:
        places.append(root / receipts)
    digest = sha256()
    said = [
        generator.__version__, sys.version, version("mkdocs"), version("mkdocs-material"),
        version("comrak-ext"), version("jinja2"), version("pagefind-bin"), str(root.absolute()),
        str(request.as_of), str(request.as_of or request.today), str(request.trial), receipts,
    ]  # fmt: skip
    digest.update(json.dumps(said).encode())
    try:
        for path, state in _files(places):
            changed = max(state.st_mtime_ns, state.st_ctime_ns)
            if changed > now - (_FINE if changed % 1_000_000_000 else _COARSE):
                return None
            digest.update(f"{path}\0{state.st_size}\0{changed}\0{state.st_ino}\n".encode())
    except _Elsewhere:
        return None
    return digest.hexdigest()


def site_stamp(out: Path) -> str:
    """Every file of the site by name, size and time of change."""
    digest = sha256()
    for path, state in _files([out]):
        digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\0{state.st_mode}\n".encode())
    return digest.hexdigest()


def remember(work: Path, inputs: str, receipts: str | None, out: Path, summary: Summary) -> None:
    """Keep the stamps of a build that built everything."""
    kept = {
        "inputs": inputs,
        "receipts": receipts,
        "site": site_stamp(out),
        "built": dict(summary.built),
        "portal": summary.portal,
        "counts": {status.value: count for status, count in summary.counts.items()},
    }
    (work / NAME).write_text(json.dumps(kept), encoding="utf-8")


def forget(work: Path) -> None:
    """The site has changed: what was kept of the last build holds no more."""
    (work / NAME).unlink(missing_ok=True)


def recall(work: Path, request: BuildRequest, out: Path, now: int) -> Summary | None:
    """The summary of the last build, if neither what it read nor what it wrote has changed."""
    try:
        kept = json.loads((work / NAME).read_text(encoding="utf-8"))
        inputs = inputs_stamp(request, kept["receipts"], now)
        if inputs is None or inputs != kept["inputs"] or site_stamp(out) != kept["site"]:
            return None
        counts = {Status(value): int(count) for value, count in kept["counts"].items()}
        return Summary(dict(kept["built"]), {}, (), int(kept["portal"]), counts=counts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, _Elsewhere):
        return None


def _git(root: Path) -> tuple[Path, ...] | None:
    """The files that change when what Git answers changes; None where they lie elsewhere."""
    for folder in (root.absolute(), *root.absolute().parents):
        git = folder / ".git"
        if git.is_file():
            return None
        if git.is_dir():
            names = ("HEAD", "logs/HEAD", "packed-refs", "shallow", "config", "refs/heads")
            return tuple(git / name for name in names)
    return ()


class _Elsewhere(Exception):
    """A link: what it leads to can change without a trace here."""


def _files(places: Iterable[Path]) -> Iterator[tuple[str, os.stat_result]]:
    for place in places:
        if place.is_dir():
            yield from _walk(str(place))
        elif place.exists():
            yield str(place), place.stat()


def _walk(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Files under `folder` in a fixed order; an empty folder counts too."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    if not found:
        yield folder, Path(folder).stat()
    for entry in found:
        if entry.is_symlink():
            raise _Elsewhere(entry.path)
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _walk(entry.path)
        else:
            yield entry.path, entry.stat()
