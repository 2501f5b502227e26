"""The standard catalogue: whole, well formed, and true to the law where the law speaks."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import generator
from generator.catalog import read_rows
from generator.model import (
    Before,
    Class,
    DueRule,
    Event,
    Every,
    Kind,
    On,
    OnDay,
    Roll,
    Row,
    Span,
    Unit,
    Within,
)
from generator.source import decode

FOLDER = Path(generator.__file__).parent / "standard" / "catalog"

# 原文的事项 → 目录行，人财物案村五类与基本八项，一项不少。
FOUNDING = {
    Class.BASIC: {
        "办事机构": "organs", "职责范围": "duties", "办事程序": "procedures", "制度": "rules",
        "结果": "results", "政策依据": "legal-basis", "工作纪律": "discipline",
        "违纪处理办法": "accountability",
    },
    Class.PEOPLE: {
        "招工": "recruitment", "招生": "enrolment", "录干": "civil-service-hiring",
        "征兵": "conscription", "提职": "appointment-notice", "调资": "pay-adjustment",
        "职称评定": "professional-titles", "人员调配": "transfers", "退伍军人安置": "veterans",
        "干部分流": "redeployment", "岗位轮换": "rotation", "入校学习培训": "training",
        "子女就业": "family-employment",
    },
    Class.MONEY: {
        "财政预决算": "dept-budget", "资金收支": "cash-flow", "福利发放": "welfare",
        "大额度资金": "large-payments", "专项资金": "earmarked-funds",
        "基建费": "construction-costs", "应酬费": "reception", "维修费": "repairs",
        "收费的使用": "fees", "罚没款的使用": "fines",
    },
    Class.GOODS: {
        "物资采购": "procurement", "物资分配": "allocation", "物资使用": "goods-use",
        "物资处理": "disposal", "拍卖": "auction", "住房分配": "housing",
    },
    Class.CASES: {"行政处罚": "penalties", "纠纷调解": "mediation", "民事诉讼": "lawsuits"},
    Class.VILLAGE: {
        "财务收支": "village-accounts", "农民负担": "farmer-burdens", "土地征用": "village-land",
        "宅基地审批发放": "homestead", "计划生育指标": "birth-plan", "电价": "power-price",
        "电费收缴": "power-bills", "土地承包、经营": "land-contracts",
        "集体经济项目": "collective-projects", "救灾款物发放": "relief",
        "村干部工资报酬": "cadre-pay", "征兵": "village-conscription", "招工": "village-jobs",
        "农转非": "household-change",
    },
}  # fmt: skip


def days(count: int, unit: Unit, after: Event = Event.FORMED) -> Within:
    return Within(Span(count, unit), after, Roll.NEXT)


# 法律法规和国办文件定死的期限。
BY_LAW: dict[str, DueRule] = {
    "dept-budget": days(20, Unit.DAYS),
    "dept-accounts": days(20, Unit.DAYS),
    "gov-budget": days(20, Unit.DAYS),
    "gov-accounts": days(20, Unit.DAYS),
    "penalties": days(7, Unit.WORKDAYS),
    "licences": days(7, Unit.WORKDAYS),
    "procurement": days(2, Unit.WORKDAYS),
    "contracts": days(2, Unit.WORKDAYS),
    "bid-candidates": days(3, Unit.DAYS),
    "normative-documents": days(20, Unit.WORKDAYS),
    "subsistence-review": days(10, Unit.WORKDAYS),
    "foi-annual": On(1, 31, False, Roll.NONE),
    "enforcement-stats": On(1, 31, False, Roll.NONE),
    "auction-notice": Before(Span(7, Unit.DAYS), Roll.NONE),
    "land-hearing": Before(Span(7, Unit.WORKDAYS), Roll.NONE),
    "village-subsistence": OnDay(20, True, Roll.NONE),
}
SHOWN_AT_LEAST = {
    "civil-service-hiring": Span(5, Unit.WORKDAYS),
    "appointment-notice": Span(5, Unit.WORKDAYS),
    "bid-candidates": Span(3, Unit.DAYS),
    "subsistence-review": Span(7, Unit.WORKDAYS),
    "land-pre-notice": Span(10, Unit.WORKDAYS),
    "land-compensation": Span(30, Unit.DAYS),
    "decision-consultation": Span(30, Unit.DAYS),
    "house-compensation": Span(30, Unit.DAYS),
}

# 老百姓的问法 → 应当想到的那一行。
QUESTIONS = {
    "宅基地怎么批": "homestead", "想盖房": "homestead", "村里账目": "village-accounts",
    "村账": "village-accounts", "低保怎么申请": "subsistence-review", "村里谁吃低保":
    "village-subsistence", "征地补多少钱": "land-compensation", "罚款去哪了": "fines",
    "罚单": "penalties", "局长是谁": "leaders", "几点上班": "organs", "要带什么材料":
    "service-guide", "招待费": "reception", "三公经费预算": "dept-budget", "去年花了多少钱":
    "dept-accounts", "孩子在哪上学": "enrolment", "当兵报名": "conscription", "公租房怎么申请":
    "housing", "一度电多少钱": "power-price", "村干部一年拿多少钱": "cadre-pay", "怎么投诉":
    "complaints", "怎么申请信息公开": "foi-requests", "土地流转": "land-contracts", "打官司":
    "lawsuits", "邻里纠纷": "mediation", "限时办结": "time-limits",
}  # fmt: skip


def files() -> Iterator[Path]:
    return iter(sorted(FOLDER.glob("*.yml")))


def rows_of(path: Path) -> tuple[Row, ...]:
    source, trouble = decode(f"标准目录/{path.name}", path.read_bytes())
    assert source is not None
    rows, off, found = read_rows(source, standard=True)
    assert not off
    assert [(d.place.line, d.message) for d in (*trouble, *found)] == []
    return rows


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    everything = [row for path in files() for row in rows_of(path)]
    assert Counter(row.slug for row in everything).most_common(1)[0][1] == 1
    return {row.slug: row for row in everything}


def test_every_file_reads_without_a_finding() -> None:
    counts = {path.name: len(rows_of(path)) for path in files()}
    assert set(counts) == {"jiben.yml", "ren.yml", "cai.yml", "wu.yml", "an.yml", "cun.yml"}
    assert all(counts.values())


def test_one_category_one_row(rows: dict[str, Row]) -> None:
    categories = Counter(row.category for row in rows.values())
    assert [name for name, count in categories.items() if count > 1] == []
    assert all(row.category.count("/") == 1 for row in rows.values())


@pytest.mark.parametrize("class_", FOUNDING)
def test_the_founding_document_is_covered(rows: dict[str, Row], class_: Class) -> None:
    missing = {
        matter: slug
        for matter, slug in FOUNDING[class_].items()
        if slug not in rows or rows[slug].class_ is not class_
    }
    assert missing == {}


def test_every_row_cites_its_basis_and_says_how_long_it_is_kept(rows: dict[str, Row]) -> None:
    assert [row.slug for row in rows.values() if not all(row.basis) or not row.basis] == []
    assert [row.slug for row in rows.values() if row.retain is None] == []
    assert [row.slug for row in rows.values() if row.power is None] == []


@pytest.mark.parametrize("slug", BY_LAW)
def test_limits_of_the_law_stand_as_the_law_has_them(rows: dict[str, Row], slug: str) -> None:
    assert rows[slug].due == BY_LAW[slug]
    assert slug == "village-subsistence" or not rows[slug].local


@pytest.mark.parametrize("slug", SHOWN_AT_LEAST)
def test_notices_and_consultations_have_their_least_length(rows: dict[str, Row], slug: str) -> None:
    display = rows[slug].notice or rows[slug].consult
    assert display is not None
    assert display.at_least == SHOWN_AT_LEAST[slug]


def test_reception_is_the_row_that_every_example_uses(rows: dict[str, Row]) -> None:
    row = rows["reception"]
    assert row.category == "财务/公务接待费"
    assert row.every is Every.QUARTER
    assert row.due == days(20, Unit.WORKDAYS, Event.PERIOD_END)
    assert [element.name for element in row.elements] == [
        "预算数", "支出数", "批次", "人次", "人均",
    ]  # fmt: skip
    assert all(element.figure for element in row.elements)


def test_periodic_rows_resting_on_no_statute_say_that_they_are_local(
    rows: dict[str, Row],
) -> None:
    silent = [
        row.slug
        for row in rows.values()
        if row.every.periodic
        and isinstance(row.due, Within)
        and row.due.after is Event.PERIOD_END
        and not row.local
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [(Kind.DEPARTMENT, 12, 18), (Kind.STREET, 10, 18), (Kind.VILLAGE, 8, 12)],
)
def test_no_kind_of_body_drowns_in_periods(
    rows: dict[str, Row], kind: Kind, least: int, most: int
) -> None:
    owed = [
        row.slug
        for row in rows.values()
        if row.every.periodic and (not row.bodies.kinds or kind in row.bodies.kinds)
    ]
    assert least <= len(owed) <= most


@pytest.mark.parametrize("question", QUESTIONS)
def test_people_find_a_row_by_their_own_words(rows: dict[str, Row], question: str) -> None:
    touched = {
        row.slug
        for row in rows.values()
        if any(word in question or question in word for word in row.also)
    }
    assert QUESTIONS[question] in touched
    assert len(touched) <= 4
