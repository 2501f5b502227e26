"""One root's files → Repository and diagnostics; the only room that reads content."""

from generator.load.load import Loaded, load

__all__ = ["Loaded", "load"]
