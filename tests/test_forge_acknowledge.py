"""Warnings acknowledged by code owners: real repositories, and servers that answer like forges."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from generator.author.codeowners import Owned, codeowners
from generator.author.init import init
from generator.forge.api import ForgeRefused
from generator.forge.ci_acknowledge import Acknowledging, ci_acknowledge
from tests.forge_hub import PlayedHub, Pull, Said, serving
from tests.forge_runner import HERE, Forge
from tests.gitrepos import Repo
from tests.roots import DEPARTMENT, Root
from tests.test_cli import run

AT = datetime(2026, 11, 24, 17, 30, tzinfo=timezone(timedelta(hours=8)))
FRONT = "title: {}\ncategory: 机构/职能\nperiod: 长期\nformed: 2026-11-02\nsection: 市容科"
PRIVATE = "市容科承办，咨询请打 13800138000。\n"
"""L204, a mobile outside `contact`."""
HOLLOW = "市容科承办，其余待补充。\n"
"""T401."""
FILES = {"github": ".github/CODEOWNERS", "gitea": "CODEOWNERS", "gitlab": ".gitlab/CODEOWNERS"}
KINDS = pytest.mark.parametrize("kind", ["github", "gitea", "gitlab"])


class World:
    """A repository on a forge, its proposals, and the clone of the job on its branch."""

    def __init__(self, folder: Path, kind: str, root: str = "") -> None:
        self.repo = Repo(folder / "origin", root)
        self.root = Root(self.repo.root)
        self.inside = f"{root}/" if root else ""
        self.hub = PlayedHub(kind)
        self.clone = folder / "clone"
        self.owned = {"chengguan": ("li",), "caizheng": ("wang",)}
        self.root.replace("site_config.yml", "[chengguan]", "[chengguan, caizheng]")
        self.root.write("content/caizheng/department.yml", DEPARTMENT.replace("城市管理", "财政"))
        self.landed()

    def landed(self) -> None:
        """Owners and all else on `main`."""
        owned = [Owned(f"{self.inside}content/{f}/", a, f) for f, a in self.owned.items()]
        target = self.repo.top / FILES[self.hub.kind]
        target.parent.mkdir(exist_ok=True)
        target.write_text(codeowners(self.hub.kind, owned), encoding="utf-8")
        self.repo.commit("2026-10-20T09:00:00+08:00", {})

    def propose(self, items: dict[str, str], number: int = 7) -> Pull:
        """`{"chengguan/a": body}` as a proposal."""
        self.repo.git("checkout", "-q", "-B", f"proposal-{number}", "main")
        for name, body in items.items():
            department, _, slug = name.partition("/")
            front = FRONT.format(f"第{number}件{slug}的情况说明")
            text = f"---\n{front}\n---\n{body}"
            self.root.write(f"content/{department}/items/2026/{slug}.md", text)
        return self.pull(number)

    def pull(self, number: int = 7) -> Pull:
        """What stands in the working tree, as a proposal's newest commit."""
        head = self.repo.commit("2026-11-24T09:00:00+08:00", {})
        for name in (f"refs/pull/{number}/head", f"refs/merge-requests/{number}/head"):
            self.repo.git("update-ref", name, head)
        self.repo.git("checkout", "-q", "main")
        self.hub.pulls = [one for one in self.hub.pulls if one.number != number]
        self.hub.pulls.append(Pull(number, head))
        return self.hub.pulls[-1]

    @contextmanager
    def job(self) -> Iterator[dict[str, str]]:
        if not self.clone.exists():
            self.repo.git("clone", "-q", "--no-local", str(self.repo.top), str(self.clone))
        with serving(self.hub) as env:
            yield {"PATH": os.environ["PATH"], "HOME": str(self.clone.parent), **env}

    def said(self, *opinions: Said, head: str | None = None) -> tuple[str, str]:
        """State and sentence after one run of the job."""
        self.hub.pulls[-1].said = list(opinions)
        assert self.ran(head)[0] == 0
        return self.hub.told[-1]

    def ran(self, head: str | None = None, comment: bool = False) -> tuple[int, str]:
        said: list[str] = []
        with self.job() as env:
            root = self.clone / self.inside
            code = ci_acknowledge(Acknowledging(root, env, None, AT, comment, said.append), head)
        return code, "".join(said)


