"""The comment on a proposal, on servers that answer as the three forges' documentation says."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from generator.author.init import init
from generator.forge.api import ForgeRefused
from generator.forge.comment import MARKER, keep_comment
from tests.forge_hub import serving
from tests.forge_runner import HERE, Forge, tools
from tests.gitrepos import Repo
from tests.roots import Root
from tests.test_cli import run

HEAD = "a" * 40
TEXT = "## 全部通过\n\n这次改动 1 个文件、1 条公开事项: 没有错误和警告\n"


@dataclass
class Hub:
    """What a forge holds of proposal 7."""

    kind: str
    head: str = HEAD
    comments: list[dict[str, object]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    refuse: int = 0

    @property
    def author(self) -> dict[str, object]:
        return {"id": 41, "login": "gongkai", "type": "Bot" if self.kind == "github" else "User"}

    def answer(self, method: str, path: str, body: dict[str, str]) -> object:
        bare, _, query = path.partition("?")
        self.asked.append((method, bare))
        if self.refuse:
            return self.refuse
        mr = "/api/projects/9/merge_requests/7"
        repo = "/api/repos/o/r"
        who = "author" if self.kind == "gitlab" else "user"
        if method == "GET" and bare == "/api/user":
            return 403 if self.kind == "github" else self.author
        if method == "GET" and bare == (mr if self.kind == "gitlab" else f"{repo}/pulls/7"):
            return {"sha": self.head} if self.kind == "gitlab" else {"head": {"sha": self.head}}
        many = f"{mr}/notes" if self.kind == "gitlab" else f"{repo}/issues/7/comments"
        if bare == many and method == "POST":
            made = {"id": 1000 + len(self.comments), "body": body["body"], who: self.author}
            self.comments.append(made)
            return made
        if bare == many and method == "GET":
            if self.kind == "gitea":
                return self.comments
            page = int(re.findall(r"(?:^|&)page=(\d+)", query)[0])
            return self.comments[(page - 1) * 100 : page * 100]
        one = f"{mr}/notes/" if self.kind == "gitlab" else f"{repo}/issues/comments/"
        verb = "PUT" if self.kind == "gitlab" else "PATCH"
        for comment in self.comments:
            if method == verb and bare == f"{one}{comment['id']}":
                comment["body"] = body["body"]
                return comment
        return 404


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    left = tmp_path / "left"
    left.mkdir()
    (left / "report.md").write_text(TEXT, encoding="utf-8")
    (left / "number").write_text("7\n", encoding="utf-8")
    return left


KINDS = pytest.mark.parametrize("kind", ["github", "gitea", "gitlab"])


@KINDS
def test_the_comment_is_written_once_and_then_kept_up_to_date(kind: str, folder: Path) -> None:
    hub = Hub(kind)
    hub.comments = [
        {"id": n, "body": "别人的话", "user": {"id": n, "type": "User"}} for n in range(230)
    ]
    with serving(hub) as env:
        assert keep_comment(folder, HEAD, env) == "在 7 号提交写了评论"
        (folder / "report.md").write_text(TEXT.replace("1 个文件", "2 个文件"), encoding="utf-8")
        assert keep_comment(folder, HEAD, env) == "更新了 7 号提交的评论"
    ours = [c for c in hub.comments if str(c["body"]).startswith(MARKER)]
    assert len(hub.comments) == 231 and len(ours) == 1
    assert "2 个文件" in str(ours[0]["body"])


@KINDS
def test_another_s_comment_with_our_marker_is_left_alone(kind: str, folder: Path) -> None:
    hub = Hub(kind)
    someone = {"id": 5, "login": "x", "type": "User"}
    hub.comments = [{"id": 1, "body": f"{MARKER}\n冒充", "user": someone, "author": someone}]
    with serving(hub) as env:
        keep_comment(folder, HEAD, env)
    assert hub.comments[0]["body"] == f"{MARKER}\n冒充" and len(hub.comments) == 2


@KINDS
def test_a_number_that_the_forge_does_not_confirm_is_refused(kind: str, folder: Path) -> None:
    hub = Hub(kind, head="b" * 40)
    with serving(hub) as env, pytest.raises(ForgeRefused, match="现在不是 aaaaaaaaaaaa"):
        keep_comment(folder, HEAD, env)
    assert hub.comments == []


@KINDS
def test_a_forge_that_refuses_is_told_without_the_token(kind: str, folder: Path) -> None:
    with serving(Hub(kind, refuse=403)) as env, pytest.raises(ForgeRefused) as refused:
        keep_comment(folder, HEAD, env)
    assert "403" in str(refused.value) and "t0ken" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("number", "7/../8"),
        ("number", "٧"),
        ("number", "7\n8"),
        ("report.md", "没有标题"),
        ("report.md", "## 长\n" + "长" * 65_000),
        ("report.md", "## 好\n<img src=x>"),
        ("report.md", "## 好\n![图](https://evil.example/a.png)"),
        ("report.md", "## 好\n@leader 看"),
        ("report.md", "## 好\n<!-- 藏 -->"),
    ],
)
def test_a_folder_that_is_not_ours_is_refused(name: str, text: str, folder: Path) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    hub = Hub("github")
    with serving(hub) as env, pytest.raises(ForgeRefused):
        keep_comment(folder, HEAD, env)
    assert hub.asked == []


@pytest.mark.parametrize("left", [True, False])
@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_the_second_workflow_writes_what_the_first_one_left(
    whose: str, left: bool, folder: Path, tmp_path: Path
) -> None:
    """`gh` is played: it hands over the artifact of the run it is asked for."""
    repo = Repo(tmp_path / "root")
    if whose == "theirs":
        init(repo.root, "县", "github", today=date(2026, 11, 24), version="1.2.3")
        workflow = repo.root / ".github/workflows/comment.yml"
    else:
        workflow = HERE / ".github/workflows/comment.yml"
    sha = repo.commit("2026-10-20T09:00:00+08:00", {"requirements.lock": ""})
    gh = tools(tmp_path / "base/bin") / "gh"
    gh.write_text(
        f"""#!/bin/sh
