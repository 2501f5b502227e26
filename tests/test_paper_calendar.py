"""年历: every date that a body owes in a year, from the catalogue alone, on one A3."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.load import load
from generator.model import Repository
from generator.outputs.paper import wall_calendar, year_of
from generator.survey import survey
from tests.paper_prints import codes, press, printed
from tests.roots import Root

PRINT_AREA = (400, 279)
QUARTERLY = """\
- category: 财务/公务接待费
  slug: reception
  class: 财
  basis: [《政府信息公开条例》第二十条第七项]
  every: quarter
  due: {within: 20 workdays, after: period_end}
  section: 办公室
"""
MANY = "".join(
    f"""\
- category: 财务/第{k}项公开事项名称较长的一种
  slug: many-{k}
  class: 财
  basis: [《政府信息公开条例》第二十条第{k}项, 《试验市政务公开管理办法》第{k}条]
  every: month
  due: {{on_day: {k * 5}, of: first_month_after}}
  section: {"办公室" if k % 2 else "规划建设和生态环境办公室"}
"""
    for k in range(1, 6)
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with press() as found:
        yield found


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path / "root")


def read(root: Root) -> Repository:
    repository = load(root.path).repository
    assert repository is not None
    return repository


def days(root: Root, year: int) -> list[tuple[str, str, str]]:
    """Period, due day, state of each slot of the only department."""
    repository = read(root)
    dated = year_of(repository, repository.departments[0], year).dated
    return [
        (s.period.key if s.period else "", s.due.day.isoformat() if s.due.day else "", s.due.state)
        for s in dated
    ]


def html(root: Root, year: int) -> str:
    repository = read(root)
    return wall_calendar(repository, repository.departments[0], year)


def test_the_days_of_an_announced_year_are_those_counted_by_hand(root: Root) -> None:
    root.write("content/catalog/local.yml", QUARTERLY)
    assert days(root, 2026) == [
        ("2025-Q4", "2026-01-29", "fixed"),
        ("2026-Q1", "2026-04-29", "fixed"),
        ("2026-Q2", "2026-07-28", "fixed"),
        ("2026-Q3", "2026-11-03", "fixed"),
    ]


def test_a_year_without_a_calendar_is_provisional_and_dashed(root: Root) -> None:
    root.write("content/catalog/local.yml", QUARTERLY)
    assert days(root, 2027)[0] == ("2026-Q4", "2027-01-28", "provisional")
    text = html(root, 2027)
    assert text.count('class="due prov"') == 4 and 'class="due"' not in text
    assert "国务院办公厅还没有公布 2027 年放假安排" in text and "虚框" in text
    announced = html(root, 2026)
    assert 'class="due prov"' not in announced and "虚框" not in announced
    assert "国办发明电〔2025〕7号" in announced
    root.replace("content/catalog/local.yml", "{within: 20 workdays, after: period_end}",
                 "{on_day: 20, of: first_month_after}")  # fmt: skip
    fixed = html(root, 2027)
    assert 'class="due prov"' not in fixed and fixed.count(' class="due"') == 4


def test_no_item_is_needed_and_none_changes_it(root: Root) -> None:
    full = html(root, 2027)
    (root.path / "content/chengguan/items/2026/reception-q3.md").unlink()
    assert html(root, 2027) == full


def test_each_duty_has_its_box_its_section_its_period_and_its_basis(root: Root) -> None:
    root.write("content/catalog/local.yml", QUARTERLY)
    text = html(root, 2026)
    entry = re.search(r"<h3>[^/]*?11 月 3 日</span>.*?</ul>", text, re.DOTALL)
    assert entry is not None
    assert "<b>办公室</b>" in entry[0] and "□&nbsp;公务接待费" in entry[0]
    assert "三季度<sup>1</sup>" in entry[0]
    assert "<sup>1</sup>《政府信息公开条例》第二十条第七项" in text
    assert "全年到期 4 期" in text


def test_what_has_no_day_is_told_below(root: Root) -> None:
    text = html(root, 2026)
    assert "形成之日起 20 个工作日内：公示；" in text
    assert (
        "形成之日起 20 个工作日内、上一阶段完成后 30 天（自然日）内：重大项目（分阶段）。" in text
    )
    assert "<b>长期公开，有变化就改：</b>职能。" in text


def test_documents_of_the_supervisor_move_days_and_take_them_away(root: Root) -> None:
    root.write("content/catalog/local.yml", QUARTERLY)
    root.write(
        "content/exemptions/2026.yml",
        "- {department: chengguan, category: 财务/公务接待费, period: 2026-Q1, kind: extend,"
        " by: 5 workdays, document: 试政办〔2026〕3号, on: 2026-04-01}\n"
        "- {department: chengguan, category: 财务/公务接待费, period: 2026-Q2,"
        " kind: not_applicable, reason: 没有接待, from: 2026-07-01, to: 2026-12-31}\n",
    )
    assert [(period, day) for period, day, _ in days(root, 2026)] == [
        ("2025-Q4", "2026-01-29"),
        ("2026-Q1", "2026-05-09"),
        ("2026-Q3", "2026-11-03"),
    ]


def test_the_days_are_the_ledgers(root: Root) -> None:
    root.write("content/catalog/local.yml", MANY + QUARTERLY)
    (root.path / "content/chengguan/items/2026/reception-q3.md").unlink()
    end = date(2026, 12, 31)
    ledger = survey(root.path, end, end).ledger
    assert ledger is not None
    owed = {(s.key, s.due.day) for s in ledger.slots if s.due.day and s.due.day.year == 2026}
    repository = read(root)
    dated = year_of(repository, repository.departments[0], 2026).dated
    assert {(s.key, s.due.day) for s in dated} == owed and len(owed) == 64


def test_a_department_begins_with_its_first_period(root: Root) -> None:
    root.write("content/catalog/local.yml", QUARTERLY)
    repository = read(root)
    late = replace(repository.departments[0], start=date(2026, 7, 1))
    assert [s.period.key for s in year_of(repository, late, 2026).dated if s.period] == ["2026-Q3"]


@pytest.mark.parametrize(("rows", "count"), [("", 0), (QUARTERLY, 4), (MANY, 60)])
def test_the_whole_year_is_one_a3_in_landscape(
    browser: Browser, root: Root, tmp_path: Path, rows: str, count: int
) -> None:
    root.write("content/catalog/local.yml", rows or "[]\n")
    text = html(root, 2027)
    made = printed(browser, text, tmp_path, PRINT_AREA)
    assert (made.pages, made.size, made.astray, made.requests) == (1, (420, 297), (), ())
    assert len(re.findall(r'class="(?:off )?due', text)) == count
    assert text.count("□&nbsp;") == count
    assert list(codes(made.pdf)) == ["http://127.0.0.1:8123/gk/chengguan/matrix.html"]
