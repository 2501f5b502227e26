"""The reviewer's report on a real proposal: what changes, what the public sees, never too long."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from generator.examine import examine
from generator.forge.reviewing import review_of
from generator.report import review
from generator.report.diagnostics.markdown import COMMENT, SUMMARY, Limit
from generator.report.findings import findings_of
from tests.gitrepos import Repo
from tests.roots import Root
from tests.test_report_markdown import html

REPOSITORY = Path(__file__).resolve().parents[1]
Q3 = "content/chengguan/items/2026/reception-q3.md"
CARD = "11010519491231002X"
"""The sample number of GB 11643."""


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A root on `main` whose item landed in time, and a branch for the proposal."""
    repo = Repo(tmp_path / "root")
    Root(repo.root)
    repo.commit("2026-10-20T09:00:00+08:00", {})
    repo.git("checkout", "-q", "-b", "proposal")
    return repo


def root_of(repo: Repo) -> Root:
    root = Root.__new__(Root)
    root.path = repo.root
    return root


def report(
    repo: Repo, as_of: str = "2026-11-24", limit: Limit = SUMMARY, base: str = "main"
) -> str:
    day = date.fromisoformat(as_of)
    examined = examine(repo.root, day, day)
    findings = findings_of(examined)
    return review.render(findings, review_of(findings, examined, base), limit=limit)


def test_a_new_item_is_told_with_its_address_its_slot_and_its_days(repo: Repo) -> None:
    root_of(repo).item(
        "reception-q2",
        "title: 2026年第二季度公务接待费支出情况\ncategory: 财务/公务接待费\nperiod: 2026-Q2\nformed: 2026-07-03",
        "预算数 3 万元，支出数 1.1 万元，批次 5 批。\n",
    )
    shown = report(repo, "2026-07-28")
    assert shown.startswith("## 全部通过\n\n这次改动 1 个文件、1 条公开事项: 没有错误和警告\n")
    assert "- **新增** 2026年第二季度公务接待费支出情况\n" in shown
    assert "/gk/chengguan/2026/reception-q2.html\n" in shown
    assert "填的期次: 公务接待费 2026年第二季度；应在 2026-07-28 前公开，今天是最后一天" in shown
    assert "前公开，还有 1 个工作日" in report(repo, "2026-07-27")
    late = report(repo, "2026-07-30")
    assert "应在 2026-07-28 前公开，今天公开就滞后 2 个工作日，照样可以合并" in late
    assert "reception-q3" not in late and "第三季度" not in late


def test_on_trial_nothing_is_called_late(repo: Repo) -> None:
    root_of(repo).replace("site_config.yml", "judge: {", "judge: {trial: 2026-12-31, ")
    root_of(repo).item(
        "reception-q2",
        "title: 2026年第二季度公务接待费支出情况\ncategory: 财务/公务接待费\n"
        "period: 2026-Q2\nformed: 2026-07-03",
        "预算数 3 万元，支出数 1.1 万元，批次 5 批。\n",
    )
    shown = report(repo, "2026-09-30")
    assert "应在 2026-07-28 前公开（试运行，不评判是否按时）" in shown
    assert "滞后" not in shown
    assert "- 修改 `site_config.yml`" in shown


def test_a_changed_item_keeps_its_time_and_shows_only_the_changed_words(repo: Repo) -> None:
    root_of(repo).replace(Q3, "支出数 1.2 万元", "支出数 1.5 万元")
    shown = report(repo)
    assert "首次公开 2026-10-20，这次修改不改变这个时间" in shown
    assert "支出数 <del>1.2 万元</del><ins>1.5 万元</ins>，" in shown.replace("\\", "")
    assert "category" not in shown.split("### 改了什么")[1]
    assert "已经公开过：内容有误的，要另发一条更正" in shown


