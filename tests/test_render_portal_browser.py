"""The portal in a real browser, served from a sub-path as a county would."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.publish.frame import make_frames
from generator.render.department import department_pages
from generator.render.portal import portal_pages
from generator.render.theme import theme_folder
from generator.render.world import World
from tests.portal_worlds import AS_OF, world, write
from tests.walk import OPEN_FOLDS, WALKS, WIDTH, chromium, faults, opened
from tests.worlds import serving

REASON = "本街道办事处已按机构改革方案把公务接待职能整体划给市机关事务服务中心，当季没有发生也不再承担公务接待"

LAST_LINES = """() => {
  const title = document.querySelector('.rows .t a');
  const box = document.createElement('div');
  box.innerHTML = '<table class="tb"><tr><th style="width:4.5em">本期收入额</th><td>1</td></tr></table>';
  document.querySelector('main').append(box);
  const lines = (element, text) => {
    element.textContent = text;
    const range = document.createRange();
    range.selectNodeContents(element);
    const rects = [...range.getClientRects()];
    const last = rects.at(-1).width / parseFloat(getComputedStyle(element).fontSize);
    return [rects.length, last];
  };
  return [
    ...[18, 19, 20, 21, 22, 23].map(n => lines(title, '审'.repeat(n))),
    ...[3, 4, 5].map(n => lines(box.querySelector('th'), '收'.repeat(n))),
  ];
}"""
"""Lines and the last one's characters, of titles and heads of every length near a line's end."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The portal's address and its pages."""
    root = tmp_path_factory.mktemp("site")
    pages = published(root / "public" / "gk", world(write(root / "tree")))
    with serving(root / "public") as url:
        yield f"{url}gk/", pages


