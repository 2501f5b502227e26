"""Diagnostics as GitHub workflow commands, which stand beside the lines of a pull request."""

from generator.diagnostic import Diagnostic
from generator.report.cells import whole
from generator.report.findings import Findings


def render(findings: Findings) -> str:
    """Worst first, changed files first, because GitHub shows only ten of a kind a step."""
    commands = [command(diagnostic, findings.within) for diagnostic in findings.by_weight]
    return "\n".join([*commands, findings.ending]) + "\n"


def command(diagnostic: Diagnostic, within: str = "") -> str:
    """`::error file=…,line=5,col=11,endColumn=21,title=D301 日期不存在::…%0A改法: …`."""
    place, rule = diagnostic.place, diagnostic.rule
    properties: dict[str, str] = {"file": within + place.path}
    if place.line is not None and place.locator is None:
        properties["line"] = str(place.line)
        if place.column is not None:
            properties["col"] = str(place.column)
        if place.end_column is not None:
            properties["endColumn"] = str(place.end_column)
    properties["title"] = f"{rule.code} {rule.title}"
    where = "" if place.locator is None else f"{place.locator}: "
    message = f"{where}{diagnostic.message}"
    if diagnostic.hint:
        message += f"\n改法: {diagnostic.hint}"
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{diagnostic.severity.value} {listed}::{_data(message)}"


def fenced(text: str, token: str) -> str:
    """`text` with workflow commands switched off in it: what a clerk typed must not be one.

    `token` must not stand in `text`; a hash of it will do.
    """
    return f"::stop-commands::{token}\n{text}::{token}::\n"


def _data(value: str) -> str:
    escaped = whole(value).replace("%", "%25")
    return escaped.replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
