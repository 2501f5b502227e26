"""Real temporary Git repositories with dates of our choosing."""

import os
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path


class Repo:
    """A repository whose commits are dated by the caller, `2026-10-30T09:12:00+08:00`."""

    def __init__(self, top: Path, root: str = "") -> None:
        self.top = top
        self.root = top / root
        self.root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, at: str = "2026-01-01T00:00:00+08:00") -> str:
        done = subprocess.run(
            ["git", "-c", "user.name=示例", "-c", "user.email=a@example.cn", *arguments],
            cwd=self.top,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.top),
                "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_AUTHOR_DATE": "2001-01-01T00:00:00+08:00",
                "GIT_COMMITTER_DATE": at,
            },
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def write(self, files: Mapping[str, str | None]) -> None:
        """Put files, relative to the root; None removes one."""
        for name, text in files.items():
            path = self.root / name
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")

    def commit(self, at: str, files: Mapping[str, str | None]) -> str:
        """Write, commit everything at that time, and give the commit's name."""
        self.write(files)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x", at=at)
        return self.git("rev-parse", "HEAD")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
