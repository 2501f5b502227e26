"""The frame: Material's page with our slots, made once and filled for every page."""

import gzip
import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Request, sync_playwright

from generator.model import Grade, Judge, Level, Site, Span, Unit
from generator.publish.frame import SLOTS, Frame, Frames, make_frames
from generator.publish.stylesheet import ThemeError, material_css, minified, site_css
from generator.render.page import COLUMNS, Crumb, Page
from generator.render.theme import theme_folder

AS_OF = date(2026, 11, 24)
SITE = Site(
    name="测试市政府信息公开",
    url="https://gk.example/gk/",
    region="测试市",
    level=Level.COUNTY,
    sponsor="测试市人民政府办公室",
    departments=("weisheng",),
    judge=Judge(Grade.GIT, date(2026, 1, 1), Span(5, Unit.WORKDAYS), None),
    id_code="0000000001",
    icp="备案 1 号",
    notice="本站是示例。",
)
UPSTREAM = {
    "base.html": "8536d352b0093623",
    "main.html": "9948b55a7bc979c3",
    "partials/language.html": "3a44516f305006ac",
    "partials/languages/zh.html": "7114aa64aa8e4899",
    "partials/icons.html": "461a02930eb982ef",
    "partials/integrations/analytics.html": "3dba249b95699a16",
    "partials/javascripts/base.html": "d6113712bc4deb30",
    "partials/javascripts/content.html": "3722e156f0f6339d",
}
"""Material's templates that the frame extends, includes or replaces, as read when it was written."""

SKELETON = """
link href=https://gk.example/gk/weisheng/2026/a.html
link href=data:,
link href=../assets/site.css
script src=../assets/gk.js
a href=#main
a href=../../index.html
a href=../index.html
a href=../search.html
button id=size
a href=../index.html
a href=../guide.html
a href=../rules.html
a href=../lists/index.html
a href=../annual.html
a href=../apply.html
a href=../matrix.html
a href=../index.html
a href=../guide.html
a href=../rules.html
a href=../lists/index.html
a href=../annual.html
a href=../apply.html
a href=../matrix.html
a href=index.html
div data-md-component=container
main data-md-component=main
div id=main
a href=../verify.html
a href=../open-data.html
a href=https://gk.example/gk/accessibility.html
a href=../sitemap.html
a href=https://gk.example/gk/handbook/index.html
a href=https://gk.example/gk/about.html
"""


@pytest.fixture(scope="module")
def frames() -> Frames:
    return make_frames(SITE, theme_folder(), AS_OF)


@pytest.fixture(scope="module")
def department(frames: Frames) -> Frame:
    return frames.department("weisheng", "市卫生局")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


def page(path: str, column: str = "", main: str = "<h1>正文</h1>") -> Page:
    return Page(
        path, "标题", main, column, crumbs=(Crumb("首页", "index.html"), Crumb("标题", None))
    )


