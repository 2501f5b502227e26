"""The ledger as a table and as JSON: `status` and `due`."""

from generator.report.ledger import due, ics, json, month, text, week

__all__ = ["due", "ics", "json", "month", "text", "week"]
