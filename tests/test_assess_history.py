"""Histories of items: what changed, in words, out of receipts and Git together."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from generator.assess import History, Kind
from generator.outputs.history import history_files
from generator.publish.world import world_of
from generator.render.world import World
from generator.survey import survey
from tests.roots import Root
from tests.worlds import County, serving

ITEM = "content/chengguan/items/2026/reception-q3.md"
ID = "chengguan/2026/reception-q3"
IDENTITY = "11010519491231002X"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with serving(tmp_path / "public") as url:
        made = County(tmp_path, url)
        made.root.replace("site_config.yml", "catalog:", "receipts: receipts\ncatalog:")
        made.receipts = made.root.path / "receipts"
        yield made


def world(county: County, day: str = "2026-11-24") -> World:
    at = datetime.fromisoformat(day).date()
    return world_of(survey(county.root.path, at, at), trial=False)


def history(county: County, id_: str = ID) -> History:
    return world(county).histories[id_]


def said(past: History, place: int = 0) -> list[tuple[str, str]]:
    return [(sign.value, text) for sign, text in past.changes[place].parts or ()]


def published(county: County, at: str) -> None:
    outcome = county.publish(at)
    assert outcome.ok, outcome


def test_a_corrected_figure_is_told_as_a_quantity(county: County) -> None:
    published(county, "2026-10-20T09:00:00+08:00")
    county.root.replace(ITEM, "支出数 1.2 万元", "支出数 1.5 万元")
    published(county, "2026-11-02T09:00:00+08:00")
    past = history(county)
    (change,) = past.changes
    assert (change.kind, change.at.date().isoformat(), past.more) == (
        Kind.CORRECTED, "2026-11-02", 0,
    )  # fmt: skip
    assert ("-", "1.2 万元") in said(past) and ("+", "1.5 万元") in said(past)
    lines = world(county).evidence.lines["chengguan"]
    assert (change.before, change.after) == (lines[0].sha256, lines[1].sha256)


def test_an_addition_is_a_change_and_no_correction(county: County) -> None:
    published(county, "2026-10-20T09:00:00+08:00")
    county.root.replace(ITEM, "批次 6 批。", "批次 6 批。\n\n另附说明一段。")
    published(county, "2026-11-02T09:00:00+08:00")
    past = history(county)
    assert past.changes[0].kind is Kind.CHANGED
    assert said(past)[-1] == ("+", "另附说明一段。\n")


def test_the_newest_stand_first_and_the_oldest_are_counted(county: County) -> None:
    published(county, "2026-10-09T09:00:00+08:00")
    for day in range(10, 20):
        text = f"支出数 1.{day} 万元"
        old = "支出数 1.2 万元" if day == 10 else f"支出数 1.{day - 1} 万元"
        county.root.replace(ITEM, old, text)
        published(county, f"2026-10-{day}T09:00:00+08:00")
    past = history(county)
    assert [change.at.day for change in past.changes] == [19, 18, 17, 16, 15, 14, 13, 12]
    assert past.more == 2
    assert said(past)[-2:] != [] and ("+", "1.19 万元") in said(past)


def test_a_site_without_receipts_tells_it_from_git(county: County) -> None:
    county.root.replace("site_config.yml", "receipts: receipts\n", "")
    county.commit("2026-10-20T09:00:00+08:00")
    county.root.replace(ITEM, "支出数 1.2 万元", "支出数 1.5 万元")
    county.commit("2026-11-02T09:00:00+08:00")
    county.root.replace(ITEM, "批次 6 批。", "批次  6 批。")
    county.commit("2026-11-03T09:00:00+08:00")
    past = history(county)
    assert [change.at.day for change in past.changes] == [2]
    assert past.changes[0].after is None and ("-", "1.2 万元") in said(past)


def test_receipts_whose_commit_is_gone_say_only_that_it_changed(county: County) -> None:
    published(county, "2026-10-20T09:00:00+08:00")
    county.root.replace(ITEM, "支出数 1.2 万元", "支出数 1.5 万元")
    published(county, "2026-11-02T09:00:00+08:00")
    county.repo.git("checkout", "-q", "--orphan", "other")
    county.commit("2026-11-03T09:00:00+08:00")
    county.repo.git("branch", "-D", "main")
    county.repo.git("reflog", "expire", "--expire=now", "--all")
    county.repo.git("gc", "-q", "--prune=now")
    (change,) = history(county).changes
    assert change.parts is None and change.after is not None


@pytest.mark.parametrize("kind", ["个人信息", "涉密", "内容有误"])
def test_of_a_withdrawn_item_no_earlier_word_is_read(county: County, kind: str) -> None:
    published(county, "2026-10-20T09:00:00+08:00")
    county.root.replace(ITEM, "支出数 1.2 万元", "支出数 1.5 万元")
    published(county, "2026-11-02T09:00:00+08:00")
    county.root.replace(
        ITEM,
        "formed:",
        f"withdrawn: {{on: 2026-11-05, reason: 内容不宜公开, kind: {kind}}}\nformed:",
    )
    published(county, "2026-11-05T09:00:00+08:00")
    past = history(county)
    assert [change.kind for change in past.changes] == [Kind.WITHDRAWN, Kind.CHANGED]
    assert all(change.parts is None for change in past.changes)


def test_an_item_that_stands_again_brings_nothing_back(county: County) -> None:
    published(county, "2026-10-20T09:00:00+08:00")
    mark = "withdrawn: {on: 2026-11-05, reason: 内容不宜公开, kind: 个人信息}\n"
    county.root.replace(ITEM, "formed:", f"{mark}formed:")
    published(county, "2026-11-05T09:00:00+08:00")
    county.root.replace(ITEM, mark, "")
    county.root.replace(ITEM, "1.2 万元", "1.5 万元")
    published(county, "2026-11-06T09:00:00+08:00")
    county.root.replace(ITEM, "1.5 万元", "1.6 万元")
    published(county, "2026-11-07T09:00:00+08:00")
    past = history(county)
    assert [change.parts is None for change in past.changes] == [False, True, True]
    assert "1.2" not in str(said(past))


def test_digits_that_the_gate_refuses_are_covered(county: County) -> None:
    county.root.replace(ITEM, "批次 6 批。", f"批次 6 批。\n\n身份证号 {IDENTITY}。")
    county.commit("2026-10-20T09:00:00+08:00")
    county.root.replace("site_config.yml", "receipts: receipts\n", "")
    county.root.replace(ITEM, f"身份证号 {IDENTITY}。", "身份证号已经删去。")
    county.commit("2026-11-02T09:00:00+08:00")
    text = str(said(history(county)))
    assert "〔已遮蔽〕" in text and "删去" in text and IDENTITY[:10] not in text


def test_a_changed_attachment_is_told_by_name(county: County, tmp_path: Path) -> None:
    root = county.root
    text = (root.path / ITEM).read_text("utf-8")
    (root.path / ITEM).unlink()
    folder = "content/chengguan/items/2026/reception-q3"
    root.write(
        f"{folder}/index.md",
        text.replace("formed:", "files: [{path: a.csv, title: 明细}]\nformed:"),
    )
    root.write(f"{folder}/a.csv", "项目,金额\n甲,1\n")
    published(county, "2026-10-20T09:00:00+08:00")
    root.write(f"{folder}/a.csv", "项目,金额\n甲,12\n")
    published(county, "2026-11-02T09:00:00+08:00")
    assert said(history(county))[-2:] == [
        ("-", "附件：明细（20 字节）\n"), ("+", "附件：明细（21 字节）\n"),
    ]  # fmt: skip
    root.write(f"{folder}/a.csv", "项目,金额\n甲,13\n")
    county.commit("2026-11-03T09:00:00+08:00")
    assert history(county).adrift == ("明细变了",)


def test_the_published_file_has_the_promised_form(county: County) -> None:
    published(county, "2026-10-20T09:00:00+08:00")
    county.root.replace(ITEM, "支出数 1.2 万元", "支出数 1.5 万元")
    published(county, "2026-11-02T09:00:00+08:00")
    made = world(county)
    (asset,) = history_files(made, made.departments["chengguan"])
    assert asset.path == "history/2026/reception-q3.json"
    (entry,) = json.loads(asset.data)
    assert list(entry) == ["sha256", "from", "at", "kind", "diff"]
    assert entry["sha256"] == made.articles[ID].sha256
    assert ["+", "1.5 万元"] in entry["diff"]


def test_an_item_that_never_changed_has_no_history(county: County) -> None:
    published(county, "2026-10-20T09:00:00+08:00")
    assert world(county).histories == {}


def test_a_root_inside_a_repository_finds_its_texts(tmp_path: Path) -> None:
    from tests.gitrepos import Repo

    repo = Repo(tmp_path / "top", "county")
    root = Root(repo.root)
    repo.commit("2026-10-20T09:00:00+08:00", {})
    root.replace(ITEM, "支出数 1.2 万元", "支出数 1.5 万元")
    repo.commit("2026-11-02T09:00:00+08:00", {})
    day = datetime.fromisoformat("2026-11-24").date()
    made = world_of(survey(root.path, day, day), trial=False)
    assert ("+", "1.5 万元") in said(made.histories[ID])


def test_an_earlier_day_finds_no_drift_in_what_came_later(county: County) -> None:
    published(county, "2026-10-20T09:00:00+08:00")
    text = (county.root.path / ITEM).read_text("utf-8")
    (county.root.path / ITEM).unlink()
    folder = ITEM.removesuffix(".md")
    named = text.replace("formed:", "files: [{path: a.csv, title: 明细}]\nformed:")
    county.root.write(f"{folder}/index.md", named)
    county.root.write(f"{folder}/a.csv", "项目,金额\n甲,1\n")
    published(county, "2026-11-02T09:00:00+08:00")
    county.root.write(f"{folder}/a.csv", "项目,金额\n甲,2\n")
    published(county, "2026-11-03T09:00:00+08:00")
    assert world(county, "2026-11-02").histories[ID].adrift == ()
    assert len(world(county, "2026-11-02").histories[ID].changes) == 1
