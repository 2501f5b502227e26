"""A scripted year of 48 runs: the ledger tells its cases apart, and what was proven stays proven."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from generator.history import read_receipts
from generator.model import Fraction, Grade
from generator.publish.build import build
from generator.publish.request import BuildRequest
from generator.render.theme import theme_folder
from generator.survey import survey
from generator.witness import verdict_line, verify
from tests import verifier
from tests.year import DAYS, SECRETS, Run, Year, public_address, said, table
from tests.year_script import SCRIPT


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The year at its end: every run done, the last receipts deployed."""
    folder = tmp_path_factory.mktemp("year")
    with public_address(folder / "public") as address:
        made = Year(folder, address).whole(SCRIPT)
        made.live[DAYS[-1]] = table(made.ledger(DAYS[-1]))
        made.deploy("2026-12-20T09:00:00+08:00")
        yield made


def codes(site: Path, receipts: Path, root: Path | None = None) -> list[str]:
    """Our breaks, by code; an outsider's verifier must come to the same ones."""
    found = [one.code for one in verify(site, receipts, root, None).breaks]
    theirs: set[str] = verifier.verify(site, receipts, root)  # type: ignore[no-untyped-call]
    assert theirs == set(found)
    return found


def place(at: str) -> int:
    return [step.at for step in SCRIPT].index(at)


# -- the runs --------------------------------------------------------------------------------


@pytest.mark.parametrize("step", SCRIPT, ids=[step.at for step in SCRIPT])
def test_each_run_appends_what_was_served_and_no_more(year: Year, step: Run) -> None:
    outcome = year.outcomes[SCRIPT.index(step)]
    assert said(outcome) == step.appended
    assert tuple(sorted(one.item.split("/")[-1] for one in outcome.unconfirmed)) == step.unconfirmed
    if step.refused:
        assert outcome.refused is not None and step.refused in outcome.refused
    else:
        assert outcome.refused is None


def test_the_year_is_as_long_as_it_says(year: Year) -> None:
    assert len(year.outcomes) == len(SCRIPT) == 48
    assert len(year.repo.git("rev-list", "HEAD").split()) == 36
    receipts = read_receipts(year.receipts)
    assert receipts.breaks == ()
    assert {name: len(chain) for name, chain in receipts.lines.items()} == {
        "caizheng": 8,
        "chengguan": 34,
    }


def test_a_lost_run_leaves_the_time_of_the_run_that_did_it_again(year: Year) -> None:
    lost, again = (year.outcomes[place(at)].appended for at in ("08-12 09", "08-13 09"))
    assert [line.seq for line in lost] == [line.seq for line in again]
    lines = read_receipts(year.receipts).lines
    for line in again:
        kept = lines[line.department][line.seq - 1]
        assert kept == line and kept.at.isoformat() == "2026-08-13T09:00:00+08:00"


def test_of_two_racing_processes_one_appends(year: Year) -> None:
    told = sorted(re.findall(r"^(追加回执 2 条|回执没有增加)", "\n".join(year.raced), re.MULTILINE))
    assert told == ["回执没有增加", "追加回执 2 条"]


def test_the_run_after_a_dead_one_only_seals(year: Year) -> None:
    outcome = year.outcomes[place("11-04 09")]
    assert (outcome.appended, outcome.sealed) == ((), True)
    quiet = year.outcomes[place("12-18 09")]
    assert (quiet.appended, quiet.sealed) == ((), False)


def test_a_failed_deployment_says_how_it_failed(year: Year) -> None:
    stale = {one.item: one.reason for one in year.outcomes[place("09-10 09")].unconfirmed}
    assert "404" in stale["chengguan/2026/m08"]
    # The old page has the same words as the new one; its date of making differs.
    assert "核验数据" in stale["chengguan/2026/m07"]
    down = year.outcomes[place("09-11 09")].unconfirmed
    assert {one.reason for one in down} == {"网页取不到：服务器回答 500"}


# -- the ledger ------------------------------------------------------------------------------

