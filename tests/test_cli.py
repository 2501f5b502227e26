"""The command line as a person meets it: words, exit codes, and nothing lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli.commands import gongkai
from tests.roots import Root

REPOSITORY = Path(__file__).resolve().parents[1]
VERBS = (
    "init", "new", "check", "explain", "build", "serve", "status", "due", "receipt", "verify",
    "witness", "board", "calendar", "archive", "purge", "form", "hook", "ci",
)  # fmt: skip


def run(*arguments: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        env={
            **os.environ,
            "PYTHONPATH": str(REPOSITORY),
            "GONGKAI_NOW": "2026-11-24T09:00:00+08:00",
            **env,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_in_chinese(verb: str) -> None:
    done = run(verb, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"用法: gongkai {verb}")
    for english in ("Usage", "Options", "Show this message", "Commands"):
        assert english not in done.stdout


def test_the_verbs_are_those_that_the_readme_names() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert tuple(gongkai.commands) == VERBS
    for verb in VERBS:
        assert f"`{verb}" in readme


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "没有命令 `chek`"),
        (["check", "--rot", "x"], "没有选项 `--rot`；相近的是 --root"),
        (["check", "--format", "xml"], "`--format` 只能是"),
        (["status", "--as-of", "2026-13-40"], "`--as-of` 的值不对"),
        (["explain"], "缺少 `代码`"),
        (["init", "x", "--preset", "省"], "`--preset` 只能是"),
    ],
)
def test_a_slip_in_usage_is_answered_in_chinese(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr and "改法: " in done.stderr
    assert "Traceback" not in done.stderr and "Error" not in done.stderr


def test_check_ends_with_a_sum_and_the_right_code(root: Root) -> None:
    done = run("check", "--root", str(root.path))
    assert (done.returncode, done.stdout) == (0, "检查 4 个文件: 全部通过\n")
    root.replace("content/chengguan/items/2026/reception-q3.md", "2026-10-08", "2026-02-30")
    done = run("check", "--root", str(root.path))
    assert done.returncode == 1
    assert "错误[D301] 形成日期 `2026-02-30` 不是日历上的日期" in done.stdout
    assert " --> content/chengguan/items/2026/reception-q3.md:5:9" in done.stdout
    assert "5 | formed: 2026-02-30\n  |         ^^^^^^^^^^" in done.stdout
    assert "  = 改法: 2026 年 2 月只有 28 天，按 `YYYY-MM-DD` 改写" in done.stdout
    assert done.stdout.endswith("检查 4 个文件: 1 个错误，0 个警告\n")


def test_no_root_is_a_diagnostic(tmp_path: Path) -> None:
    done = run("check", "--root", str(tmp_path))
    assert done.returncode == 1
    assert "这个文件夹里没有 `site_config.yml`" in done.stdout
    for verb in ("status", "due"):
        done = run(verb, "--root", str(tmp_path))
        assert done.returncode == 1 and "运行 `gongkai check`" in done.stderr


def test_json_is_the_promised_one(root: Root) -> None:
    root.replace("content/chengguan/items/2026/reception-q3.md", "2026-10-08", "2026-02-30")
    document = json.loads(run("check", "--root", str(root.path), "--format", "json").stdout)
    assert (document["schema_version"], document["as_of"], document["files"]) == (
        1,
        "2026-11-24",
        4,
    )
    (finding,) = document["diagnostics"]
    assert (finding["code"], finding["name"], finding["severity"]) == (
        "D301",
        "impossible-date",
        "error",
    )
    assert (finding["line"], finding["column"], finding["end_column"]) == (5, 9, 19)
    status = json.loads(run("status", "--root", str(root.path), "--format", "json").stdout)
    assert status["not_judged"] == [
        {"department": "chengguan", "reason": "内容有错误，这次没有判定"}
    ]


def test_status_moves_with_the_day(root: Root) -> None:
    for day, word in (
        ("2026-10-15", "未到期"),
        ("2026-10-30", "临期"),
        ("2026-11-24", "逾期 15 个工作日"),
    ):
        (root.path / "content/chengguan/items/2026/reception-q3.md").unlink(missing_ok=True)
        done = run("status", "--root", str(root.path), "--as-of", day)
        assert done.returncode == 0
        line = next(line for line in done.stdout.splitlines() if "第三季度" in line)
        assert word in line


def test_due_says_why(root: Root) -> None:
    (root.path / "content/chengguan/items/2026/reception-q3.md").unlink()
    done = run("due", "--root", str(root.path), "--why", "--as-of", "2026-10-15")
    assert (
        "2026-11-03" in done.stdout
        and "国庆节" in done.stdout
        and "国办发明电〔2025〕7号" in done.stdout
    )


def test_fix_mends_and_says_so(root: Root) -> None:
    root.replace("content/chengguan/items/2026/reception-q3.md", "2026-10-08", "2026年10月8日")
    done = run("check", "--root", str(root.path), "--fix")
    assert done.returncode == 0
    assert "改好 1 处，动了 1 个文件" in done.stderr
    assert done.stdout == "检查 4 个文件: 全部通过\n"


def test_a_baseline_turns_old_findings_into_notices(root: Root) -> None:
    root.replace("content/chengguan/items/2026/reception-q3.md", "2026-10-08", "2026-02-30")
    kept = root.path.parent / "baseline.json"
    assert run("check", "--root", str(root.path), "--write-baseline", str(kept)).returncode == 0
    done = run("check", "--root", str(root.path), "--baseline", str(kept))
    assert done.returncode == 0 and "提示[D301]" in done.stdout
    root.replace(
        "content/chengguan/items/2026/reception-q3.md", "period: 2026-Q3", "period: 2026Q3"
    )
    assert run("check", "--root", str(root.path), "--baseline", str(kept)).returncode == 1


def test_explain_prints_the_page_of_a_rule() -> None:
    done = run("explain", "d301")
    assert done.returncode == 0 and done.stdout.startswith(
        "D301 日期不存在（错误，impossible-date）"
    )
    done = run("explain", "E301")
    assert done.returncode == 1 and "相近的是" in done.stderr


def test_new_writes_an_item_that_passes(root: Root) -> None:
    (root.path / "content/chengguan/items/2026/reception-q3.md").unlink()
    done = run(
        "new",
        "--root",
        str(root.path),
        "--department",
        "chengguan",
        "--category",
        "财务/公务接待费",
        "--period",
        "2026-Q3",
        "--yes",
    )
    assert done.returncode == 0, done.stderr
    checked = run("check", "--root", str(root.path))
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Shanghai"])
def test_the_day_is_beijing_s_wherever_the_machine_stands(root: Root, zone: str) -> None:
    done = run(
        "check",
        "--root",
        str(root.path),
        "--format",
        "json",
        TZ=zone,
        GONGKAI_NOW="2026-11-23T17:00:00+00:00",
    )
    assert json.loads(done.stdout)["as_of"] == "2026-11-24"


def test_output_survives_a_terminal_that_is_not_utf8(root: Root) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "check", "--root", str(root.path)],
        env={
            **os.environ,
            "PYTHONPATH": str(REPOSITORY),
            "LC_ALL": "C",
            "PYTHONIOENCODING": "ascii",
        },
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0 and "全部通过" in done.stdout.decode("utf-8")
