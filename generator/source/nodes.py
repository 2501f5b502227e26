"""A YAML document as text with places: nothing is typed here, so nothing is lost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NodeScalar:
    """One scalar, as written: `011`, `no` and `12:30` stay what they are."""

    text: str
    start: int
    """Offset in the source's text."""
    end: int
    quoted: bool

    @property
    def kind(self) -> str:
        """What a clerk calls it."""
        return "文字"


@dataclass(frozen=True, slots=True)
class NodeSequence:
    """A list."""

    items: tuple["Node", ...]
    start: int
    end: int

    @property
    def kind(self) -> str:
        """What a clerk calls it."""
        return "列表"


@dataclass(frozen=True, slots=True)
class NodeMap:
    """A mapping; doubled keys were reported and dropped."""

    entries: tuple[tuple[NodeScalar, "Node"], ...]
    start: int
    end: int

    @property
    def kind(self) -> str:
        """What a clerk calls it."""
        return "一组字段"

    def get(self, key: str) -> "Node | None":
        """The value of `key`, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


Node = NodeScalar | NodeSequence | NodeMap