# Slot → what the ledger says at the end of 05-20, 08-22, 10-21 and 12-20; empty: no such slot.
# `late 4 receipt` is four calendar days late by a receipt. Due days were counted by hand.
LEDGER = {
    # The body's first run found it there after it was due: nothing is proven.
    "chengguan/functions/standing": ("doubt git", "doubt git", "doubt git", "doubt git"),
    # due 02-13, receipt 02-10
    "chengguan/monthly/2026-01": ("ok receipt", "ok receipt", "ok receipt", "ok receipt"),
    # due Friday 03-13, receipt Tuesday 03-17
    "chengguan/monthly/2026-02": ("late 4 receipt",) * 4,
    # due 04-15; a stub on 04-10, whole on 04-14
    "chengguan/monthly/2026-03": ("ok receipt",) * 4,
    # due 05-18; a stub on 05-12, changed on 05-18, whole on 05-25
    "chengguan/monthly/2026-04": ("part receipt", "late 7 receipt", "late 7 receipt", "late 7 receipt"),
    # due 06-12, receipt 06-05; corrected on 06-22 and 06-24
    "chengguan/monthly/2026-05": ("open", "ok receipt", "ok receipt", "ok receipt"),
    # due 07-14, receipt 07-08; withdrawn on 08-20, published again on 08-25
    "chengguan/monthly/2026-06": ("open", "miss 39", "late 42 receipt", "late 42 receipt"),
    # due 08-14; the run of 08-12 was lost, that of 08-13 counts
    "chengguan/monthly/2026-07": ("open", "ok receipt", "ok receipt", "ok receipt"),
    # due 09-14; deployments of 09-10 and 09-11 failed, that of 09-14 23:00 did not
    "chengguan/monthly/2026-08": ("open", "open", "ok receipt", "ok receipt"),
    # due 10-20; committed on 10-19, at the address on 10-22
    "chengguan/monthly/2026-09": ("open", "open", "doubt git", "late 2 receipt"),
    # due 11-13; committed "on 11-06", at the address on 11-20
    "chengguan/monthly/2026-10": ("open", "open", "open", "late 7 receipt"),
    # due 12-14, never published
    "chengguan/monthly/2026-11": ("open", "open", "open", "miss 6"),
    "chengguan/monthly/2026-12": ("open", "open", "open", "open"),
    "chengguan/papers/2026.notice": ("ok receipt",) * 4,
    # withdrawn for 个人信息 and purged: an event keeps its status
    "chengguan/papers/2026.person": ("ok receipt",) * 4,
    # due 02-02, came with the squashed import of 05-28; the catalogue of 12-16 would say 04-03
    "chengguan/papers/2026.owed": ("", "late 115 receipt", "late 115 receipt", "late 115 receipt"),
    # in Git since 06-25, never at the address
    "chengguan/papers/2026.unserved": ("", "doubt git", "doubt git", "doubt git"),
    "chengguan/papers/2026.race-1": ("", "", "ok receipt", "ok receipt"),
    "chengguan/papers/2026.race-2": ("", "", "ok receipt", "ok receipt"),
    # their commits were pushed away: the receipts stand
    "chengguan/papers/2026.pushed-1": ("", "", "ok receipt", "ok receipt"),
    "chengguan/papers/2026.pushed-2": ("", "", "ok receipt", "ok receipt"),
    "chengguan/papers/2026.dead-run": ("", "", "", "ok receipt"),
    "chengguan/papers/2026.table": ("", "", "", "ok receipt"),
    # The run whose clock ran back gave nothing; that of 12-15 did.
    "chengguan/papers/2026.clock": ("", "", "", "ok receipt"),
    # owed since the body began on 05-01
    "caizheng/functions/standing": ("miss 19", "miss 113", "miss 173", "miss 233"),
    # found on 07-06: due 06-12 before, due 07-14 after
    "caizheng/monthly/2026-05": ("open", "doubt git", "doubt git", "doubt git"),
    "caizheng/monthly/2026-06": ("open", "ok receipt", "ok receipt", "ok receipt"),
    "caizheng/monthly/2026-07": ("open", "ok receipt", "ok receipt", "ok receipt"),
    # due 09-14, receipt 09-16
    "caizheng/monthly/2026-08": ("open", "open", "late 2 receipt", "late 2 receipt"),
    # a stub in time that was never completed
    "caizheng/monthly/2026-09": ("open", "open", "part receipt", "part receipt"),
    "caizheng/monthly/2026-10": ("open", "open", "open", "nil receipt"),
    # in time on 12-04, withdrawn on 12-08, due 12-14
    "caizheng/monthly/2026-11": ("open", "open", "open", "miss 6"),
    "caizheng/monthly/2026-12": ("open", "open", "open", "open"),
}  # fmt: skip


@pytest.mark.parametrize(("column", "day"), list(enumerate(DAYS)))
def test_the_ledger_of_any_day_tells_the_cases_apart(year: Year, column: int, day: str) -> None:
    expected = {key: row[column] for key, row in LEDGER.items() if row[column]}
    assert table(year.ledger(day)) == expected