def test_a_withdrawal_is_called_one(repo: Repo) -> None:
    root_of(repo).replace(
        Q3,
        "formed: 2026-10-08",
        "formed: 2026-10-08\nwithdrawn: {on: 2026-11-20, reason: 数字有误, kind: 内容有误}",
    )
    shown = report(repo)
    assert "- **撤回** 2026年第三季度公务接待费支出情况" in shown
    assert "网页还在，正文换成撤回的理由" in shown
    assert "撤回的理由属实" in shown


def test_a_removed_item_is_told_to_be_withdrawn_instead(repo: Repo) -> None:
    (repo.root / Q3).unlink()
    shown = report(repo)
    assert f"- 删除 `{Q3}`" in shown and "不能删，要撤回" in shown


def test_findings_elsewhere_are_counted_and_what_is_changed_stands_in_full(repo: Repo) -> None:
    repo.git("checkout", "-q", "main")
    root_of(repo).item(
        "old", "title: 旧的一件\ncategory: 没有/这项\nperiod: 长期\nformed: 2026-01-01"
    )
    repo.commit("2026-10-21T09:00:00+08:00", {})
    repo.git("checkout", "-q", "-b", "next")
    root_of(repo).replace(Q3, "2026-10-08", "2026-02-30")
    shown = report(repo)
    assert shown.startswith("## 不能合并：有 2 个错误要改\n")
    assert "没有改动的文件里还有 1 个错误，也要改好" in shown
    blocks, _, folded = shown.partition("<details><summary>没有改动的文件里的 1 个错误</summary>")
    assert "日期不存在" in blocks and "old.md" not in blocks
    assert "old.md" in folded
    assert "本机关的内容有错误，改好后再算" in shown
    link = "http://127.0.0.1:8123/gk/handbook/rules-d.html#d301"
    assert f"**日期不存在**（[D301]({link})）" in shown


def test_private_digits_are_masked_on_both_sides_of_a_difference(repo: Repo) -> None:
    root = root_of(repo)
    root.replace(Q3, "批次 6 批。", f"批次 6 批。经办人张建国，身份证号 {CARD}，在场。")
    repo.commit("2026-10-22T09:00:00+08:00", {})
    root.replace(Q3, "在场", "不在场")
    gone = report(repo, base="HEAD")
    added = report(repo)
    root.replace(Q3, f"身份证号 {CARD}", "身份证号略")
    taken = report(repo, base="HEAD")
    for shown in (gone, added, taken):
        assert CARD not in shown and CARD[:14] not in shown
    assert "不" in gone.split("### 改了什么")[1]
    assert "身份证号" in taken.split("### 改了什么")[1]


def test_the_reviewer_is_told_what_no_program_knows(repo: Repo) -> None:
    root = root_of(repo)
    root.write(
        "content/chengguan/items/2026/pictures/index.md",
        """\
---
title: 城区立面整治照片
category: 机构/职能
period: 长期
review: {drafted: 市容科, approved: 分管副局长, secrecy: 办公室主任, on: 2026-11-20}
files:
  - {path: a.pdf, title: 照片}
---
市容科承办，咨询请打 13800138000。
""",
    )
    root.write("content/chengguan/items/2026/pictures/a.pdf", b"%PDF-1.4\nnone")
    shown = report(repo)
    assert "- [ ] 内容和本机关盖章或签发的原件一致" in shown
    assert (
        "的审签是自己填的（拟稿 市容科、保密审查 办公室主任、签批 分管副局长，2026-11-20）" in shown
    )
    assert re.search(
        r"- \[ \] L\d{3} .* 1 处，逐处看过，批准时在审核意见里写「确认 L\d{3}」", shown
    )
    assert "的图片和 PDF 打开看过" in shown
    assert "附件新增: 照片" in shown
    assert "`content/chengguan/items/2026/pictures/a.pdf` 系统没有读，要打开看过" in shown
    assert "没有检查的 1 个文件" in shown


