"""The record, the title and the article of an item, and their promise to an outsider."""

import json
import re
import string
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright

from generator.article import body_text, breakable, page_record, spaceless
from generator.article.served import Served
from generator.model import State, Withdrawn
from tests.article_samples import (
    SITE,
    article_of,
    body_sha256,
    full_item,
    item_of,
    outsider,
    page_of,
)

BODY = """截至9月底，共支出 3.2 万元，[明细](../../files/a.xlsx)。

## 一、构成

| 项目 | 金额／万元 |
|------|-----------:|
| 公务　接待 | 1.2<br>0.8 |
| [办法](b.md#二) |  |

![票据  示意](../../files/p.png) 见 https://other.gov.cn/%E8%A1%A8?a=1&b=2。[顶](#一构成)
"""


def test_the_text_is_what_the_promise_says() -> None:
    assert article_of(item_of(BODY)).text == (
        "截至9月底，共支出 3.2 万元，", "chengguan/files/a.xlsx", "明细", "。", "一、构成",
        "|", "项目", "|", "金额／万元", "|", "公务 接待", "|", "1.2", "0.8",
        "|", "chengguan/2026/b.html", "办法", "|",
        "chengguan/files/p.png", "票据 示意", "见",
        "https://other.gov.cn/%E8%A1%A8?a=1&b=2", "https://other.gov.cn/%E8%A1%A8?a=1&b=2", "。",
        "顶",
    )  # fmt: skip


def test_a_record_has_its_keys_in_order_and_its_escapes() -> None:
    article = article_of(full_item())
    assert article.record == (
        '{"v":1,"id":"chengguan/2026/reception-q3","title":"关于 \\u003cA\\u0026B\\u003e 的  公示",'
        '"category":"财务/公务接待费","period":"临时","formed":"2026-09-01",'
        '"number":"城管发〔2026〕12号","validity":{"status":"有效","until":"2027-01-01"},'
        '"process":"chengnan","notice":{"from":"2026-09-02","to":"2026-09-08"},'
        '"nil":"本期没有发生","imported":"旧站","corrects":"chengguan/2026/x","state":"public",'
        f'"body":"{body_sha256(["正文", "chengguan/files/b.xlsx", "乙"])}",'
        f'"files":[{{"path":"files/B.pdf","bytes":10,"sha256":"{"a" * 64}"}},'
        f'{{"path":"files/b.xlsx","bytes":20,"sha256":"{"b" * 64}"}}]}}'
    )
    assert article.sha256 == sha256(article.record.encode()).hexdigest()


def test_a_bare_item_leaves_absent_keys_out() -> None:
    keys = list(json.loads(article_of(item_of("正文")).record))
    assert keys == ["v", "id", "title", "category", "period", "state", "body"]


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (State.WITHDRAWN, "本件已于 2026-09-01 撤回。原因：数字有误 <重发>。"),
        (State.EXPIRED, "本件已过公开期限，依规定不再公示。"),
    ],
)
def test_an_item_that_left_says_why_and_takes_its_files_along(state: State, text: str) -> None:
    item = replace(
        full_item(), withdrawn=Withdrawn(date(2026, 9, 1), "数字有误 <重发>。", "内容有误")
    )
    article = article_of(item, state)
    assert article.text == (text,) and article.plain == text and not article.tables
    assert "files" not in json.loads(article.record)
    assert "正文" not in article.html
    assert json.loads(article.record)["state"] == state.value
    assert outsider(page_of(item, article)).lines == [text]


def test_a_change_of_theme_changes_no_text_and_a_change_of_substance_does() -> None:
    first = article_of(item_of(BODY))
    assert article_of(item_of(BODY.replace("3.2", "3.3"))).sha256 != first.sha256
    assert article_of(item_of(BODY.replace("a.xlsx", "c.xlsx"))).sha256 != first.sha256
    assert (
        article_of(item_of(BODY.replace("截至9月底，共", "截至9月底，\n共"))).sha256 == first.sha256
    )


PARTS = st.sampled_from(
    ["文字", "，", " ", "\u3000", "\xa0", "&", "<", "&amp;", "&lt;b&gt;", "\n", "\n\n", "# 题\n", "- [x] ",
     "- ", "**粗**", "`码`", "| a | b |\n|--|--|\n| 1 | 2<br>3 |\n", "[表](../../files/表.xlsx)",
     "[x](b.md)", "![图  一](../../files/p.png)", "https://a.cn/x?y=1&z=2", "[站](https://example.gov.cn/gk/a.html)",
     "[它](../../../caizheng/items/2026/x.md)", "[^1]", "\n\n[^1]: 注\n\n", "<b>raw</b>", "\u200b", "\u2028",
     "    码\n", "\\", "[错](javascript:1)", "[走](../../../../../x)", "\x85", "\x1c", "[顶](#一)", "&#13;"]
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(PARTS, max_size=20).map("".join))
def test_an_outsider_finds_record_title_and_text_in_the_page_alone(body: str) -> None:
    item = item_of(body, title="关于 A&B <试点>　方案的 通知")
    article = article_of(item)
    page = page_of(item, article)
    seen = outsider(page)
    record = json.loads(seen.record)
    assert sha256(seen.record.encode()).hexdigest() == article.sha256
    assert record["body"] == body_sha256(seen.lines)
    assert tuple(seen.lines) == article.text
    assert seen.title == spaceless(record["title"])
    assert page_record(page, f"{item.id}.html", SITE) == Served(
        article.record, seen.title, article.text
    )
    assert article_of(item) == article


