"""`form` and `hook`: the paper for those who sign, and the gate before a commit."""

import sys
from datetime import date
from pathlib import Path

import click

from generator.author.errors import AuthorError
from generator.cli.chinese import Command, Group
from generator.cli.clock import now
from generator.cli.options import as_of_option, root_option


@click.command(cls=Command)
@root_option
@as_of_option
@click.argument("item", metavar="事项")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="写到哪个文件；`-` 是标准输出"
)
def form(root: Path, as_of: date | None, item: str, out: Path | None) -> int:
    """审查表：一件事项的正文、检查结果和签字栏，印在 A4 上给没有账号的领导签。"""
    from generator import survey
    from generator.examine import examine
    from generator.history import ShallowClone
    from generator.report import review
    from generator.report.findings import findings_of

    examined = examine(root, as_of, now().at.date())
    loaded = examined.loaded
    repository = loaded.repository
    if repository is None:
        raise AuthorError("配置、目录、日历或免除清单有错误，什么也没有写", "运行 `gongkai check`")
    items = [one for body in repository.departments for one in body.items]
    found = next((one for one in items if item in (one.id, one.path)), None)
    if found is None:
        raise AuthorError(
            f"没有 `{item}` 这件事项，或者它的栏目读不出来",
            "写编号，如 `chengguan/2026/reception-q3`；读不出来的先运行 `gongkai check`",
        )
    findings = findings_of(examined)
    try:
        ledger = survey.judged(examined).ledger
    except ShallowClone:
        ledger = None
    text = review.form(found, examined, findings, ledger)
    if str(out) == "-":
        sys.stdout.write(text)
        return 0
    target = out or Path(f"form-{found.id.replace('/', '-')}.html")
    target.write_bytes(text.encode())
    click.echo(f"审查表写好，在 {target}；用浏览器打开，按 A4 打印", err=True)
    return 0


@click.group(cls=Group)
def hook() -> None:
    """提交前的检查：装在自己的克隆里，有错误的提交不了。"""


@hook.command("install", cls=Command)
@root_option
def install(root: Path) -> int:
    """装上：以后每次提交先检查，有错误就停下。"""
    import generator
    from generator.author import hook as hooks

    package = Path(generator.__file__).resolve().parent.parent
    target = hooks.install(root, Path(sys.executable), package)
    click.echo(f"装好了，在 {target}；每次提交先检查，有错误的提交不了")
    return 0


@hook.command("uninstall", cls=Command)
@root_option
def uninstall(root: Path) -> int:
    """卸下：提交不再检查，合并前的检查还在。"""
    from generator.author import hook as hooks

    target = hooks.uninstall(root)
    click.echo(f"卸下了: {target}" if target is not None else "没有装过")
    return 0
