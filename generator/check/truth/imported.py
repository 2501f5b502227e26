"""Imported items: what was published wrong years ago is kept as it was, noted, and blocks nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.check.truth.reading import Matter
from generator.diagnostic import Diagnostic, Severity

NOTE = "原文如此"
_FIGURES = ("T1", "T2", "T3")
_HINT = f"原件就是这样的照原样保留，在错处后面注〔{NOTE}〕；录入时写错的改正"


def softened(matter: Matter, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings of an item; where it is imported, errors are 警告.

    A line of the body that holds 〔原文如此〕 has been looked at: its figures are not told again.
    """
    item = matter.item
    if item.imported is None:
        yield from found
        return
    lines = item.body.split("\n") if NOTE in item.body else ()
    for one in found:
        place = one.place
        if lines and place.path == item.path and place.line and one.rule.code.startswith(_FIGURES):
            line = place.line - item.body_line
            if 0 <= line < len(lines) and NOTE in lines[line]:
                continue
        if one.severity is Severity.ERROR:
            yield replace(one, hint=_HINT, severity_override=Severity.WARNING)
        else:
            yield one
