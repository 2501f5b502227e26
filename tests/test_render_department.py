import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

import pytest

from generator.article import Served, page_record
from generator.model import Department, Status, Withdrawn
from generator.render.department import department_pages
from generator.render.department.office import Office
from generator.render.department.trend import trend
from generator.render.page import Page
from generator.render.world import World
from tests.department_worlds import (
    AS_OF,
    CHENGGUAN,
    NOTICES,
    ROWS,
    SECRET,
    SITE,
    Builder,
    bureau,
    item,
)

MADE_BY_OTHERS = re.compile(
    r"search\.html|feed\.xml|due\.ics|receipts\.jsonl|assets/verify\.py\.txt"
    r"|data/(items|slots)-\d{4}\.\w+"
)
"""Addresses in a department's site that other rooms fill."""


def made(world: World) -> dict[str, Page]:
    return {page.path: page for page in department_pages(world, the_bureau(world))}


def the_bureau(world: World) -> Department:
    return world.departments["chengguan"]


@pytest.fixture(scope="module")
def world() -> World:
    return bureau()


@pytest.fixture(scope="module")
def pages(world: World) -> dict[str, Page]:
    return made(world)


class Marks(HTMLParser):
    """Ids, addresses and text of a fragment."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "dd":
            self.text += " "
        for name, value in attrs:
            if name == "id" and value is not None:
                self.ids.append(value)
            if name in ("href", "src") and value is not None:
                self.hrefs.append(value)

    def handle_data(self, data: str) -> None:
        self.text += data


def text_of(page: Page) -> str:
    return " ".join(Marks(page.main).text.split())


def test_every_address_is_flat_and_made_once(world: World) -> None:
    paths = [page.path for page in department_pages(world, the_bureau(world))]
    assert len(paths) == len(set(paths))
    assert all(path.count("/") <= 2 for path in paths)
    fixed = {
        "index.html", "matrix.html", "guide.html", "rules.html", "annual.html", "apply.html",
        "powers.html", "verify.html", "open-data.html", "404.html", "sitemap.html",
        "lists/index.html", "services/index.html", "services/occupy-road.html",
        "2026/chengnan-stalls.html", "slots/repairs/2026-Q3.html", "slots/repairs/index.html",
    }  # fmt: skip
    assert fixed <= set(paths)


def test_no_link_leads_nowhere(world: World, pages: Mapping[str, Page]) -> None:
    files = {file.path for each in world.items.values() for file in each.files}
    broken = []
    for page in pages.values():
        folder = str(PurePosixPath(page.path).parent)
        for href in Marks(page.main).hrefs:
            bare, _, fragment = href.partition("#")
            bare = bare.partition("?")[0]
            if re.match(r"[a-z]+:", href):
                continue
            target = normpath(f"{folder}/{unquote(bare)}") if bare else page.path
            if target not in pages:
                if target not in files and not MADE_BY_OTHERS.fullmatch(target):
                    broken.append((page.path, href))
            elif fragment and fragment not in Marks(pages[target].main).ids:
                broken.append((page.path, href))
    assert broken == []


def test_crumbs_lead_somewhere(pages: Mapping[str, Page]) -> None:
    for page in pages.values():
        folder = str(PurePosixPath(page.path).parent)
        for crumb in page.crumbs:
            assert crumb.href is None or normpath(f"{folder}/{crumb.href}") in pages, page.path


def test_an_id_stands_once_in_a_page(pages: Mapping[str, Page]) -> None:
    for page in pages.values():
        ids = Marks(page.main).ids
        assert len(ids) == len(set(ids)), page.path


def test_every_item_page_confirms_its_own_record(world: World, pages: Mapping[str, Page]) -> None:
    for each in world.items.values():
        page = pages[f"{each.year}/{each.slug}.html"]
        whole = f"<html><body>{page.main}{page.record}</body></html>"
        served = page_record(whole, f"{each.id}.html", SITE.url)
        assert isinstance(served, Served), served
        assert served.record == world.articles[each.id].record
        assert served.text == world.articles[each.id].text
        assert served.title == "".join(each.title.split())


def test_a_withdrawn_secret_leaves_no_word_anywhere(pages: Mapping[str, Page]) -> None:
    for page in pages.values():
        assert SECRET not in page.main + page.record + page.description, page.path
        assert page.indexed is None or SECRET not in page.indexed.body, page.path
    gone = text_of(pages["2026/gone.html"])
    assert "本件已撤回" in gone
    assert "登了不该登的住址" in gone


def test_a_withdrawal_of_tomorrow_changes_nothing_today() -> None:
    b = Builder(CHENGGUAN)
    soon = item(
        "soon", NOTICES.category, body="还在。\n", formed=date(2026, 3, 2),
        withdrawn=Withdrawn(date(2026, 12, 1), "内容有误", None),
    )  # fmt: skip
    b.slot(NOTICES, "2026.soon", Status.SHOWN, item=soon, public=b.add(soon, date(2026, 3, 5)))
    page = made(b.world(SITE, ROWS))["2026/soon.html"]
    assert "撤回" not in text_of(page)
    assert "还在。" in text_of(page)


def test_a_title_cannot_bring_markup(world: World) -> None:
    b = Builder(CHENGGUAN)
    sly = item(
        "sly", NOTICES.category, title="<script>alert(1)</script>关于“引号”的通知",
        summary='"><img src=x onerror=alert(1)>', formed=date(2026, 3, 2), issuer="<b>某局</b>",
    )  # fmt: skip
    b.slot(NOTICES, "2026.sly", Status.SHOWN, item=sly, public=b.add(sly, date(2026, 3, 5)))
    for page in made(b.world(SITE, ROWS)).values():
        assert "<script>alert" not in page.main
        assert "<img src=x" not in page.main
        assert "<b>某局" not in page.main


def test_every_judged_time_says_how_it_is_known(pages: Mapping[str, Page]) -> None:
    assert "〔凭回执第 1405 条〕" in text_of(pages["2026/chengnan-stalls.html"]).replace(
        "\xa0", " "
    )
    organs = text_of(pages["2026/organs.html"])
    assert "〔凭 Git 记录〕" in organs
    assert "合并时间" in organs
    assert "首次公开" not in organs.split("有疑问")[0]
    unproven = text_of(pages["2026/unproven.html"])
    assert "〔无凭据〕" in unproven and "已生成，尚未核到" in unproven
    assert "〔自填〕" in text_of(pages["2026/chengnan-stalls.html"])


def test_a_bare_ri_never_counts_days(pages: Mapping[str, Page]) -> None:
    for page in pages.values():
        for match in re.finditer(r"[0-9]\s*日", text_of(page)):
            before = text_of(page)[max(0, match.start() - 4) : match.start()]
            assert "月" in before, (page.path, match.group(), before)


def test_the_due_day_unfolds_into_days(pages: Mapping[str, Page]) -> None:
    main = pages["slots/repairs/2026-Q3.html"].main
    assert '<td class="start">9-30<b>起算</b></td>' in main
    assert '<td class="off">10-1<b>国庆节</b></td>' in main
    assert "<td>10-10<b>第\xa03</b><b>上班</b></td>" in main
    assert '<td class="end">11-3<b>第\xa020</b></td>' in main
    assert "国办发明电〔2025〕7号" in main


def test_an_empty_slot_says_what_to_say(pages: Mapping[str, Page]) -> None:
    text = text_of(pages["slots/repairs/2026-Q3.html"]).replace("\xa0", " ")
    assert "应于 2026 年 11 月 3 日公开，已过 15 个工作日。" in text
    assert "我问市城市管理局的2026年第三季度维修费" in text
    assert "https://example.gov.cn/gk/chengguan/slots/repairs/2026-Q3.html" in text
    assert "0000-000 0003" in text, "the section that answers, with its own telephone"


def test_a_table_of_periods_calls_a_merge_a_merge(pages: Mapping[str, Page]) -> None:
    tables = [p.main for path, p in pages.items() if re.fullmatch(r"slots/[^/]+/index.html", path)]
    cells = re.findall(r'data-h="首次公开">(.*?)</td>', "".join(tables))
    merged = [cell for cell in cells if "〔凭 Git 记录〕" in cell]
    assert merged
    assert all("合并" in cell for cell in merged)
    assert not any("合并" in cell for cell in cells if cell not in merged)


def test_a_filled_slot_leads_to_its_item(pages: Mapping[str, Page]) -> None:
    main = pages["slots/reception/2026-Q3.html"].main
    assert 'href="../../2026/reception-q3.html"' in main
    assert "您可以做的" not in main


def test_a_result_slot_names_its_notice(pages: Mapping[str, Page]) -> None:
    text = text_of(pages["slots/stalls/2026.chengnan-stalls.result.html"])
    assert "公示：城南农贸市场便民疏导点设置方案（示例）" in text


def test_the_strip_breaks_at_a_missing_period(pages: Mapping[str, Page]) -> None:
    main = pages["2026/reception-q3.html"].main
    assert "近七期" in main
    assert re.search(r"2025年第三季度</th><td class=\"num\"><span class=\"note\">没有公开", main)
    line = re.search(r'class="ln" d="([^"]*)"', main)
    assert line is not None and line.group(1).count("M") == 2
    assert "最高 4.66万元（2025年第四季度），最低 2.95万元（2026年第一季度），本期 3.62万元" in main


def test_a_correction_draws_no_strip(world: World) -> None:
    office, shown = Office(world, the_bureau(world)), world.items["chengguan/2026/reception-q3"]
    assert trend(office, shown) is not None
    assert trend(office, replace(shown, corrects="chengguan/2026/reception-q2")) is None


def test_missing_elements_are_named_before_the_text(pages: Mapping[str, Page]) -> None:
    main = pages["2026/reception-q3.html"].main
    assert "要素不全：缺批次、人均。" in main
    assert main.index("要素不全") < main.index('id="gk-body"')
    assert "公开了 3/5 项" in main


def test_periods_lead_to_their_neighbours(pages: Mapping[str, Page]) -> None:
    main = pages["2026/reception-q3.html"].main
    assert re.search(r'href="\.\./2026/reception-q2\.html" rel="prev"', main)
    assert re.search(r'href="\.\./slots/reception/2026-Q4\.html" rel="next"', main)


def test_a_long_attachment_keeps_ten_rows_and_has_a_page(pages: Mapping[str, Page]) -> None:
    main = pages["2026/chengnan-stalls.html"].main
    assert main.count('<th scope="row">0') == 9 and '<th scope="row">10</th>' in main
    assert '<th scope="row">11</th>' not in main and '<th scope="col">编号</th>' in main
    assert (
        'href="../2026/chengnan-stalls/stalls-xlsx.html"' in main
        and "看全部（70 行）" in main.replace('<span class="vh">：摊位明细表</span>', "")
    )
    assert 'href="../2026/chengnan-stalls/stalls.xlsx"' in main
    assert "18\xa0kB" in main and "1.2\xa0MB" in main
    assert "3e" * 16 + " " + "3e" * 16 in main


def test_the_matter_shows_its_stages_and_what_is_missing(pages: Mapping[str, Page]) -> None:
    text = text_of(pages["2026/chengnan-stalls.html"])
    assert "全过程公开 4/5" in text
    assert "还缺结果：应于 2026-12-25" in text
    assert "同一件事" in text and "便民摊位分配结果" in text


def test_a_notice_prints_dates_and_leaves_the_count_to_the_script(
    pages: Mapping[str, Page],
) -> None:
    main = pages["2026/chengnan-stalls.html"].main
    assert '<span data-until="2026-11-29" hidden></span>' in main
    assert "还剩" not in main
    assert "共 30 天" in main


def test_corrections_point_both_ways(pages: Mapping[str, Page]) -> None:
    assert "penalty-003-fix.html" in pages["2026/penalty-003.html"].main
    assert "已有更正" in pages["2026/penalty-003.html"].main
    assert 'href="../2026/penalty-003.html"' in pages["2026/penalty-003-fix.html"].main


def test_the_basic_eight_stand_on_the_home_page(pages: Mapping[str, Page]) -> None:
    main = pages["index.html"].main
    tiles = main.split('class="tiles"')[1].split("</ul>")[0]
    assert tiles.count("<li>") == 8
    assert "已公开 6/8" in main
    assert "逾期未公开" in tiles and "slots/accountability/standing.html" in tiles


def test_rates_never_go_without_their_fraction(world: World, pages: Mapping[str, Page]) -> None:
    rates = world.ledger.rates[0]
    text = text_of(pages["index.html"])
    assert f"按时 {rates.on_time.over}／应公开 {rates.on_time.under}" in text
    assert f"= {rates.on_time.over}/{rates.on_time.under}。" in text
    for match in re.finditer(r"全面率 [0-9.]+%", text):
        assert text[match.end()] == "（"


def test_powers_add_up_to_what_was_declared(pages: Mapping[str, Page]) -> None:
    text = text_of(pages["powers.html"])
    assert "21 + 158 + 7 + 30 = 216，与本机关所报总数 216 相符" in text
    assert "看其余 148 项" in text


def test_powers_that_do_not_add_up_say_by_how_much() -> None:
    b = Builder(replace(CHENGGUAN, powers=CHENGGUAN.powers[:-2]))
    text = text_of(made(b.world(SITE, ROWS))["powers.html"])
    assert "所报总数 216 不符，差 2 项" in text


def test_a_service_tells_everything_at_once(pages: Mapping[str, Page]) -> None:
    text = text_of(pages["services/occupy-road.html"])
    for said in (
        "带 2 件材料", "申请表", "窗口领取", "法定时限 20 个工作日", "承诺时限 5 个工作日",
        "每平方米每天 0.3 元", "减免：残疾人减半", "政务服务中心 2 楼", "一次说清",
    ):  # fmt: skip
        assert said in text, said


def test_the_guide_has_what_article_12_asks_for(pages: Mapping[str, Page]) -> None:
    text = text_of(pages["guide.html"])
    for said in ("机构名称", "办公地址", "办公时间", "联系电话", "分类和编排", "怎么获取"):
        assert said in text
    assert "机构代码-类别-年份-流水号" in text
    assert text.index("用钱公开") < text.index("基本公开")


def test_a_matrix_cell_speaks_its_whole_status(pages: Mapping[str, Page]) -> None:
    main = pages["matrix.html"].main
    spoken = (
        '<span class="vh">公务接待费 2026年第二季度：滞后 2 个工作日，应于 2026-07-28，'
        "公开于 2026-07-30。</span>"
    )
    assert spoken in main
    assert "城管罚字〔2026〕缺第 12 号" in text_of(pages["matrix.html"])


def test_lists_hold_every_item_once(world: World, pages: Mapping[str, Page]) -> None:
    listed: list[str] = []
    for path, page in pages.items():
        if re.fullmatch(r"lists/all-\d{4}(-\d+)?\.html", path):
            body = page.main.split('<ul class="rows">')[1]
            listed += re.findall(r'<span class="t"><a href="\.\./([^"]+)"', body)
    assert sorted(listed) == sorted(f"{i.year}/{i.slug}.html" for i in world.items.values())


def test_a_new_item_leaves_full_list_pages_and_other_items_alone() -> None:
    before = made(bureau())
    b_world = bureau()
    newest = b_world.items["chengguan/2026/penalty-045"]
    added = replace(newest, id="chengguan/2026/penalty-046", title="第 46 件（示例）")
    department = the_bureau(b_world)
    grown = World(
        replace(
            b_world.repository,
            departments=(replace(department, items=(*department.items, added)),),
        ),
        b_world.ledger,
        b_world.evidence,
        {**b_world.articles, added.id: replace(b_world.articles[newest.id], item=added.id)},
    )
    after = made(grown)
    changed = {path for path in after if path in before and after[path] != before[path]}
    assert {"index.html", "lists/an-2026.html", "lists/all-2026.html"} <= changed
    untouched = ("lists/an-2026-1.html", "lists/all-2026-1.html", "2026/penalty-001.html")
    assert changed.isdisjoint(untouched)
    assert len([path for path in changed if re.match(r"\d{4}/", path)]) == 0


def test_the_day_alone_rewrites_no_item() -> None:
    today = made(bureau())
    tomorrow = made(bureau(replace(SITE, as_of=date(2026, 11, 25))))
    items = [path for path in today if re.match(r"\d{4}/", path)]
    assert [path for path in items if today[path] != tomorrow[path]] == []


def test_on_trial_nothing_is_called_late() -> None:
    judge = replace(SITE.judge, trial=date(2027, 3, 31))
    for page in made(bureau(replace(SITE, judge=judge))).values():
        assert not re.search(r"滞后|逾期|按时率", text_of(page)), page.path


def test_pages_carry_the_guides_meta_tags(pages: Mapping[str, Page]) -> None:
    meta = dict(pages["2026/chengnan-stalls.html"].meta)
    assert meta["ArticleTitle"] == "城南农贸市场便民疏导点设置方案（示例）"
    assert meta["PubDate"] == "2026-10-30 09:12"
    assert meta["ContentSource"] == "市城市管理局"
    assert meta["ColumnName"] == "便民摊位分配"
    assert dict(pages["annual.html"].meta)["ColumnType"] == "信息公开年报"


def test_search_gets_items_services_empty_slots_and_rows(pages: Mapping[str, Page]) -> None:
    kinds: dict[str, set[str]] = {}
    for page in pages.values():
        if page.indexed is not None:
            kinds.setdefault(page.indexed.filters["种类"], set()).add(page.path)
            assert page.indexed.filters["机关"] == "市城市管理局"
    assert "2026/chengnan-stalls.html" in kinds["事项"]
    assert "services/occupy-road.html" in kinds["办事指南"]
    assert "slots/repairs/2026-Q3.html" in kinds["期次"]
    assert "slots/reception/2026-Q3.html" not in kinds["期次"]
    stalls = pages["2026/chengnan-stalls.html"].indexed
    assert stalls is not None and stalls.date == "2026-10-30" and "面积／平方米" in stalls.body


def test_the_chain_head_stands_at_home_and_the_items_own_on_its_card(
    world: World, pages: Mapping[str, Page]
) -> None:
    last = world.evidence.lines["chengguan"][-1]
    halves = f"{last.hash[:32]} {last.hash[32:]}"
    assert halves in pages["index.html"].main and halves in pages["verify.html"].main
    assert halves not in pages["2026/chengnan-stalls.html"].main
    own = next(x for x in world.evidence.lines["chengguan"] if x.item.endswith("chengnan-stalls"))
    assert own.hash[32:] in pages["2026/chengnan-stalls.html"].main


def test_a_page_newer_than_its_line_says_so_and_shows_no_line(world: World) -> None:
    lines = tuple(replace(x, sha256="ab" * 32) for x in world.evidence.lines["chengguan"])
    site = replace(world.repository.site, receipts="receipts")
    newer = replace(
        world,
        repository=replace(world.repository, site=site),
        evidence=replace(world.evidence, lines={"chengguan": lines}),
    )
    made = {page.path: page for page in department_pages(newer, the_bureau(newer))}
    main = made["2026/chengnan-stalls.html"].main
    assert 'id="gk-line">已生成，尚未核到' in main and "data-seq" not in main


def test_an_empty_department_still_has_every_page() -> None:
    bare = Department(
        folder="chengguan", name="新设局", kind=CHENGGUAN.kind, level=CHENGGUAN.level,
        phone="12345", complaints="12345", path="content/chengguan/department.yml",
    )  # fmt: skip
    pages = made(Builder(bare).world(replace(SITE, id_code=None), ROWS))
    assert "还没有公开的内容" in text_of(pages["index.html"])
    assert set(pages) >= {"powers.html", "services/index.html", "matrix.html", "lists/index.html"}


def test_index_numbers_follow_the_first_receipts(pages: Mapping[str, Page]) -> None:
    assert "CG01-物-2026-0001" in text_of(pages["2026/chengnan-stalls.html"])
    assert "CG01-案-2026-0007" in text_of(pages["2026/penalty-007.html"])
    assert "暂编" in text_of(pages["2026/unproven.html"])


def test_the_record_says_what_the_page_says(pages: Mapping[str, Page]) -> None:
    page = pages["2026/gone.html"]
    record = json.loads(re.sub(r"</?script[^>]*>", "", page.record))
    assert record["state"] == "withdrawn" and "files" not in record
    assert AS_OF.year == 2026


def test_months_of_two_years_in_one_list_each_say_their_year(pages: Mapping[str, Page]) -> None:
    found = re.findall(r"<summary><h2>([^<，]*)", pages["matrix.html"].main)
    assert {name[:5] for name in found} == {"2026年", "2027年"}


def test_the_rate_of_coverage_says_how_many_of_it_are_partial(world: World) -> None:
    bureau = the_bureau(world)
    slots = tuple(
        replace(slot, status=Status.PART)
        if slot.department.folder == bureau.folder and n == 0
        else slot
        for n, slot in enumerate(world.ledger.slots)
    )
    made = replace(world, ledger=replace(world.ledger, slots=slots))
    home = next(p for p in department_pages(made, bureau) if p.path == "index.html")
    partly = sum(s.status is Status.PART for s in slots if s.department.folder == bureau.folder)
    assert partly and f"其中 {partly} 期部分公开" in home.main
