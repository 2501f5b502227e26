"""The whole family over a repository."""

from collections.abc import Iterator, Mapping
from datetime import date

from generator.article import Documents, Draft, Tables
from generator.catalog import row_of
from generator.check.finding import on_item
from generator.check.wholeness import notices, present
from generator.diagnostic import Diagnostic, Place
from generator.model import Department, Item, Phase, Repository, Row, Service
from generator.rules import service as service_rules
from generator.rules import wholeness as rules
from generator.workdays import Workdays


def findings(
    repository: Repository,
    drafts: Mapping[str, Draft],
    tables: Mapping[str, Tables],
    documents: Mapping[str, Documents],
    as_of: date,
) -> Iterator[Diagnostic]:
    """Every finding of the family.

    `drafts`, `tables` and `documents` are what `load` read, by item id.
    """
    read = present.Read(drafts, tables, documents, repository.site.url)
    workdays = Workdays(repository.calendars)
    for department in repository.departments:
        processes = _processes(department, as_of)
        for item in department.items:
            row = row_of(repository.catalog, item)
            if row is None or item.withdrawn is not None or item.imported is not None:
                continue
            process = processes.get(item.process or "", ())
            if item.corrects is None:
                yield from _elements(item, row, process, read)
                yield from notices.findings(item, row, process, workdays, as_of)
            if (
                row.before_required
                and item.phase is Phase.AFTER
                and item.process
                and not any(other.phase is Phase.BEFORE for other in process)
            ):
                yield on_item(
                    item,
                    rules.NO_BEFORE,
                    "phase",
                    f"「{item.category}」要先事前公开，`{item.process}` 没有事前的一件",
                    "补上事前公开的一件（`phase: before`），如实写形成日期",
                )
            if item.nil is not None and present.hollow(item.nil):
                yield on_item(
                    item,
                    rules.NIL_HOLLOW,
                    "nil",
                    f"零报告的理由「{item.nil}」没有说是什么事没有发生",
                    "写明没有发生的事，如「本季度没有发生公务接待」",
                )
        for service in department.services:
            yield from _guide(service)


def _processes(department: Department, as_of: date) -> dict[str, tuple[Item, ...]]:
    grouped: dict[str, list[Item]] = {}
    for item in department.items:
        gone = item.withdrawn is not None and item.withdrawn.on <= as_of
        if item.process is not None and item.imported is None and not gone:
            grouped.setdefault(item.process, []).append(item)
    return {process: tuple(items) for process, items in grouped.items()}


def _elements(
    item: Item, row: Row, process: tuple[Item, ...], read: present.Read
) -> Iterator[Diagnostic]:
    if not row.elements and not row.whole_process:
        return
    lacking = present.lacking(row, item, process, read)
    if not lacking:
        return
    elements, stages = lacking
    if elements:
        listed = "、".join(f"「{name}」" for name in elements)
        figures = [e.name for e in row.elements if e.figure and e.name in elements]
        yield on_item(
            item,
            rules.ELEMENTS,
            "category",
            f"目录要求写明的{listed}没有找到",
            ("其中要写数的：" + "、".join(figures) + "；" if figures else "")
            + "照目录的叫法写出来；没有发生的写 0 或「无」",
        )
    if stages:
        listed = "、".join(f"「{name}」" for name in stages)
        yield on_item(
            item,
            rules.PROCESS,
            "category",
            f"全过程公开缺少{listed}",
            "依据、主体、过程、纪律、结果各写一段，或分在同一 `process` 的各件里",
        )


def _guide(service: Service) -> Iterator[Diagnostic]:
    """Fields of a guide that stand there and hold half of what is asked."""
    lacks: list[tuple[str, str]] = []
    if service.window:
        names = {"place": "地点", "hours": "时间", "phone": "电话"}
        lacks += [
            ("window", f"办理窗口的{n}") for key, n in names.items() if key not in service.window
        ]
    standard = service.fee.get("standard", "")
    if standard and not standard.startswith(("不收", "免费", "无")) and "basis" not in service.fee:
        lacks.append(("fee", "收费依据"))
    if (service.legal_limit is None) != (service.promised_limit is None):
        lacks.append(("limits", "法定时限" if service.legal_limit is None else "承诺时限"))
    for key, name in lacks:
        mark = service.marks.get(key)
        place = (
            Place(service.path, mark.line, mark.column, mark.end_column)
            if mark
            else Place(service.path, 1, 1, 4)
        )
        yield Diagnostic(
            place,
            service_rules.GUIDE_INCOMPLETE,
            f"办事指南缺少{name}",
            f"在 `{key}` 里补上；确实没有的写明「无」",
            f"{service.department}/services/{service.slug}",
        )