class Tags(HTMLParser):
    """Every tag that carries an id, a component, a source or an address."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = [f"{k}={v}" for k, v in attrs if k in ("id", "data-md-component", "src", "href")]
        if kept:
            self.seen.append(" ".join([tag, *kept]))


def test_upstream_templates_are_the_ones_that_the_frame_was_written_for() -> None:
    templates = Path(str(files("material"))) / "templates"
    found = {
        name: hashlib.sha256((templates / name).read_bytes()).hexdigest()[:16] for name in UPSTREAM
    }
    assert found == UPSTREAM


def test_each_slot_stands_exactly_as_often_as_it_is_filled(frames: Frames) -> None:
    expected = {**SLOTS, **{f"at{n}": 2 for n in range(len(COLUMNS))}}
    for frame, own in (
        (frames.portal, {"home": 1}),
        (frames.department("a", "甲"), {"dept": 2}),
    ):
        for skeleton in frame.skeletons:
            slots = list(skeleton[1::2])
            assert {slot: slots.count(slot) for slot in slots} == expected | own


def test_skeleton_of_a_department_page(department: Frame) -> None:
    tags = Tags()
    tags.feed(department.fill(page("2026/a.html", "法定主动公开")))
    assert "\n".join(tags.seen) == SKELETON.strip()


def test_nothing_of_materials_script_and_no_other_host(frames: Frames, department: Frame) -> None:
    pages = [frames.portal.fill(page(p)) for p in ("index.html", "class/a.html", "404.html")]
    pages += [department.fill(page(p)) for p in ("index.html", "2026/a.html", "slots/a/b.html")]
    pages += [asset.data.decode() for asset in frames.handbook]
    for text in pages:
        for denied in ("__config", "bundle.", 'rel="prev"', 'rel="next"', "__drawer", "md-dialog"):
            assert denied not in text
        assert "⟦" not in text
        for address in re.findall(r'(?:href|src|action)="((?:https?:)?//[^"]*)"', text):
            assert address.startswith(SITE.url), address


def test_addresses_follow_the_depth(frames: Frames, department: Frame) -> None:
    for path, up in (("a.html", ""), ("b/a.html", "../"), ("b/c/a.html", "../../")):
        of_portal = frames.portal.fill(page(path))
        of_department = department.fill(page(path))
        for text in (of_portal, of_department):
            assert f'<link rel="stylesheet" href="{up}assets/site.css">' in text
            assert f'href="{up}search.html" data-search' in text
        assert f'<p class="name"><a href="{up}index.html">' in of_portal
        assert f'<p class="name"><a href="{up}../index.html">' in of_department
        assert f'<p class="dept"><a href="{up}index.html">市卫生局</a>' in of_department
        assert f'href="{up}verify.html"' in of_portal
        assert f'href="{up}verify.html"' in of_department
        assert 'href="https://gk.example/gk/handbook/index.html"' in of_department


def test_title_description_and_canonical_are_escaped(department: Frame) -> None:
    filled = department.fill(
        Page("2026/a.html", "甲<乙", "", "", description='说"明', meta=(("PubDate", "2026-11-24"),))
    )
    assert "<title>甲&lt;乙 - 市卫生局 - 测试市政府信息公开</title>" in filled
    assert '<meta name="description" content="说&quot;明">' in filled
    assert '<meta name="PubDate" content="2026-11-24">' in filled
    assert '<link rel="canonical" href="https://gk.example/gk/weisheng/2026/a.html">' in filled


def test_current_column_is_marked_in_both_menus(frames: Frames, department: Frame) -> None:
    on_it = frames.portal.fill(page("guide.html", "指南"))
    assert on_it.count('<a href="guide.html" aria-current="page">') == 2
    below = department.fill(page("2026/a.html", "法定主动公开"))
    assert below.count('<a href="../lists/index.html" aria-current="true">') == 2
    none = frames.portal.fill(page("about.html"))
    assert 'aria-current="true"' not in none


def test_only_the_portals_home_has_the_large_head(frames: Frames) -> None:
    assert 'class="head home"' in frames.portal.fill(page("index.html", "首页"))
    assert 'class="head"' in frames.portal.fill(page("class/index.html", "首页"))


def test_a_404_page_answers_under_any_address(frames: Frames, department: Frame) -> None:
    assert '<base href="/gk/">' in frames.portal.fill(page("404.html"))
    lost = department.fill(page("404.html"))
    assert '<base href="/gk/weisheng/">' in lost
    assert lost.index("<base") < lost.index("<link")
    assert 'href="#main"' not in lost
    assert 'rel="canonical"' not in lost


def test_a_trial_and_an_internal_edition_are_said_on_every_page() -> None:
    frames = make_frames(
        replace(SITE, edition="internal", as_of=AS_OF), theme_folder(), AS_OF, date(2027, 3, 31)
    )
    filled = frames.department("a", "甲").fill(page("2026/a.html"))
    assert "内部版，只供内部使用，不得对外发布。" in filled
    assert "试运行到 2027-03-31" in filled
    assert "日期固定在 2026-11-24" in filled


def test_frames_are_the_same_bytes_each_time(frames: Frames) -> None:
    again = make_frames(SITE, theme_folder(), AS_OF)
    assert again == frames


def test_a_changed_handbook_leaves_the_frames_as_they_were(frames: Frames, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(theme_folder(), theme)
    with (theme / "handbook" / "clerk.md").open("a", encoding="utf-8") as clerk:
        clerk.write("\n另一段。\n")
    changed = make_frames(SITE, theme, AS_OF)
    assert changed.handbook != frames.handbook
    assert changed.portal == frames.portal
    assert changed.department("a", "甲") == frames.department("a", "甲")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("⟦gk:main⟧", ""),
        ("⟦gk:main⟧", "⟦gk:main⟧⟦gk:main⟧"),
        ("{% block config %}{% endblock %}", "{% block header2 %}{% undefined %}{% endblock %}"),
    ],
)
def test_a_theme_that_drifted_fails_loudly(tmp_path: Path, old: str, new: str) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(theme_folder(), theme)
    template = theme / "main.html"
    template.write_text(template.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(ThemeError):
        make_frames(SITE, theme, AS_OF)


def test_stylesheet_keeps_material_in_its_layer_and_fetches_nothing() -> None:
    css = site_css(theme_folder())
    assert css.startswith("@layer base,md;@layer base{")
    assert "@charset" not in css
    assert "sourceMappingURL" not in css
    assert css.count("{") == css.count("}")
    assert len(gzip.compress(css.encode(), mtime=0)) < 40_000


def test_a_stylesheet_that_fetches_is_refused(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(theme_folder() / "css", theme / "css")
    (theme / "css" / "portal.css").write_text("a{background:url(//x.example/a.png)}")
    with pytest.raises(ThemeError, match="fetch"):
        site_css(theme)


def test_minifying_keeps_strings() -> None:
    assert minified('a  {\n content: "a;  b" / "";\n}\n/* no */\nb{c:d}') == (
        'a{content:"a;  b" / ""}b{c:d}'
    )


def test_every_colour_of_material_is_one_of_ours() -> None:
    theirs = set(re.findall(r"(--md-[a-z-]+-color(?:--[a-z]+)?):", material_css()))
    theirs = {name for name in theirs if "mermaid" not in name}
    ours = (theme_folder() / "css" / "material.css").read_text(encoding="utf-8")
    assert theirs - set(re.findall(r"(--md-[a-z-]+):", ours)) == set()


@pytest.fixture(scope="module")
def sample(frames: Frames, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("frame")
    main = (
        '<div class="title"><h1>一件事</h1><p class="by"><span class="st st-late">滞后</span> '
        '<span class="ev">〔自填〕</span></p></div><form class="find" action="search.html">'
        '<label class="vh" for="q">要查的词</label><input id="q" type="search" name="q">'
        '<button class="btn main">查找</button></form>'
        '<details class="narrow"><summary>为什么</summary><p>因为</p></details>'
    )
    frame = frames.department("weisheng", "市卫生局")
    pages = {
        "index.html": frames.portal.fill(page("index.html", "首页", main)),
        "weisheng/2026/a.html": frame.fill(page("2026/a.html", "法定主动公开", main)),
    }
    for path, text in pages.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    for asset in (*frames.assets, *frames.handbook):
        for place in (root, root / "weisheng"):
            (place / asset.path).parent.mkdir(parents=True, exist_ok=True)
            (place / asset.path).write_bytes(asset.data)
    return root


def _note(asked: list[str], request: Request) -> None:
    asked.append(request.url)


PAGES = ("index.html", "weisheng/2026/a.html", "handbook/reading.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_nothing(browser: Browser, sample: Path, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    for name in PAGES:
        tab = context.new_page()
        asked: list[str] = []
        tab.on("request", partial(_note, asked))
        tab.goto((sample / name).as_uri())
        if width < 768 and name != "index.html":
            tab.click(".menu summary")
        result = Axe().run(tab).response
        assert [(v["id"], v["nodes"][0]["html"]) for v in result["violations"]] == []
        invisible = [
            node["html"]
            for check in result["incomplete"]
            if check["id"] == "color-contrast"
            for node in check["nodes"]
            for reason in node["any"]
            if isinstance(reason.get("data"), dict) and reason["data"].get("contrastRatio") == 1
        ]
        assert invisible == []
        assert all(url.startswith("file:") for url in asked if not url.startswith("data:"))
        assert tab.evaluate("document.documentElement.scrollWidth") == width
        tab.close()
    context.close()


def test_large_type_is_remembered_and_reaches_every_page(browser: Browser, sample: Path) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto((sample / "index.html").as_uri())
    before = tab.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    tab.click("#size")
    assert tab.get_attribute("#size", "aria-pressed") == "true"
    tab.goto((sample / "weisheng/2026/a.html").as_uri())
    after = tab.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert (before, round(after, 1)) == (18, 23.4)
    context.close()


def test_search_key_finds_the_field_or_the_search_page(browser: Browser, sample: Path) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto((sample / "index.html").as_uri())
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "q"
    tab.keyboard.type("/")
    assert tab.input_value("#q") == "/"
    tab.goto((sample / "handbook/clerk.html").as_uri())
    with tab.expect_request("**/search.html"):
        tab.keyboard.press("Control+k")
    context.close()


def test_keyboard_reaches_the_text_first_and_the_menu(browser: Browser, sample: Path) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 800})
    tab = context.new_page()
    tab.goto((sample / "weisheng/2026/a.html").as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "跳到正文"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.focus(".menu summary")
    tab.keyboard.press("Enter")
    assert tab.is_visible(".menu nav a")
    context.close()


def test_without_scripts_everything_reads(browser: Browser, sample: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    tab = context.new_page()
    tab.goto((sample / "weisheng/2026/a.html").as_uri())
    assert tab.is_visible("h1")
    assert tab.is_hidden("#size")
    tab.click(".menu summary")
    assert tab.is_visible(".menu nav a")
    context.close()


def test_paper_has_no_navigation_and_is_light(browser: Browser, sample: Path) -> None:
    context = browser.new_context(color_scheme="dark")
    tab = context.new_page()
    tab.goto((sample / "weisheng/2026/a.html").as_uri())
    tab.emulate_media(media="print", color_scheme="dark")
    assert tab.is_hidden(".nav")
    assert tab.is_hidden(".head .tool")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    context.close()
