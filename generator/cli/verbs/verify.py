"""`verify` and `witness`: whether everything is as recorded, and what others were seen to have."""

from pathlib import Path

import click

from generator.cli.chinese import Command
from generator.cli.clock import now
from generator.cli.options import output_format, receipts_option, root_option
from generator.load.config import read_config
from generator.load.reading import Reading
from generator.model import Site


@click.command(cls=Command)
@click.argument("site", metavar="[网站]", required=False, type=click.Path(path_type=Path))
@receipts_option
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    help="放着 site_config.yml 的文件夹，连提交还在不在也核对（什么都不写时是当前文件夹）",
)
@click.option("--head", help="纸上抄来的链头，16 位以上，可以有空格")
@output_format("text", "json")
def verify(
    site: Path | None, folder: Path | None, root: Path | None, head: str | None, form: str
) -> int:
    """核验：网站（文件夹或 ZIP）和回执链有没有被改过、抽走、插进。有一处断裂，退出码就是 1。"""
    from generator.history import require_full
    from generator.witness import BadHead, NoSite, verdict_json, verdict_lines
    from generator.witness import verify as verified

    if root is None and site is None and folder is None and _configured(Path()) is not None:
        root = Path()
    if root is not None and not root.is_dir():
        raise click.UsageError(f"没有 `{root}` 这个文件夹")
    folder = folder or _mounted(root)
    if folder is not None and not folder.is_dir():
        raise click.UsageError(f"没有 `{folder}` 这个回执文件夹")
    if site is not None:
        _must_be_site(site)
    if site is None and folder is None:
        raise click.UsageError("没有写要核验什么：网站的文件夹或 ZIP，或者 --receipts 回执文件夹")
    if root is not None:
        # A cut history has lost no commit; it only does not know them.
        require_full(root)
    try:
        verdict = verified(site, folder, root, head)
    except (BadHead, NoSite) as wrong:
        raise click.UsageError(str(wrong)) from wrong
    if form == "json":
        click.echo(verdict_json(verdict))
    else:
        for line in verdict_lines(verdict):
            click.echo(line)
    return 0 if verdict.ok else 1


@click.command(cls=Command)
@root_option
@receipts_option
def witness(root: Path, folder: Path | None) -> int:
    """做见证：到配置里 `witness` 写的各个网站，记下此刻看到的封签。见过的不在了，退出码是 1。"""
    from generator.witness import Web, record

    moment = now()
    site = _configured(root)
    if site is None:
        click.echo("没有去看：站点配置有错误", err=True)
        click.echo("改法: 运行 `gongkai check` 看错在哪里", err=True)
        return 1
    if not site.witness:
        raise click.UsageError("配置里没有写要见证的网站（`witness`）")
    found = record(
        site.witness,
        folder or root / (site.receipts or "receipts"),
        now=moment.at,
        clock_given=moment.given,
        fetch=Web(),
    )
    for one in found:
        if one.trouble is not None:
            click.echo(f"{one.source}：{one.trouble}", err=True)
        elif one.seq is None:
            click.echo(f"{one.source}：没有新的封签")
        else:
            click.echo(f"{one.source}：记下第 {one.seq} 道封签")
    return 1 if any(one.trouble is not None for one in found) else 0


def _configured(root: Path) -> Site | None:
    return read_config(Reading(root)) if (root / "site_config.yml").is_file() else None


def _mounted(root: Path | None) -> Path | None:
    """Where the configuration of `root` has its receipts; None where nothing says so."""
    if root is None or (site := _configured(root)) is None or site.receipts is None:
        return None
    folder = root / site.receipts
    return folder if folder.is_dir() else None


def _must_be_site(site: Path) -> None:
    """Refuse what would verify only because nothing is there to verify."""
    if str(site).startswith(("http:/", "https:/")):
        raise click.UsageError("网址不能直接核验，先把网站存成文件夹或 ZIP")
    if site.is_dir() and not (site / "build.json").is_file() and not any(site.glob("*/*.jsonl")):
        raise click.UsageError(f"`{site}` 不是一个网站：没有 build.json，也没有回执")
