"""Diagnostics as text, concise, json, github, gitlab and markdown."""

from collections.abc import Callable, Mapping

from generator.report.diagnostics import concise, github, gitlab, json, markdown, text
from generator.report.findings import Findings

FORMATS: Mapping[str, Callable[[Findings], str]] = {
    "text": text.render,
    "concise": concise.render,
    "json": json.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "markdown": markdown.render,
}
"""Name of a format, as `--format` takes it → the function that words the findings in it."""

__all__ = ["FORMATS", "concise", "github", "gitlab", "json", "markdown", "text"]
