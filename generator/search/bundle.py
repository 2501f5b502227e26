"""Runs Pagefind over a spaced copy of a site's pages and keeps what the search page needs."""

import os
import posixpath
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import pagefind_bin

from generator.render.page import Indexed, Page
from generator.search.table import (
    TABLE,
    fragment_ids,
    inflated,
    read_digest,
    text_digest,
    write_table,
)
from generator.search.tokens import PARAGRAPH, spaced

FOLDER = "pagefind"
VERSION = "1.5.2"
"""The only Pagefind whose output this was written for and tested with."""

_KEPT = ("pagefind.js", "pagefind-entry.json", "wasm.unknown.pagefind")
_CHUNKS = ("fragment", "index")
_SPARE = 64_000_000
"""Bytes of memory that must stay free beside the copies."""


class PagefindError(Exception):
    """Pagefind did not run, or is another version."""


def bundle(pages: Sequence[Page], site: Path) -> None:
    """Make `site/pagefind` from the pages that have `indexed`; the same input, the same bytes.

    What an earlier run left in `site/pagefind` saves time: with unchanged texts Pagefind does not
    run, else chunks whose content is the same are kept. Nothing in there is written into, so it
    may be hard links to a site that is being served. Raises PagefindError.
    """
    indexed = [(page.path, page.indexed) for page in pages if page.indexed is not None]
    site.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".pagefind-", dir=site) as folder:
        temporary, old = Path(folder), site / FOLDER
        new = temporary / "new"
        new.mkdir()
        digest = text_digest(indexed)
        same = read_digest(old) == digest
        for name in _CHUNKS if indexed else ():
            _link_all(old / name, new / name)
        if same:
            _link_all(old, new)
            (new / TABLE).unlink()
        elif indexed:
            _run(indexed, new)
            _tidy(new)
        write_table(indexed, fragment_ids(new / "fragment"), digest, new / TABLE)
        if old.exists():
            old.rename(temporary / "old")
        new.rename(old)


def _link_all(source: Path, target: Path) -> None:
    """The plain files of one folder; Pagefind never writes a chunk that is already there."""
    if not source.is_dir():
        return
    target.mkdir(exist_ok=True)
    for path in source.iterdir():
        if path.is_file():
            try:
                (target / path.name).hardlink_to(path)
            except OSError:  # not every file system has links
                shutil.copyfile(path, target / path.name)


def _run(indexed: Sequence[tuple[str, Indexed]], out: Path) -> None:
    copies = {path: _copy(entry).encode() for path, entry in indexed}
    size = sum(map(len, copies.values()))
    with tempfile.TemporaryDirectory(prefix="gongkai-pages-", dir=_quick(size)) as folder:
        _index(copies, Path(folder), out)


def _quick(size: int) -> str | None:
    """Memory for the copies, where the system offers it and has room to spare.

    Making a file costs 0.3 ms on a disk, and these are read once and thrown away. None takes
    the system's usual folder.
    """
    memory = "/dev/shm"
    try:
        room = os.statvfs(memory)
    except (OSError, AttributeError):
        return None
    roomy = room.f_bavail * room.f_frsize > 4 * size + _SPARE
    return memory if roomy and os.access(memory, os.W_OK | os.X_OK) else None


def _index(copies: Mapping[str, bytes], pages: Path, out: Path) -> None:
    for folder in sorted({posixpath.dirname(path) for path in copies}):
        (pages / folder).mkdir(parents=True, exist_ok=True)
    for path, data in copies.items():
        (pages / path).write_bytes(data)
    try:
        done = subprocess.run(
            [_binary(), "--site", pages, "--output-path", out, "--keep-index-url", "--silent"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={"LC_ALL": "C.UTF-8", "TZ": "UTC"},
            check=False,
        )
    except OSError as problem:
        raise PagefindError(f"Pagefind does not run on this machine: {problem}") from problem
    if done.returncode != 0:
        words = (done.stdout + done.stderr).decode("utf-8", "replace").strip()
        raise PagefindError(f"Pagefind ended with {done.returncode}: {words}")


def _copy(entry: Indexed) -> str:
    """The page that Pagefind reads: title as metadata, title and text spaced, in one block."""
    text = spaced(f"{entry.title.strip()}\n{entry.body.strip()}\n")
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta data-pagefind-meta="title[content]" content="{escape(entry.title)}"></head>'
        f"<body data-pagefind-body>{escape(text, quote=False)} {PARAGRAPH}</body></html>"
    )


def _binary() -> Path:
    """The binary beside the package: `python -m pagefind_bin` costs a second start of Python."""
    folder = Path(pagefind_bin.__file__).parent
    return next((p for p in (folder / "pagefind", folder / "pagefind.exe") if p.is_file()), folder)


def _tidy(out: Path) -> None:
    """Leave what search.js uses: no other interface, no chunk of an earlier text."""
    entry = (out / "pagefind-entry.json").read_text(encoding="utf-8")
    if f'"version":"{VERSION}"' not in entry:
        raise PagefindError(f"expected Pagefind {VERSION}: {entry}")
    (meta,) = out.glob("pagefind.*.pf_meta")
    for path in sorted(out.iterdir()):
        if path.is_file() and path.name not in _KEPT and path != meta:
            path.unlink()
    _drop_stale(out, meta)


def _drop_stale(out: Path, meta: Path) -> None:
    """The metadata names every chunk in use; Pagefind itself never removes one."""
    names = inflated(meta)
    for folder in _CHUNKS:
        for path in sorted((out / folder).iterdir()):
            if path.name.partition(".")[0].encode() not in names:
                path.unlink()
