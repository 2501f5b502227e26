"""Runs Pagefind over a spaced copy of a site's pages and keeps what the search page needs."""

import shutil
import tempfile
from base64 import b64decode
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import pagefind_bin

from generator.render.page import Indexed, Page
from generator.search.service import PagefindError, converse
from generator.search.table import (
    TABLE,
    fragment_ids,
    ids_in,
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
        if same:
            for name in ("", *_CHUNKS):
                _link_all(old / name, new / name)
            (new / TABLE).unlink()
            ids = fragment_ids(new / "fragment")
        else:
            files = _files(indexed) if indexed else {}
            _write(files, old, new)
            ids = ids_in(files)
        write_table(indexed, ids, digest, new / TABLE)
        if old.exists():
            old.rename(temporary / "old")
        new.rename(old)


def _link_all(source: Path, target: Path) -> None:
    """The plain files of one folder."""
    if not source.is_dir():
        return
    target.mkdir(exist_ok=True)
    for path in source.iterdir():
        if path.is_file():
            _link(path, target / path.name)


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:  # not every file system has links
        shutil.copyfile(source, target)


def _files(indexed: Sequence[tuple[str, Indexed]]) -> Mapping[str, bytes]:
    """What Pagefind makes of the pages: path in the bundle → bytes, those that search.js uses.

    They are handed over one after the other, in the order of their addresses: given a folder,
    Pagefind numbers pages as the disk lists them, and the same text gives other bytes on
    another disk. Its own writing is not asked for: it answers before its files are whole.
    """
    pages = sorted(indexed, key=lambda one: one[0])
    asked: list[Mapping[str, object]] = [{"type": "NewIndex", "config": {"keep_index_url": True}}]
    asked += [
        {"type": "AddFile", "index_id": 0, "file_path": path, "file_contents": _copy(entry)}
        for path, entry in pages
    ]
    asked.append({"type": "GetFiles", "index_id": 0})
    answer = converse(_binary(), asked)
    files = {file["path"]: b64decode(file["content"]) for file in answer["files"]}
    entry = files.get("pagefind-entry.json", b"").decode("utf-8", "replace")
    if f'"version":"{VERSION}"' not in entry:
        raise PagefindError(f"expected Pagefind {VERSION}: {entry}")
    return {path: data for path, data in files.items() if _used(path)}


def _used(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return folder in _CHUNKS or name in _KEPT or name.endswith(".pf_meta")


def _write(files: Mapping[str, bytes], old: Path, new: Path) -> None:
    """Write the files; a chunk that the old bundle has is linked, since its name is its hash."""
    for folder in _CHUNKS if files else ():
        (new / folder).mkdir()
    for path, data in files.items():
        if "/" in path and (old / path).is_file():
            _link(old / path, new / path)
        else:
            (new / path).write_bytes(data)


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
