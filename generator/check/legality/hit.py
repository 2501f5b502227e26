"""What the detectors of family L give: where, which rule, and a masked form of it."""

from dataclasses import dataclass

from generator.diagnostic import Rule


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding in a document; `start` and `end` are offsets in its text."""

    rule: Rule
    start: int
    end: int
    shown: str
    """The matched text, masked: all that a message may say of it."""
    message: str
    hint: str
