"""GitLab: https://docs.gitlab.com/api/, merge requests, approvals, notes and commit statuses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from generator.forge.api import Api, ForgeRefused, Json
from generator.forge.hub.words import (
    CONTEXT,
    Account,
    Opinion,
    Proposed,
    Standing,
    account,
    number_of,
    sha_of,
    shortened,
    text_of,
)

_APPROVED = "approved this merge request"
"""Body of the note that GitLab itself writes; nobody else can write a system note."""


@dataclass(frozen=True, slots=True)
class GitLab:
    """One project on GitLab."""

    api: Api
    server: str
    """Address of the API."""
    project: str
    """Address of the project in it."""

    @property
    def name(self) -> str:
        """`gitlab`."""
        return "gitlab"

    def proposals(self) -> Iterator[Proposed]:
        """Open merge requests."""
        for one in self.api.pages(f"{self.project}/merge_requests?state=opened&scope=all"):
            # Right after it is opened a request may have no commit yet.
            if one.get("sha") is not None:
                yield Proposed(
                    number_of(one, "iid"),
                    sha_of(one, "sha"),
                    text_of(one, "target_branch"),
                    account(one.get("author")),
                )

    def ref(self, number: int) -> str:
        """Where a merge request's commit can be fetched, a fork's too."""
        return f"refs/merge-requests/{number}/head"

    def opinions(self, proposed: Proposed) -> tuple[Opinion, ...]:
        """From the approvals: they name no commit, so their time is held against the newest push.

        Both times are the server's. What an approver wrote after that push counts as the text.
        """
        request = f"{self.project}/merge_requests/{proposed.number}"
        pushed = self._pushed(request, proposed.head)
        notes = [one for one in self.api.pages(f"{request}/notes?sort=asc") if _written(one)]
        said = self.api.ask("GET", f"{request}/approvals")
        approvals = said.get("approved_by") if isinstance(said, dict) else None
        if not isinstance(approvals, list):
            raise ForgeRefused("代码平台没有说谁批准了")
        return tuple(
            self._opinion(one, notes, pushed) for one in approvals if isinstance(one, dict)
        )

    def _pushed(self, request: str, head: str) -> datetime:
        """When the newest version came; it must be the commit that is asked about."""
        versions = sorted(self.api.pages(f"{request}/versions"), key=lambda v: number_of(v, "id"))
        if not versions or versions[-1].get("head_commit_sha") != head:
            raise ForgeRefused("刚有新的推送，等下一次再看")
        return moment(text_of(versions[-1], "created_at"))

    def _opinion(self, approval: Json, notes: list[Json], pushed: datetime) -> Opinion:
        who = account(approval.get("user"))
        own = [one for one in notes if account(one.get("author")).id == who.id]
        # Servers that do not give `approved_at` yet write a note of the approval.
        told = [
            text_of(one, "created_at")
            for one in own
            if one.get("system") is True and one.get("body") == _APPROVED
        ]
        at = approval.get("approved_at") or (told[-1] if told else None)
        if not isinstance(at, str) or moment(at) <= pushed:
            return Opinion(who, Standing.OLD, "")
        texts = [
            str(one.get("body") or "")
            for one in own
            if one.get("system") is not True and moment(text_of(one, "created_at")) > pushed
        ]
        return Opinion(who, Standing.CURRENT, "\n".join(texts))

    def may_be_team(self, owner: str) -> bool:
        """Any: groups and people share one space of names."""
        return True

    def member(self, team: str, who: Account) -> bool | None:
        """By the group's members, inherited ones too."""
        group = f"{self.server}/groups/{quote(team, safe='')}"
        found = self.api.found(f"{group}/members/all/{who.id}")
        if not isinstance(found, int):
            return found.get("state") == "active"
        if found == 404 and ("/" not in team or not isinstance(self.api.found(group), int)):
            # Without a slash it is a person, or a group that the token can see.
            return False
        return None

    def tell(self, proposed: Proposed, done: bool, sentence: str) -> None:
        """A job of the newest pipeline: `failed` where something is lacking.

        Not `pending`: a second `pending` with another sentence is refused with 400, because the
        forge knows no step from a state to itself. The same answer twice is not sent.
        """
        sent: dict[str, object] = {
            "state": "success" if done else "failed",
            "name": CONTEXT,
            "description": shortened(sentence),
        }
        request = self.api.ask("GET", f"{self.project}/merge_requests/{proposed.number}")
        pipeline = request.get("head_pipeline") if isinstance(request, dict) else None
        # A fork's pipeline runs in the fork, and cannot be joined from here.
        if isinstance(pipeline, dict) and self._joinable(pipeline, proposed.head):
            sent["pipeline_id"] = pipeline.get("id")
        name = quote(CONTEXT, safe="")
        commit = f"{self.project}/repository/commits/{proposed.head}/statuses?name={name}"
        if not any(_same(one, sent) for one in self.api.pages(commit)):
            self.api.ask("POST", f"{self.project}/statuses/{proposed.head}", sent)

    def _joinable(self, pipeline: Json, head: str) -> bool:
        ours = self.project.endswith(f"/{pipeline.get('project_id')}")
        return ours and pipeline.get("sha") == head


def _same(there: Json, sent: Json) -> bool:
    """Whether it stands already, in the pipeline that decides: a new run has none yet."""
    pipeline = sent.get("pipeline_id", there.get("pipeline_id"))
    said = (there.get("status"), there.get("description"), there.get("pipeline_id"))
    return said == (sent["state"], sent["description"], pipeline)


def _written(note: Json) -> bool:
    return isinstance(note.get("author"), dict)


def moment(text: str) -> datetime:
    """A time of the server's. Raises ForgeRefused."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise ForgeRefused("代码平台给的时间读不懂") from None
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)
