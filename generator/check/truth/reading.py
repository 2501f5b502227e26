"""An item as this family reads it: its body's prose, tables and places."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from generator.article import Tables
from generator.check.truth.grid import Fault, Grid, of_body, of_sheet
from generator.check.truth.prose import Mismatch
from generator.diagnostic import Diagnostic, Edit, Place, Rule
from generator.model import Department, Item, Row
from generator.source import Source

_WIDE = re.compile("[０-９．％]")
_ONE_FORM = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_COMMA = re.compile(r",(?![0-9]{3})|(?<![0-9]),")
_CODE = re.compile(r"(?m)^(```|~~~).*?^\1[ \t]*$|`[^`\n]+`", re.DOTALL)


@dataclass(frozen=True)
class Matter:
    """One item and what belongs to it."""

    item: Item
    row: Row | None
    department: Department
    source: Source | None
    attached: Tables

    @cached_property
    def text(self) -> str:
        """The body in one form of digits and of punctuation, code blanked; offsets are the body's."""
        body = self.item.body
        if _WIDE.search(body):
            body = body.translate(_ONE_FORM)
        body = body.replace("(", "（").replace(")", "）").replace(";", "；")
        if "," in body:
            body = _COMMA.sub("，", body)
        if "`" in body or "~~~" in body:
            body = _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), body)
        return body

    @cached_property
    def _tables(self) -> tuple[tuple[int, int, Grid], ...]:
        if "|" not in self.text:
            return ()
        return tuple(of_body(self.item.body.split("\n"), self._cell))

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """Tables of the body."""
        return tuple(grid for _, _, grid in self._tables)

    @cached_property
    def sheets(self) -> tuple[Grid, ...]:
        """Attached tables."""
        sources = {file.path: file.source for file in self.item.files}
        return tuple(
            of_sheet(table, sources.get(path, path))
            for path, tables in self.attached
            for table in tables
            if table.rows
        )

    @cached_property
    def cells(self) -> str:
        """All cells of all tables, for a first look."""
        return "|".join(grid.text for grid in (*self.grids, *self.sheets))

    @cached_property
    def prose(self) -> str:
        """The text with tables blanked; offsets are the body's."""
        if not self._tables:
            return self.text
        lines = self.text.split("\n")
        for first, end, _ in self._tables:
            for n in range(first, min(end, len(lines))):
                lines[n] = " " * len(lines[n])
        return "\n".join(lines)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0))

    def _cell(self, line: int, column: int, end: int) -> Place:
        return Place(self.item.path, self.item.body_line + line, column, end)

    def place(self, start: int, end: int) -> Place:
        """The place of a stretch of the body; cut at the end of its first line."""
        line = bisect_right(self._starts, start) - 1
        column = start - self._starts[line] + 1
        stop = min(end, self._starts[line + 1] - 1) - self._starts[line] + 1
        return Place(self.item.path, self.item.body_line + line, column, max(stop, column + 1))

    def edit(self, start: int, end: int, new: str) -> tuple[Edit, ...]:
        """A repair of a stretch of the body."""
        if self.source is None:
            return ()
        place = self.place(start, end)
        assert place.line is not None
        assert place.column is not None
        offset = self.source.offset(place.line, place.column)
        return (Edit(offset, offset + end - start, new),)

    def said(
        self,
        rule: Rule,
        found: Mismatch,
        hint: str,
        edits: tuple[Edit, ...] = (),
    ) -> Diagnostic:
        """A finding about a stretch of the body; a negative start is a line and column of a file."""
        place = (
            Place(self.item.path, -found.start, -found.end, -found.end + 1)
            if found.start < 0
            else self.place(found.start, found.end)
        )
        return Diagnostic(place, rule, found.message, hint, self.item.id, edits)

    def in_cells(
        self, grid: Grid, faults: Iterable[Fault], sure: Rule, unsure: Rule, sheet: Rule
    ) -> list[Diagnostic]:
        """Findings about cells; `sheet` is the rule for attached tables."""
        return [
            Diagnostic(
                grid.place(fault.row, fault.column),
                sheet if grid.attached else sure if fault.certain else unsure,
                fault.message,
                fault.hint,
                self.item.id,
            )
            for fault in faults
        ]


def by_line(found: Sequence[Mismatch]) -> list[Mismatch]:
    """Findings in the order of the text, one for one place."""
    seen: set[int] = set()
    out = []
    for one in sorted(found, key=lambda m: (m.start, m.end)):
        if one.start not in seen:
            seen.add(one.start)
            out.append(one)
    return out
