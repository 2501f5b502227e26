"""Publishing, whole: the workflows' own steps, and a bare repository with its hook and nginx."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import yaml

from generator.author.init import init
from tests.forge_runner import HERE, Forge, web
from tests.roots import Root

BROKEN = (
    "---\ntitle: 第二季度公务接待费\ncategory: 财务/公务接待费\nperiod: 2026-Q2\n"
    "deadline: 2026-02-30\n---\n预算数 1，支出数 2，批次 3。\n"
)


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=示例", "-c", "user.email=a@example.cn")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip() + done.stderr.strip()


def commit(folder: Path, message: str = "x") -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)
    return git(folder, "rev-parse", "HEAD")


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def lines(bare: Path, name: str) -> list[dict[str, object]]:
    text = git(bare, "show", f"receipts:{name}")
    return [json.loads(line) for line in text.splitlines()]


def bare_of(clerk: Path, bare: Path) -> None:
    git(bare.parent, "init", "-q", "--bare", "-b", "main", bare.name)
    git(clerk, "remote", "add", "origin", str(bare))
    git(clerk, "push", "-q", "origin", "main")


def own_root(folder: Path, url: str, forge: str = "github") -> Path:
    """What `init` writes, with the public address put in."""
    init(folder, "县", forge, today=date(2026, 11, 24), version="1.2.3")
    config = folder / "site_config.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("https://example.gov.cn/gk/", url), encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    return folder


def tool_with(folder: Path, url: str) -> Path:
    """This repository without its demonstration, and a small root in its place."""
    parts = ("generator", "theme", ".github", "requirements.lock", "pyproject.toml")
    every = ("--cached", "--others", "--exclude-standard")
    names = git(HERE, "ls-files", "-z", *every, "--", *parts)
    for name in names.split("\0"):
        if name and (HERE / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(HERE / name, folder / name)
    root = Root(folder)
    root.replace("site_config.yml", "http://127.0.0.1:8123/gk/", url)
    root.write(
        "site_config.yml", (folder / "site_config.yml").read_bytes() + b"receipts: receipts\n"
    )
    root.write(".gitignore", "/receipts/\n")
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    return folder


@pytest.fixture(params=["ours", "theirs"])
def published(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[str, Path, Forge, str]]:
    """Whose workflows they are, a clerk's clone, the forge, and the public address."""
    with web(tmp_path / "www") as address:
        url = f"{address}gk/"
        clerk = tmp_path / "clerk"
        (tool_with if request.param == "ours" else own_root)(clerk, url)
        bare_of(clerk, tmp_path / "bare.git")
        forge = Forge(tmp_path / "bare.git", tmp_path / "ci", tmp_path / "www/gk")
        forge.event = {"sha": git(clerk, "rev-parse", "HEAD")}
        yield request.param, clerk, forge, url


def test_publish_builds_deploys_confirms_and_deploys_again(
    published: tuple[str, Path, Forge, str],
) -> None:
    whose, clerk, forge, url = published
    workflow = clerk / ".github/workflows/publish.yml"
    assert forge.run(workflow), "\n".join(forge.log)
    assert forge.deployments == ["github-pages", "github-pages-receipts"]
    department = "chengguan" if whose == "ours" else "zhengfuban"
    receipts = lines(forge.bare, f"{department}.jsonl")
    assert [line["kind"] for line in receipts] == ["found"]
    assert get(f"{url}{department}/receipts.jsonl").count("\n") == 1
    assert "gk-record" in get(f"{url}{receipts[0]['item']}.html")
    asked = (forge.base / "bin/pip.log").read_text(encoding="utf-8")
    assert ("-r requirements.lock" if whose == "ours" else "gongkai==1.2.3") in asked

    forge.new_run()
    assert forge.run(workflow), "\n".join(forge.log)
    assert forge.deployments == ["github-pages"], "nothing new: no second deployment"
    assert lines(forge.bare, f"{department}.jsonl") == receipts
    assert get(f"{url}{department}/receipts.jsonl").count("\n") == 1


