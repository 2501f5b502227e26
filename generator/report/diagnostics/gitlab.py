"""Diagnostics as a GitLab Code Quality report."""

import json
from collections import Counter

from generator.diagnostic import Diagnostic, Severity
from generator.report.cells import whole
from generator.report.findings import Findings
from generator.report.fingerprint import fingerprint

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTICE: "info"}


def render(findings: Findings) -> str:
    """A JSON array; fingerprints do not move with the line, so that re-runs are the same."""
    seen: Counter[str] = Counter()
    entries = []
    for diagnostic in findings.ordered:
        mark = fingerprint(diagnostic)
        entries.append(_entry(diagnostic, findings.within, f"{mark}{seen[mark] or ''}"))
        seen[mark] += 1
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def _entry(diagnostic: Diagnostic, within: str, mark: str) -> object:
    # GitLab does not display check_name (issue 578172): the code stands in the description.
    place, rule = diagnostic.place, diagnostic.rule
    where = "" if place.locator is None else f"（{place.locator}）"
    hint = f"。改法: {diagnostic.hint}" if diagnostic.hint else ""
    return {
        "description": whole(f"{rule.code} {rule.title}{where}: {diagnostic.message}{hint}"),
        "check_name": f"{rule.code}/{rule.name}",
        "fingerprint": mark,
        "severity": _SEVERITY[diagnostic.severity],
        "location": {"path": whole(within + place.path), "lines": {"begin": place.line or 1}},
    }
