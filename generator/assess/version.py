"""An earlier version of an item's file, as far as its substance can be read from it."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from generator.article import draft, plain_text
from generator.assess.cover import covered
from generator.source import Node, NodeMap, NodeScalar, NodeSequence, decode, read_front
from generator.source.dates import ReadDate, read_date

_FIELDS = (
    ("title", "标题"),
    ("category", "公开事项"),
    ("period", "期次"),
    ("formed", "形成日期"),
    ("number", "文号"),
    ("phase", "环节"),
    ("notice.from", "公示开始"),
    ("notice.to", "公示结束"),
    ("validity.status", "有效性"),
    ("validity.until", "有效期至"),
    ("nil", "零报告"),
    ("imported", "补录来源"),
)
"""Keys of the record (formats.md section 6) that a reader is told of, with their names."""

_DATED = re.compile(
    r"[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
    r"|[0-9]{1,2}月(?:份|[0-9]{1,2}日)|第[一二三四]季度|[上下]半年"
)


@dataclass(frozen=True, slots=True)
class Version:
    """What a version said; nothing in it is a number that the gate would refuse."""

    text: str
    """Fields by their names, then the body, one line a block."""
    formed: str | None
    """The declared 形成日期, `YYYY-MM-DD` where it could be read."""
    withdrawn: bool
    files: tuple[tuple[str, tuple[str, ...]], ...]
    """Attachments: what each is called, and the paths at which it may lie, from the root."""

    @property
    def timeless(self) -> str:
        """The text without blanks and dates: what an update in name only leaves as it was."""
        return _DATED.sub("", "".join(self.text.split()))


def read_version(path: str, data: bytes) -> Version | None:
    """The version whose file lay at `path`; None where it cannot be read."""
    source, _ = decode(path, data)
    front = read_front(source)[0] if source is not None else None
    if front is None:
        return None
    said = dict(_scalars(front.fields, ""))
    lines = [f"{name}：{covered(said[key])}" for key, name in _FIELDS if key in said]
    made = draft(covered(front.body))
    plain = covered(plain_text(made.html))
    files = [*_listed(path, front.fields)]
    files += (_named(path, link.href) for link in made.links if _inside(link.href))
    text = "\n".join((*lines, *(line for line in plain.split("\n") if line)))
    gone = front.fields.get("withdrawn") is not None
    return Version(f"{text}\n", said.get("formed"), gone, tuple(dict.fromkeys(files)))


def _scalars(fields: NodeMap, before: str) -> Iterator[tuple[str, str]]:
    for name, node in fields.entries:
        key = f"{before}{name.text}"
        if isinstance(node, NodeScalar):
            read = read_date(node.text)
            yield key, read.date.isoformat() if isinstance(read, ReadDate) else node.text
        elif isinstance(node, NodeMap) and not before:
            yield from _scalars(node, f"{key}.")


def _listed(path: str, fields: NodeMap) -> Iterator[tuple[str, tuple[str, ...]]]:
    node = fields.get("files")
    for each in node.items if isinstance(node, NodeSequence) else ():
        named = _text(each.get("path")) if isinstance(each, NodeMap) else None
        if isinstance(each, NodeMap) and named:
            shared = "/".join((*path.split("/")[:2], "files", named))
            beside = posixpath.join(posixpath.dirname(path), named)
            places = (beside, shared) if path.endswith("/index.md") else (shared,)
            title = _text(each.get("title")) or posixpath.basename(named)
            yield covered(title), tuple(map(posixpath.normpath, places))


def _named(path: str, href: str) -> tuple[str, tuple[str, ...]]:
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(href)))
    return covered(posixpath.basename(target)), (target,)


def _inside(href: str) -> bool:
    """Whether a link names a file of the tree that is no page."""
    name = href.partition("#")[0]
    return "." in name[-6:] and ":" not in name and not name.startswith("/") and name[-3:] != ".md"


def _text(node: Node | None) -> str | None:
    return node.text if isinstance(node, NodeScalar) else None
