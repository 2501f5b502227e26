"""Receipts: confirm at the public address, append, seal, verify."""

from generator.witness.append import Outcome, Unconfirmed, append
from generator.witness.heads import Witness, record
from generator.witness.tree import NoSite
from generator.witness.verify import BadHead, Head, Verdict, verify
from generator.witness.web import Fetch, Refused, Unreachable, Web
from generator.witness.wording import lines_of, verdict_json, verdict_line, verdict_lines

__all__ = [
    "BadHead",
    "Fetch",
    "Head",
    "NoSite",
    "Outcome",
    "Refused",
    "Unconfirmed",
    "Unreachable",
    "Verdict",
    "Web",
    "Witness",
    "append",
    "lines_of",
    "record",
    "verdict_json",
    "verdict_line",
    "verdict_lines",
    "verify",
]
