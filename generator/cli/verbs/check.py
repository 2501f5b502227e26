"""`check` and `explain`: what the gate says."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.chinese import Command
from generator.cli.clock import now
from generator.cli.options import as_of_option, output_format, root_option
from generator.diagnostic import Severity

if TYPE_CHECKING:
    from generator.load import Loaded
    from generator.report.findings import Findings


@click.command(cls=Command)
@root_option
@as_of_option
@output_format("text", "concise", "json", "github", "gitlab", "markdown")
@click.option("--fix", is_flag=True, help="把能自动改的改好，别的不动")
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="已经登记的旧问题，只作提示",
)
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="把现在的问题登记到这个文件",
)
@click.option("--base", help="提交要并入的那个版本：只说这次改动的（用于 --format markdown）")
def check(
    root: Path,
    as_of: date | None,
    form: str,
    fix: bool,
    baseline: Path | None,
    write_baseline: Path | None,
    base: str | None,
) -> int:
    """检查内容：一次说出全部问题、在哪一行、怎么改。有错误时退出码是 1。"""
    from generator import author, survey
    from generator.check import check as gate
    from generator.load import load
    from generator.report import baseline as records
    from generator.report.diagnostics import FORMATS, text
    from generator.report.findings import Findings

    if base is not None and form != "markdown":
        raise click.UsageError("`--base` 要和 `--format markdown` 一起用")
    today = now().at.date()
    loaded = load(root)
    day = survey.day_of(loaded, as_of, today)
    diagnostics = gate(loaded, day, survey.gone(root, loaded))
    if fix:
        fixed = author.fix(root, diagnostics)
        click.echo(fixed.sentence, err=True)
        loaded = load(root)
        diagnostics = gate(loaded, day, survey.gone(root, loaded))
    if write_baseline is not None:
        write_baseline.write_text(records.dumps(diagnostics), encoding="utf-8")
        click.echo(f"登记了 {len(diagnostics)} 条，写在 {write_baseline}", err=True)
        return 0
    if baseline is not None:
        try:
            diagnostics = records.applied(
                diagnostics, records.loads(baseline.read_text(encoding="utf-8"))
            )
        except (records.BaselineError, UnicodeDecodeError) as broken:
            raise click.UsageError(str(broken)) from None
    findings = Findings(
        diagnostics,
        loaded.files,
        day,
        loaded.not_checked,
        lambda path: loaded.sources[path].lines if path in loaded.sources else (),
    )
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    if base is not None:
        click.echo(_reviewed(findings, loaded, base), nl=False)
    elif form == "text":
        click.echo(text.render(findings, text.COLOUR if colour else text.PLAIN), nl=False)
    else:
        click.echo(FORMATS[form](findings), nl=False)
    return 1 if any(d.severity is Severity.ERROR for d in diagnostics) else 0


def _reviewed(findings: "Findings", loaded: "Loaded", base: str) -> str:
    from generator.forge.reviewing import review_of
    from generator.report import review

    try:
        return review.render(findings, review_of(findings, loaded, base))
    except review.NoBase:
        raise click.UsageError(f"`--base` 的值不对：这里没有 `{base}` 这个版本") from None


@click.command(cls=Command)
@click.argument("code", metavar="代码")
def explain(code: str) -> int:
    """说明一条规则：查什么、为什么、错例和对例。如 gongkai explain D301。"""
    from generator.report import explain as explaining
    from generator.rules import ALL

    rule = ALL.get(code.strip().strip("[]").upper())
    if rule is None:
        click.echo(explaining.unknown(code, ALL.values()), nl=False, err=True)
        return 1
    click.echo(explaining.render(rule), nl=False)
    return 0
