"""The report on a proposal: only what it changes, readable on a phone, within a forge's limits.

Verdict; findings; what the public will see; what the reviewer confirms; what was not checked;
the changes in words; the corrected files to copy.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.check.legality import masked
from generator.diagnostic import Diagnostic, Severity
from generator.model import Item
from generator.report.cells import clean
from generator.report.diagnostics.markdown import (
    LOG,
    RESERVE,
    SUMMARY,
    WARNINGS,
    Blob,
    Limit,
    Room,
    at_root,
    block,
    brief,
    folded,
    section,
    unread_line,
    verdict,
)
from generator.report.findings import Findings
from generator.report.markup import code, escaped
from generator.report.review.acknowledge import concerns
from generator.report.review.changes import Became, Proposal
from generator.report.review.confirm import to_confirm
from generator.report.review.passages import changed_lines
from generator.report.review.private import shown_text
from generator.report.review.public import Touched, public_lines, touched
from generator.survey import Survey

_FOLDED_OVER = 10
"""Items beyond which the list of what the public will see is folded."""
_COPY = 20_000
"""Characters of a corrected file that can be copied on a telephone."""
_COMPARED = 200_000
"""Characters of a text beyond which it is not compared."""
_FORGE = "，见提交的改动页"


@dataclass(frozen=True, slots=True)
class Review:
    """What the report needs beside the findings."""

    proposal: Proposal
    survey: Survey
    """The root as the proposal leaves it."""
    corrected: Mapping[str, str]
    """Path of a changed file that `--fix` can mend → its whole text afterwards."""


def render(
    findings: Findings, review: Review, blob: Blob | None = None, limit: Limit = SUMMARY
) -> str:
    """The whole report, within `limit`; every part says how much of it was left out."""
    blob = at_root(findings, blob)
    findings = replace(findings, changed=frozenset(review.proposal.files))
    mine = tuple(d for d in findings.by_weight if concerns(d, findings.changed))
    others = tuple(d for d in findings.by_weight if d not in set(mine))
    repository = review.survey.loaded.repository
    items = touched(_items(review), review.proposal)
    site_url = repository.site.url if repository is not None else ""
    room = Room(limit.bytes - RESERVE, limit.characters - RESERVE)

    public = [public_lines(one, review.survey, site_url) for one in items]
    tasks = to_confirm(findings, mine, items, repository)
    unread = [unread_line(n) for n in findings.not_checked if n.path in findings.changed]
    parts = [f"## {_verdict(findings, mine)}", "", _sentence(mine, others, review, items), ""]
    parts += _findings(mine, others, findings, (blob, site_url), room)
    parts += _public(public, room)
    parts += _share(room, 0.3, "### 审核人要亲自确认的", [*tasks, ""] if tasks else [])
    parts += folded(f"没有检查的 {len(unread)} 个文件", unread, room)
    parts += _elsewhere(review, items, room)
    parts += _section_of(room, 0.7, "### 改了什么", _differences(items, review, findings), _FORGE)
    parts += _section_of(room, 1.0, "### 改好的全文，可以整篇照抄", _copies(review, findings), "")
    return "\n".join(parts).rstrip() + "\n"


def _items(review: Review) -> Mapping[str, Item]:
    repository = review.survey.loaded.repository
    if repository is None:
        return {}
    return {item.id: item for body in repository.departments for item in body.items}


def _verdict(findings: Findings, mine: Sequence[Diagnostic]) -> str:
    """What may be merged is decided by the whole tree, what to confirm by the proposal."""
    if findings.of(Severity.ERROR):
        return verdict(findings)
    return verdict(replace(findings, diagnostics=tuple(mine)))


def _sentence(
    mine: Sequence[Diagnostic],
    others: Sequence[Diagnostic],
    review: Review,
    items: Sequence[Touched],
) -> str:
    files = len(review.proposal.files)
    counts = [
        f"{count} 个{severity.label}"
        for severity in (Severity.ERROR, Severity.WARNING)
        if (count := sum(d.severity is severity for d in mine))
    ]
    found = "，".join(counts) or "没有错误和警告"
    said = f"这次改动 {files} 个文件、{len(items)} 条公开事项: {found}"
    if errors := sum(d.severity is Severity.ERROR for d in others):
        said += f"。没有改动的文件里还有 {errors} 个错误，也要改好"
    return said


def _findings(
    mine: Sequence[Diagnostic],
    others: Sequence[Diagnostic],
    findings: Findings,
    where: tuple[Blob | None, str],
    room: Room,
) -> list[str]:
    """`where`: the forge's files, and the site's address for the rules' pages."""
    blob, site_url = where
    share = room.share(0.55)
    parts: list[str] = []
    for title, severity in (
        ("错误：改好才能合并", Severity.ERROR),
        (WARNINGS, Severity.WARNING),
    ):
        members = [d for d in mine if d.severity is severity]
        blocks = [block(d, findings.quoted(d.place), blob, site_url) for d in members]
        parts += section(f"### {title}", blocks, share)
    notices = [brief(d, blob) for d in mine if d.severity is Severity.NOTICE]
    parts += folded(f"提示 {len(notices)} 条，不影响合并", notices, share)
    errors = [brief(d, blob) for d in others if d.severity is Severity.ERROR]
    parts += folded(f"没有改动的文件里的 {len(errors)} 个错误", errors, share)
    room.give(share)
    return parts


