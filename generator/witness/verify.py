"""`gongkai verify`: whether chains, copies, pages and files are what was recorded."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain as joined
from pathlib import Path

from generator.assess.rush import rush_days
from generator.history import (
    Break,
    NoRepository,
    Receipts,
    ancestors,
    read_files,
    read_receipts,
)
from generator.history.evidence import lost_heads
from generator.history.receipts import SITE, WITNESS, unsealed
from generator.model import SeenHead
from generator.witness.pages import ITEM_PAGE, Seen, known_of, look
from generator.witness.tree import Tree, open_tree

_HEAD = re.compile(r"[0-9a-f]{16,64}")
_COPY = re.compile(r"([^/]+)/receipts\.jsonl")


class BadHead(ValueError):
    """What was given as a head is no hash of 16 or more hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a hash read off paper stands in its chain."""

    department: str | None
    """None for a seal of the whole site."""
    seq: int
    after: int
    """How many lines follow it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found."""

    receipts: int
    imported: int
    """Pages whose record says that they are history (补录)."""
    awaited: tuple[str, ...]
    """Pages newer than every line (待核), by path: no break."""
    rush: int
    """Days on which one body first filled more slots than the detector allows."""
    given_clock: int
    """Lines whose time was supplied."""
    head: Head | None
    breaks: tuple[Break, ...]

    @property
    def ok(self) -> bool:
        """Whether everything is whole."""
        return not self.breaks


def verify(
    site: Path | None, receipts: Path | None, root: Path | None, head: str | None
) -> Verdict:
    """Verify a site (folder or ZIP), mounted receipts, or both (formats.md section 6).

    `root` is a checkout that must still hold the commits the lines name; `head` a hash, spaces
    allowed, that must stand in a chain. Raises `BadHead` and `NoSite` for a wrong question.
    """
    wanted = _hexadecimal(head) if head is not None else None
    tree = open_tree(site) if site is not None else None
    copies = _copies(tree) if tree is not None else {}
    copy = _at_their_places(read_files(copies))
    mounted = read_receipts(receipts) if receipts is not None else None
    chains = copy if mounted is None else mounted
    breaks = list(chains.breaks)
    if receipts is not None and mounted is not None:
        breaks += _copies_differ(copies, copy, receipts, mounted)
    found = _seek(chains, wanted) if wanted is not None else None
    if wanted is not None and found is None:
        breaks.append(Break("head-unknown", None, None, None, None, "链上没有这个散列"))
    if root is not None:
        breaks += _lost_commits(chains, root)
    seen: dict[str, Seen] = {}
    if tree is not None:
        breaks += _lost_witnesses(chains, _site_url(tree))
        seen = _pages(tree, chains, copy, breaks)
        breaks += joined.from_iterable(one.breaks for one in seen.values())
        breaks += _beyond(seen, chains, breaks)
        breaks += _missing(tree, chains, copy, breaks)
    lines = [line for several in chains.lines.values() for line in several]
    return Verdict(
        receipts=len(lines),
        imported=sum(one.imported for one in seen.values()),
        awaited=tuple(path for path, one in seen.items() if one.awaited),
        rush=_rush(chains),
        given_clock=sum(line.clock_given for line in lines),
        head=found,
        breaks=tuple(breaks),
    )


def _hexadecimal(head: str) -> str:
    text = "".join(head.split()).lower()
    if not _HEAD.fullmatch(text):
        raise BadHead("链头要写 16 位以上的十六进制数字（0–9、a–f），可以有空格")
    return text


# -- the site's copies ---------------------------------------------------------------------


def _copies(tree: Tree) -> dict[str, bytes]:
    """The receipt files a site carries, under the names they have when mounted."""
    places = {f"receipts/{name}": name for name in (SITE, WITNESS)}
    for name in tree.names:
        if (match := _COPY.fullmatch(name)) and match[1] != "receipts":
            places[name] = f"{match[1]}.jsonl"
    return {name: data for place, name in places.items() if (data := tree.read(place)) is not None}


def _place(name: str) -> str:
    if name in (SITE, WITNESS):
        return f"receipts/{name}"
    return f"{name.removesuffix('.jsonl')}/receipts.jsonl"


def _at_their_places(copy: Receipts) -> Receipts:
    breaks = (replace(one, path=_place(one.path)) if one.path else one for one in copy.breaks)
    return replace(copy, breaks=tuple(breaks))


def _copies_differ(
    copies: Mapping[str, bytes], copy: Receipts, receipts: Path, mounted: Receipts
) -> Iterator[Break]:
    """A copy must be a beginning of the mounted file, and no shorter than its own seals say."""
    harmed: set[str | None] = {one.department for one in mounted.breaks}
    for name, data in sorted(copies.items()):
        department = None if name in (SITE, WITNESS) else name.removesuffix(".jsonl")
        path = receipts / name
        whole = path.read_bytes() if path.is_file() else b""
        if not whole.startswith(data):
            message = "网站上的回执和挂载的不是同一条链"
            yield Break("not-prefix", department, None, None, _place(name), message)
        elif data and not data.endswith(b"\n") and department not in harmed:
            yield Break("torn-line", department, None, None, _place(name), "最后一行不完整")
        else:
            continue
        harmed.add(department)
    for one in unsealed(copy.lines, copy.seals, harmed):
        if one.code == "lost-tail":
            yield replace(one, path=_place(f"{one.department}.jsonl"))


# -- pages ---------------------------------------------------------------------------------


def _site_url(tree: Tree) -> str:
    """The site's own address, as its `build.json` says; empty where that says nothing."""
    try:
        marks = json.loads(tree.read("build.json") or b"{}")
    except (ValueError, RecursionError):
        return ""
    url = marks.get("site") if isinstance(marks, dict) else None
    return url if isinstance(url, str) else ""


