"""Gitea and Forgejo: `/api/swagger` of any server, repository and organization."""

from urllib.parse import quote

from generator.forge.api import Json
from generator.forge.hub.github import Pulls, stands
from generator.forge.hub.words import (
    Account,
    Opinion,
    Proposed,
    Standing,
    account,
    number_of,
    text_of,
)


class Gitea(Pulls):
    """One repository on Gitea or Forgejo."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """`gitea`."""
        return "gitea"

    def opinions(self, proposed: Proposed) -> tuple[Opinion, ...]:
        """From the reviews; one asked of a team has no user and says nothing yet."""
        address = f"{self.repository}/pulls/{proposed.number}/reviews"
        reviews = sorted(self.api.pages(address), key=lambda one: number_of(one, "id"))
        return stands(
            (account(one["user"]), standing, str(one.get("body") or ""))
            for one in reviews
            if one.get("user") is not None
            and (standing := self._said(one, proposed.head)) is not None
        )

    def _said(self, review: Json, head: str) -> Standing | None:
        state = text_of(review, "state")
        if state == "REQUEST_CHANGES" or (state == "APPROVED" and review.get("dismissed")):
            return Standing.WITHDRAWN
        if state != "APPROVED":
            return None
        if review.get("commit_id") != head or review.get("stale"):
            return Standing.OLD
        return Standing.CURRENT

    def member(self, team: str, who: Account) -> bool | None:
        """By the organisation's teams; a job's own token usually may not ask."""
        organisation, _, name = team.partition("/")
        address = (
            f"{self.server}/orgs/{organisation}/teams/search?q={quote(name, safe='')}&limit=50"
        )
        found = self.api.found(address)
        teams = found.get("data") if not isinstance(found, int) else None
        if not isinstance(teams, list):
            return None
        for one in teams:
            if isinstance(one, dict) and one.get("name") == name:
                member = f"{self.server}/teams/{number_of(one, 'id')}/members/{who.login}"
                said = self.api.found(member)
                if not isinstance(said, int):
                    return True
                return False if said == 404 else None
        return None
