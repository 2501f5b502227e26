"""Click in Chinese: help, refusals, and one exit code for each kind of end."""

import os
import sys
from collections.abc import Sequence

import click

from generator import __version__
from generator.author.errors import AuthorError
from generator.cli import INTERRUPTED
from generator.cli.clock import BadClock


class Command(click.Command):
    """A verb whose help is in Chinese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line of the help."""
        pieces = " ".join(self.collect_usage_pieces(ctx)).replace("[OPTIONS]", "[选项]")
        formatter.write_usage(ctx.command_path, pieces, prefix="用法: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of options."""
        records = [r for p in self.get_params(ctx) if (r := p.get_help_record(ctx)) is not None]
        if records:
            with formatter.section("选项"):
                formatter.write_dl(_translated(records))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, worded in Chinese."""
        return _helping(super().get_help_option(ctx))


class Group(click.Group):
    """A verb with verbs of its own."""

    command_class = Command

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line of the help."""
        formatter.write_usage(ctx.command_path, "命令 [选项]", prefix="用法: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of options, then of commands."""
        records = [r for p in self.get_params(ctx) if (r := p.get_help_record(ctx)) is not None]
        with formatter.section("选项"):
            formatter.write_dl(_translated(records))
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, command.get_short_help_str(limit=200)))
        with formatter.section("命令"):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they are written, not by letter."""
        return list(self.commands)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, worded in Chinese."""
        return _helping(super().get_help_option(ctx))


def _helping(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示这份说明"
    return option


def _translated(records: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    words = (
        ("[default: ", "[默认: "),
        ("[required]", "[必填]"),
        ("; required]", "，必填]"),
        ("DIRECTORY", "文件夹"),
        ("INTEGER RANGE", "整数"),
        ("INTEGER", "整数"),
        ("TEXT", "文字"),
        ("FILE", "文件"),
        ("PATH", "路径"),
    )
    out = []
    for names, text in records:
        for english, chinese in words:
            names, text = names.replace(english, chinese), text.replace(english, chinese)
        out.append((names, text))
    return out


def run(command: click.Command, arguments: Sequence[str]) -> int:
    """Run `command` and give the exit code; a refusal is one sentence and what to do.

    0 done, 1 problems in content, 2 usage, disk, shallow clone or a tool's failure, 130 Ctrl+C.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    try:
        result = command.main(list(arguments), prog_name="gongkai", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.UsageError as wrong:
        path = wrong.ctx.command_path if wrong.ctx else "gongkai"
        return _refuse(_worded(wrong), f"用法见 `{path} --help`")
    except (click.Abort, KeyboardInterrupt):
        click.echo(INTERRUPTED, err=True)
        return 130
    except BrokenPipeError:
        # The reader went away (`| head`): nothing more to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as failed:
        named = f"`{failed.filename}`：" if failed.filename else ""
        return _refuse(f"{named}{failed.strerror or failed}", "检查磁盘空间和权限后再运行")
    except Exception as failed:
        return _known(failed)


def _known(failed: Exception) -> int:
    """The refusals of our own rooms; what is none of them is a fault of the program, and raised."""
    # Imported only now: `gongkai --help` and every verb begin without Git and the gate.
    from generator.history import GitFailed, ShallowClone
    from generator.publish.request import BuildError

    match failed:
        case AuthorError():
            _refuse(failed.message, failed.hint)
            return 1
        case ShallowClone():
            return _refuse(str(failed), "CI 里的检出要带完整历史（fetch-depth: 0）")
        case BuildError() | BadClock() | GitFailed():
            return _refuse(str(failed), "")
        case MemoryError() if failed.args:
            return _refuse(
                f"`content/{failed}` 没有读完：读它的进程被系统终止，多半是内存不够",
                "把大的附件拆成几个文件，或换内存大的机器",
            )
        case _:
            raise failed


def _refuse(message: str, hint: str) -> int:
    click.echo(message, err=True)
    if hint:
        click.echo(f"改法: {hint}", err=True)
    return 2


def _worded(wrong: click.UsageError) -> str:
    match wrong:
        case click.NoSuchOption():
            near = "、".join(wrong.possibilities or ())
            return f"没有选项 `{wrong.option_name}`" + (f"；相近的是 {near}" if near else "")
        case click.MissingParameter():
            name = wrong.param.human_readable_name if wrong.param else ""
            return f"缺少 `{name}`"
        case click.BadParameter():
            name = wrong.param.opts[0] if wrong.param else ""
            if isinstance(wrong.param, click.Parameter) and isinstance(
                wrong.param.type, click.Choice
            ):
                return f"`{name}` 只能是 {'、'.join(map(str, wrong.param.type.choices))}"
            return f"`{name}` 的值不对：{wrong.message}"
        case click.BadOptionUsage() | click.BadArgumentUsage():
            return f"选项用法不对：{wrong.message}"
        case _:
            name = wrong.message.partition("'")[2].rpartition("'")[0]
            if name and "No such command" in wrong.message:
                return f"没有命令 `{name}`"
            if "unexpected extra argument" in wrong.message:
                return "参数太多"
            return f"用法不对：{wrong.message}"


VERSION = f"gongkai {__version__}"
