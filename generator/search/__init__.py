"""What is indexed, with one tokeniser for page and query, and how a query is put."""

from generator.search.bundle import PagefindError, bundle
from generator.search.tokens import spaced, tokens

__all__ = ["PagefindError", "bundle", "spaced", "tokens"]
