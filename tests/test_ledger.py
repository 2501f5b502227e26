"""Slots and statuses as formats.md sections 3 to 5 say them, from real files and real Git."""

from datetime import date
from pathlib import Path

import pytest

from generator.diagnostic import Severity
from generator.model import Fraction, Ledger, Slot, Status
from generator.survey import survey
from tests.gitrepos import Repo
from tests.receipt_chain import ReceiptChain
from tests.roots import CONFIG, ITEM, Root

Q3 = "chengguan/reception/2026-Q3"
A = "content/chengguan/items/2026/reception-q3.md"


class YouForgotToPassAsOf(AssertionError):
    """A test must say on which day it judges."""


class Town:
    """A root under Git, judged on any day."""

    def __init__(self, folder: Path) -> None:
        self.root = Root(folder)
        self.repo = Repo(folder)
        (folder / A).unlink()
        self.commit("2026-01-02T09:00:00+08:00")

    def commit(self, at: str) -> str:
        return self.repo.commit(at, {})

    def publish(self, at: str, text: str = ITEM, path: str = A) -> str:
        self.root.write(path, text)
        return self.commit(at)

    def receipts(self) -> ReceiptChain:
        self.root.write(
            "site_config.yml", CONFIG.replace("from: git", "from: receipt") + "receipts: receipts\n"
        )
        return ReceiptChain(self.root.path / "receipts")

    def ledger(self, as_of: str) -> Ledger:
        made = survey(self.root.path, date.fromisoformat(as_of), date(1999, 1, 1))
        errors = [d for d in made.diagnostics if d.severity is Severity.ERROR]
        assert made.ledger is not None and not errors, made.diagnostics
        return made.ledger

    def slots(self, as_of: str) -> dict[str, Slot]:
        return {slot.key: slot for slot in self.ledger(as_of).slots}

    def slot(self, as_of: str, key: str = Q3) -> Slot:
        return self.slots(as_of)[key]


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


@pytest.mark.parametrize(
    ("as_of", "status", "label", "left"),
    [
        ("2026-10-15", "open", "未到期", 13),
        ("2026-10-26", "open", "未到期", 6),
        ("2026-10-27", "soon", "临期", 5),
        ("2026-11-03", "soon", "临期", 0),
        ("2026-11-04", "miss", "逾期 1 个工作日", None),
        ("2026-11-24", "miss", "逾期 15 个工作日", None),
    ],
)
def test_an_empty_slot_moves_with_the_day(
    town: Town, as_of: str, status: str, label: str, left: int | None
) -> None:
    slot = town.slot(as_of)
    assert (slot.status, slot.label, slot.workdays_left) == (status, label, left)
    assert slot.due.day == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("landed", "status", "label", "days", "working"),
    [
        ("2026-10-09T09:00:00+08:00", "ok", "按时", 0, 0),
        ("2026-11-03T23:59:59+08:00", "ok", "按时", 0, 0),
        # The day ends at 24:00 in Beijing, whatever zone the committer's clock is in.
        ("2026-11-03T15:59:59+00:00", "ok", "按时", 0, 0),
        ("2026-11-03T16:00:00+00:00", "late", "滞后 1 个工作日", 1, 1),
        ("2026-11-05T10:00:00+08:00", "late", "滞后 2 个工作日", 2, 2),
    ],
)
def test_git_judges_by_the_landing_on_the_main_line(
    town: Town, landed: str, status: str, label: str, days: int, working: int
) -> None:
    commit = town.publish(landed)
    slot = town.slot("2026-11-24")
    assert (slot.status, slot.label) == (status, label)
    assert (slot.days_late, slot.workdays_late) == (days, working)
    assert slot.public is not None
    assert (slot.public.grade, slot.public.commit) == ("git", commit)


