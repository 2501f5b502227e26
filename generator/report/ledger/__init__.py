"""The ledger as a table and as JSON: `status` and `due`."""

from generator.report.ledger import due, json, text

__all__ = ["due", "json", "text"]
