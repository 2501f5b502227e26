"""A YAML file that is a list → its entries, each to be read field by field."""

from dataclasses import dataclass

from generator.diagnostic import Diagnostic
from generator.rules import fields as rules
from generator.source.fields import Fields
from generator.source.nodes import NodeMap, NodeSequence
from generator.source.text import Source
from generator.source.yaml_text import read_yaml


@dataclass(frozen=True, slots=True)
class Listing:
    """How a kind of list is told to the clerk who wrote something else."""

    name: str
    """`放行名单`."""
    each: str
    """What one entry is called: `每一条`."""
    begins: str
    """The hint where the file is no list."""
    form: str
    """The hint where an entry is no mapping."""


def read_entries(source: Source, listing: Listing) -> tuple[tuple[Fields, ...], list[Diagnostic]]:
    """The entries of a list; what they report joins the findings. An empty file has none."""
    node, found = read_yaml(source)
    if node is None or (isinstance(node, NodeMap) and not node.entries):
        return (), found
    if not isinstance(node, NodeSequence):
        message = f"{listing.name}应是一个列表"
        found.append(Diagnostic(source.place(0), rules.WRONG_TYPE, message, listing.begins))
        return (), found
    entries: list[Fields] = []
    for entry in node.items:
        if isinstance(entry, NodeMap):
            entries.append(Fields(source, entry, found))
        else:
            place = source.place(entry.start, entry.end)
            message = f"{listing.name}的{listing.each}应是一组字段"
            found.append(Diagnostic(place, rules.WRONG_TYPE, message, listing.form))
    return tuple(entries), found
