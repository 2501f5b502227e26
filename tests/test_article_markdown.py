"""What a body's Markdown becomes on a page."""

import threading
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.article import body_text, draft, plain_text
from tests.article_samples import SITE

PAGE = "chengguan/2026/a.html"


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("每天8~10时和14~16时", "<p>每天8~10时和14~16时</p>\n"),
        ("~~旧~~", "<p>~~旧~~</p>\n"),
        ("**《条例》**第二十条", "<p><strong>《条例》</strong>第二十条</p>\n"),
        ("前<b>粗</b>后<!-- 注 -->", "<p>前粗后</p>\n"),
        ("<div>\n块\n</div>\n\n后", "<p>后</p>\n"),
        ("一<br>二<BR/>三", "<p>一<br />二<br />三</p>\n"),
        ("**注：**<br>后", "<p><strong>注：</strong><br />后</p>\n"),
        ("`a<br>b` `<br />`", "<p><code>a&lt;br&gt;b</code> <code>&lt;br /&gt;</code></p>\n"),
        ("\\<br>", "<p>&lt;br&gt;</p>\n"),
        ("第一行\n第二行", "<p>第一行第二行</p>\n"),
        ("one\ntwo", "<p>one\ntwo</p>\n"),
        ("- [ ] 未办\n- [x] 已办", '<ul>\n<li class="task">□ 未办</li>\n<li class="task">√ 已办</li>\n</ul>\n'),
        ("    表\n    格", '<pre tabindex="0"><code>表\n格\n</code></pre>\n'),
        ("# 一、概况", '<h2 id="t-一概况">一、概况</h2>\n'),
        ("### 先\n## 后\n### 子", '<h2 id="t-先">先</h2>\n<h2 id="t-后">后</h2>\n<h3 id="t-子">子</h3>\n'),
        ("#\n\n文", "\n<p>文</p>\n"),
        ("[见](#一概况)", '<p><a href="#t-%E4%B8%80%E6%A6%82%E5%86%B5">见</a></p>\n'),
        ('[x](a.xlsx "看不见的话")', '<p><a href="a.xlsx">x</a></p>\n'),
    ],
)  # fmt: skip
def test_a_body_reads_as_its_reviewer_saw_it(body: str, html: str) -> None:
    assert draft(body).html == html


@pytest.mark.parametrize(
    ("body", "address", "after"),
    [
        ("见 https://example.gov.cn/a，后面的字", "https://example.gov.cn/a", "，后面的字"),
        ("见https://example.gov.cn/a后面", "https://example.gov.cn/a", "后面"),
        ("（http://x.cn/b_(c)）。", "http://x.cn/b_(c)", "）。"),
        ("(http://x.cn/b).", "http://x.cn/b", ")."),
        ("http://x.cn/?a=1&b=2。", "http://x.cn/?a=1&amp;b=2", "。"),
        ("http://x.cn:8080/<b>", "http://x.cn:8080/", ""),
        ("http://x.cn/&gt;", "http://x.cn/", "&gt;"),
    ],
)
def test_a_bare_address_ends_where_chinese_begins(body: str, address: str, after: str) -> None:
    assert f'<a href="{address}">{address}</a>{after}' in draft(body).html


def test_bare_hosts_and_mailboxes_are_linked_but_not_inside_links_or_code() -> None:
    assert '<a href="http://www.foo.cn">www.foo.cn</a>。' in draft("www.foo.cn。").html
    assert '<a href="mailto:a.b@x.gov.cn">a.b@x.gov.cn</a>，' in draft("信箱 a.b@x.gov.cn，").html
    assert draft("[www.a.cn 与 `x`](b.md)").html.count("<a ") == 1
    assert "<a" not in draft("`www.a.cn`\n\n    www.a.cn\n").html
    assert "<a" not in draft("https://例子.cn/路径").html


def test_markdown_after_a_bare_address_is_still_markdown() -> None:
    assert "，<strong>重要</strong>" in draft("https://a.cn/x，**重要**").html


def test_links_know_their_line_and_column_in_characters() -> None:
    found = draft(
        "说明\n\n- 见[表](../../files/表.xlsx)和 https://a.cn/b，又 https://a.cn/b。\n"
    ).links
    assert [(link.href, link.line, link.column, link.end_column) for link in found] == [
        ("../../files/表.xlsx", 3, 4, 27),
        ("https://a.cn/b", 3, 29, 43),
        ("https://a.cn/b", 3, 46, 60),
    ]
    assert draft("![图](a%20b.png)").links[0].image


def test_columns_hold_after_breaks_in_footnotes_and_over_lines() -> None:
    body = "甲<br>乙[一](a.xlsx)<br/>[二\n三](b.xlsx)，[四](javascript:1)[^注]\n\n[^注]: 见 [五](c.xlsx)\n"
    made = draft(body)
    lines = body.split("\n")
    spans = [lines[link.line - 1][link.column - 1 : link.end_column - 1] for link in made.links]
    assert spans == ["[一](a.xlsx)", "[二", "[五](c.xlsx)"]
    (bad,) = made.refused
    assert lines[bad.line - 1][bad.column - 1 : bad.end_column - 1] == "[四](javascript:1)"


