"""Every file that a forge reads: valid by its schema, and safe by an offline auditor."""

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from generator.author.init import init

HERE = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def root_of(folder: Path, forge: str) -> Path:
    if forge == "ours":
        shutil.copytree(HERE / ".github", folder / ".github")
        return folder
    init(folder, "县", forge, today=date(2026, 11, 24), version="1.2.3")
    return folder


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def schema(name: str, *files: Path, transform: tuple[str, ...] = ()) -> None:
    assert files
    run(BIN / "check-jsonschema", "--builtin-schema", name, *transform, *files)


@pytest.fixture(params=["ours", "github", "gitea", "gitlab"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    return request.param, root_of(tmp_path / "root", request.param)


def workflows(root: Path) -> list[Path]:
    return sorted([*root.glob(".github/workflows/*.yml"), *root.glob(".gitea/workflows/*.yml")])


def test_workflows_follow_their_schema(place: tuple[str, Path]) -> None:
    forge, root = place
    if forge == "gitlab":
        transform = ("--data-transform", "gitlab-ci")
        schema("vendor.gitlab-ci", root / ".gitlab-ci.yml", transform=transform)
    else:
        schema("vendor.github-workflows", *workflows(root))


def test_issue_forms_follow_their_schema(place: tuple[str, Path]) -> None:
    forge, root = place
    if forge == "gitlab":
        assert len(list(root.glob(".gitlab/issue_templates/*.md"))) == 2
        return
    folder = root / (".gitea/issue_template" if forge == "gitea" else ".github/ISSUE_TEMPLATE")
    schema(
        "vendor.github-issue-forms",
        *(path for path in sorted(folder.glob("*.yml")) if path.name != "config.yml"),
    )


def test_the_auditor_finds_nothing(place: tuple[str, Path]) -> None:
    # GitLab's file is of another form, which the auditor does not read.
    for path in workflows(place[1]):
        said = run(BIN / "zizmor", "--offline", "--no-progress", "--pedantic", path)
        assert f"completed {path}" in said, "a file that breaks the schema is skipped, not audited"
        assert "No findings to report" in said


def test_schema_and_auditor_do_see_what_is_wrong(tmp_path: Path) -> None:
    workflow = root_of(tmp_path / "root", "github") / ".github/workflows/check.yml"
    text = workflow.read_text(encoding="utf-8")
    workflow.write_text(text.replace("steps:", "step:"), encoding="utf-8")
    with pytest.raises(AssertionError):
        schema("vendor.github-workflows", workflow)
    workflow.write_text(text.replace("  pull_request:", "  pull_request_target:"), encoding="utf-8")
    with pytest.raises(AssertionError, match="dangerous-triggers"):
        run(BIN / "zizmor", "--offline", "--no-progress", workflow)


def test_every_action_is_pinned_and_proposals_get_nothing(place: tuple[str, Path]) -> None:
    forge, root = place
    if forge == "gitlab":
        return
    for path in workflows(root):
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert workflow["permissions"] == {}
        assert "concurrency" in workflow
        steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
        for step in steps:
            name, _, commit = step.get("uses", "").partition("@")
            assert not name or (len(commit) == 40 and name.startswith("actions/"))
            if name == "actions/checkout":
                assert step["with"]["persist-credentials"] is False
            assert "${{" not in step.get("run", ""), "expressions go through env"
        if path.name == "check.yml":
            assert list(workflow[True]) == ["pull_request"]
            for job in workflow["jobs"].values():
                assert job["permissions"] == {"contents": "read"}
                assert "secrets" not in str(job)


def test_air_gapped_forges_use_no_action_from_elsewhere(tmp_path: Path) -> None:
    root = root_of(tmp_path / "root", "gitea")
    assert not [p for p in workflows(root) if re.search(r"\buses:", p.read_text(encoding="utf-8"))]


def test_our_checks_install_the_tool_from_the_base_branch() -> None:
    workflow = yaml.safe_load((HERE / ".github/workflows/check.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["check"]["steps"]
    proposal, tool = (s for s in steps if "checkout" in s.get("uses", ""))
    assert proposal["with"]["path"] == "proposal"
    assert tool["with"]["path"] == "tool"
    assert tool["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
    runs = "\n".join(s["run"] for s in steps if "run" in s)
    assert "-r tool/" in runs
    assert 'PYTHONPATH="$GITHUB_WORKSPACE/tool"' in runs
    assert "python3 -I -m venv" in runs
    assert "-P -m generator" in runs


@pytest.mark.parametrize("forge", ["ours", "github"])
def test_a_review_only_rings_and_the_trusted_file_listens(forge: str, tmp_path: Path) -> None:
    folder = root_of(tmp_path / "root", forge) / ".github/workflows"
    rings, listens = (
        yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        for name in ("review.yml", "acknowledge.yml")
    )
    job = rings["jobs"]["reviewed"]
    assert job["permissions"] == {} and [step["run"] for step in job["steps"]] == ["true"]
    assert set(rings[True]["pull_request_review"]["types"]) == {"submitted", "edited", "dismissed"}
    assert listens[True]["workflow_run"]["workflows"] == ["检查", rings["name"]]
    told = listens["jobs"]["acknowledge"]
    assert told["permissions"] == {
        "contents": "read",
        "pull-requests": "read",
        "statuses": "write",
    }
    assert "download" not in str(told), "nothing that the checking job left is taken"


def test_on_gitlab_the_token_s_job_runs_by_the_clock_on_the_branch_only(tmp_path: Path) -> None:
    root = root_of(tmp_path / "root", "gitlab")
    jobs = yaml.safe_load((root / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    (rule,) = jobs["acknowledge"]["rules"]
    for part in ('"schedule"', "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH", '"acknowledge"'):
        assert part in rule["if"]
    for name in ("build", "pages", "receipt", "pages:receipts"):
        assert jobs[name]["rules"][0]["when"] == "never"
