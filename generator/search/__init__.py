"""What is indexed, with one tokeniser for page and query, and how a query is put."""

from generator.search.bundle import bundle
from generator.search.hints import department_hints, portal_hints
from generator.search.light import Shelf, portal_shelves
from generator.search.page import department_page, portal_page
from generator.search.service import PagefindError
from generator.search.tokens import tokens

__all__ = [
    "PagefindError",
    "Shelf",
    "bundle",
    "department_hints",
    "department_page",
    "portal_hints",
    "portal_page",
    "portal_shelves",
    "tokens",
]
