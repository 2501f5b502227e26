"""Diagnostics for a terminal: the sentence, the place, the line with carets, the cure."""

from dataclasses import dataclass

from generator.diagnostic import Diagnostic, Severity
from generator.report.cells import clean, width
from generator.report.diagnostics.concise import one_line, whereabouts
from generator.report.findings import Findings

_LINE = 100
"""Cells of a quoted line; a longer one is cut to a window around the marked value."""
_BEFORE = 40
"""Characters kept before the marked value in a cut line."""


@dataclass(frozen=True, slots=True)
class Style:
    """What stands around a severity, and the gutter, on a terminal."""

    error: str
    warning: str
    notice: str
    gutter: str
    off: str

    def severity(self, severity: Severity) -> str:
        """The sequence that opens a severity."""
        return {"error": self.error, "warning": self.warning, "notice": self.notice}[severity]


PLAIN = Style("", "", "", "", "")
COLOUR = Style("\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m", "\x1b[34m", "\x1b[0m")


def render(findings: Findings, style: Style = PLAIN) -> str:
    """Errors and warnings in blocks, notices in a line each, what was not checked, the ending."""
    folded = findings.of(Severity.NOTICE)
    blocks = [
        _block(d, findings.quoted(d.place), style)
        for d in findings.ordered
        if d.severity is not Severity.NOTICE
    ]
    lines = [line for block in blocks for line in (*block, "")]
    if folded:
        lines += [*(one_line(d) for d in folded), ""]
    if findings.not_checked:
        lines += ["没有检查的:"]
        lines += [f"  {clean(n.path)}: {clean(n.reason)}" for n in findings.not_checked]
        lines += [""]
    return "\n".join([*lines, *findings.asides, findings.ending]) + "\n"


def _block(diagnostic: Diagnostic, quoted: str | None, style: Style) -> list[str]:
    place = diagnostic.place
    gutter = " " * len(str(place.line or 0))
    bar = f"{style.gutter}{gutter} |{style.off}"
    label = f"{diagnostic.severity.label}[{diagnostic.rule.code}]"
    lines = [
        f"{style.severity(diagnostic.severity)}{label}{style.off} {clean(diagnostic.message)}",
        f"{style.gutter}{gutter}-->{style.off} {whereabouts(place)}",
    ]
    if quoted is not None:
        shown, start, length = _window(quoted, place.column, place.end_column)
        lines += [bar, f"{style.gutter}{place.line} |{style.off} {shown}".rstrip()]
        if length:
            marks = f"{style.severity(diagnostic.severity)}{'^' * length}{style.off}"
            lines.append(f"{bar} {' ' * start}{marks}")
    if diagnostic.hint:
        first, *rest = diagnostic.hint.split("\n")
        lines.append(f"{style.gutter}{gutter} ={style.off} 改法: {clean(first)}")
        lines += [f"{gutter}         {clean(line)}" for line in rest]
    return lines


def _window(line: str, column: int | None, end_column: int | None) -> tuple[str, int, int]:
    """The line safe and short enough to show; cell where the carets start; how many they are."""
    start = min((column or 1) - 1, len(line))
    end = min(end_column - 1 if end_column else start, len(line))
    head, value, tail = clean(line[:start]), clean(line[start:end]), clean(line[end:])
    if width(head + value + tail) > _LINE:
        if len(head) > _BEFORE:
            head = "... " + head[-_BEFORE:]
        room = max(_LINE - width(head), 8)
        value, tail = _kept(value, room), _kept(tail, max(room - width(value), 0))
    carets = 0 if column is None else max(width(value), 1)
    return head + value + tail, width(head), carets


def _kept(text: str, cells: int) -> str:
    used = 0
    for index, sign in enumerate(text):
        used += width(sign)
        if used > cells:
            return text[:index] + " ..." if index else ""
    return text
