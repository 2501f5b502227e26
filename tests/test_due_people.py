"""What is owed, for people: a calendar to subscribe to, a list to post, a month to supervise."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.outputs import department_files
from generator.outputs.ics import Event, calendar, folded, text
from generator.publish.world import world_of
from generator.survey import survey
from tests.roots import Root
from tests.test_cli import REPOSITORY, run

MONTHLY = """\
- category: 便民热线/热线受理情况
  slug: hotline
  class: 基本
  basis: ['《试验市热线办法》第[三]条']
  every: month
  due: {within: 10 workdays, after: period_end}
  section: 热线办
"""


@pytest.fixture
def root(tmp_path: Path) -> Root:
    made = Root(tmp_path / "root")
    made.write("content/catalog/more.yml", MONTHLY)
    (made.path / "content/chengguan/items/2026/reception-q3.md").unlink()
    made.replace("site_config.yml", "since: 2026-01-01", "since: 2026-10-01")
    return made


def due(root: Root, *more: str, day: str = "2026-10-20") -> str:
    done = run("due", "--root", str(root.path), "--as-of", day, *more)
    assert done.returncode == 0, done.stderr
    return done.stdout


def ics(root: Root, day: date) -> bytes:
    """The department's file on its site."""
    world = world_of(survey(root.path, day, day), trial=True)
    files = {a.path: a.data for a in department_files(world, world.departments["chengguan"])}
    return files["due.ics"]


def events(data: bytes) -> Sequence[Mapping[str, str]]:
    """Properties of each event as RFC 5545 has them read: unfolded, then unescaped."""
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and name not in found[-1]:
            found[-1][name] = re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else str(m[1]), value)
    return found


# -- iCalendar -------------------------------------------------------------------------------


def test_every_line_ends_in_crlf_and_fits_75_bytes(root: Root) -> None:
    data = ics(root, date(2026, 10, 20))
    assert data.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


@pytest.mark.parametrize("length", [24, 25, 26, 74, 75, 76, 150, 300])
def test_folding_cuts_no_character(length: int) -> None:
    for sign in ("a", "期", "𠮷"):
        pieces = folded(sign * length).removesuffix(b"\r\n").split(b"\r\n ")
        assert "".join(piece.decode() for piece in pieces) == sign * length
        assert all(len(piece) <= 75 - (n > 0) for n, piece in enumerate(pieces))


def test_text_is_escaped() -> None:
    assert text("a,b;c\\d\r\ne\x07") == r"a\,b\;c\\d\ne"
    event = Event(
        "u", date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 2), "一;\n二", "", "https://x/", "类"
    )
    (read,) = events(calendar("名", [event]))
    assert read["SUMMARY"] == "一;\n二"
    assert (read["DTSTART;VALUE=DATE"], read["DTEND;VALUE=DATE"]) == ("20260101", "20260103")


def test_an_event_says_what_by_when_why_and_where(root: Root) -> None:
    found = {e["UID"]: e for e in events(ics(root, date(2026, 10, 20)))}
    event = found["chengguan/reception/2026-Q3@127.0.0.1:8123"]
    assert event["SUMMARY"] == "应公开：公务接待费 2026年第三季度"
    assert event["DTSTART;VALUE=DATE"] == "20261103" and event["DTEND;VALUE=DATE"] == "20261104"
    assert event["URL"] == "http://127.0.0.1:8123/gk/chengguan/slots/reception/2026-Q3.html"
    for said in (
        "每季度结束后 20 个工作日内",
        "24 时（北京时间）",
        "第二十条第七项",
        "试验市城市管理局",
    ):
        assert said in event["DESCRIPTION"]
    assert event["STATUS"] == "CONFIRMED"
    ahead = found["chengguan/reception/2026-Q4@127.0.0.1:8123"]
    assert ahead["STATUS"] == "TENTATIVE" and ahead["SUMMARY"].endswith("（暂定）")


def test_the_reminder_comes_at_nine_on_the_first_day_that_is_soon(root: Root) -> None:
    """2026-11-03 less five working days: 10-27 leaves 28 29 30 2 3."""
    found = {e["UID"]: e for e in events(ics(root, date(2026, 10, 20)))}
    event = found["chengguan/reception/2026-Q3@127.0.0.1:8123"]
    assert event["TRIGGER"] == "-P6DT15H"
    assert "临期" not in due(root, "--month", "2026-11", day="2026-10-26").split("热线")[0]
    for day, word in (("2026-10-26", "未到期"), ("2026-10-27", "临期")):
        line = next(x for x in due(root, day=day).splitlines() if "第三季度" in x)
        assert line.endswith(word)


def test_names_and_bytes_stay_from_day_to_day(root: Root) -> None:
    days = [date(2026, 10, 20) + timedelta(days=n) for n in range(0, 30, 5)]
    made = {ics(root, day) for day in days}
    assert len(made) == 1
    root.item(
        "reception-q3",
        "title: 2026年第三季度公务接待费\ncategory: 财务/公务接待费\nperiod: 2026-Q3\nformed: 2026-10-08",
        "预算数 3 万元，支出数 1.2 万元，批次 6 批。\n",
    )
    before = {e["UID"] for e in events(made.pop())}
    after = {e["UID"] for e in events(ics(root, days[0]))}
    assert before - after == {"chengguan/reception/2026-Q3@127.0.0.1:8123"}
    assert after < before


