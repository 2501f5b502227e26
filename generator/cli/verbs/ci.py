"""`ci check`, `ci acknowledge` and `ci publish`: what a forge's job runs; all else is in `forge`."""

import os
import sys
import time
from datetime import date
from pathlib import Path

import click

from generator.cli.chinese import Command, Group
from generator.cli.clock import now
from generator.cli.options import as_of_option, root_option
from generator.render.theme import theme_folder


@click.group(cls=Group)
def ci() -> None:
    """代码平台的自动任务：检查提交，发布网站，记回执。"""


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


@ci.command("check", cls=Command)
@root_option
@as_of_option
@click.option("--base", help="提交要并入的那个版本，这次改动的文件排在前面")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="预览网站写到哪个文件夹"
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, file_okay=False),
    help="审核人的报告留在哪个文件夹，给 ci comment 用",
)
@click.option("--number", type=click.IntRange(min=1), help="提交的编号，和报告留在一起")
def check(
    root: Path,
    as_of: date | None,
    base: str | None,
    out: Path | None,
    report: Path | None,
    number: int | None,
) -> int:
    """检查一次提交：在改动的行上标出，写出摘要，生成预览。"""
    from generator.forge.ci_check import ci_check

    return ci_check(
        root,
        base=base,
        env=os.environ,
        asked=as_of,
        today=now().at.date(),
        theme=theme_folder(),
        out=out,
        write=_write,
        left=(report, number) if report is not None and number is not None else None,
    )


@ci.command("comment", cls=Command)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="文件夹")
@click.option("--head", required=True, help="检查过的那个提交，由代码平台说")
def comment(folder: Path, head: str) -> int:
    """把审核人的报告写成提交页上的一条评论，以后更新同一条；文件夹里的东西当作不可信。"""
    from generator.forge.api import ForgeRefused
    from generator.forge.comment import keep_comment

    try:
        _write(keep_comment(folder, head, os.environ) + "\n")
    except ForgeRefused as refused:
        click.echo(f"没有写评论: {refused}", err=True)
        return 1
    return 0


@ci.command("acknowledge", cls=Command)
@root_option
@as_of_option
@click.option("--head", metavar="散列", help="只看停在这个版本的提交，由代码平台说")
@click.option("--all", "every", is_flag=True, help="看所有打开的提交")
@click.option("--comment", is_flag=True, help="把审核人的报告也写成提交页上的一条评论")
def acknowledge(
    root: Path, as_of: date | None, head: str | None, every: bool, comment: bool
) -> int:
    """警告确认：代码所有者批准了没有，L 开头的写明了没有，写成提交的一个状态。"""
    from generator.forge.api import ForgeRefused
    from generator.forge.ci_acknowledge import Acknowledging, ci_acknowledge

    if (head is None) is not every:
        raise click.UsageError("`--head` 和 `--all` 写一个")
    job = Acknowledging(root, os.environ, as_of, now().at, comment, _write)
    try:
        return ci_acknowledge(job, head)
    except ForgeRefused as refused:
        click.echo(f"没有写警告确认: {refused}", err=True)
        return 1


@ci.command("publish", cls=Command)
@root_option
@as_of_option
@click.option(
    "--only",
    type=click.Choice(("build", "receipt")),
    help="只做一半：build 生成网站，receipt 到公开网址核对并推送回执；默认全做",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="网站写到哪个文件夹（默认 <root>/site）",
)
def publish(root: Path, as_of: date | None, only: str | None, out: Path | None) -> int:
    """发布：生成网站，到公开网址核对，记下回执，有新回执再生成一次。"""
    from generator.forge.ci_publish import Job, ci_publish, publish_build, publish_receipt
    from generator.witness import Web

    job = Job(
        root=root,
        env=os.environ,
        asked=as_of,
        clock=lambda: now().at,
        clock_given=now().given,
        pause=time.sleep,
        fetch=Web(),
        theme=theme_folder(),
        jobs=os.cpu_count() or 1,
        write=_write,
    )
    target = out or root / "site"
    match only:
        case "build":
            return publish_build(job, target)
        case "receipt":
            return publish_receipt(job)
        case _:
            return ci_publish(job, target)
