"""One pass over a text: lines that a quick look found of interest, through the detectors."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.check.legality import contact, marks, masks, minors, persons
from generator.check.legality.document import Document
from generator.check.legality.hit import Hit
from generator.check.legality.masks import Masked
from generator.check.legality.trigger import found_in, interesting
from generator.rules import legality as rules

_YOUNG = re.compile(r"幼儿|小学|初中|学前|儿童|未成年|少年|孤儿|中小学|义务教育|年级|新生")


@dataclass(frozen=True, slots=True)
class Scope:
    """What the lines of a document are, by index."""

    head: frozenset[int] = frozenset()
    """Lines at the head of a text, a page or a sheet."""
    spared: frozenset[int] = frozenset()
    """Lines where a mobile is meant to be called."""
    skipped: frozenset[int] = frozenset()
    """Lines of marks and numbers of our own, which say nothing of a person."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What one document holds."""

    hits: tuple[Hit, ...]
    masked: tuple[Masked, ...]
    """Its masked numbers, to be laid over those of the item's other files."""


NOTHING = Scanned((), ())

__all__ = ["NOTHING", "Scanned", "Scope", "found_in", "interesting", "scan"]


def scan(document: Document, scope: Scope, offsets: Iterable[int] | None = None) -> Scanned:
    """Every finding of a document, by place, overlapping ones once; bounded by its length.

    `offsets` is what `found_in` gave of its text, where it was asked already.
    """
    found: list[Hit] = []
    masked: list[Masked] = []
    for line in _lines(document, scope, found_in(document.text) if offsets is None else offsets):
        found += _line(document, line, scope)
        masked += masks.tokens(document, line)
    found += masks.broken(masked)
    if _YOUNG.search(f"{document.caption} {document.text[:20_000]}"):
        for line in minors.about(document):
            if line not in scope.skipped:
                found += minors.enumerated(document, line)
        found += minors.stacked(document)
    for line, passage in enumerate(document.passages):
        if passage.where.endswith("元数据 GPS"):
            start = document.starts[line]
            found.append(
                Hit(
                    rules.PICTURE_PLACE, start, start + 1, "GPS",
                    "图片里有拍摄位置的坐标", "去掉位置信息再上传；发送原图前关掉相机的定位",
                )
            )  # fmt: skip
    return Scanned(tuple(_once(found)), tuple(masked))


def _lines(document: Document, scope: Scope, offsets: Iterable[int]) -> list[int]:
    """Lines to be looked at: those with something of interest, and the rows under a head of persons."""
    wanted: set[int] = set()
    whole: set[int] = set()
    for offset in offsets:
        line = document.line_of(offset)
        if line in wanted:
            continue
        wanted.add(line)
        table = document.table_of(line)
        if table is not None and id(table) not in whole:
            whole.add(id(table))
            wanted.update(table.lines)
    return sorted(wanted - scope.skipped)


def _line(document: Document, line: int, scope: Scope) -> Iterator[Hit]:
    text = document.lines[line]
    if not text.strip():
        return
    where = document.passages[line].where if document.passages else ""
    yield from marks.hits(document, line, line in scope.head)
    yield from contact.numbers(document, line, line in scope.spared)
    yield from contact.passports(document, line)
    yield from contact.plates(document, line)
    yield from contact.emails(document, line)
    if not where.startswith("元数据"):
        yield from persons.told(document, line)
        yield from persons.addresses(document, line)
        if document.table_of(line) is None:
            yield from minors.in_prose(document, line)
        else:
            yield from minors.listed(document, line)


def _once(found: list[Hit]) -> list[Hit]:
    """By place; of two findings of one rule that overlap, the first."""
    out: list[Hit] = []
    ends: dict[str, int] = {}
    for hit in sorted(found, key=lambda h: (h.start, h.rule.code, -h.end)):
        if hit.start >= ends.get(hit.rule.code, 0):
            out.append(hit)
            ends[hit.rule.code] = hit.end
    return out
