"""A department's world built by hand: what the ledger would say of a small invented bureau."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from generator.article.article import Article, Table
from generator.article.markdown import draft
from generator.article.record import finish
from generator.catalog import state_of
from generator.catalog.deadline import Facts, reckon
from generator.model import (
    Attachment,
    Catalog,
    Class,
    Department,
    Display,
    Due,
    DueState,
    Element,
    Event,
    Every,
    Evidence,
    Fraction,
    Gap,
    Grade,
    Holiday,
    Item,
    Judge,
    Kind,
    Landing,
    Leader,
    Ledger,
    Level,
    Line,
    Material,
    Notice,
    On,
    Period,
    Phase,
    Power,
    Promptly,
    Public,
    Rates,
    Repository,
    Review,
    Roll,
    Row,
    Section,
    Service,
    ServiceStep,
    Site,
    Slot,
    Span,
    Standing,
    Status,
    Unit,
    Withdrawn,
    Within,
    YearCalendar,
)
from generator.render.world import World
from generator.workdays import Workdays

AS_OF = date(2026, 11, 24)
BEIJING = timezone(timedelta(hours=8))
TWENTY = Within(Span(20, Unit.WORKDAYS), Event.PERIOD_END, Roll.NEXT)
FORMED = Within(Span(20, Unit.WORKDAYS), Event.FORMED, Roll.NEXT)

RECEPTION = Row(
    category="财务/公务接待费",
    slug="reception",
    class_=Class.MONEY,
    basis=("《政府信息公开条例》第二十条第七项",),
    every=Every.QUARTER,
    due=TWENTY,
    path="标准目录/cai.yml",
    elements=(
        Element("预算数"),
        Element("支出数", ("支出",), figure=True),
        Element("批次"),
        Element("人次"),
        Element("人均"),
    ),
    section="办公室",
    channels_required=("政府网站", "公开栏"),
    channels_optional=("政务新媒体",),
    retain="5 years",
    also=("招待费", "接待"),
    domain="财政预决算",
)
REPAIRS = replace(RECEPTION, category="财务/维修费", slug="repairs", elements=(Element("金额"),))
STALLS = Row(
    category="物资分配/便民摊位分配",
    slug="stalls",
    class_=Class.GOODS,
    basis=("《政府信息公开条例》第二十条第五项", "《城市道路管理条例》"),
    every=Every.EVENT,
    due=FORMED,
    path="标准目录/wu.yml",
    whole_process=True,
    notice=Display(Span(5, Unit.WORKDAYS), Span(20, Unit.WORKDAYS)),
    channels_required=("政府网站", "公开栏"),
    review_required=True,
    retain="5 years",
)
PENALTY = Row(
    category="行政处罚/处罚决定",
    slug="penalty",
    class_=Class.CASES,
    basis=("《政府信息公开条例》第二十条第六项",),
    every=Every.EVENT,
    due=Within(Span(7, Unit.WORKDAYS), Event.FORMED, Roll.NEXT),
    path="标准目录/an.yml",
    series="城管罚字",
    domain="城市综合执法",
)
HOTLINE = Row(
    category="便民热线/热线受理情况",
    slug="hotline",
    class_=Class.BASIC,
    basis=("《政府信息公开条例》第二十条第五项",),
    every=Every.MONTH,
    due=Within(Span(10, Unit.WORKDAYS), Event.PERIOD_END, Roll.NEXT),
    path="标准目录/jiben.yml",
    local=True,
)
ANNUAL = Row(
    category="政府信息公开/年度报告",
    slug="foi-annual",
    class_=Class.BASIC,
    basis=("《政府信息公开条例》第四十九条",),
    every=Every.YEAR,
    due=On(1, 31, False, Roll.NONE),
    path="标准目录/jiben.yml",
)
NOTICES = replace(
    ANNUAL, category="通知公告/通知公告", slug="announcements", every=Every.EVENT, due=Promptly()
)
BASIC = tuple(
    replace(ANNUAL, category=f"基本/{name}", slug=slug, every=Every.STANDING, due=Standing())
    for name, slug in (
        ("办事机构", "organs"),
        ("职责范围", "duties"),
        ("办事程序", "procedures"),
        ("制度", "rules"),
        ("政策依据", "legal-basis"),
        ("工作纪律", "discipline"),
        ("违纪处理办法", "accountability"),
    )
)
ROWS = (*BASIC, ANNUAL, NOTICES, HOTLINE, RECEPTION, REPAIRS, STALLS, PENALTY)


def at(day: date, hour: int = 9, minute: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BEIJING)


def item(slug: str, category: str, **more: object) -> Item:
    values: dict[str, object] = {
        "id": f"chengguan/2026/{slug}",
        "department": "chengguan",
        "title": "示例事项",
        "period": "临时",
        "body": "正文。\n",
        "body_line": 9,
        "marks": {},
        "category": category,
    }
    values.update(more)
    values.setdefault("path", f"content/chengguan/items/{str(values['id'])[10:]}.md")
    return Item(**values)  # type: ignore[arg-type]


CALENDAR = YearCalendar(
    2026,
    "国办发明电〔2025〕7号",
    (Holiday("国庆节", date(2026, 10, 1), date(2026, 10, 7)),),
    (date(2026, 9, 20), date(2026, 10, 10)),
    "标准日历/2026.yml",
)


def counted(row: Row, facts: Facts) -> Due:
    """The due day by the row's rule, with its trace."""
    return reckon(row.due, facts, Workdays((CALENDAR,)), basis=row.basis, local=row.local)


