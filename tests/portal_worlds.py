"""A small county for the portal's tests: real files, a real ledger, evidence of our choosing."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from generator.ledger import reckon
from generator.model import Evidence, Landing, Line, Seal
from generator.publish.world import world_of
from generator.render.world import World
from generator.survey import Survey, survey
from tests.roots import Root

AS_OF = date(2026, 11, 24)
CONFIG = """\
site:
  name: 试验市政府信息公开
  url: http://127.0.0.1:8123/gk/
  region: 试验市
  level: 县级
  sponsor: 试验市人民政府办公室
  phone: 0000-8000009
  id_code: "0000000001"
departments: [chengguan, caizheng, nantang, dongsheng]
judge: {from: git, since: 2026-01-01, due_soon: 5 workdays}
catalog: {use: []}
common_queries: [公务接待费, 占道 许可]
tasks:
  - {name: 查接待费, note: 花了多少, category: 财务/公务接待费}
  - {name: 看处罚, category: 行政处罚/处罚决定}
  - {name: 问低保, query: 低保}
  - {name: 申请公开, link: apply.html}
"""
BODY = """\
name: {name}
kind: {kind}
phone: {phone}
complaints: 0000-8000001
address: 试验路 1 号
hours: 周一至周五 8:30–17:30
"""
BODIES = {
    "chengguan": ("试验市城市管理局", "部门", "0000-8000010"),
    "caizheng": ("试验市财政局", "部门", "0000-8000020"),
    "nantang": ("南塘街道办事处", "街道", "0000-8000030"),
    "dongsheng": ("东升村", "村", "0000-8000040"),
}
CATALOG = """\
- category: 财务/公务接待费
  slug: reception
  class: 财
  elements: [预算数, {支出数: [实际支出]}, 批次]
  figures: [支出数]
  basis: [《政府信息公开条例》第二十条第七项]
  every: quarter
  due: {within: 20 workdays, after: period_end}
  bodies: {kinds: [部门, 街道]}
  also: [招待费]
  field: 财政预决算
  channels: {required: [政府网站], optional: [公开栏]}
- category: 财务/部门预算
  slug: budget
  class: 财
  basis: [《预算法》第十四条]
  every: year
  due: {within: 20 days, after: formed}
  latest: {on: 12-31, year: same}
  bodies: {names: [caizheng]}
  field: 财政预决算
- category: 行政处罚/处罚决定
  slug: penalties
  class: 案
  basis: [《政府信息公开条例》第二十条第六项]
  every: event
  due: {within: 7 workdays, after: formed}
  bodies: {names: [chengguan]}
  series: 城管罚字
  local: true
- category: 通知公告/公示
  slug: notices
  class: 基本
  basis: [《政府信息公开条例》第二十六条]
  every: event
  due: {within: 20 workdays, after: formed}
  notice: {at_least: 5 workdays, result_within: 20 workdays}
- category: 重大决策/征求意见
  slug: consultations
  class: 基本
  basis: [《重大行政决策程序暂行条例》第十五条]
  every: event
  due: {within: 20 workdays, after: formed}
  consult: {at_least: 30 days, outcome_within: 30 days}
- category: 土地/听证
  slug: hearings
  class: 物
  basis: [《土地管理法实施条例》]
  every: event
  due: {before: 7 workdays, event: formed}
  bodies: {names: [nantang]}
- category: 政府信息公开/年度报告
  slug: foi-annual
  class: 基本
  basis: [《政府信息公开条例》第四十九条]
  every: year
  due: {on: 01-31}
  valid: {from: 2025-01-01}
  bodies: {kinds: [部门, 街道]}
- category: 政府信息公开/公开制度
  slug: foi-rules
  class: 基本
  basis: [《政府信息公开条例》第十七条]
  every: standing
  due: standing
  bodies: {kinds: [部门], except: {caizheng: 与局机关合用一套}}
- category: 村务/财务收支
  slug: village-accounts
  class: 村
  basis: [《村民委员会组织法》第三十条]
  every: month
  due: {on_day: 20, of: first_month_after}
  bodies: {kinds: [村]}
  valid: {from: 2026-08-01}
