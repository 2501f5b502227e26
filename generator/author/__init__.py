"""What helps a county start and a clerk write: a root of its own, a new item, mechanical repairs."""

from generator.author.codeowners import Owned, codeowners
from generator.author.errors import AuthorError
from generator.author.fix import Fixed, corrected, fix
from generator.author.init import FORGES, PRESETS, init
from generator.author.new import Answers, Question, new, question, with_defaults
from generator.author.purge import Purged, purge

__all__ = [
    "FORGES",
    "PRESETS",
    "Answers",
    "AuthorError",
    "Fixed",
    "Owned",
    "Purged",
    "Question",
    "codeowners",
    "corrected",
    "fix",
    "init",
    "new",
    "purge",
    "question",
    "with_defaults",
]
