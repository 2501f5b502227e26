"""The portal's pages as text: what a citizen, a reporter and a supervisor read there."""

import html
import posixpath
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from generator import outputs
from generator.article import Article, Document, Table
from generator.ledger import reckon
from generator.model import Evidence, Landing, NotJudged, Status
from generator.publish.world import leave_out
from generator.render.department import department_pages
from generator.render.page import COLUMNS, Page
from generator.render.portal import portal_pages
from generator.render.world import World
from generator.search import portal_page
from tests.portal_worlds import AS_OF, CONFIG, ITEMS, SEEN, many, world, write


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(write(tmp_path_factory.mktemp("county")))


@pytest.fixture(scope="module")
def pages(county: World) -> dict[str, Page]:
    return {page.path: page for page in portal_pages(county)}


def text(markup: str) -> str:
    """What stands on the page, without tags and blanks: where lines break is not its words."""
    bare = re.sub(r"<(script|style).*?</\1>|<[^>]+>", "", markup, flags=re.DOTALL)
    return squeezed(html.unescape(bare))


def squeezed(words: str) -> str:
    return "".join(words.split())


def says(markup: str, fact: str) -> bool:
    return squeezed(fact) in text(markup)


def section(page: Page, heading: str) -> str:
    """The part of a page from a heading to the next one of its level."""
    parts = re.split(r"(?=<h2)", page.main)[1:]
    found = [part for part in parts if text(part.split("</h2>")[0]).startswith(heading)]
    assert len(found) == 1, (heading, [text(part.split("</h2>")[0]) for part in parts])
    return found[0]


def test_the_fixed_columns_and_every_promised_page_are_there(pages: dict[str, Page]) -> None:
    fixed = (
        "index guide rules disclosure annual apply ledger matrix three exemptions gaps departments "
        "open-data about accessibility sitemap verify 404 catalog notices"
    )
    assert {f"{name}.html" for name in fixed.split()} <= set(pages)
    assert {"class/cai.html", "class/cai-2026.html", "class/an.html", "field/1.html"} <= set(pages)
    assert {page.column for page in pages.values()} == {*COLUMNS, ""}
    assert max(page.depth for page in pages.values()) <= 2


def test_duties_of_one_name_on_a_page_are_told_apart(tmp_path: Path) -> None:
    """人事/招工 and 村务/招工 share a field."""
    root = write(tmp_path / "tree")
    row = (
        "- {{category: {first}/招工, slug: {slug}, class: {class_}, basis: [示例规定], every: year,\n"
        "   due: {{on: 01-31}}, field: 就业}}\n"
    )
    root.write(
        "content/catalog/work.yml",
        row.format(first="人事", slug="hiring", class_="人")
        + row.format(first="村务", slug="village-hiring", class_="村")
        + row.format(first="就业", slug="training", class_="基本").replace("/招工", "/培训"),
    )
    made = {page.path: page for page in portal_pages(world(root))}
    (page,) = (page for page in made.values() if page.title == "就业")
    headings = [text(found) for found in re.findall(r"<h2[^>]*>(.*?)</h2>", page.main)]
    assert headings == ["人事／招工", "村务／招工", "培训"]
    listed = re.search(r'<ul class="words">(.*?)</ul>', page.main, re.DOTALL)
    assert listed is not None
    assert re.findall(r"<a[^>]*>(.*?)</a>", listed[1]) == headings
    # Alone on its page, it keeps its short name.
    assert '<h2 id="hiring-h">招工</h2>' in made["class/ren.html"].main


def test_every_page_says_what_it_is_in_meta_tags_and_path(pages: dict[str, Page]) -> None:
    for page in pages.values():
        names = [name for name, _ in page.meta]
        wanted = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
        assert names == wanted, page.path
        assert all(value for _, value in page.meta), page.path
        assert page.description, page.path
        if page.path in ("index.html", "404.html"):
            assert page.crumbs == ()
        else:
            assert page.crumbs[0].label == "首页"
            assert page.crumbs[0].href == f"{page.up}index.html"
            assert page.crumbs[-1].href is None
        assert page.main.count("<h1") == 1, page.path


