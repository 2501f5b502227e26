"""The gate before a commit, in a real clone."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.gitrepos import Repo
from tests.roots import Root
from tests.test_cli import run

Q3 = "content/chengguan/items/2026/reception-q3.md"


def commit(repo: Repo) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "-c", "user.name=示例", "-c", "user.email=a@example.cn", "commit", "-qam", "x"],
        cwd=repo.root,
        env={"PATH": os.environ["PATH"], "HOME": str(repo.top), "GIT_CONFIG_NOSYSTEM": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(params=["", "county seat"])
def repo(tmp_path: Path, request: pytest.FixtureRequest) -> Repo:
    """A clone whose root is its top, and one whose root is a folder with a blank in its name."""
    repo = Repo(tmp_path / "clone", request.param)
    Root(repo.root)
    repo.commit("2026-10-20T09:00:00+08:00", {})
    return repo


def spoil(repo: Repo, old: str, new: str) -> None:
    path = repo.root / Q3
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_errors_stop_a_commit_and_what_is_sound_goes_through(repo: Repo) -> None:
    done = run("hook", "install", "--root", str(repo.root))
    assert done.returncode == 0 and "装好了" in done.stdout
    head = repo.git("rev-parse", "HEAD")
    spoil(repo, "2026-10-08", "2026-02-30")
    refused = commit(repo)
    assert refused.returncode != 0
    assert "错误[D301] 形成日期 `2026-02-30` 不是日历上的日期" in refused.stderr
    assert "没有提交: 上面的错误改好再提交" in refused.stderr
    assert repo.git("rev-parse", "HEAD") == head
    spoil(repo, "2026-02-30", "2026-10-09")
    assert commit(repo).returncode == 0
    assert repo.git("rev-parse", "HEAD") != head


def test_it_says_when_what_is_committed_is_not_what_was_checked(repo: Repo) -> None:
    run("hook", "install", "--root", str(repo.root))
    spoil(repo, "2026-10-08", "2026-10-09")
    repo.git("add", "-A")
    spoil(repo, "2026-10-09", "2026-10-10")
    done = subprocess.run(
        ["git", "-c", "user.name=示例", "-c", "user.email=a@example.cn", "commit", "-qm", "x"],
        cwd=repo.root,
        env={"PATH": os.environ["PATH"], "HOME": str(repo.top), "GIT_CONFIG_NOSYSTEM": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 and "还没有 git add" in done.stderr


def test_installing_twice_renews_it_and_uninstalling_frees_the_commit(repo: Repo) -> None:
    for _ in range(2):
        assert run("hook", "install", "--root", str(repo.root)).returncode == 0
    done = run("hook", "uninstall", "--root", str(repo.root))
    assert done.returncode == 0 and "卸下了" in done.stdout
    assert not (repo.top / ".git/hooks/pre-commit").exists()
    assert "没有装过" in run("hook", "uninstall", "--root", str(repo.root)).stdout
    spoil(repo, "2026-10-08", "2026-02-30")
    assert commit(repo).returncode == 0


def test_another_s_hook_is_left_alone(repo: Repo) -> None:
    foreign = repo.top / ".git/hooks/pre-commit"
    foreign.parent.mkdir(exist_ok=True)
    foreign.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    for verb in ("install", "uninstall"):
        done = run("hook", verb, "--root", str(repo.root))
        assert done.returncode == 1 and "没有动它" in done.stderr
    assert foreign.read_text(encoding="utf-8") == "#!/bin/sh\nexit 0\n"


def test_hooks_that_lie_elsewhere_are_named(repo: Repo) -> None:
    repo.git("config", "core.hooksPath", "ours")
    done = run("hook", "install", "--root", str(repo.root))
    assert done.returncode == 1 and "`core.hooksPath` 管着，在 `ours`" in done.stderr


def test_without_a_clone_it_says_so(tmp_path: Path) -> None:
    Root(tmp_path)
    done = run("hook", "install", "--root", str(tmp_path))
    assert done.returncode == 1 and "不在 Git 仓库里" in done.stderr


def test_a_lost_program_stops_the_commit_and_says_how_to_go_on(repo: Repo) -> None:
    run("hook", "install", "--root", str(repo.root))
    script = repo.top / ".git/hooks/pre-commit"
    lines = [
        "python=/nowhere" if line.startswith("python=") else line
        for line in script.read_text(encoding="utf-8").splitlines()
    ]
    script.write_text("\n".join(lines) + "\n", encoding="utf-8")
    spoil(repo, "2026-10-08", "2026-10-09")
    done = commit(repo)
    assert done.returncode != 0 and "重新运行 gongkai hook install" in done.stderr
