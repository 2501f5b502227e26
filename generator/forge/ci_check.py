"""`gongkai ci check`: the gate on a pull request, told where the clerk reads it."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from generator.diagnostic import Severity
from generator.forge.comment import NUMBER, REPORT
from generator.forge.gate import gate
from generator.forge.git import Git, GitRefused
from generator.forge.receipts_branch import mount, receipts_folder
from generator.forge.surroundings import Surroundings, surroundings
from generator.load import Loaded
from generator.publish.build import build
from generator.publish.request import BuildError, BuildRefused, BuildRequest
from generator.report.diagnostics import github, gitlab, text
from generator.report.diagnostics.markdown import COMMENT, SUMMARY
from generator.report.findings import Findings

Write = Callable[[str], None]
"""Takes text for the job's log."""


def ci_check(
    root: Path,
    *,
    base: str | None,
    env: Mapping[str, str],
    asked: date | None,
    today: date,
    theme: Path,
    out: Path | None,
    write: Write,
    left: tuple[Path, int] | None = None,
) -> int:
    """Check `root` as it stands, report in the forge's own forms, and build a preview.

    `base` is the commit that the proposal goes into: the files changed since are shown first.
    `asked` is `--as-of`, `today` the Beijing day of the clock. `out` is the preview's folder,
    made only from what has no error. `left` is a folder for a comment's text, and the proposal's
    number, for `ci comment`. Nothing of the proposal is executed: it is read. Gives the
    exit code of `check`: 0 or 1. A preview that fails is said and changes nothing about it.
    """
    around = surroundings(env)
    git = Git(root, env, around.token)
    found = gate(root, git, base, asked, today)
    loaded, findings = found.examined.loaded, found.findings
    summary = found.report(around.blob, SUMMARY) if around.summary else None
    _report(findings, around, summary, write)
    if left is not None:
        folder, number = left
        folder.mkdir(parents=True, exist_ok=True)
        (folder / REPORT).write_text(found.report(around.blob, COMMENT), encoding="utf-8")
        (folder / NUMBER).write_text(f"{number}\n", encoding="utf-8")
    if out is not None:
        write(_preview(loaded, git, findings.as_of, theme, out, write))
    return 1 if findings.of(Severity.ERROR) else 0


def _report(findings: Findings, around: Surroundings, summary: str | None, write: Write) -> None:
    shown = text.render(findings)
    if around.commands:
        if around.forge == "github":
            write(github.render(findings))
        # The text quotes what clerks typed; none of it may be a command to the runner.
        write(github.fenced(shown, hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()))
    else:
        write(shown)
    if around.summary is not None and summary is not None:
        with around.summary.open("a", encoding="utf-8") as stream:
            stream.write(summary)
    if around.quality is not None:
        around.quality.write_text(gitlab.render(findings), encoding="utf-8")


def _preview(loaded: Loaded, git: Git, as_of: date, theme: Path, out: Path, write: Write) -> str:
    if loaded.repository is None:
        return "没有生成预览: 站点设置有错误\n"
    receipts = receipts_folder(loaded.root, loaded.repository.site)
    if receipts is not None:
        try:
            mount(git, receipts)
        except GitRefused as refused:
            write(f"预览里没有回执: {refused}\n")
    request = BuildRequest(root=loaded.root, out=out, as_of=as_of, theme=theme)
    try:
        summary = build(request, lambda sentence: write(f"{sentence}\n"))
    except (BuildRefused, BuildError) as failed:
        return f"没有生成预览: {failed}\n"
    pages = sum(summary.built.values()) + summary.portal
    left = f"；没有生成的机关: {'、'.join(summary.failed)}" if summary.failed else ""
    return f"预览: {pages} 页，在 {out}{left}\n"