def test_every_link_leads_to_a_page_or_file_that_is_made(
    county: World, pages: dict[str, Page]
) -> None:
    there = set(pages) | {portal_page(county).path}
    there |= {asset.path for asset in outputs.portal_files(county)}
    there |= {"handbook/index.html", "handbook/reading.html", "receipts/site.jsonl"}
    there |= {"assets/verify.py.txt"}
    for department in county.repository.departments:
        own = {page.path for page in department_pages(county, department)}
        own |= {asset.path for asset in outputs.department_files(county, department)}
        there |= {f"{department.folder}/{path}" for path in own | {"receipts.jsonl"}}
    broken = []
    for page in pages.values():
        folder = posixpath.dirname(page.path)
        for address in re.findall(r'(?:href|action)="([^"]*)"', page.main):
            parts = urlsplit(html.unescape(address))
            if parts.scheme:
                continue
            path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
            target = page.path if not parts.path else path
            if target not in there:
                broken.append((page.path, address))
            anchor = f'id="{unquote(parts.fragment)}"' if parts.fragment else ""
            if target in pages and anchor not in pages[target].main:
                broken.append((page.path, address))
    assert broken == []


def test_ids_stand_once_on_a_page(pages: dict[str, Page]) -> None:
    for page in pages.values():
        ids = re.findall(r'\bid="([^"]+)"', page.main)
        assert len(ids) == len(set(ids)), page.path


def test_no_limit_is_said_in_bare_days_and_no_rate_without_its_fraction(
    pages: dict[str, Page],
) -> None:
    for page in pages.values():
        said = text(page.main)
        dates = re.sub(r"[0-9次当]+月[0-9]+日", "", said)
        assert not re.search(r"[0-9]日", dates), page.path
        for share in re.finditer(r"[0-9]+\.[0-9]%", said):
            after = said[share.end() : share.end() + 24]
            assert re.search(r"[0-9]+/[0-9]+", after), (page.path, share.group())


def test_home_begins_with_the_search_and_the_citizens_tasks(pages: dict[str, Page]) -> None:
    main = pages["index.html"].main
    form = '<form class="find" action="search.html" method="get"'
    assert main.index(form) < main.index('class="tasks"') < main.index("正在听意见")
    assert 'href="search.html?q=%E5%8D%A0%E9%81%93%20%E8%AE%B8%E5%8F%AF"' in main
    tasks = re.findall(r'<li><a href="([^"]+)"><b>([^<]+)</b>', main.split("正在听意见")[0])
    assert tasks == [
        ("class/cai.html#reception", "查接待费"),
        ("chengguan/slots/penalties/index.html", "看处罚"),
        ("search.html?q=%E4%BD%8E%E4%BF%9D", "问低保"),
        ("apply.html", "申请公开"),
    ]


def test_home_shows_what_runs_with_the_soonest_to_end_first(pages: dict[str, Page]) -> None:
    running = section(pages["index.html"], "正在听意见")
    assert re.findall(r'data-until="([^"]+)"', running) == ["2026-11-27", "2026-12-10"]
    assert says(running, "城南市场摊位设置方案公示 到 11-27 公示，试验市城市管理局")
    assert says(running, "早市疏导方案征求意见 到 12-10 征求意见，南塘街道办事处")
    assert not says(running, "救灾款")


def test_home_shows_the_newest_first_with_its_proof_and_no_history(
    pages: dict[str, Page],
) -> None:
    newest = section(pages["index.html"], "最新公开")
    titles = re.findall(r'class="t"><a href="[^"]+">([^<]+)', newest)
    assert titles[:2] == ["城南市场摊位设置方案公示", "征地补偿听证会通知"]
    assert says(newest, "11-20 10:30")
    assert "〔凭回执〕" in newest
    assert not any("2014" in title for title in titles)