def published(folder: Path, county: World) -> tuple[str, ...]:
    """Write the portal with its assets; the paths of its pages."""
    frames = make_frames(county.repository.site, theme_folder(), AS_OF)
    pages = portal_pages(county)
    for page in pages:
        put(folder / page.path, frames.portal.fill(page).encode())
    for asset in frames.assets:
        put(folder / asset.path, asset.data)
    return tuple(page.path for page in pages)


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def reasoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a portal, and of a body in it, where nothing is owed for a long reason."""
    root = tmp_path_factory.mktemp("reasoned")
    tree = write(root / "tree")
    tree.replace("content/exemptions/2026.yml", "当季没有接待职能", REASON)
    county = world(tree)
    folder = root / "public" / "gk"
    published(folder, county)
    body = county.departments["nantang"]
    frames = make_frames(county.repository.site, theme_folder(), AS_OF)
    for page in department_pages(county, body):
        filled = frames.department(body.folder, body.name).fill(page)
        put(folder / body.folder / page.path, filled.encode())
    for asset in frames.assets:
        put(folder / body.folder / asset.path, asset.data)
    with serving(root / "public") as url:
        yield f"{url}gk/"


@WALKS
def test_axe_finds_nothing_closed_or_open(
    browser: Browser, site: tuple[str, tuple[str, ...]], width: int, scheme: str
) -> None:
    assert faults(browser, *site, width, scheme) == []


def test_large_type_on_a_narrow_phone_does_not_scroll_sideways(
    browser: Browser, site: tuple[str, tuple[str, ...]]
) -> None:
    address, paths = site
    page = opened(browser, 320)
    wide = []
    for path in paths:
        page.goto(address + path)
        page.evaluate("document.documentElement.setAttribute('data-size', 'large')")
        page.evaluate(OPEN_FOLDS)
        if page.evaluate(WIDTH) > 320:
            wide.append(path)
    assert wide == []


def test_nothing_is_smaller_than_14_px_and_what_is_pressed_is_44_px_high(
    browser: Browser, site: tuple[str, tuple[str, ...]]
) -> None:
    address, paths = site
    page = opened(browser, 375)
    small = []
    for path in paths:
        page.goto(address + path)
        small += page.evaluate(
            """path => [...document.querySelectorAll('#main *')].filter(e =>
                 [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) &&
                 !e.closest('.vh, svg') && parseFloat(getComputedStyle(e).fontSize) < 14)
               .map(e => path + ' ' + e.outerHTML.slice(0, 80))""",
            path,
        )
        small += page.evaluate(
            """path => [...document.querySelectorAll('#main :is(.btn, .tasks a, .words a, .hit,' +
                 ' .tiles a, .tel, summary, .rows li)')]
               .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5)
               .map(e => path + ' ' + e.outerHTML.slice(0, 80))""",
            path,
        )
    assert small == []


def test_the_portal_reads_without_scripts(
    browser: Browser, site: tuple[str, tuple[str, ...]]
) -> None:
    address, _ = site
    page = opened(browser, 375, scripts=False)
    page.goto(address)
    assert page.get_by_role("searchbox", name="要查的词").is_visible()
    assert page.get_by_text("到 11-27", exact=True).is_visible()
    assert page.get_by_role("link", name="试验市财政局").is_visible()
    assert not page.get_by_label("按名称找").is_visible()
    page.goto(address + "matrix.html")
    assert page.get_by_role("heading", name="欠着的").is_visible()
    page.goto(address + "three.html")
    page.locator("#main summary").first.click()
    assert page.get_by_text("和首次见到的时间比").is_visible()


def test_the_script_counts_the_days_that_are_left(
    browser: Browser, site: tuple[str, tuple[str, ...]]
) -> None:
    page = opened(browser, 375)
    page.clock.set_fixed_time("2026-11-25T01:00:00Z")
    page.goto(site[0])
    assert page.locator("[data-until]").all_inner_texts() == ["还剩 2 天", "还剩 15 天"]
    page.clock.set_fixed_time("2026-11-28T01:00:00Z")
    page.goto(site[0])
    assert page.locator("[data-until]").first.is_hidden()


def test_no_title_or_head_ends_in_a_line_of_one_character(
    browser: Browser, site: tuple[str, tuple[str, ...]]
) -> None:
    page = opened(browser, 375)
    page.goto(f"{site[0]}disclosure.html")
    lengths = page.evaluate(LAST_LINES)
    assert max(lines for lines, _ in lengths) > 1
    assert min(last for lines, last in lengths if lines > 1) > 1.5


def test_a_body_is_found_by_its_name(browser: Browser, site: tuple[str, tuple[str, ...]]) -> None:
    page = opened(browser, 375)
    for path in ("", "departments.html"):
        page.goto(site[0] + path)
        page.get_by_label("按名称找").fill("财政")
        assert page.get_by_role("status").inner_text() == "找到 1 个"
        assert page.locator("#bodies tbody tr:visible").count() == 1
        page.get_by_label("按名称找").fill("卫健")
        assert page.get_by_role("status").inner_text() == "没有名称里带“卫健”的机关"


def test_a_cell_of_the_matrix_opens_its_bodys_table(
    browser: Browser, site: tuple[str, tuple[str, ...]]
) -> None:
    page = opened(browser, 1280)
    page.goto(site[0] + "matrix.html")
    page.get_by_role("link", name=re.compile("^试验市城市管理局 7月")).click()
    table = page.get_by_role("table", name="试验市城市管理局2026年公开事项与期次，按类别分组")
    assert table.is_visible()
    cell = table.get_by_role("link", name=re.compile("公务接待费 2026年第二季度：部分公开"))
    assert cell.is_visible()


@pytest.mark.parametrize("width", [375, 1000, 1280])
def test_a_long_reason_takes_lines_and_not_the_pages_width(
    browser: Browser, reasoned: str, width: int
) -> None:
    page = opened(browser, width)
    for path in ("matrix.html", "nantang/matrix.html"):
        page.goto(reasoned + path)
        page.evaluate(OPEN_FOLDS)
        assert page.locator(".c-na .d", has_text=REASON).count() == 1, path
        assert page.evaluate(WIDTH) <= width, path


def test_the_search_form_is_reached_and_sent_by_keyboard_alone(
    browser: Browser, site: tuple[str, tuple[str, ...]]
) -> None:
    page = opened(browser, 1280)
    page.goto(site[0])
    page.keyboard.press("/")
    page.keyboard.type("公务接待费")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")


def test_the_form_prints_alone_on_one_sheet(
    browser: Browser, site: tuple[str, tuple[str, ...]]
) -> None:
    page = opened(browser, 1280, "dark")
    page.goto(site[0] + "apply.html#paper")
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_the_404_page_finds_its_way_home_from_any_depth(
    browser: Browser, site: tuple[str, tuple[str, ...]]
) -> None:
    address, _ = site
    page = opened(browser, 375)
    lost = (page.request.get(f"{address}404.html")).text()
    page.route(
        "**/a/b/c.html",
        lambda route: route.fulfill(status=404, body=lost, content_type="text/html"),
    )
    page.goto(f"{address}a/b/c.html")
    page.get_by_role("link", name="回首页").click()
    page.wait_for_url(f"{address}index.html")