class Builder:
    """Collects items and slots, then says what the ledger would."""

    def __init__(self, department: Department) -> None:
        self.department = department
        self.items: list[Item] = []
        self.slots: list[Slot] = []
        self.lines: list[Line] = []
        self.landings: dict[str, Landing] = {}
        self.tables: dict[str, tuple[tuple[str, tuple[Table, ...]], ...]] = {}

    def add(self, added: Item, first: date | None, grade: Grade = Grade.RECEIPT) -> Public | None:
        """An item, with the evidence of its first day."""
        self.items.append(added)
        if first is None:
            return None
        if grade is Grade.GIT:
            self.landings[added.id] = Landing(at(first), "c" * 40)
            return Public(at(first), Grade.GIT, False, None, "c" * 40)
        seq = len(self.lines) + 1401
        digest = f"{seq:064x}"
        self.lines.append(
            Line(
                seq, at(first), "first", added.department, added.id, None, "ab" * 32,
                None, (), "c" * 40, False, "0" * 64, digest,
            )
        )  # fmt: skip
        return Public(at(first), Grade.RECEIPT, False, seq, "c" * 40)

    def slot(self, row: Row, tail: str, status: Status, **more: object) -> Slot:
        """A slot of `row` with the status given."""
        values: dict[str, object] = {
            "period": None, "process": None, "stage": None, "section": None, "result": False,
            "event_kind": None, "event_date": None, "due": Due(None, DueState.NONE, ()),
            "item": None, "public": None, "judged_on": None, "word": status.word, "label": status.word,
            "days_late": None, "workdays_late": None, "workdays_left": None, "nil": False,
            "missing": (), "flags": (), "reason": None, "document": None,
        }  # fmt: skip
        values.update(more)
        slot = Slot(
            key=f"{self.department.folder}/{row.slug}/{tail}",
            department=self.department,
            row=row,
            status=status,
            **values,  # type: ignore[arg-type]
        )
        self.slots.append(slot)
        return slot

    def periodic(self, row: Row, period: Period, filed: Item | None, first: date | None,
                 status: Status, **more: object) -> None:  # fmt: skip
        """A slot of a periodic row, filled by `filed` on `first`."""
        public = self.add(filed, first) if filed is not None else None
        due = counted(row, Facts(period=period))
        self.slot(
            row, period.key, status, period=period, due=due, item=filed, public=public,
            judged_on=first, event_kind="period_end", event_date=period.last, **more,
        )  # fmt: skip

    def world(self, site: Site, rows: Sequence[Row]) -> World:
        department = replace(self.department, items=tuple(self.items))
        ordered = tuple(sorted(self.slots, key=lambda slot: slot.key))
        repository = Repository(site, Catalog(tuple(rows), {}), (), (department,), (), {})
        counts: dict[Status, int] = {}
        for slot in ordered:
            counts[slot.status] = counts.get(slot.status, 0) + 1
        met = counts.get(Status.OK, 0) + counts.get(Status.NIL, 0)
        owed = met + sum(counts.get(s, 0) for s in (Status.LATE, Status.PART, Status.MISS))
        rates = Rates(department.folder, Fraction(met, owed), Fraction(owed - 1, owed), counts)
        gap = Gap(department.folder, "城管罚字", 2026, (12,), PENALTY)
        ledger = Ledger(
            site.as_of or AS_OF, site.judge, (2024, 2025, 2026), ordered, (rates,), (gap,), ()
        )
        articles = self.articles()
        lines = tuple(replace(line, sha256=articles[line.item].sha256) for line in self.lines)
        evidence = Evidence(self.landings, {"chengguan": lines}, (), "c" * 40, None)
        return World(repository, ledger, evidence, articles)

    def articles(self) -> Mapping[str, Article]:
        return {
            each.id: finish(
                each,
                draft(each.body),
                self.tables.get(each.id, ()),
                "https://example.gov.cn/gk/",
                state_of(each, None, AS_OF),
            )
            for each in self.items
        }