def test_late_by_a_weekend_is_less_than_one_working_day(town: Town) -> None:
    town.root.replace(
        "content/catalog/local.yml",
        "20 workdays, after: period_end",
        "23 workdays, after: period_end",
    )
    town.publish("2026-11-07T10:00:00+08:00")  # due Friday 2026-11-06
    slot = town.slot("2026-11-24")
    assert (slot.status, slot.label, slot.days_late) == (Status.LATE, "滞后不足 1 个工作日", 1)


def test_what_is_missing_is_named(town: Town) -> None:
    town.publish("2026-10-30T09:00:00+08:00", ITEM.replace("，支出数 1.2 万元，批次 6 批", ""))
    slot = town.slot("2026-11-24")
    assert (slot.status, slot.missing) == (Status.PART, ("支出数", "批次"))


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("预算数 3 万元，实际支出 2 万元，批次 6 批。", ()),  # another word that counts
        ("预算数、支出数、批次见附件。", ("支出数",)),  # a figure must follow within 12 characters
        ("| 项目 | 支出数 | 批次 |\n|---|---|---|\n| 预算数 | 无 | 6 |\n", ("支出数",)),
        ("| 项目 | 支出数 | 批次 |\n|---|---|---|\n| 预算数 | 1.2 | 6 |\n", ()),
        ("| 支出数 | 1.2 |\n|---|---|\n| 预算 数 | 3 |\n| 批次 | 6 |\n", ()),
    ],
)
def test_elements_are_looked_for_where_they_count(
    town: Town, body: str, missing: tuple[str, ...]
) -> None:
    head = ITEM.rpartition("---\n")[0] + "---\n"
    town.publish("2026-10-30T09:00:00+08:00", head + body)
    assert town.slot("2026-11-24").missing == missing


def test_an_attached_table_holds_elements_too(town: Town) -> None:
    town.root.write("content/chengguan/files/a.csv", "项目,支出数,批次\n预算数,1.2,6\n")
    front = ITEM.rpartition("---\n")[0] + "files: [{path: a.csv, title: 明细表}]\n---\n见附件。\n"
    town.publish("2026-10-30T09:00:00+08:00", front)
    assert town.slot("2026-11-24").status is Status.OK


def test_a_nil_report_counts_and_waives_its_elements(town: Town) -> None:
    nil = ITEM.replace("formed:", "nil: 本季度没有公务接待支出\nformed:").replace(
        "预算数 3 万元，支出数 1.2 万元，批次 6 批。", "无。"
    )
    town.publish("2026-10-30T09:00:00+08:00", nil)
    slot = town.slot("2026-11-24")
    assert (slot.status, slot.nil, slot.missing) == (Status.NIL, True, ())


def exempt(town: Town, line: str) -> None:
    town.root.write("content/exemptions/a.yml", line + "\n")


def test_not_applicable_needs_a_document_in_time(town: Town) -> None:
    base = "- {department: chengguan, category: 财务/公务接待费, kind: not_applicable, reason: 无此职权, "
    exempt(town, base + "from: 2026-01-01}")
    slot = town.slot("2026-11-24")
    assert (slot.status, slot.reason) == (Status.NA, "无此职权")
    exempt(town, base + "from: 2026-01-01, to: 2026-11-02}")
    assert town.slot("2026-11-24").status is Status.MISS
    exempt(town, base + "from: 2026-01-01, document: 某号, on: 2026-11-04}")
    slot = town.slot("2026-11-24")
    assert (slot.status, slot.flags) == (Status.MISS, ("exempted_late",))
    assert len(town.ledger("2026-11-24").late_exemptions) == 1


def test_an_extension_moves_the_day_and_is_named(town: Town) -> None:
    exempt(
        town,
        "- {department: chengguan, category: 财务/公务接待费, period: 2026-Q3, kind: extend, by: 20 workdays, document: 某〔2026〕1号, on: 2026-11-02}",
    )
    slot = town.slot("2026-11-24")
    assert (slot.status, slot.due.day, slot.document) == (
        Status.SOON,
        date(2026, 12, 1),
        "某〔2026〕1号",
    )
    assert town.slot("2026-11-24", "chengguan/reception/2026-Q2").due.day == date(2026, 7, 28)


