"""`board`, `calendar`, `archive`: what goes on the wall and into the archive."""

import contextlib
import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.author.errors import AuthorError
from generator.cli.chinese import Command
from generator.cli.clock import now
from generator.cli.options import as_of_option, root_option
from generator.cli.surveying import surveyed
from generator.model import Department, Repository
from generator.publish.request import BuildError, BuildRefused, BuildRequest

if TYPE_CHECKING:
    from generator.render.world import World

_CHECK = "运行 `gongkai check` 看错在哪里"


def _world(root: Path, as_of: date | None) -> "World":
    from generator.publish.world import world_of

    try:
        return world_of(surveyed(root, as_of, now().at.date()), trial=True)
    except BuildRefused as refused:
        raise AuthorError("配置、目录、日历或免除清单有错误，什么也没有写", _CHECK) from refused


def _body(repository: Repository, folder: str) -> Department:
    for department in repository.departments:
        if department.folder == folder:
            return department
    if folder in repository.broken:
        raise AuthorError(
            f"{repository.broken[folder]}（{folder}）的内容有错误，什么也没有写", _CHECK
        )
    known = "、".join(d.folder for d in repository.departments)
    raise click.UsageError(f"没有 `{folder}` 这个机关；有 {known}")


def _put(text: str, out: Path, said: str) -> None:
    if str(out) == "-":
        sys.stdout.write(text)
        return
    out.write_bytes(text.encode())
    click.echo(f"{said}，在 {out}；用浏览器打开，按实际大小打印", err=True)


_one = click.option("--department", "folder", required=True, help="哪个机关（文件夹名）")
_out = click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="写到哪个文件；`-` 是标准输出"
)


@click.command(cls=Command)
@root_option
@as_of_option
@_one
@click.option("--week", "asked", help="哪一周，如 2026-W48（默认判定那天所在的周）")
@click.option(
    "--size",
    type=click.Choice(("A4", "A3")),
    default="A4",
    show_default=True,
    help="A4 是一周的事项，每件一个二维码；A3 是整张账目",
)
@_out
def board(
    root: Path, as_of: date | None, folder: str, asked: str | None, size: str, out: Path | None
) -> int:
    """公开栏：印一张贴到墙上的纸，扫码就知道网上和纸上是不是一字不差。"""
    from generator.outputs import paper

    week = paper.Week.read(asked) if asked else None
    if asked and week is None:
        raise click.UsageError(f"`--week` 的值不对：`{asked}` 不是一周，按 2026-W48 这样写")
    world = _world(root, as_of)
    department = _body(world.repository, folder)
    week = week or paper.Week.of(world.ledger.as_of)
    if size == "A4":
        text: str | None = paper.board(world, department, week)
    else:
        text = paper.account(world, department, week)
    if text is None:
        click.echo(f"{department.name}还没有带表格的财务事项，没有账目可印", err=True)
        return 1
    name = f"board-{folder}-{week.year}-W{week.number:02d}-{size}.html"
    pages = text.count('<section class="sheet')
    _put(text, out or Path(name), f"公开栏 {size} 共 {pages} 张")
    return 0


@click.command(cls=Command)
@root_option
@_one
@click.option("--year", type=click.IntRange(2000, 2999), required=True, help="哪一年")
@_out
def calendar(root: Path, folder: str, year: int, out: Path | None) -> int:
    """年历：一个机关一年里该公开的每一天，印成一张 A3；只看目录，不看内容。"""
    from generator.load import load
    from generator.outputs import paper

    repository = load(root).repository
    if repository is None:
        raise AuthorError("配置、目录、日历或免除清单有错误，什么也没有写", _CHECK)
    department = _body(repository, folder)
    text = paper.wall_calendar(repository, department, year)
    _put(text, out or Path(f"calendar-{folder}-{year}.html"), "年历 A3 一张")
    return 0


@click.command(cls=Command)
@root_option
@as_of_option
@click.option("--year", type=click.IntRange(2000, 2999), required=True, help="哪一年的事项")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写到哪个文件（默认 archive-<年份>.zip）",
)
def archive(root: Path, as_of: date | None, year: int, out: Path | None) -> int:
    """档案包：一年的网页、原稿、附件和回执装进一个 ZIP，多年以后还能用 verify 核验。"""
    from generator.outputs.archive import Incomplete, items_of, write_archive
    from generator.publish.build import build
    from generator.render.theme import theme_folder
    from generator.witness.tree import open_tree

    world = _world(root, as_of)
    for name in world.repository.broken.values():
        click.echo(f"{name}的内容有错误，不归档；运行 `gongkai check` 看错在哪里", err=True)
    if not items_of(world, year):
        click.echo(f"没有 {year} 年的事项，没有写", err=True)
        return 1
    target = out or Path(f"archive-{year}.zip")
    day = world.ledger.as_of
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        request = BuildRequest(root, site, day, theme_folder(), jobs=os.cpu_count() or 1, today=day)
        summary = build(request, lambda _: None)
        failed = [f for f in summary.failed if f not in world.repository.broken]
        if failed:
            click.echo(f"{failed[0]} 的网页没有生成：{summary.failed[failed[0]]}", err=True)
            return 1
        partial = target.with_name(f".{target.name}.part")
        try:
            with partial.open("w+b") as file:
                packed = write_archive(
                    world, year, open_tree(site), lambda i: (root / i.path).read_bytes(), file
                )
            partial.replace(target)
        except Incomplete as lacking:
            raise BuildError(f"{lacking}，没有写") from lacking
        finally:
            with contextlib.suppress(FileNotFoundError):
                partial.unlink()
    size = f"{packed.bytes / 1_000_000:.1f} MB"
    click.echo(f"{year} 年 {packed.items} 件，{packed.files} 个文件，{size}，在 {target}")
    return 1 if world.repository.broken else 0