SITE = Site(
    name="示例市政府信息公开",
    url="https://example.gov.cn/gk/",
    region="示例市",
    level=Level.COUNTY,
    sponsor="示例市人民政府办公室",
    departments=("chengguan",),
    judge=Judge(Grade.GIT, date(2026, 1, 1), Span(5, Unit.WORKDAYS), None),
    id_code="4306000001",
    as_of=AS_OF,
)

SERVICE = Service(
    slug="occupy-road",
    department="chengguan",
    path="content/chengguan/services/occupy-road.md",
    title="占用城市道路许可（示例）",
    category="基本/办事指南",
    body="## 办理说明\n\n先到窗口咨询，**一次说清**要带的材料。\n",
    body_line=20,
    marks={},
    basis=("《城市道路管理条例》第三十一条",),
    audience="单位和个人",
    conditions=("占用不影响行人通行", "有恢复原状的办法"),
    materials=(
        Material("申请表", "窗口领取", "原件", "1 份", None),
        Material("占用位置图", "申请人自备", "复印件", "2 份", None),
    ),
    steps=(
        ServiceStep("受理", "窗口", "1 个工作日"),
        ServiceStep("现场勘查", "市容科", "3 个工作日"),
        ServiceStep("决定", "分管副局长", "1 个工作日"),
    ),
    legal_limit="20",
    promised_limit="5",
    fee={"standard": "每平方米每天 0.3 元", "basis": "示例价费〔2020〕1号", "reductions": "残疾人减半"},
    window={"place": "政务服务中心 2 楼 6 号窗口（示例）", "hours": "周一至周五 8:30–17:30", "phone": "0000-000 0001"},
    complaints="12319",
    forms=(),
    result="占用城市道路许可证",
    online="https://example.gov.cn/banshi/",
)  # fmt: skip

POWERS = tuple(
    Power(
        f"CG-{number:03d}", f"{class_}事项第 {number} 项（示例）", class_, "市城市管理局",
        "《城市道路管理条例》", "20 个工作日", "受理、审查、决定", "依法履职", number,
    )
    for number, class_ in enumerate(
        ["行政许可"] * 21 + ["行政处罚"] * 158 + ["行政强制"] * 7 + ["社会经济事务管理"] * 30, start=1
    )
)  # fmt: skip

CHENGGUAN = Department(
    folder="chengguan",
    name="市城市管理局",
    kind=Kind.DEPARTMENT,
    level=Level.COUNTY,
    phone="12319",
    complaints="0000-000 0002",
    path="content/chengguan/department.yml",
    code="CG01",
    address="南塘大道 1 号（示例）",
    hours="周一至周五 8:30–12:00，14:30–17:30",
    leaders=(Leader("示例甲", "局长", "主持全面工作"), Leader("示例乙", "副局长", "分管市容")),
    sections=(
        Section("办公室", "文秘、财务、信息公开", "0000-000 0003"),
        Section("市容科", "占道经营、户外广告", "0000-000 0004"),
    ),
    powers_total={"行政许可": 21, "行政处罚": 158, "行政强制": 7, "社会经济事务管理": 30},
    powers=POWERS,
    services=(SERVICE,),
)

SECRET = "张三丰住在南塘大道九号"
"""Text of a withdrawn item that no page may hold."""

RECEPTION_BODY = """{label}公务接待费支出 {spent} 万元，预算数 15.00 万元。

| 月份 | 支出／万元 | 人次 |
| --- | ---: | ---: |
| 首月 | 1.10 | 90 |
| 次月 | 1.00 | 80 |
| 末月 | 1.20 | 100 |
| 合计 | {spent} | 270 |
"""

STALLS_BODY = """为方便群众买菜，拟设置便民疏导点 4 处、摊位 70 个。现将方案公示如下，欢迎提出意见。

## 一、依据和主体

依据《城市道路管理条例》。主体是市城市管理局市容科。

## 二、拟设点位

| 路段 | 摊位／个 | 经营时段 | 品类 |
| --- | ---: | --- | --- |
| 青石路东段 | 24 | 6:00–9:30 | 蔬菜、水果 |
| 南塘大道南侧 | 18 | 6:00–9:30 | 蔬菜、早点 |
| 合计 | 42 | | |

## 三、过程

公示期满后现场报名，公开抽签。

## 四、纪律

工作人员的近亲属报名的，本人应当回避。

市城市管理局

2026年9月29日
"""


