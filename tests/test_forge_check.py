"""`ci check` on a real proposal: what the clerk, the log and later steps get."""

import json
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from generator.forge.ci_check import ci_check
from generator.render.theme import theme_folder
from tests.gitrepos import Repo
from tests.roots import Root

TODAY = date(2026, 11, 24)
PLAIN = {"PATH": os.environ["PATH"], "HOME": os.devnull}
BROKEN = "content/chengguan/items/2026/broken.md"


@pytest.fixture
def proposal(tmp_path: Path) -> Path:
    """A root whose branch `main` is sound, and a proposal on top with one error."""
    repo = Repo(tmp_path / "root")
    root = Root(repo.root)
    root.item("old", "title: 旧的一件\ncategory: 没有/这项\nperiod: 长期\nformed: 2026-01-01")
    repo.commit("2026-10-20T09:00:00+08:00", {})
    repo.git("checkout", "-q", "-b", "proposal")
    root.item(
        "broken",
        "title: 第二季度公务接待费\ncategory: 财务/公务接待费\nperiod: 2026-Q2\ndeadline: 2026-02-30",
        "::error file=x::假的\n##[add-path]/tmp\n",
    )
    repo.commit("2026-10-21T09:00:00+08:00", {})
    return repo.root


def checked(
    root: Path, env: Mapping[str, str], out: Path | None = None, base: str | None = "main"
) -> tuple[int, str]:
    said: list[str] = []
    code = ci_check(
        root,
        base=base,
        env={**PLAIN, **env},
        asked=None,
        today=TODAY,
        theme=theme_folder(),
        out=out,
        write=said.append,
    )
    return code, "".join(said)


def github(folder: Path) -> dict[str, str]:
    return {
        "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        "GITHUB_OUTPUT": str(folder / "outputs"),
        "GITHUB_SERVER_URL": "https://github.example",
        "GITHUB_REPOSITORY": "o/r",
        "GITHUB_SHA": "a" * 40,
    }


def test_on_github_lines_are_marked_and_the_summary_is_written(
    proposal: Path, tmp_path: Path
) -> None:
    code, log = checked(proposal, github(tmp_path))
    assert code == 1
    commands = [line for line in log.splitlines() if line.startswith("::error ")]
    assert commands[0].startswith(f"::error file={BROKEN},line=5,col=11,endColumn=21,title=")
    assert "old.md" in commands[1], "what the proposal changes stands first"
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("## 不能合并：有 2 个错误要改\n")
    assert f"https://github.example/o/r/blob/{'a' * 40}/{BROKEN}?plain=1#L5" in summary
    assert "这次改动 1 个文件、1 条公开事项: 1 个错误" in summary
    assert "- **新增** 第二季度公务接待费" in summary


def test_a_root_inside_a_repository_is_named_from_the_repository(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repository", "county")
    root = Root(repo.root)
    repo.commit("2026-10-20T09:00:00+08:00", {})
    root.item("broken", "title: 短\ncategory: 财务/公务接待费\nperiod: 2026-Q2")
    repo.commit("2026-10-21T09:00:00+08:00", {})
    _, log = checked(repo.root, github(tmp_path), base="HEAD~1")
    assert f"::error file=county/{BROKEN},line=2," in log
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert f"/blob/{'a' * 40}/county/{BROKEN}?plain=1#L2" in summary
    env = {"GITLAB_CI": "true", "CI_PROJECT_DIR": str(tmp_path)}
    checked(repo.root, env)
    report = json.loads((tmp_path / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert report[0]["location"]["path"] == f"county/{BROKEN}"


def test_what_a_clerk_typed_is_no_command_to_the_runner(proposal: Path, tmp_path: Path) -> None:
    Root.item(
        _at(proposal),
        "evil",
        "title: '##[error]::add-mask::x'\ncategory: '::warning::没有/这项'\nperiod: 长期",
    )
    log = checked(proposal, github(tmp_path))[1]
    stop = re.search(r"^::stop-commands::([0-9a-f]{64})$", log, re.MULTILINE)
    assert stop is not None
    before, _, rest = log.partition(stop[0])
    inside, _, after = rest.partition(f"::{stop[1]}::")
    assert "##[error]" in inside or "::warning::没有" in inside
    for line in (before + after).splitlines():
        assert re.match(r"::(error|warning|notice) |检查 |$", line), line


def test_on_gitea_the_log_speaks_and_nothing_is_marked(proposal: Path, tmp_path: Path) -> None:
    code, log = checked(proposal, {**github(tmp_path), "GITEA_ACTIONS": "true"})
    assert code == 1
    assert "::error " not in re.sub(r"(?s)::stop-commands::.*", "", log)
    assert "个错误，" in log
    link = f"https://github.example/o/r/src/commit/{'a' * 40}/{BROKEN}?display=source#L5"
    assert link in (tmp_path / "summary.md").read_text(encoding="utf-8")


def test_on_gitlab_a_quality_report_is_left(proposal: Path, tmp_path: Path) -> None:
    env = {"GITLAB_CI": "true", "CI_PROJECT_DIR": str(tmp_path)}
    code, log = checked(proposal, env)
    assert code == 1
    assert "::" not in log.replace("::error file=x::假的", "")
    report = json.loads((tmp_path / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert BROKEN in {entry["location"]["path"] for entry in report}


def test_elsewhere_it_is_the_plain_report(proposal: Path) -> None:
    code, log = checked(proposal, {}, base=None)
    assert code == 1
    assert log.endswith("个警告\n")
    assert f" --> {BROKEN}:5:11\n" in log


def test_a_base_that_is_not_there_only_costs_the_order(proposal: Path, tmp_path: Path) -> None:
    assert checked(proposal, github(tmp_path), base="f" * 40)[0] == 1
    assert checked(proposal, github(tmp_path), base="--output=/tmp/x")[0] == 1


def test_a_sound_proposal_passes_and_leaves_a_preview(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "root")
    Root(repo.root)
    repo.commit("2026-10-20T09:00:00+08:00", {})
    code, log = checked(repo.root, github(tmp_path), tmp_path / "site")
    assert (code, "全部通过" in log) == (0, True), log
    assert (tmp_path / "site/chengguan/2026/reception-q3.html").is_file()
    assert "预览: " in log


def test_a_broken_department_has_no_preview_and_the_check_says_why(
    proposal: Path, tmp_path: Path
) -> None:
    code, log = checked(proposal, github(tmp_path), tmp_path / "site")
    assert code == 1
    assert "没有生成" in log
    assert not (tmp_path / "site/chengguan").exists()


def test_broken_settings_are_a_finding_and_no_crash(proposal: Path, tmp_path: Path) -> None:
    (proposal / "site_config.yml").write_text("site: [", encoding="utf-8")
    code, log = checked(proposal, github(tmp_path), tmp_path / "site")
    assert code == 1
    assert "site_config.yml" in log
    assert "没有生成预览" in log


def _at(folder: Path) -> Root:
    root = Root.__new__(Root)
    root.path = folder
    return root
