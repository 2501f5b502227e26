"""Walks over pages in a real browser, and what is wrong with them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import ARGUMENTS, executable

OPEN_FOLDS = "document.querySelectorAll('details').forEach(d => d.open = true)"
WIDTH = "document.documentElement.scrollWidth"
"""How wide the page is, in CSS pixels; more than the window where it scrolls sideways."""

WALKS = pytest.mark.parametrize(("width", "scheme"), [(375, "light"), (1280, "dark")])
"""A telephone by day, a desk at night."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of the tests; without one the test is skipped."""
    path = executable()
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


def opened(browser: Browser, width: int, scheme: str = "light", scripts: bool = True) -> Page:
    """An empty page in a window `width` CSS pixels wide."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=scripts,
    )
    return context.new_page()


def faults(
    browser: Browser, address: str, paths: Iterable[str], width: int, scheme: str
) -> list[tuple[str, ...]]:
    """What axe finds with folds closed and open, what scrolls sideways, what the console says."""
    page = opened(browser, width, scheme)
    found: list[tuple[str, ...]] = []
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    for path in paths:
        page.goto(address + path)
        for folds in ("closed", "open"):
            if folds == "open":
                page.evaluate(OPEN_FOLDS)
            response = Axe().run(page).response
            found += [(path, folds, v["id"], v["nodes"][0]["html"]) for v in response["violations"]]
            found += [(path, folds, "1:1", html) for html in _invisible(response["incomplete"])]
        if page.evaluate(WIDTH) > width:
            found.append((path, "open", "scrolls sideways"))
        found += [(path, "console", error) for error in errors]
        errors.clear()
    page.context.close()
    return found


def _invisible(incomplete: Iterable[dict[str, object]]) -> list[str]:
    """What axe could not tell and a person must: text that it may have found at 1:1."""
    return [
        str(node["html"])
        for check in incomplete
        if check["id"] == "color-contrast" and isinstance(check["nodes"], list)
        for node in check["nodes"]
        if "1:1" in node.get("failureSummary", "")
    ]
