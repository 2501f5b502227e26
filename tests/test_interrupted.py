"""Ctrl+C as a terminal sends it: to every process at once, at any moment."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.roots import CONFIG, DEPARTMENT, Root

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """Large enough that departments are read and built side by side."""
    root = Root(tmp_path_factory.mktemp("interrupted") / "root")
    root.write("site_config.yml", CONFIG.replace("[chengguan]", "[chengguan, caizheng, jiaoyu]"))
    for folder in ("chengguan", "caizheng", "jiaoyu"):
        root.write(f"content/{folder}/department.yml", DEPARTMENT.replace("城市管理局", folder))
        for n in range(150):
            root.write(
                f"content/{folder}/items/2026/n{n}.md",
                f"---\ntitle: 第 {n} 号通知\ncategory: 通知公告/公示\nperiod: 临时\n"
                f"formed: 2026-10-09\n---\n{folder}第 {n} 号通知的正文，供大家查看。\n",
            )
    return root


def begun(root: Root, *verb: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *verb, "--root", str(root.path)],
        cwd=root.path,
        env={
            **os.environ,
            "PYTHONPATH": str(REPOSITORY),
            "GONGKAI_NOW": "2026-11-24T09:00:00+08:00",
            "XDG_CACHE_HOME": str(root.path.parent / "cache"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def left(session: int) -> list[str]:
    """Processes of that session which still run."""
    listed = subprocess.run(
        ["ps", "-s", str(session), "-o", "stat=,args="], capture_output=True, text=True, check=False
    )
    return [line for line in listed.stdout.splitlines() if not line.startswith("Z")]


@pytest.mark.parametrize("verb", [("check", "--anew"), ("build",)])
def test_ctrl_c_at_any_moment_says_so_and_leaves_nothing_running(
    root: Root, verb: tuple[str, ...]
) -> None:
    began = time.monotonic()
    assert begun(root, *verb).communicate(timeout=60)[1] == ""
    whole = time.monotonic() - began
    site = root.path / "site"
    marker = (site / "build.json").read_bytes() if verb[0] == "build" else b""
    interrupted = 0
    for moment in (0.1, 0.35, 0.5, 0.7):
        root.write(
            "content/jiaoyu/items/2026/n0.md",
            (root.path / "content/jiaoyu/items/2026/n1.md").read_text("utf-8"),
        )
        process = begun(root, *verb)
        time.sleep(whole * moment)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=20)
        if process.returncode == 0 or (process.returncode == -signal.SIGINT and not said):
            continue  # done, or not even begun, when the signal came
        interrupted += 1
        assert said.strip() == "已中断，文件没有改动"
        assert process.returncode in (130, -signal.SIGINT)
        assert left(process.pid) == []
        if marker:
            assert (site / "build.json").read_bytes() == marker
            assert sorted(p.name for p in (site.parent / ".site.gongkai").iterdir()) == [
                "last.json",
                "lock",
            ]
    assert interrupted