def test_home_tells_the_ledger_in_one_line_and_each_bodys_three_figures(
    county: World, pages: dict[str, Page]
) -> None:
    met = sum(rates.on_time.over for rates in county.ledger.rates)
    under = sum(rates.on_time.under for rates in county.ledger.rates)
    missed = sum(rates.counts.get(Status.MISS, 0) for rates in county.ledger.rates)
    assert missed and met and under > met + missed
    line = re.search(r'<p class="ledger1">.*?</p>', pages["index.html"].main, re.DOTALL)
    assert line is not None
    assert says(line[0], f"今天到期 0 · 逾期未公开 {missed}/{under} · 按时 {met}/{under}")
    bodies = section(pages["index.html"], "各机关")
    assert re.findall(r"<h3>(\S+) <small>", bodies) == ["部门", "街道乡镇", "村居"]
    own = next(r for r in county.ledger.rates if r.department == "chengguan")
    row = re.search(r"<tr><th[^>]*><a [^>]*>试验市城市管理局.*?</tr>", bodies)
    assert row is not None
    owed = own.counts.get(Status.MISS, 0)
    figures = [int(n) for n in re.findall(r">([0-9]+)<", row.group())]
    assert figures == [own.on_time.under, own.on_time.over, owed]


def test_home_and_verify_carry_the_heads_of_the_receipts(
    county: World, pages: dict[str, Page]
) -> None:
    assert says(pages["index.html"].main, "封签到第 7 号")
    shown = pages["verify.html"].main.replace(" ", "")
    for chain in county.evidence.lines.values():
        assert chain[-1].hash in shown
    assert "c" * 40 in shown
    bare = {p.path: p for p in portal_pages(replace(county, evidence=no_receipts(county)))}
    assert "本站还没有回执" in bare["verify.html"].main


def no_receipts(county: World) -> Evidence:
    return replace(county.evidence, lines={}, seals=())


def test_the_ledger_lists_who_owes_longest_first_and_adds_up(
    county: World, pages: dict[str, Page]
) -> None:
    page = pages["ledger.html"]
    owed = section(page, "谁欠着")
    days = [int(n) for n in re.findall(r"逾期([0-9]+)个工作日", text(owed))]
    assert days == sorted(days, reverse=True)
    assert len(days) == sum(s.status is Status.MISS for s in county.ledger.slots)
    late = section(page, "滞后公开的")
    assert says(late, "2026年第二季度公务接待费")
    assert says(late, "南塘街道办事处，应于 07-28，公开于 07-31 〔凭回执〕")
    table = section(page, "各机关")
    total = county.ledger.rates
    over, under = sum(r.on_time.over for r in total), sum(r.on_time.under for r in total)
    assert says(table, f"合计 {over / under:.1%} {over}/{under}")


def test_the_ledger_says_what_is_not_counted_and_how_it_counts(pages: dict[str, Page]) -> None:
    aside = text(section(pages["ledger.html"], "不计入的"))
    assert "不适用2经批准" in aside
    assert "时间未经证实1没有可用的凭据" in aside
    how = section(pages["ledger.html"], "怎么算")
    assert says(how, "按时率 =（按时 + 零报告）÷（按时 + 零报告 + 滞后 + 部分公开 + 逾期未公开）")


def test_a_body_that_could_not_be_read_is_named_and_not_counted(county: World) -> None:
    left = leave_out(county, {"caizheng": "试验市财政局"})
    pages = {page.path: page for page in portal_pages(left)}
    for path in ("index.html", "ledger.html", "verify.html", "departments.html"):
        said = text(pages[path].main)
        assert "这次没有读到的机关：试验市财政局" in said, path
        assert "其上一次成功发布的站点仍在" in said, path
    assert 'href="caizheng/' not in "".join(page.main for page in pages.values())


def test_exemptions_show_reason_document_and_what_came_after_the_fact(
    pages: dict[str, Page],
) -> None:
    rows = re.findall(r'<tr role="row">.*?</tr>', pages["exemptions.html"].main, re.DOTALL)
    said = [text(row) for row in rows[1:]]
    assert len(said) == 3
    late = next(row for row in said if "试政办函〔2026〕9号" in row)
    assert "〔逾期后补批〕" in late
    assert "延长5个工作日" in late
    spared = next(row for row in said if "试政办函〔2026〕3号" in row)
    assert "当季没有接待职能" in spared
    assert "逾期后补批" not in spared
    assert says(
        pages["exemptions.html"].main, "试验市财政局 政府信息公开／公开制度：与局机关合用一套"
    )


def test_number_gaps_leave_out_what_was_explained(pages: dict[str, Page]) -> None:
    main = pages["gaps.html"].main
    assert says(main, "城管罚字〔2026〕缺第 3 号")
    assert says(main, "城管罚字〔2026〕第 2 号，作废")


