"""A small valid root on disk, to be broken or filled by a test."""

import textwrap
from pathlib import Path

CONFIG = """\
site:
  name: 试验市政府信息公开
  url: http://127.0.0.1:8123/gk/
  region: 试验市
  level: 县级
  sponsor: 试验市人民政府办公室
departments: [chengguan]
judge: {from: git, since: 2026-01-01, due_soon: 5 workdays}
catalog: {use: []}
"""
DEPARTMENT = """\
name: 试验市城市管理局
kind: 部门
phone: 0000-8000000
complaints: 0000-8000001
sections:
  - {name: 办公室}
  - {name: 市容科}
"""
CATALOG = """\
- category: 财务/公务接待费
  slug: reception
  class: 财
  elements: [预算数, {支出数: [实际支出]}, 批次]
  figures: [支出数]
  basis: [《政府信息公开条例》第二十条第七项]
  every: quarter
  due: {within: 20 workdays, after: period_end}
  also: [招待费]
- category: 通知公告/公示
  slug: notices
  class: 基本
  basis: [《政府信息公开条例》第二十六条]
  every: event
  due: {within: 20 workdays, after: formed}
  notice: {at_least: 5 workdays, result_within: 20 workdays}
- category: 工程/重大项目
  slug: works
  class: 物
  basis: [《政府信息公开条例》第二十条第十项]
  every: stage
  stages:
    - {立项: {within: 20 workdays, after: formed}}
    - {竣工: {within: 30 days, after: stage}}
- category: 机构/职能
  slug: functions
  class: 基本
  basis: [《政府信息公开条例》第二十条第二项]
  every: standing
  due: standing
"""
ITEM = """\
---
title: 2026年第三季度公务接待费支出情况
category: 财务/公务接待费
period: 2026-Q3
formed: 2026-10-08
---
预算数 3 万元，支出数 1.2 万元，批次 6 批。
"""


class Root:
    """A root that passes the gate until a test changes a file of it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self.write("site_config.yml", CONFIG)
        self.write("content/catalog/local.yml", CATALOG)
        self.write("content/chengguan/department.yml", DEPARTMENT)
        self.write("content/chengguan/items/2026/reception-q3.md", ITEM)

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file, its folders made."""
        target = self.path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return target

    def item(self, slug: str, front: str, body: str = "正文。\n", year: int = 2026) -> Path:
        """Write an item of 城管局 from its front matter and body."""
        text = f"---\n{textwrap.dedent(front).strip()}\n---\n{body}"
        return self.write(f"content/chengguan/items/{year}/{slug}.md", text)

    def replace(self, path: str, old: str, new: str) -> Path:
        """Change a passage of a file, which must stand there."""
        text = (self.path / path).read_text(encoding="utf-8")
        assert old in text, old
        return self.write(path, text.replace(old, new, 1))