@KINDS
def test_a_proposal_without_warnings_needs_nobody(kind: str, tmp_path: Path) -> None:
    world = World(tmp_path, kind)
    world.propose({"chengguan/a": "市容科承办。\n"})
    assert world.said() == ("success", "没有要确认的警告")
    assert not [one for one in world.hub.asked if "reviews" in one or "approvals" in one]


@KINDS
def test_an_owner_s_approval_of_the_newest_commit_is_enough(kind: str, tmp_path: Path) -> None:
    world = World(tmp_path, kind)
    pull = world.propose({"chengguan/a": HOLLOW})
    assert world.said() == ("pending", "要 @li 批准最新一版")
    assert world.said(Said("li")) == ("success", "1 个警告由 @li 确认")
    assert world.hub.statuses[-1]["sha"] == pull.head
    assert world.said(Said("LI"))[0] == "success", "names are the same in either case"


@KINDS
@pytest.mark.parametrize(
    ("opinion", "why"),
    [
        (Said("clerk"), "提交人自己的批准不算"),
        (Said("wang"), "@wang 不是这些文件的代码所有者"),
        (Said("li", commit="b" * 40), "@li 批准的是旧版"),
    ],
)
def test_what_does_not_count_is_told(kind: str, opinion: Said, why: str, tmp_path: Path) -> None:
    world = World(tmp_path, kind)
    world.propose({"chengguan/a": HOLLOW})
    assert world.said(opinion) == ("pending", f"要 @li 批准最新一版；{why}")


@pytest.mark.parametrize("kind", ["github", "gitea"])
def test_an_approval_taken_back_does_not_count(kind: str, tmp_path: Path) -> None:
    world = World(tmp_path, kind)
    world.propose({"chengguan/a": HOLLOW})
    lacking = ("pending", "要 @li 批准最新一版；@li 现在没有批准")
    assert world.said(Said("li", "dismissed")) == lacking
    assert world.said(Said("li"), Said("li", "refuse")) == lacking
    assert world.said(Said("li"), Said("li", "comment"))[0] == "success"
    assert world.said(Said("li", "refuse"), Said("li"))[0] == "success"


def test_on_gitlab_an_approval_taken_back_is_gone_and_later_words_count(tmp_path: Path) -> None:
    world = World(tmp_path, "gitlab")
    world.propose({"chengguan/a": PRIVATE})
    assert world.said(Said("li", "dismissed")) == (
        "pending",
        "要 @li 批准最新一版，在审核意见里写「确认 L204」",
    )
    early = Said("li", "comment", "确认 L204", commit="b" * 40)
    assert world.said(early, Said("li"))[0] == "pending", "written before the push"
    assert world.said(Said("li"), Said("li", "comment", "确认 L204"))[0] == "success"
    before = len(world.hub.statuses)
    assert world.said(Said("li"), Said("li", "comment", "确认 L204"))[0] == "success"
    assert len(world.hub.statuses) == before, "the same answer is not sent twice"


@KINDS
def test_private_findings_are_named_by_code(kind: str, tmp_path: Path) -> None:
    world = World(tmp_path, kind)
    world.propose({"chengguan/a": PRIVATE + HOLLOW})
    want = "@li 批准了，还要在审核意见里写「确认 L204」"
    assert world.said() == ("pending", "要 @li 批准最新一版，在审核意见里写「确认 L204」")
    assert world.said(Said("li", text="看过，属实")) == ("pending", want)
    assert world.said(Said("li", text="不确认 L204")) == ("pending", want)
    assert world.said(Said("li", text="> 确认 L204\n\n看到了")) == ("pending", want)
    wrong = world.said(Said("li", text="确认 L207"))
    assert wrong == ("pending", f"{want}；@li 写的 L207 不在这次的警告里")
    stranger = world.said(Said("li"), Said("wang", text="确认 L204"))
    assert stranger == ("pending", f"{want}；@wang 不是这些文件的代码所有者")
    assert world.said(Said("li", text="属实。确认 L204")) == ("success", "2 个警告由 @li 确认")
    assert "13800138000" not in str(world.hub.told)


