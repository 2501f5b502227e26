"""The pull request page: verdict first, safe whatever a clerk typed, never too long."""

import re
from dataclasses import replace
from datetime import date

import comrak
import pytest

from generator.diagnostic import Diagnostic, Edit, NotChecked, Place, Rule, Severity
from generator.report.diagnostics.markdown import COMMENT, SUMMARY, Blob, Limit, render
from generator.report.findings import Findings

IMPOSSIBLE = Rule("D301", "impossible-date", Severity.ERROR, "日期不存在", "")
OTHER_YEAR = Rule("D304", "other-year", Severity.WARNING, "年份不一致", "")
FULL_WIDTH = Rule("F201", "full-width-digits", Severity.NOTICE, "全角数字", "", fixable=True)
PATH = "content/caizheng/items/2026/预算 1.md"
LINES = ("---", "title: 部门预算", "deadline: 2026-02-30")
DATE = Diagnostic(
    Place(PATH, 3, 11, 21), IMPOSSIBLE, "公开期限 `2026-02-30` 不是日历上的日期", "按日历改写"
)
WARNING = Diagnostic(Place(PATH, 2, 1, 2), OTHER_YEAR, "年份是 `2024`", "")
NOTICE = Diagnostic(Place(PATH, 2), FULL_WIDTH, "全角数字", "改成半角", edits=(Edit(0, 1, "2"),))


def report(*diagnostics: Diagnostic) -> Findings:
    return Findings(diagnostics, 3, date(2026, 11, 24), lines=lambda path: LINES)


def html(markdown: str) -> str:
    rendered: str = comrak.markdown_to_html(
        markdown,
        extension_options=comrak.ExtensionOptions(autolink=True, table=True, strikethrough=True),
        render_options=comrak.RenderOptions(unsafe_=True),
    )
    return rendered


@pytest.mark.parametrize(
    ("diagnostics", "verdict"),
    [
        ((DATE, WARNING), "## 不能合并：有 1 个错误要改\n"),
        ((WARNING, NOTICE), "## 可以合并，1 个警告要先由审核人确认\n"),
        ((NOTICE,), "## 全部通过\n"),
        ((), "## 全部通过\n"),
    ],
)
def test_the_verdict_is_the_heading(diagnostics: tuple[Diagnostic, ...], verdict: str) -> None:
    assert render(report(*diagnostics)).startswith(verdict)


def test_a_block_names_the_rule_links_the_line_quotes_it_and_says_the_cure() -> None:
    blob = Blob("https://example.org/o/r/blob/abc/", "?plain=1")
    shown = render(report(DATE), blob)
    assert (
        "**日期不存在**（D301） [`content/caizheng/items/2026/预算 1.md`]"
        "(https://example.org/o/r/blob/abc/content/caizheng/items/2026/%E9%A2%84%E7%AE%97%201.md"
        "?plain=1#L3) 第 3 行\n"
        "\n"
        "公开期限 `2026-02-30` 不是日历上的日期\n"
        "\n"
        "```text\ndeadline: 2026-02-30\n```\n"
        "\n"
        "改法: 按日历改写\n"
    ) in shown
    assert "检查 3 个文件: 1 个错误，0 个警告" in shown
    assert "|" not in shown


def test_notices_are_folded_and_what_was_not_checked_stands_last() -> None:
    shown = render(replace(report(DATE, NOTICE), not_checked=(NotChecked("a.doc", "读不了"),)))
    assert shown.index("### 错误") < shown.index("<details><summary>提示 1 条")
    assert shown.endswith(
        "<details><summary>没有检查的 1 个文件</summary>\n\n- `a.doc`：读不了\n\n</details>\n"
    )


@pytest.mark.parametrize(
    "value",
    [
        "<img src=x onerror=alert(1)>",
        "[点我](https://evil.example)",
        "![图](https://evil.example/a.png)",
        "`a` <b>x</b> `",
        "``` \n# 标题",
        "https://evil.example/x www.evil.example 张三@evil.example",
        "@county-leader 见 #12 和 GH-3",
        "a | b\n|---|---|\n| c | d |",
        "</details><script>alert(1)</script>",
        "~~删~~ **粗** _斜_",
        "&lt;i&gt;",
        "- 一项",
        "+ 一项",
        "1. 一项",
        "2) 一项",
        "===",
        "---",
    ],
)
def test_what_a_clerk_typed_stays_text(value: str) -> None:
    for message in (value, f"值「{value}」不在目录里", f"值 `{value}` 不在目录里"):
        finding = replace(
            DATE, message=message, hint=message, place=Place(f"content/{value}.md", 3)
        )
        quoting = replace(report(finding), lines=lambda path: ("", "", value))
        rendered = html(render(quoting))
        tags = set(re.findall(r"<([a-z0-9]+)", rendered))
        assert tags <= {"h2", "h3", "p", "strong", "code", "pre"}
        assert "href" not in rendered
        outside = re.sub(r"<code.*?</code>", "", rendered, flags=re.DOTALL)
        assert not re.search(r"@[A-Za-z]|#[0-9]|GH-[0-9]", outside)
        if "\n" not in value and "`" not in value:
            text = re.sub(r"<[^>]+>", "", rendered).replace("\u200b", "")
            plain = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            assert text.count(plain) >= 4


def test_two_values_side_by_side_stay_two() -> None:
    shown = render(report(replace(DATE, message="公开期限 `deadline``2026-02-30` 不对")))
    assert "公开期限 `deadline` `2026-02-30` 不对" in shown


@pytest.mark.parametrize("limit", [SUMMARY, COMMENT, Limit(6_000, 5_000)])
def test_a_long_report_stays_in_its_limit_and_says_what_is_missing(limit: Limit) -> None:
    many = [replace(DATE, place=Place(PATH, n, 1, 2), message="错" * 300) for n in range(1, 4_000)]
    notices = [replace(NOTICE, message="提" * 300) for _ in range(4_000)]
    shown = render(report(*many, WARNING, *notices), limit=limit)
    assert len(shown.encode()) <= limit.bytes
    assert len(shown) <= limit.characters
    missing = re.search(r"另有 (\d+) 条没有列出", shown)
    assert missing is not None
    assert int(missing[1]) + shown.count("（D301）") == 3_999
    assert "另有 4000 条没有列出" in shown