def test_the_detectors_state_each_fact_and_nothing_of_what_is_in_order(
    pages: dict[str, Page],
) -> None:
    page = pages["three.html"]
    false, partial = section(page, "假公开"), section(page, "片面公开")
    assert says(false, "所写公示从 2026-11-18 〔自填〕开始，首次见到是 2026-11-20 10:30，相差 2 天")
    assert says(false, "正文 3 个字，没有表格，也没有附件")
    assert says(false, "和上一期（2026年第一季度）相同")
    assert says(false, "时间不符 1 件；内容有变动 0 件；没有实际内容 1 件；和上一期相同 1 件")
    assert says(partial, "要素不全：缺批次（2/3 项要素）")
    assert says(partial, "表格比上一期（2026年第一季度）少了栏目：“批次”")
    assert "救灾款发放公示" not in text(false)
    assert says(partial, "过程不全 1 件")
    # A budget comes before its year is over, a hearing's notice before the hearing.
    for title in ("2026年部门预算", "听证会通知"):
        assert title not in page.main


def test_a_column_lost_from_a_word_files_table_is_told_too(county: World) -> None:
    def attached(item: str, *heads: str) -> Article:
        table = Table("", (heads, tuple("1" for _ in heads)))
        return replace(county.articles[item], documents=(("a.docx", Document((table,))),))

    first, second = "caizheng/2026/reception-q1", "caizheng/2026/reception-q2"
    changed = {
        first: attached(first, "项目", "预算数", "接待人数"),
        second: attached(second, "项目", "预算数"),
    }
    made = replace(county, articles={**county.articles, **changed})
    page = next(page for page in portal_pages(made) if page.path == "three.html")
    assert says(section(page, "片面公开"), "表格比上一期（2026年第一季度）少了栏目：“接待人数”")


def with_change(county: World, item: str, at: str) -> World:
    """The county after the receipts saw another text of an item."""
    body = item.partition("/")[0]
    chain = county.evidence.lines[body]
    before = next(line for line in chain if line.item == item)
    changed = replace(
        before,
        seq=len(chain) + 1,
        at=datetime.fromisoformat(at),
        kind="change",
        sha256="d" * 64,
        missing=(),
    )
    lines = {**county.evidence.lines, body: (*chain, changed)}
    evidence = replace(county.evidence, lines=lines)
    ledger = reckon(county.repository, county.articles, evidence, AS_OF)
    return World(county.repository, ledger, evidence, county.articles)


def test_a_text_that_changed_without_a_correction_is_a_fact(county: World) -> None:
    later = with_change(county, "chengguan/2026/penalty-1", "2026-10-01T11:00:00+08:00")
    page = next(page for page in portal_pages(later) if page.path == "three.html")
    untrue = section(page, "假公开")
    seq = len(county.evidence.lines["chengguan"]) + 1
    fact = f"公开后内容有变动：2026-10-01 11:00，没有另发更正。〔凭回执第 {seq} 条〕"
    assert says(untrue, fact)


def test_a_stub_made_whole_is_late_and_says_both_days(county: World) -> None:
    later = with_change(county, "chengguan/2026/reception-q2", "2026-08-03T11:00:00+08:00")
    pages = {page.path: page for page in portal_pages(later)}
    late = section(pages["ledger.html"], "滞后公开的")
    assert says(late, "应于 07-28，公开于 07-20，要素补齐于 08-03")
    assert says(section(pages["three.html"], "假公开"), "内容有变动 0 件")


def test_where_receipts_judge_the_newest_is_what_was_seen_in_public(tmp_path: Path) -> None:
    config = CONFIG.replace("from: git", "from: receipt")
    seen = {item: at for item, at in SEEN.items() if item != "chengguan/2026/stalls"}
    judged = world(write(tmp_path, config=config), seen)
    landing = Landing(datetime.fromisoformat("2026-11-23T09:00:00+08:00"), "c" * 40)
    known = replace(judged.evidence, landings={"chengguan/2026/stalls": landing})
    pages = portal_pages(replace(judged, evidence=known))
    home = next(page for page in pages if page.path == "index.html")
    newest = section(home, "最新公开")
    assert not says(newest, "城南市场摊位设置方案公示")
    assert says(newest, "征地补偿听证会通知")