@KINDS
def test_two_departments_have_two_owners(kind: str, tmp_path: Path) -> None:
    world = World(tmp_path, kind)
    world.propose({"chengguan/a": PRIVATE, "caizheng/b": PRIVATE})
    words = "，在审核意见里写「确认 L204」"
    assert world.said() == (
        "pending",
        f"要 @wang 批准最新一版{words}；要 @li 批准最新一版{words}",
    )
    one = world.said(Said("li", text="确认 L204"))
    assert one == ("pending", f"要 @wang 批准最新一版{words}")
    both = world.said(Said("li", text="确认 L204"), Said("wang", text="已确认 L204"))
    assert both == ("success", "2 个警告由 @wang、@li 确认")


@KINDS
def test_every_page_of_reviews_is_read(kind: str, tmp_path: Path) -> None:
    world = World(tmp_path, kind)
    world.hub.page = 30 if kind == "gitea" else 100
    world.propose({"chengguan/a": PRIVATE})
    many = [Said(f"someone{n}", "comment", "看看") for n in range(150)]
    last = [Said("li", text="确认 L204")]
    assert world.said(*many, *last)[0] == "success"


@KINDS
def test_a_team_counts_where_the_forge_says_who_is_in_it(kind: str, tmp_path: Path) -> None:
    world = World(tmp_path, kind)
    world.owned = {"chengguan": ("gov/reviewers",)}
    world.root.replace(
        "content/chengguan/department.yml",
        "sections:",
        f"reviewer: {{post: 办公室, accounts: {{{kind}: [zhao]}}}}\nsections:",
    )
    world.landed()
    world.hub.teams = {"gov/reviewers": {"li"}}
    world.propose({"chengguan/a": HOLLOW})
    assert world.said(Said("li")) == ("success", "1 个警告由 @li 确认")
    stranger = world.said(Said("wang"))
    assert stranger == (
        "pending",
        "要 @gov/reviewers 批准最新一版；@wang 不是这些文件的代码所有者",
    )
    assert world.said(Said("zhao"))[0] == "pending", "the team is asked first"
    world.hub.teams = {}
    assert world.said(Said("li")) == (
        "pending",
        "要 @gov/reviewers 批准最新一版；平台不说 @gov/reviewers 有谁，"
        "在 department.yml 的 `reviewer.accounts` 里写上个人账号",
    )
    assert world.said(Said("zhao")) == ("success", "1 个警告由 @zhao 确认")


def test_the_owners_of_the_branch_decide_not_those_of_the_proposal(tmp_path: Path) -> None:
    world = World(tmp_path, "github")
    world.propose({"chengguan/a": HOLLOW})
    world.repo.git("checkout", "-q", "proposal-7")
    evil = {".github/CODEOWNERS": "* @friend\n", ".github/workflows/check.yml": "name: 检查\n"}
    world.repo.write(evil)
    world.pull()
    assert world.said(Said("friend")) == (
        "pending",
        "要 @li 批准最新一版；@friend 不是这些文件的代码所有者",
    )


def test_a_file_that_nobody_owns_is_named(tmp_path: Path) -> None:
    world = World(tmp_path, "github")
    world.owned = {"caizheng": ("wang",)}
    world.landed()
    world.propose({"chengguan/a": HOLLOW})
    path = "content/chengguan/items/2026/a.md"
    assert world.said(Said("li"))[1].startswith(f"`{path}` 没有代码所有者，在 CODEOWNERS 里写上")
    world.owned = {"chengguan": ("clerk",)}
    world.landed()
    world.propose({"chengguan/a": HOLLOW})
    assert world.said()[1] == "代码所有者只有提交人 @clerk，在 CODEOWNERS 里再写一位"


@KINDS
def test_a_site_below_the_repository_s_top_has_its_owners_too(kind: str, tmp_path: Path) -> None:
    world = World(tmp_path, kind, "county")
    world.propose({"chengguan/a": HOLLOW})
    assert world.said()[1] == "要 @li 批准最新一版"
    assert world.said(Said("li"))[0] == "success"