@settings(max_examples=200, deadline=None)
@given(st.lists(PARTS, max_size=12).map("".join), st.booleans())
def test_wrapping_blocks_and_unbreaking_spaces_add_no_text(body: str, spaces: bool) -> None:
    html = article_of(item_of(body)).html
    wrapped = html.replace("<table", '<section class="x"><table').replace(
        "</table>", "</table></section>"
    )
    if spaces:
        wrapped = re.sub(r"(?:^|(?<=>))[^<]+", lambda text: text[0].replace(" ", "\xa0"), wrapped)
    page = "chengguan/2026/reception-q3.html"
    assert body_text(f"<div>{wrapped}</div>", page, SITE) == body_text(html, page, SITE)


@given(st.text(alphabet=string.printable + "年月季度情况方案（公务接待费）", max_size=40))
def test_a_title_reads_the_same_with_its_breaks(title: str) -> None:
    item = item_of("文", title=title)
    seen = outsider(page_of(item, article_of(item)))
    assert seen.title == spaceless(title)


@pytest.mark.parametrize(
    ("title", "html"),
    [
        ("2026年第三季度公务接待费支出情况", "2026年第三季度<wbr>公务接待费<wbr>支出<wbr>情况"),
        ("2026年10月公务接待费", "2026年10月<wbr>公务接待费"),
        ("2026年部门预算（示例）", "2026年<wbr>部门预算<wbr>（示例）"),
        ("关于<印发>办法的通知", "关于&lt;印发&gt;<wbr>办法的<wbr>通知"),
        ("方案", "方案"),
    ],
)
def test_a_title_breaks_only_where_sense_allows(title: str, html: str) -> None:
    assert breakable(title, "公务接待费") == html


def test_plain_text_is_a_line_a_block_without_addresses() -> None:
    assert article_of(item_of(BODY)).plain == (
        "截至9月底，共支出 3.2 万元，明细。\n一、构成\n项目 金额／万元\n公务 接待 1.2\n0.8\n办法\n"
        "票据 示意 见 https://other.gov.cn/%E8%A1%A8?a=1&b=2。顶"
    )


WALK = """
([site, page]) => {
  const spaces = /[\\u0009-\\u000d\\u0020\\u00a0\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u2060\\u3000\\ufeff]+/g;
  const lines = [], say = text => {
    text = text.replace(spaces, " ").replace(/^ | $/g, ""); if (text) lines.push(text); };
  const address = href => {
    if (!href || href.startsWith("#")) return;
    const full = new URL(href, site + page).href;
    lines.push(full.startsWith(site)
      ? decodeURIComponent(full.slice(site.length).split("#")[0].split("?")[0]) : href); };
  const walk = node => node.childNodes.forEach(child => {
    if (child.nodeType === 3) return say(child.data);
    const name = child.localName;
    if (name === "td" || name === "th") lines.push("|");
    if (name === "a") address(child.getAttribute("href"));
    if (name === "img") { address(child.getAttribute("src")); say(child.getAttribute("alt") || ""); }
    walk(child); });
  walk(document.getElementById("gk-body"));
  return [lines, document.getElementById("gk-title").textContent,
          document.getElementById("gk-record").textContent];
}
"""


def test_a_real_browser_sees_the_same_record_title_and_text() -> None:
    bodies: list[str] = []

    @settings(max_examples=80, database=None, derandomize=True, deadline=None)
    @given(st.lists(PARTS, max_size=24).map("".join))
    def gather(body: str) -> None:
        bodies.append(body)

    gather()
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page(java_script_enabled=True)
        tab.route("**/*", lambda route: route.abort())
        for body in [BODY, *bodies]:
            item = item_of(body, title="2026年第三季度 <公务>　接待费&情况")
            article = article_of(item)
            tab.set_content(page_of(item, article), wait_until="domcontentloaded")
            lines, title, record = tab.evaluate(WALK, [SITE, f"{item.id}.html"])
            assert tuple(lines) == article.text, body
            assert spaceless(title) == spaceless(item.title)
            assert record == article.record
        browser.close()