@pytest.mark.parametrize(("column", "day"), list(enumerate(DAYS)))
def test_the_replay_says_what_was_said_on_the_day(year: Year, column: int, day: str) -> None:
    """城管局's alone: 财政局 had not joined on the first of the days."""
    now = {key: row[column] for key, row in LEDGER.items() if row[column]}
    mine = {key: cell for key, cell in now.items() if key.startswith("chengguan/")}
    then = {key: cell for key, cell in year.live[day].items() if key.startswith("chengguan/")}
    assert then == mine


def test_flags_say_what_the_status_does_not(year: Year) -> None:
    flags = {slot.key: slot.flags for slot in year.ledger("12-20").slots if slot.flags}
    assert flags == {
        "chengguan/monthly/2026-04": ("completed_late",),
        "chengguan/monthly/2026-10": ("out_of_order",),
        "chengguan/papers/2026.person": ("withdrawn",),
    }


def test_history_and_the_unproven_stay_out_of_the_rate(year: Year) -> None:
    ledger = year.ledger("12-20")
    assert not [slot.key for slot in ledger.slots if "report" in slot.key]
    rates = {one.department: (one.on_time, one.covered) for one in ledger.rates}
    assert rates == {
        "caizheng": (Fraction(3, 7), Fraction(6, 8)),
        "chengguan": (Fraction(13, 20), Fraction(21, 22)),
    }


def test_git_alone_believes_no_forged_date(year: Year, tmp_path: Path) -> None:
    """The same repository judged without any receipt: what Git can tell, and what it cannot."""
    year.repo.git("clone", "-q", str(year.root.path), str(tmp_path / "alone"))
    config = tmp_path / "alone/site_config.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("from: receipt", "from: git").replace("receipts: receipts\n", ""),
        encoding="utf-8",
    )
    day = date(2026, 12, 20)
    ledger = survey(tmp_path / "alone", day, day).ledger
    assert ledger is not None and ledger.judge.from_ is Grade.GIT
    told = table(ledger)
    assert {key.removeprefix("chengguan/"): told[key] for key in told if told[key] != "open"} == {
        "caizheng/functions/standing": "miss 233",
        "caizheng/monthly/2026-05": "late 24 git",
        "caizheng/monthly/2026-06": "ok git",
        "caizheng/monthly/2026-07": "ok git",
        "caizheng/monthly/2026-08": "late 2 git",
        "caizheng/monthly/2026-09": "part git",
        "caizheng/monthly/2026-10": "nil git",
        "caizheng/monthly/2026-11": "miss 6",
        "functions/standing": "late 11 git",
        "monthly/2026-01": "ok git",
        # Every author's date of this repository is 2001: nobody asks it.
        "monthly/2026-02": "late 4 git",
        # Git sees neither a stub, nor a deployment that came later.
        "monthly/2026-03": "ok git",
        "monthly/2026-04": "ok git",
        "monthly/2026-05": "ok git",
        "monthly/2026-06": "late 42 git",
        "monthly/2026-07": "ok git",
        "monthly/2026-08": "ok git",
        "monthly/2026-09": "ok git",
        # A committer's date before that of the commit it stands on has no grade at all.
        "monthly/2026-10": "doubt",
        "monthly/2026-11": "miss 6",
        "papers/2026.clock": "ok git",
        "papers/2026.dead-run": "ok git",
        "papers/2026.notice": "ok git",
        # No receipt ever held its due day, so the catalogue of 12-16 moves it.
        "papers/2026.owed": "late 55 git",
        "papers/2026.person": "ok git",
        "papers/2026.pushed-1": "ok git",
        "papers/2026.pushed-2": "ok git",
        "papers/2026.race-1": "ok git",
        "papers/2026.race-2": "ok git",
        "papers/2026.table": "ok git",
        "papers/2026.unserved": "ok git",
    }


# -- verify ----------------------------------------------------------------------------------


def test_the_year_is_whole(year: Year) -> None:
    assert codes(year.public, year.receipts) == []
    verdict = verify(year.public, year.receipts, None, None)
    assert verdict_line(verdict) == "回执 42 条 · 链完整 · 补录 3 · 待核 1 · 时间是人给的 42 条"
    assert verdict.awaited == ("chengguan/2026/unserved.html",)


