"""What a sheet says of itself beside its values: how far it reaches, what it hides, formats."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.article.figures import Format


@dataclass(slots=True)
class Extent:
    """One sheet as scanned before its values are read; rows and columns count from 0."""

    shown: bool
    """Whether it is a worksheet that a reader sees."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """First and last column of each hidden stretch."""
    formats: Mapping[tuple[int, int], Format] = field(default_factory=dict)
    top: int = 1 << 30
    bottom: int = -1
    left: int = 1 << 30
    right: int = -1

    def reach(self, row: int, column: int) -> None:
        """Note a cell that holds something."""
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, column), max(self.right, column)

    @property
    def span(self) -> int:
        """Cells of the rectangle around all that hold something."""
        return max(0, self.bottom - self.top + 1) * max(0, self.right - self.left + 1)

    def hides(self, column: int) -> bool:
        """Whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)