@pytest.mark.parametrize(
    ("body", "href"),
    [
        ("[x](javascript:alert(1))", "javascript:alert(1)"),
        ("[x](//evil.example/a)", "//evil.example/a"),
        ("[x](data:text/html,x)", "data:text/html,x"),
        ("[x](https:evil)", "https:evil"),
        ("<ftp://a/b>", "ftp://a/b"),
        ("[x]()", ""),
        ("[x][r]\n\n[r]: vbscript:x", ""),
    ],
)
def test_an_address_of_another_scheme_is_refused_and_its_text_stays(body: str, href: str) -> None:
    made = draft(body)
    assert made.html.startswith("<p><a>") and "href" not in made.html
    assert [link.href for link in made.refused] == [href]
    assert made.refused[0].line == 1 and made.refused[0].column == 1 and not made.links


@pytest.mark.parametrize("src", ["https://a.cn/x.png", "data:image/png;base64,xx", "//a/x.png"])
def test_a_picture_from_elsewhere_leaves_its_words(src: str) -> None:
    made = draft(f"![示意图]({src})")
    assert made.html == "<p>示意图</p>\n"
    assert made.refused[0].image and made.refused[0].href == src


def test_raw_html_is_counted_for_the_gate() -> None:
    assert draft("<b>x</b>").dropped == 2
    assert draft("一<br>二 1 < 2").dropped == 0


def test_a_table_scrolls_has_heads_and_puts_figures_right() -> None:
    html = draft(
        "| 路段 | 摊位 | 时段 |  |\n|--|--|:-:|--|\n| 东 | 1,024 | 6时 | 甲 |\n|  | — | 7时 |  |\n"
    ).html
    assert html.startswith(
        '<div class="scroll" role="region" tabindex="0" aria-label="表 1"><table>'
    )
    assert '<th scope="col">路段</th><th scope="col" class="num">摊位</th>' in html
    assert '<th scope="col" class="mid">时段</th><td></td></tr>' in html
    assert (
        '<th scope="row">东</th><td class="num">1,024</td><td class="mid">6时</td><td>甲</td>'
        in html
    )
    assert '<tr><td></td><td class="num">—</td>' in html


def test_a_line_break_keeps_two_figures_of_a_cell_apart() -> None:
    html = draft("| a | b |\n|--|--|\n| 1<br>2 | x |\n").html
    assert body_text(html, PAGE, SITE)[-5:] == ("|", "1", "2", "|", "x")


def test_footnotes_speak_chinese() -> None:
    html = draft("甲[^一]乙[^一]\n\n[^一]: 说明\n").html
    assert "Back" not in html and "data-footnote" not in html
    assert 'aria-label="注 1">1</a>' in html
    assert 'aria-label="回到注 1"' in html and 'aria-label="回到注 1 的第 2 处"' in html


PAYLOADS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "<svg><script>1</script></svg>", "<a href='javascript:1'>x</a>", "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))", "[x](java&#10;script:alert(1))", "[x](&#x6A;avascript:1)",
    "[x](&#106;avascript&colon;1)", "[x](\x01javascript:1)", "[x]( javascript:1)",
    "[x](<java\tscript:1>)", "[x](javascript%3Aalert(1))", "[x](data:text/html;base64,PHM+)",
    "[x](vbscript:1)", "[x](//evil)", "[x](\\\\evil)", "[x](/\\evil)", "![x](javascript:1)",
    '![x" onerror="1](y.png)', '![x](y.png" onerror="1)', '[x](y "t\\" onmouseover=\\"1")',
    '[x](y\'onclick=\'1)', '[x](y"onclick="1)', "<javascript:alert(1)>", "<data:text/html,x>",
    'http://a.cn/"onmouseover="1', "http://a.cn/'onclick='1", "http://a.cn/<script>1</script>",
    "http://a.cn/&lt;script&gt;", "www.a.cn/`x`<img src=x onerror=1>", "a@b.cn<script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;img src=x onerror=1&#62;", "`<script>`",
    "```\n</code></pre><script>1</script>\n```", "```js\" onload=\"1\nx\n```", "# <img onerror=1>",
    '# x" onclick="1', "# &lt;script&gt;", "| <script> | b |\n|--|--|\n| <img onerror=1> | x |",
    "[^<script>]\n\n[^<script>]: x", '[^"onclick="1]\n\n[^"onclick="1]: <script>1</script>',
    "- [ ] <script>1</script>", "<!--><script>1</script>-->", "<!-- --!><img onerror=1> -->",
    "<![CDATA[<script>1</script>]]>", "<?php <script>1</script> ?>", "<br onload=1>", "<br/onload=1>",
    "<br><script>1</script>", "\U00012470<script>", "<style>*{}</style>", "<iframe src=//x>",
    "<math><mi xlink:href='javascript:1'>", "<base href=//x>", "<meta http-equiv=refresh>",
    "<form action=javascript:1><button>", "<body onload=1>", "</article><script>1</script>",
    "[a]: javascript:1\n\n[a] ![a]", "[![x](javascript:1)](javascript:2)", "<a/href=data:1>x",
]  # fmt: skip

