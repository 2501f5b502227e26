"""The other forms of the same data, one module each: open data, feed, site map."""

from generator.outputs.records import Record, slot_record

__all__ = ["Record", "slot_record"]
