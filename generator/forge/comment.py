"""One comment on a proposal, kept up to date through the forge's API.

The folder that the checking job left is untrusted: a proposal may change that job. Its number is
believed only where the forge says that the proposal's head is the commit that was checked.
"""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MARKER = "<!-- gongkai -->"
"""First line of our comment, by which it is found again."""
REPORT, NUMBER = "report.md", "number"
"""The two files of the folder."""
_LONGEST = 65_000
"""Characters of a comment."""
_ANSWER = 8_000_000
"""Bytes of an answer that are read."""
_PAGES = 20
"""Pages of 100 comments that are looked through."""
_TIMEOUT = 30.0
"""Seconds for one question."""
_NUMBER = re.compile(r"[1-9][0-9]{0,9}\n?")
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_HIDDEN = re.compile(
    r"(?<!\\)<(?!/?(?:details|summary|ins|del)>)[A-Za-z/!?]|(?<!\\)!\[|@[A-Za-z0-9]"
)
"""Markup, pictures and mentions that no report of ours holds outside code: the folder may be anyone's."""
_CODE = re.compile(r"^(`{3,}).*?^\1$|(`+)[^\n]*?\2", re.MULTILINE | re.DOTALL)

Json = Mapping[str, object]


class CommentRefused(Exception):
    """The folder or the forge's answer cannot be used; says so in Chinese."""


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
    headers: Mapping[str, str]


def forge_of(env: Mapping[str, str]) -> Forge:
    """The forge that runs the job, from its variables and `GONGKAI_TOKEN`.

    Raises CommentRefused.
    """
    token = env.get("GONGKAI_TOKEN")
    if not token:
        raise CommentRefused("没有 `GONGKAI_TOKEN`，不能写评论")
    if env.get("GITLAB_CI"):
        api, project = env.get("CI_API_V4_URL"), env.get("CI_PROJECT_ID")
        if not api or not project:
            raise CommentRefused("缺 `CI_API_V4_URL` 或 `CI_PROJECT_ID`")
        proposals = f"{api}/projects/{project}/merge_requests"
        return Forge(
            proposals, f"{proposals}/%s/notes", ("PUT", f"{proposals}/%s/notes"), f"{api}/user",
            {"PRIVATE-TOKEN": token},
        )  # fmt: skip
    api, name = env.get("GITHUB_API_URL"), env.get("GITHUB_REPOSITORY")
    if not api or not name:
        raise CommentRefused("缺 `GITHUB_API_URL` 或 `GITHUB_REPOSITORY`")
    gitea = bool(env.get("GITEA_ACTIONS") or env.get("FORGEJO_ACTIONS"))
    issues = f"{api}/repos/{name}/issues"
    return Forge(
        f"{api}/repos/{name}/pulls",
        f"{issues}/%s/comments",
        ("PATCH", f"{issues}/comments"),
        f"{api}/user" if gitea else None,
        {"Authorization": f"token {token}" if gitea else f"Bearer {token}"},
    )


def read_report(folder: Path) -> tuple[int, str]:
    """The proposal's number and the comment's text, held against what a report of ours can be.

    Raises CommentRefused.
    """
    number = _read(folder / NUMBER, 20)
    if _NUMBER.fullmatch(number) is None:
        raise CommentRefused("留下的编号不是编号")
    text = _read(folder / REPORT, 4 * _LONGEST)
    if len(text) > _LONGEST or not text.startswith("## "):
        raise CommentRefused("留下的报告太长，或者不是报告")
    if _HIDDEN.search(_CODE.sub("", text)):
        raise CommentRefused("留下的报告里有不该有的标记")
    return int(number), f"{MARKER}\n{text}"


def _read(path: Path, most: int) -> str:
    if path.is_symlink() or not path.is_file():
        raise CommentRefused(f"没有留下 `{path.name}`")
    with path.open("rb") as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise CommentRefused(f"`{path.name}` 太长")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise CommentRefused(f"`{path.name}` 不是 UTF-8") from None


def keep_comment(folder: Path, head: str, env: Mapping[str, str]) -> str:
    """Write the comment or bring it up to date; gives a sentence for the log.

    `head` is the commit that the first job checked, as the forge itself says. Raises
    CommentRefused.
    """
    if _SHA.fullmatch(head) is None:
        raise CommentRefused(f"`--head` 的值不对：`{head}` 不是提交的散列")
    forge = forge_of(env)
    number, body = read_report(folder)
    proposal = _ask(forge, "GET", f"{forge.proposals}/{number}")
    if not isinstance(proposal, dict) or _head(proposal) != head:
        raise CommentRefused(f"{number} 号提交现在不是 {head[:12]}，没有写评论")
    mine = _mine(forge, number)
    if mine is None:
        _ask(forge, "POST", forge.comments % number, {"body": body})
        return f"在 {number} 号提交写了评论"
    method, address = forge.edit
    target = f"{address % number if '%s' in address else address}/{mine}"
    _ask(forge, method, target, {"body": body})
    return f"更新了 {number} 号提交的评论"


def _head(proposal: Json) -> object:
    head = proposal.get("head")
    return head.get("sha") if isinstance(head, dict) else proposal.get("sha")


def _mine(forge: Forge, number: int) -> int | None:
    """The id of our comment: by its first line, and written by the token's own account."""
    me = _ask(forge, "GET", forge.me) if forge.me else None
    seen: set[int] = set()
    for page in range(1, _PAGES + 1):
        found = _ask(forge, "GET", f"{forge.comments % number}?per_page=100&page={page}")
        comments = (
            [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
        )
        fresh = [one for one in comments if one.get("id") not in seen]
        for one in fresh:
            id_ = one.get("id")
            if isinstance(id_, int):
                seen.add(id_)
                if str(one.get("body", "")).startswith(MARKER) and _ours(one, me):
                    return id_
        # A forge that knows no pages gives the same comments again.
        if len(fresh) < 100:
            break
    return None


def _ours(comment: Json, me: object) -> bool:
    author = comment.get("user") or comment.get("author")
    if not isinstance(author, dict):
        return False
    if isinstance(me, dict):
        return author.get("id") == me.get("id")
    return author.get("type") == "Bot"


def _ask(forge: Forge, method: str, address: str, sent: Json | None = None) -> object:
    if not address.startswith(("https://", "http://")):
        raise CommentRefused("代码平台的接口地址不对")
    request = urllib.request.Request(
        address,
        method=method,
        data=None if sent is None else json.dumps(sent).encode(),
        headers={
            **forge.headers,
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": "gongkai",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
            data = answer.read(_ANSWER + 1)
    except urllib.error.HTTPError as refused:
        raise CommentRefused(f"代码平台回答 {refused.code}，没有写评论") from None
    except (OSError, ValueError):
        raise CommentRefused("连不上代码平台，没有写评论") from None
    try:
        return json.loads(data) if len(data) <= _ANSWER else None
    except ValueError:
        raise CommentRefused("代码平台的回答不是 JSON，没有写评论") from None
