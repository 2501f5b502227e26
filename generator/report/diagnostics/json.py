"""Diagnostics for programs (formats.md section 9); its keys are a promise."""

import json
from collections.abc import Mapping

from generator.diagnostic import Diagnostic
from generator.report.cells import whole
from generator.report.findings import Findings


def render(findings: Findings) -> str:
    """One JSON object, LF-ended."""
    document = {
        "schema_version": 1,
        "as_of": findings.as_of.isoformat(),
        "files": findings.files,
        "diagnostics": [record(d) for d in findings.ordered],
        "not_checked": [
            {"path": whole(n.path), "reason": whole(n.reason)} for n in findings.not_checked
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def record(diagnostic: Diagnostic) -> Mapping[str, str | int | bool | None]:
    """One finding, every key present."""
    place = diagnostic.place
    return {
        "code": diagnostic.rule.code,
        "name": diagnostic.rule.name,
        "severity": diagnostic.severity.value,
        "path": whole(place.path),
        "line": place.line,
        "column": place.column,
        "end_column": place.end_column,
        "locator": None if place.locator is None else whole(place.locator),
        "item": None if diagnostic.item is None else whole(diagnostic.item),
        "message": whole(diagnostic.message),
        "hint": whole(diagnostic.hint),
        "fixable": diagnostic.fixable,
    }
