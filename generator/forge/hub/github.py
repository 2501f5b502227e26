"""GitHub: https://docs.github.com/en/rest/pulls/reviews, …/commits/statuses, …/teams/members."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.forge.api import Api, Json
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

_SAYS = frozenset({"APPROVED", "CHANGES_REQUESTED", "DISMISSED"})
"""States that change where somebody stands; a comment or a draft changes nothing."""


@dataclass(frozen=True, slots=True)
class Pulls:
    """One repository, as GitHub and Gitea both speak of it."""

    api: Api
    server: str
    """Address of the API."""
    repository: str
    """Address of the repository in it."""

    def proposals(self) -> Iterator[Proposed]:
        """Open pull requests."""
        for one in self.api.pages(f"{self.repository}/pulls?state=open"):
            yield Proposed(
                number_of(one, "number"),
                sha_of(one, "head", "sha"),
                text_of(one, "base", "ref"),
                account(one.get("user")),
            )

    def ref(self, number: int) -> str:
        """Where a pull request's commit can be fetched, a fork's too."""
        return f"refs/pull/{number}/head"

    def may_be_team(self, owner: str) -> bool:
        """`org/team`."""
        return "/" in owner

    def tell(self, proposed: Proposed, done: bool, sentence: str) -> None:
        """A commit status."""
        self.api.ask(
            "POST",
            f"{self.repository}/statuses/{proposed.head}",
            {
                "state": "success" if done else "pending",
                "context": CONTEXT,
                "description": shortened(sentence),
            },
        )


class GitHub(Pulls):
    """One repository on GitHub."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """`github`."""
        return "github"

    def opinions(self, proposed: Proposed) -> tuple[Opinion, ...]:
        """From the reviews, which the forge gives in the order in which they were written."""
        reviews = self.api.pages(f"{self.repository}/pulls/{proposed.number}/reviews")
        return stands(
            (account(one["user"]), standing, text)
            for one in reviews
            if one.get("user") is not None and (said := self._said(one, proposed.head)) is not None
            for standing, text in (said,)
        )

    def _said(self, review: Json, head: str) -> tuple[Standing, str] | None:
        state = text_of(review, "state")
        if state not in _SAYS:
            return None
        if state != "APPROVED":
            return Standing.WITHDRAWN, ""
        if review.get("commit_id") != head:
            return Standing.OLD, ""
        return Standing.CURRENT, str(review.get("body") or "")

    def member(self, team: str, who: Account) -> bool | None:
        """By the team's membership; a job's own token usually may not ask."""
        organisation, _, slug = team.partition("/")
        address = f"{self.server}/orgs/{organisation}/teams/{slug}"
        found = self.api.found(f"{address}/memberships/{who.login}")
        if isinstance(found, int):
            # 404 is said of a stranger and of a team that the token must not see.
            seen = found == 404 and not isinstance(self.api.found(address), int)
            return False if seen else None
        return found.get("state") == "active"


def stands(said: Iterable[tuple[Account, Standing, str]]) -> tuple[Opinion, ...]:
    """Where each person stands after all that was said, oldest first.

    The texts of several approvals of the newest commit count together.
    """
    found: dict[int, Opinion] = {}
    for who, standing, text in said:
        before = found.get(who.id)
        if standing is Standing.CURRENT:
            earlier = before.text if before is not None else ""
            found[who.id] = Opinion(who, standing, f"{earlier}\n{text}")
        elif standing is Standing.WITHDRAWN or before is None:
            found[who.id] = Opinion(who, standing, "")
    return tuple(found.values())
