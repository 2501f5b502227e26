"""`pagefind/pages.json`: what a result list shows and filters by, of every page of a bundle.

It stands in for Pagefind's own filters and sorts. Their chunks come out in another order on every
run, they count one phrase only, and a date would have to be fetched with a page's whole text;
from this table several phrases are counted together, and several departments sorted by day,
before any text is fetched.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from generator.render.page import Indexed

TABLE = "pages.json"
LANGUAGE = "zh-cn"
"""Of every page; Pagefind's ids begin with it."""
FACETS = ("机关", "分类", "年度", "状态")
"""What a reader can filter by, in the order shown."""

_SIGNATURE = b"pagefind_dcd"
_FORM = "1.5.2 2"
"""Pagefind's version and that of our tokens and fragments: another one makes every bundle anew."""

_LABEL = "label"
"""The status with its figures, as the result line shows it."""


def write_table(
    indexed: Sequence[tuple[str, Indexed]], ids: Mapping[str, str], digest: str, path: Path
) -> None:
    """Write the table, newest page first: `[id, date, facet…, label]`, facets by number."""
    values: dict[str, dict[str, int]] = {name: {} for name in (*FACETS, _LABEL)}

    def number(name: str, value: str) -> int:
        return values[name].setdefault(value, len(values[name]))

    rows: list[list[str | int]] = []
    for page, entry in sorted(indexed, key=_newest_first):
        row: list[str | int] = [ids[page].partition("_")[2], entry.date]
        row += [number(name, entry.filters.get(name, "")) for name in FACETS]
        row.append(number(_LABEL, entry.meta.get("状态", entry.filters.get("状态", ""))))
        rows.append(row)
    table = {"text": digest, "values": {name: list(v) for name, v in values.items()}, "pages": rows}
    path.write_text(
        json.dumps(table, ensure_ascii=False, separators=(",", ":")), encoding="utf-8", newline="\n"
    )


def _newest_first(entry: tuple[str, Indexed]) -> tuple[list[int], str]:
    path, page = entry
    return ([-ord(char) for char in page.date] or [0], path)


def text_digest(indexed: Sequence[tuple[str, Indexed]]) -> str:
    """SHA-256 of all that a bundle's texts are made from."""
    found = hashlib.sha256(_FORM.encode())
    for path, entry in sorted(indexed, key=lambda pair: pair[0]):
        found.update(_told(path, entry))
    return found.hexdigest()


def content_digest(path: str, entry: Indexed) -> str:
    """16 hex digits of all that one page's fragment is made from."""
    return hashlib.sha256(_told(path, entry)).hexdigest()[:16]


def _told(path: str, entry: Indexed) -> bytes:
    return "".join(f"{len(part)}:{part}" for part in (path, entry.title, entry.body)).encode()


def read_digest(bundle: Path) -> str | None:
    """The digest that an earlier table holds; None where there is none."""
    try:
        text = (bundle / TABLE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    head = '{"text":"'
    return text[len(head) :].partition('"')[0] if text.startswith(head) else None


def inflated(packed: bytes) -> bytes:
    """The content of one of Pagefind's files."""
    data = gzip.decompress(packed)
    if not data.startswith(_SIGNATURE):
        raise ValueError("a file is not Pagefind's")
    return data.removeprefix(_SIGNATURE)


def fragment_of(path: str, entry: Indexed) -> bytes:
    """What search shows of a page, in the form of Pagefind's fragments: its text, as it stands."""
    fragment = {
        "url": path,
        "content": f"{entry.title.strip()}\n{entry.body.strip()}",
        "word_count": 0,
        "filters": {},
        "meta": {"title": entry.title},
        "anchors": [],
    }
    text = json.dumps(fragment, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(_SIGNATURE + text.encode(), mtime=0, compresslevel=6)


def ids_in_order(meta: bytes, files: Collection[str]) -> tuple[str, ...]:
    """The pages' ids in the order in which Pagefind was handed the pages.

    `meta` is its `.pf_meta`, which lists the pages before anything else, each id once; `files`
    are the paths of its files. A chunk of the index, listed after them, may by chance bear the
    id of a page. Raises ValueError where the list is not that of the files.
    """
    known = {path.rpartition("/")[2].partition(".")[0] for path in files if "fragment/" in path}
    listed = re.findall(rf"{LANGUAGE}_[0-9a-f]+".encode(), inflated(meta))
    ids = tuple(map(bytes.decode, listed[: len(known)]))
    if set(ids) != known:
        raise ValueError("its list of pages is not that of its files")
    return ids


def fragment_ids(folder: Path) -> Mapping[str, str]:
    """Page path → the id by which Pagefind knows it in this bundle."""
    return {_path_of(fragment): id_ for id_, fragment in _fragments(folder)}


def read_pages(bundle: Path) -> Iterator[tuple[str, Indexed]]:
    """What a finished bundle holds: path and content of every page, newest first."""
    if not (bundle / TABLE).is_file():
        return
    table = json.loads((bundle / TABLE).read_text(encoding="utf-8"))
    known = dict(_fragments(bundle / "fragment"))
    prefix = next(iter(known), "").partition("_")[0]
    values = table["values"]
    for id_, day, *numbers, label in table["pages"]:
        fragment = known[f"{prefix}_{id_}"]
        title, _, body = fragment["content"].partition("\n")
        found = zip(FACETS, numbers, strict=True)
        filters = {name: values[name][number] for name, number in found}
        meta = {"状态": values[_LABEL][label]}
        yield _path_of(fragment), Indexed(title, body.strip(), filters, day, meta)


def _fragments(folder: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            yield path.name.partition(".")[0], json.loads(inflated(path.read_bytes()))


def _path_of(fragment: Mapping[str, str]) -> str:
    return fragment["url"].lstrip("/")
