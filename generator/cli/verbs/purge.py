"""`purge`: what was withdrawn leaves caches, the built site and archives; the rest is said."""

from pathlib import Path

import click

from generator.cli.chinese import Command
from generator.cli.options import root_option


@click.command(cls=Command)
@click.argument("item", metavar="编号")
@click.argument(
    "archives",
    metavar="[档案包]...",
    nargs=-1,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
)
@root_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="生成好的网站（默认 <root>/site）",
)
def purge(item: str, archives: tuple[Path, ...], root: Path, out: Path | None) -> int:
    """清除：因个人信息或者涉密撤回的一件，把缓存、网站、档案包里的原文清掉，写出还要人做的事。"""
    from generator.author.purge import purge as take_out

    done = take_out(root, item, out or root / "site", archives)
    for line in done.removed:
        click.echo(f"清掉了 {line}")
    if not done.removed:
        click.echo("缓存、网站、档案包里都没有原文")
    click.echo("\n还要人做的事:")
    for number, step in enumerate(done.steps, 1):
        click.echo(f"  {number}. {step}")
    return 0
