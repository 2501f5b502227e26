"""`init` and `new`: what helps a county start and a clerk write."""

import sys
from pathlib import Path

import click

from generator import __version__
from generator.author.init import FORGES, PRESETS
from generator.cli.chinese import Command
from generator.cli.clock import now
from generator.cli.options import root_option


@click.command(cls=Command)
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False), metavar="文件夹")
@click.option("--preset", type=click.Choice(PRESETS), required=True, help="哪一级的网站")
@click.option(
    "--forge", type=click.Choice(FORGES), default="none", show_default=True, help="用哪种代码平台"
)
@click.option("--supervisor", help="监督机关在平台上的账号")
@click.option("--reviewer", help="审核人在平台上的账号")
def init(
    directory: Path, preset: str, forge: str, supervisor: str | None, reviewer: str | None
) -> int:
    """新建一个网站：配置、第一个机关、一件示例和平台要用的文件。"""
    from generator.author.init import init as write_root

    written = write_root(
        directory,
        preset,
        forge,
        today=now().at.date(),
        version=__version__,
        supervisor=supervisor,
        reviewer=reviewer,
    )
    click.echo(f"写好 {len(written)} 个文件，在 {directory}")
    click.echo(f"下一步: gongkai build --root {directory}，再 gongkai serve --root {directory}")
    return 0


@click.command(cls=Command)
@root_option
@click.option("--department", help="机关的文件夹名")
@click.option("--category", help="公开事项，一级事项/二级事项")
@click.option("--period", help="期次，如 2026-Q3")
@click.option("--formed", help="形成日期")
@click.option("--process", help="同一件事的代号")
@click.option("--title", help="标题")
@click.option("--slug", help="文件名，不带 .md")
@click.option("--yes", is_flag=True, help="其余都用默认的，不再问")
def new(root: Path, yes: bool, **given: str | None) -> int:
    """新写一件：照公开目录问几句，写出一份能通过检查的文件。"""
    from generator.author import new as asking
    from generator.load import load

    today = now().at.date()
    repository = load(root).repository
    if repository is None:
        click.echo("配置有错误，不能新写；运行 `gongkai check` 看错在哪里", err=True)
        return 1
    answers = asking.Answers(**given)
    if yes or not sys.stdin.isatty():
        answers = asking.with_defaults(repository, answers, today)
    while (asked := asking.question(repository, answers, today)) is not None:
        if not sys.stdin.isatty() or yes:
            break
        if asked.choices:
            click.echo("\n".join(f"  {n}. {c}" for n, c in enumerate(asked.choices, 1)))
        reply = click.prompt(asked.prompt, default=asked.default)
        if asked.choices and str(reply).isdigit() and 1 <= int(reply) <= len(asked.choices):
            reply = asked.choices[int(reply) - 1]
        answers = answers.with_answer(asked.key, str(reply))
    path = asking.new(repository, root, answers, today)
    click.echo(f"写好 {path}")
    click.echo("下一步: 打开它，把正文里「待补充」的地方写好，再运行 gongkai check")
    return 0
