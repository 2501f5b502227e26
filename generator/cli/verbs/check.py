"""`check` and `explain`: what the gate says."""

import gc
import os
import sys
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.chinese import Command
from generator.cli.clock import now
from generator.cli.options import as_of_option, output_format, root_option
from generator.diagnostic import Severity

if TYPE_CHECKING:
    from generator.examine import Examined
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
@click.option("--anew", is_flag=True, help="每个文件都重新检查，不用上次记下的结果")
@click.option("--base", help="提交要并入的那个版本：只说这次改动的（用于 --format markdown）")
def check(
    root: Path,
    as_of: date | None,
    form: str,
    fix: bool,
    baseline: Path | None,
    write_baseline: Path | None,
    anew: bool,
    base: str | None,
) -> int:
    """检查内容：一次说出全部问题、在哪一行、怎么改。有错误时退出码是 1。"""
    from generator.author.fix import fix as mend
    from generator.examine import examine, memory_of, side_by_side
    from generator.report import baseline as records
    from generator.report.diagnostics import FORMATS, text
    from generator.report.findings import findings_of

    if base is not None and form != "markdown":
        raise click.UsageError("`--base` 要和 `--format markdown` 一起用")
    # A check makes hardly any cycles, and looking for them takes a tenth of its time.
    gc.set_threshold(200_000, 50, 100)
    today = now().at.date()
    look = partial(
        examine,
        root,
        as_of,
        today,
        articles=base is not None,
        memory=None if anew else memory_of(root),
    )
    with side_by_side(root, os.cpu_count() or 1) as beside:
        examined = look(beside=beside)
        if fix:
            fixed = mend(root, examined.diagnostics)
            click.echo(fixed.sentence, err=True)
            examined = look(beside=beside)
    diagnostics = examined.diagnostics
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
    findings = findings_of(replace(examined, diagnostics=diagnostics))
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    if base is not None:
        click.echo(_reviewed(findings, examined, base), nl=False)
    elif form == "text":
        click.echo(text.render(findings, text.COLOUR if colour else text.PLAIN), nl=False)
    else:
        click.echo(FORMATS[form](findings), nl=False)
    return 1 if any(d.severity is Severity.ERROR for d in diagnostics) else 0


def _reviewed(findings: "Findings", examined: "Examined", base: str) -> str:
    from generator.forge.reviewing import review_of
    from generator.report import review

    try:
        return review.render(findings, review_of(findings, examined, base))
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
