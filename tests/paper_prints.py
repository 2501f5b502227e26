"""Sheets printed by the browser as a clerk prints them, and looked at as pictures."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import zxingcpp
from playwright.sync_api import Browser, sync_playwright

from tests.browser import ARGUMENTS, executable

# What leaves its sheet, and what lies over the part below it.
_ASTRAY = """() => [...document.querySelectorAll('.sheet')].flatMap(sheet => {
  const box = sheet.getBoundingClientRect(), found = [];
  const parts = [...sheet.querySelectorAll('*')].filter(e => !e.closest('svg, .vh'));
  for (const part of parts) {
    const own = part.getBoundingClientRect();
    if (own.bottom > box.bottom + 1) found.push(`${part.tagName} ${part.className} leaves the sheet`);
  }
  for (const box of sheet.querySelectorAll('.it'))
    if (box.scrollHeight > box.clientHeight + 1) found.push(`${box.innerText} is cut off`);
  const kids = [...sheet.children];
  for (let at = 1; at < kids.length; at++) {
    const top = kids[at].getBoundingClientRect().top;
    for (const part of kids[at - 1].querySelectorAll('*'))
      if (!part.closest('svg, .vh') && part.getBoundingClientRect().bottom > top + 1)
        found.push(`${part.tagName} ${part.className} lies over ${kids[at].className}`);
  }
  return found;
})"""


@dataclass(frozen=True)
class Print:
    """A printed file."""

    pages: int
    size: tuple[int, int]
    """Of a page, in whole millimetres."""
    astray: tuple[str, ...]
    """What does not fit."""
    requests: tuple[str, ...]
    """What the file asked for beside itself."""
    pdf: Path


@contextmanager
def press() -> Iterator[Browser]:
    """A browser to print with."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
        yield browser
        browser.close()


def printed(browser: Browser, html: str, folder: Path, paper: tuple[int, int]) -> Print:
    """Print `html`, laid out on `paper` (the print area in mm)."""
    file = folder / "sheet.html"
    file.write_text(html, encoding="utf-8")
    pdf = folder / "sheet.pdf"
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    width, height = (round(side * 96 / 25.4) for side in paper)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(media="print")
    page.goto(file.as_uri())
    astray = page.evaluate(_ASTRAY)
    page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
    page.close()
    told = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    count = re.search(r"Pages:\s+(\d+)", told)
    points = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", told)
    assert count is not None and points is not None
    size = (round(float(points[1]) * 25.4 / 72), round(float(points[2]) * 25.4 / 72))
    outside = tuple(url for url in asked if not url.startswith(("file:", "data:")))
    return Print(int(count[1]), size, tuple(astray), outside, pdf)


def codes(pdf: Path, dots: int = 150) -> dict[str, float]:
    """Every QR code of a print in shades of grey → how wide it stands on the paper, in mm."""
    base = pdf.with_suffix("")
    subprocess.run(
        ["pdftoppm", "-gray", "-r", str(dots), pdf, base], check=True, capture_output=True
    )
    found: dict[str, float] = {}
    for picture in sorted(pdf.parent.glob(f"{base.name}-*.pgm")):
        data = picture.read_bytes()
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
        assert head is not None
        width, height = int(head[1]), int(head[2])
        pixels = memoryview(data)[head.end() :].cast("B", shape=[height, width])
        for read in zxingcpp.read_barcodes(pixels):
            side = read.position.top_right.x - read.position.top_left.x
            found[read.text] = side * 25.4 / dots
        picture.unlink()
    return found
