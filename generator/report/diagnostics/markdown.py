"""Diagnostics for the pull request page, where clerks read them, often on a phone.

The verdict is the heading; each finding is one block with the names before the code, so that
nothing scrolls sideways; notices are folded; what was not checked stands at the end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from generator.diagnostic import Diagnostic, NotChecked, Severity
from generator.publish.rule_book import rule_href
from generator.report.cells import clean, cut
from generator.report.findings import Findings
from generator.report.markup import code, escaped, fence

_QUOTED = 160
"""Cells of a quoted line."""
RESERVE = 2_000
"""Bytes kept for the heading, the foot and the sentence about what was left out."""


WARNINGS = "警告：由代码所有者批准来确认，L 开头的还要写明代码"
"""Heading over the warnings."""
LOG = "，见检查日志"
"""Where all findings stand, whatever a report had to leave out."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a report may be."""

    bytes: int
    characters: int


SUMMARY = Limit(900_000, 900_000)
"""GitHub refuses a job summary above 1 MiB."""
COMMENT = Limit(240_000, 65_000)
"""GitHub refuses a comment above 65,536 characters."""


@dataclass(frozen=True, slots=True)
class Blob:
    """Where the forge shows a file of the commit that was checked."""

    prefix: str
    """Up to the path, ending in a slash."""
    query: str
    """Between path and `#L5`: what makes the forge show Markdown as lines."""


def render(findings: Findings, blob: Blob | None = None, limit: Limit = SUMMARY) -> str:
    """The whole report, within `limit`; where it was cut it says how many are missing."""
    blob = at_root(findings, blob)
    room = Room(limit.bytes - RESERVE, limit.characters - RESERVE)
    head = [f"## {verdict(findings)}", "", findings.ending, ""]
    head += [f"{line}" + "\n" for line in findings.asides]
    parts = [*head]
    order = findings.by_weight
    for title, severity in (
        ("错误：改好才能合并", Severity.ERROR),
        (WARNINGS, Severity.WARNING),
    ):
        members = [d for d in order if d.severity is severity]
        blocks = [block(d, findings.quoted(d.place), blob) for d in members]
        parts += section(f"### {title}", blocks, room)
    notices = [brief(d, blob) for d in order if d.severity is Severity.NOTICE]
    parts += folded(f"提示 {len(notices)} 条，不影响合并", notices, room)
    unread = [unread_line(n) for n in findings.not_checked]
    parts += folded(f"没有检查的 {len(unread)} 个文件", unread, room)
    return "\n".join(parts).rstrip() + "\n"


def at_root(findings: Findings, blob: Blob | None) -> Blob | None:
    """Where the root's files are shown: forges name files from the repository."""
    return None if blob is None else Blob(blob.prefix + quote(findings.within), blob.query)


def verdict(findings: Findings) -> str:
    """The heading: whether it can be merged."""
    if errors := len(findings.of(Severity.ERROR)):
        return f"不能合并：有 {errors} 个错误要改"
    if warnings := len(findings.of(Severity.WARNING)):
        return f"可以合并，{warnings} 个警告要先由审核人确认"
    return "全部通过"


class Room:
    """What is left of the limit."""

    def __init__(self, size: int, characters: int) -> None:
        self.bytes = size
        self.characters = characters

    def share(self, part: float) -> "Room":
        """A room of its own that takes `part` of what is left (0 to 1) out of this one."""
        taken = Room(int(self.bytes * part), int(self.characters * part))
        self.bytes -= taken.bytes
        self.characters -= taken.characters
        return taken

    def give(self, rest: "Room") -> None:
        """Take back what a share did not use."""
        self.bytes += rest.bytes
        self.characters += rest.characters

    def fits(self, block: str) -> bool:
        """Take the room that `block` needs, if it is there."""
        size = len(block.encode()) + 1
        if size > self.bytes or len(block) + 1 > self.characters:
            return False
        self.bytes -= size
        self.characters -= len(block) + 1
        return True


def _taken(blocks: Iterable[str], room: Room) -> list[str]:
    taken = []
    for block in blocks:
        if not room.fits(block):
            break
        taken.append(block)
    return taken


def section(title: str, blocks: Sequence[str], room: Room, rest: str = LOG) -> list[str]:
    """A heading and as many blocks as fit; `rest` says where those left out can be read."""
    if not blocks:
        return []
    taken = _taken(blocks, room)
    left = len(blocks) - len(taken)
    return [title, "", *taken, *([f"另有 {left} 条没有列出{rest}", ""] if left else [])]


def folded(summary: str, blocks: Sequence[str], room: Room, rest: str = LOG) -> list[str]:
    """A folded list, as `section`; `summary` is text of our own."""
    if not blocks:
        return []
    taken = _taken(blocks, room)
    left = len(blocks) - len(taken)
    more = [f"- 另有 {left} 条没有列出{rest}"] if left else []
    opening = f"<details><summary>{summary}</summary>"
    return [opening, "", *taken, *more, "", "</details>", ""]


def block(diagnostic: Diagnostic, quoted: str | None, blob: Blob | None, site_url: str = "") -> str:
    """One finding: names before the code, the line as typed, the cure.

    With the site's address its code leads to the rule's page in the handbook.
    """
    rule = diagnostic.rule
    told = rule.code
    if site_url:
        told = f"[{told}]({quote(site_url, safe=':/%')}{rule_href(told)})"
    lines = [f"**{escaped(rule.title)}**（{told}） {_where(diagnostic, blob)}", ""]
    lines += [escaped(diagnostic.message), ""]
    if quoted is not None and quoted.strip():
        lines += [fence(cut(clean(quoted).strip(), _QUOTED)), ""]
    if diagnostic.hint:
        lines += [f"改法: {escaped(diagnostic.hint)}", ""]
    return "\n".join(lines)


def brief(diagnostic: Diagnostic, blob: Blob | None) -> str:
    """One finding on one line of a list."""
    return (
        f"- {escaped(diagnostic.rule.title)}（{diagnostic.rule.code}） {_where(diagnostic, blob)}："
        f"{escaped(diagnostic.message)}"
    )


def unread_line(unread: NotChecked) -> str:
    """A file that was not checked, on one line of a list."""
    return f"- {code(unread.path)}：{escaped(unread.reason)}"


def _where(diagnostic: Diagnostic, blob: Blob | None) -> str:
    place = diagnostic.place
    shown = code(place.path)
    if blob is not None:
        line = "" if place.line is None or place.locator else f"#L{place.line}"
        target = quote(place.path, safe="/", errors="replace")
        shown = f"[{shown}]({blob.prefix}{target}{blob.query if line else ''}{line})"
    if place.locator is not None:
        return f"{shown} {escaped(place.locator)}"
    return shown if place.line is None else f"{shown} 第 {place.line} 行"
