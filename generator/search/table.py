"""`pagefind/pages.json`: what a result list shows and filters by, of every page of a bundle.

It stands in for Pagefind's own filters and sorts. Their chunks come out in another order on every
run, they count one phrase only, and a date would have to be fetched with a page's whole text;
from this table several phrases are counted together, and several departments sorted by day,
before any text is fetched.
"""

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.render.page import Indexed

TABLE = "pages.json"
FACETS = ("机关", "分类", "年度", "状态")
"""What a reader can filter by, in the order shown."""

_SIGNATURE = b"pagefind_dcd"
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
    """SHA-256 of all that Pagefind would read."""
    found = hashlib.sha256()
    for path, entry in sorted(indexed, key=lambda pair: pair[0]):
        for part in (path, entry.title, entry.body):
            found.update(f"{len(part)}:{part}".encode())
    return found.hexdigest()


def read_digest(bundle: Path) -> str | None:
    """The digest that an earlier table holds; None where there is none."""
    try:
        text = (bundle / TABLE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    head = '{"text":"'
    return text[len(head) :].partition('"')[0] if text.startswith(head) else None


def inflated(path: Path) -> bytes:
    """The content of one of Pagefind's files."""
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(_SIGNATURE):
        raise ValueError(f"{path.name} is not Pagefind's")
    return data.removeprefix(_SIGNATURE)


def fragment_ids(folder: Path) -> Mapping[str, str]:
    """Page path → the id by which Pagefind knows it in this bundle."""
    if not folder.is_dir():
        return {}
    found: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        fragment = json.loads(inflated(path))
        found[str(fragment["url"]).lstrip("/")] = path.name.partition(".")[0]
    return found
