"""What stands in an attachment, hidden parts too, as passages of text with their places."""

from generator.office.passage import Passage, Reading
from generator.office.read import passages

__all__ = ["Passage", "Reading", "passages"]
