"""A valid root that holds every kind of file that is read, for mutation."""

import io
from pathlib import Path

import openpyxl

from tests.roots import CATALOG, CONFIG, ITEM, Root

SERVICE = """\
---
title: 临时占用道路许可
category: 机构/职能
basis: [《城市道路管理条例》第三十一条]
audience: 本市居民
conditions: [有固定摊位]
materials:
  - {name: 申请表, source: 窗口领取, form: 原件, copies: 1, sample: 无}
steps:
  - {name: 受理, who: 窗口, limit: 1 workdays}
limits: {legal: 20, promised: 5}
fee: 不收费
window: {place: 政务中心, hours: "9:00-17:00", phone: 0000-8000000}
complaints: 0000-8000001
result: 许可决定书
forms: [{path: form.csv, title: 申请表}]
---
说明。
"""
NOTICE = """\
---
title: 便民疏导点设置方案公示
category: 通知公告/公示
period: 临时
formed: 2026-10-08
number: 城管发〔2026〕12号
process: market
phase: before
keywords: [摊位, 疏导]
section: 市容科
audience: 全社会
review: {drafted: 市容科, secrecy: 办公室主任, approved: 分管副局长, on: 2026-10-09}
notice: {from: 2026-10-20, to: 2026-10-30, contact: "12319"}
validity: {status: 有效, until: 2028-01-01}
files:
  - {path: table.xlsx, title: 明细表}
old_url: /old/1.htm
---
| 路段 | 摊位 |
|---|---:|
| 青石路 | 24 |

见[表](table.xlsx)和[上期](../reception-q3.md)。
"""


def full_root(folder: Path) -> Root:
    """Write the root and give it."""
    root = Root(folder)
    root.write(
        "site_config.yml",
        CONFIG
        + "tasks: [{name: 接待费, category: 财务/公务接待费}]\ncommon_queries: [预算]\n"
        + "reply_limits: {信箱: 15 workdays}\nforge: {kind: github, url: 'https://example.cn/a'}\n",
    )
    root.write("content/catalog/local.yml", CATALOG)
    root.write("content/chengguan/items/2026/reception-q3.md", ITEM)
    root.write("content/chengguan/items/2026/market/index.md", NOTICE)
    book = openpyxl.Workbook()
    sheet = book.create_sheet("明细", 0)
    sheet.append(["项目", "数"])
    sheet.append(["甲", 3])
    stream = io.BytesIO()
    book.save(stream)
    root.write("content/chengguan/items/2026/market/table.xlsx", stream.getvalue())
    root.write("content/chengguan/files/form.csv", "姓名,电话\n某,1\n")
    root.write("content/chengguan/services/road.md", SERVICE)
    root.write(
        "content/chengguan/powers.csv",
        "code,name,class,body,basis,limit,process,responsibility\nA1,占道许可,行政许可,城管局,条例,20,受理,审批科\n",
    )
    root.write(
        "content/chengguan/department.yml",
        "name: 试验市城市管理局\nkind: 部门\nlevel: 县级\nphone: 0000-8000000\ncomplaints: 0000-8000001\n"
        "code: 11430000MB0000000A\naddress: 试验路 1 号\nhours: 9:00-17:00\nstart: 2026-01-01\n"
        "leaders: [{name: 示例甲, post: 局长, duty: 全面}]\nsections: [{name: 办公室}, {name: 市容科}]\n"
        "clerk: {post: 办公室科员, accounts: {github: [a]}}\npowers_total: {行政许可: 1}\n",
    )
    root.write(
        "content/calendar/2027.yml",
        "year: 2027\nnotice: 某号\noff: [{name: 元旦, from: 2027-01-01, to: 2027-01-03}]\nwork: [2027-01-09]\n",
    )
    root.write(
        "content/exemptions/2026.yml",
        "- {department: chengguan, category: 财务/公务接待费, period: 2026-Q2, kind: extend, by: 7 workdays, document: 某号, on: 2026-07-01}\n"
        "- {department: chengguan, category: 财务/公务接待费, period: 2026-Q1, kind: not_applicable, reason: 无此职权}\n",
    )
    return root
