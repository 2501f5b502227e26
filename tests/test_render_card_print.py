"""The 政务公开档案卡 on paper: one A4 page, whatever the item holds."""

import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from generator.publish.build import build
from generator.publish.request import BuildRequest
from generator.render.theme import theme_folder
from tests.browser import ARGUMENTS, executable
from tests.worlds import County, serving

LONG = "content/chengguan/items/2026/long"
WORDS = (
    "关于印发试验市城市管理局二〇二六年度公务接待费用支出管理和公开工作若干具体规定的通知及其说明"
)


def long_item() -> str:
    files = ", ".join(
        f"{{path: f{n}.csv, title: 第{n}个部门公务接待费用支出明细表和说明}}" for n in range(1, 13)
    )
    return f"""\
---
title: {(WORDS * 3)[:120]}
category: 财务/公务接待费
period: 2026-Q3
formed: 2026-10-08
number: 试验市城市管理局办公室函〔2026〕1234号
issuer: {"、".join(["试验市城市管理局", "试验市财政局", "试验市审计局", "试验市机关事务管理局"] * 3)[:118]}
process: long
phase: after
notice: {{from: 2026-10-09, to: 2026-10-16, contact: "12319"}}
review: {{drafted: 市容管理科综合协调组经办人员, secrecy: 办公室保密审查岗位负责人, approved: 分管公务接待工作的副局长, on: 2026-10-09}}
validity: {{status: 有效, until: 2028-10-08}}
files: [{files}]
---
预算数 3 万元，支出数 1.0 万元，批次 6 批。

{chr(10).join(f"第{n}段，" + "说明情况" * 20 + "。" + chr(10) for n in range(1, 40))}
"""


MIDDLE = "content/chengguan/items/2026/middle"


def middle_item(count: int) -> str:
    files = ", ".join(f"{{path: f{n}.csv, title: 明细表{n}}}" for n in range(count))
    return f"""\
---
title: {WORDS[: 10 * count]}
category: 通知公告/公示
period: 临时
formed: 2026-10-08
number: 试城管〔2026〕{count}号
process: middle-{count}
notice: {{from: 2026-10-09, to: 2026-10-16, contact: "12319"}}
review: {{drafted: 市容科, secrecy: 办公室, approved: 副局长, on: 2026-10-09}}
files: [{files}]
---
预算数 3 万元，批次 1 批。
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A site with an item that says next to nothing, and one with all that an item can have."""
    folder = tmp_path_factory.mktemp("card")
    with serving(folder / "public") as url:
        county = County(folder, url)
        root = county.root
        root.replace("site_config.yml", "catalog:", "receipts: receipts\ncatalog:")
        county.receipts = root.path / "receipts"
        root.replace(
            "content/catalog/local.yml",
            "  basis: [《政府信息公开条例》第二十条第七项]",
            "  basis: [《中华人民共和国政府信息公开条例》第二十条第七项, 《党政机关厉行节约反对浪费条例》"
            "第二十四条, 《党政机关国内公务接待管理规定》第二十条, 《行政单位财务规则》第六十一条]\n"
            "  channels: {required: [政府网站, 公开栏, 公开厅, 新闻媒体], optional: [政务新媒体]}\n"
            "  audience: 特定群体：各乡镇街道和各有关单位\n  retain: 30 years",
        )
        (root.path / "content/chengguan/items/2026/reception-q3.md").unlink()
        root.item("short", "title: 机构职能\ncategory: 机构/职能\nperiod: 长期\nformed: 2026-01-05")
        for n in range(1, 13):
            root.write(f"{LONG}/f{n}.csv", f"项目,金额\n甲,{n}\n")
        root.write(f"{LONG}/index.md", long_item())
        for count in (1, 2, 3, 4, 6):
            root.write(f"{MIDDLE}-{count}/index.md", middle_item(count))
            for n in range(count):
                root.write(f"{MIDDLE}-{count}/f{n}.csv", f"项目,金额\n乙,{n}{count}\n")
        assert county.publish("2026-10-09T09:00:00+08:00").ok
        for n in range(1, 11):
            for paragraph in (3, 9, 21, 33):
                old, new = f"第{paragraph}段，", f"第{paragraph}段，第{n}次改过的话写在这里，"
                root.replace(f"{LONG}/index.md", old, new)
            for count in (1, 2, 3, 4, 6):
                if n <= count:
                    old, new = f"批次 {n} 批", f"批次 {n + 1} 批，第{n}次补充的一句话"
                    root.replace(f"{MIDDLE}-{count}/index.md", old, new)
            root.replace(f"{LONG}/index.md", f"支出数 1.{n - 1} 万元", f"支出数 1.{n} 万元")
            assert county.publish(f"2026-10-{n + 10}T09:00:00+08:00").ok
        for n in range(1, 5):
            root.item(
                f"fix-{n}",
                f"title: 更正：{WORDS[:60]}第{n}次更正\ncategory: 通知公告/公示\nperiod: 临时\n"
                "formed: 2026-11-02\ncorrects: chengguan/2026/long",
                "原写的支出数有误，现予更正。\n",
            )
        assert county.publish("2026-11-03T09:00:00+08:00").ok
        day = date(2026, 11, 24)
        made = build(BuildRequest(root.path, folder / "site", day, theme_folder()), lambda _: None)
        assert made.exit_code == 0
        yield folder / "site"


def printed(site: Path, page: str, target: Path) -> str:
    """Print the card of a page; what `pdfinfo` says of it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), args=list(ARGUMENTS), headless=True
        )
        tab = browser.new_page()
        tab.goto(f"{(site / page).as_uri()}#card")
        tab.pdf(path=str(target), prefer_css_page_size=True, print_background=True)
        browser.close()
    return subprocess.run(["pdfinfo", target], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    "slug", ["short", "middle-1", "middle-2", "middle-3", "middle-4", "middle-6", "long"]
)
def test_the_card_is_one_a4_page(site: Path, tmp_path: Path, slug: str) -> None:
    said = printed(site, f"chengguan/2026/{slug}.html", tmp_path / f"{slug}.pdf")
    assert re.search(r"Pages: +1\n", said), said
    assert "A4" in said
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / f"{slug}.pdf", "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    bare = "".join(text.split())
    for word in (
        "政务公开档案卡",
        "公开依据",
        "形成日期",
        "合并时间",
        "更新",
        "反馈",
        "历史",
        "归档核对",
    ):
        assert word in bare, word
    assert f"chengguan/2026/{slug}.html" in bare


def test_the_long_card_tells_the_last_four_changes_and_counts_the_rest(site: Path) -> None:
    page = (site / "chengguan/2026/long.html").read_text("utf-8")
    card = page.partition('id="card"')[2]
    assert card.count('<div class="chg"><time') == 4
    assert "<del>1.9 万元</del><ins>1.10 万元</ins>" in card
    assert "更早还有：更正 4 次，再早 2 次" in card
    assert "另有 4 件，和上面的一起记在内容散列里" in card
    assert "4 次：" in card
