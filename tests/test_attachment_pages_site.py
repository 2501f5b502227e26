"""A site with office files as clerks send them: what is searched, read, printed and kept back."""

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator import office
from generator.publish.build import build
from generator.publish.request import BuildRequest
from generator.render.theme import theme_folder
from tests.office_files import deleted, docx, paragraph, vanished, word_table, xlsx
from tests.roots import Root
from tests.search_sites import served
from tests.walk import WALKS, chromium, faults
from tests.xls_writer import XlsSheet, xls

AS_OF = date(2026, 11, 24)
IN_XLS, IN_DOCX, IN_LONG = "47318.26", "90527.14", "3517.08"
SECRETS = {
    "book.xlsx": ("暗表甲壹", "暗行甲贰", "暗列甲叁", "批注甲肆"),
    "old.xls": ("暗表乙壹", "暗行乙贰", "暗列乙叁"),
    "report.docx": ("删去丙壹", "批注丙贰", "隐字丙叁", "页眉丙肆"),
}
"""File → what stands in hidden parts of it alone."""

FORMED = {
    "2026-Q1": "2026-04-08", "2026-Q2": "2026-07-08", "2025-Q4": "2025-12-31", "2025-Q3": "2025-10-08",
}  # fmt: skip

FRONT = """
title: {title}
category: 财务/公务接待费
period: {period}
formed: {formed}
files:
  - {{path: {name}, title: {called}}}
"""


def the_xlsx() -> bytes:
    sheet, row, column, note = SECRETS["book.xlsx"]
    rows = [["单位", "内部", "金额"], ["甲所", column, "12"], [row, "x", "13"]]
    rows += [[f"第{n}所", column, f"{n}"] for n in range(4, 8)]
    return xlsx(
        rows, hidden_sheet=[[sheet]], hidden_rows=[3], hidden_columns=["B"], comment=note
    )  # fmt: skip


def the_xls() -> bytes:
    sheet, row, column = SECRETS["old.xls"]
    shown: dict[tuple[int, int], str | float] = {
        (0, 0): "接待费明细（年度）", (1, 0): "单位", (1, 1): "内部", (1, 2): "支出数",
        (2, 0): "青石街道办", (2, 1): column, (2, 2): float(IN_XLS),
        (3, 0): row, (3, 1): column, (3, 2): 5.0,
    }  # fmt: skip
    first = XlsSheet("明细", {**shown}, hidden_rows=(3,), hidden_columns=((1, 1),))
    return xls(first, XlsSheet("底册", {(0, 0): sheet}, state=1))


def the_docx() -> bytes:
    gone, note, hidden, head = SECRETS["report.docx"]
    body = [paragraph("关于接待费支出的说明"), deleted(gone), vanished(hidden)]
    body += [paragraph(f"第{n}段，按规定列支，没有超标准。") for n in range(12)]
    body.append(word_table([["项目", "金额"], ["工作餐", IN_DOCX], ["住宿", "3"]]))
    return docx(*body, header=head, comments=[note])


def the_long_csv() -> bytes:
    rows = [f"{n},青石路第{n}号,{n}.5,示例" for n in range(1, 90)]
    return "\n".join(["编号,地段,面积,备注", *rows, f"90,末号,{IN_LONG},"]).encode()


