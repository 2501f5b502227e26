"""Runs Pagefind over the tokens of a site's pages and keeps what the search page needs."""

import shutil
import tempfile
from base64 import b64decode
from collections.abc import Mapping, Sequence
from pathlib import Path

import pagefind_bin

from generator.render.page import Indexed, Page
from generator.search.service import PagefindError, converse
from generator.search.table import (
    LANGUAGE,
    TABLE,
    content_digest,
    fragment_ids,
    fragment_of,
    ids_in_order,
    read_digest,
    text_digest,
    write_table,
)
from generator.search.tokens import indexed_tokens

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
            files, ids = _files(indexed) if indexed else ({}, {})
            _write(files, old, new)
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


def _files(
    indexed: Sequence[tuple[str, Indexed]],
) -> tuple[Mapping[str, bytes], Mapping[str, str]]:
    """What the bundle holds, path in it → bytes; and page path → the id Pagefind knows it by.

    Pages are handed over one after the other, in the order of their addresses: given a folder,
    Pagefind numbers pages as the disk lists them, and the same text gives other bytes on
    another disk. Its own writing is not asked for: it answers before its files are whole.

    It reads tokens alone, since punctuation glued to a token makes another word of it and half
    of the work; so what it keeps of a page to quote from is of no use, and the page's text takes
    its place. The id that names that file is Pagefind's hash of what it was handed: the digest
    in the address makes it a name for the whole text.
    """
    pages = sorted(indexed, key=lambda one: one[0])
    asked: list[Mapping[str, object]] = [{"type": "NewIndex", "config": {"keep_index_url": True}}]
    asked += [
        {
            "type": "AddRecord",
            "index_id": 0,
            "url": f"{path}?{content_digest(path, entry)}",
            "content": indexed_tokens(f"{entry.title}\n{entry.body}"),
            "language": LANGUAGE,
        }
        for path, entry in pages
    ]
    asked.append({"type": "GetFiles", "index_id": 0})
    answer = converse(_binary(), asked)
    found = {f["path"]: f["content"] for f in answer["files"] if _used(f["path"])}
    files = {p: b64decode(data) for p, data in found.items() if not p.startswith("fragment/")}
    entry = files.get("pagefind-entry.json", b"").decode("utf-8", "replace")
    if f'"version":"{VERSION}"' not in entry:
        raise PagefindError(f"expected Pagefind {VERSION}: {entry}")
    meta = next(data for path, data in files.items() if path.endswith(".pf_meta"))
    try:
        names = ids_in_order(meta, found)
    except ValueError as problem:
        raise PagefindError(f"Pagefind's bundle was not understood: {problem}") from problem
    if len(names) != len(pages):
        raise PagefindError(f"Pagefind knows {len(names)} of {len(pages)} pages")
    ids = {}
    for name, (path, page) in zip(names, pages, strict=True):
        files[f"fragment/{name}.pf_fragment"] = fragment_of(path, page)
        ids[path] = name
    return files, ids


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


def _binary() -> Path:
    """The binary beside the package: `python -m pagefind_bin` costs a second start of Python."""
    folder = Path(pagefind_bin.__file__).parent
    return next((p for p in (folder / "pagefind", folder / "pagefind.exe") if p.is_file()), folder)