def test_a_suspension_holds_until_its_end(town: Town) -> None:
    exempt(
        town,
        "- {department: chengguan, category: 财务/公务接待费, kind: suspend, until: 2026-12-01, document: 某号, on: 2026-11-01}",
    )
    assert town.slot("2026-12-01").status is Status.HELD
    assert town.slot("2026-12-02").status is Status.MISS


def test_a_row_may_except_a_body_with_a_reason(town: Town) -> None:
    town.root.replace(
        "content/catalog/local.yml",
        "  every: quarter",
        "  bodies: {except: {chengguan: 合署办公}}\n  every: quarter",
    )
    slot = town.slot("2026-11-24")
    assert (slot.status, slot.reason) == (Status.NA, "合署办公")


def test_under_the_grade_that_judges_time_is_unproven(town: Town) -> None:
    town.publish("2026-10-30T09:00:00+08:00")
    town.root.write("site_config.yml", CONFIG.replace("from: git", "from: receipt"))
    slot = town.slot("2026-11-24")
    assert (slot.status, slot.label) == (Status.DOUBT, "时间未经证实")
    assert slot.public is not None and slot.public.grade == "git"


def test_what_was_due_before_since_is_shown_and_not_judged(town: Town) -> None:
    town.root.replace("site_config.yml", "since: 2026-01-01", "since: 2026-11-04")
    assert Q3 not in town.slots("2026-11-24")
    town.publish("2026-11-20T09:00:00+08:00")
    assert town.slot("2026-11-24").status is Status.SHOWN


def test_a_provisional_day_makes_nothing_late(town: Town) -> None:
    q4 = "chengguan/reception/2026-Q4"
    assert town.slot("2026-12-31", q4).due.state == "provisional"
    slot = town.slot("2026-12-31", q4)
    assert (slot.status, slot.word) == (Status.OPEN, "未到期")
    slot = town.slot("2027-02-15", q4)
    assert (slot.status, slot.label) == (Status.OPEN, "未到期，暂定")
    text = ITEM.replace("Q3", "Q4").replace("第三", "第四").replace("2026-10-08", "2027-01-05")
    town.publish("2027-02-10T09:00:00+08:00", text, A.replace("q3", "q4"))
    assert town.slot("2027-02-15", q4).status is Status.SHOWN


def test_slots_reach_to_the_end_of_the_year_and_from_the_start(town: Town) -> None:
    keys = [k for k in town.slots("2026-11-24") if "/reception/" in k]
    # 2025-Q4 was due on 2026-01-29, after `since`; 2025-Q3 before it.
    assert [k[-7:] for k in keys] == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    town.root.replace(
        "content/chengguan/department.yml", "kind: 部门", "kind: 部门\nstart: 2026-05-01"
    )
    keys = [k for k in town.slots("2026-11-24") if "/reception/" in k]
    assert [k[-7:] for k in keys] == ["2026-Q3", "2026-Q4"]
    town.root.replace(
        "content/chengguan/department.yml", "kind: 部门", "kind: 部门\nend: 2026-09-30"
    )
    assert [k[-7:] for k in town.slots("2026-11-24") if "/reception/" in k] == ["2026-Q3"]


# -- receipts -------------------------------------------------------------------------------


def test_a_receipt_goes_before_git(town: Town) -> None:
    town.publish("2026-10-09T09:00:00+08:00")
    chain = town.receipts()
    chain.append(
        "2026-11-05T09:00:00+08:00", "2026/reception-q3", "reception/2026-Q3", due="2026-11-03"
    )
    slot = town.slot("2026-11-24")
    assert (slot.status, slot.label) == (Status.LATE, "滞后 2 个工作日")
    assert slot.public is not None and (slot.public.grade, slot.public.seq) == ("receipt", 1)


