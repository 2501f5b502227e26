"""Hidden parts of an attachment that no other rule speaks of: they leave with the file all the same."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.check.legality.document import Document
from generator.check.legality.hit import Hit
from generator.office import Kind, Part, Passage
from generator.rules import legality as rules

_FIGURE = re.compile(r"[0-9.,:+\-/ TEe%]*")


@dataclass(frozen=True, slots=True)
class Found:
    """One warning for all hidden parts of an attachment, and the place of the first."""

    hit: Hit
    locator: str


def found(document: Document, name: str, hits: Iterable[Hit]) -> Found | None:
    """What the attachment `name` hides, but for parts in which `hits` lie."""
    passages = document.passages
    if not any(
        passage.part or (passage.columns and min(passage.columns) < 0) for passage in passages
    ):
        return None
    told = set(_told(document, hits))
    first: dict[Part, str] = {}
    for passage in passages:
        for part, offset in passage.parts:
            if part not in first and part not in told and _says(passage, part, offset):
                first[part] = passage.place(offset)
    kept = _not_elsewhere(first, passages)
    if not kept:
        return None
    counts = {kind: sum(part.kind is kind for part in kept) for kind in Kind}
    listed = "、".join(kind.counted(number) for kind, number in counts.items() if number)
    hit = Hit(
        rules.HIDDEN_PARTS,
        0,
        1,
        listed,
        f"附件「{name}」里有{listed}，原件一公开就都公开了",
        "上传前删去，或取消隐藏、接受修订；「文件」菜单里的「检查文档」能一次找出来",
    )
    return Found(hit, first[kept[0]])


def _told(document: Document, hits: Iterable[Hit]) -> Iterator[Part]:
    """Hidden parts that other findings name."""
    for hit in hits:
        line = document.line_of(hit.start)
        part = document.passages[line].part_at(hit.start - document.starts[line])
        if part is not None:
            yield part


def _says(passage: Passage, part: Part, offset: int) -> bool:
    """Whether words or figures stand there: an empty sheet and a comma struck out hide nothing."""
    text = passage.text[offset:]
    if part.kind is Kind.COLUMN:
        text = text.partition("\t")[0]
    return any(letter.isalnum() for letter in text)


def _not_elsewhere(parts: Collection[Part], passages: Sequence[Passage]) -> list[Part]:
    """The parts without the caches whose every word stands in the workbook too.

    Excel keeps a cache of each pivot table and of each workbook linked to; only what it holds
    beyond the cells is hidden. Figures are left aside, for a cache has them unrounded.
    """
    caches = {part for part in parts if part.kind in (Kind.CACHE, Kind.LINK)}
    if not caches:
        return list(parts)
    held: set[str] = set()
    cached: dict[Part, set[str]] = {part: set() for part in caches}
    for passage in passages:
        words = (word.strip() for word in passage.text.split("\t"))
        if passage.part in cached:
            cached[passage.part].update(w for w in words if _FIGURE.fullmatch(w) is None)
        else:
            held.update(words)
    return [part for part in parts if part not in caches or not cached[part] <= held]
