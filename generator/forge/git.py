"""Git as a job uses it: fetching, writing a commit without a checkout, pushing."""

import base64
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.history import GitFailed


class GitRefused(GitFailed):
    """Git could not do it; the message holds what Git said, without secrets."""

    def __init__(self, said: str, code: int = 128) -> None:
        super().__init__(said)
        self.code = code
        """Git's exit code."""


@dataclass(frozen=True, slots=True)
class Git:
    """Git in one working tree, with the environment that was handed in."""

    root: Path
    env: Mapping[str, str]
    token: str | None = None
    settings: tuple[str, ...] = ()
    """`key=value`, over whatever the machine's own configuration says."""

    def run(self, *arguments: str, data: bytes = b"", who: str | None = None) -> bytes:
        """What Git prints.

        `who` is the date of a commit that it writes (`2026-11-24T01:17:00+08:00`). Raises
        GitRefused.
        """
        settings = [part for one in ("core.quotepath=off", *self.settings) for part in ("-c", one)]
        done = subprocess.run(
            ["git", *settings, *arguments],
            cwd=self.root,
            env=self._environment(who),
            input=data,
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip()
            raise GitRefused(f"git {arguments[0]}: {said or done.returncode}", done.returncode)
        return done.stdout

    def line(self, *arguments: str, data: bytes = b"", who: str | None = None) -> str:
        """What Git prints, as one line."""
        return self.run(*arguments, data=data, who=who).decode("utf-8", "replace").strip()

    def _environment(self, who: str | None) -> dict[str, str]:
        kept = {key: value for key, value in self.env.items() if not key.startswith("GIT_")}
        kept |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
        if who is not None:
            for role in ("AUTHOR", "COMMITTER"):
                kept |= {
                    f"GIT_{role}_NAME": "gongkai",
                    f"GIT_{role}_EMAIL": "gongkai@localhost",
                    f"GIT_{role}_DATE": who,
                }
        if self.token is not None:
            # In the environment, not on the command line: there every process could read it.
            pair = base64.b64encode(f"x-access-token:{self.token}".encode()).decode()
            kept |= {
                "GIT_CONFIG_COUNT": "1",
                "GIT_CONFIG_KEY_0": "http.extraHeader",
                "GIT_CONFIG_VALUE_0": f"Authorization: Basic {pair}",
            }
        return kept