"""
EXEMPTIONS = """\
- {department: caizheng, category: 财务/公务接待费, period: 2026-Q1, kind: extend, by: 5 workdays, document: 试政办函〔2026〕9号, on: 2026-06-01, reason: 系统升级}
- {department: nantang, category: 财务/公务接待费, period: 2026-Q1, kind: not_applicable, document: 试政办函〔2026〕3号, on: 2026-02-01, from: 2026-01-01, reason: 当季没有接待职能}
- {department: chengguan, series: 城管罚字, year: 2026, numbers: [2], kind: number, reason: 作废}
"""
TABLE = "| 项目 | 预算数 | 支出数 | 批次 |\n|---|---|---|---|\n| 合计 | 3 | {spent} | {visits} |\n"
LONG = "依据有关规定，现将有关情况公布如下，供公众查阅和监督。\n"


def _reception(period: str, quarter: str) -> str:
    return (
        f"title: 2026年{quarter}公务接待费支出情况\ncategory: 财务/公务接待费\n"
        f"period: {period}\nformed: 2026-{'04' if period[-1] == '1' else '07'}-02"
    )


ITEMS: Mapping[str, tuple[str, str]] = {
    "chengguan/2026/reception-q1": (
        _reception("2026-Q1", "第一季度"),
        TABLE.format(spent="1.2", visits="6"),
    ),
    # The column 批次 is gone, and with it an element.
    "chengguan/2026/reception-q2": (
        _reception("2026-Q2", "第二季度"),
        "| 项目 | 预算数 | 支出数 |\n|---|---|---|\n| 合计 | 3 | 0.9 |\n",
    ),
    # Word for word what the quarter before said.
    "caizheng/2026/reception-q1": (
        _reception("2026-Q1", "第一季度"),
        "2026年第一季度预算数 2 万元，支出数 0.5 万元，批次 2 批，均在预算以内。\n",
    ),
    "caizheng/2026/reception-q2": (
        _reception("2026-Q2", "第二季度"),
        "2026年第二季度预算数 2 万元，支出数 0.5 万元，批次 2 批，均在预算以内。\n",
    ),
    "nantang/2026/reception-q2": (
        _reception("2026-Q2", "第二季度"),
        TABLE.format(spent="0.8", visits="3"),
    ),
    # Public before its year is over, as a budget must be.
    "caizheng/2026/budget": (
        "title: 试验市财政局2026年部门预算\ncategory: 财务/部门预算\nperiod: 2026\nformed: 2026-02-02",
        LONG,
    ),
    "chengguan/2026/penalty-1": (
        "title: 行政处罚决定（占道经营）\ncategory: 行政处罚/处罚决定\nperiod: 临时\n"
        "formed: 2026-09-01\nnumber: 城管罚字〔2026〕1号",
        LONG,
    ),
    "chengguan/2026/penalty-4": (
        "title: 行政处罚决定（乱倒渣土）\ncategory: 行政处罚/处罚决定\nperiod: 临时\n"
        "formed: 2026-09-10\nnumber: 城管罚字〔2026〕4号",
        "见附件\n",
    ),
    # Runs on the day; was first seen two days after it said it began.
    "chengguan/2026/stalls": (
        "title: 城南市场摊位设置方案公示\ncategory: 通知公告/公示\nperiod: 临时\nformed: 2026-11-16\n"
        "process: stalls\nnotice: {from: 2026-11-18, to: 2026-11-27, contact: 0000-8000011}",
        LONG,
    ),
    "nantang/2026/market": (
        "title: 早市疏导方案征求意见\ncategory: 重大决策/征求意见\nperiod: 临时\nformed: 2026-11-02\n"
        "process: market\nnotice: {from: 2026-11-03, to: 2026-12-10, contact: 0000-8000031}",
        LONG,
    ),
    # Over since August, and nobody said what came of it.
    "dongsheng/2026/relief": (
        "title: 救灾款发放公示\ncategory: 通知公告/公示\nperiod: 临时\nformed: 2026-08-03\n"
        "process: relief\nnotice: {from: 2026-08-04, to: 2026-08-14, contact: 0000-8000041}",
        LONG,
    ),
    # A hearing's notice comes before the hearing: no mismatch.
    "nantang/2026/hearing": (
        "title: 征地补偿听证会通知\ncategory: 土地/听证\nperiod: 临时\nformed: 2026-11-20",
        LONG,
    ),
    "chengguan/2026/foi-rules": (
        "title: 试验市城市管理局政府信息公开制度\ncategory: 政府信息公开/公开制度\nperiod: 长期\n"
        "formed: 2026-01-05",
        LONG,
    ),
    "chengguan/2025/foi-annual": (
        "title: 2025年政府信息公开工作年度报告\ncategory: 政府信息公开/年度报告\nperiod: 2025\n"
        "formed: 2026-01-20",
        LONG,
    ),
    "dongsheng/2026/accounts-08": (
        "title: 东升村2026年8月财务收支\ncategory: 村务/财务收支\nperiod: 2026-08\nformed: 2026-09-05",
        LONG,
    ),
    "dongsheng/2014/accounts": (
        "title: 东升村2014年财务收支\ncategory: 村务/财务收支\nperiod: 2014-08\nimported: 村志",
        LONG,
    ),
}
SEEN: Mapping[str, str] = {
    "chengguan/2026/reception-q1": "2026-04-20T09:00",
    "chengguan/2026/reception-q2": "2026-07-20T09:00",
    "caizheng/2026/reception-q1": "2026-05-08T09:00",
    "caizheng/2026/reception-q2": "2026-07-21T09:00",
    "nantang/2026/reception-q2": "2026-07-31T09:00",
    "caizheng/2026/budget": "2026-02-10T09:00",
    "chengguan/2026/penalty-1": "2026-09-08T09:00",
    "chengguan/2026/penalty-4": "2026-09-15T09:00",
    "chengguan/2026/stalls": "2026-11-20T10:30",
    "nantang/2026/market": "2026-11-03T08:00",
    "dongsheng/2026/relief": "2026-08-04T08:00",
    "nantang/2026/hearing": "2026-11-05T08:00",
    "chengguan/2026/foi-rules": "2026-01-06T08:00",
    "chengguan/2025/foi-annual": "2026-01-25T08:00",
}
"""First receipt of each item; the village's accounts have none."""