def test_a_stub_completed_late_is_late(town: Town) -> None:
    town.publish("2026-10-09T09:00:00+08:00")
    chain = town.receipts()
    item, slot_key = "2026/reception-q3", "reception/2026-Q3"
    chain.append("2026-10-30T09:00:00+08:00", item, slot_key, due="2026-11-03", missing=("支出数",))
    chain.append(
        "2026-11-06T09:00:00+08:00",
        item,
        slot_key,
        kind="change",
        due="2026-11-03",
        missing=("支出数",),
        sha256="b" * 64,
    )
    chain.append(
        "2026-11-10T09:00:00+08:00",
        item,
        slot_key,
        kind="change",
        due="2026-11-03",
        sha256="c" * 64,
    )
    before = town.slot("2026-11-07")
    assert (before.status, before.missing, before.judged_on) == (Status.PART, ("支出数",), None)
    after = town.slot("2026-11-24")
    assert (after.status, after.label) == (Status.LATE, "滞后 5 个工作日")
    assert after.flags == ("completed_late",)
    assert after.public is not None and after.public.date == date(2026, 10, 30)


def test_found_after_the_due_day_proves_nothing_so_git_speaks(town: Town) -> None:
    town.publish("2026-10-09T09:00:00+08:00")
    chain = town.receipts()
    chain.append(
        "2026-11-20T09:00:00+08:00",
        "2026/reception-q3",
        "reception/2026-Q3",
        kind="found",
        due="2026-11-03",
    )
    assert town.slot("2026-11-24").status is Status.DOUBT
    town.root.replace("site_config.yml", "from: receipt", "from: git")
    slot = town.slot("2026-11-24")
    assert (slot.status, slot.public and slot.public.grade) == (Status.OK, "git")


def test_found_before_the_due_day_proves_that_it_was_on_time(town: Town) -> None:
    town.publish("2026-10-09T09:00:00+08:00")
    chain = town.receipts()
    chain.append(
        "2026-10-20T09:00:00+08:00",
        "2026/reception-q3",
        "reception/2026-Q3",
        kind="found",
        due="2026-11-03",
        missing=("批次",),
    )
    slot = town.slot("2026-11-24")
    assert (slot.status, slot.missing) == (Status.OK, ())


def test_the_first_receipt_keeps_its_due_day_for_ever(town: Town) -> None:
    town.publish("2026-10-09T09:00:00+08:00")
    chain = town.receipts()
    chain.append(
        "2026-11-05T09:00:00+08:00", "2026/reception-q3", "reception/2026-Q3", due="2026-11-03"
    )
    town.root.replace(
        "content/catalog/local.yml",
        "20 workdays, after: period_end",
        "60 workdays, after: period_end",
    )
    slot = town.slot("2026-11-24")
    assert (slot.due.day, slot.due.frozen, slot.status) == (date(2026, 11, 3), True, Status.LATE)
    exempt(
        town, "- {slot: chengguan/reception/2026-Q3, kind: rejudge, document: 某号, on: 2026-11-10}"
    )
    slot = town.slot("2026-11-24")
    assert (slot.due.frozen, slot.status, slot.document) == (False, Status.OK, "某号")


def test_as_of_replays_a_day_without_later_evidence(town: Town) -> None:
    town.publish("2026-11-05T09:00:00+08:00")
    assert [town.slot(d).status.value for d in ("2026-10-28", "2026-11-04", "2026-11-05")] == [
        "soon",
        "miss",
        "late",
    ]


def test_what_a_receipt_saw_cannot_be_taken_out_of_history(town: Town) -> None:
    town.publish("2026-10-09T09:00:00+08:00")
    chain = town.receipts()
    chain.append("2026-10-20T09:00:00+08:00", "2026/reception-q3", "reception/2026-Q3")
    # A rewritten branch: neither the tree nor its history holds the item any more.
    town.repo.git("rm", "-q", "--cached", A)
    (town.root.path / A).unlink()
    town.repo.git("commit", "-q", "--amend", "--allow-empty", "-m", "x")
    town.repo.git("reflog", "expire", "--all", "--expire=now")
    made = survey(town.root.path, date(2026, 11, 24), date(1999, 1, 1))
    (found,) = [d for d in made.diagnostics if d.severity is Severity.ERROR]
    assert (found.rule.code, found.place.path) == ("F208", A)


