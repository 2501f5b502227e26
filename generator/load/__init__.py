"""One root's files → Repository and diagnostics; the only room that reads content."""

from generator.load.allow import Allowed
from generator.load.load import Loaded, load
from generator.load.reading import Attached

__all__ = ["Allowed", "Attached", "Loaded", "load"]