ITEMS = (
    ("reception-q1", "2026-Q1", "2026年第一季度公务接待费支出情况", "book.xlsx", "接待费汇总表"),
    ("reception-q2", "2026-Q2", "2026年第二季度公务接待费支出情况", "old.xls", "接待费明细表"),
    ("reception-q4", "2025-Q4", "2025年第四季度公务接待费支出情况", "report.docx", "支出说明"),
    ("reception-q3", "2025-Q3", "2025年第三季度公务接待费支出情况", "long.csv", "地段表"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """The built site, and the files attached in it by name."""
    folder = tmp_path_factory.mktemp("attachments")
    root = Root(folder / "root")
    files = {
        "book.xlsx": the_xlsx(), "old.xls": the_xls(), "report.docx": the_docx(), "long.csv": the_long_csv(),
    }  # fmt: skip
    for slug, period, title, name, called in ITEMS:
        root.write(f"content/chengguan/files/{name}", files[name])
        front = FRONT.format(
            formed=FORMED[period], title=title, period=period, name=name, called=called
        )
        root.item(
            slug, front, "预算数 3 万元，支出数 1.2 万元，批次 6 批。\n", year=int(period[:4])
        )
    out = folder / "site"
    build(BuildRequest(root=root.path, out=out, as_of=AS_OF, theme=theme_folder()), lambda _: None)
    return out, files


@pytest.fixture(scope="module")
def address(made: tuple[Path, dict[str, bytes]]) -> Iterator[str]:
    with served(made[0]) as url:
        yield f"{url}chengguan/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.set_default_timeout(6_000)
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert errors == []


def test_what_is_hidden_stands_in_no_byte_of_the_site(made: tuple[Path, dict[str, bytes]]) -> None:
    out, files = made
    secrets = [secret for each in SECRETS.values() for secret in each]
    found, originals = [], 0
    for path in sorted(out.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        if data in files.values():
            # What the department attached is offered as it is; its hidden parts are the gate's.
            originals += 1
            continue
        whole = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        for secret in secrets:
            found += [
                (path.name, secret)
                for form in ("utf-8", "utf-16-le", "gb18030")
                if secret.encode(form) in whole
            ]
    assert found == [] and originals == len(files)


@pytest.mark.parametrize("name", SECRETS)
def test_the_gate_reads_those_hidden_parts(made: tuple[Path, dict[str, bytes]], name: str) -> None:
    text = "\n".join(p.text for p in office.passages(name, made[1][name]).passages)
    assert [secret for secret in SECRETS[name] if secret not in text] == []


def hits(page: Page, address: str, query: str) -> list[tuple[str, str]]:
    """Titles and addresses of what the site's own search finds."""
    page.goto(f"{address}search.html")
    page.fill("input[name=q]", query)
    page.keyboard.press("Enter")
    page.wait_for_selector(".out.asked > [aria-busy=false]")
    links = page.locator(".out .hits h3 a")
    return [(each.inner_text(), each.evaluate("a => a.href")) for each in links.all()]


@pytest.mark.parametrize(
    ("query", "where"),
    [
        (IN_XLS, "2026/reception-q2.html"),
        ("青石街道办", "2026/reception-q2.html"),
        (IN_DOCX, "2025/reception-q4.html"),
        (IN_LONG, "files-of"),
    ],
)
def test_a_figure_in_an_attachment_alone_is_found_and_read_on_a_phone(
    phone: Page, address: str, query: str, where: str
) -> None:
    place = "2025/reception-q3/long-csv.html" if where == "files-of" else where
    found = hits(phone, address, query)
    assert [href.partition("?")[0].partition("#")[0] for _, href in found] == [address + place]
    phone.goto(address + place)
    for fold in phone.locator(".file details.rest > summary").all():
        fold.click()
    cell = phone.locator(".file").get_by_text(query, exact=True).last
    cell.scroll_into_view_if_needed()
    assert cell.is_visible()
    box = cell.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 375
    assert phone.evaluate("document.documentElement.scrollWidth") <= 375
    size = cell.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    assert size >= 14


@pytest.mark.parametrize("secret", [secret for each in SECRETS.values() for secret in each])
def test_search_finds_nothing_that_is_hidden(phone: Page, address: str, secret: str) -> None:
    assert hits(phone, address, secret) == []


PATHS = (
    "2026/reception-q1.html", "2026/reception-q2.html", "2025/reception-q4.html",
    "2025/reception-q3.html", "2025/reception-q3/long-csv.html",
)  # fmt: skip


@WALKS
def test_axe_finds_nothing(browser: Browser, address: str, width: int, scheme: str) -> None:
    assert faults(browser, address, PATHS, width, scheme) == []


def test_on_a_phone_a_row_is_an_entry_with_its_heads(phone: Page, address: str) -> None:
    phone.goto(f"{address}2025/reception-q3/long-csv.html")
    row = phone.locator(".whole tbody tr").nth(2)
    assert (
        row.locator("td").nth(0).evaluate("e => getComputedStyle(e, '::before').content")
        == '"地段"'
    )
    assert phone.get_by_role("columnheader", name="地段").count() == 1
    assert phone.get_by_role("row").count() == 91
    # An empty cell takes no line.
    assert not phone.locator(".whole tbody tr").last.locator("td").last.is_visible()


def test_the_original_is_one_tap_away(phone: Page, address: str) -> None:
    phone.goto(f"{address}2025/reception-q3/long-csv.html")
    link = phone.get_by_role("link", name="下载原文件")
    assert link.get_attribute("href") == "../../files/long.csv"
    assert phone.request.get(f"{address}files/long.csv").body() == the_long_csv()
    phone.get_by_role("link", name="2025年第三季度公务接待费支出情况").last.click()
    assert phone.url == f"{address}2025/reception-q3.html"
    phone.get_by_role("link", name="看全部").click()
    assert phone.url == f"{address}2025/reception-q3/long-csv.html"


def test_paper_carries_every_row_and_paragraph(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    page = context.new_page()
    page.set_default_timeout(6_000)
    page.emulate_media(media="print")
    page.goto(f"{address}2025/reception-q4.html")
    assert page.locator(".file").get_by_text(IN_DOCX, exact=True).is_visible()
    page.goto(f"{address}2025/reception-q3/long-csv.html")
    assert page.locator(".file").get_by_text(IN_LONG, exact=True).is_visible()
    head = page.locator(".whole thead").evaluate("e => getComputedStyle(e).display")
    assert head == "table-header-group"
    context.close()
