"""How a rule of this room words a finding about an item."""

from generator.diagnostic import Diagnostic, Place, Rule
from generator.model import Item


def place_of(item: Item, *keys: str) -> Place:
    """Where the first of `keys` that the item has stands; else its first line."""
    for key in keys:
        mark = item.marks.get(key)
        if mark is not None:
            return Place(item.path, mark.line, mark.column, mark.end_column)
    return Place(item.path, 1, 1, 4)


def on_item(item: Item, rule: Rule, keys: str, message: str, hint: str) -> Diagnostic:
    """A finding at the first of the space-separated `keys`."""
    return Diagnostic(place_of(item, *keys.split()), rule, message, hint, item.id)