def _pages(tree: Tree, chains: Receipts, copy: Receipts, breaks: list[Break]) -> dict[str, Seen]:
    """Every item page, held against its lines; path → what it came to."""
    harmed = {one.department for one in breaks if one.code != "commit-lost"}
    strangers = {one.department for one in breaks if one.code == "not-prefix"}
    known = {
        department: known_of(
            lines,
            len(lines) if department in strangers else len(copy.lines.get(department, ())),
            harmed=department in harmed,
        )
        for department, lines in chains.lines.items()
        if lines
    }
    url = _site_url(tree)
    pages = ((name, match[2]) for name in tree.names if (match := ITEM_PAGE.fullmatch(name)))
    return {name: look(tree, name, known.get(department), url) for name, department in pages}


def _beyond(seen: Mapping[str, Seen], chains: Receipts, breaks: list[Break]) -> Iterator[Break]:
    """Chains that end before a line which a page shows; once for each department."""
    harmed = {one.department for one in breaks if one.code != "page-missing"}
    for path, one in seen.items():
        department = path.split("/", 1)[0]
        if one.beyond is not None and department not in harmed:
            harmed.add(department)
            have = len(chains.lines.get(department, ()))
            message = f"网页上写着第 {one.beyond} 条回执，链上只有 {have} 条"
            yield Break("lost-tail", department, have + 1, None, path, message)


def _missing(tree: Tree, chains: Receipts, copy: Receipts, breaks: list[Break]) -> Iterator[Break]:
    """Items with a line that this site knows of, without a page."""
    gone = {one.department for one in breaks if one.code in ("not-prefix", "lost-tail")}
    names = set(tree.names)
    for department, lines in copy.lines.items():
        known = chains.lines.get(department, ()) if department in gone else lines
        last = {line.item: line for line in known}
        for item, line in last.items():
            path = f"{item}.html"
            if path not in names:
                message = "有回执的事项，网页不在了"
                yield Break("page-missing", department, line.seq, item, path, message)


# -- what stands outside the chains ---------------------------------------------------------


def _lost_commits(chains: Receipts, root: Path) -> Iterator[Break]:
    try:
        there = ancestors(root)
    except NoRepository:
        return
    told: set[str] = set()
    for department, lines in chains.lines.items():
        for line in lines:
            if line.commit is not None and line.commit not in there | told:
                told.add(line.commit)
                message = f"提交 {line.commit[:12]} 已不在主线的历史里"
                yield Break("commit-lost", department, line.seq, line.item, None, message)
    for seal in chains.seals:
        if seal.commit is not None and seal.commit not in there | told:
            told.add(seal.commit)
            message = f"提交 {seal.commit[:12]} 已不在主线的历史里"
            yield Break("commit-lost", None, seal.seq, None, SITE, message)


def _lost_witnesses(chains: Receipts, url: str) -> Iterator[Break]:
    """Heads of this site that somebody saw and that its seals no longer have."""
    seen = (SeenHead(one.at, one.source, one.seq, one.head) for one in chains.witnessed)
    for one in lost_heads(seen, chains.seals, url):
        message = f"{one.at:%Y-%m-%d} 见到过第 {one.seq} 道封签，现在没有了"
        yield Break("witness-lost", None, one.seq, None, WITNESS, message)


def _seek(chains: Receipts, wanted: str) -> Head | None:
    for department, lines in chains.lines.items():
        for place, line in enumerate(lines, 1):
            if line.hash.startswith(wanted):
                return Head(department, line.seq, len(lines) - place)
    for place, seal in enumerate(chains.seals, 1):
        if seal.hash.startswith(wanted):
            return Head(None, seal.seq, len(chains.seals) - place)
    return None


def _rush(chains: Receipts) -> int:
    filled: list[tuple[str, date]] = []
    for department, lines in chains.lines.items():
        slots: set[str] = set()
        for line in lines:
            if line.slot is None or line.slot in slots:
                continue
            slots.add(line.slot)
            if line.kind != "found":
                filled.append((department, line.at.date()))
    return len({day for _, day in rush_days(filled)})
