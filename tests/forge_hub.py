"""A forge's API for tests: reviews, approvals, teams and statuses as the three documents say."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

CONTEXT = "公开检查/警告确认"
PUSHED = "2026-11-24T09:00:00.000Z"
BEFORE, AFTER = "2026-11-24T08:59:59.000Z", "2026-11-24T17:00:01.000+08:00"


@dataclass
class Said:
    """What one person did, in words that all three forges share."""

    who: str
    did: str = "approve"
    """`approve`, `refuse`, `comment` or `dismissed` (approved, and then taken back)."""
    text: str = ""
    commit: str | None = None
    """Another commit than the newest."""


@dataclass
class Pull:
    number: int
    head: str
    author: str = "clerk"
    base: str = "main"
    said: list[Said] = field(default_factory=list)


@dataclass
class PlayedHub:
    """One repository `o/r`, project 9."""

    kind: str
    pulls: list[Pull] = field(default_factory=list)
    teams: dict[str, set[str]] = field(default_factory=dict)
    """Teams that the token may see."""
    refuse: dict[str, int] = field(default_factory=dict)
    """Part of a path → the number with which it is refused."""
    page: int = 100
    """Most that a page holds, whatever is asked."""
    statuses: list[dict[str, object]] = field(default_factory=list)
    comments: list[dict[str, object]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def user(self, login: str) -> dict[str, object]:
        if login not in self.names:
            self.names.append(login)
        who = {"id": 500 + self.names.index(login), "type": "User", "state": "active"}
        return {**who, "username" if self.kind == "gitlab" else "login": login}

    @property
    def told(self) -> list[tuple[str, str]]:
        """State and sentence of each status set."""
        key = "name" if self.kind == "gitlab" else "context"
        assert all(one[key] == CONTEXT for one in self.statuses)
        said = [(str(one["state"]), str(one["description"])) for one in self.statuses]
        return [("pending" if state == "failed" else state, text) for state, text in said]

    def answer(self, method: str, target: str, body: dict[str, object]) -> object:
        path, query = urlsplit(target).path, parse_qs(urlsplit(target).query)
        self.asked.append(f"{method} {path}")
        for part, code in self.refuse.items():
            if part in path:
                return code
        answer = getattr(self, f"_{self.kind}")(method, path, body)
        if isinstance(answer, list):
            size = min(self.page, int(query.get("per_page", ["20"])[0]))
            page = int(query.get("page", ["1"])[0])
            return answer[(page - 1) * size : page * size]
        return answer

    def _pull(self, number: str) -> Pull | None:
        return next((one for one in self.pulls if one.number == int(number)), None)

    def _github(self, method: str, path: str, body: dict[str, object]) -> object:
        if path == "/api/repos/o/r/pulls":
            return [
                {"id": 9000 + one.number, "number": one.number, "user": self.user(one.author),
                 "head": {"sha": one.head}, "base": {"ref": one.base}}
                for one in self.pulls
            ]  # fmt: skip
        if (found := re.fullmatch(r"/api/repos/o/r/pulls/(\d+)/reviews", path)) is not None:
            pull = self._pull(found[1])
            return (
                []
                if pull is None
                else [self._review(n, one, pull) for n, one in enumerate(pull.said)]
            )
        if (
            found := re.fullmatch(r"/api/repos/o/r/statuses/([0-9a-f]{40})", path)
        ) and method == "POST":
            assert len(str(body["description"])) <= 140
            self.statuses.append({**body, "sha": found[1]})
            return {"id": len(self.statuses)}
        if found := re.fullmatch(r"/api/orgs/([^/]+)/teams/([^/]+)(?:/memberships/(.+))?", path):
            members = self.teams.get(f"{found[1]}/{found[2]}")
            if members is None or (found[3] and found[3] not in members):
                return 404
            return {"state": "active"}
        return 404

    def _review(self, n: int, one: Said, pull: Pull) -> dict[str, object]:
        github = {"approve": "APPROVED", "refuse": "CHANGES_REQUESTED", "comment": "COMMENTED",
                  "dismissed": "DISMISSED"}  # fmt: skip
        gitea = {"approve": "APPROVED", "refuse": "REQUEST_CHANGES", "comment": "COMMENT",
                 "dismissed": "APPROVED"}  # fmt: skip
        review = {
            "id": 100 + n,
            "user": self.user(one.who),
            "body": one.text,
            "commit_id": one.commit or pull.head,
            "state": (github if self.kind == "github" else gitea)[one.did],
        }
        if self.kind == "gitea":
            review |= {"dismissed": one.did == "dismissed", "stale": False, "official": True}
        return review

    def _gitea(self, method: str, path: str, body: dict[str, object]) -> object:
        if path.startswith("/api/orgs/") and path.endswith("/teams/search"):
            organisation = path.split("/")[3]
            teams = sorted(self.teams)
            return {
                "ok": True,
                "data": [
                    {"id": teams.index(name), "name": name.partition("/")[2]}
                    for name in teams
                    if name.startswith(f"{organisation}/")
                ],
            } if teams else 403  # fmt: skip
        if (found := re.fullmatch(r"/api/teams/(\d+)/members/(.+)", path)) is not None:
            members = self.teams[sorted(self.teams)[int(found[1])]]
            return self.user(found[2]) if found[2] in members else 404
        if path == "/api/user":
            return self.user("bot")
        if path.endswith("/comments"):
            return self._comment(method, body, "user")
        if path.startswith("/api/repos/o/r/issues/comments/") and method == "PATCH":
            self.comments[0]["body"] = body["body"]
            return self.comments[0]
        return self._github(method, path, body)

    def _comment(self, method: str, body: dict[str, object], who: str) -> object:
        if method == "GET":
            return self.comments
        self.comments.append({"id": 1, "body": body["body"], who: self.user("bot")})
        return self.comments[-1]

    def _gitlab(self, method: str, path: str, body: dict[str, object]) -> object:
        project = "/api/projects/9"
        if path == f"{project}/merge_requests":
            return [
                {"id": 9000 + one.number, "iid": one.number, "author": self.user(one.author),
                 "sha": one.head, "target_branch": one.base}
                for one in self.pulls
            ]  # fmt: skip
        if (found := re.fullmatch(rf"{project}/merge_requests/(\d+)(?:/(\w+))?", path)) is not None:
            pull = self._pull(found[1])
            return 404 if pull is None else self._request(method, pull, found[2], body)
        if (
            found := re.fullmatch(rf"{project}/repository/commits/(\w+)/statuses", path)
        ) is not None:
            ours = [one for one in self.statuses if one["sha"] == found[1]][-1:]
            return [{**one, "id": 1, "status": one["state"]} for one in ours]
        if (found := re.fullmatch(rf"{project}/statuses/([0-9a-f]{{40}})", path)) is not None:
            assert body["pipeline_id"] == 77
            self.statuses.append({**body, "sha": found[1]})
            return {"id": len(self.statuses)}
        if path == "/api/user":
            return self.user("bot")
        if (found := re.fullmatch(r"/api/groups/([^/]+)(?:/members/all/(\d+))?", path)) is not None:
            members = self.teams.get(unquote(found[1]))
            if members is None:
                return 404
            if found[2] and found[2] not in {str(self.user(one)["id"]) for one in members}:
                return 404
            return {"state": "active", "access_level": 30}
        return 404

    def _request(
        self, method: str, pull: Pull, what: str | None, body: dict[str, object]
    ) -> object:
        def at(one: Said) -> str:
            return BEFORE if one.commit else AFTER

        match what:
            case None:
                pipeline = {"id": 77, "project_id": 9, "sha": pull.head}
                return {"sha": pull.head, "head_pipeline": pipeline}
            case "versions":
                old = {"id": 1, "head_commit_sha": "b" * 40, "created_at": BEFORE}
                return [{"id": 2, "head_commit_sha": pull.head, "created_at": PUSHED}, old]
            case "approvals":
                approvals = [one for one in pull.said if one.did == "approve"]
                return {
                    "approved_by": [
                        {"user": self.user(one.who), "approved_at": at(one)} for one in approvals
                    ]
                }
            case "notes" if method == "GET":
                return [
                    {"id": 100 + n, "body": one.text, "author": self.user(one.who),
                     "created_at": at(one), "system": False}
                    for n, one in enumerate(pull.said) if one.text
                ] + self.comments  # fmt: skip
            case "notes":
                made = {"created_at": AFTER, "system": False}
                self.comments.append(
                    {"id": 1, **made, "body": body["body"], "author": self.user("bot")}
                )
                return self.comments[-1]
        return 404


class Answering(Protocol):
    """What answers a forge's questions."""

    kind: str

    def answer(self, method: str, target: str, body: dict[str, Any], /) -> object:
        """A document, or the number of a refusal."""


