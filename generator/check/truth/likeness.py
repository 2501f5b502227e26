"""Texts that are one text twice: paragraphs of an item, and items of a row."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.check.truth.prose import Mismatch
from generator.model import Item, Period

_NUMBER = re.compile(r"[0-9][0-9,.]*")
_DATE = re.compile(
    r"(?:[0-9]{4}\s*年)?\s*(?:第?[一二三四1-4]季度|[上下]半年|[0-9]{1,2}\s*(?:月份?|[—~至-])(?:\s*[0-9]{1,2}\s*日)?)|[0-9]{4}\s*年度?|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?|[0-9]{1,2}\s*[日时点]"
)
_NOISE = re.compile(r"[\s*|:：,，、.\-—（）()“”\"#>]+")
_CUT = re.compile(r"[。；;！？\n]")
_LEAST = 30
_LONG = 600


@dataclass(frozen=True, slots=True)
class Print:
    """What two texts are compared by."""

    item: Item
    sentences: tuple[str, ...]
    """Without figures and punctuation."""
    figures: tuple[str, ...]
    """Numbers but those of dates."""
    size: int


def doubled(text: str) -> Iterator[Mismatch]:
    """Paragraphs, and long sentences, that stand twice."""
    lines = text.split("\n")
    long = [line for line in lines if len(line) >= _LEAST and "|" not in line]
    if len(set(map(str.strip, long))) < len(long):
        yield from _paragraphs(lines)
        return
    pieces = [p.strip() for p in text.replace("\n", "。").split("。") if len(p) >= _LEAST]
    if len(set(pieces)) < len(pieces):
        yield from _sentences(text)


def _paragraphs(lines: Sequence[str]) -> Iterator[Mismatch]:
    seen: dict[str, int] = {}
    start = 0
    last = -1
    for number, line in enumerate(lines):
        key = line.strip()
        if len(line) >= _LEAST and "|" not in line:
            if key not in seen:
                seen[key] = number
            else:
                if number > last + 2 or last < 0:
                    yield Mismatch(
                        start,
                        start + len(line),
                        f"这一段和前面第 {{{seen[key]}}} 行的一段相同",
                        False,
                    )
                last = number
        start += len(line) + 1


def _sentences(text: str) -> Iterator[Mismatch]:
    seen: set[str] = set()
    start = 0
    for piece in re.split("([。\n])", text):
        key = piece.strip()
        if len(key) >= _LEAST and "|" not in piece:
            if key in seen:
                at = start + piece.index(key)
                yield Mismatch(at, at + len(key), f"「{key[:12]}…」这句话前面已经有了", False)
                return
            seen.add(key)
        start += len(piece)


def print_of(item: Item) -> Print:
    """The fingerprint of an item's body."""
    body = _DATE.sub("", item.body)
    figures = tuple(_NUMBER.findall(body))
    bare = _NUMBER.sub("", body)
    sentences = tuple(s for piece in _CUT.split(bare) if len(s := _NOISE.sub("", piece)) > 3)
    return Print(item, sentences, figures, sum(map(len, sentences)))


def alike(one: Print, other: Print) -> float:
    """How alike two texts are, 0 to 1, figures aside; a long text inside a longer one is alike."""
    if one.sentences == other.sentences:
        return 1.0
    small, large = sorted((one, other), key=lambda p: p.size)
    if not small.size:
        return 0.0
    mine, theirs = set(one.sentences), set(other.sentences)
    shared = sum(len(s) for s in small.sentences if s in mine and s in theirs)
    if small.size >= _LONG and shared >= 0.95 * small.size:
        return 1.0
    if small.size < 0.85 * large.size or shared < 0.6 * small.size:
        return 0.0
    rest = "".join(s for s in one.sentences if s not in theirs)
    their_rest = "".join(s for s in other.sentences if s not in mine)
    matched = 0.0
    if len(rest) < 600 and len(their_rest) < 600:
        matched = SequenceMatcher(None, rest, their_rest, autojunk=False).ratio()
    return (2 * shared + matched * (len(rest) + len(their_rest))) / (one.size + other.size)


def _same_figures(one: Print, other: Print) -> bool:
    small, large = sorted((one, other), key=lambda p: p.size)
    if small.size >= _LONG and small.size < 0.9 * large.size:
        return not Counter(small.figures) - Counter(large.figures)
    return one.figures == other.figures


def twins(items: Sequence[Item]) -> Iterator[tuple[Item, Item, bool]]:
    """Pairs (later, earlier, same figures) of one row that are one text.

    Compared are the same row's period before in the same body, the same row and period of
    other bodies, and any two items that share a long sentence word for word.
    """
    prints: dict[str, Print] = {}
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        if item.withdrawn is None and item.nil is None and len(item.body) >= 120:
            groups.setdefault((item.category, ""), []).append(item)

    def made(item: Item) -> Print:
        if item.id not in prints:
            prints[item.id] = print_of(item)
        return prints[item.id]

    for group in groups.values():
        by_key: dict[str, list[Item]] = {}
        done: set[str] = set()
        for item in sorted(group, key=_order):
            longest = _longest(item.body)
            near: dict[str, Item] = {}
            for key in longest:
                for other in by_key.get(key, [])[-2:]:
                    near[other.id] = other
            for other in near.values():
                mine, theirs = made(item), made(other)
                if not mine.sentences:
                    break
                same = _same_figures(mine, theirs)
                if not same and item.department == other.department:
                    continue
                if item.corrects == other.id or item.interprets == other.id or _apart(item, other):
                    continue
                if alike(mine, theirs) >= 0.95 and item.id not in done:
                    done.add(item.id)
                    yield item, other, same
            for key in longest:
                by_key.setdefault(key, []).append(item)


def _longest(body: str) -> list[str]:
    """The three longest sentences of a text, figures aside: what two like texts share."""
    pieces = [p for p in body.replace("\n", "。").split("。") if len(p) > 12 and "|" not in p]
    pieces.sort(key=len, reverse=True)
    return [_NUMBER.sub("", piece).strip() for piece in pieces[:3]]


def _order(item: Item) -> tuple[str, str, str]:
    first = (
        item.period.first.isoformat()
        if isinstance(item.period, Period)
        else (item.formed.isoformat() if item.formed else "")
    )
    return (first, item.department, item.id)


def _apart(item: Item, other: Item) -> bool:
    """Whether the two are versions or stages of one matter, which may share their words."""
    return item.process is not None and item.process == other.process