def write(folder: Path, *, config: str = CONFIG) -> Root:
    """The county's tree."""
    root = Root(folder)
    root.write("site_config.yml", config)
    root.write("content/catalog/local.yml", CATALOG)
    root.write("content/exemptions/2026.yml", EXEMPTIONS)
    (root.path / "content/chengguan/items/2026/reception-q3.md").unlink()
    for name, (title, kind, phone) in BODIES.items():
        body = BODY.format(name=title, kind=kind, phone=phone)
        root.write(f"content/{name}/department.yml", body)
    for item, (front, text) in ITEMS.items():
        body, year, slug = item.split("/")
        root.write(f"content/{body}/items/{year}/{slug}.md", f"---\n{front}\n---\n{text}")
    return root


def world(root: Root, seen: Mapping[str, str] = SEEN, *, as_of: date = AS_OF) -> World:
    """The tree judged by the receipts in `seen` (item → Beijing time)."""
    read = survey(root.path, as_of, as_of)
    errors = [d for d in read.diagnostics if d.rule.severity.value == "error"]
    assert read.repository and read.ledger, errors
    known = evidence(read, seen)
    ledger = reckon(read.repository, read.articles, known, as_of)
    proven = Survey(
        read.loaded, read.diagnostics, as_of, read.repository, known, read.articles, ledger
    )
    return world_of(proven, trial=True)


def evidence(read: Survey, seen: Mapping[str, str]) -> Evidence:
    """A line for every slot of every item seen, in the order of time, and one seal."""
    assert read.ledger is not None
    keys: dict[str, list[tuple[str, tuple[str, ...], date | None]]] = {}
    for slot in read.ledger.slots:
        if slot.item is not None:
            fact = (slot.key, () if slot.nil else slot.missing, slot.due.day)
            keys.setdefault(slot.item.id, []).append(fact)
    lines: dict[str, list[Line]] = {}
    for item, at in sorted(seen.items(), key=lambda pair: pair[1]):
        body = item.partition("/")[0]
        chain = lines.setdefault(body, [])
        for key, missing, due in keys.get(item, [("", (), None)]):
            seq = len(chain) + 1
            chain.append(
                Line(
                    seq, datetime.fromisoformat(f"{at}:00+08:00"), "first", body, item,
                    key or None, f"{seq:064x}", due, missing, "c" * 40, False, "0" * 64,
                    f"{seq:060x}{body[:4]:f>4}".replace("g", "a"),
                )
            )  # fmt: skip
    heads = {body: (chain[-1].seq, chain[-1].hash) for body, chain in sorted(lines.items())}
    last = max(line.at for chain in lines.values() for line in chain) if lines else None
    seals = (Seal(7, last, None, heads, "0" * 64, "5e" * 32),) if last else ()
    landings: Mapping[str, Landing] = {}
    found = {body: tuple(chain) for body, chain in lines.items()}
    return Evidence(landings, found, seals, "c" * 40, None)


def many(root: Root, count: int) -> None:
    """As many more bodies, each with its reception of one quarter."""
    names = [f"ju{number:02d}" for number in range(count)]
    listed = ", ".join((*BODIES, *names))
    root.replace("site_config.yml", ", ".join(BODIES), listed)
    for number, name in enumerate(names):
        kind = ("部门", "街道", "村")[number % 3]
        text = BODY.format(name=f"试验市第{number + 1}机关", kind=kind, phone="0000-8000050")
        root.write(f"content/{name}/department.yml", text)
