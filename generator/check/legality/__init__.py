"""Family L, 合法性: what may not be public, in fields, texts and attachments."""

from generator.check.legality.findings import findings, unused
from generator.check.legality.masking import masked

__all__ = ["findings", "masked", "unused"]
