"""`status` and `due` as people and programs read them, from a real root with a history."""

import json
from datetime import date
from pathlib import Path

import pytest

from generator.report.cells import width
from generator.report.ledger import due, text
from generator.report.ledger import json as as_json
from generator.survey import Survey, survey
from tests.gitrepos import Repo
from tests.roots import Root


@pytest.fixture
def surveyed(tmp_path: Path) -> Survey:
    repo = Repo(tmp_path)
    root = Root(repo.root)
    root.item(
        "reception-q2",
        "title: 第二季度公务接待费\ncategory: 财务/公务接待费\nperiod: 2026-Q2",
        "预算数 3，支出数 2。\n",
    )
    repo.commit("2026-07-20T09:00:00+08:00", {})
    root.item(
        "works-1",
        "title: 路灯改造立项\ncategory: 工程/重大项目\nperiod: 立项\nformed: 2026-10-28\nprocess: lamps",
    )
    repo.commit("2026-11-02T09:00:00+08:00", {})
    return survey(repo.root, date(2026, 11, 24), date(2030, 1, 1))


def shown(surveyed: Survey) -> str:
    assert surveyed.repository is not None
    assert surveyed.ledger is not None
    return text.render(surveyed.repository, surveyed.ledger)


def test_the_table_lines_up_by_cells_and_names_the_evidence(surveyed: Survey) -> None:
    lines = shown(surveyed).splitlines()
    assert lines[:2] == ["截至 2026-11-24", ""]
    head, *rows = lines[2 : lines.index("", 2)]
    assert head.split() == ["部门", "事项", "期间", "期限", "状态", "公开日"]
    starts = [width(head[: head.index(name)]) for name in head.split()]
    for row in rows:
        cells = _cut(row, starts)
        assert all(cell and not cell.startswith(" ") for cell in cells), row
        assert all(cell.endswith("  ") for cell in cells[:-1]), row
    table = {(c[1].strip(), c[2].strip()): c for c in (_cut(row, starts) for row in rows)}
    second = table["公务接待费", "2026年第二季度"]
    assert second[4].strip() == "部分公开：缺批次"
    assert second[5] == "2026-07-20 凭 Git 记录"
    assert table["公务接待费", "2026年第一季度"][4].strip().startswith("逾期")
    assert table["公务接待费", "2026年第一季度"][5] == "未公开"
    assert table["重大项目", "立项"][3].strip() == "2026-11-25"


def test_rows_stand_in_the_order_of_the_catalogue(surveyed: Survey) -> None:
    lines = shown(surveyed).splitlines()
    names = [line.split()[1] for line in lines[3 : lines.index("", 2)]]
    assert list(dict.fromkeys(names)) == ["公务接待费", "重大项目", "职能"]


def test_rates_never_go_without_their_fraction(surveyed: Survey) -> None:
    assert surveyed.ledger is not None
    rates = surveyed.ledger.rates[0]
    said = f"按时 {rates.on_time.over}/{rates.on_time.under}"
    assert said in shown(surveyed)
    assert rates.on_time.under > 0


def test_status_json_has_the_promised_keys(surveyed: Survey) -> None:
    assert surveyed.ledger is not None
    document = json.loads(as_json.render(surveyed.ledger))
    assert list(document) == [
        "schema_version", "as_of", "trial", "judge", "announced", "slots", "rates", "gaps",
        "not_judged",
    ]  # fmt: skip
    assert document["judge"] == {"from": "git", "since": "2026-01-01", "due_soon": "5 workdays"}
    assert (document["as_of"], document["trial"]) == ("2026-11-24", None)
    assert {2024, 2025, 2026} <= set(document["announced"])
    keys = [slot["slot"] for slot in document["slots"]]
    assert keys == sorted(keys)
    part = next(s for s in document["slots"] if s["slot"] == "chengguan/reception/2026-Q2")
    assert (part["status"], part["label"], part["missing"]) == ("part", "部分公开", ["批次"])
    rates = document["rates"][0]
    assert list(rates) == ["department", "on_time", "covered", "counts"]
    assert 0 not in rates["counts"].values()
    assert "part" in rates["counts"]


def test_due_lists_what_is_owed_the_earliest_first(surveyed: Survey) -> None:
    assert surveyed.repository is not None
    assert surveyed.ledger is not None
    slots = due.owed(surveyed.repository, surveyed.ledger)
    days = [slot.due.day for slot in slots]
    assert days == sorted(days, key=str)
    assert not [slot for slot in slots if slot.item is not None]
    table = due.text(surveyed.ledger, slots)
    assert table.splitlines()[2].split() == ["期限", "部门", "事项", "期间", "状态"]
    assert due.text(surveyed.ledger, ()).endswith("没有要公开的事项\n")


def test_why_tells_every_day_that_was_skipped(surveyed: Survey) -> None:
    assert surveyed.repository is not None
    assert surveyed.ledger is not None
    slots = due.owed(surveyed.repository, surveyed.ledger)
    first = next(s for s in slots if s.key == "chengguan/reception/2026-Q1")
    told = due.text(surveyed.ledger, [first], why=True)
    assert "公务接待费 2026年第一季度: 2026-04-29" in told
    assert "  2026-04-01 到 2026-04-03: 第 1 到 3 天\n" in told
    assert "  2026-04-04 到 2026-04-06: 清明节，不计（国办发明电〔2025〕7号）\n" in told
    document = json.loads(due.as_json(surveyed.ledger, [first]))
    assert list(document) == ["schema_version", "as_of", "due"]
    trace = document["due"][0]["trace"]
    assert list(document["due"][0])[-1] == "trace"
    assert all(list(step) == ["step", "date", "n", "text", "source"] for step in trace)
    assert [step["n"] for step in trace if step["step"] == "count"] == list(range(1, 21))


def _cut(row: str, starts: list[int]) -> list[str]:
    """The row's cells, each from its column's first display cell on."""
    cells = [""] * len(starts)
    at = 0
    for sign in row:
        column = max(n for n, start in enumerate(starts) if at >= start)
        cells[column] += sign
        at += width(sign)
    return cells
