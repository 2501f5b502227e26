"""The readable diff: whole again on both sides, and in a reader's units."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.article.difference import Sign, changed, difference, shortened

TEXT = st.text(alphabet="预算支出数1234.,年月日万元%\n 。批次ab", max_size=80)


@settings(max_examples=300, deadline=None)
@given(TEXT, TEXT)
def test_the_parts_make_both_texts_again(before: str, after: str) -> None:
    parts = difference(before, after)
    assert "".join(text for sign, text in parts if sign is not Sign.NEW) == before
    assert "".join(text for sign, text in parts if sign is not Sign.GONE) == after
    assert changed(parts) is (before != after)
    assert all(text for _, text in parts)
    signs = [sign for sign, _ in parts]
    assert all(a is not b for a, b in pairwise(signs))
    assert (Sign.NEW, Sign.GONE) not in set(pairwise(signs))


@pytest.mark.parametrize(
    ("before", "after", "gone", "came"),
    [
        ("支出数 1.2 万元，批次 6 批。", "支出数 1.5 万元，批次 6 批。", "1.2 万元", "1.5 万元"),
        ("比上年下降12.5%。", "比上年下降2.5%。", "12.5%", "2.5%"),
        (
            "公示到2026年10月8日为止。",
            "公示到2026年10月18日为止。",
            "2026年10月8日",
            "2026年10月18日",
        ),
        ("由市容科负责办理。", "由财务科负责办理。", "市容", "财务"),
        ("联系人张某，电话12319。", "联系人张某，电话12345。", "12319", "12345"),
    ],
)
def test_a_quantity_a_date_and_a_word_change_as_one(
    before: str, after: str, gone: str, came: str
) -> None:
    parts = [part for part in difference(before, after) if part[0] is not Sign.SAME]
    assert parts == [(Sign.GONE, gone), (Sign.NEW, came)]


def test_chance_likeness_of_a_character_is_no_common_ground() -> None:
    parts = difference("拟对城南市场摊位重新分配。", "决定对北门夜市摊点不予安排。")
    assert sum(sign is Sign.SAME for sign, _ in parts) <= 2


def test_a_long_text_is_compared_in_time_and_one_too_long_is_shown_whole() -> None:
    text = "".join(f"第{n}段，本单位公开的内容有若干项。\n" for n in range(4000))
    parts = difference(text, text.replace("第2000段", "第贰仟段"))
    assert [text for sign, text in parts if sign is Sign.NEW] == ["贰仟"]
    other = "".join(f"第{n}段\n" for n in range(6000))
    assert [sign for sign, _ in difference(other, other + "x")] == [Sign.GONE, Sign.NEW]


def test_what_stayed_is_shortened_around_what_changed() -> None:
    before = "甲" * 100 + "旧" + "乙" * 100 + "旧" + "丙" * 100
    after = before.replace("旧", "新")
    said = [text for sign, text in shortened(difference(before, after), 8) if sign is Sign.SAME]
    assert said == ["……" + "甲" * 8, "乙" * 8 + "……" + "乙" * 8, "丙" * 8 + "……"]
