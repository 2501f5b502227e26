"""A department's pages in a real browser, served from a sub-path as a county would."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.publish.frame import make_frames
from generator.render.department import department_pages
from generator.render.theme import theme_folder
from tests.department_worlds import AS_OF, bureau
from tests.walk import WALKS, WIDTH, chromium, faults, opened
from tests.worlds import serving

PAGES = (
    "index.html",
    "2026/chengnan-stalls.html",
    "2026/reception-q3.html",
    "2026/gone.html",
    "slots/repairs/2026-Q3.html",
    "slots/reception/index.html",
    "lists/an-2026.html",
    "matrix.html",
    "services/occupy-road.html",
    "powers.html",
    "apply.html",
    "404.html",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("site")
    world = bureau()
    department = world.departments["chengguan"]
    frames = make_frames(world.repository.site, theme_folder(), AS_OF)
    frame = frames.department("chengguan", department.name)
    folder = root / "gk" / "chengguan"
    for page in department_pages(world, department):
        write(folder / page.path, frame.fill(page).encode())
    for asset in frames.assets:
        write(folder / asset.path, asset.data)
    with serving(root) as url:
        yield f"{url}gk/chengguan/"


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@WALKS
def test_axe_finds_nothing_closed_or_open(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    assert faults(browser, address, PAGES, width, scheme) == []


def test_an_items_text_begins_high_on_a_phone(browser: Browser, address: str) -> None:
    page = opened(browser, 375)
    for path in ("2026/chengnan-stalls.html", "2026/reception-q3.html", "2026/penalty-007.html"):
        page.goto(address + path)
        top = page.evaluate(
            "document.querySelector('#gk-body').getBoundingClientRect().top"
            " + parseFloat(getComputedStyle(document.querySelector('#gk-body')).lineHeight)"
        )
        assert top < 420, path


def test_large_type_on_a_narrow_phone_does_not_scroll_sideways(
    browser: Browser, address: str
) -> None:
    page = opened(browser, 320)
    for path in PAGES:
        page.goto(address + path)
        page.evaluate("document.documentElement.setAttribute('data-size', 'large')")
        assert page.evaluate(WIDTH) <= 320, path
        name, tools = (page.locator(one).bounding_box() for one in (".dept a", ".head .tool"))
        assert name is not None and tools is not None
        assert name["x"] + name["width"] <= tools["x"], path


def test_every_page_reads_without_scripts(browser: Browser, address: str) -> None:
    page = opened(browser, 375, scripts=False)
    page.goto(address + "2026/chengnan-stalls.html")
    assert page.locator("#gk-body").is_visible()
    assert page.get_by_text("到 2026-11-29", exact=True).is_visible()
    page.locator("summary", has_text="为什么是这天").click()
    assert page.locator(".cal .end").is_visible()
    page.goto(address + "matrix.html")
    assert page.get_by_role("heading", name="欠着的 2 项").is_visible()


def test_the_script_counts_the_days_that_are_left(browser: Browser, address: str) -> None:
    page = opened(browser, 375)
    page.clock.set_fixed_time("2026-11-27T01:00:00Z")
    page.goto(address + "2026/chengnan-stalls.html")
    assert page.locator("[data-until]").inner_text() == "还剩 2 天"


def test_the_card_prints_alone_on_one_sheet(browser: Browser, address: str) -> None:
    page = opened(browser, 1280)
    page.goto(address + "2026/chengnan-stalls.html#card")
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_a_keyboard_walks_from_the_list_to_the_item(browser: Browser, address: str) -> None:
    page = opened(browser, 1280)
    page.goto(address + "lists/wu-2026.html")
    page.get_by_role("link", name="城南农贸市场便民疏导点设置方案（示例）").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/2026/chengnan-stalls.html")
    assert page.locator("#gk-title").inner_text() == "城南农贸市场便民疏导点设置方案（示例）"