[ "$*" = "run download 12 --repo o/r --name report --dir $RUNNER_TEMP/report" ] || exit 9
[ {int(left)} = 1 ] && cp -r {folder} "$RUNNER_TEMP/report"
""",
        encoding="utf-8",
    )
    gh.chmod(0o755)
    hub = Hub("github")
    with serving(hub) as env:
        event = "github.event.workflow_run"
        forge = Forge(
            repo.top,
            tmp_path / "base",
            tmp_path / "pages",
            {"sha": sha, f"{event}.event": "pull_request", f"{event}.id": "12",
             f"{event}.head_sha": HEAD},
            env={"GITHUB_API_URL": env["GITHUB_API_URL"]},
        )  # fmt: skip
        assert forge.run(workflow), "\n".join(forge.log)
    assert len(hub.comments) == int(left), "\n".join(forge.log)


def test_a_link_in_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "report.md").rename(folder / "elsewhere")
    (folder / "report.md").symlink_to(folder / "elsewhere")
    with serving(Hub("github")) as env, pytest.raises(ForgeRefused):
        keep_comment(folder, HEAD, env)


def test_what_the_check_leaves_is_what_the_comment_takes(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "root")
    root = Root(repo.root)
    repo.commit("2026-10-20T09:00:00+08:00", {})
    root.item(
        "evil",
        "title: '一件<img src=x>@leader ![a](b) `<b>` </details>'\ncategory: 没有/这项\nperiod: 长期",
    )
    root.replace("content/chengguan/items/2026/reception-q3.md", "1.2", "1.3<!-- @x -->")
    left = tmp_path / "report"
    done = run(
        "ci", "check", "--root", str(repo.root), "--base", "HEAD", "--report", str(left),
        "--number", "7",
    )  # fmt: skip
    assert done.returncode == 1
    hub = Hub("github")
    with serving(hub) as env:
        said = run("ci", "comment", str(left), "--head", HEAD, cwd=None, **env)
        assert (said.returncode, said.stdout) == (0, "在 7 号提交写了评论\n"), said.stderr
        wrong = run("ci", "comment", str(left), "--head", "main", cwd=None, **env)
        assert wrong.returncode == 1 and "没有写评论" in wrong.stderr
    assert str(hub.comments[0]["body"]).startswith(f"{MARKER}\n## 不能合并")
