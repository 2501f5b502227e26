"""Search as a reader uses it: real pages, real Pagefind, a real browser."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from generator.search.tokens import tokens
from tests.search_sites import NAMES, served, truth, world, write

QUERIES = (
    "预算", "决算", "宅基地", "行政处罚", "低保", "2694", "限时办结", "城管发〔2026〕12号",
    "2026-10-28", "0731-8888999", "3.5米", "COVID-19", "《预算法》第十四条", "最低生活保障",
    "20个工作日", "2,694", "covid", "二〇二六年", "HN-2026-0012", "36.2", "95.99%", "行政处罚决定书",
    "三公经费", "危房改造",
)  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`gk/` is the portal; `else/where/` is one department's site, copied away alone."""
    folder = tmp_path_factory.mktemp("search")
    write(folder / "gk", world())
    shutil.copytree(folder / "gk" / "chengguan", folder / "else" / "where")
    return folder


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    with served(root) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Page]:
    """A page that fails its test on any message of the console and any request off the host."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((address, "data:")) else said.append(request.url)
        ),
    )
    yield page
    context.close()
    assert said == []


def ask(tab: Page, query: str) -> list[str]:
    """Type a query into the field that is there, and give the titles of all results."""
    tab.fill("input[name=q]", query)
    tab.keyboard.press("Enter")
    return found(tab, query)


def found(tab: Page, query: str) -> list[str]:
    tab.wait_for_selector(".out.asked > [aria-busy=false]")
    while tab.is_visible(".out button.more"):
        before = tab.locator(".out .hits > li").count()
        tab.click(".out button.more")
        tab.wait_for_function(f"document.querySelectorAll('.out .hits > li').length > {before}")
    return tab.locator(".out .hits h3").all_inner_texts()


@pytest.mark.parametrize("query", QUERIES)
def test_the_portal_finds_what_stands_in_the_text(tab: Page, address: str, query: str) -> None:
    tab.goto(f"{address}gk/search.html?q={query.replace('%', '%25')}")
    titles = found(tab, query)
    expected = truth(query)
    if query == "预算":
        expected |= {"关于本站（示例）"}
    assert expected
    assert set(titles) == expected
    assert len(titles) == len(expected)


@pytest.mark.parametrize("query", QUERIES)
def test_a_department_copied_away_finds_its_own_and_nothing_else(
    tab: Page, address: str, query: str
) -> None:
    tab.goto(f"{address}else/where/search.html")
    titles = ask(tab, query)
    if expected := truth(query, ("chengguan",)):
        assert set(titles) == expected
        hrefs = tab.locator(".out .hits a").evaluate_all("all => all.map(a => a.href)")
        assert all(href.startswith(f"{address}else/where/20") for href in hrefs)
    else:
        assert "没有完全一样的" in tab.inner_text("[role=status]")


def test_a_number_inside_a_longer_one_and_parts_of_a_word_are_not_found(
    tab: Page, address: str
) -> None:
    tab.goto(f"{address}gk/search.html")
    assert "行政执法统计（示例）" not in ask(tab, "2694")
    assert ask(tab, "行政处罚") == ["行政处罚决定书（示例）", "行政处罚不适用说明（示例）"]
    assert ask(tab, "限时办结") == ["限时办结情况（示例）"]


def test_a_phrase_does_not_reach_over_the_end_of_a_paragraph(tab: Page, address: str) -> None:
    tab.goto(f"{address}gk/search.html")
    assert "公开指南（示例）" not in ask(tab, "最低生活保障")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("120㎡", "摊位面积（示例）"),
        ("120m2", "摊位面积（示例）"),
        ("a_b", "摊位面积（示例）"),
        ("土地用途", "摊位面积（示例）"),
        ("ＣＯＶＩＤ-19", "疫情防控经费（示例）"),
        ("３.５米", "便民疏导点设置方案（示例）"),
        ("<script>alert(1)</script>", "<b>公告</b> & 通知（示例）"),
    ],
)
def test_other_ways_to_write_the_same(tab: Page, address: str, query: str, title: str) -> None:
    tab.goto(f"{address}gk/search.html")
    assert ask(tab, query) == [title]
    assert tab.locator(".out h3 a").inner_text() == title


def test_several_words_are_all_required(tab: Page, address: str) -> None:
    tab.goto(f"{address}gk/search.html")
    assert set(ask(tab, "2026 预算")) == {"2026年部门预算（示例）", "2026年财政预算（示例）"}
    assert ask(tab, "低保　3,500") == ["低保对象公示（示例）"]


def test_a_result_says_what_who_how_when_and_where(tab: Page, address: str) -> None:
    tab.goto(f"{address}gk/search.html?q=宅基地")
    found(tab, "宅基地")
    hit = tab.locator(".out .hits > li")
    assert hit.locator("a").get_attribute("href") == f"{address}gk/hongxing/2026/item-1.html"
    assert hit.locator("h3 mark").all_inner_texts() == ["宅基地"]
    assert hit.locator(".m").inner_text().split() == [
        "红星村",
        "滞后",
        "2",
        "个工作日",
        "2026-02-05",
    ]
    assert hit.locator(".st-late").count() == 1
    said = hit.locator("p").first
    assert said.inner_text() == ("张某申请宅基地120平方米，村民代表会议同意。批准日期2026-10-28。")
    assert said.locator("mark").all_inner_texts() == ["宅基地"]
    hit.locator("a").click()
    assert tab.inner_text("h1") == "宅基地审批结果（示例）"


def test_an_excerpt_begins_with_a_sentence_that_holds_the_words(tab: Page, address: str) -> None:
    tab.goto(f"{address}gk/search.html")
    for query, said in (
        ("停车收费", "停车收费每小时3元，不足一小时的按一小时算。"),
        ("停车费怎么交", "停车费怎么交 收费标准见下表。"),
        ("办事指南", "收费标准见下表。 停车收费每小时3元，"),
    ):
        ask(tab, query)
        assert tab.locator(".out .hits p").first.inner_text().startswith(said)


def test_the_newest_comes_first_and_five_are_shown(tab: Page, address: str) -> None:
    tab.goto(f"{address}gk/search.html?q=年")
    tab.wait_for_selector(".out button.more")
    days = tab.locator(".out time").all_inner_texts()
    assert len(days) == 5
    assert days == sorted(days, reverse=True)
    assert tab.inner_text(".out button.more").startswith("更多（还有 ")
    tab.focus(".out button.more")
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.querySelectorAll('.out .hits > li').length > 5")
    sixth = tab.locator(".out .hits > li").nth(5).locator("a")
    assert sixth.evaluate("a => a === document.activeElement")


def test_filters_count_narrow_and_stand_in_the_address(tab: Page, address: str) -> None:
    tab.goto(f"{address}gk/search.html?q=示例")
    tab.wait_for_selector(".facets")
    labels = tab.locator(".facets select[name=机关] option").all_inner_texts()
    assert labels == ["全部", "市城市管理局（10）", "市财政局（6）", "红星村（5）"]
    years = tab.locator(".facets select[name=年度] option").all_inner_texts()
    assert years == ["全部", "2026（11）", "2025（11）"]
    tab.select_option("select[name=机关]", "红星村")
    tab.wait_for_function("document.querySelector('[role=status]').textContent.startsWith('5 条')")
    years = tab.locator(".facets select[name=年度] option").all_inner_texts()
    assert years == ["全部", "2026（2）", "2025（3）"]
    assert tab.evaluate("document.activeElement.name") == "机关"
    tab.select_option("select[name=年度]", "2026")
    tab.wait_for_function("document.querySelector('[role=status]').textContent.startsWith('2 条')")
    tab.reload()
    tab.wait_for_function("document.querySelector('[role=status]').textContent.startsWith('2 条')")
    assert tab.input_value("select[name=机关]") == "红星村"


@pytest.mark.parametrize(
    ("query", "row", "title"),
    [
        ("宅基地怎么批", "宅基地（红星村）", "宅基地审批结果（示例）"),
        ("盖房", "宅基地（红星村）", "宅基地审批结果（示例）"),
        ("我想盖房子要什么材料", "宅基地（红星村）", "宅基地审批结果（示例）"),
        ("村里账目", "财务收支（红星村）", None),
        ("占道许可怎么办", "占用城市道路许可（示例）（市城市管理局）", None),
    ],
)
def test_a_question_finds_what_it_means(
    tab: Page, address: str, query: str, row: str, title: str | None
) -> None:
    tab.goto(f"{address}gk/search.html")
    titles = ask(tab, query)
    assert tab.inner_text("[role=status]").startswith("没有完全一样的")
    assert tab.locator(".out .words a").first.inner_text() == row
    if title is not None:
        assert title in titles
    assert tab.locator(".out a[href='tel:000012345']").is_visible()
    assert tab.locator(".out a[href$='gk/apply.html']").is_visible()


def test_nothing_alike_shows_the_longest_part_that_stands_somewhere(
    tab: Page, address: str
) -> None:
    tab.goto(f"{address}gk/search.html")
    titles = ask(tab, "低保户危房改造名单")
    assert set(titles) == truth("危房改造")
    assert "里面最长的一段“危房改造”查到 2 条" in tab.inner_text(".out .zero")


def test_a_row_leads_to_its_page_in_the_department(tab: Page, address: str) -> None:
    tab.goto(f"{address}gk/search.html")
    ask(tab, "盖房")
    href = tab.locator(".out .words a").first.get_attribute("href")
    assert href == f"{address}gk/hongxing/slots/homestead/index.html"
    tab.goto(f"{address}else/where/search.html")
    ask(tab, "招待费")
    href = tab.locator(".out .words a").first.get_attribute("href")
    assert href == f"{address}else/where/slots/reception/index.html"


def test_the_dialog_is_used_with_the_keyboard_alone(tab: Page, address: str) -> None:
    tab.goto(f"{address}gk/chengguan/2025/item-0.html")
    tab.focus("a[data-search]")
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.keyboard.press("Control+k")
    tab.wait_for_selector("dialog[open]")
    assert sum(url.endswith("assets/search.js") for url in asked) == 1
    assert tab.evaluate("document.activeElement.name") == "q"
    tab.keyboard.type("预算")
    tab.wait_for_selector("dialog .hits a")
    tab.keyboard.press("ArrowDown")
    titles = tab.locator("dialog .hits a").all_inner_texts()
    assert tab.evaluate("document.activeElement.textContent") == titles[0]
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate("document.activeElement.textContent") == titles[1]
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")
    assert tab.evaluate("document.activeElement.name") == "q"
    tab.keyboard.press("Escape")
    assert tab.locator("dialog[open]").count() == 0
    assert tab.evaluate("document.activeElement.hasAttribute('data-search')")
    tab.keyboard.press("/")
    tab.wait_for_selector("dialog[open]")
    tab.keyboard.press("ArrowDown")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.inner_text("h1") in titles


def test_the_dialog_opens_by_the_link_and_closes_by_its_button(tab: Page, address: str) -> None:
    tab.goto(f"{address}else/where/2025/item-0.html")
    tab.click("a[data-search]")
    tab.wait_for_selector("dialog[open]")
    tab.fill("dialog input", "决算")
    tab.wait_for_selector("dialog .hits a")
    assert tab.get_attribute("dialog .note a.hit", "href") == (
        f"{address}else/where/search.html?q=%E5%86%B3%E7%AE%97"
    )
    tab.click("dialog .top button")
    assert tab.locator("dialog[open]").count() == 0


def test_search_is_quiet_while_an_input_method_composes(tab: Page, address: str) -> None:
    tab.goto(f"{address}gk/search.html")
    tab.focus("#q")
    client = tab.context.new_cdp_session(tab)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    composing = {"selectionStart": 5, "selectionEnd": 5, "text": "yusua"}
    client.send("Input.imeSetComposition", composing)
    tab.wait_for_timeout(600)
    assert asked == []
    client.send("Input.insertText", {"text": "预算"})
    tab.wait_for_selector(".out .hits a")
    assert tab.input_value("#q") == "预算"


def test_a_form_without_scripts_leads_to_lists(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}gk/search.html")
    page.fill("#q", "预算")
    page.click("form button")
    assert page.url.endswith("gk/search.html?q=%E9%A2%84%E7%AE%97")
    assert "搜索要浏览器开着 JavaScript" in page.inner_text(".browse")
    page.click("text=红星村")
    assert page.url.endswith("gk/hongxing/index.html")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    for query, ready in (("", ".browse"), ("示例", ".hits li"), ("盖房", ".zero .words")):
        page.goto(f"{address}gk/search.html?q={query}")
        page.wait_for_selector(ready)
        page.wait_for_timeout(200)
        _check(page, width)
    page.goto(f"{address}gk/chengguan/2025/item-0.html")
    page.keyboard.press("Control+k")
    page.fill("dialog input", "示例")
    page.wait_for_selector("dialog .hits li")
    page.wait_for_timeout(200)
    _check(page, width)
    context.close()


def _check(page: Page, width: int) -> None:
    found = Axe().run(page)
    assert found.response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_questions_lose_their_question_words_and_nothing_else(tab: Page, address: str) -> None:
    tab.goto(f"{address}gk/about.html")
    asked = {
        "宅基地怎么批": ["宅基地"], "请问低保怎么申请？": ["低保", "申请"], "城管职能是什么": ["城管职能"],
        "办身份证要什么材料": ["办身份证", "材料"], "钱花在哪里了": ["钱花"], "公开要素": ["公开要素"],
        "村里的账目": ["村里", "账目"], "批": ["批"],
    }  # fmt: skip
    found_ = tab.evaluate(
        """async ([address, queries]) => {
          const { core } = await import(address);
          return queries.map(core);
        }""",
        [f"{address}gk/assets/find.js", list(asked)],
    )
    assert dict(zip(asked, found_, strict=True)) == asked


def test_one_broken_bundle_leaves_the_others_searchable(
    browser: Browser, root: Path, tmp_path: Path
) -> None:
    shutil.copytree(root / "gk", tmp_path / "gk")
    shutil.rmtree(tmp_path / "gk" / "caizheng" / "pagefind" / "index")
    (tmp_path / "gk" / "hongxing" / "pagefind" / "pages.json").unlink()
    with served(tmp_path) as url:
        page = browser.new_page()
        page.goto(f"{url}gk/search.html?q=行政处罚")
        assert found(page, "行政处罚") == ["行政处罚决定书（示例）"]
        page.close()


def test_search_that_cannot_be_loaded_says_so_and_shows_the_lists(
    browser: Browser, root: Path, tmp_path: Path
) -> None:
    shutil.copytree(root / "gk", tmp_path / "gk")
    (tmp_path / "gk" / "search.json").unlink()
    with served(tmp_path) as url:
        page = browser.new_page()
        page.goto(f"{url}gk/search.html?q=预算")
        page.wait_for_selector("text=搜索暂时用不了")
        assert page.is_visible(".browse a >> text=红星村")
        page.close()


TABLE = (
    "", "   ", "预算", "2026年第三季度", "城管发〔2026〕12号", "2026-10-28", "0731-8888999", "3.5米",
    "《预算法》第十四条", "COVID-19", "ＣＯＶＩＤ－１９", "120㎡", "m²", "①②", "Ⅲ级", "a_b", "＿",
    "二〇二六年", "⼟地", "豈", "𠀀𠮷", "かな テスト", "한국어", "Ünïcode naïve", "12,345.67%", "々",
    "电话:12319；地址", "\u200b零宽\u00a0空格\u3000", "٣ digits", "<b>&amp;</b>", "🙂表情", "x﹏y",
    "ﬁ", "½杯", "㈠", "㍿", "e\u0301", "A4纸", "G20", "Q3", "·", "〔〕", "ⅷ", "ー長", "\n换\n行",
)  # fmt: skip


def test_page_and_query_have_one_tokeniser(tab: Page, address: str) -> None:
    tab.goto(f"{address}gk/about.html")
    theirs = tab.evaluate(
        """async ([address, table]) => {
          const { tokens } = await import(address);
          return table.map(tokens);
        }""",
        [f"{address}gk/assets/find.js", list(TABLE)],
    )
    for text, token in zip(TABLE, theirs, strict=True):
        assert token == tokens(text), text


@pytest.mark.parametrize("most", [4_000, 5])
def test_many_departments_answer_from_titles_first_and_in_full_on_demand(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("generator.search.light._MOST", most)
    made = world()
    folders = tuple(f"d{n}" for n in range(9))
    site = replace(made.repository.site, departments=(*NAMES, *folders))
    write(tmp_path, replace(made, repository=replace(made.repository, site=site)))
    with served(tmp_path) as url:
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{url}search.html?q=预算")
        page.wait_for_selector(".out.asked > [aria-busy=false]")
        titles = page.locator(".out h3").all_inner_texts()
        assert set(titles) == {*truth("预算"), "关于本站（示例）"}
        assert not [url for url in asked if "/chengguan/pagefind/" in url]
        assert page.locator(".out h3 a").first.get_attribute("href") == (
            f"{url}chengguan/2026/item-1.html"
        )
        page.click("text=再查 3 个机关的全文")
        page.wait_for_selector("text=再查 3 个机关的全文", state="detached")
        page.wait_for_selector(".out.asked > [aria-busy=false]")
        assert page.locator(".out h3").all_inner_texts() == titles
        assert [url for url in asked if "/chengguan/pagefind/" in url]
        page.close()
