"""One root's files → Repository and diagnostics; the only room that reads content."""

from generator.load.allow import Allowed
from generator.load.ground import Ground, read_ground
from generator.load.holding import Holding, read_holding
from generator.load.load import Loaded, assemble, load
from generator.load.reading import Attached

__all__ = [
    "Allowed",
    "Attached",
    "Ground",
    "Holding",
    "Loaded",
    "assemble",
    "load",
    "read_ground",
    "read_holding",
]
