"""Options that several verbs share."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.source.dates import ReadDate, read_date

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A date, `2026-11-24`, or another form that is also read."""

    name = "日期"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read the date, or refuse."""
        if isinstance(value, date):
            return value
        read = read_date(str(value))
        if isinstance(read, ReadDate):
            return read.date
        raise click.BadParameter("不是日期，按 2026-11-24 这样写", ctx, param)


def root_option(function: F) -> F:
    """`--root`."""
    return click.option(
        "--root",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path(),
        show_default="当前文件夹",
        help="放着 site_config.yml 和 content/ 的文件夹",
    )(function)


def as_of_option(function: F) -> F:
    """`--as-of`."""
    return click.option("--as-of", type=Day(), help="按哪一天判定（默认今天，或配置里的基准日）")(
        function
    )


def department_option(function: F) -> F:
    """`--department`, any number of times."""
    return click.option(
        "--department", "departments", multiple=True, help="只看这个机关（文件夹名），可写多次"
    )(function)


def receipts_option(function: F) -> F:
    """`--receipts`."""
    return click.option(
        "--receipts",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        help="回执文件夹（默认配置里的 receipts）",
    )(function)


def output_format(*formats: str) -> Callable[[F], F]:
    """`--format`."""

    def decorate(function: F) -> F:
        return click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            default=formats[0],
            show_default=True,
            help="输出的格式",
        )(function)

    return decorate
