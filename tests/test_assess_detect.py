"""The detectors: each fires on its fact, states it, and is silent on what is in order."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from generator.assess import RUSH_OVER
from generator.assess.detect import Fault, Shown, facts
from generator.assess.rush import rush_days
from generator.publish.world import world_of
from generator.render.portal import portal_pages
from generator.render.publication import publications
from generator.render.world import World
from generator.survey import survey
from tests.roots import Root
from tests.worlds import County, serving

ITEM = "content/chengguan/items/2026/reception-q3.md"
ID = "chengguan/2026/reception-q3"
BODY = "预算数 3 万元，支出数 1.2 万元，批次 6 批。\n"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with serving(tmp_path / "public") as url:
        made = County(tmp_path, url)
        made.root.replace("site_config.yml", "catalog:", "receipts: receipts\ncatalog:")
        made.receipts = made.root.path / "receipts"
        yield made


def world(root: Root, day: str = "2026-11-24") -> World:
    at = date.fromisoformat(day)
    return world_of(survey(root.path, at, at), trial=False)


def shown(made: World, *, ahead: bool = False, judged: bool = True) -> Shown:
    public = publications(made, made.departments["chengguan"])[ID]
    assert public is not None
    lines = made.evidence.lines.get("chengguan", ())
    return Shown(
        made.items[ID],
        made.articles[ID],
        public,
        tuple(line for line in lines if line.item == ID),
        made.histories.get(ID),
        ahead=ahead,
        disordered=ID in made.evidence.out_of_order,
        judged=judged,
    )


def said(made: World, **more: bool) -> list[tuple[Fault, str]]:
    return [(fact.fault, "".join(map(str, fact.said))) for fact in facts(shown(made, **more))]


def first(county: County) -> None:
    """A chain that has begun before, so that what follows is seen for the first time."""
    own = (county.root.path / ITEM).read_bytes()
    (county.root.path / ITEM).unlink()
    county.root.item(
        "other", "title: 机构职能说明\ncategory: 机构/职能\nperiod: 长期\nformed: 2026-01-05"
    )
    assert county.publish("2026-10-09T09:00:00+08:00").ok
    county.root.write(ITEM, own)


def test_an_item_in_order_has_no_fact(county: County) -> None:
    first(county)
    county.root.replace(
        ITEM, BODY, BODY + "\n截至2026年9月30日，支出 1.2 万元。\n\n2026年10月8日\n"
    )
    assert county.publish("2026-10-20T09:00:00+08:00").ok
    assert said(world(county.root)) == []


def test_a_signature_after_the_first_sight_is_told(county: County) -> None:
    first(county)
    county.root.replace(ITEM, BODY, BODY + "\n试验市城市管理局\n\n2026年10月28日\n")
    assert county.publish("2026-10-20T09:00:00+08:00").ok
    made = world(county.root)
    assert said(made) == [
        (Fault.TIME, "时间不符：落款是 2026-10-28，首次见到是 2026-10-20，早了 8 天。")
    ]
    # What is owed before its event may well be dated later.
    assert said(made, ahead=True) == []


def test_a_signature_is_held_against_the_text_that_bears_it(county: County) -> None:
    first(county)
    assert county.publish("2026-10-20T09:00:00+08:00").ok
    county.root.replace(ITEM, BODY, BODY + "\n2026年10月28日\n")
    assert county.publish("2026-10-30T09:00:00+08:00").ok
    assert [fault for fault, text in said(world(county.root)) if "落款" in text] == []


@pytest.mark.parametrize(
    ("sentence", "fires"),
    [
        ("截至2026年10月31日，支出 1.2 万元。", True),
        ("工程已于2026年11月2日完工。", True),
        ("截至2026年10月31日前提交。", False),
        ("报名时间截至2026年10月31日。", False),
        ("计划2026年11月2日开工。", False),
        ("截至2026年10月19日，支出 1.2 万元。", False),
    ],
)
def test_a_text_that_speaks_of_a_later_day(county: County, sentence: str, fires: bool) -> None:
    first(county)
    county.root.replace(ITEM, BODY, f"{BODY}\n{sentence}\n")
    assert county.publish("2026-10-20T09:00:00+08:00").ok
    assert bool(said(world(county.root))) is fires


def test_a_promise_of_its_own_is_a_fact_but_not_on_trial(county: County) -> None:
    first(county)
    county.root.replace(ITEM, "formed:", "deadline: 2026-10-15\nformed:")
    assert county.publish("2026-10-20T09:00:00+08:00").ok
    made = world(county.root)
    assert said(made) == [
        (Fault.TIME, "时间不符：自定期限是 2026-10-15〔自填〕，公开于 2026-10-20，晚了 5 天。")
    ]
    assert said(made, judged=False) == []


def test_formed_that_moved_and_an_update_of_dates_alone(county: County) -> None:
    first(county)
    assert county.publish("2026-10-20T09:00:00+08:00").ok
    county.root.replace(ITEM, "formed: 2026-10-08", "formed: 2026-10-18")
    assert county.publish("2026-10-21T09:00:00+08:00").ok
    assert said(world(county.root)) == [
        (Fault.TIME, "时间不符：形成日期〔自填〕公开时是 2026-10-08，2026-10-21 改为 2026-10-18。")
    ]
    county.root.replace(ITEM, BODY, f"{BODY}\n更新于 2026年10月22日。\n")
    assert county.publish("2026-10-22T09:00:00+08:00").ok
    county.root.replace(ITEM, "2026年10月22日", "2026年10月23日")
    assert county.publish("2026-10-23T09:00:00+08:00").ok
    assert (
        Fault.ONLY_DATES, "只改了日期：2026-10-23 的更新，除了日期，文字和数字都没有变。",
    ) in said(world(county.root))  # fmt: skip


def test_an_attachment_without_a_new_receipt(county: County) -> None:
    first(county)
    text = (county.root.path / ITEM).read_text("utf-8")
    (county.root.path / ITEM).unlink()
    folder = ITEM.removesuffix(".md")
    named = text.replace("formed:", "files: [{path: a.csv, title: 明细}]\nformed:")
    county.root.write(f"{folder}/index.md", named)
    county.root.write(f"{folder}/a.csv", "项目,金额\n甲,1\n")
    assert county.publish("2026-10-20T09:00:00+08:00").ok
    county.root.write(f"{folder}/index.md", text)
    county.root.write(f"{folder}/b.csv", "项目,金额\n甲,1\n")
    (county.root.path / f"{folder}/a.csv").unlink()
    county.commit("2026-10-21T09:00:00+08:00")
    assert said(world(county.root)) == [
        (Fault.FILES, "附件和最近一条回执时不一致：明细不在了；还没有新的回执。")
    ]


def test_a_commit_dated_before_its_ancestors(county: County) -> None:
    own = (county.root.path / ITEM).read_bytes()
    (county.root.path / ITEM).unlink()
    county.commit("2026-10-20T09:00:00+08:00")
    county.root.write(ITEM, own)
    county.commit("2026-10-10T09:00:00+08:00")
    made = world(county.root)
    assert ID in made.evidence.out_of_order and ID not in made.evidence.landings


def test_a_rush_is_more_than_the_number() -> None:
    day = date(2026, 11, 2)
    assert rush_days([("a", day)] * RUSH_OVER + [("b", day)]) == {}
    assert rush_days([("a", day)] * (RUSH_OVER + 1)) == {("a", day): RUSH_OVER + 1}


def test_the_page_tells_them_with_their_evidence(county: County) -> None:
    first(county)
    county.root.replace(ITEM, BODY, BODY + "\n2026年10月28日\n")
    assert county.publish("2026-10-20T09:00:00+08:00").ok
    county.root.replace(ITEM, "formed: 2026-10-08", "formed: 2026-10-18")
    assert county.publish("2026-10-21T09:00:00+08:00").ok
    (page,) = [page for page in portal_pages(world(county.root)) if page.path == "three.html"]
    assert 'href="chengguan/2026/reception-q3.html"' in page.main
    assert "〔凭回执第\u00a03\u00a0条〕" in page.main and "形成日期〔自填〕公开时是" in page.main


def test_the_browser_counts_a_rush_by_the_same_number() -> None:
    script = Path(__file__).parents[1] / "theme" / "verify.js"
    assert f"const RUSH_OVER = {RUSH_OVER};" in script.read_text("utf-8")
