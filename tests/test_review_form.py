"""《信息公开审查表》 as it leaves the printer: what stands on it, and that it is A4."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.paper_prints import press
from tests.roots import Root
from tests.test_cli import run

CARD = "11010519491231002X"
"""The sample number of GB 11643."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with press() as found:
        yield found


@pytest.fixture
def root(tmp_path: Path) -> Root:
    root = Root(tmp_path / "root")
    root.write(
        "content/chengguan/items/2026/reception-q2/index.md",
        "---\ntitle: 2026年第二季度公务接待费支出情况\ncategory: 财务/公务接待费\nperiod: 2026-Q2\n"
        "formed: 2026-07-03\nreview: {drafted: 办公室, approved: 分管副局长, secrecy: 办公室主任, "
        "on: 2026-07-06}\nfiles:\n  - {path: a.csv, title: 逐笔明细}\n---\n"
        "## 总的情况\n\n预算数 3 万元，支出数 1.1 万元，批次 5 批。<script>alert(1)</script>\n\n"
        "| 月份 | 支出数 |\n| --- | --- |\n| 4 月 | 0.5 |\n| 5 月 | 0.6 |\n\n"
        f"经办人张建国，身份证号 {CARD}，咨询 13800138000。[制度](../x.md)\n",
    )
    root.write("content/chengguan/items/2026/reception-q2/a.csv", "月份,支出数\n4 月,0.5\n")
    return root


def test_the_sheet_holds_text_findings_and_lines_to_sign(root: Root, browser: Browser) -> None:
    out = root.path / "form.html"
    done = run(
        "form", "chengguan/2026/reception-q2", "--root", str(root.path), "--out", str(out),
        "--as-of", "2026-07-10",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = out.read_text(encoding="utf-8")
    assert CARD not in text and "13800138000" not in text
    assert not re.search(r'(?:src|href)="(?!data:)', text), "nothing is fetched"
    tab = browser.new_page()
    tab.goto(out.as_uri())
    shown = tab.inner_text("body")
    for words in (
        "信息公开审查表",
        "2026年第二季度公务接待费支出情况",
        "完整的身份证号码（L201",
        "逐笔明细（1 kB，散列 ",
        "自填：分管副局长",
        "□ 主动公开　□ 依申请公开　□ 不予公开",
        "总的情况",
    ):
        assert words in shown.replace("\u00a0", " "), words
    assert tab.locator(".text table tr").count() == 3
    assert tab.locator(".signed tbody tr").count() == 3
    pdf = tab.pdf(prefer_css_page_size=True, print_background=True)
    boxes = re.findall(rb"/MediaBox ?\[ ?0 0 ([0-9.]+) ([0-9.]+)", pdf)
    assert 1 <= len(boxes) <= 3
    assert {(round(float(w)), round(float(h))) for w, h in boxes} <= {(595, 842), (596, 842)}
    tab.close()


def test_a_sound_item_names_its_slot_and_what_the_system_does_not_know(root: Root) -> None:
    path = "content/chengguan/items/2026/reception-q3.md"
    done = run("form", path, "--root", str(root.path), "--out", "-", "--as-of", "2026-10-15")
    assert done.returncode == 0
    assert "没有错误和警告" in done.stdout and "看不出内容该不该公开" in done.stdout
    (root.path / "content/chengguan/items/2026/reception-q2/index.md").unlink()
    (root.path / "content/chengguan/items/2026/reception-q2/a.csv").unlink()
    (root.path / "content/chengguan/items/2026/reception-q2").rmdir()
    done = run("form", path, "--root", str(root.path), "--out", "-", "--as-of", "2026-10-15")
    assert "应在 2026-11-03 前公开，还有 13 个工作日" in done.stdout


def test_an_item_that_is_not_there_is_named(root: Root) -> None:
    done = run("form", "chengguan/2026/none", "--root", str(root.path))
    assert done.returncode == 1 and "没有 `chengguan/2026/none` 这件事项" in done.stderr
