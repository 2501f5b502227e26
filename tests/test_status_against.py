"""`status --against`: which open deadlines a change of catalogue or calendar moves."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gitrepos import Repo
from tests.roots import Root

CATALOG = "content/catalog/local.yml"
ITEM = "content/chengguan/items/2026/reception-q3.md"
CALENDAR = """\
year: 2026
notice: 试验通知第2号
off:
  - {name: 元旦, from: 2026-01-01, to: 2026-01-03}
  - {name: 国庆节, from: 2026-10-01, to: 2026-10-14}
work: []
"""


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path / "root")
    Root(made.root)
    made.commit("2026-10-09T09:00:00+08:00", {})
    return made


def run(repo: Repo, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "status", "--root", str(repo.root),
         "--as-of", "2026-11-24", *more],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def moved(repo: Repo, revision: str = "HEAD") -> dict[str, tuple[str | None, str | None]]:
    done = run(repo, "--against", revision, "--format", "json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    return {one["slot"]: (_day(one["before"]), _day(one["after"])) for one in document["moved"]}


def test_nothing_moves_where_nothing_changed(repo: Repo) -> None:
    assert moved(repo) == {}
    assert "没有期限变动" in run(repo, "--against", "HEAD").stdout


def test_a_changed_limit_moves_open_slots_and_leaves_filled_ones(repo: Repo) -> None:
    _root(repo).replace(
        CATALOG,
        "within: 20 workdays, after: period_end",
        "within: 25 workdays, after: period_end",
    )
    found = moved(repo)
    assert "chengguan/reception/2026-Q3" not in found
    assert found["chengguan/reception/2026-Q4"][0] != found["chengguan/reception/2026-Q4"][1]
    said = run(repo, "--against", "HEAD").stdout
    assert "推后" in said and "已经公开的 1 期不动" in said


def test_a_calendar_moves_what_counts_over_its_days(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "root")
    Root(repo.root)
    (repo.root / ITEM).unlink()
    repo.commit("2026-10-10T09:00:00+08:00", {})
    repo.write({"content/calendar/2026.yml": CALENDAR})
    repo.commit("2026-10-11T09:00:00+08:00", {})
    assert moved(repo) == {}
    found = moved(repo, "HEAD~1")
    before, after = found["chengguan/reception/2026-Q3"]
    assert before == "2026-11-03" and after is not None and after > before
    assert "chengguan/reception/2026-Q4" not in found


def test_new_rows_and_dropped_ones_are_told(repo: Repo) -> None:
    _root(repo).replace(CATALOG, "every: standing", "every: year")
    _root(repo).replace(CATALOG, "due: standing", "due: {on: 01-31}")
    found = moved(repo)
    assert found["chengguan/functions/2026"] == (None, "2027-01-31")
    assert found["chengguan/functions/standing"][1] is None
    said = run(repo, "--against", "HEAD").stdout
    assert "新增" in said and "不再要求" in said


@pytest.mark.parametrize("revision", ["nowhere", "--all", "HEAD:content"])
def test_a_revision_that_is_none_is_a_slip_of_usage(repo: Repo, revision: str) -> None:
    done = run(repo, f"--against={revision}")
    assert done.returncode == 2 and f"没有 `{revision}` 这个版本" in done.stderr


def test_without_a_repository_there_is_nothing_to_compare(tmp_path: Path) -> None:
    Root(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "generator", "status", "--root", str(tmp_path), "--against", "HEAD"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2 and "不是 Git 仓库" in done.stderr


def _day(side: dict[str, str | None] | None) -> str | None:
    return side["due"] if side else None


def _root(repo: Repo) -> Root:
    made = Root.__new__(Root)
    made.path = repo.root
    return made