def test_a_proposal_is_checked_and_previewed(published: tuple[str, Path, Forge, str]) -> None:
    whose, clerk, forge, _ = published
    folder = "chengguan" if whose == "ours" else "zhengfuban"
    base = git(clerk, "rev-parse", "HEAD")
    git(clerk, "checkout", "-q", "-b", "proposal")
    text = BROKEN.replace("2026-02-30", "2026-07-01")
    (clerk / f"content/{folder}/items/2026/second.md").write_text(text, encoding="utf-8")
    forge.event = {
        "sha": commit(clerk),
        "github.event.pull_request.base.sha": base,
        "github.event.pull_request.number": "7",
    }
    git(clerk, "push", "-q", "origin", "proposal")
    if whose == "ours":
        forge.other = {"tool": forge.bare}
    workflow = clerk / ".github/workflows/check.yml"
    assert forge.run(workflow), "\n".join(forge.log)
    assert (forge.base / f"artifacts/site/{folder}/2026/second.html").is_file()
    assert forge.summary.startswith("## ")
    report = forge.base / "artifacts/report"
    assert (report / "number").read_text(encoding="utf-8") == "7\n"
    assert (report / "report.md").read_text(encoding="utf-8") == forge.summary

    (clerk / f"content/{folder}/items/2026/second.md").write_text(BROKEN, encoding="utf-8")
    # A proposal's own code must never run: these would.
    for name in ("venv.py", "generator.py", "pip.py", "sitecustomize.py"):
        (clerk / name).write_text("raise SystemExit('ran the code of a proposal')")
    forge.event = {**forge.event, "sha": commit(clerk)}
    git(clerk, "push", "-q", "origin", "proposal")
    forge.new_run()
    assert not forge.run(workflow)
    log = "\n".join(forge.log)
    assert "ran the code" not in log
    assert "::error file=content/" in log
    assert "不能合并" in forge.summary


def test_gitea_checks_and_publishes_without_any_action(tmp_path: Path) -> None:
    with web(tmp_path / "www") as address:
        clerk = own_root(tmp_path / "clerk", f"{address}gk/", "gitea")
        bare = tmp_path / "bare.git"
        workflows = clerk / ".gitea/workflows"
        publish = (workflows / "publish.yml").read_text(encoding="utf-8")
        served = tmp_path / "www/gk"
        (workflows / "publish.yml").write_text(publish.replace("/srv/www/gongkai", str(served)))
        commit(clerk)
        bare_of(clerk, bare)
        forge = Forge(bare, tmp_path / "ci", served)
        forge.env = {
            "GITEA_ACTIONS": "true",
            "GITHUB_SERVER_URL": f"file://{tmp_path}",
            "GITHUB_REPOSITORY": "bare.git",
        }
        forge.event = {"sha": git(clerk, "rev-parse", "HEAD")}
        assert forge.run(workflows / "publish.yml"), "\n".join(forge.log)
        assert [line["kind"] for line in lines(bare, "zhengfuban.jsonl")] == ["found"]
        assert get(f"{address}gk/zhengfuban/receipts.jsonl").count("\n") == 1

        item = clerk / "content/zhengfuban/items/2026/second.md"
        item.write_text(BROKEN, encoding="utf-8")
        forge.event = {
            "sha": commit(clerk),
            "github.event.pull_request.base.ref": "main",
            "github.event.pull_request.number": "7",
        }
        git(clerk, "push", "-q", "origin", "HEAD:refs/pull/7/head")
        assert not forge.run(workflows / "check.yml")
        assert "2026-02-30" in "\n".join(forge.log)
        item.write_text(BROKEN.replace("2026-02-30", "2026-07-01"), encoding="utf-8")
        commit(clerk)
        git(clerk, "push", "-q", "origin", "HEAD:refs/pull/7/head")
        assert forge.run(workflows / "check.yml"), "\n".join(forge.log)


