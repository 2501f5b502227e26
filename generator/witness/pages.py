"""Item pages held against the receipt lines that speak of them."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from posixpath import normpath
from typing import Protocol

from generator.article import Fault, Part, Served, page_record, spaceless, text_sha256
from generator.article.markup import elements
from generator.article.walk import attributes
from generator.history import Break
from generator.model import Line
from generator.witness.tree import Tree

ITEM_PAGE = re.compile(r"(([^/]+)/[0-9]{4}/[a-z0-9-]{1,80})\.html")

_AWAITED = "已生成，尚未核到"
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')
_FAULTS = {
    Part.RECORD: "record-differs",
    Part.TITLE: "title-differs",
    Part.BODY: "text-differs",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the chains say of one department."""

    lines: Mapping[str, tuple[Line, ...]]
    """Item → the lines that its page may show: the last one that the site's own copy knows and
    every later one."""
    older: Mapping[str, tuple[Line, ...]]
    """Item → its earlier lines."""
    end: int
    """`seq` of the last line."""
    harmed: bool
    """Whether a break of the chain was told already: a line that is not found is its doing."""


def known_of(chain: tuple[Line, ...], copied: int, *, harmed: bool) -> Known:
    """What pages may show; `copied` is how many of the lines the site's own copy has."""
    lines: dict[str, list[Line]] = {}
    older: dict[str, list[Line]] = {}
    for place, line in enumerate(chain):
        mine = lines.setdefault(line.item, [])
        if place < copied and mine:
            older.setdefault(line.item, []).append(mine.pop())
        mine.append(line)
    return Known(
        {item: tuple(several) for item, several in lines.items()},
        {item: tuple(several) for item, several in older.items()},
        chain[-1].seq if chain else 0,
        harmed,
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """What one page came to."""

    breaks: tuple[Break, ...]
    awaited: bool = False
    """Newer than every line that is to be seen: 待核."""
    imported: bool = False
    beyond: int | None = None
    """The line it shows, where no chain goes that far."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The line that a page says is its own."""

    seq: str | None
    hash: str | None


def look(tree: Tree, path: str, known: Known | None, site_url: str) -> Seen:
    """Hold one item page against its lines; `known` is None for a department without any."""
    match = ITEM_PAGE.fullmatch(path)
    assert match is not None
    item, department = match[1], match[2]
    allowed = known.lines.get(item, ()) if known else ()
    older = known.older.get(item, ()) if known else ()
    last = allowed[-1] if allowed else None

    def broken(code: str, message: str, where: str = path) -> Break:
        return Break(code, department, last.seq if last else None, item, where, message)

    html = (tree.read(path) or b"").decode("utf-8", "replace")
    shown = _shown(html)
    served = page_record(html, path, site_url or _own_url(html, path))
    if isinstance(served, Fault):
        if served.part is Part.RECORD and last is None and shown is None:
            # A redirect from an old address may look like an item's page.
            return Seen(())
        return Seen((broken(_FAULTS[served.part], served.message),))
    record = _record(served.record)
    digest = sha256(served.record.encode("utf-8")).hexdigest()
    differs = Seen((broken("record-differs", "核验数据和回执登记的不同"),))
    if record is None or record.get("id") != item:
        return differs
    harmed = known is not None and known.harmed
    awaited = False
    if shown is not None and shown.seq is not None:
        seq = int(shown.seq) if re.fullmatch("[0-9]{1,9}", shown.seq) else 0
        if known is None or seq > known.end:
            return Seen((), beyond=seq)
        claimed = [line for line in allowed if (line.seq, line.hash) == (seq, shown.hash)]
        if claimed and claimed[0].sha256 != digest:
            return differs
        if not claimed and not harmed:
            unknown = broken("unreceipted", "网页上写了回执，链上没有这一件的回执")
            return differs if last is not None else Seen((unknown,))
    elif digest not in {line.sha256 for line in allowed}:
        awaited = shown is not None or _AWAITED in _around(html)
        if last is None and known is not None and not awaited and not harmed:
            return Seen((broken("unreceipted", "这一件没有回执，网页上也没有写尚未核到"),))
        if last is not None and (not awaited or digest in {line.sha256 for line in older}):
            return differs
    return Seen(
        tuple(_inside(tree, served, record, department, broken)),
        awaited=awaited,
        imported="imported" in record,
    )


class _Broken(Protocol):
    def __call__(self, code: str, message: str, where: str = ...) -> Break: ...


def _inside(
    tree: Tree,
    served: Served,
    record: Mapping[str, object],
    department: str,
    broken: _Broken,
) -> Iterator[Break]:
    """What the page itself, and its files, do not bear out of its own record."""
    if served.title != spaceless(str(record.get("title"))):
        yield broken("title-differs", "标题和核验数据里的不同")
    if text_sha256(served.text) != record.get("body"):
        yield broken("text-differs", "正文和核验数据里的散列对不上")
    files = record.get("files", [])
    for file in files if isinstance(files, list) else []:
        path = str(file.get("path")) if isinstance(file, dict) else ""
        where = f"{department}/{path}"
        outside = not path or path.startswith("/") or normpath(path).startswith("..")
        data = None if outside or "\\" in path else tree.read(where)
        if data is None:
            yield broken("file-missing", f"附件 {path} 不在了", where)
        elif (len(data), sha256(data).hexdigest()) != (file.get("bytes"), file.get("sha256")):
            yield broken("file-differs", f"附件 {path} 和登记的不同", where)


def _record(text: str) -> Mapping[str, object] | None:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _shown(html: str) -> Shown | None:
    """The page's own mark of its line; None where it has none, or several."""
    marks = elements(html, ("gk-line",))["gk-line"]
    if len(marks) != 1:
        return None
    named = attributes(marks[0].tag.removeprefix(f"<{marks[0].name}"))
    return Shown(named.get("data-seq"), named.get("data-hash"))


def _around(html: str) -> str:
    """The page without its article: what a clerk wrote cannot say that it is awaited."""
    before, _, rest = html.partition("<article")
    return before + rest.partition("</article>")[2]


def _own_url(html: str, path: str) -> str:
    found = _CANONICAL.search(html)
    return found[1].removesuffix(path) if found else ""
