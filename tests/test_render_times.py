"""The four times of an item on its page, each with how it is known."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.publish.world import world_of
from generator.render.department.office import Office
from generator.render.department.times import times
from generator.survey import survey
from tests.worlds import County, serving

ITEM = "content/chengguan/items/2026/reception-q3.md"
ID = "chengguan/2026/reception-q3"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with serving(tmp_path / "public") as url:
        made = County(tmp_path, url)
        made.root.replace("site_config.yml", "catalog:", "receipts: receipts\ncatalog:")
        made.receipts = made.root.path / "receipts"
        made.root.item(
            "other", "title: 机构职能说明\ncategory: 机构/职能\nperiod: 长期\nformed: 2026-01-05"
        )
        own = (made.root.path / ITEM).read_bytes()
        (made.root.path / ITEM).unlink()
        assert made.publish("2026-10-08T09:00:00+08:00").ok
        made.root.write(ITEM, own)
        yield made


def said(county: County) -> list[str]:
    day = date(2026, 11, 24)
    world = world_of(survey(county.root.path, day, day), trial=False)
    office = Office(world, world.departments["chengguan"])
    slot = next(iter(world.slots_by_item.get(ID, ())), None)
    return [
        f"{field.label} {''.join(map(str, field.value))}"
        f"{' ' + field.badge.word if field.badge else ''}{field.note}".replace("\u00a0", " ")
        for field in times(office, world.items[ID], slot)
    ]


def test_merged_and_not_yet_seen_is_judged_by_the_merge(county: County) -> None:
    county.commit("2026-10-20T09:00:00+08:00")
    assert said(county) == [
        "形成日期 2026-10-08〔自填〕",
        "合并时间 2026-10-20 09:00 按时〔凭 Git 记录〕",
        "首次公开 已生成，尚未核到，按合并时间判断〔无凭据〕",
        "更新 还没有公开的凭据",
    ]


def test_where_receipts_judge_a_merge_alone_proves_nothing(county: County) -> None:
    county.root.replace("site_config.yml", "from: git", "from: receipt")
    county.commit("2026-10-20T09:00:00+08:00")
    _, merged, first, _ = said(county)
    assert merged == "合并时间 2026-10-20 09:00 时间未经证实〔凭 Git 记录〕"
    assert first == "首次公开 已生成，尚未核到〔无凭据〕"


def test_the_first_receipt_is_judged_and_the_last_change_told(county: County) -> None:
    assert county.publish("2026-10-20T09:00:00+08:00").ok
    assert said(county)[1:] == [
        "合并时间 2026-10-20 09:00〔凭 Git 记录〕",
        "首次公开 2026-10-20 09:00 按时〔凭回执第 2 条〕",
        "更新 公开后没有变过",
    ]
    county.root.replace(ITEM, "1.2 万元", "1.5 万元")
    county.commit("2026-11-01T09:00:00+08:00")
    assert said(county)[3] == "更新 有改动，还没有新的回执〔无凭据〕"
    assert county.publish("2026-11-02T09:00:00+08:00").ok
    assert said(county)[2:] == [
        "首次公开 2026-10-20 09:00 按时〔凭回执第 2 条〕",
        "更新 2026-11-02 09:00，更正〔凭回执第 3 条〕",
    ]


def test_a_merge_after_the_first_sight_says_so(county: County) -> None:
    assert county.publish("2026-10-20T09:00:00+08:00").ok
    county.repo.git("checkout", "-q", "--orphan", "other")
    county.commit("2026-11-03T09:00:00+08:00")
    assert said(county)[1] == "合并时间 2026-11-03 09:00，晚于公开〔凭 Git 记录〕"


def test_elements_added_too_late_tell_their_day(county: County) -> None:
    assert county.publish("2026-10-20T09:00:00+08:00").ok
    day = date(2026, 11, 24)
    world = world_of(survey(county.root.path, day, day), trial=False)
    office = Office(world, world.departments["chengguan"])
    late = replace(
        world.slots_by_item[ID][0], judged_on=date(2026, 11, 10), flags=("completed_late",)
    )
    first = times(office, world.items[ID], late)[2]
    assert first.value == ("2026-10-20 09:00", "，要素补齐于 ", date(2026, 11, 10))