def bureau(site: Site = SITE) -> World:
    """The whole example: every status, every kind of page."""
    b = Builder(CHENGGUAN)
    _reception(b)
    _stalls(b)
    _penalties(b)
    _standing(b)
    _odd(b)
    return b.world(site, ROWS)


def _reception(b: Builder) -> None:
    spent = {
        Period(2025, 1, Every.QUARTER): "3.20",
        Period(2025, 2, Every.QUARTER): "4.42",
        Period(2025, 4, Every.QUARTER): "4.66",
        Period(2026, 1, Every.QUARTER): "2.95",
        Period(2026, 2, Every.QUARTER): "4.10",
        Period(2026, 3, Every.QUARTER): "3.62",
    }
    statuses: dict[str, tuple[Status, dict[str, object]]] = {
        "2026-Q2": (Status.LATE, {"label": "滞后 2 个工作日", "workdays_late": 2, "days_late": 2}),
        "2026-Q3": (Status.PART, {"missing": ("批次", "人均")}),
    }
    for period, figure in spent.items():
        if period.year == 2025:
            label = period.label
            old = item(
                f"reception-{period.key.lower()}", RECEPTION.category, period=period,
                id=f"chengguan/2025/reception-q{period.number}",
                title=f"{label}公务接待费支出情况（示例）",
                body=RECEPTION_BODY.format(label=label, spent=figure), imported="财务旧账（示例）",
            )  # fmt: skip
            b.add(old, period.last + timedelta(days=20), Grade.GIT)
            continue
        filed = item(
            f"reception-q{period.number}", RECEPTION.category, period=period,
            title=f"{period.label}公务接待费支出情况（示例）", formed=period.last + timedelta(days=8),
            body=RECEPTION_BODY.format(label=period.label, spent=figure),
        )  # fmt: skip
        status, more = statuses.get(period.key, (Status.OK, {}))
        b.periodic(RECEPTION, period, filed, period.last + timedelta(days=30), status, **more)
    last = Period(2026, 4, Every.QUARTER)
    b.slot(
        RECEPTION, last.key, Status.OPEN, period=last,
        due=counted(RECEPTION, Facts(period=last)),
    )  # fmt: skip
    third = Period(2026, 3, Every.QUARTER)
    b.periodic(
        REPAIRS, third, None, None, Status.MISS,
        label="逾期 15 个工作日", workdays_late=15, days_late=21,
    )  # fmt: skip
    nil = item(
        "repairs-q2", REPAIRS.category, period=third.shift(-1), nil="本季度没有维修项目",
        title="2026年第二季度维修费开支（示例）", body="本季度没有维修项目。\n",
    )  # fmt: skip
    b.periodic(REPAIRS, third.shift(-1), nil, date(2026, 7, 20), Status.NIL, nil=True)


def _stalls(b: Builder) -> None:
    sheet = Attachment(
        "2026/chengnan-stalls/stalls.xlsx", "摊位明细表", "content/…/stalls.xlsx", 18_240, "3e" * 32, True
    )  # fmt: skip
    drawing = replace(
        sheet, path="files/map.pdf", title="点位图", bytes=1_234_567, sha256="ca" * 32
    )
    plan = item(
        "chengnan-stalls", STALLS.category, title="城南农贸市场便民疏导点设置方案（示例）",
        formed=date(2026, 9, 29), number="城管发〔2026〕12号", body=STALLS_BODY,
        phase=Phase.BEFORE, process="chengnan-market", keywords=("摊位", "便民疏导点"),
        notice=Notice(date(2026, 10, 31), date(2026, 11, 29), "12319"),
        review=Review("市容科经办人", "分管副局长", "办公室主任", date(2026, 10, 29)),
        files=(sheet, drawing),
    )  # fmt: skip
    rows = [("编号", "路段", "品类", "面积／平方米")]
    rows += [(f"{n:02d}", "青石路东段", "蔬菜", f"{4 + n % 3}.0") for n in range(1, 71)]
    b.tables[plan.id] = ((sheet.path, (Table("摊位", tuple(rows)),)),)
    public = b.add(plan, date(2026, 10, 30))
    b.slot(
        STALLS, "2026.chengnan-stalls", Status.OK, process="chengnan-market", item=plan,
        due=counted(STALLS, Facts(formed=plan.formed)), public=public, judged_on=date(2026, 10, 30),
        event_kind="formed", event_date=plan.formed,
    )  # fmt: skip
    result = Within(Span(20, Unit.WORKDAYS), Event.NOTICE_END, Roll.NEXT)
    b.slot(
        STALLS, "2026.chengnan-stalls.result", Status.OPEN, process="chengnan-market", result=True,
        due=counted(replace(STALLS, due=result), Facts(notice_end=date(2026, 11, 29))), workdays_left=23,
        event_kind="notice_end", event_date=date(2026, 11, 29),
    )  # fmt: skip