def test_a_new_push_asks_anew(tmp_path: Path) -> None:
    world = World(tmp_path, "github")
    old = world.propose({"chengguan/a": HOLLOW}).head
    assert world.said(Said("li"))[0] == "success"
    world.propose({"chengguan/a": HOLLOW + "又加一句，市容科承办。\n"})
    assert world.said(Said("li", commit=old)) == (
        "pending",
        "要 @li 批准最新一版；@li 批准的是旧版",
    )


def test_a_proposal_in_conflict_waits(tmp_path: Path) -> None:
    world = World(tmp_path, "github")
    world.propose({"chengguan/a": HOLLOW})
    world.root.item("a", FRONT.format("另一件说明"), "别的内容。\n")
    world.repo.commit("2026-11-24T10:00:00+08:00", {})
    assert world.said(Said("li")) == ("pending", "和 main 有冲突，先合并 main，再提交")


def test_only_the_commit_and_the_branch_that_are_asked_about(tmp_path: Path) -> None:
    world = World(tmp_path, "github")
    first = world.propose({"chengguan/a": HOLLOW}, 7)
    world.propose({"chengguan/b": HOLLOW}, 8)
    assert world.ran("c" * 40) == (0, "没有要看的提交\n")
    assert world.ran(first.head) == (0, "7 号提交: 要 @li 批准最新一版\n")
    assert [one["sha"] for one in world.hub.statuses] == [first.head]
    world.hub.pulls[-1].base = "release"
    code, said = world.ran()
    assert code == 0 and "8 号提交" not in said
    # The same commit proposed again, by an owner: the one that lacks something decides.
    world.hub.pulls = [first, Pull(9, first.head, said=[Said("li")])]
    world.repo.git("update-ref", "refs/pull/9/head", first.head)
    assert world.ran() == (0, "7、9 号提交: 要 @li 批准最新一版\n")
    assert {state for state, _ in world.hub.told} == {"pending"}


def test_another_commit_than_the_forge_names_is_not_judged(tmp_path: Path) -> None:
    world = World(tmp_path, "github")
    world.propose({"chengguan/a": HOLLOW}).head = "c" * 40
    code, said = world.ran()
    assert code == 1 and "不是 cccccccccccc，等下一次再看" in said
    assert world.hub.statuses == []


def test_no_link_of_a_proposal_is_followed(tmp_path: Path) -> None:
    world = World(tmp_path, "github")
    world.propose({"chengguan/a": "市容科承办。\n"})
    world.repo.git("checkout", "-q", "proposal-7")
    secret = tmp_path / "secret.md"
    secret.write_text(f"---\n{FRONT.format('一件秘密')}\n---\n{PRIVATE}", encoding="utf-8")
    (world.repo.root / "content/chengguan/items/2026/link.md").symlink_to(secret)
    world.pull()
    assert world.said() == ("success", "没有要确认的警告"), "the other check refuses the link"


def test_no_filter_of_a_proposal_is_called(tmp_path: Path) -> None:
    world = World(tmp_path, "github")
    world.propose({"chengguan/a": HOLLOW})
    world.repo.git("checkout", "-q", "proposal-7")
    world.repo.write({".gitattributes": "*.md filter=lfs\n"})
    world.pull()
    called = tmp_path / "called"
    with world.job():
        smudge = f'[filter "lfs"]\n\tsmudge = env > {called}; cat\n\trequired = true\n'
        (tmp_path / ".gitconfig").write_text(smudge, encoding="utf-8")
    assert world.said()[1] == "要 @li 批准最新一版"
    assert not called.exists()


@KINDS
@pytest.mark.parametrize("code", [403, 500])
def test_a_forge_that_refuses_is_told_in_one_line(kind: str, code: int, tmp_path: Path) -> None:
    world = World(tmp_path, kind)
    world.propose({"chengguan/a": HOLLOW})
    world.hub.refuse = {"approvals" if kind == "gitlab" else "reviews": code}
    assert world.ran() == (1, f"7 号提交没有写好警告确认: 代码平台回答 {code}\n")
    assert world.hub.statuses == []
    world.hub.refuse = {"merge_requests" if kind == "gitlab" else "pulls": code}
    with world.job() as env:
        done = run("ci", "acknowledge", "--all", "--root", str(world.clone), cwd=None, **env)
    assert (done.returncode, done.stderr) == (1, f"没有写警告确认: 代码平台回答 {code}\n")


