"""A file's whole text as a report may show it."""

from generator.check.legality import masked
from generator.diagnostic import Place
from generator.report.findings import Findings


def shown_text(path: str, findings: Findings) -> str:
    """The text with what is private under stars: line by line as quoted, and as a whole.

    It has the length of the text.
    """
    count = len(findings.lines(path))
    lines = [findings.quoted(Place(path, line)) or "" for line in range(1, count + 1)]
    return masked("\n".join(lines))
