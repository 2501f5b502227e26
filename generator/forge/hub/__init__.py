"""The three forges as one: open proposals, what reviewers said, and a commit's status."""

from collections.abc import Mapping

from generator.forge.api import Api, ForgeRefused
from generator.forge.hub.gitea import Gitea
from generator.forge.hub.github import GitHub
from generator.forge.hub.gitlab import GitLab
from generator.forge.hub.words import Account, Hub, Opinion, Proposed, Standing

__all__ = ["Account", "Hub", "Opinion", "Proposed", "Standing", "hub_of"]


def hub_of(env: Mapping[str, str]) -> Hub:
    """The forge that runs the job, from its variables and `GONGKAI_TOKEN`.

    Raises ForgeRefused.
    """
    token = _told(env, "GONGKAI_TOKEN")
    if env.get("GITLAB_CI"):
        api, project = _told(env, "CI_API_V4_URL"), _told(env, "CI_PROJECT_ID")
        return GitLab(Api({"PRIVATE-TOKEN": token}), api, f"{api}/projects/{project}")
    api, name = _told(env, "GITHUB_API_URL"), _told(env, "GITHUB_REPOSITORY")
    repository = f"{api}/repos/{name}"
    if env.get("GITEA_ACTIONS") or env.get("FORGEJO_ACTIONS"):
        return Gitea(Api({"Authorization": f"token {token}"}), api, repository)
    return GitHub(Api({"Authorization": f"Bearer {token}"}), api, repository)


def _told(env: Mapping[str, str], name: str) -> str:
    value = env.get(name)
    if not value:
        raise ForgeRefused(f"没有 `{name}`")
    return value
