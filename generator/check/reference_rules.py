"""Family F beyond one file: what names nothing, and what was public and is gone."""

from collections.abc import Iterator, Sequence

from generator.check.finding import on_item
from generator.diagnostic import Diagnostic, Place
from generator.history import Vanished
from generator.model import Kind, Repository
from generator.rules import files as rules
from generator.source.labels import labelled
from generator.source.near import nearest


def findings(repository: Repository, vanished: Sequence[Vanished]) -> Iterator[Diagnostic]:
    """Every finding of the family that needs the whole repository."""
    ids = {item.id: None for item in repository.items}
    broken = set(repository.broken)
    for department in repository.departments:
        sections = [section.name for section in department.sections]
        if department.kind is Kind.VILLAGE and department.parent is not None:
            folders = {d.folder for d in repository.departments} | broken
            if department.parent not in folders:
                yield Diagnostic(
                    Place(department.path),
                    rules.NAMES_NOTHING,
                    f"所属街道 `{department.parent}` 不在机关清单里",
                    "写街道的文件夹名",
                )
        for item in department.items:
            targets = [
                ("corrects", item.corrects),
                ("interprets", item.interprets),
                ("validity.replaced_by", item.validity.replaced_by if item.validity else None),
            ]
            for key, target in targets:
                if target is None or target in ids or target.split("/")[0] in broken:
                    continue
                near = nearest(target, ids, 1)
                yield on_item(
                    item,
                    rules.NAMES_NOTHING,
                    key,
                    f"{labelled(key)}所指的 `{target}` 不存在",
                    f"相近的是 `{near[0]}`"
                    if near
                    else "写已公开事项的编号，如 `chengguan/2026/a`",
                )
            if item.section is not None and item.section not in sections:
                listed = "、".join(sections) or "还没有写"
                yield on_item(
                    item,
                    rules.NAMES_NOTHING,
                    "section",
                    f"本机关没有「{item.section}」这个科室",
                    f"`department.yml` 里的科室：{listed}",
                )
    folders = {d.folder for d in repository.departments} | broken
    for row in repository.catalog.rows:
        for name in (*row.bodies.names, *row.bodies.excepted):
            if not row.standard and name not in folders:
                yield Diagnostic(
                    Place(row.path, row.line, 1, 2),
                    rules.NAMES_NOTHING,
                    f"公开主体 `{name}` 不在机关清单里",
                    "写机关的文件夹名",
                )
    for gone in vanished:
        yield Diagnostic(
            Place(gone.path),
            rules.VANISHED,
            f"公开过的事项 `{gone.item}` 不见了",
            "恢复这个文件；不再公开的，在文件里写 `withdrawn: {on: …, reason: …}`",
            gone.item,
        )
