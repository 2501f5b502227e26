"""One Git command, run so that neither environment nor configuration changes its answer."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

_SETTINGS = (
    "core.quotepath=off",
    "core.fsmonitor=false",
    "core.untrackedCache=false",
    "core.checkStat=default",
    "core.trustctime=true",
    "core.precomposeUnicode=false",
    "log.showSignature=false",
    "log.showRoot=true",
    "log.follow=false",
    "log.mailmap=false",
    "i18n.logOutputEncoding=UTF-8",
)


class GitFailed(Exception):
    """Git answered with an error that is not "there is no repository here"."""


class NoRepository(Exception):
    """The folder is in no repository, the repository has no commit, or there is no Git."""


class ShallowClone(Exception):
    """History was cut off, so landing times cannot be known."""


@contextmanager
def output(root: Path, *arguments: str, asked: bytes = b"") -> Iterator[IO[bytes]]:
    """Run `git` in `root` and give its standard output as a stream.

    `asked` is what it reads from its standard input. Raises `NoRepository` or `GitFailed` when the block ends and Git has failed.
    """
    # The user's own configuration stays readable because safe.directory may stand there;
    # whatever else in it could change an answer is overridden above.
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    # Complaints go to a file: a pipe that nobody empties would stop Git half-way. Questions come
    # from one for the same reason.
    with TemporaryFile() as complaints, TemporaryFile() as questions:
        questions.write(asked)
        questions.seek(0)
        try:
            process = subprocess.Popen(
                ["git", "--no-pager", "--literal-pathspecs", *settings, *arguments],
                cwd=root,
                env=_environment(),
                stdin=questions,
                stdout=subprocess.PIPE,
                stderr=complaints,
            )
        except FileNotFoundError as error:
            if not root.is_dir():
                raise
            raise NoRepository("没有安装 git") from error
        with process:
            assert process.stdout is not None
            yield process.stdout
        complaints.seek(0)
        complaint = complaints.read().decode("utf-8", "replace").strip()
    if process.returncode != 0:
        if "not a git repository" in complaint or _unborn(complaint):
            raise NoRepository(complaint)
        raise GitFailed(complaint or f"git {arguments[0]}: {process.returncode}")


def answer(root: Path, *arguments: str, asked: bytes = b"") -> bytes:
    """All that the command prints."""
    with output(root, *arguments, asked=asked) as stream:
        return stream.read()


def _unborn(complaint: str) -> bool:
    signs = ("unknown revision", "bad revision 'HEAD'", "does not have any commits")
    return any(sign in complaint for sign in signs)


def _environment() -> dict[str, str]:
    """The caller's environment without Git's own variables: hooks set GIT_DIR and the like."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "LC_ALL": "C",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
    }
