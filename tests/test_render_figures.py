from decimal import Decimal

import pytest

from generator.article import draft
from generator.model import Element
from generator.render.figures import read_figure

SPENT = Element("支出数", ("支出", "实际支出"), figure=True)


def read(body: str, element: Element = SPENT) -> tuple[str, str] | None:
    figure = read_figure(draft(body).html, element)
    return (figure.text, figure.unit) if figure is not None else None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("| 月份 | 支出／万元 |\n|---|---|\n| 7月 | 1.18 |\n| 合计 | 3.62 |\n", ("3.62", "万元")),
        ("| 项目 | 支出数（元） |\n|---|---|\n| 接待 | 36,200 |\n", ("36,200", "元")),
        ("| 指标 | 数值 |\n|---|---|\n| 支出数 | 3.62 万元 |\n", ("3.62", "万元")),
        ("| 指标 | 单位 | 本期 |\n|---|---|---|\n| 支出数 | 万元 | 3.62 |\n", ("3.62", "万元")),
        ("本季度实际支出 36200 元，接待 4 批。\n", ("36200", "元")),
        ("支出数为3.62万元。\n", ("3.62", "万元")),
    ],
)
def test_a_figure_is_read_with_its_unit(body: str, expected: tuple[str, str]) -> None:
    assert read(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "| 月份 | 支出／万元 |\n|---|---|\n| 7月 | 1.18 |\n| 8月 | 1.06 |\n",
        "| 指标 | 上期 | 本期 |\n|---|---|---|\n| 支出数 | 4.10 | 3.62 |\n",
        "| 月份 | 支出／万元 |\n|---|---|\n| 合计 | 见附件 |\n",
        "支出情况正在核对。预算数 15.00 万元。\n",
        "支出的构成、标准和批次的情况说明在后面，共 3 件。\n",
        "没有这个数。\n",
    ],
)
def test_a_figure_that_cannot_be_told_is_not_guessed(body: str) -> None:
    assert read(body) is None


def test_a_number_cut_by_the_window_is_read_whole() -> None:
    figure = read_figure("<p>支出数是本季度公布的数：1234567.89 元</p>", SPENT)
    assert figure is not None and figure.value == Decimal("1234567.89")
