"""What a served page confirms, and what it cannot hide."""

import pytest

from generator.article import Fault, Part, Served, page_record
from tests.article_samples import SITE, article_of, item_of, page_of

ITEM = item_of("正文 **一**\n\n| a | b |\n|--|--|\n| 1 | 2 |\n")
ARTICLE = article_of(ITEM)
PATH = f"{ITEM.id}.html"
PAGE = page_of(ITEM, ARTICLE)


def read(page: str) -> Served | Fault:
    return page_record(page, PATH, SITE)


def test_a_page_as_built_is_read() -> None:
    assert read(PAGE) == Served(ARTICLE.record, ITEM.title, ARTICLE.text)


@pytest.mark.parametrize(
    "harmless",
    [
        '<!-- <article id="gk-body"> -->',
        '<template><template></template><article id="gk-body"></article></template>',
        '<noscript><h1 id="gk-title">x</h1></noscript>',
        "<script>var a = '<article id=\"gk-body\">'</script>",
        '<textarea><article id="gk-body"></textarea>',
        "<div title='<article id=\"gk-body\">'></div>",
        '<div hidden>x</div><img src="a" hidden>',
        '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>',
        '<p data-id="gk-body" class="gk-body">x</p>',
        "1 < 2 <3",
    ],
)
def test_what_is_not_in_the_document_does_not_count(harmless: str) -> None:
    for page in (page_of(ITEM, ARTICLE, before=harmless), page_of(ITEM, ARTICLE, after=harmless)):
        assert isinstance(read(page), Served), harmless


def test_attributes_may_stand_in_any_order_and_case() -> None:
    page = PAGE.replace(
        '<article id="gk-body" class="prose">', "<ARTICLE lang=zh data-a='x' ID=gk-body>"
    )
    assert page != PAGE and isinstance(read(page.replace("</article>", "</ARTICLE >")), Served)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (Part.BODY, "</main>", '<div id="gk-body"></div></main>'),
        (Part.BODY, "</main>", "<div id='gk&#45;body'></div></main>"),
        (Part.BODY, ' id="gk-body"', ""),
        (Part.BODY, ' id="gk-body"', ' x="1" id="a" id="gk-body"'),
        (Part.BODY, "<article", "<!-- <article"),
        (Part.BODY, "<article", "<template><article"),
        (Part.BODY, "<article", "<noscript><article"),
        (Part.BODY, "<article", "<script><!--<script></script><article"),
        (Part.BODY, "<article", "<plaintext><article"),
        (Part.BODY, "<article", "<article hidden"),
        (Part.TITLE, "<main>", "<main hidden>"),
        (Part.TITLE, "<main>", '<main style="display:none">'),
        (Part.TITLE, "<main>", "<main hidden/>"),
        (Part.TITLE, "<main>", "<details><main>"),
        (Part.TITLE, "<main>", "<video><main>"),
        (Part.BODY, "<strong>", "<strong hidden>"),
        (Part.BODY, "<strong>", '<strong style="font-size:0">'),
        (Part.BODY, "<strong>", '<strong aria-hidden="true">'),
        (Part.BODY, "<strong>", '<strong onclick="x">'),
        (Part.RECORD, "<strong>", '<strong id="gk-record">'),
        (Part.BODY, "<strong>", "<!-- x --><strong>"),
        (Part.BODY, "<strong>", "<style>strong{}</style><strong>"),
        (Part.BODY, "<strong>", "<script>1</script><strong>"),
        (Part.BODY, "<strong>", "<template>x</template><strong>"),
        (Part.BODY, "<strong>", "<svg></svg><strong>"),
        (Part.BODY, "<strong>", "</div><strong>"),
        (Part.BODY, "<strong>", "<em><strong>"),
        (Part.BODY, "<strong>", '<em title="</article>">假</em><strong>'),
        (Part.BODY, "<strong>", "<details><summary>x</summary></details><strong>"),
        (Part.BODY, "</article>", ""),
        (Part.TITLE, 'h1 id="gk-title"', 'h2 id="gk-title"'),
        (Part.TITLE, '<h1 id="gk-title">', '<h1 id="gk-title"><span hidden>x</span>'),
        (Part.RECORD, 'type="application/json" id', 'type="application/json"  id'),
        (Part.RECORD, "<body>", '<body><p id="gk-record">'),
    ],
)
def test_a_part_missing_doubled_or_hidden_is_a_fault_of_that_part(
    part: Part, old: str, new: str
) -> None:
    page = PAGE.replace(old, new, 1)
    assert page != PAGE
    found = read(page)
    assert isinstance(found, Fault) and found.part is part, found
    assert part.label in found.message


def test_changed_text_is_read_as_changed() -> None:
    found = read(PAGE.replace("正文", "假文"))
    assert isinstance(found, Served) and found.text != ARTICLE.text


@pytest.mark.parametrize(
    "page", ["", "<", "<html>", "<!--", "<a b='", "\x00", "<script>", "</", "<!" * 99]
)
def test_any_bytes_give_a_fault_and_never_an_exception(page: str) -> None:
    assert isinstance(read(page), Fault)
