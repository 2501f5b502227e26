"""A YAML file that is one mapping → its fields."""

from generator.load.reading import Reading
from generator.rules import fields as rules
from generator.source import Fields, NodeMap, read_yaml


def read_mapping(reading: Reading, path: str, name: str) -> Fields | None:
    """The fields of the file, called `name`; None where it is no mapping, which is reported."""
    source = reading.source(path)
    if source is None:
        return None
    node, found = read_yaml(source)
    reading.found += found
    if isinstance(node, NodeMap):
        return Fields(source, node, reading.found)
    if node is not None:
        reading.report(rules.WRONG_TYPE, path, f"{name}应是一组字段", "每行写「字段: 值」")
    return None
