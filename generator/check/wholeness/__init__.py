"""Family W, 整体性: whether a disclosure is whole, and its process too."""

from generator.check.wholeness.family import findings

__all__ = ["findings"]