def test_gitlab_jobs_run_as_they_stand(tmp_path: Path) -> None:
    with web(tmp_path / "www") as address:
        clerk = own_root(tmp_path / "clerk", f"{address}gk/", "gitlab")
        bare = tmp_path / "bare.git"
        bare_of(clerk, bare)
        jobs = yaml.safe_load((clerk / ".gitlab-ci.yml").read_text(encoding="utf-8"))
        tool = tool_at(tmp_path / "gongkai")

        def run(name: str, space: Path) -> tuple[int, str]:
            script = "\n".join(jobs[name]["script"])
            done = subprocess.run(
                [
                    "bash",
                    "-eo",
                    "pipefail",
                    "-c",
                    script.replace("/opt/gongkai/bin/gongkai", str(tool)),
                ],
                cwd=space,
                env={
                    "PATH": os.environ["PATH"],
                    "HOME": str(tmp_path),
                    "GITLAB_CI": "true",
                    "CI_PROJECT_DIR": str(space),
                    "CI_MERGE_REQUEST_DIFF_BASE_SHA": "main",
                },
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            return done.returncode, done.stdout

        for name in ("build", "receipt"):
            space = tmp_path / name
            git(tmp_path, "clone", "-q", str(bare), name)
            code, said = run(name, space)
            assert code == 0, said
            shutil.rmtree(tmp_path / "www/gk", ignore_errors=True)
            shutil.copytree(space / "public", tmp_path / "www/gk")
        assert [line["kind"] for line in lines(bare, "zhengfuban.jsonl")] == ["found"]
        assert get(f"{address}gk/zhengfuban/receipts.jsonl").count("\n") == 1

        space = tmp_path / "check"
        git(tmp_path, "clone", "-q", str(bare), "check")
        (space / "content/zhengfuban/items/2026/second.md").write_text(BROKEN, encoding="utf-8")
        code, said = run("check", space)
        assert code == 1
        report = json.loads((space / "gl-code-quality-report.json").read_text(encoding="utf-8"))
        assert report[0]["location"]["path"].endswith("second.md")
        assert list(jobs["check"]["artifacts"]["reports"].values()) == [
            "gl-code-quality-report.json"
        ]


def tool_at(path: Path) -> Path:
    """The command as an installed one would be."""
    path.write_text(f'#!/bin/sh\nPYTHONPATH={HERE} exec {sys.executable} -P -m generator "$@"\n')
    path.chmod(0o755)
    return path


@contextmanager
def nginx(folder: Path, site: Path) -> Iterator[str]:
    """The sample configuration that `init` writes, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    sample = (folder / "server/nginx.conf").read_text(encoding="utf-8")
    sample = sample.replace("listen 80;", f"listen 127.0.0.1:{port};")
    sample = sample.replace("/srv/www/gongkai/", f"{site}/")
    prefix = folder.parent / "nginx"
    prefix.mkdir()
    temp = "".join(
        f"{kind}_temp_path {prefix}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (prefix / "nginx.conf").write_text(
        f"{user} daemon off; pid {prefix}/pid; error_log {prefix}/error.log; events {{}}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; {temp}\n{sample}\n}}\n",
        encoding="utf-8",
    )
    command = ["nginx", "-p", str(prefix), "-c", str(prefix / "nginx.conf")]
    server = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        for _ in range(100):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/gk/"
    finally:
        server.terminate()
        server.wait(10)


def test_a_bare_repository_publishes_through_its_hook_and_nginx(tmp_path: Path) -> None:
    clerk = own_root(tmp_path / "clerk", "https://example.gov.cn/gk/", "none")
    site, work, bare = tmp_path / "www", tmp_path / "work", tmp_path / "bare.git"
    tool = tool_at(tmp_path / "gongkai")
    with nginx(clerk, site) as url:
        config = clerk / "site_config.yml"
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace("https://example.gov.cn/gk/", url), encoding="utf-8")
        commit(clerk)
        git(tmp_path, "init", "-q", "--bare", "-b", "main", "bare.git")
        git(clerk, "remote", "add", "origin", str(bare))
        hook = bare / "hooks/post-receive"
        hook.write_text(
            f"#!/bin/sh\nexport GONGKAI={tool} FOLDER={site} WORK={work}\n"
            f'exec "$(dirname "$0")/sample" "$@"\n'
        )
        shutil.copy(clerk / "server/post-receive", bare / "hooks/sample")
        for name in ("post-receive", "sample"):
            (bare / "hooks" / name).chmod(0o755)

        # 1. A first push builds, serves, confirms and builds again.
        said = git(clerk, "push", "origin", "main")
        assert "全部通过" in said, said
        home = get(url)
        assert "示例县政府信息公开" in home
        assert [line["kind"] for line in lines(bare, "zhengfuban.jsonl")] == ["found"]
        assert get(f"{url}zhengfuban/receipts.jsonl").count("\n") == 1

        # 2. A new item is public, and the receipt says since when.
        new = clerk / "content/zhengfuban/items/2026/second.md"
        new.write_text(BROKEN.replace("2026-02-30", "2026-07-01"), encoding="utf-8")
        commit(clerk)
        git(clerk, "push", "origin", "main")
        assert "第二季度公务接待费" in get(f"{url}zhengfuban/2026/second.html")
        chain = lines(bare, "zhengfuban.jsonl")
        assert [line["kind"] for line in chain] == ["found", "first"]

        # 3. A broken item leaves the site as it is, and the push says why.
        (new.parent / "third.md").write_text(BROKEN, encoding="utf-8")
        commit(clerk)
        said = git(clerk, "push", "origin", "main")
        assert "检查没有通过" in said, said
        assert "2026-02-30" in said
        assert "第二季度公务接待费" in get(f"{url}zhengfuban/2026/second.html")
        with pytest.raises(urllib.error.HTTPError):
            get(f"{url}zhengfuban/2026/third.html")
        assert lines(bare, "zhengfuban.jsonl") == chain

        # 4. Other branches and deletions build nothing.
        before = (site / "build.json").read_bytes(), (site / "build.json").stat().st_mtime_ns
        git(clerk, "push", "origin", "main:draft")
        git(clerk, "push", "origin", ":draft")
        after = (site / "build.json").read_bytes(), (site / "build.json").stat().st_mtime_ns
        assert after == before

        # 5. Mended, it is public; the daily run works without a push.
        mended = BROKEN.replace("2026-02-30", "2026-04-01").replace("2026-Q2", "2026-Q1")
        (new.parent / "third.md").write_text(mended.replace("第二", "第一"), encoding="utf-8")
        commit(clerk)
        said = git(clerk, "push", "origin", "main")
        chain = lines(bare, "zhengfuban.jsonl")
        assert [line["item"] for line in chain][2:] == ["zhengfuban/2026/third"], said
        done = subprocess.run([hook, "daily"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert lines(bare, "zhengfuban.jsonl") == chain


def test_nginx_says_what_is_not_there_with_our_page(tmp_path: Path) -> None:
    clerk = own_root(tmp_path / "clerk", "https://example.gov.cn/gk/", "none")
    (tmp_path / "www").mkdir()
    (tmp_path / "www/404.html").write_text("没有这一页", encoding="utf-8")
    (tmp_path / "www/feed.xml").write_text("<feed>公开</feed>", encoding="utf-8")
    with nginx(clerk, tmp_path / "www") as url:
        with pytest.raises(urllib.error.HTTPError) as missing:
            get(f"{url}none.html")
        assert (missing.value.code, missing.value.read().decode()) == (404, "没有这一页")
        with urllib.request.urlopen(f"{url}feed.xml", timeout=10) as answer:
            assert answer.headers["Content-Type"].endswith("charset=utf-8")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
