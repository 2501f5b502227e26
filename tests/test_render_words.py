from datetime import datetime, timedelta, timezone

import pytest

from generator.model import Fraction, Grade, Public
from generator.render.inline import ev_html, hours_html, rows_html, tel_html
from generator.render.parts import Entry, grid
from generator.render.words import at, dial, evidence, percent, public_word, size

NOON = datetime(2026, 10, 30, 12, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("over", "under", "said"),
    [(134, 144, "93.1%"), (2999, 3000, "99.9%"), (3, 3, "100.0%"), (0, 7, "0.0%"), (0, 0, "—")],
)
def test_a_rate_is_whole_only_when_all_are_met(over: int, under: int, said: str) -> None:
    assert percent(Fraction(over, under)) == said


@pytest.mark.parametrize(
    ("count", "said"), [(0, "1 kB"), (18_240, "18 kB"), (999_600, "1.0 MB"), (1_234_567, "1.2 MB")]
)
def test_a_size_is_never_nothing(count: int, said: str) -> None:
    assert size(count).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("12319", "12319"),
        ("0000-000 0001", "00000000001"),
        ("市容科", ""),
        ("12", ""),
        ("见公告", ""),
    ],
)
def test_only_a_number_can_be_dialled(phone: str, digits: str) -> None:
    assert dial(phone) == digits


def test_git_never_says_first_published() -> None:
    merged = Public(NOON, Grade.GIT, False, None, "c" * 40)
    found = Public(NOON, Grade.RECEIPT, True, 3, None)
    assert (evidence(merged), public_word(merged)) == ("〔凭 Git 记录〕", "合并")
    assert public_word(found) == "首次核到"
    assert evidence(None) == "〔无凭据〕"


def test_a_span_of_hours_does_not_break() -> None:
    assert hours_html("工作日 9:00—12:00，13:30-17:00") == (
        '工作日 <span class="nb">9:00—12:00</span>，<span class="nb">13:30-17:00</span>'
    )


def test_small_pieces_escape_what_they_are_given() -> None:
    sly = '"><script>'
    entry = Entry(sly, f"2026/{sly}.html", (sly,), None, sly)
    for made in (rows_html([entry]), ev_html(sly, sly), tel_html(sly), hours_html(sly)):
        assert "<script" not in made


def test_whole_addresses_stay_as_they_are() -> None:
    assert at("../", "2026/a.html") == "../2026/a.html"
    assert at("../", "https://example.gov.cn/gk/") == "https://example.gov.cn/gk/"
    assert at("../", "#say") == "#say"


def test_ragged_tables_are_filled_up_and_figures_stand_right() -> None:
    made = grid([("编号", "金额", "说明"), ("01", "1,200"), ("02", "—", "退回")])
    assert made.rows == (("01", "1,200", ""), ("02", "—", "退回"))
    assert made.numeric == (False, True, False)