# -- events, results, stages, standing ------------------------------------------------------

NOTICE = """\
---
title: 便民疏导点设置方案公示
category: 通知公告/公示
period: 临时
formed: 2026-10-08
process: market
phase: before
notice: {from: 2026-10-12, to: 2026-10-16, contact: "12319"}
---
正文。
"""
RESULT = (
    NOTICE.replace("方案公示", "公示结果")
    .replace("10-08", "10-20")
    .replace("before", "after")
    .replace('notice: {from: 2026-10-12, to: 2026-10-16, contact: "12319"}\n', "")
)
N = "content/chengguan/items/2026/market.md"


def test_a_notice_owes_its_result(town: Town) -> None:
    town.publish("2026-10-09T09:00:00+08:00", NOTICE, N)
    slots = town.slots("2026-10-20")
    assert slots["chengguan/notices/2026.market"].status is Status.OK
    result = slots["chengguan/notices/2026.market.result"]
    assert result.result and result.event_date == date(2026, 10, 16)
    assert (result.status, result.due.day) == (Status.OPEN, date(2026, 11, 13))
    town.publish("2026-10-21T09:00:00+08:00", RESULT, N.replace("market", "market-result"))
    slots = town.slots("2026-11-24")
    result = slots["chengguan/notices/2026.market.result"]
    assert result.status is Status.OK and result.item is not None
    assert "chengguan/notices/2026.market-result" not in slots


def test_a_notice_shown_too_short_is_flagged(town: Town) -> None:
    town.publish("2026-10-14T09:00:00+08:00", NOTICE, N)
    assert town.slot("2026-10-20", "chengguan/notices/2026.market").flags == ("short_notice",)


def test_a_withdrawn_item_leaves_its_period_and_keeps_its_event(town: Town) -> None:
    withdrawn = "withdrawn: {on: 2026-11-10, reason: 数字有误}\nformed"
    town.publish("2026-10-30T09:00:00+08:00", ITEM.replace("formed", withdrawn))
    town.publish("2026-10-30T10:00:00+08:00", NOTICE.replace("formed", withdrawn), N)
    assert town.slot("2026-11-09").status is Status.OK
    assert town.slot("2026-11-10").status is Status.MISS
    slots = town.slots("2026-11-10")
    assert slots["chengguan/notices/2026.market"].flags == ("withdrawn", "short_notice")
    assert "chengguan/notices/2026.market.result" not in slots
    assert "chengguan/notices/2026.market.result" in town.slots("2026-11-09")


def test_each_stage_of_a_public_process_is_a_slot(town: Town) -> None:
    stage = "---\ntitle: 城南路改造立项\ncategory: 工程/重大项目\nperiod: 立项\nformed: 2026-09-01\nprocess: road\n---\n正文。\n"
    assert not [k for k in town.slots("2026-11-24") if "/works/" in k]
    town.publish("2026-09-10T09:00:00+08:00", stage, "content/chengguan/items/2026/road-1.md")
    slots = town.slots("2026-11-24")
    assert slots["chengguan/works/road.1"].status is Status.OK
    second = slots["chengguan/works/road.2"]
    # 30 calendar days after 2026-09-01 is 10-01, a holiday to 10-07
    assert (second.stage, second.status, second.due.day) == ("竣工", Status.MISS, date(2026, 10, 8))


def test_a_standing_row_is_owed_from_the_day_the_duty_began(town: Town) -> None:
    key = "chengguan/functions/standing"
    slot = town.slot("2026-11-24", key)
    assert (slot.status, slot.due.day) == (Status.MISS, date(2026, 1, 1))
    text = "---\ntitle: 城管局机构职能\ncategory: 机构/职能\nperiod: 长期\nformed: 2025-12-20\n---\n正文。\n"
    town.publish("2025-12-25T09:00:00+08:00", text, "content/chengguan/items/2025/functions.md")
    # The commit is dated before its parent by more than 600 s: nothing it landed has a grade.
    slot = town.slot("2026-11-24", key)
    assert slot.status is Status.DOUBT and slot.public is None
    assert slot.flags == ("out_of_order",)


