"""What evidence, texts and ledger say together: histories of items, facts that detectors find."""

from generator.assess.history import Change, History, Kind, histories
from generator.assess.rush import RUSH_OVER

__all__ = ["RUSH_OVER", "Change", "History", "Kind", "histories"]