def test_a_force_push_is_named_by_the_commits_it_lost(year: Year) -> None:
    """Up to that run the repository bore out every line; after it, three commits are gone."""
    at = place("10-14 09")
    assert set(year.in_git[:at]) == {()}
    assert set(year.in_git[at:]) == {("commit-lost",) * 3}
    assert codes(year.public, year.receipts, year.root.path) == ["commit-lost"] * 3
    found = verify(year.public, year.receipts, year.root.path, None).breaks
    lines = {line.seq: line.commit for line in read_receipts(year.receipts).lines["chengguan"]}
    assert [(one.item, lines.get(one.seq or 0)) for one in found] == [
        ("chengguan/2026/pushed-1", year.rewritten[0]),
        ("chengguan/2026/pushed-2", year.rewritten[1]),
        ("chengguan/2026/pushed-1", year.rewritten[2]),
    ]


def test_every_site_that_ever_stood_is_a_copy_that_is_behind(year: Year) -> None:
    assert len(year.sites) == 45
    for site in year.sites:
        assert codes(site, year.receipts) == [], site.name


@pytest.fixture
def site(year: Year, tmp_path: Path) -> Path:
    return Path(shutil.copytree(year.public, tmp_path / "site"))


def test_another_theme_and_typography_are_whole(year: Year, site: Path) -> None:
    for page in site.glob("*/2*/*.html"):
        text = page.read_text(encoding="utf-8")
        themed = text.replace("<body>", '<body class="new"><nav>另一套导航</nav>')
        themed = themed.replace("<head>", '<head><link rel="stylesheet" href="new.css">')
        themed = themed.replace('<h1 id="gk-title">', '<h1 lang="zh" id="gk-title">')
        head, body = themed.split("</head>")
        page.write_text(f"{head}</head>{body.replace(' 万元', chr(0xA0) + '万元')}", "utf-8")
        assert page.read_text(encoding="utf-8") != text
    assert "\u00a0万元" in (site / "chengguan/2026/m02.html").read_text(encoding="utf-8")
    assert codes(site, year.receipts) == []


def test_the_tail_of_a_dead_run_is_whole(year: Year, site: Path, tmp_path: Path) -> None:
    mounted = Path(shutil.copytree(year.receipts, tmp_path / "mounted"))
    for seals in (mounted / "site.jsonl", site / "receipts/site.jsonl"):
        seals.write_bytes(b"".join(seals.read_bytes().splitlines(keepends=True)[:-1]))
    assert codes(site, mounted) == []


def test_one_changed_figure_is_seen_in_any_page(year: Year, site: Path) -> None:
    """What the legal differences are told from."""
    page = site / "chengguan/2026/m02.html"
    head, body = page.read_text(encoding="utf-8").split("</head>")
    assert "支出 9 万元" in body
    page.write_text(f"{head}</head>{body.replace('支出 9 万元', '支出 8 万元')}", encoding="utf-8")
    assert codes(site, year.receipts) == ["text-differs"]


@pytest.mark.parametrize("day", ["2026-08-22", "2026-12-20"])
def test_the_built_site_of_the_year_is_whole(year: Year, tmp_path: Path, day: str) -> None:
    """Our own pages, with theme, search and feeds, stand for those confirmed; replayed ones too."""
    site = tmp_path / "built"
    request = BuildRequest(year.root.path, site, date.fromisoformat(day), theme_folder())
    assert build(request, lambda _: None).exit_code == 0
    assert codes(site, year.receipts) == []
    assert verify(site, year.receipts, None, None).awaited == ("chengguan/2026/unserved.html",)
    assert told(site) == []


# -- what was taken back -----------------------------------------------------------------------


def told(folder: Path) -> list[str]:
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(secret.encode() in path.read_bytes() for secret in SECRETS)
    ]


def test_what_was_purged_is_in_no_file_and_breaks_no_chain(year: Year, tmp_path: Path) -> None:
    with_it = year.sites[place("03-11 09")]
    assert told(with_it) == ["chengguan/2026/person.html"]
    assert told(year.public) == [] and told(year.receipts) == []
    with zipfile.ZipFile(year.archive) as bundle:
        bundle.extractall(tmp_path)
    assert told(tmp_path) == []
    # The step by hand took the text out of the file, and the page said so already: no new line.
    assert year.outcomes[place("04-22 09")].appended == ()
    # An archive that was purged says what it lacks, and nothing else.
    missing = verify(year.archive, year.receipts, None, None).breaks
    assert [(one.code, one.item) for one in missing] == [("page-missing", "chengguan/2026/person")]
