"""Obligations × periods × items × evidence × as_of → slots with a status (台账)."""

from generator.ledger.lateness import lateness
from generator.ledger.reckon import reckon

__all__ = ["lateness", "reckon"]
