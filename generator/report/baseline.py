"""Old findings on record, so that a gate set up late holds new ones to account."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from generator.diagnostic import Diagnostic, Severity
from generator.report.fingerprint import identity

Baseline = Counter[tuple[str, str, str]]
"""Path, code and message → how often it was there."""


class BaselineError(Exception):
    """The file is not one that `check --write-baseline` wrote; says so in Chinese."""


def dumps(diagnostics: Iterable[Diagnostic]) -> str:
    """The file's text: sorted, one finding an entry, so that it can be read in a diff."""
    counts: Baseline = Counter(map(identity, diagnostics))
    entries = [
        {"path": path, "code": code, "message": message, "count": count}
        for (path, code, message), count in sorted(counts.items())
    ]
    return (
        json.dumps({"schema_version": 1, "findings": entries}, ensure_ascii=False, indent=1) + "\n"
    )


def loads(text: str) -> Baseline:
    """Read what `dumps` wrote.

    Raises BaselineError.
    """
    try:
        document = json.loads(text)
        if document["schema_version"] != 1:
            raise BaselineError(f"基线文件的版本是 `{document['schema_version']}`，这里只认 `1`")
        counts: Baseline = Counter()
        for entry in document["findings"]:
            counts[str(entry["path"]), str(entry["code"]), str(entry["message"])] += int(
                entry["count"]
            )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BaselineError("基线文件不是 `check --write-baseline` 写出的 JSON") from error
    return counts


def applied(diagnostics: Iterable[Diagnostic], baseline: Baseline) -> tuple[Diagnostic, ...]:
    """The same findings, those on record as 提示; a finding more than was there stays as it is."""
    left = Counter(baseline)
    result = []
    for diagnostic in sorted(diagnostics, key=lambda d: d.sort_key):
        key = identity(diagnostic)
        if left[key] > 0:
            left[key] -= 1
            result.append(replace(diagnostic, severity_override=Severity.NOTICE))
        else:
            result.append(diagnostic)
    return tuple(result)
