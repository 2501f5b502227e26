"""What is indexed: the copy of a page, the bundle's bytes, and the hints beside it."""

import gzip
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from generator.render.page import Asset, Indexed, Page
from generator.render.world import World
from generator.search import bundle, department_hints, portal_hints, portal_shelves
from generator.search.table import ids_in_order, read_pages
from generator.search.tokens import indexed_tokens, tokens
from tests.search_sites import hints_of, many, pages_of, world


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年第三季度", "2026 年 第 三 季 度"),
        ("城管发〔2026〕12号", "城 管 发 2026 12 号"),
        ("0731-8888999", "0731 8888999"),
        ("3.5米", "3 5 米"),
        ("COVID-19", "COVID 19"),
        ("ＣＯＶＩＤ－１９", "COVID 19"),
        ("120㎡", "120 m 2"),
        ("a_b", "a b"),
        ("二〇二六年", "二 〇 二 六 年"),
        ("⼟地", "土 地"),
        ("A4纸", "A 4 纸"),
        ("，。！", ""),
    ],
)
def test_tokens_are_han_characters_and_runs_of_letters_or_digits(text: str, expected: str) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("城管发〔2026〕12号，", "城 管 发 2026 12 号"),
        ("支出 3.62 万元", "支 出 3 62 万 元"),
        ("一段\n\n（二）", "一 段 ⏎ ⏎ 二"),
        ("a_b", "a b"),
    ],
)
def test_what_is_indexed_are_the_tokens_and_the_ends_of_paragraphs(
    text: str, expected: str
) -> None:
    assert indexed_tokens(text) == expected
    assert [t for t in indexed_tokens(text).split() if t != "⏎"] == tokens(text).split()


def test_what_is_shown_of_a_page_is_its_text_as_it_stands(tmp_path: Path) -> None:
    body = "第一段：城管发〔2026〕12号，3.62 万元。\n第二段 a_b；《预算法》。"
    page = Page("a.html", "标题（示例）", "", "", indexed=Indexed("标题（示例）", body, {}, ""))
    bundle((page,), tmp_path)
    [(path, held)] = read_pages(tmp_path / "pagefind")
    assert (path, held.title, held.body) == ("a.html", "标题（示例）", body)


def test_punctuation_alone_makes_another_fragment(tmp_path: Path) -> None:
    for folder, body in (("a", "甲，乙"), ("b", "甲；乙")):
        page = Page("a.html", "标题", "", "", indexed=Indexed("标题", body, {}, ""))
        bundle((page,), tmp_path / folder)
    names = [
        path.name for f in ("a", "b") for path in (tmp_path / f / "pagefind/fragment").iterdir()
    ]
    assert len(set(names)) == 2


