"""Receipts: confirm at the public address, append, seal, verify."""

from generator.witness.append import Outcome, Unconfirmed, append
from generator.witness.web import Fetch, Refused, Unreachable, Web
from generator.witness.wording import lines_of

__all__ = [
    "Fetch",
    "Outcome",
    "Refused",
    "Unconfirmed",
    "Unreachable",
    "Web",
    "append",
    "lines_of",
]
