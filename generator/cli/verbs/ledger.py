"""`status` and `due`: what the ledger says."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.chinese import Command
from generator.cli.clock import now
from generator.cli.options import (
    as_of_option,
    department_option,
    output_format,
    root_option,
)
from generator.cli.surveying import surveyed
from generator.model import Ledger, Repository, Slot

if TYPE_CHECKING:
    from generator.survey import Survey


def _surveyed(root: Path, as_of: date | None) -> tuple["Survey", Repository, Ledger] | None:
    made = surveyed(root, as_of, now().at.date())
    if made.repository is None or made.ledger is None:
        click.echo("配置、目录、日历或免除清单有错误，不能判定", err=True)
        click.echo("改法: 运行 `gongkai check` 看错在哪里", err=True)
        return None
    for folder, name in made.repository.broken.items():
        click.echo(
            f"{name}（{folder}）的内容有错误，没有判定；运行 `gongkai check` 看错在哪里", err=True
        )
    return made, made.repository, made.ledger


def _chosen(
    repository: Repository, slots: tuple[Slot, ...], departments: tuple[str, ...]
) -> tuple[Slot, ...]:
    known = {d.folder for d in repository.departments} | set(repository.broken)
    for folder in departments:
        if folder not in known:
            raise click.UsageError(f"没有 `{folder}` 这个机关；有 {'、'.join(sorted(known))}")
    return tuple(s for s in slots if not departments or s.department.folder in departments)


@click.command(cls=Command)
@root_option
@as_of_option
@department_option
@click.option(
    "--against",
    "revision",
    help="和另一个版本的公开目录、日历比，列出期限因此变动、又还没有公开的期次，如 main~1",
)
@output_format("text", "json")
def status(
    root: Path,
    as_of: date | None,
    departments: tuple[str, ...],
    revision: str | None,
    form: str,
) -> int:
    """台账：每个机关每一期应公开的，按时、滞后、部分公开还是逾期，凭什么知道。"""
    from generator.report.ledger import json as as_json
    from generator.report.ledger import text as as_text

    made = _surveyed(root, as_of)
    if made is None:
        return 1
    found, repository, ledger = made
    slots = _chosen(repository, ledger.slots, departments) if departments else None
    if revision is not None:
        return _moved(root, revision, found, departments, form)
    if form == "json":
        sys.stdout.write(as_json.render(ledger, slots))
    else:
        sys.stdout.write(as_text.render(repository, ledger, slots))
    return 1 if repository.broken else 0


def _moved(
    root: Path, revision: str, made: "Survey", departments: tuple[str, ...], form: str
) -> int:
    from generator.assess.against import Unusable, against
    from generator.history import NoRepository, NoRevision
    from generator.report.ledger import moved as report

    repository, ledger, evidence = made.repository, made.ledger, made.evidence
    assert repository is not None and ledger is not None and evidence is not None
    try:
        found = against(root, revision, repository, made.articles, evidence, ledger)
    except NoRevision as unknown:
        raise click.UsageError(f"没有 `{revision}` 这个版本") from unknown
    except NoRepository as none:
        raise click.UsageError("这里不是 Git 仓库，没有别的版本可以比") from none
    except Unusable as broken:
        click.echo(f"`{revision}` 的配置有错误，不能比", err=True)
        click.echo(f"改法: 换一个版本；它的错误用 `git checkout {broken}` 后 check 看", err=True)
        return 1
    chosen = [m for m in found.moved if not departments or m.slot.department.folder in departments]
    if form == "json":
        sys.stdout.write(report.as_json(ledger, found, chosen))
    else:
        sys.stdout.write(report.render(repository, ledger, revision, found, chosen))
    return 1 if repository.broken else 0


@click.command(cls=Command)
@root_option
@as_of_option
@department_option
@click.option("--why", is_flag=True, help="写出每个期限是怎么算的")
@click.option("--month", "asked", help="这个月到期的，不论公开没有，按机关列，如 2026-12")
@output_format("text", "json", "ics", "week")
def due(
    root: Path,
    as_of: date | None,
    departments: tuple[str, ...],
    why: bool,
    asked: str | None,
    form: str,
) -> int:
    """要公开什么、到哪一天：最早到期的在前。week 是能发到工作群里的一周待办，ics 能导入日历。"""
    from generator.report.ledger import due as report
    from generator.report.ledger import ics, month, week

    wanted = month.Month.read(asked) if asked else None
    if asked and wanted is None:
        raise click.UsageError(f"`--month` 的值不对：`{asked}` 不是月份，按 2026-12 这样写")
    if form == "week" and wanted is not None:
        raise click.UsageError("`--month` 不能和 `--format week` 一起写")
    if why and form != "text":
        raise click.UsageError("`--why` 只能和 `--format text` 一起写；json 里本来就有")
    made = _surveyed(root, as_of)
    if made is None:
        return 1
    _, repository, ledger = made
    found = month.due_in(repository, ledger, wanted) if wanted else report.owed(repository, ledger)
    slots = _chosen(repository, found, departments)
    match form:
        case "json":
            sys.stdout.write(report.as_json(ledger, slots))
        case "ics":
            sys.stdout.buffer.write(ics.render(repository, slots))
        case "week":
            sys.stdout.write(week.render(repository, ledger, slots))
        case _ if wanted is not None and not why:
            sys.stdout.write(month.render(repository, ledger, wanted, slots))
        case _:
            sys.stdout.write(report.text(ledger, slots, why))
    return 1 if repository.broken else 0
