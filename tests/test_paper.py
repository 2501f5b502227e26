"""The notice board's sheets: what stands on them, that they fit, that their codes are read."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.outputs.paper import Week, account, board
from generator.publish.build import build
from generator.publish.request import BuildRequest
from generator.publish.world import world_of
from generator.render.theme import theme_folder
from generator.render.world import World
from generator.survey import survey
from tests.office_files import docx, word_lines
from tests.paper_prints import codes, press, printed
from tests.roots import Root
from tests.test_cli import run
from tests.worlds import County, serving

A4, A3 = (182, 277), (269, 400)
TUESDAY = date(2026, 11, 24)
WEEK = Week(2026, 48)
LONG = "关于进一步规范城市管理领域行政处罚自由裁量权基准适用工作并公开征求社会各界意见建议的通知和说明材料"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with press() as found:
        yield found


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path / "root")


def seen(root: Root, day: date = TUESDAY) -> World:
    return world_of(survey(root.path, day, day), trial=True)


def sheets(root: Root, week: Week = WEEK) -> str:
    world = seen(root)
    return board(world, world.departments["chengguan"], week)


def whole(root: Root) -> str:
    world = seen(root)
    found = account(world, world.departments["chengguan"], WEEK)
    assert found is not None
    return found


def notice(root: Root, slug: str, title: str, more: str = "", formed: str = "2026-11-18") -> None:
    front = f"title: {title}\ncategory: 通知公告/公示\nperiod: 临时\nformed: {formed}\n{more}"
    root.item(slug, front, "张贴的正文。\n")


def ledger_of(root: Root, rows: int) -> None:
    root.write(
        "content/chengguan/items/2026/accounts/index.md",
        "---\ntitle: 2026年第二季度公务接待费收支\ncategory: 财务/公务接待费\nperiod: 2026-Q2\n"
        "formed: 2026-07-10\nfiles: [{path: all.csv, title: 逐笔明细}]\n---\n"
        "预算数 3 万元，支出数 1.2 万元，批次 6 批。明细单位：元。\n",
    )
    what = ("村部电费", "危桥维修进度款，合同 2026-03 号，按合同约定支付百分之五十，附监理签证")
    lines = [
        f"{n},2026-06-{n % 28 + 1:02d},{what[n % 6 == 0]},{n * 100}.50,记 {n:03d}"
        for n in range(1, rows + 1)
    ]
    text = "号,日期,事由,支出,凭证\n" + "\n".join(lines) + f"\n合计,,,{rows * 100}.00,\n"
    root.write("content/chengguan/items/2026/accounts/all.csv", text)
    (root.path / "content/chengguan/items/2026/reception-q3.md").unlink()


def mounted(folder: Path, url: str) -> County:
    """A county whose receipts are mounted in its own tree."""
    county = County(folder, url)
    county.receipts = county.root.path / "receipts"
    config = county.root.path / "site_config.yml"
    county.root.write(
        "site_config.yml", config.read_text(encoding="utf-8") + "receipts: receipts\n"
    )
    return county


# -- weeks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        ("2026-W48", date(2026, 11, 23)),
        ("2026-W01", date(2025, 12, 29)),
        ("2026-W53", date(2026, 12, 28)),
        ("2027-W53", None),
        ("2026-W00", None),
        ("2026-W4", None),
        ("2026-48", None),
        ("２０２６-W48", None),
    ],
)
def test_a_week_begins_on_its_monday(text: str, monday: date | None) -> None:
    week = Week.read(text)
    assert (week.monday if week else None) == monday


def test_a_day_knows_its_week() -> None:
    assert Week.of(TUESDAY) == WEEK
    assert Week.of(date(2027, 1, 1)) == Week(2026, 53)


# -- what stands on the board -----------------------------------------------------------------


def test_the_board_tells_what_is_new_and_what_runs_and_nothing_else(root: Root) -> None:
    notice(root, "new", "新公开的一件")
    notice(root, "older", "上上周的一件", formed="2026-11-12")
    running = "process: p1\nnotice: {from: 2026-11-10, to: 2026-11-25, contact: '12319'}"
    notice(root, "running", "还在公示的一件", running, formed="2026-11-09")
    over = "process: p2\nnotice: {from: 2026-11-02, to: 2026-11-10, contact: '12319'}"
    notice(root, "over", "公示完了的一件", over, formed="2026-11-01")
    gone = "withdrawn: {on: 2026-11-20, reason: 写了个人信息, kind: 个人信息}"
    notice(root, "gone", "撤回的一件", gone)
    notice(root, "history", "补录的一件", "imported: 2011年半年报")
    html = sheets(root)
    assert html.index("还在公示的一件") < html.index("新公开的一件")
    assert "公示到 11-25" in html and "有意见找 12319" in html
    for absent in ("上上周的一件", "公示完了的一件", "撤回的一件", "补录的一件"):
        assert absent not in html


def test_a_sheet_carries_number_days_debts_phone_and_a_box_for_words(root: Root) -> None:
    root.replace("site_config.yml", "since: 2026-01-01", "since: 2026-10-01")
    (root.path / "content/chengguan/items/2026/reception-q3.md").unlink()
    html = sheets(root)
    for said in (
        "chengguan-2026W48-1", "第 1 张，共 1 张", "2026-11-23", "2026-11-30", "实际上墙",
        "公务接待费 2026年第三季度，应于 2026-11-03", "逾期 15 个工作日", "我要说",
        "0000-8000000", "0000-8000001", "这张纸不带链头", "没有新公开的事项",
    ):  # fmt: skip
        assert said in html, said
    root.replace(
        "content/chengguan/department.yml", "kind: 部门", "kind: 部门\ncode: 11990000SL0000101X"
    )
    assert "11990000SL0000101X-2026W48-1" in sheets(root)


def test_a_trial_shows_no_debts(root: Root) -> None:
    (root.path / "content/chengguan/items/2026/reception-q3.md").unlink()
    assert "逾期" in sheets(root)
    root.replace("site_config.yml", "due_soon:", "trial: 2027-03-31, due_soon:")
    assert "逾期" not in sheets(root)


def test_what_falls_due_this_week_is_promised(root: Root) -> None:
    (root.path / "content/chengguan/items/2026/reception-q3.md").unlink()
    world = seen(root, date(2026, 11, 2))
    html = board(world, world.departments["chengguan"], Week.of(date(2026, 11, 2)))
    assert "本周应公开：</b>公务接待费 2026年第三季度（11-03 前）" in html


def test_words_of_a_clerk_stay_words(root: Root) -> None:
    notice(root, "x", "'<script>alert(1)</script>的公示'")
    html = sheets(root)
    assert "<script" not in html and "&lt;script&gt;alert(1)" in html


def test_the_same_world_gives_the_same_bytes(root: Root) -> None:
    notice(root, "new", "新公开的一件")
    assert sheets(root) == sheets(root)


# -- the whole account ------------------------------------------------------------------------


def test_the_latest_account_stands_there_with_every_line(root: Root) -> None:
    ledger_of(root, 40)
    html = whole(root)
    rows = re.findall(r'<th scope="row">(\d+)</th>', html)
    assert rows == [str(n) for n in range(1, 41)]
    assert '<tr class="sum"><th scope="row">合计</th>' in html
    assert "单位：元" in html and "chengguan-2026W48-A3-1" in html
    assert "<dt>支出数</dt><dd>1.2 <small>万元</small></dd>" in html
    assert "撤下 <b>2027-02-22</b>" in html


def test_the_bodys_own_tables_are_taken_where_nothing_is_attached(root: Root) -> None:
    root.item(
        "accounts",
        "title: 二季度公务接待费\ncategory: 财务/公务接待费\nperiod: 2026-Q2\nformed: 2026-07-10",
        "## 支出\n\n| 项目 | 支出数 |\n|---|--:|\n| 甲 | 1.5 |\n| 合计 | 1.5 |\n\n单位：万元。\n",
    )
    html = whole(root)
    assert "<caption>支出　单位：万元</caption>" in html
    assert '<td class="num">1.5</td>' in html


def test_a_word_files_table_is_an_account_too(root: Root) -> None:
    ledger_of(root, 3)
    folder = "content/chengguan/items/2026/accounts"
    root.write(
        f"{folder}/all.docx", docx(*word_lines(["| 号 | 事由 | 支出 |", "| 1 | 换井盖 | 380.50 |"]))
    )
    root.replace(f"{folder}/index.md", "all.csv", "all.docx")
    (root.path / folder / "all.csv").unlink()
    html = whole(root)
    assert "换井盖" in html and '<td class="num">380.50</td>' in html


def test_without_a_table_there_is_no_account(root: Root) -> None:
    world = seen(root)
    assert account(world, world.departments["chengguan"], WEEK) is None


def test_a_withdrawn_account_is_never_printed(root: Root) -> None:
    ledger_of(root, 3)
    root.replace(
        "content/chengguan/items/2026/accounts/index.md",
        "formed: 2026-07-10",
        "formed: 2026-07-10\nwithdrawn: {on: 2026-08-01, reason: 写了个人信息, kind: 个人信息}",
    )
    world = seen(root)
    assert account(world, world.departments["chengguan"], WEEK) is None


# -- paper ------------------------------------------------------------------------------------


@pytest.mark.parametrize("items", [0, 1, 4, 9, 60])
def test_each_board_sheet_is_one_a4(
    browser: Browser, root: Root, tmp_path: Path, items: int
) -> None:
    (root.path / "content/chengguan/items/2026/reception-q3.md").unlink()
    for n in range(items):
        more = f"process: p{n}\nnotice: {{from: 2026-11-18, to: 2026-11-30, contact: 市容科 0000-8000000}}"
        notice(root, f"n{n:02d}", f"{LONG}{n}" if n % 2 else f"公示{n}号", more if n % 3 else "")
    html = sheets(root)
    count = html.count('<section class="sheet')
    made = printed(browser, html, tmp_path, A4)
    assert (made.pages, made.size, made.astray, made.requests) == (count, (210, 297), (), ())
    assert count == {0: 1, 1: 1, 4: 1, 9: 2, 60: 5}[items]
    read = codes(made.pdf)
    assert sum("check.html?i=chengguan/2026/n" in text for text in read) == items


@pytest.mark.parametrize(("rows", "count"), [(1, 1), (40, 1), (200, 4)])
def test_each_account_sheet_is_one_a3(
    browser: Browser, root: Root, tmp_path: Path, rows: int, count: int
) -> None:
    ledger_of(root, rows)
    html = whole(root)
    made = printed(browser, html, tmp_path, A3)
    assert (made.pages, made.size, made.astray, made.requests) == (count, (297, 420), (), ())
    assert html.count('<section class="sheet') == count
    assert len(re.findall(r'<th scope="row">\d+</th>', html)) == rows


def test_a_printed_code_carries_item_hash_and_head(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path / "public") as url:
        county = mounted(tmp_path, url)
        notice(county.root, "new", "新公开的一件")
        assert county.publish("2026-11-19T09:00:00+08:00").ok
        world = county.world("2026-11-24T09:00:00+08:00")
    lines = world.evidence.lines["chengguan"]
    html = board(world, world.departments["chengguan"], WEEK)
    head = lines[-1].hash[:16]
    assert f"回执链共 {len(lines)} 条" in html
    assert " ".join(head[at : at + 4] for at in (0, 4, 8, 12)) in html
    made = printed(browser, html, tmp_path, A4)
    read = codes(made.pdf)
    hashes = {line.item: line.sha256 for line in lines}
    for item in ("chengguan/2026/new", "chengguan/2026/reception-q3"):
        text = f"{url}check.html?i={item}&h={hashes[item][:16]}&d={head}&t=20261124"
        # At arm's length a phone wants a code about a tenth as wide as it is far.
        assert read[text] > 22
    assert f"{url}chengguan/index.html" in read


def test_a_scanned_code_opens_the_page_that_compares(browser: Browser, tmp_path: Path) -> None:
    """From the printed sheet to the verdict: first the same, then changed, on the real site."""
    with serving(tmp_path / "public") as url:
        county = mounted(tmp_path, url)
        assert county.publish("2026-11-19T09:00:00+08:00").ok
        world = county.world("2026-11-24T09:00:00+08:00")
        html = board(world, world.departments["chengguan"], WEEK)
        made = printed(browser, html, tmp_path, A4)
        (scanned,) = (text for text in codes(made.pdf) if "check.html" in text)
        assert "这张纸 2026年11月24日印出，与网上一字不差" in verdict(browser, county, scanned)
        county.root.replace(
            "content/chengguan/items/2026/reception-q3.md", "支出数 1.2 万元", "支出数 1.8 万元"
        )
        assert county.publish("2026-11-25T09:00:00+08:00").ok
        said = verdict(browser, county, scanned)
        assert "印后有变动" in said and "这张纸 2026年11月24日印出，此后改过" in said


def verdict(browser: Browser, county: County, scanned: str) -> str:
    """What the built site says of a code, by a phone."""
    day = date(2026, 11, 26)
    site = county.public.parent / "site"
    build(BuildRequest(county.root.path, site, day, theme_folder()), lambda _: None)
    shutil.rmtree(county.public)
    shutil.copytree(site, county.public)
    page = browser.new_page(viewport={"width": 375, "height": 800})
    page.goto(scanned)
    page.wait_for_selector("#result[aria-busy=false] .st", timeout=20_000)
    said = page.inner_text("#result").replace("\u00a0", " ")
    page.close()
    return said


def test_a_code_is_read_from_a_poor_print(browser: Browser, root: Root, tmp_path: Path) -> None:
    notice(root, "new", "新公开的一件")
    made = printed(browser, sheets(root), tmp_path, A4)
    assert any("i=chengguan/2026/new" in text for text in codes(made.pdf, dots=90))


def test_lateness_is_told_in_black_and_white(root: Root) -> None:
    (root.path / "content/chengguan/items/2026/reception-q3.md").unlink()
    css = re.search(r"\.st-miss::before \{ content: \"(.)\"", sheets(root))
    assert css is not None and css[1] == "×"


def test_what_is_not_confirmed_yet_stands_after_what_is(tmp_path: Path) -> None:
    with serving(tmp_path / "public") as url:
        county = mounted(tmp_path, url)
        county.root.replace("site_config.yml", "from: git", "from: receipt")
        notice(county.root, "sure", "核到了的一件")
        assert county.publish("2026-11-19T09:00:00+08:00").ok
        notice(county.root, "merged", "刚合并的一件")
        county.commit("2026-11-23T09:00:00+08:00")
        world = county.world("2026-11-24T09:00:00+08:00")
    html = board(world, world.departments["chengguan"], WEEK)
    assert html.index("核到了的一件") < html.index("刚合并的一件")
    assert "〔凭回执〕" in html and "11-23 合并" in html and "〔凭 Git 记录〕" in html


# -- the command line -------------------------------------------------------------------------


def test_the_commands_write_a_file_each(root: Root, tmp_path: Path) -> None:
    ledger_of(root, 3)
    at = ("--root", str(root.path), "--department", "chengguan")
    for arguments, name in (
        (("board", *at), "board-chengguan-2026-W48-A4.html"),
        (("board", *at, "--size", "A3", "--week", "2026-W50"), "board-chengguan-2026-W50-A3.html"),
        (("calendar", *at, "--year", "2027"), "calendar-chengguan-2027.html"),
    ):
        done = run(*arguments, cwd=tmp_path)
        assert done.returncode == 0 and name in done.stderr, done.stderr
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text.startswith("<!doctype html>") and "https://" not in text
        assert run(*arguments, "--out", "-", cwd=tmp_path).stdout == text


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("board", "--department", "chengguan", "--week", "2026-48"), 2, "不是一周"),
        (("board", "--department", "caizheng"), 2, "没有 `caizheng` 这个机关"),
        (("board", "--department", "chengguan", "--size", "A3"), 1, "没有账目可印"),
        (("board",), 2, "缺少 `"),
        (("calendar", "--department", "chengguan"), 2, "缺少 `"),
        (("calendar", "--department", "chengguan", "--year", "27"), 2, "`--year` 的值不对"),
    ],
)
def test_a_slip_or_a_lack_is_told(
    root: Root, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = run(*arguments, "--root", str(root.path), cwd=tmp_path)
    assert done.returncode == code and said in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["root"]


def test_a_broken_department_gets_no_paper(root: Root, tmp_path: Path) -> None:
    root.replace("content/chengguan/items/2026/reception-q3.md", "2026-10-08", "2026-02-30")
    done = run("board", "--department", "chengguan", "--root", str(root.path), cwd=tmp_path)
    assert done.returncode == 1 and "gongkai check" in done.stderr