def _public(lines: Sequence[str], room: Room) -> list[str]:
    share = room.share(0.4)
    if len(lines) > _FOLDED_OVER:
        inner = folded(f"{len(lines)} 条，展开看", lines, share, _FORGE)
        parts = ["### 公众将看到什么", "", *inner]
    else:
        parts = section("### 公众将看到什么", [*lines, ""] if lines else [], share, _FORGE)
    room.give(share)
    return parts


def _share(room: Room, part: float, title: str, lines: Sequence[str]) -> list[str]:
    share = room.share(part)
    parts = section(title, lines, share, "，逐条见公开事项本身")
    room.give(share)
    return parts


def _elsewhere(review: Review, items: Sequence[Touched], room: Room) -> list[str]:
    """Files that are no item's: settings, catalogue, a body's own data, and what is gone."""
    known = {one.item.path for one in items}
    known |= {file.source for one in items for file in one.item.files}
    lines = [
        f"- {became.value} {code(path)}"
        for path, became in review.proposal.files.items()
        if path not in known
    ]
    if any(became is Became.GONE for became in review.proposal.files.values()):
        lines.append("- 公开过的事项不能删，要撤回：填 `withdrawn`，网页还在，写明理由")
    share = room.share(0.2)
    parts = folded(f"别的改动 {len(lines)} 处", lines, share, _FORGE)
    room.give(share)
    return parts


def _section_of(room: Room, part: float, title: str, blocks: Sequence[str], rest: str) -> list[str]:
    share = room.share(part)
    parts = section(title, blocks, share, rest or LOG)
    room.give(share)
    return parts


def _differences(items: Sequence[Touched], review: Review, findings: Findings) -> list[str]:
    blocks = []
    for one in items:
        before = review.proposal.before.get(one.item.path)
        source = review.survey.loaded.source(one.item.path)
        if before is None or source is None or review.proposal.files.get(one.item.path) is None:
            continue
        if max(len(before), len(source.text)) > _COMPARED:
            lines: tuple[str, ...] = ("- 文件太长，没有比较",)
            left = 0
        else:
            lines, left = changed_lines(masked(before), shown_text(one.item.path, findings))
        if not lines:
            lines = ("- 只改了遮住的号码或者空白",)
        more = [f"- 另有 {left} 行{_FORGE}"] if left else []
        blocks.append("\n".join([f"**{escaped(one.item.title)}**", "", *lines, *more, ""]))
    return blocks


def _copies(review: Review, findings: Findings) -> list[str]:
    blocks = []
    for path in sorted(review.corrected):
        text = review.corrected[path]
        if len(text) > _COPY or masked(text) != text or not _plain(text):
            continue
        if shown_text(path, findings) != "\n".join(findings.lines(path)):
            continue
        ticks = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
        blocks.append(
            f"<details><summary>{_summary(path)}</summary>\n\n"
            f"{ticks}markdown\n{text.rstrip()}\n{ticks}\n\n</details>\n"
        )
    return blocks


def _plain(text: str) -> bool:
    """Whether it can stand in a block as typed."""
    return all(clean(line) == line for line in text.split("\n"))


def _summary(path: str) -> str:
    return clean(path).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
