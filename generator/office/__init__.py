"""What stands in an attachment, hidden parts too, as passages of text with their places."""

from generator.office.passage import Kind, Part, Passage, Reading
from generator.office.read import passages

__all__ = ["Kind", "Part", "Passage", "Reading", "passages"]
