"""Diagnostics one a line, `path:line:column: 错误[D301] …`, which editors can open."""

from generator.diagnostic import Diagnostic, Place
from generator.report.cells import clean
from generator.report.findings import Findings


def render(findings: Findings) -> str:
    """A line each, sorted by place; then what was not checked, and the ending."""
    lines = [one_line(d) for d in findings.ordered]
    lines += [f"{clean(n.path)}: 没有检查: {clean(n.reason)}" for n in findings.not_checked]
    return "\n".join([*lines, findings.ending]) + "\n"


def one_line(diagnostic: Diagnostic) -> str:
    """`content/…/x.md:7:1: 错误[F103] 字段 `title` 写了两次`."""
    label = f"{diagnostic.severity.label}[{diagnostic.rule.code}]"
    return f"{whereabouts(diagnostic.place)}: {label} {clean(diagnostic.message)}"


def whereabouts(place: Place) -> str:
    """`path:line:column`, `path`, or `path 工作表 明细!C7` inside an attachment."""
    path = clean(place.path)
    if place.locator is not None:
        return f"{path} {clean(place.locator)}"
    if place.line is None:
        return path
    return f"{path}:{place.line}:{place.column or 1}"