def _penalties(b: Builder) -> None:
    for number in range(1, 46):
        formed = date(2026, 1, 5) + timedelta(days=7 * number)
        if formed > AS_OF:
            formed = AS_OF - timedelta(days=number % 5)
        decision = item(
            f"penalty-{number:03d}", PENALTY.category, formed=formed,
            title=f"行政处罚决定书 城管罚字〔2026〕{number}号（示例）",
            number=f"城管罚字〔2026〕{number}号", body="某公司超限运输渣土，罚款 2000 元。\n",
            summary="超限运输渣土",
        )  # fmt: skip
        public = b.add(decision, min(formed + timedelta(days=3), AS_OF))
        b.slot(
            PENALTY, f"2026.penalty-{number:03d}", Status.OK, item=decision, public=public,
            due=counted(PENALTY, Facts(formed=formed)), event_kind="formed", event_date=formed,
        )  # fmt: skip


def _standing(b: Builder) -> None:
    for row in BASIC[:6]:
        page = item(
            row.slug, row.category, period="长期", title=f"{row.name}（示例）",
            formed=date(2026, 1, 15), body="设有办公室、市容科两个科室。\n",
        )  # fmt: skip
        public = b.add(page, date(2026, 1, 20), Grade.GIT)
        b.slot(
            row, "standing", Status.SHOWN, item=page, public=public,
            due=Due(date(2026, 1, 1), DueState.FIXED, ()),
        )  # fmt: skip
    b.slot(
        BASIC[6], "standing", Status.MISS, label="逾期 215 个工作日", workdays_late=215,
        due=Due(date(2026, 1, 1), DueState.FIXED, ()),
    )  # fmt: skip
    for month in range(8, 12):
        period = Period(2026, month, Every.MONTH)
        status = Status.SOON if month == 11 else Status.OK
        filed = None
        if month < 11:
            filed = item(
                f"hotline-{month:02d}", HOTLINE.category, period=period,
                title=f"{period.label}热线受理情况（示例）", body="来电 449 件，办结 431 件。\n",
            )  # fmt: skip
        more: dict[str, object] = {"workdays_left": 3} if status is Status.SOON else {}
        b.periodic(
            HOTLINE, period, filed, period.last + timedelta(days=9) if filed else None, status, **more
        )  # fmt: skip
    report = item(
        "foi-annual", ANNUAL.category, period=Period(2025, 1, Every.YEAR), id="chengguan/2025/foi-annual",
        title="2025年政府信息公开年度报告（示例）", body="## 一、总体情况\n\n主动公开 125 件。\n",
    )  # fmt: skip
    public = b.add(report, date(2026, 1, 20))
    b.slot(
        ANNUAL, "2025", Status.OK, period=Period(2025, 1, Every.YEAR), item=report, public=public,
        due=counted(ANNUAL, Facts(period=Period(2025, 1, Every.YEAR))),
    )  # fmt: skip


def _odd(b: Builder) -> None:
    gone = item(
        "gone", NOTICES.category, title="一次通知（示例）", formed=date(2026, 3, 2), body=SECRET,
        summary=SECRET, withdrawn=Withdrawn(date(2026, 4, 1), "登了不该登的住址", "个人信息"),
    )  # fmt: skip
    public = b.add(gone, date(2026, 3, 5))
    b.slot(NOTICES, "2026.gone", Status.SHOWN, item=gone, public=public, flags=("withdrawn",))
    fix = item(
        "penalty-003-fix", PENALTY.category, title="更正：城管罚字〔2026〕3号（示例）",
        corrects="chengguan/2026/penalty-003", formed=date(2026, 5, 1), body="罚款应为 1000 元。\n",
    )  # fmt: skip
    b.add(fix, date(2026, 5, 4))
    unproven = item(
        "unproven", NOTICES.category, title="没有凭据的通知（示例）", formed=date(2026, 2, 1)
    )
    b.add(unproven, None)
    b.slot(NOTICES, "2026.unproven", Status.DOUBT, item=unproven)
