"""核验 and the page behind codes on paper, in a real browser over plain http."""

import hashlib
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, sync_playwright

from generator.history import GENESIS, read_receipts, witness_bytes
from generator.publish.frame import make_frames
from generator.render.department import department_pages
from generator.render.portal import portal_pages
from generator.render.theme import theme_folder
from generator.render.world import World
from generator.survey import survey
from generator.witness import verify
from tests import article_samples as samples
from tests import test_article_record as record
from tests import test_receipt_verify as chains
from tests.browser import ARGUMENTS, executable
from tests.gitrepos import moment
from tests.worlds import serving

AS_OF = date(2026, 11, 24)
HOST = "county.test"
"""Not localhost: over plain http a browser gives it no `crypto.subtle`."""
ITEM = "chengguan/2026/reception-q3"
Case = chains.Case
year = chains.year
case = chains.case


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = executable()
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=path,
            args=[*ARGUMENTS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"],
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(year: chains.Case) -> dict[str, bytes]:
    """The real pages and scripts of both sites, by path."""
    found = survey(year.root, AS_OF, AS_OF)
    assert found.repository and found.ledger and found.evidence
    world = World(found.repository, found.ledger, found.evidence, found.articles)
    frames = make_frames(world.repository.site, theme_folder(), AS_OF)
    made = {
        page.path: frames.portal.fill(page).encode()
        for page in portal_pages(world)
        if page.path in ("verify.html", "check.html")
    }
    for department in world.repository.departments:
        frame = frames.department(department.folder, department.name)
        for page in department_pages(world, department):
            if page.path == "verify.html":
                made[f"{department.folder}/verify.html"] = frame.fill(page).encode()
        for asset in frames.assets:
            made[f"{department.folder}/{asset.path}"] = asset.data
    return made | {asset.path: asset.data for asset in frames.assets}


@pytest.fixture
def site(case: chains.Case, pages: dict[str, bytes]) -> Iterator["Site"]:
    """A copy of the whole site with these pages, served under a sub-path of another name."""
    folder = case.site.parent / "public/gk"
    folder.parent.mkdir()
    case.site.rename(folder)
    moved = chains.Case(folder, case.mounted, case.root)
    for path, data in pages.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    with serving(folder.parent) as url:
        yield Site(moved, f"http://{HOST}:{urlsplit(url).port}/gk/")


class Site:
    """A copy of the year's site, to be tampered with and looked at."""

    def __init__(self, case: chains.Case, url: str) -> None:
        self.case = case
        self.url = url

    def lines(self, department: str = "chengguan") -> list[dict[str, str]]:
        """The lines of a department's mounted chain."""
        path = self.case.mounted / f"{department}.jsonl"
        return [json.loads(line) for line in path.read_bytes().splitlines()]

    def paper(self, item: str, line: int, *, head: str | None = None, tail: str = "") -> str:
        """What a code printed after the `line`-th line opens."""
        lines = self.lines(item.split("/")[0])
        mine = [one for one in lines[:line] if one["item"] == item][-1]
        digits = lines[line - 1]["hash"][:16] if head is None else head
        return f"check.html?i={item}&h={mine['sha256'][:16]}&d={digits}{tail}"


def opened(browser: Browser, width: int = 375, *, scripts: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: pytest.fail(f"script: {error}"))
    return page


def told(page: Page, address: str) -> str:
    """The verdict, once it is there: mark, sentence and all, folds open."""
    page.goto(address)
    page.wait_for_selector("#result .st")
    page.wait_for_selector("#result[aria-busy=false]")
    page.evaluate("document.querySelectorAll('#result details').forEach(d => d.open = true)")
    said = page.inner_text("#result").replace("\u00a0", " ")
    return re.sub("\n{2,}", "\n\n", said)


def everything(page: Page, url: str) -> set[str]:
    """The codes of all breaks that the whole site shows in the browser."""
    text = told(page, f"{url}verify.html?chain=all")
    if page.locator("#every").count():
        page.click("#every")
        page.wait_for_selector("#result span[role=status]")
        text = page.inner_text("#result")
    return set(re.findall("［([a-z-]+)］", text))


# -- the reckoning itself --------------------------------------------------------------------


def test_own_sha_256_is_sha_256(browser: Browser, site: Site) -> None:
    page = opened(browser)
    page.goto(f"{site.url}verify.html")
    assert page.evaluate("[isSecureContext, typeof crypto.subtle]") == [False, "undefined"]
    random.seed(1)
    sizes = [0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000, 100_003]
    data = [random.randbytes(size) for size in sizes]
    found = page.evaluate(
        "async texts => { const {sha256} = await import('./assets/proof.js');"
        " return texts.map(t => sha256(Uint8Array.from(t))); }",
        [list(one) for one in data],
    )
    assert found == [hashlib.sha256(one).hexdigest() for one in data]
    words = page.evaluate(
        "async t => (await import('./assets/proof.js')).sha256(t)", "政府信息公开𠮷" * 99
    )
    assert words == hashlib.sha256(("政府信息公开𠮷" * 99).encode()).hexdigest()


def test_a_page_reads_as_python_reads_it(browser: Browser, site: Site) -> None:
    bodies = [record.BODY]

    @settings(max_examples=60, database=None, derandomize=True, deadline=None)
    @given(st.lists(record.PARTS, max_size=24).map("".join))
    def gather(body: str) -> None:
        bodies.append(body)

    gather()
    page = opened(browser)
    page.goto(f"{site.url}verify.html")
    for body in bodies:
        item = samples.item_of(body, title="2026年第三季度 <公务>　接待费&情况")
        article = samples.article_of(item)
        seen = page.evaluate(
            "async args => (await import('./assets/proof.js')).readPage(...args)",
            [samples.page_of(item, article), f"{item.id}.html", samples.SITE],
        )
        assert "fault" not in seen, (seen, body)
        assert (seen["digest"], seen["body"]) == (article.sha256, seen["record"]["body"]), body
        assert seen["title"] == re.sub(r"\s", "", item.title)


@pytest.mark.parametrize(
    ("code", "tamper"),
    [one[1:] for one in chains.TAMPERINGS],
    ids=[one[0] for one in chains.TAMPERINGS],
)
def test_each_tampering_has_the_same_name_in_the_browser(
    browser: Browser, site: Site, code: str, tamper: Callable[[chains.Case], object]
) -> None:
    tamper(site.case)
    assert {one.code for one in verify(site.case.site, None, None, None).breaks} == {code}
    page = opened(browser)
    found = everything(page, site.url)
    if tamper is chains._forge_page:
        # No line names it: only who asks for this very page can be told.
        assert found == set()
        text = told(page, f"{site.url}verify.html?item=chengguan/2026/forged")
        found = set(re.findall("［([a-z-]+)］", text))
    assert found == {code}
    assert page.locator("#result .v-none .st-none").count() == 1


# -- 核验 ------------------------------------------------------------------------------------


def test_a_good_item_verifies_by_address_and_by_id(browser: Browser, site: Site) -> None:
    page = opened(browser)
    for asked in (f"v={ITEM}", f"item={ITEM}", f"v={site.url}{ITEM}.html%23att"):
        text = told(page, f"{site.url}verify.html?{asked}")
        assert text.startswith("相符\n\n和登记的一样：2026年10月27日变更以后，没有再变过。"), text
        assert "4 条，从第 1 条起逐条重算，前后相连，没有断" in text
        assert "第 2 条，2026-10-27 09:00，变更" in text and "再往前是第 1 条" in text
    page.fill("#v", f"{site.url}chengguan/2026/works.html")
    page.press("#v", "Enter")
    page.wait_for_selector("#result .st-ok")
    assert "附件 1 件" in (page.text_content("#result .proof") or "")
    assert "v=http" in page.url


def test_a_bad_item_shows_its_break(browser: Browser, site: Site) -> None:
    site.case.edit(chains.PAGE, "批次 7 批", "批次 9 批")
    text = told(opened(browser), f"{site.url}verify.html?item={ITEM}")
    assert text.startswith("不符\n\n和登记的不一样。")
    assert "正文和核验数据里的散列对不上 ［text-differs］" in text
    assert "0000-8000001" in text


def test_a_withdrawn_item_an_unknown_one_and_a_page_without_a_receipt(
    browser: Browser, site: Site
) -> None:
    page = opened(browser)
    text = told(page, f"{site.url}verify.html?item=caizheng/2026/reception-q3")
    assert "2026年10月30日撤回以后，没有再变过" in text
    assert told(page, f"{site.url}verify.html?item=caizheng/2026/no").startswith("没有这一件")
    target = site.case.site / chains.PAGE
    marked = re.sub(
        '<p id="gk-line".*?</p>', '<p id="gk-line">已生成，尚未核到</p>', target.read_text()
    )
    target.write_text(marked.replace('"category":"', '"category":"新'))
    assert told(page, f"{site.url}verify.html?item={ITEM}").startswith("还没有确认")


def test_a_head_off_paper_is_found_or_not(browser: Browser, site: Site) -> None:
    page = opened(browser)
    head = site.lines()[1]["hash"]
    paper = "+".join(head[at : at + 4].upper() for at in range(0, 16, 4))
    text = told(page, f"{site.url}verify.html?v={paper}")
    assert text.startswith("链上有\n\n链头对得上：试验市城市管理局第 2 条，其后 2 条。")
    seal = read_receipts(site.case.mounted).seals[-1].hash
    text = told(page, f"{site.url}verify.html?v={seal}")
    assert "全站封签第 5 道，其后 0 道" in text
    text = told(page, f"{site.url}verify.html?v={'0' * 16}")
    assert text.startswith("链上没有\n\n回执链上没有这一条：6 条里，没有和它一样的。")
    assert "至少抄 16 位" in told(page, f"{site.url}verify.html?v=0123abcd")
    assert "没有看懂" in told(page, f"{site.url}verify.html?v=接待费")


def test_a_whole_chain_and_every_page(browser: Browser, site: Site) -> None:
    page = opened(browser)
    text = told(page, f"{site.url}verify.html?chain=all")
    assert text.startswith("相符\n\n2 个机关的链完整：6 条，前后相连，没有断。")
    assert "其中 6 条的时间是人给的" in text
    page.click("#every")
    page.wait_for_selector("text=4 个网页都和登记的一样")


def test_a_head_that_others_saw_and_is_gone_is_shouted(browser: Browser, site: Site) -> None:
    url = json.loads((site.case.site / "build.json").read_text())["site"]
    line = witness_bytes(
        at=moment(chains.DAYS[2]), source=url, seq=3, head="f" * 64, clock_given=True,
        prev=GENESIS,
    )  # fmt: skip
    (site.case.site / "receipts/witness.jsonl").write_bytes(line)
    text = told(opened(browser), f"{site.url}verify.html?chain=all")
    assert "2026-10-28 见到过第 3 道封签，现在没有了 ［witness-lost］" in text


def test_a_departments_folder_copied_alone_verifies_anywhere(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    shutil.copytree(site.case.site / "chengguan", tmp_path / "alone/x")
    page = opened(browser)
    with serving(tmp_path / "alone/x") as url:
        bare = f"http://{HOST}:{urlsplit(url).port}/"
        text = told(page, f"{bare}verify.html?chain=chengguan")
        assert text.startswith("相符") and "全站的封签不在，没有比" in text
        for asked in ("2026/works", "chengguan/2026/works", f"{bare}2026/works.html"):
            text = told(page, f"{bare}verify.html?v={asked}")
            assert text.startswith("相符\n\n和登记的一样：2026年10月29日首次公开以后")
        (tmp_path / "alone/x/files/a.csv").write_bytes(b"x")
        text = told(page, f"{bare}verify.html?item=chengguan/2026/works")
        assert "附件 files/a.csv 和登记的不同 ［file-differs］" in text


def test_without_a_network_it_says_that_it_cannot_tell(browser: Browser, site: Site) -> None:
    page = opened(browser)
    page.route("**/*.jsonl", lambda route: route.abort())
    text = told(page, f"{site.url}verify.html?item={ITEM}")
    assert text.startswith("没有核成\n\n要核对的文件没有取到，现在说不出对还是不对。")


# -- codes on paper --------------------------------------------------------------------------


def history(site: Site, entries: list[dict[str, object]]) -> None:
    target = site.case.site / "chengguan/history/2026/reception-q3.json"
    target.parent.mkdir(parents=True)
    target.write_text(json.dumps(entries), encoding="utf-8")


def test_paper_that_is_still_right(browser: Browser, site: Site) -> None:
    page = opened(browser)
    text = told(page, site.url + site.paper(ITEM, 2))
    assert text.startswith("相符\n\n这张纸印的是 2026年10月27日登记的内容，与网上一字不差。"), text
    assert "纸上的链头在链上：试验市城市管理局第 2 条，2026-10-27 09:00，其后 2 条。" in text
    text = told(page, site.url + site.paper(ITEM, 2, tail="&t=20261028"))
    assert "这张纸 2026年10月28日印出，与网上一字不差。" in text
    text = told(page, site.url + site.paper(ITEM, 2, tail="&t=20261001"))
    assert "10月1日" not in text


def test_paper_that_is_older_shows_the_words_that_changed(browser: Browser, site: Site) -> None:
    new = site.lines()[1]
    history(site, [
        {"sha256": new["sha256"], "from": site.lines()[0]["sha256"], "at": new["at"],
         "kind": "变更", "diff": [["=", "预算数 3 万元，批次 "], ["-", "6"], ["+", "7"], ["=", " 批。"],
                                ["+", "另有说明<b>。"]]},
    ])  # fmt: skip
    page = opened(browser)
    text = told(page, site.url + site.paper(ITEM, 1))
    assert text.startswith(
        "印后有变动\n\n这张纸印的是 2026年10月26日登记的内容，此后改过 2 处。"
    ), text
    assert page.text_content("#result del") == "（删去）6（完）"
    added = page.locator("#result ins").all_text_contents()
    assert added == ["（加上）7（完）", "（加上）另有说明<b>。（完）"]
    assert page.locator("#result b").count() == 0
    assert "2026-10-27 09:00 变更，第 2 条" in text


def test_paper_that_is_older_without_any_history(browser: Browser, site: Site) -> None:
    text = told(opened(browser), site.url + site.paper(ITEM, 1))
    assert "此后改过 1 次。" in text and "改了哪些字，网上没有留下" in text


def test_paper_of_what_was_withdrawn_shows_the_reason_and_no_earlier_text(
    browser: Browser, site: Site
) -> None:
    item = "caizheng/2026/reception-q3"
    text = told(opened(browser), site.url + site.paper(item, 1))
    assert text.startswith("已撤回\n\n此件已撤回，2026年10月30日。")
    assert "原因：数字有误。" in text and "批次" not in text


def test_paper_that_the_chain_does_not_know_is_shouted(browser: Browser, site: Site) -> None:
    page = opened(browser)
    text = told(page, site.url + site.paper(ITEM, 2, head="0" * 16))
    assert text.startswith("链上没有\n\n纸上的链头，4 条回执里没有。")
    assert "纸请留好，打 0000-8000001" in text
    text = told(page, f"{site.url}check.html?i={ITEM}&h={'0' * 16}&d={site.lines()[1]['hash']}")
    assert text.startswith("链上没有\n\n纸上的内容，这一件的回执里没有。")
    for wrong in ("i=x&h=1", f"i={ITEM}&h=123", f"i=../{ITEM}&h={'0' * 16}"):
        assert told(page, f"{site.url}check.html?{wrong}").startswith("看不懂")
    assert told(page, f"{site.url}check.html").startswith("没有核")


def test_paper_against_a_page_or_a_chain_that_was_altered(browser: Browser, site: Site) -> None:
    page = opened(browser)
    paper = site.url + site.paper(ITEM, 2)
    site.case.edit(chains.PAGE, "批次 7 批", "批次 9 批")
    assert told(page, paper).startswith("不符\n\n网上的这一件，和登记的不一样。")
    site.case.lines(chains.COPY, chains._last(lambda x: x.replace(*chains.EDITED)))
    assert told(page, paper).startswith("链断了")


# -- reading it ------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "dark"), [(375, False), (1280, True)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, site: Site, width: int, dark: bool
) -> None:
    site.case.edit("chengguan/2026/works.html", "example.cn/x", "evil.cn/x")
    page = opened(browser, width)
    page.emulate_media(color_scheme="dark" if dark else "light")
    new = site.lines()[1]
    history(site, [{"sha256": new["sha256"], "from": None, "at": new["at"], "kind": "变更",
                    "diff": [["-", "六" * 200], ["+", "7"]]}])  # fmt: skip
    for path in (
        "verify.html?chain=all",
        f"verify.html?item={ITEM}",
        "verify.html?item=chengguan/2026/works",
        f"verify.html?v={'0' * 16}",
        "chengguan/verify.html?chain=chengguan",
        site.paper(ITEM, 1),
        site.paper(ITEM, 2, head="0" * 16),
    ):
        told(page, site.url + path)
        violations = Axe().run(page).response["violations"]
        assert [(path, one["id"], one["nodes"][0]["html"]) for one in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_without_scripts_it_says_how_to_do_it_by_hand(browser: Browser, site: Site) -> None:
    page = opened(browser, scripts=False)
    for path in ("verify.html", "chengguan/verify.html"):
        page.goto(site.url + path)
        assert page.is_visible("#off") and not page.is_visible("#ask")
        assert not page.is_visible("text=现在就核对")
        page.click("a:has-text('下载核对程序')")
        assert "核对一个机关的公开" in page.inner_text("body")
    page.goto(f"{site.url}check.html")
    assert page.is_visible("#off")


@pytest.mark.parametrize("tampered", [False, True])
def test_the_program_for_ones_own_computer_tells(site: Site, tampered: bool) -> None:
    if tampered:
        site.case.edit("chengguan/2026/works.html", "example.cn/x", "evil.cn/x")
    url = json.loads((site.case.site / "build.json").read_text())["site"]
    for page in site.case.site.glob("*/2026/*.html"):
        item = page.relative_to(site.case.site).as_posix()
        page.write_text(
            page.read_text().replace(
                "<head>", f'<head><link rel="canonical" href="{url}{item}">', 1
            )
        )
    program = site.case.site / "assets/verify.py.txt"
    done = subprocess.run(
        [sys.executable, str(program), site.url.replace(HOST, "127.0.0.1"), "chengguan"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    first, last = done.stdout.splitlines()
    assert last == f"最后一条的链头 {site.lines()[-1]['hash']}"
    if tampered:
        assert done.returncode == 1 and first.startswith("chengguan/2026/works 和登记的不同")
    else:
        assert (done.returncode, first) == (0, "4 条回执前后相连，3 件都和登记的一样")
