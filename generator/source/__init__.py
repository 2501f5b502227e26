"""One file's bytes → text, then fields with positions, and a body."""

from generator.source.entries import Listing, read_entries
from generator.source.fields import Fields
from generator.source.nodes import Node, NodeMap, NodeScalar, NodeSequence
from generator.source.text import Source, decode
from generator.source.yaml_text import Front, read_front, read_yaml

__all__ = [
    "Fields",
    "Front",
    "Listing",
    "Node",
    "NodeMap",
    "NodeScalar",
    "NodeSequence",
    "Source",
    "decode",
    "read_entries",
    "read_front",
    "read_yaml",
]
