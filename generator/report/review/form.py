"""《信息公开审查表》: one item on A4, to be signed by those who have no account."""

import re
from datetime import date

from markupsafe import Markup

from generator.article import draft
from generator.diagnostic import Diagnostic, Place, Severity
from generator.examine import Examined
from generator.model import Item, Ledger, Repository
from generator.render.templates import fill
from generator.render.theme import theme_folder
from generator.report.findings import Findings
from generator.report.review.private import shown_text
from generator.report.review.public import due_sentences

HIDDEN = "＊"
"""Stands for each private character: the sign of Markdown would make text bold."""
_IMAGE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
_LINK = re.compile(r"</?a\b[^>]*>")
_HASH = 16
"""Digits of the record's hash that bind the sheet to the text: what `verify --head` takes."""


def form(item: Item, examined: Examined, findings: Findings, ledger: Ledger | None) -> str:
    """The sheet as one self-contained HTML file.

    Private numbers stand under stars in text and findings alike. `ledger` gives the slot and its
    day, None where it cannot be reckoned.
    """
    repository = examined.loaded.repository
    assert repository is not None
    department = next(d for d in repository.departments if d.folder == item.department)
    mine = _mine(item, findings)
    css = (theme_folder() / "css" / "paper.css").read_text(encoding="utf-8")
    return fill(
        "pages/paper/form.html",
        title=f"信息公开审查表 {item.id}",
        css=Markup(css),
        item=item,
        department=department,
        facts=_facts(item, repository, ledger),
        body=Markup(_body(item, findings)),
        errors=_listed(mine, Severity.ERROR),
        warnings=_listed(mine, Severity.WARNING),
        unread=[n for n in findings.not_checked if n.path in _paths(item)],
        as_of=findings.as_of,
        hash=examined.articles[item.id].sha256[:_HASH],
    )


def _paths(item: Item) -> frozenset[str]:
    return frozenset({item.path, *(file.source for file in item.files)})


def _mine(item: Item, findings: Findings) -> tuple[Diagnostic, ...]:
    paths = _paths(item)
    return tuple(d for d in findings.by_weight if d.place.path in paths or d.item == item.id)


def _listed(found: tuple[Diagnostic, ...], severity: Severity) -> list[tuple[Diagnostic, str]]:
    return [(d, _where(d.place)) for d in found if d.severity is severity]


def _where(place: Place) -> str:
    name = place.path.rpartition("/")[2]
    if place.locator is not None:
        return f"{name} {place.locator}"
    return name if place.line is None else f"{name} 第 {place.line} 行"


def _facts(
    item: Item, repository: Repository, ledger: Ledger | None
) -> tuple[tuple[str, str], ...]:
    notice = item.notice
    facts = (
        ("公开事项", item.category),
        ("期次", item.period_label),
        ("形成日期", _day(item.formed)),
        ("文号", item.number),
        ("发文机关", item.issuer),
        ("责任科室", item.section),
        ("公开对象", item.audience or "全社会"),
        ("公示期", f"{_day(notice.first)} 至 {_day(notice.last)}" if notice else None),
        ("零报告", item.nil),
        ("更正", item.corrects),
        ("撤回", f"{_day(item.withdrawn.on)} {item.withdrawn.reason}" if item.withdrawn else None),
        ("补录", item.imported),
        ("网址", f"{repository.site.url}{item.id}.html"),
        ("期限", "；".join(due_sentences(item, repository, ledger))),
    )
    return tuple((name, value) for name, value in facts if value)


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _body(item: Item, findings: Findings) -> str:
    """The text as the page will show it, without what paper cannot do."""
    typed = "\n".join(findings.lines(item.path))
    shown = shown_text(item.path, findings)
    marked = "".join(HIDDEN if new != old else old for old, new in zip(typed, shown, strict=True))
    body = "\n".join(marked.split("\n")[item.body_line - 1 :])
    html = _IMAGE.sub(r"〔图片：\1〕", draft(body).html)
    return _LINK.sub("", html)
