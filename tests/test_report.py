"""The report's words: exactly as style.md and formats.md promise."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from generator.diagnostic import Diagnostic, Edit, NotChecked, Place, Rule, Severity
from generator.report import baseline, explain
from generator.report.cells import clean, cut, table, width
from generator.report.diagnostics import FORMATS, concise, github, gitlab, text
from generator.report.findings import Findings

IMPOSSIBLE = Rule("D301", "impossible-date", Severity.ERROR, "日期不存在", "查什么\n    日期。")
UNKNOWN = Rule("C201", "unknown-category", Severity.ERROR, "类别不在目录里", "")
DOUBLED = Rule("F103", "doubled-key", Severity.ERROR, "字段写了两次", "")
OTHER_YEAR = Rule("D304", "other-year", Severity.WARNING, "年份不一致", "")
FULL_WIDTH = Rule("F201", "full-width-digits", Severity.NOTICE, "全角数字", "", fixable=True)

BUDGET = "content/caizheng/2024-bumen-yusuan.md"
FILES: Mapping[str, Sequence[str]] = {
    BUDGET: (
        "---",
        "title: 部门预算",
        "category: 财政预决算公开表",
        "period: 2024",
        "deadline: 2024-02-30   # 法定期限",
        "# 表格：\t全角「预算」2024-02-30",
        "x" * 300 + "错" + "y" * 300,
        "\x1b[31m红\x1b[0m",
    ),
}

CATEGORY = Diagnostic(
    Place(BUDGET, 3, 11, 19),
    UNKNOWN,
    "公开目录里没有「财政预决算公开表」",
    "目录里相近的类别是「财政预决算」；全部类别见 site_config.yml 的 `catalog`",
)
DATE = Diagnostic(
    Place(BUDGET, 5, 11, 21),
    IMPOSSIBLE,
    "公开期限 `2024-02-30` 不是日历上的日期",
    "2024 年 2 月只有 29 天，按 `YYYY-MM-DD` 改写",
    item="caizheng/2024/bumen-yusuan",
)
WARNING = Diagnostic(Place(BUDGET, 4, 9, 13), OTHER_YEAR, "年份是 `2024`", "")
NOTICE = Diagnostic(
    Place(BUDGET, 4, 9, 13), FULL_WIDTH, "全角数字", "改成半角", edits=(Edit(0, 1, "2"),)
)
SHEET = Diagnostic(
    Place("content/caizheng/files/a.xlsx", None, None, None, "工作表 明细!C7"),
    IMPOSSIBLE,
    "单元格是 `2024-02-30`",
    "",
)


def findings(*diagnostics: Diagnostic, files: int = 128) -> Findings:
    return Findings(diagnostics, files, date(2026, 11, 24), lines=lambda path: FILES.get(path, ()))


def test_text_is_the_sentence_the_place_the_line_and_the_cure() -> None:
    assert text.render(findings(DATE, CATEGORY)) == (
        "错误[C201] 公开目录里没有「财政预决算公开表」\n"
        " --> content/caizheng/2024-bumen-yusuan.md:3:11\n"
        "  |\n"
        "3 | category: 财政预决算公开表\n"
        "  |           ^^^^^^^^^^^^^^^^\n"
        "  = 改法: 目录里相近的类别是「财政预决算」；全部类别见 site_config.yml 的 `catalog`\n"
        "\n"
        "错误[D301] 公开期限 `2024-02-30` 不是日历上的日期\n"
        " --> content/caizheng/2024-bumen-yusuan.md:5:11\n"
        "  |\n"
        "5 | deadline: 2024-02-30   # 法定期限\n"
        "  |           ^^^^^^^^^^\n"
        "  = 改法: 2024 年 2 月只有 29 天，按 `YYYY-MM-DD` 改写\n"
        "\n"
        "检查 128 个文件: 2 个错误，0 个警告\n"
    )


def test_a_clean_run_says_so() -> None:
    for name in ("text", "concise", "github"):
        assert FORMATS[name](findings()) == "检查 128 个文件: 全部通过\n"


def caret_lines(diagnostic: Diagnostic) -> tuple[str, str]:
    lines = text.render(findings(diagnostic)).splitlines()
    at = next(n for n, line in enumerate(lines) if line.endswith("^"))
    return lines[at - 1], lines[at]


@pytest.mark.parametrize(
    ("line", "column", "end", "value"),
    [
        (3, 11, 19, "财政预决算公开表"),
        (6, 10, 12, "预算"),
        (6, 13, 23, "2024-02-30"),
        (7, 301, 302, "错"),
    ],
)
def test_carets_stand_under_the_marked_value(line: int, column: int, end: int, value: str) -> None:
    quoted, carets = caret_lines(replace(DATE, place=Place(BUDGET, line, column, end)))
    before = width(quoted[: quoted.index(value)])
    assert width(carets[: carets.index("^")]) == before
    assert carets.count("^") == width(value)
    assert width(quoted) < 120


def test_carets_past_the_end_of_a_line_are_one() -> None:
    quoted, carets = caret_lines(replace(DATE, place=Place(BUDGET, 2, 12, None)))
    assert (quoted, carets) == ("2 | title: 部门预算", "  |                ^")


def test_colour_only_when_asked() -> None:
    assert "\x1b" not in text.render(findings(DATE))
    coloured = text.render(findings(DATE), text.COLOUR)
    assert coloured.startswith("\x1b[1;31m错误[D301]\x1b[0m 公开期限")


def test_what_a_clerk_typed_cannot_steer_the_terminal() -> None:
    evil = replace(DATE, place=Place(BUDGET, 8, 1, 2), message="值 \x1b[2J\u202e 不对\r\n新行")
    for name in ("text", "concise"):
        shown = FORMATS[name](findings(evil))
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "\r" not in shown
    assert "␛[31m红␛[0m" in text.render(findings(evil))


def test_an_attachment_is_named_with_its_sheet_and_not_quoted() -> None:
    assert text.render(findings(SHEET)) == (
        "错误[D301] 单元格是 `2024-02-30`\n"
        " --> content/caizheng/files/a.xlsx 工作表 明细!C7\n"
        "\n"
        "检查 128 个文件: 1 个错误，0 个警告\n"
    )


def test_notices_are_folded_and_what_was_not_checked_is_said() -> None:
    report = replace(
        findings(WARNING, NOTICE), not_checked=(NotChecked("content/a.doc", "读不了 .doc"),)
    )
    assert text.render(report).splitlines()[-8:] == [
        f"{BUDGET}:4:9: 提示[F201] 全角数字",
        "",
        "没有检查的:",
        "  content/a.doc: 读不了 .doc",
        "",
        "另有 1 条提示，不影响合并",
        "`gongkai check --fix` 能自动改好 1 处",
        "检查 128 个文件: 0 个错误，1 个警告",
    ]


def test_concise_is_a_line_each_that_editors_open() -> None:
    doubled = Diagnostic(
        Place(BUDGET, 7, 1, 6), DOUBLED, "字段 `title` 写了两次，第一次在第 2 行", ""
    )
    whole_file = replace(DATE, place=Place("content/a.md"))
    assert concise.render(findings(doubled, whole_file)) == (
        "content/a.md: 错误[D301] 公开期限 `2024-02-30` 不是日历上的日期\n"
        f"{BUDGET}:7:1: 错误[F103] 字段 `title` 写了两次，第一次在第 2 行\n"
        "检查 128 个文件: 2 个错误，0 个警告\n"
    )


def test_json_has_the_promised_keys_in_order() -> None:
    report = replace(findings(DATE, SHEET), not_checked=(NotChecked("a", "b"),))
    document = json.loads(FORMATS["json"](report))
    assert list(document) == ["schema_version", "as_of", "files", "diagnostics", "not_checked"]
    assert (document["schema_version"], document["as_of"], document["files"]) == (
        1,
        "2026-11-24",
        128,
    )
    assert document["not_checked"] == [{"path": "a", "reason": "b"}]
    assert list(document["diagnostics"][0].items()) == [
        ("code", "D301"),
        ("name", "impossible-date"),
        ("severity", "error"),
        ("path", BUDGET),
        ("line", 5),
        ("column", 11),
        ("end_column", 21),
        ("locator", None),
        ("item", "caizheng/2024/bumen-yusuan"),
        ("message", "公开期限 `2024-02-30` 不是日历上的日期"),
        ("hint", "2024 年 2 月只有 29 天，按 `YYYY-MM-DD` 改写"),
        ("fixable", False),
    ]
    assert document["diagnostics"][1]["locator"] == "工作表 明细!C7"
    assert document["diagnostics"][1]["line"] is None


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_name_that_is_not_utf8_is_shown_with_its_sign(name: str) -> None:
    broken = replace(DATE, place=Place("content/\udcb9.md"))
    shown = FORMATS[name](findings(broken))
    assert "\ufffd" in shown or "%3F" in shown
    shown.encode()


def test_github_escapes_what_would_break_the_command() -> None:
    odd = replace(
        DATE,
        place=Place("content/a,b:c%.md", 5, 11, 21),
        message="第一行\r\n::error::假的 100%",
        hint="改,写: 它",
    )
    assert github.command(odd) == (
        "::error file=content/a%2Cb%3Ac%25.md,line=5,col=11,endColumn=21,title=D301 日期不存在"
        "::第一行%0D%0A::error::假的 100%25%0A改法: 改,写: 它"
    )


def test_github_shows_the_worst_first_and_changed_files_before_others() -> None:
    elsewhere = replace(DATE, place=Place("content/a.md", 1, 1, 2))
    report = replace(findings(WARNING, elsewhere, DATE, NOTICE), changed=frozenset({BUDGET}))
    lines = github.render(report).splitlines()
    assert [line.split(" ")[0] for line in lines[:-1]] == [
        "::error",
        "::error",
        "::warning",
        "::notice",
    ]
    assert BUDGET in lines[0]
    assert "file=content/a.md" in lines[1]


def test_gitlab_fingerprints_stay_when_lines_move() -> None:
    first, second = json.loads(gitlab.render(findings(DATE, replace(DATE, place=Place(BUDGET, 9)))))
    assert first["description"].startswith("D301 日期不存在: 公开期限")
    assert first["severity"] == "major"
    assert first["location"] == {"path": BUDGET, "lines": {"begin": 5}}
    assert second["fingerprint"] != first["fingerprint"]
    moved = json.loads(gitlab.render(findings(replace(DATE, place=Place(BUDGET, 50, 1, 2)))))
    assert moved[0]["fingerprint"] == first["fingerprint"]


def test_a_baseline_turns_old_findings_into_notices_and_new_ones_stay() -> None:
    doubled = Diagnostic(Place(BUDGET, 7), DOUBLED, "字段 `title` 写了两次，第一次在第 2 行", "")
    record = baseline.loads(baseline.dumps([DATE, doubled]))
    moved = replace(
        doubled, place=Place(BUDGET, 9), message="字段 `title` 写了两次，第一次在第 3 行"
    )
    again = replace(DATE, place=Place(BUDGET, 90))
    severities = {
        (d.place.line, d.rule.code): d.severity
        for d in baseline.applied([DATE, again, moved, CATEGORY], record)
    }
    assert severities == {
        (3, "C201"): Severity.ERROR,
        (5, "D301"): Severity.NOTICE,
        (9, "F103"): Severity.NOTICE,
        (90, "D301"): Severity.ERROR,
    }


@pytest.mark.parametrize(
    "broken", ["", "[]", "{}", '{"schema_version": 2}', '{"schema_version": 1, "findings": [1]}']
)
def test_a_file_that_is_no_baseline_is_refused(broken: str) -> None:
    with pytest.raises(baseline.BaselineError, match="基线文件"):
        baseline.loads(broken)


def test_explain_tells_the_rule_and_names_near_codes() -> None:
    shown = explain.render(replace(IMPOSSIBLE, fixable=True))
    assert shown.startswith("D301 日期不存在（错误，impossible-date）\n\n查什么\n")
    assert shown.endswith("能自动改好。\n")
    assert explain.unknown("d310", [IMPOSSIBLE, UNKNOWN]) == (
        "没有代码是 `d310` 的规则\n改法: 相近的是 D301\n"
    )


def test_cells_count_as_a_terminal_does() -> None:
    assert [width(t) for t in ("abc", "公开", "〔2026〕", "e\u0301", "，")] == [3, 4, 8, 1, 2]
    assert cut("2026年第三季度公务接待费", 12) == "2026年第..."
    assert table([("部门", "状态"), ("财政局", "按时"), ("a", "滞后")]) == (
        "部门    状态",
        "财政局  按时",
        "a       滞后",
    )
    assert clean("a\tb\x00\udcff") == "a    b␀\ufffd"