def test_no_named_body_is_said_to_disclose_falsely(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for finding in re.findall(r"<li>.*?</li>", page.main, re.DOTALL):
            if "/2026/" in finding or "/slots/" in finding:
                assert "假公开" not in finding
                assert "片面公开" not in finding


def test_ended_notices_say_what_became_of_them(pages: dict[str, Page]) -> None:
    over = section(pages["notices.html"], "已结束的和结果")
    assert "救灾款发放公示" in over
    assert says(over, "公示，东升村，2026-08-14 结束；结果应于 2026-09-11 前公开")
    assert 'class="st st-miss"' in over


def test_classes_list_every_duty_with_its_bodies_and_their_newest(pages: dict[str, Page]) -> None:
    duty = section(pages["class/cai.html"], "公务接待费")
    assert "也叫：招待费" in duty
    assert "每季度结束后 20 个工作日内" in duty
    bodies = re.findall(r'<li><span class="t"><a href="([^"]+)">([^<]+)', duty)
    assert bodies == [
        ("../chengguan/slots/reception/index.html", "试验市城市管理局"),
        ("../caizheng/slots/reception/index.html", "试验市财政局"),
        ("../nantang/slots/reception/index.html", "南塘街道办事处"),
    ]
    assert says(duty, "2 件，最近 2026年第二季度公务接待费")
    year = pages["class/cai-2026.html"]
    assert year.main.count('<span class="t">') == 6
    assert "class/cai-2014.html" not in pages
    assert "class/cun-2014.html" in pages


def test_annual_reports_stand_by_year_with_those_that_lack(pages: dict[str, Page]) -> None:
    year = section(pages["annual.html"], "2025年")
    assert says(year, "试验市城市管理局 按时")
    assert says(year, "南塘街道办事处 逾期未公开 还没有公开，应于 2026-01-31 前")
    assert not says(year, "东升村")


def test_the_catalogue_has_the_standard_tables_columns(
    county: World, pages: dict[str, Page]
) -> None:
    main = pages["catalog.html"].main
    heads = re.findall(r'<th role="columnheader" scope="col">([^<]+)', main)
    assert heads == [
        "序号", "公开事项", "公开内容", "公开依据", "公开时限",
        "公开主体", "公开渠道和载体", "公开对象", "公开方式", "公开层级",
    ]  # fmt: skip
    rows = re.findall(r'<tr role="row"><td.*?</tr>', main, re.DOTALL)
    assert len(rows) == len(county.repository.catalog.rows)
    penalty = next(row for row in rows if "处罚决定" in row)
    assert says(penalty, "形成之日起 7 个工作日内 〔本地规定〕")
    assert says(penalty, "试验市城市管理局")
    reception = next(row for row in rows if "公务接待费" in row)
    assert "■政府网站" in reception
    assert "□公开栏" in reception
    assert "〔本地规定〕" not in reception


def test_applying_says_how_where_how_long_and_what_it_costs(pages: dict[str, Page]) -> None:
    for fact in (
        "20 个工作日内答复", "最多再加 20 个工作日", "7 个工作日内请您补正", "10 件以内 不收",
        "第 11 至 30 件 每件 100 元", "国办函〔2020〕109号", "南塘街道办事处", "0000-8000030",
    ):  # fmt: skip
        assert says(pages["apply.html"].main, fact), fact


def test_what_a_citizen_searches_for_is_indexed_and_stands_on_the_page(
    pages: dict[str, Page],
) -> None:
    indexed = {path: page.indexed for path, page in pages.items() if page.indexed is not None}
    assert {"guide.html", "apply.html"} <= set(indexed)
    # Lists hold every word of what they list: they would stand before the thing itself.
    assert not {"catalog.html", "class/cai.html", "notices.html", "ledger.html"} & set(indexed)
    for path, entry in indexed.items():
        said = text(pages[path].main)
        for line in entry.body.splitlines() if entry else ():
            for word in line.split():
                assert word in said, (path, word)


def test_a_trial_shows_due_days_and_proof_and_no_lateness(tmp_path: Path) -> None:
    config = CONFIG.replace("due_soon: 5 workdays", "due_soon: 5 workdays, trial: 2027-03-31")
    pages = portal_pages(world(write(tmp_path, config=config)))
    for page in pages:
        if page.path == "about.html":
            continue
        assert not re.search(r"\b(?:st|c)-(?:late|miss|soon)\b", page.main), page.path
        said = text(page.main)
        assert not re.search(r"逾期[0-9]|逾期未公开|滞后[0-9]|按时率|欠[0-9]", said), page.path
    home = next(page for page in pages if page.path == "index.html")
    assert "试运行期间" in home.main
    assert 'class="num">已公开' in home.main


def test_fifty_bodies_fold_on_home_and_keep_their_tables_to_themselves(tmp_path: Path) -> None:
    root = write(tmp_path)
    many(root, 46)
    pages = {page.path: page for page in portal_pages(world(root))}
    home = pages["index.html"].main
    assert home.count('<details class="roomy" open>') == 3
    assert len(re.findall(r'<th scope="row"><a href="[^"]+/index.html">', home)) == 50
    matrix = pages["matrix.html"].main
    assert "各机关的事项和期次" not in matrix
    assert matrix.count('<tr><th scope="row">') == 50
    assert 'href="ju00/matrix.html"' in matrix
    assert len(pages["ledger.html"].main.encode()) < 120_000
    assert says(pages["ledger.html"].main, "期里的 50 期，全部按机关看")
    assert max(len(page.main.encode()) for page in pages.values()) < 400_000


def test_the_matrix_tells_a_screen_reader_row_month_and_status(
    county: World, pages: dict[str, Page]
) -> None:
    main = pages["matrix.html"].main
    spoken = re.findall(r'<span class="vh">([^<]*城市管理局 7月[^<]*)</span>', main)
    assert len(spoken) == 1
    assert re.match(r"试验市城市管理局 7月：有部分公开的，按时 [0-9]+/[0-9]+。", spoken[0])
    full = "公务接待费 2026年第二季度：部分公开，应于 2026-07-28，公开于 2026-07-20。"
    assert f'<span class="vh">{full}</span>' in main
    assert main.index("欠着的") < main.index("看表格")


def test_the_same_world_gives_the_same_pages(county: World) -> None:
    assert portal_pages(county) == portal_pages(county)


def test_a_portal_of_nothing_still_reads(county: World) -> None:
    bare = replace(
        county,
        repository=replace(
            county.repository,
            departments=(),
            exemptions=(),
            broken={"chengguan": "试验市城市管理局"},
        ),
        ledger=replace(
            county.ledger,
            slots=(),
            rates=(),
            gaps=(),
            not_judged=(NotJudged("chengguan", "内容有错误，这次没有判定"),),
        ),
        evidence=no_receipts(county),
        articles={},
    )
    pages = {page.path: page for page in portal_pages(bare)}
    assert "试验市城市管理局（内容有错误，这次没有判定）" in pages["index.html"].main
    assert "没有正在公示" in pages["index.html"].main
    assert not any("None" in text(page.main) for page in pages.values())


def test_hostile_titles_are_shown_as_text(tmp_path: Path) -> None:
    root = write(tmp_path)
    front, body = ITEMS["chengguan/2026/stalls"]
    hostile = front.replace("城南市场摊位设置方案公示", '"<script>alert(1)</script>公示"')
    root.write("content/chengguan/items/2026/stalls.md", f"---\n{hostile}\n---\n{body}")
    pages = portal_pages(world(root, SEEN))
    assert not any("<script>alert" in page.main for page in pages)
    assert any("&lt;script&gt;alert(1)" in page.main for page in pages)


def test_due_today_counts_what_is_already_public(tmp_path: Path) -> None:
    judged = world(write(tmp_path), as_of=date(2026, 7, 28))
    page = next(page for page in portal_pages(judged) if page.path == "ledger.html")
    today = section(page, "今天到期")
    assert says(page.main, "今天到期 已公开 2/3")
    assert says(today, "今天到期 南塘街道办事处，今天 24 时前")
    assert says(today, "试验市城市管理局，要素不全：缺批次，应于 07-28，公开于 07-20")


def test_a_duty_says_from_when_it_is_in_force(tmp_path: Path) -> None:
    main = next(
        page.main for page in portal_pages(world(write(tmp_path))) if page.path == "catalog.html"
    )
    assert says(main, "次月 20 日前 2026-08-01 起")