def test_a_file_that_mends_itself_stands_whole_to_be_copied(repo: Repo) -> None:
    root = root_of(repo)
    root.replace(Q3, "formed: 2026-10-08", "formed: 2026年10月8日")
    shown = report(repo)
    copied = shown.split("### 改好的全文")[1]
    assert "````" not in copied
    whole = copied.split("```markdown\n")[1].split("\n```")[0]
    assert "formed: 2026-10-08\n" in whole and whole.startswith("---\ntitle: ")
    root.replace(Q3, "批次 6 批。", f"批次 6 批。张建国，身份证号 {CARD}。")
    assert "### 改好的全文" not in report(repo), "a private number is never repeated"


def test_what_a_clerk_typed_stays_text_in_every_part(repo: Repo) -> None:
    evil = "<img src=x onerror=alert(1)>@leader #12 [a](https://evil.example) </ins></details>"
    root = root_of(repo)
    root.replace(Q3, "批次 6 批。", f"批次 6 批。{evil}")
    root.item(
        "evil",
        f"title: '一件{evil}'\ncategory: 财务/公务接待费\nperiod: 2026-Q2\nformed: 2026年7月3日",
    )
    rendered = html(report(repo))
    assert "<img" not in rendered and 'evil.example"' not in rendered
    outside = re.sub(r"<code.*?</code>", "", rendered, flags=re.DOTALL)
    assert not re.search(r"@[A-Za-z]|#[0-9]", outside)
    for tag in ("details", "ins", "del"):
        assert rendered.count(f"<{tag}>") == rendered.count(f"</{tag}>")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """A proposal of 300 files: 150 changed, 100 new, 50 of them broken."""
    repo = Repo(tmp_path_factory.mktemp("many") / "root")
    root = root_of(repo)
    Root(repo.root)
    front = "title: 第{n}号公示事项的情况说明\ncategory: 通知公告/公示\nperiod: 临时\nformed: 2026-0{m}-01"
    for n in range(150):
        root.item(f"n{n}", front.format(n=n, m=n % 9 + 1), "原来的一段说明文字，写得很长。\n" * 20)
    repo.commit("2026-10-20T09:00:00+08:00", {})
    repo.git("checkout", "-q", "-b", "proposal")
    for n in range(300):
        shown = front.format(n=n, m=n % 9 + 1)
        if n >= 250:
            shown = shown + "\ndeadline: 2026-02-30"
        root.item(f"n{n}", shown, "改过的另一段说明文字，写得更长。\n" * 20)
    repo.commit("2026-10-21T09:00:00+08:00", {})
    return repo


@pytest.mark.parametrize("limit", [SUMMARY, COMMENT, Limit(9_000, 6_000)])
def test_three_hundred_files_stay_within_the_forge_s_limit(many: Repo, limit: Limit) -> None:
    shown = report(many, limit=limit)
    assert len(shown) <= limit.characters and len(shown.encode()) <= limit.bytes
    assert shown.startswith("## 不能合并：有 50 个错误要改\n")
    assert "这次改动 300 个文件" in shown
    assert shown.count("<details>") == shown.count("</details>")
    assert "### 公众将看到什么" in shown and "### 审核人要亲自确认的" in shown
    if limit is not SUMMARY:
        assert re.search(r"另有 \d+ 条没有列出", shown)


def run(repo: Repo, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments, "--root", str(repo.root)],
        env={
            **os.environ,
            "PYTHONPATH": str(REPOSITORY),
            "GONGKAI_NOW": "2026-11-24T09:00:00+08:00",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_takes_a_base_and_says_so_in_chinese_when_there_is_none(repo: Repo) -> None:
    root_of(repo).replace(Q3, "2026-10-08", "2026-02-30")
    done = run(repo, "check", "--format", "markdown", "--base", "main")
    assert done.returncode == 1
    assert done.stdout.startswith("## 不能合并：有 1 个错误要改\n\n这次改动 1 个文件")
    done = run(repo, "check", "--format", "markdown", "--base", "--output=x")
    assert done.returncode == 2 and "这里没有 `--output=x` 这个版本" in done.stderr
    done = run(repo, "check", "--base", "main")
    assert done.returncode == 2 and "要和 `--format markdown` 一起用" in done.stderr