def test_a_notice_is_an_event_from_its_first_to_its_last_day(root: Root) -> None:
    root.item(
        "stalls",
        "title: 摊位方案公示\ncategory: 通知公告/公示\nperiod: 临时\nformed: 2026-10-12\n"
        "process: stalls\nnotice: {from: 2026-10-12, to: 2026-10-19, contact: '12319'}",
    )
    found = {e["UID"]: e for e in events(ics(root, date(2026, 10, 20)))}
    event = found["chengguan/2026/stalls/notice@127.0.0.1:8123"]
    assert event["SUMMARY"] == "公示：摊位方案公示" and "12319" in event["DESCRIPTION"]
    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20261012", "20261020")
    assert "TRIGGER" not in event


def test_a_withdrawn_notice_leaves_the_calendar(root: Root) -> None:
    root.item(
        "stalls",
        "title: 不该公示的\ncategory: 通知公告/公示\nperiod: 临时\nformed: 2026-10-12\n"
        "process: stalls\nnotice: {from: 2026-10-12, to: 2026-10-19, contact: '12319'}\n"
        "withdrawn: {on: 2026-10-13, reason: 写了个人信息, kind: 个人信息}",
    )
    assert "不该公示的" not in ics(root, date(2026, 10, 20)).decode()


def test_the_command_gives_the_same_deadlines_byte_for_byte(root: Root) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "due", "--root", root.path, "--format", "ics"],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "GONGKAI_NOW": "2026-10-20T09:00+08:00"},
        capture_output=True,
        check=True,
    )
    own, theirs = done.stdout, ics(root, date(2026, 10, 20))
    assert events(own) == events(theirs) and own.count(b"\r\n") == theirs.count(b"\r\n")


# -- a week's list ---------------------------------------------------------------------------


def test_the_week_says_who_what_by_when_and_why(root: Root) -> None:
    said = due(root, "--format", "week", day="2026-10-27")
    assert said.startswith("**政务公开一周待办**（2026-10-27）\n")
    assert "**试验市城市管理局**" in said
    assert (
        "2. 热线办：热线受理情况 2026年9月，**应于 10 月 20 日，逾期 5 个工作日**"
        "（每月结束后 10 个工作日内，《试验市热线办法》第\\[三\\]条）"
    ) in said
    assert (
        "下周（到 11 月 8 日），1 件：\n\n"
        "1. 试验市城市管理局（0000-8000000）：公务接待费 2026年第三季度，**11 月 3 日前**"
    ) in said
    assert "本周（到" not in said
    assert "再往后还有 4 件" in said
    assert len(said) < 600


def test_who_is_the_clerk_where_the_row_names_no_section(root: Root) -> None:
    with (root.path / "content/chengguan/department.yml").open("a", encoding="utf-8") as file:
        file.write("clerk: {post: 办公室信息公开经办人}\n")
    said = due(root, "--format", "week", day="2026-10-27")
    assert "1. 办公室信息公开经办人：公务接待费 2026年第三季度" in said
    assert "市容科" not in said and "2. 热线办：热线受理情况" in said


def test_a_week_without_anything_says_so(root: Root) -> None:
    root.write("content/catalog/local.yml", "[]\n")
    said = due(root, "--format", "week", day="2026-10-05")
    assert "本周和下周没有到期的，也没有逾期的。" in said and "再往后还有 4 件" in said


# -- a month for the supervisor --------------------------------------------------------------


def test_the_month_counts_what_falls_due_filled_or_not(root: Root) -> None:
    root.item(
        "hotline-10",
        "title: 2026年10月热线受理情况\ncategory: 便民热线/热线受理情况\nperiod: 2026-10",
        "受理 12 件。\n",
    )
    said = due(root, "--month", "2026-11", day="2026-11-24")
    assert said.startswith("2026 年 11 月到期 2 期，截至 2026-11-24\n")
    assert re.search(r"^试验市城市管理局 +2 +1 +1$", said, re.MULTILINE)
    assert re.search(r"^2026-11-03 .*公务接待费.*逾期 15 个工作日$", said, re.MULTILINE)
    assert re.search(r"^2026-11-13 .*热线受理情况.*热线办", said, re.MULTILINE)


def test_january_is_planned_in_december(root: Root) -> None:
    root.write(
        "content/catalog/more.yml",
        MONTHLY.replace("{within: 10 workdays, after: period_end}", "{on_day: 9, of: first_month}"),
    )
    said = due(root, "--month", "2027-01", day="2026-12-10")
    assert re.search(r"^2027-01-09 .*热线受理情况 +2027年1月.*未到期$", said, re.MULTILINE)
    assert re.search(r"^2027-01-28（暂定）.*公务接待费 +2026年第四季度", said, re.MULTILINE)
    assert "逾期" not in said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--month", "2026-13"), "不是月份"),
        (("--month", "26-12"), "不是月份"),
        (("--month", "2026-12", "--format", "week"), "不能和"),
        (("--why", "--format", "ics"), "--why"),
    ],
)
def test_a_slip_is_answered(root: Root, more: tuple[str, ...], said: str) -> None:
    done = run("due", "--root", str(root.path), *more)
    assert done.returncode == 2 and said in done.stderr
