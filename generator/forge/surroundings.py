"""What a forge tells the job that it runs, read from an environment handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.report.diagnostics.markdown import Blob


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Which forge runs the job, and where it wants its answers."""

    forge: str
    """`github`, `gitea` (Forgejo too), `gitlab` or `none`."""
    commands: bool
    """Whether lines that begin with `::` in the output are commands to the runner."""
    summary: Path | None
    """File to which the Markdown report is appended."""
    outputs: Path | None
    """File to which `name=value` lines are appended for later steps."""
    quality: Path | None
    """File for a Code Quality report."""
    blob: Blob | None
    """Where the forge shows the files of the checked commit."""
    token: str | None
    """What lets the job push; never printed, never on a command line."""


def surroundings(env: Mapping[str, str]) -> Surroundings:
    """Read the variables that GitHub, Gitea, Forgejo and GitLab set."""
    token = env.get("GONGKAI_TOKEN") or None
    if env.get("GITLAB_CI"):
        folder = env.get("CI_PROJECT_DIR")
        url, commit = env.get("CI_PROJECT_URL"), env.get("CI_COMMIT_SHA")
        return Surroundings(
            "gitlab",
            False,
            None,
            None,
            Path(folder) / "gl-code-quality-report.json" if folder else None,
            Blob(f"{url}/-/blob/{commit}/", "?plain=1") if url and commit else None,
            token,
        )
    gitea = bool(env.get("GITEA_ACTIONS") or env.get("FORGEJO_ACTIONS"))
    if not gitea and not env.get("GITHUB_ACTIONS"):
        return Surroundings("none", False, None, None, None, None, token)
    return Surroundings(
        "gitea" if gitea else "github",
        True,
        _path(env.get("GITHUB_STEP_SUMMARY")),
        _path(env.get("GITHUB_OUTPUT")),
        None,
        _blob(env, gitea),
        token,
    )


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None


def _blob(env: Mapping[str, str], gitea: bool) -> Blob | None:
    server, name, commit = (
        env.get(key, "") for key in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")
    )
    if not (server and name and commit):
        return None
    if gitea:
        return Blob(f"{server}/{name}/src/commit/{commit}/", "?display=source")
    return Blob(f"{server}/{name}/blob/{commit}/", "?plain=1")
