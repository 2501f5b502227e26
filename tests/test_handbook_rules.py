"""Every rule has its place in the handbook, in four parts, reachable from the clerk's page."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.publish.frame import Frames, make_frames
from generator.publish.rule_book import FAMILIES, rule_href, rule_pages
from generator.render.theme import theme_folder
from generator.rules import ALL
from tests.paper_prints import press
from tests.test_frame import SITE


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    frames: Frames = make_frames(SITE, theme_folder(), date(2026, 11, 24))
    return {asset.path: asset.data.decode() for asset in frames.handbook}


def _section(page: str, code: str) -> str:
    found = page.split(f'<h2 id="{code.lower()}">')
    assert len(found) == 2, code
    return found[1].split("<h2", 1)[0].split("</article>", 1)[0]


def _words(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", html)))


@pytest.mark.parametrize("code", sorted(ALL))
def test_a_rule_s_page_says_all_that_the_code_says(pages: dict[str, str], code: str) -> None:
    path, _, anchor = rule_href(code).partition("#")
    assert anchor == code.lower()
    section = _section(pages[path], code)
    rule = ALL[code]
    shown = _words(section)
    assert shown.startswith(_words(rule.title)) and rule.severity.label in shown
    for part in rule.doc.split("\n\n"):
        head, _, text = part.partition("\n")
        assert f"<dt>{head}</dt>" in section
        assert re.sub(r"\s", "", text.replace("`", "")) in shown
    assert re.findall(r"<dt>(.*?)</dt>", section)[:4] == [
        "查什么", "为什么", "错例", "对例",
    ]  # fmt: skip


def test_every_family_has_a_name_and_the_index_leads_to_every_rule(pages: dict[str, str]) -> None:
    assert {code[0] for code in ALL} == set(FAMILIES)
    index = pages["handbook/rules.html"]
    for code in ALL:
        assert f'href="{rule_href(code).removeprefix("handbook/")}">{code}</a>' in index
    for page in ("clerk", "reviewer", "index"):
        assert 'href="rules.html"' in pages[f"handbook/{page}.html"]


def test_only_the_index_stands_in_the_book_s_list(pages: dict[str, str]) -> None:
    clerk = pages["handbook/clerk.html"]
    assert clerk.count("handbook/rules.html") == 1 and "rules-d.html" not in clerk


def test_the_pages_are_the_same_text_each_time() -> None:
    assert rule_pages() == rule_pages()
    assert len(rule_pages()) == len(FAMILIES) + 1


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with press() as found:
        yield found


@pytest.mark.parametrize("name", ["rules", "rules-l", "rules-f"])
def test_a_telephone_scrolls_only_down(
    browser: Browser, pages: dict[str, str], tmp_path: Path, name: str
) -> None:
    from generator.publish.stylesheet import site_css

    (tmp_path / "handbook").mkdir()
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/site.css").write_text(site_css(theme_folder()), encoding="utf-8")
    file = tmp_path / "handbook" / f"{name}.html"
    file.write_text(pages[f"handbook/{name}.html"], encoding="utf-8")
    tab = browser.new_page(viewport={"width": 375, "height": 800})
    tab.goto(file.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") == 375
    tab.close()
