"""The gate: what a reviewer must know before the merge, one module a family of rules."""

from generator.check.gate import check, sound

__all__ = ["check", "sound"]