def digest(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return found.hexdigest()


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    pages = pages_of("chengguan")
    for run in range(5):
        bundle(pages if run % 2 else pages[::-1], tmp_path / str(run))
    assert len({digest(tmp_path / str(run)) for run in range(5)}) == 1
    assert sorted(path.name for path in (tmp_path / "0").iterdir()) == ["pagefind"]


def _changed(pages: tuple[Page, ...], body: str) -> tuple[Page, ...]:
    first = pages[0]
    assert first.indexed is not None
    return (replace(first, indexed=replace(first.indexed, body=body)), *pages[1:])


def test_a_bundle_made_out_of_the_last_one_equals_one_made_anew(tmp_path: Path) -> None:
    pages = pages_of("chengguan")
    bundle(pages, tmp_path / "a")
    before = digest(tmp_path / "a")
    inode = (tmp_path / "a" / "pagefind" / "pagefind.js").stat().st_ino
    bundle(pages, tmp_path / "a")
    assert digest(tmp_path / "a") == before
    assert (tmp_path / "a" / "pagefind" / "pagefind.js").stat().st_ino == inode
    changed = _changed(pages, "全新的正文，不含旧词。")
    bundle(changed, tmp_path / "a")
    bundle(changed, tmp_path / "b")
    assert digest(tmp_path / "a") == digest(tmp_path / "b") != before


def test_the_last_bundle_may_be_a_served_sites_own_files(tmp_path: Path) -> None:
    pages = pages_of("chengguan")
    bundle(pages, tmp_path / "old")
    before = digest(tmp_path / "old")
    new = tmp_path / "new" / "pagefind"
    for path in (tmp_path / "old" / "pagefind").rglob("*"):
        target = new / path.relative_to(tmp_path / "old" / "pagefind")
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            target.hardlink_to(path)
    bundle(_changed(pages, "改过的正文。"), tmp_path / "new")
    assert digest(tmp_path / "old") == before


def test_a_status_alone_changes_the_table_alone(tmp_path: Path) -> None:
    pages = pages_of("hongxing")
    bundle(pages, tmp_path)
    files = {p: p.stat().st_ino for p in (tmp_path / "pagefind").rglob("*") if p.is_file()}
    first = pages[0]
    assert first.indexed is not None
    later = {**first.indexed.filters, "状态": "逾期未公开"}
    bundle((replace(first, indexed=replace(first.indexed, filters=later)), *pages[1:]), tmp_path)
    changed = [path.name for path, inode in files.items() if path.stat().st_ino != inode]
    assert changed == ["pages.json"]
    assert "逾期未公开" in (tmp_path / "pagefind" / "pages.json").read_text(encoding="utf-8")


def test_only_pages_with_something_to_find_are_held_newest_first(tmp_path: Path) -> None:
    pages = pages_of("chengguan")
    bundle(pages, tmp_path)
    held = list(read_pages(tmp_path / "pagefind"))
    known = {page.path: page.indexed for page in pages if page.indexed is not None}
    assert dict(held).keys() == known.keys()
    days = [entry.date for _, entry in held]
    assert days == sorted(days, reverse=True)
    for path, entry in held:
        wanted = known[path]
        assert wanted is not None
        assert (entry.title, entry.filters) == (wanted.title, wanted.filters)
        assert entry.body == wanted.body.strip()


def test_pages_without_a_day_come_last(tmp_path: Path) -> None:
    dated = Page("a.html", "甲", "", "", indexed=Indexed("甲", "字", {}, "2020-01-01"))
    undated = Page("b.html", "乙", "", "", indexed=Indexed("乙", "字", {}, ""))
    bundle((undated, dated), tmp_path)
    assert [path for path, _ in read_pages(tmp_path / "pagefind")] == ["a.html", "b.html"]


def test_a_site_with_nothing_to_find_has_an_empty_table(tmp_path: Path) -> None:
    bundle(pages_of("hongxing"), tmp_path)
    bundle((Page("index.html", "首页", "", ""),), tmp_path)
    assert [path.name for path in (tmp_path / "pagefind").iterdir()] == ["pages.json"]
    assert list(read_pages(tmp_path / "pagefind")) == []


def test_the_portal_knows_every_bundle_in_the_configured_order() -> None:
    made = world()
    hints = hints_of(portal_hints(made))
    assert hints["bundles"] == [
        ["", "示例市政府信息公开"],
        ["chengguan/", "市城市管理局"],
        ["caizheng/", "市财政局"],
        ["hongxing/", "红星村"],
    ]
    assert (hints["phone"], hints["dial"], hints["light"]) == ("0000-12345", "000012345", 0)


def test_a_department_whose_last_site_still_stands_stays_findable() -> None:
    made = world()
    left = World(
        replace(made.repository, departments=made.repository.departments[1:]),
        replace(made.ledger, slots=made.slots_of["caizheng"] + made.slots_of["hongxing"]),
        made.evidence,
        {},
    )
    hints = hints_of(portal_hints(left, {"chengguan": "市城市管理局"}))
    bundles = hints["bundles"]
    assert isinstance(bundles, list)
    assert bundles[1] == ["chengguan/", "市城市管理局"]


def test_rows_carry_their_other_names_and_lead_to_who_owes_them() -> None:
    made = world()
    rows = hints_of(portal_hints(made))["rows"]
    assert isinstance(rows, list)
    by_name = {name: (also, links) for name, also, links in rows}
    assert by_name["宅基地"] == (
        ["宅基地怎么批", "盖房", "建房", "翻建", "批地基"],
        [["红星村", "hongxing/slots/homestead/index.html"]],
    )
    assert [who for who, _ in by_name["公务接待费"][1]] == ["市城市管理局", "市财政局"]
    own = hints_of(department_hints(made, made.departments["hongxing"]))
    assert own["bundles"] == [["", "红星村"]]
    assert own["rows"] == [
        ["宅基地", ["宅基地怎么批", "盖房", "建房", "翻建", "批地基"], [["", "slots/homestead/index.html"]]],
        ["财务收支", ["村里账目", "村账", "村里的钱"], [["", "slots/village-accounts/index.html"]]],
    ]  # fmt: skip


def test_hints_are_an_asset_at_the_root() -> None:
    made = world()
    assert isinstance(portal_hints(made), Asset)
    assert portal_hints(made).path == "search.json"


def test_a_portal_of_few_holds_its_own_pages_and_one_of_many_all_titles(tmp_path: Path) -> None:
    site = world().repository.site
    own = (Page("about.html", "关于", "", "", indexed=Indexed("关于", "本站", {}, "")),)
    long = Indexed("长文", "头" * 160 + "尾", {"机关": "甲", "状态": "滞后"}, "2026-01-01", {"状态": "滞后 2 个工作日"})  # fmt: skip
    bundle((Page("2026/a.html", "长文", "", "", indexed=long),), tmp_path / "d3")
    (alone,) = portal_shelves(site, own, tmp_path)
    assert (alone.path, alone.pages) == ("", own)
    first, held = portal_shelves(many(site, 9), own, tmp_path)
    assert (first.path, first.pages) == ("", own)
    assert (held.path, [page.path for page in held.pages]) == (
        "data/search/1",
        ["../../../d3/2026/a.html"],
    )
    light = held.pages[0].indexed
    assert light is not None
    assert (light.title, light.body, light.date) == ("长文", "头" * 160, "2026-01-01")
    assert (light.filters["状态"], light.meta["状态"]) == ("滞后", "滞后 2 个工作日")


def test_many_pages_stand_on_even_shelves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.search.light._MOST", 3)
    made = world()
    site = many(made.repository.site, 9)
    for folder in ("d1", "d2"):
        entries = [Indexed(f"{folder} {n}", "字", {}, "") for n in range(4)]
        bundle(
            [Page(f"{n}.html", "", "", "", indexed=e) for n, e in enumerate(entries)],
            tmp_path / folder,
        )
    _, *shelves = portal_shelves(site, (), tmp_path)
    assert [(shelf.path, len(shelf.pages)) for shelf in shelves] == [
        ("data/search/1", 3), ("data/search/2", 3), ("data/search/3", 2),
    ]  # fmt: skip
    hints = hints_of(
        portal_hints(
            replace(made, repository=replace(made.repository, site=site)),
            shelves=[s.path for s in shelves],
        )
    )
    assert hints["light"] == 4
    assert hints["bundles"][:4] == [  # type: ignore[index]
        ["", site.name], ["data/search/1/", ""], ["data/search/2/", ""], ["data/search/3/", ""],
    ]  # fmt: skip


def test_a_chunk_of_a_pages_id_is_no_page() -> None:
    def meta(*ids: str) -> bytes:
        listed = b"".join(b"\x82m" + id_.encode() + b"\x19\x04=" for id_ in ids)
        return gzip.compress(b"pagefind_dcd\x86e1.5.2\x82" + listed)

    files = ["fragment/zh-cn_2ea1f8a.pf_fragment", "fragment/zh-cn_1f24fc4.pf_fragment"]
    files.append("index/zh-cn_1f24fc4.pf_index")
    pages = ("zh-cn_2ea1f8a", "zh-cn_1f24fc4")
    assert ids_in_order(meta(*pages, "zh-cn_857f8d3", "zh-cn_1f24fc4"), files) == pages
    for wrong in (pages[:1], (pages[0], pages[0]), ("zh-cn_857f8d3", *pages)):
        with pytest.raises(ValueError, match="list of pages"):
            ids_in_order(meta(*wrong), files)