def test_the_token_follows_no_redirection(tmp_path: Path) -> None:
    world = World(tmp_path, "github")
    world.hub.refuse = {"pulls": 302}
    with pytest.raises(ForgeRefused, match="代码平台回答 302"):
        world.ran()


@pytest.mark.parametrize("kind", ["gitea", "gitlab"])
def test_where_one_job_does_all_the_comment_shows_the_state(kind: str, tmp_path: Path) -> None:
    world = World(tmp_path, kind)
    pull = world.propose({"chengguan/a": PRIVATE + HOLLOW})
    assert world.ran(comment=True)[0] == 0
    body = str(world.hub.comments[0]["body"])
    assert body.startswith("<!-- gongkai -->\n## 可以合并，2 个警告要先由审核人确认\n")
    assert "警告确认：要 @li 批准最新一版，在审核意见里写「确认 L204」" in body.replace(
        "\u200b", ""
    )
    assert "代码所有者批准最新一版，就是确认这 1 个警告：T401" in body
    assert "批准时在审核意见里写「确认 L204」" in body and "13800138000" not in body
    assert pull.head[:7] in body, "links lead to the commit that was checked"
    assert world.ran(comment=True)[0] == 0
    assert len(world.hub.comments) == 1


def test_the_command_wants_a_commit_or_all(tmp_path: Path) -> None:
    done = run("ci", "acknowledge", "--root", str(tmp_path), cwd=None)
    assert done.returncode == 2 and "`--head` 和 `--all` 写一个" in done.stderr


def played(world: World, tmp_path: Path, event: dict[str, str], env: dict[str, str]) -> Forge:
    world.repo.write({"requirements.lock": ""})
    sha = world.repo.commit("2026-11-24T10:00:00+08:00", {})
    clock = {"GONGKAI_NOW": AT.isoformat()}
    own = {"PATH", "HOME", "GONGKAI_TOKEN"}
    kept = {key: value for key, value in env.items() if key not in own}
    values = {"sha": sha, **event}
    return Forge(world.repo.top, tmp_path / "base", tmp_path / "p", values, env={**kept, **clock})


@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_the_trusted_workflow_sets_the_status(whose: str, tmp_path: Path) -> None:
    world = World(tmp_path, "github")
    pull = world.propose({"chengguan/a": PRIVATE})
    other = world.propose({"chengguan/b": HOLLOW}, 8)
    other.said = [Said("li")]
    workflow = HERE / ".github/workflows/acknowledge.yml"
    if whose == "theirs":
        init(tmp_path / "new", "县", "github", today=date(2026, 11, 24), version="1.2.3")
        workflow = tmp_path / "new/.github/workflows/acknowledge.yml"
    run_ = {"github.event_name": "workflow_run", "github.event.workflow_run.head_sha": pull.head}
    with world.job() as env:
        forge = played(world, tmp_path, run_, env)
        assert forge.run(workflow), "\n".join(forge.log)
        assert world.hub.told == [("pending", "要 @li 批准最新一版，在审核意见里写「确认 L204」")]
        forge = played(world, tmp_path, {"github.event_name": "schedule"}, env)
        assert forge.run(workflow), "\n".join(forge.log)
    assert world.hub.told[2:] == [("success", "1 个警告由 @li 确认")]


def test_gitea_s_clock_sets_the_status_and_writes_the_comment(tmp_path: Path) -> None:
    world = World(tmp_path, "gitea")
    world.propose({"chengguan/a": HOLLOW}).said = [Said("li")]
    init(tmp_path / "new", "县", "gitea", today=date(2026, 11, 24), version="1.2.3")
    (tmp_path / "o").mkdir()
    (tmp_path / "o/r").symlink_to(world.repo.top)
    with world.job() as env:
        forge = played(world, tmp_path, {}, {**env, "GITHUB_SERVER_URL": str(tmp_path)})
        workflow = tmp_path / "new/.gitea/workflows/acknowledge.yml"
        assert forge.run(workflow), "\n".join(forge.log)
    assert world.hub.told == [("success", "1 个警告由 @li 确认")]
    assert "警告确认：1 个警告由 @\u200bli 确认" in str(world.hub.comments[0]["body"])
