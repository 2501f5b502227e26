"""A mapping read field by field: typed, placed, and every fault reported at once."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from generator.diagnostic import Diagnostic, Edit, Place, Rule
from generator.model import Mark, Span, Unit
from generator.rules import dates as date_rules
from generator.rules import fields as rules
from generator.source.dates import BadDate, fold, read_date
from generator.source.labels import LABELS, labelled, named
from generator.source.near import nearest
from generator.source.nodes import Node, NodeMap, NodeScalar, NodeSequence
from generator.source.text import Source

T = TypeVar("T")
_SPAN = re.compile(r"([0-9]{1,4}) (workdays|days|workday|day)")
_KEY_OF = {name: key for key, name in reversed(list(LABELS.items()))}
_TRUE = {"true": True, "false": False, "是": True, "否": False}


class Fields:
    """One mapping of a file; `finish` reports the keys that nobody asked for."""

    def __init__(
        self,
        source: Source,
        node: NodeMap,
        sink: list[Diagnostic],
        item: str | None = None,
        prefix: str = "",
        marks: dict[str, Mark] | None = None,
    ) -> None:
        self.source = source
        self.node = node
        self.sink = sink
        self.item = item
        self.prefix = prefix
        self.marks: dict[str, Mark] = {} if marks is None else marks
        self._asked: list[str] = []
        self._entries = {name.text: (name, value) for name, value in node.entries}

    # -- reporting ------------------------------------------------------------------------

    def place(self, key: str | None = None) -> Place:
        """Where a key's value stands (the mapping's start without a key)."""
        entry = self._entries.get(key) if key else None
        if entry is None:
            return self.source.place(min(self.node.start, len(self.source.text)))
        name, node = entry
        if isinstance(node, NodeScalar) and node.end > node.start:
            return self.source.place(node.start, node.end)
        return self.source.place(name.start, name.end)

    def report(
        self, rule: Rule, place: Place, message: str, hint: str, edits: Sequence[Edit] = ()
    ) -> None:
        """Add one finding."""
        self.sink.append(Diagnostic(place, rule, message, hint, self.item, tuple(edits)))

    def has(self, key: str) -> bool:
        """Whether the key stands there, with or without a value."""
        return key in self._entries

    def _node(self, key: str, required: bool) -> Node | None:
        self._asked.append(key)
        entry = self._entries.get(key)
        if entry is None:
            if required:
                self.report(
                    rules.MISSING_KEY,
                    self.place(),
                    f"缺少{labelled(key)}",
                    f"加一行 `{key}: …`",
                )
            return None
        node = entry[1]
        mark = self.place(key)
        if mark.line is not None and mark.column is not None and mark.end_column is not None:
            self.marks[self.prefix + key] = Mark(mark.line, mark.column, mark.end_column)
        return node

    # -- scalars --------------------------------------------------------------------------

    def _scalar(self, key: str, required: bool) -> NodeScalar | None:
        node = self._node(key, required)
        if node is None:
            return None
        if not isinstance(node, NodeScalar):
            self.report(
                rules.WRONG_TYPE,
                self.place(key),
                f"{labelled(key)}应是一个值，写成了{node.kind}",
                f"改成 `{key}: 值` 一行",
            )
            return None
        if not node.text.strip():
            self.report(
                rules.EMPTY_VALUE,
                self.place(key),
                f"{labelled(key)}是空的",
                f"在 `{key}:` 后面填上内容" if required else "填上内容，或删去这一行",
            )
            return None
        return node

    def text(
        self, key: str, *, required: bool = False, least: int = 1, most: int = 2000
    ) -> str | None:
        """A text of `least` to `most` characters, spaces at its ends trimmed."""
        node = self._scalar(key, required)
        if node is None:
            return None
        value = " ".join(node.text.split())
        if not least <= len(value) <= most:
            bound = f"最少 {least} 个字" if len(value) < least else f"最多 {most} 个字"
            hint = "写得具体一些" if len(value) < least else "写得短一些，细节放到正文"
            self.report(
                rules.TEXT_LENGTH,
                self.place(key),
                f"{labelled(key)}有 {len(value)} 个字，{bound}",
                hint,
            )
        return value

    def pattern(self, key: str, form: str, means: str, *, required: bool = False) -> str | None:
        """A text that matches the regular expression `form` as a whole; `means` words it."""
        node = self._scalar(key, required)
        if node is None:
            return None
        value = node.text.strip()
        if re.fullmatch(form, value) is None:
            folded = fold(value)
            edits = (
                [Edit(node.start, node.end, folded)]
                if folded != value and re.fullmatch(form, folded)
                else []
            )
            self.report(
                rules.BAD_PATTERN,
                self.place(key),
                f"{labelled(key)}是「{value}」，{means}",
                f"按 {means} 改写",
                edits,
            )
            return folded if edits else None
        return value

    def date(self, key: str, *, required: bool = False) -> date | None:
        """A date; the forms that are also read are used and reported."""
        node = self._scalar(key, required)
        if node is None:
            return None
        read = read_date(node.text.strip())
        quoted = f"`{node.text.strip()}`"
        if isinstance(read, BadDate):
            if read.impossible:
                self.report(
                    date_rules.IMPOSSIBLE_DATE,
                    self.place(key),
                    f"{named(key)} {quoted} 不是日历上的日期",
                    f"{read.why}，按 `YYYY-MM-DD` 改写",
                )
            elif read.meant is not None:
                self.report(
                    rules.BAD_DATE,
                    self.place(key),
                    f"{named(key)} {quoted} {read.why}",
                    f"写成 `{read.meant.isoformat()}`",
                    [Edit(node.start, node.end, read.meant.isoformat())],
                )
            else:
                self.report(
                    rules.BAD_DATE,
                    self.place(key),
                    f"{named(key)} {quoted} 不是日期",
                    "按 `YYYY-MM-DD` 写，如 `2026-10-28`",
                )
            return None
        if not read.kept:
            self.report(
                rules.ALSO_READ,
                self.place(key),
                f"{named(key)} {quoted} 读作 `{read.date.isoformat()}`",
                f"写成 `{read.date.isoformat()}`",
                [Edit(node.start, node.end, read.date.isoformat())],
            )
        return read.date

    def choice(
        self,
        key: str,
        options: Mapping[str, T],
        *,
        required: bool = False,
        also: Mapping[str, str] | None = None,
    ) -> T | None:
        """One of `options`; `also` maps other spellings to theirs, used and reported."""
        node = self._scalar(key, required)
        if node is None:
            return None
        value = node.text.strip()
        if value in options:
            return options[value]
        meant = (also or {}).get(value) or (fold(value) if fold(value) in options else None)
        if meant is not None:
            self.report(
                rules.ALSO_READ,
                self.place(key),
                f"{labelled(key)}「{value}」读作 `{meant}`",
                f"写成 `{meant}`",
                [Edit(node.start, node.end, meant)],
            )
            return options[meant]
        near = nearest(value, options, 1)
        listed = "、".join(f"`{name}`" for name in options)
        self.report(
            rules.WRONG_CHOICE,
            self.place(key),
            f"{labelled(key)}没有「{value}」这一种",
            (f"相近的是 `{near[0]}`；" if near else "") + f"可选：{listed}",
        )
        return None

    def integer(self, key: str, *, least: int, most: int, required: bool = False) -> int | None:
        """A whole number within bounds."""
        node = self._scalar(key, required)
        if node is None:
            return None
        value = node.text.strip()
        if re.fullmatch(r"[0-9]{1,9}", value) and least <= int(value) <= most:
            return int(value)
        self.report(
            rules.WRONG_TYPE,
            self.place(key),
            f"{labelled(key)}是「{value}」，不是 {least} 至 {most} 的整数",
            "用半角数字写一个整数",
        )
        return None

    def flag(self, key: str) -> bool:
        """`true` or `false`; false when absent."""
        return bool(self.choice(key, _TRUE))

    def span(self, key: str, *, required: bool = False) -> Span | None:
        """`20 workdays` or `30 days`."""
        node = self._scalar(key, required)
        if node is None:
            return None
        match = _SPAN.fullmatch(node.text.strip())
        if match is None or int(match.group(1)) == 0:
            self.report(
                rules.BAD_PATTERN,
                self.place(key),
                f"{labelled(key)}是「{node.text.strip()}」，不是期限",
                "写成 `20 workdays`（工作日）或 `30 days`（自然日）",
            )
            return None
        unit = Unit.WORKDAYS if match.group(2).startswith("work") else Unit.DAYS
        return Span(int(match.group(1)), unit)

    # -- collections ----------------------------------------------------------------------

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        node = self._node(key, required)
        if node is None:
            return ()
        if isinstance(node, NodeScalar):
            if not node.text.strip():
                self._scalar(key, required)
                return ()
            return (" ".join(node.text.split()),)
        if isinstance(node, NodeMap):
            self._not_a_list(key, node)
            return ()
        out = []
        for entry in node.items:
            if isinstance(entry, NodeScalar) and entry.text.strip():
                out.append(" ".join(entry.text.split()))
            else:
                self.report(
                    rules.WRONG_TYPE,
                    self.source.place(entry.start, entry.end),
                    f"{labelled(key)}的每一项应是文字",
                    "每行写一项，如 `- 文字`",
                )
        return tuple(out)

    def map(self, key: str, *, required: bool = False) -> "Fields | None":
        """A nested mapping."""
        node = self._node(key, required)
        if node is None:
            return None
        if not isinstance(node, NodeMap):
            self.report(
                rules.WRONG_TYPE,
                self.place(key),
                f"{labelled(key)}应是一组字段，写成了{node.kind}",
                f"写成 `{key}: {{字段: 值, …}}`",
            )
            return None
        return self._nested(node, f"{self.prefix}{key}.")

    def maps(self, key: str, *, required: bool = False) -> tuple["Fields", ...]:
        """A list of mappings."""
        out = []
        for index, entry in enumerate(self._list(key, required)):
            if isinstance(entry, NodeMap):
                out.append(self._nested(entry, f"{self.prefix}{key}.{index}."))
            else:
                self.report(
                    rules.WRONG_TYPE,
                    self.source.place(entry.start, entry.end),
                    f"{labelled(key)}的每一项应是一组字段",
                    "写成 `- {字段: 值, …}`",
                )
        return tuple(out)

    def nodes(self, key: str) -> tuple[Node, ...]:
        """A list of anything, to be read by the caller."""
        return self._list(key, False)

    def raw(self, key: str) -> Node | None:
        """The node itself, to be read by the caller."""
        return self._node(key, False)

    def nested(self, node: NodeMap, name: str) -> "Fields":
        """Fields over a mapping that the caller found in `nodes` or `raw`."""
        return self._nested(node, f"{self.prefix}{name}.")

    def free_keys(self) -> tuple[NodeScalar, ...]:
        """All keys in order, for mappings whose keys are free; marks them as known."""
        self._asked += [name.text for name, _ in self.node.entries]
        return tuple(name for name, _ in self.node.entries)

    def _nested(self, node: NodeMap, prefix: str) -> "Fields":
        return Fields(self.source, node, self.sink, self.item, prefix, self.marks)

    def _list(self, key: str, required: bool) -> tuple[Node, ...]:
        node = self._node(key, required)
        if node is None:
            return ()
        if not isinstance(node, NodeSequence):
            self._not_a_list(key, node)
            return ()
        return node.items

    def _not_a_list(self, key: str, node: Node) -> None:
        self.report(
            rules.WRONG_TYPE,
            self.place(key),
            f"{labelled(key)}应是列表，写成了{node.kind}",
            "每行写一项，前面加 `- `",
        )

    def finish(self) -> None:
        """Report unknown keys, with the near name or the key that a Chinese name stands for."""
        for name, _ in self.node.entries:
            if name.text in self._asked:
                continue
            english = _KEY_OF.get(name.text)
            if english in self._asked:
                hint, edits = f"写成 `{english}`", [Edit(name.start, name.end, english or "")]
                if self.has(english or ""):
                    hint, edits = f"这里已有 `{english}`，删去这一行", []
            elif near := nearest(name.text, self._asked, 1):
                hint, edits = f"相近的字段是 `{near[0]}`", []
            else:
                listed = " ".join(f"`{key}`" for key in self._asked)
                hint, edits = f"删去这一行；这里可用的字段：{listed}", []
            self.report(
                rules.UNKNOWN_KEY,
                self.source.place(name.start, name.end),
                f"没有 `{name.text}` 这个字段",
                hint,
                edits,
            )
