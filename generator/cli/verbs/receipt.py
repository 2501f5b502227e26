"""`receipt`: what the public address really served, appended to the chain."""

from pathlib import Path

import click

from generator.cli.chinese import Command
from generator.cli.clock import now
from generator.cli.options import receipts_option, root_option
from generator.cli.surveying import surveyed


@click.command(cls=Command)
@root_option
@click.option("--url", help="公开地址（默认配置里的 site.url）")
@receipts_option
def receipt(root: Path, url: str | None, folder: Path | None) -> int:
    """取回执：到公开地址逐件核对，核到的才记一条。在部署以后运行。"""
    from generator.publish.request import BuildRefused
    from generator.publish.world import world_of
    from generator.witness import Web, append, lines_of

    moment = now()
    # Receipts are facts of this moment: a configured day does not hold here.
    day = moment.at.date()
    try:
        world = world_of(surveyed(root, day, day), trial=False)
    except BuildRefused:
        click.echo("没有追加回执：配置、目录、日历或免除清单有错误", err=True)
        click.echo("改法: 运行 `gongkai check` 看错在哪里", err=True)
        return 1
    site = world.repository.site
    outcome = append(
        world,
        root,
        folder or root / (site.receipts or "receipts"),
        url=(url or site.url).rstrip("/") + "/",
        now=moment.at,
        clock_given=moment.given,
        fetch=Web(),
    )
    for line in lines_of(outcome):
        click.echo(line, err=not outcome.ok)
    return 0 if outcome.ok else 1
