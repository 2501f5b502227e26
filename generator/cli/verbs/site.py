"""`build` and `serve`: from a root to a site on the disk or on this machine's screen."""

import gc
import os
import sys
import time
from datetime import date
from pathlib import Path

import click

from generator.cli.chinese import Command
from generator.cli.clock import now
from generator.cli.options import as_of_option, department_option, root_option
from generator.diagnostic import Diagnostic
from generator.model import Status
from generator.publish.request import BuildError, BuildRefused, BuildRequest, Summary
from generator.render.theme import theme_folder


def _progress(line: str) -> None:
    if sys.stderr.isatty():
        click.echo(line, err=True)


def _concise(diagnostics: tuple[Diagnostic, ...], day: date) -> str:
    from generator.report.diagnostics import concise
    from generator.report.findings import Findings

    return concise.render(Findings(diagnostics, 0, day))


@click.command(cls=Command)
@root_option
@as_of_option
@department_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="网站写到哪个文件夹（默认 <root>/site）",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=lambda: os.cpu_count() or 1,
    show_default="处理器的个数",
    help="同时生成几个机关",
)
@click.option("--no-trial", is_flag=True, help="试运行期间也显示滞后")
def build(
    root: Path,
    as_of: date | None,
    departments: tuple[str, ...],
    out: Path | None,
    jobs: int,
    no_trial: bool,
) -> int:
    """生成网站：每个机关一个，加一个门户。有机关没生成时退出码是 1，原来的网站还在。"""
    from generator.publish.build import build as build_site

    # A build makes hardly any cycles, and looking for them took a tenth of its time.
    gc.set_threshold(200_000, 50, 100)
    began = time.perf_counter()
    today = now().at.date()
    target = out or root / "site"
    request = BuildRequest(
        root, target, as_of, theme_folder(), departments, jobs, today, not no_trial
    )
    try:
        summary = build_site(request, _progress)
    except BuildRefused as refused:
        click.echo(_concise(refused.diagnostics, today), nl=False, err=True)
        click.echo("构建未完成，已发布的站点没有改动", err=True)
        return 1
    seconds = time.perf_counter() - began
    pages = sum(summary.built.values()) + summary.portal
    click.echo(f"生成 {pages} 页，用时 {seconds:.1f} 秒，在 {target}")
    late = [s for s in (Status.MISS, Status.LATE, Status.PART) if summary.counts.get(s)]
    if late:
        words = "，".join(f"{status.word} {summary.counts[status]} 期" for status in late)
        click.echo(f"{words}；逐期见 `gongkai status`")
    for folder, why in summary.failed.items():
        kept = "，原来的网站还在" if folder in summary.kept else ""
        click.echo(f"{folder} 没有生成：{why}{kept}；运行 `gongkai check` 看错在哪里", err=True)
    return summary.exit_code


@click.command(cls=Command)
@root_option
@as_of_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="网站写到哪个文件夹（默认 <root>/site）",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口")
def serve(root: Path, as_of: date | None, out: Path | None, port: int) -> int:
    """在本机看网站：存盘后自动重新生成、刷新页面，按 Ctrl+C 结束。"""
    from generator.publish.serve import serve as serve_site

    target = out or root / "site"

    def request() -> BuildRequest:
        return BuildRequest(
            root, target, as_of, theme_folder(), (), os.cpu_count() or 1, now().at.date()
        )

    def outcome(found: Summary | BuildError | BuildRefused) -> None:
        if isinstance(found, BuildError):
            click.echo(f"{found}；页面还是上一次的", err=True)
        elif found.diagnostics or isinstance(found, BuildRefused):
            click.echo(_concise(found.diagnostics, now().at.date()), nl=False, err=True)

    serve_site(request, port, lambda line: click.echo(line, err=True), outcome)
    return 0
