"""Telling by its own words whether a file still holds a text that was taken back."""

import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from html import unescape

_LENGTH, _LEAST = 12, 8
"""Characters of a passage, and of the shortest that says whose it is."""

_TAG = re.compile(r"<[^>]*>")
_STOP = re.compile(r"[，。；：、！？,;:!?|\n]")
_NUMBER = re.compile(r"[0-9]{11,17}[0-9Xx]?")
_TEXTS = (
    ".html", ".xml", ".json", ".jsonl", ".csv", ".txt", ".md", ".ics", ".yml",
    ".pf_fragment", ".pf_index", ".pf_meta",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marks:
    """By what a text, and the files that came with it, are known again."""

    passages: tuple[str, ...]
    """Without blanks; none of them stands in what may be shown."""
    hashes: frozenset[str]
    """SHA-256 of whole files."""

    def stand_in(self, name: str, data: bytes) -> bool:
        """Whether the file is one of those, or holds one of the passages."""
        if sha256(data).hexdigest() in self.hashes:
            return True
        if not name.endswith(_TEXTS):
            return False
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        text = unescape(data.decode("utf-8", "replace"))
        written, shown = bare(text), bare(_TAG.sub("", text))
        return any(passage in written or passage in shown for passage in self.passages)


def bare(text: str) -> str:
    """The text without blanks."""
    return "".join(text.split())


def marks(texts: Iterable[str], shown: Iterable[str], hashes: Iterable[str]) -> Marks:
    """What tells `texts` from all that is `shown`: passages that stand in the one only.

    A phrase of office that others use too would tell nothing, and is left out.
    """
    pool = "\n".join(map(bare, shown))
    found: dict[str, None] = {}
    for text in texts:
        for piece in _STOP.split(text):
            said = bare(piece)
            for start in range(0, len(said), _LENGTH):
                passage = said[start : start + _LENGTH]
                if len(passage) >= _LEAST:
                    found[passage] = None
        for number in _NUMBER.findall(text):
            found[number] = None
    return Marks(tuple(p for p in found if p not in pool), frozenset(hashes))