def test_sections_multiply_the_slots(town: Town) -> None:
    town.root.replace(
        "content/catalog/local.yml", "  every: quarter", "  per: section\n  every: quarter"
    )
    keys = [k for k in town.slots("2026-11-24") if "2026-Q3" in k]
    assert keys == [f"{Q3}.1", f"{Q3}.2"]
    town.publish("2026-10-30T09:00:00+08:00", ITEM.replace("formed", "section: 市容科\nformed"))
    slots = town.slots("2026-11-24")
    assert (slots[f"{Q3}.1"].status, slots[f"{Q3}.2"].status) == (Status.MISS, Status.OK)


def test_history_and_corrections_fill_no_slot(town: Town) -> None:
    town.publish("2026-10-30T09:00:00+08:00")
    old = "---\ntitle: 2011年上半年工作报告\ncategory: 通知公告/公示\nperiod: 临时\nformed: 2011-08-05\nimported: 旧网站\n---\n正文。\n"
    town.publish("2026-10-30T10:00:00+08:00", old, "content/chengguan/items/2011/report.md")
    fix = ITEM.replace("formed", "corrects: chengguan/2026/reception-q3\nformed")
    town.publish("2026-11-10T10:00:00+08:00", fix, A.replace("q3", "q3-fix"))
    slots = town.slots("2026-11-24")
    assert not [k for k in slots if "2011" in k or "fix" in k]
    filling = slots[Q3].item
    assert filling is not None and filling.slug == "reception-q3"


def test_the_earliest_of_several_items_fills_the_slot(town: Town) -> None:
    town.root.replace("content/catalog/local.yml", "every: quarter", "every: quarter")
    chain_text = "---\ntitle: 城管局机构职能{}\ncategory: 机构/职能\nperiod: 长期\nformed: 2026-01-05\n---\n正文。\n"
    town.publish(
        "2026-02-02T09:00:00+08:00", chain_text.format("乙"), "content/chengguan/items/2026/b.md"
    )
    assert town.slot("2026-11-24", "chengguan/functions/standing").item is not None


def test_gaps_in_a_series_are_said_until_explained(town: Town) -> None:
    town.root.replace(
        "content/catalog/local.yml", "  every: event", "  series: 城管罚字\n  every: event"
    )
    for number in (1, 4):
        text = NOTICE.replace("phase: before\n", f"number: 城管罚字〔2026〕{number}号\n").replace(
            "market", f"case-{number}"
        )
        town.publish(
            f"2026-10-0{number + 2}T09:00:00+08:00",
            text,
            f"content/chengguan/items/2026/case-{number}.md",
        )
    gap = town.ledger("2026-11-24").gaps[0]
    assert (gap.series, gap.year, gap.numbers) == ("城管罚字", 2026, (2, 3))
    exempt(
        town,
        "- {department: chengguan, series: 城管罚字, year: 2026, numbers: [2], kind: number, reason: 作废}",
    )
    assert town.ledger("2026-11-24").gaps[0].numbers == (3,)


def test_rates_have_fractions_and_leave_the_unknown_out(town: Town) -> None:
    town.root.replace("site_config.yml", "since: 2026-01-01", "since: 2026-07-01")
    rates = town.ledger("2026-11-24").rates[0]
    # 2026-Q2, 2026-Q3 and the standing row, which is due on `since`
    assert (rates.on_time, rates.covered) == (Fraction(0, 3), Fraction(0, 3))
    town.publish("2026-10-30T09:00:00+08:00")
    rates = town.ledger("2026-11-24").rates[0]
    assert (rates.on_time, rates.counts[Status.OK]) == (Fraction(1, 3), 1)
    # A slot due today is not yet in the window.
    assert town.ledger("2026-11-03").rates[0].on_time == Fraction(0, 2)
