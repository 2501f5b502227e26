"""The receipts branch: mounted whole, pushed without force, redone when somebody was first."""

import base64
import os
import subprocess
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from generator.forge.git import Git, GitRefused
from generator.forge.receipts_branch import Raced, mount, push

AT = datetime(2026, 11, 24, 1, 17, tzinfo=timezone(timedelta(hours=8)))
ENV = {"PATH": os.environ["PATH"], "HOME": os.devnull, "GIT_DIR": "/nowhere"}


def sh(folder: Path, *command: str) -> str:
    env = {
        **ENV,
        **{
            f"GIT_{role}_{key}": "t@t"
            for role in ("AUTHOR", "COMMITTER")
            for key in ("NAME", "EMAIL")
        },
    }
    env.pop("GIT_DIR")
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    sh(tmp_path, "git", "init", "-q", "--bare", "-b", "main", "bare.git")
    sh(tmp_path, "git", "init", "-q", "-b", "main", "first")
    (tmp_path / "first/a.txt").write_text("a")
    sh(tmp_path / "first", "git", "add", "-A")
    sh(tmp_path / "first", "git", "commit", "-q", "-m", "a")
    sh(tmp_path / "first", "git", "push", "-q", str(tmp_path / "bare.git"), "main")
    return tmp_path / "bare.git"


def job(bare: Path, name: str) -> Git:
    root = bare.parent / name
    sh(bare.parent, "git", "clone", "-q", str(bare), name)
    return Git(root, ENV)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_branch_that_is_not_there_is_an_empty_folder(bare: Path) -> None:
    git = job(bare, "one")
    mounted = mount(git, git.root / "receipts")
    assert (names(mounted.folder), mounted.parent, mounted.pushed) == ([], None, True)


def test_what_one_job_pushes_the_next_one_mounts(bare: Path) -> None:
    one, two = job(bare, "one"), job(bare, "two")
    mounted = mount(one, one.root / "receipts")
    (mounted.folder / "caizheng.jsonl").write_text("一行\n", encoding="utf-8")
    (mounted.folder / "site.jsonl").write_text("封\n", encoding="utf-8")
    (mounted.folder / "notes.txt").write_text("not a receipt")
    first = push(one, mounted, AT)
    (two.root / "receipts").mkdir()
    (two.root / "receipts/stale.jsonl").write_text("old")
    again = mount(two, two.root / "receipts")
    assert names(again.folder) == ["caizheng.jsonl", "site.jsonl"]
    assert (again.folder / "caizheng.jsonl").read_text(encoding="utf-8") == "一行\n"
    assert again.parent == first
    (again.folder / "caizheng.jsonl").write_text("一行\n二行\n", encoding="utf-8")
    second = push(two, again, AT)
    assert sh(bare, "git", "rev-parse", "receipts", "receipts^") == f"{second}\n{first}"
    assert sh(bare, "git", "log", "-1", "--format=%an %cI %s", "receipts") == (
        "gongkai 2026-11-24T01:17:00+08:00 回执 2026-11-24T01:17:00+08:00"
    )
    assert sh(two.root, "git", "status", "--porcelain", "--untracked-files=no") == ""


@pytest.mark.parametrize("there_before", [False, True])
def test_a_job_that_comes_second_is_told_and_changes_nothing(
    bare: Path, there_before: bool
) -> None:
    one, two = job(bare, "one"), job(bare, "two")
    if there_before:
        mounted = mount(one, one.root / "receipts")
        (mounted.folder / "a.jsonl").write_text("0\n")
        push(one, mounted, AT)
    early, late = mount(one, one.root / "receipts"), mount(two, two.root / "receipts")
    (early.folder / "a.jsonl").write_text("1\n")
    (late.folder / "a.jsonl").write_text("2\n")
    first = push(one, early, AT)
    with pytest.raises(Raced):
        push(two, late, AT)
    assert sh(bare, "git", "rev-parse", "receipts") == first
    redone = mount(two, two.root / "receipts")
    assert (redone.folder / "a.jsonl").read_text() == "1\n"
    assert push(two, redone, AT) != first


def test_a_branch_that_forbids_the_push_is_not_a_race(bare: Path) -> None:
    git = job(bare, "one")
    mounted = mount(git, git.root / "receipts")
    hook = bare / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 不许推 >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    with pytest.raises(GitRefused, match="不许推"):
        push(git, mounted, AT)


def test_a_remote_that_does_not_answer_stops_the_job(bare: Path) -> None:
    git = job(bare, "one")
    (git.root / "receipts").mkdir()
    (git.root / "receipts/a.jsonl").write_text("kept")
    sh(git.root, "git", "remote", "set-url", "origin", str(bare.parent / "gone.git"))
    with pytest.raises(GitRefused):
        mount(git, git.root / "receipts")
    assert (git.root / "receipts/a.jsonl").read_text() == "kept"


def test_receipts_that_the_main_line_tracks_stay(bare: Path) -> None:
    git = job(bare, "one")
    folder = git.root / "content/receipts"
    folder.mkdir(parents=True)
    (folder / "a.jsonl").write_text("demo")
    sh(git.root, "git", "add", "-A")
    mounted = mount(git, folder)
    assert (names(folder), mounted.pushed) == (["a.jsonl"], False)


def test_a_root_without_a_remote_keeps_its_folder(tmp_path: Path) -> None:
    (tmp_path / "receipts").mkdir()
    (tmp_path / "receipts/a.jsonl").write_text("kept")
    mounted = mount(Git(tmp_path, ENV), tmp_path / "receipts")
    assert (names(mounted.folder), mounted.pushed) == (["a.jsonl"], False)


def test_a_folder_with_other_things_is_not_cleared(bare: Path) -> None:
    git = job(bare, "one")
    with pytest.raises(GitRefused, match=r"别的东西"):
        mount(git, git.root / ".git")
    (git.root / "mine").mkdir()
    (git.root / "mine/notes.md").write_text("mine")
    with pytest.raises(GitRefused, match=r"notes\.md"):
        mount(git, git.root / "mine")
    assert names(git.root / "mine") == ["notes.md"]


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    heard: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.headers.get("Authorization", ""))
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port, heard
    server.shutdown()


def test_the_token_reaches_the_forge_and_no_command_line(
    tmp_path: Path, listener: tuple[int, list[str]]
) -> None:
    port, heard = listener
    sh(tmp_path, "git", "init", "-q", "root")
    shim, log = tmp_path / "bin", tmp_path / "log"
    shim.mkdir()
    real = sh(tmp_path, "sh", "-c", "command -v git")
    (shim / "git").write_text(f'#!/bin/sh\necho "$@" >> {log}\nexec {real} "$@"\n')
    (shim / "git").chmod(0o755)
    git = Git(tmp_path / "root", {**ENV, "PATH": f"{shim}:{ENV['PATH']}"}, token="s3cret")
    with pytest.raises(GitRefused) as refused:
        git.run("ls-remote", f"http://127.0.0.1:{port}/o/r")
    assert heard
    scheme, _, pair = heard[0].partition(" ")
    assert (scheme, base64.b64decode(pair).decode()) == ("Basic", "x-access-token:s3cret")
    for text in (log.read_text(), str(refused.value)):
        assert "s3cret" not in text
        assert pair not in text
    assert "ls-remote" in log.read_text()
