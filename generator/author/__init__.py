"""What helps a county start and a clerk write: a root of its own, a new item, mechanical repairs."""

from generator.author.codeowners import Owned, codeowners
from generator.author.errors import AuthorError
from generator.author.init import FORGES, PRESETS, init

__all__ = ["FORGES", "PRESETS", "AuthorError", "Owned", "codeowners", "init"]
