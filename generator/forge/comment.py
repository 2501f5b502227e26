"""One comment on a proposal, kept up to date through the forge's API.

The folder that the checking job left is untrusted: a proposal may change that job. Its number is
believed only where the forge says that the proposal's head is the commit that was checked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.forge.api import Api, ForgeRefused, Json

MARKER = "<!-- gongkai -->"
"""First line of our comment, by which it is found again."""
REPORT, NUMBER = "report.md", "number"
"""The two files of the folder."""
_LONGEST = 65_000
"""Characters of a comment."""
_NUMBER = re.compile(r"[1-9][0-9]{0,9}\n?")
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_HIDDEN = re.compile(
    r"(?<!\\)<(?!/?(?:details|summary|ins|del)>)[A-Za-z/!?]|(?<!\\)!\[|@[A-Za-z0-9]"
)
"""Markup, pictures and mentions that no report of ours holds outside code: the folder may be anyone's."""
_CODE = re.compile(r"^(`{3,}).*?^\1$|(`+)[^\n]*?\2", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Forge:
    """Where and how comments of one repository are kept."""

    proposals: str
    """Address of the proposals: a number follows."""
    comments: str
    """Between a proposal's address and its comments; for GitHub's kind another address."""
    edit: tuple[str, str]
    """Method, and the address of one comment up to its id."""
    me: str | None
    """Address that says who the token is; None where comments of bots are ours."""
    api: Api


def forge_of(env: Mapping[str, str]) -> Forge:
    """The forge that runs the job, from its variables and `GONGKAI_TOKEN`.

    Raises ForgeRefused.
    """
    token = env.get("GONGKAI_TOKEN")
    if not token:
        raise ForgeRefused("没有 `GONGKAI_TOKEN`")
    if env.get("GITLAB_CI"):
        api, project = env.get("CI_API_V4_URL"), env.get("CI_PROJECT_ID")
        if not api or not project:
            raise ForgeRefused("缺 `CI_API_V4_URL` 或 `CI_PROJECT_ID`")
        proposals = f"{api}/projects/{project}/merge_requests"
        return Forge(
            proposals, f"{proposals}/%s/notes", ("PUT", f"{proposals}/%s/notes"), f"{api}/user",
            Api({"PRIVATE-TOKEN": token}),
        )  # fmt: skip
    api, name = env.get("GITHUB_API_URL"), env.get("GITHUB_REPOSITORY")
    if not api or not name:
        raise ForgeRefused("缺 `GITHUB_API_URL` 或 `GITHUB_REPOSITORY`")
    gitea = bool(env.get("GITEA_ACTIONS") or env.get("FORGEJO_ACTIONS"))
    issues = f"{api}/repos/{name}/issues"
    return Forge(
        f"{api}/repos/{name}/pulls",
        f"{issues}/%s/comments",
        ("PATCH", f"{issues}/comments"),
        f"{api}/user" if gitea else None,
        Api({"Authorization": f"token {token}" if gitea else f"Bearer {token}"}),
    )


def read_report(folder: Path) -> tuple[int, str]:
    """The proposal's number and the comment's text, held against what a report of ours can be.

    Raises ForgeRefused.
    """
    number = _read(folder / NUMBER, 20)
    if _NUMBER.fullmatch(number) is None:
        raise ForgeRefused("留下的编号不是编号")
    text = _read(folder / REPORT, 4 * _LONGEST)
    if len(text) > _LONGEST or not text.startswith("## "):
        raise ForgeRefused("留下的报告太长，或者不是报告")
    if _HIDDEN.search(_CODE.sub("", text)):
        raise ForgeRefused("留下的报告里有不该有的标记")
    return int(number), f"{MARKER}\n{text}"


def _read(path: Path, most: int) -> str:
    if path.is_symlink() or not path.is_file():
        raise ForgeRefused(f"没有留下 `{path.name}`")
    with path.open("rb") as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise ForgeRefused(f"`{path.name}` 太长")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise ForgeRefused(f"`{path.name}` 不是 UTF-8") from None


def keep_comment(folder: Path, head: str, env: Mapping[str, str]) -> str:
    """Write the comment or bring it up to date; gives a sentence for the log.

    `head` is the commit that the first job checked, as the forge itself says. Raises
    ForgeRefused.
    """
    if _SHA.fullmatch(head) is None:
        raise ForgeRefused(f"`--head` 的值不对：`{head}` 不是提交的散列")
    forge = forge_of(env)
    number, body = read_report(folder)
    proposal = forge.api.ask("GET", f"{forge.proposals}/{number}")
    if not isinstance(proposal, dict) or _head(proposal) != head:
        raise ForgeRefused(f"{number} 号提交现在不是 {head[:12]}")
    return put_comment(forge, number, body)


def put_comment(forge: Forge, number: int, body: str) -> str:
    """Write or renew our comment, whose text begins with the marker. Raises ForgeRefused."""
    mine = _mine(forge, number)
    if mine is None:
        forge.api.ask("POST", forge.comments % number, {"body": body})
        return f"在 {number} 号提交写了评论"
    id_, said = mine
    if said.strip() == body.strip():
        return f"{number} 号提交的评论没有变"
    method, address = forge.edit
    target = f"{address % number if '%s' in address else address}/{id_}"
    forge.api.ask(method, target, {"body": body})
    return f"更新了 {number} 号提交的评论"


def _head(proposal: Json) -> object:
    head = proposal.get("head")
    return head.get("sha") if isinstance(head, dict) else proposal.get("sha")


def _mine(forge: Forge, number: int) -> tuple[int, str] | None:
    """Id and text of our comment: by its first line, and written by the token's own account."""
    me = forge.api.ask("GET", forge.me) if forge.me else None
    for one in forge.api.pages(forge.comments % number):
        id_, text = one.get("id"), str(one.get("body", ""))
        if isinstance(id_, int) and text.startswith(MARKER) and _ours(one, me):
            return id_, text
    return None


def _ours(comment: Json, me: object) -> bool:
    author = comment.get("user") or comment.get("author")
    if not isinstance(author, dict):
        return False
    if isinstance(me, dict):
        return author.get("id") == me.get("id")
    return author.get("type") == "Bot"
