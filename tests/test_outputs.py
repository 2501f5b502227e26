"""The other forms, read back from the bytes that would be published."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from generator.model import Item, Line, Status
from generator.outputs import department_files, portal_files, portal_sitemap, sitemap, slot_record
from generator.outputs.open_data import csv_bytes, slot_year
from generator.render.page import Asset
from generator.render.world import World
from tests.department_worlds import CHENGGUAN, NOTICES, SECRET, SITE, Builder, at, bureau, item

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
URL = "https://example.gov.cn/gk/"
SLOT_KEYS = [
    "slot",
    "department",
    "row",
    "category",
    "class",
    "every",
    "period",
    "process",
    "stage",
    "section",
    "result",
    "event",
    "due",
    "due_state",
    "frozen",
    "item",
    "public",
    "judged_on",
    "status",
    "label",
    "days_late",
    "workdays_late",
    "workdays_left",
    "nil",
    "missing",
    "flags",
    "reason",
    "document",
]
ITEM_KEYS = [
    "id",
    "url",
    "title",
    "category",
    "period",
    "formed",
    "number",
    "public",
    "slot",
    "status",
    "sha256",
]


@pytest.fixture(scope="module")
def world() -> World:
    return bureau()


@pytest.fixture(scope="module")
def files(world: World) -> Mapping[str, bytes]:
    return named(department_files(world, world.departments["chengguan"]))


def named(assets: tuple[Asset, ...]) -> Mapping[str, bytes]:
    paths = [asset.path for asset in assets]
    assert len(set(paths)) == len(paths)
    return {asset.path: asset.data for asset in assets}


def rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert "\r\n" in text
    assert "\n" not in text.replace("\r\n", "")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def entries(data: bytes) -> list[ElementTree.Element]:
    return ElementTree.fromstring(data).findall(f"{ATOM}entry")


def text(element: ElementTree.Element, name: str) -> str:
    found = element.findtext(ATOM + name)
    assert found is not None
    return found


def notices(*changes: Mapping[str, object]) -> World:
    """A world of plain notices, one a day, with what each differs in."""
    builder = Builder(CHENGGUAN)
    for number, change in enumerate(changes):
        category = str(change.get("category", NOTICES.category))
        rest = {key: value for key, value in change.items() if key != "category"}
        made = item(f"n{number:02d}", category, title=f"第 {number} 号通知", **rest)
        builder.add(made, date(2026, 3, 1) + timedelta(days=number))
        builder.slot(NOTICES, f"2026.n{number:02d}", Status.SHOWN, item=made)
    return builder.world(SITE, (NOTICES,))


def test_every_slot_is_in_the_data_once_with_every_key_in_order(
    world: World, files: Mapping[str, bytes]
) -> None:
    read = [
        record
        for path, data in files.items()
        if path.startswith("data/slots-") and path.endswith(".json")
        for record in json.loads(data)["slots"]
    ]
    assert sorted(record["slot"] for record in read) == [slot.key for slot in world.ledger.slots]
    assert all(list(record) == SLOT_KEYS for record in read)
    late = next(record for record in read if record["slot"] == "chengguan/reception/2026-Q2")
    assert (late["status"], late["label"], late["workdays_late"]) == ("late", "滞后", 2)
    assert late["event"] == {"kind": "period_end", "date": "2026-06-30"}
    assert late["public"]["grade"] == "receipt"
    assert late["public"]["at"] == "2026-07-30T09:12:00+08:00"
    part = next(record for record in read if record["slot"] == "chengguan/reception/2026-Q3")
    assert part["missing"] == ["批次", "人均"]


def test_slots_are_filed_by_the_year_of_their_key(world: World) -> None:
    years = {slot.key: slot_year(slot, world.ledger) for slot in world.ledger.slots}
    assert years["chengguan/foi-annual/2025"] == 2025
    assert years["chengguan/penalty/2026.penalty-001"] == 2026
    assert years["chengguan/organs/standing"] == 2026


def test_items_name_their_page_their_slot_and_their_hash(
    world: World, files: Mapping[str, bytes]
) -> None:
    read = json.loads(files["data/items-2026.json"])["items"]
    assert [record["id"] for record in read] == sorted(record["id"] for record in read)
    assert all(list(record) == ITEM_KEYS for record in read)
    by_id = {record["id"]: record for record in read}
    plan = by_id["chengguan/2026/chengnan-stalls"]
    assert plan["url"] == f"{URL}chengguan/2026/chengnan-stalls.html"
    assert plan["number"] == "城管发〔2026〕12号"
    assert plan["slot"] == "chengguan/stalls/2026.chengnan-stalls"
    assert plan["sha256"] == world.articles["chengguan/2026/chengnan-stalls"].sha256
    assert by_id["chengguan/2026/unproven"]["public"] is None
    history = json.loads(files["data/items-2025.json"])["items"]
    assert {record["period"] for record in history} == {"2025-Q1", "2025-Q2", "2025-Q4", "2025"}


def test_csv_holds_what_json_holds(files: Mapping[str, bytes]) -> None:
    compared = 0
    for path, data in files.items():
        if path.endswith(".json"):
            key = "items" if "items" in path else "slots"
            records = json.loads(data)[key]
            table = rows(files[path.replace(".json", ".csv")])
            assert len(table) == len(records)
            for record, row in zip(records, table, strict=True):
                compared += 1
                assert list(row) == list(record)
                for name, value in record.items():
                    if isinstance(value, str):
                        assert row[name] in (value, f"'{value}")
                    elif value is None or value == []:
                        assert row[name] == ""
    assert compared > 60
    part = next(
        row
        for row in rows(files["data/slots-2026.csv"])
        if row["slot"] == "chengguan/reception/2026-Q3"
    )
    assert (part["missing"], part["nil"]) == ("批次；人均", "false")
    assert part["public"].startswith("2026-10-30；2026-10-30T09:12:00+08:00；receipt；false；")


@pytest.mark.parametrize("start", ["=1+1", "+86", "-5", "@SUM(A1)"])
def test_no_cell_is_a_formula(start: str) -> None:
    world = notices({"number": start})
    files = named(department_files(world, world.departments["chengguan"]))
    assert rows(files["data/items-2026.csv"])[0]["number"] == f"'{start}"
    assert json.loads(files["data/items-2026.json"])["items"][0]["number"] == start


def test_a_cell_may_hold_commas_quotes_and_lines() -> None:
    data = csv_bytes([{"title": '甲，"乙",\n丙', "more": ["一", "二"]}])
    text_ = data.decode("utf-8-sig")
    assert next(iter(csv.DictReader(io.StringIO(text_, newline="")))) == {
        "title": '甲，"乙",\n丙', "more": "一；二"
    }  # fmt: skip


def test_a_trial_shows_no_lateness_in_the_data(world: World) -> None:
    judge = replace(world.ledger.judge, trial=world.ledger.as_of)
    slots = tuple(replace(slot, flags=("completed_late",)) for slot in world.ledger.slots)
    trial = World(
        world.repository, replace(world.ledger, judge=judge, slots=slots), world.evidence,
        world.articles,
    )  # fmt: skip
    files = named(department_files(trial, trial.departments["chengguan"]))
    read = json.loads(files["data/slots-2026.json"])["slots"]
    found = {record["status"] for record in read}
    assert not found & {"ok", "late", "miss", "soon", "doubt"}
    assert all(record["workdays_late"] is None and record["days_late"] is None for record in read)
    assert all(record["flags"] == [] for record in read)
    for data in files.values():
        for word in ("滞后", "逾期", "completed_late"):
            assert word not in data.decode()
    whole = {slot_record(slot)["status"] for slot in trial.ledger.slots}
    assert {"late", "miss"} <= whole


def test_the_feed_is_atom_newest_first(files: Mapping[str, bytes]) -> None:
    root = ElementTree.fromstring(files["feed.xml"])
    assert root.tag == f"{ATOM}feed"
    assert text(root, "id") == f"{URL}chengguan/"
    self_ = next(e for e in root.findall(f"{ATOM}link") if e.get("rel") == "self")
    assert self_.get("href") == f"{URL}chengguan/feed.xml"
    listed = entries(files["feed.xml"])
    assert len(listed) == 50
    published = [text(entry, "published") for entry in listed]
    assert published == sorted(published, reverse=True)
    assert len({text(entry, "id") for entry in listed}) == 50
    assert all(text(entry, "id").startswith(f"{URL}chengguan/20") for entry in listed)
    assert text(root, "updated") == max(text(entry, "updated") for entry in listed)
    assert "chengguan/2026/unproven.html" not in files["feed.xml"].decode()


def test_an_entry_says_what_is_public_since_when_and_how_that_is_known() -> None:
    world = notices({"summary": "停水 <两天> & 通知"}, {"body": "**全文**第一段。\n\n第二段。"})
    data = named(department_files(world, world.departments["chengguan"]))["feed.xml"]
    newest, oldest = entries(data)
    assert text(newest, "title") == "第 1 号通知"
    assert text(newest, "summary").startswith("全文第一段。 第二段。 首次公开 2026-03-02〔凭回执")
    assert text(oldest, "summary").startswith("停水 <两天> & 通知 首次公开 2026-03-01〔凭回执")
    assert text(oldest, "published") == "2026-03-01T09:12:00+08:00"


def test_a_change_brings_an_entry_up_to_date_and_leaves_its_first_day(world: World) -> None:
    plain = notices({}, {})
    first = plain.evidence.lines["chengguan"][0]
    change = replace(first, kind="change", seq=1403, at=at(date(2026, 5, 1)))
    later = replace(first, kind="change", seq=1404, at=at(date(2027, 1, 1)))
    changed = with_lines(plain, (*plain.evidence.lines["chengguan"], change, later))
    data = named(department_files(changed, changed.departments["chengguan"]))["feed.xml"]
    oldest = entries(data)[-1]
    assert text(oldest, "published") == "2026-03-01T09:12:00+08:00"
    assert text(oldest, "updated") == "2026-05-01T09:12:00+08:00"


def with_lines(world: World, lines: tuple[Line, ...]) -> World:
    evidence = replace(world.evidence, lines={"chengguan": lines})
    return World(world.repository, world.ledger, evidence, world.articles)


def test_nothing_of_a_withdrawn_text_is_anywhere(files: Mapping[str, bytes]) -> None:
    for data in files.values():
        assert SECRET not in data.decode()
        assert SECRET[:4] not in data.decode()
    world = notices({"body": SECRET, "summary": SECRET, "withdrawn": gone().withdrawn})
    data = named(department_files(world, world.departments["chengguan"]))["feed.xml"]
    assert SECRET[:4] not in data.decode()
    assert text(entries(data)[0], "summary").startswith("已撤回：登了不该登的住址。")


def gone() -> Item:
    return bureau().items["chengguan/2026/gone"]


def test_what_xml_cannot_hold_does_not_break_the_feed() -> None:
    world = notices({"summary": "响铃\x07和\ufffe与]]>"}, {"category": '甲"&<'})
    data = named(department_files(world, world.departments["chengguan"]))["feed.xml"]
    newest, oldest = entries(data)
    assert text(oldest, "summary").startswith("响铃和与]]>")
    category = newest.find(f"{ATOM}category")
    assert category is not None
    assert category.get("term") == '甲"&<'


def test_a_department_without_anything_has_a_valid_feed_and_no_tables() -> None:
    world = notices()
    files = named(department_files(world, world.departments["chengguan"]))
    assert list(files) == ["feed.xml", "due.ics"]
    assert text(ElementTree.fromstring(files["feed.xml"]), "updated") == "2026-11-24T00:00:00+08:00"


def test_the_portals_index_names_every_table_and_the_schemas_fit(
    world: World, files: Mapping[str, bytes]
) -> None:
    portal = named(portal_files(world))
    entry = json.loads(portal["data/index.json"])["departments"][0]
    assert (entry["department"], entry["name"]) == ("chengguan", "市城市管理局")
    assert entry["feed"] == f"{URL}chengguan/feed.xml"
    assert sorted(entry["files"]) == sorted(
        f"{URL}chengguan/{path}" for path in files if path.startswith("data/")
    )
    for kind in ("items", "slots"):
        schema = json.loads(portal[f"data/{kind}.schema.json"])
        Draft202012Validator.check_schema(schema)
        checker = Draft202012Validator(schema)
        for path, data in files.items():
            if path.startswith(f"data/{kind}-") and path.endswith(".json"):
                document = json.loads(data)
                assert list(checker.iter_errors(document)) == []
                document[kind][0]["more"] = 1
                assert list(checker.iter_errors(document)) != []


def test_robots_may_read_pages_and_not_every_query(world: World) -> None:
    robots = RobotFileParser()
    robots.parse(named(portal_files(world))["robots.txt"].decode().splitlines())
    assert robots.can_fetch("any", f"{URL}chengguan/2026/a.html")
    assert not robots.can_fetch("any", f"{URL}search.html?q=a")
    assert robots.site_maps() == [f"{URL}sitemap.xml"]


def test_a_site_map_holds_every_page_but_the_two_that_are_none() -> None:
    paths = ["index.html", "search.html", "404.html", "2026/b.html", "2026/a.html"]
    (asset,) = sitemap(f"{URL}chengguan/", paths)
    assert asset.path == "sitemap.xml"
    found = [e.text for e in ElementTree.fromstring(asset.data).iter(f"{MAP}loc")]
    assert found == [
        f"{URL}chengguan/2026/a.html", f"{URL}chengguan/2026/b.html", f"{URL}chengguan/"
    ]  # fmt: skip


def test_a_site_map_of_too_many_pages_is_an_index() -> None:
    assets = named(sitemap(URL, [f"2026/{n}.html" for n in range(50_001)]))
    assert list(assets) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    index = [e.text for e in ElementTree.fromstring(assets["sitemap.xml"]).iter(f"{MAP}loc")]
    assert index == [f"{URL}sitemap-1.xml", f"{URL}sitemap-2.xml"]
    counts = [len(ElementTree.fromstring(assets[f"sitemap-{n}.xml"])) for n in (1, 2)]
    assert counts == [50_000, 1]


def test_the_portals_site_map_leads_to_each_departments() -> None:
    assets = named(portal_sitemap(SITE, ["index.html", "ledger.html"], ["chengguan", "caizheng"]))
    index = [e.text for e in ElementTree.fromstring(assets["sitemap.xml"]).iter(f"{MAP}loc")]
    assert index == [
        f"{URL}sitemap-portal.xml", f"{URL}chengguan/sitemap.xml", f"{URL}caizheng/sitemap.xml"
    ]  # fmt: skip
    own = [e.text for e in ElementTree.fromstring(assets["sitemap-portal.xml"]).iter(f"{MAP}loc")]
    assert own == [URL, f"{URL}ledger.html"]


def test_the_same_world_gives_the_same_bytes(world: World, tmp_path: Path) -> None:
    again = bureau()
    first = department_files(world, world.departments["chengguan"]) + portal_files(world)
    second = department_files(again, again.departments["chengguan"]) + portal_files(again)
    assert first == second