@contextmanager
def serving(hub: Answering) -> Iterator[dict[str, str]]:
    """Serve the forge to who has the token; gives the variables of a job that it runs."""
    header, token = {
        "github": ("Authorization", "Bearer t0ken"),
        "gitea": ("Authorization", "token t0ken"),
        "gitlab": ("PRIVATE-TOKEN", "t0ken"),
    }[hub.kind]

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def handle_any(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size)) if size else {}
            good = self.headers.get(header) == token
            said = hub.answer(self.command, self.path, body) if good else 401
            data = b"{}" if isinstance(said, int) else json.dumps(said).encode()
            self.send_response(said if isinstance(said, int) else 200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_PUT = handle_any

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    api = f"http://127.0.0.1:{server.server_port}/api"
    env = {"GONGKAI_TOKEN": "t0ken"}
    if hub.kind == "gitlab":
        env |= {"GITLAB_CI": "true", "CI_API_V4_URL": api, "CI_PROJECT_ID": "9"}
        env |= {"CI_DEFAULT_BRANCH": "main", "CI_PROJECT_URL": "https://gitlab.example/o/r"}
    else:
        env |= {"GITHUB_API_URL": api, "GITHUB_REPOSITORY": "o/r", "GITHUB_REF_NAME": "main"}
        env |= {"GITHUB_SERVER_URL": "https://gitea.example"}
        env |= {"GITEA_ACTIONS" if hub.kind == "gitea" else "GITHUB_ACTIONS": "true"}
    yield env
    server.shutdown()
    server.server_close()