ALLOWED = {
    "a": {"href", "id", "class", "aria-label"}, "img": {"src", "alt"},
    "p": set(), "br": set(), "em": set(), "strong": set(), "code": set(), "hr": set(),
    "pre": {"tabindex"}, "blockquote": set(), "ul": set(), "ol": {"start"}, "li": {"class", "id"},
    "table": set(), "thead": set(), "tbody": set(), "tr": set(), "td": {"class"},
    "th": {"class", "scope"}, "div": {"class", "role", "tabindex", "aria-label"},
    "sup": {"class"}, "section": {"class", "aria-label"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}  # fmt: skip


class Strict(HTMLParser):
    """Fails on any element, attribute or address that a body must not have."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        for key, value in attrs:
            assert key in ALLOWED[tag], (tag, key)
            if key in ("href", "src"):
                scheme, colon, _ = (value or "").partition(":")
                inside = not colon or "/" in scheme or "%" in scheme or "#" in scheme
                assert inside or scheme in ("http", "https", "mailto", "tel"), value
                assert not (value or "").startswith(("//", "\\", "/\\"))

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError("a declaration")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError("a declaration")

    def handle_pi(self, data: str) -> None:
        raise AssertionError("a processing instruction")


def parse(html: str) -> None:
    reader = Strict()
    reader.feed(html)
    reader.close()


def test_the_strict_reader_would_catch_what_it_looks_for() -> None:
    for bad in (
        "<script>",
        "<a onclick=1>",
        "<a href='javascript:1'>",
        "<!-- x -->",
        "<a href=//x>",
    ):
        with pytest.raises(AssertionError):
            parse(bad)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_active_comes_out_of_a_body(payload: str) -> None:
    for body in (
        payload,
        f"前{payload}后",
        f"> {payload}",
        f"| a |\n|--|\n| {payload} |",
        f"**{payload}**",
    ):
        parse(draft(body).html)


PIECES = st.sampled_from(
    [*PAYLOADS, "文字", "，", "a", "1", " ", "\n", "\n\n", "  \n", "# ", "- ", "1. ", "> ", "| ", "|--|",
     "**", "*", "_", "`", "```\n", "[", "](", ")", "<", ">", "&", '"', "'", "\\", "<br>", "~", "[^1]",
     "[^1]: ", "    ", "https://a.cn/x", "a@b.cn", "../../files/表.xlsx", "!", "\t", "\r\n", "\u3000",
     "\x00", "\u200b", "&#x200b;", "- [ ] ", "---\n", "表\n", "\U00012470"]
)  # fmt: skip
BODIES = st.lists(PIECES, max_size=24).map("".join)


@settings(max_examples=600, deadline=None)
@given(BODIES)
def test_no_body_makes_anything_active_or_marks_its_source(body: str) -> None:
    made = draft(body)
    parse(made.html)
    assert "sourcepos" not in made.html and "raw HTML omitted" not in made.html
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for link in (*made.links, *made.refused):
        assert 1 <= link.line <= len(lines) and 1 <= link.column < link.end_column


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_plain_characters_are_safe_too(body: str) -> None:
    parse(draft(body).html)


def test_threads_do_not_disturb_one_another() -> None:
    bodies = [f"# 标题 {n}\n\n| a | b |\n|--|--|\n| {n} | [x](f{n}.xlsx) |\n" for n in range(200)]

    def made_of(body: str) -> tuple[object, ...]:
        made = draft(body)
        return made.html, made.links, made.refused

    expected = [made_of(body) for body in bodies]
    got: dict[int, list[object]] = {}

    def work(name: int) -> None:
        got[name] = [made_of(body) for body in bodies]

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(made == expected for made in got.values()) and len(got) == 4


@pytest.mark.parametrize(
    "piece",
    ["http://x.cn/)", "www.a.cn/(((", "a@", "a.", "[", "![", "](", "[x](javascript:1)", "[x](a.md)", "> ", "- ", "|", "`",
     "*", "**粗", "<br>", "<b>", "<", "&lt;", "\n# 题\n", "[^1]", "\n\n| a |\n|--|\n| 1 |\n", "- [ ] x\n", "\n\n    码\n\n文",
     "字\n", "http://", "&amp;", ")", "\\", "[a]: b\n", "1. a\n   "],
)  # fmt: skip
def test_a_large_body_takes_time_in_step_with_its_size(piece: str) -> None:
    def seconds(size: int) -> float:
        body = "http://x.cn/" + piece * (size // len(piece))
        start = time.perf_counter()
        made = draft(body)
        body_text(made.html, PAGE, SITE)
        plain_text(made.html)
        return time.perf_counter() - start

    assert seconds(200_000) < 5, piece
