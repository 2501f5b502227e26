"""YAML with places: fences, syntax faults in a clerk's words, doubled keys."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import yaml

from generator.diagnostic import Diagnostic, Edit
from generator.rules import fields as rules
from generator.rules import files as file_rules
from generator.source.nodes import Node, NodeMap, NodeScalar, NodeSequence
from generator.source.text import Source

_MAX_DEPTH = 20
_MAX_FRONT = 64_000
"""Longest front matter in characters; no real one comes near it."""
_FULL_WIDTH_COLON = re.compile(r"^( *(?:- )?)([^\s:：#\"'|>{\[][^\s:：]{0,30})：[ ]?(.*)$")
_INNER_COLON = re.compile(
    r"^( *(?:- )?[^\s:#\"'{\[][^\s:#\"']*: +)([^\"'\[{|>&*!#%@`].*:(?: .*|$))$"
)
_BLOCK = re.compile(r"(?:: |- |:)[|>][+-]?\d*\s*$")
_KEYED = re.compile(r": |:$")
_TAB = re.compile(r"^ *\t[ \t]*")
_FENCE = re.compile(r"^---[ \t]*$")
_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in (
        "str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value"
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Front:
    """A Markdown file cut at its fences."""

    fields: NodeMap
    body: str
    body_line: int
    """Line of the file on which the body begins."""


def read_front(source: Source) -> tuple[Front | None, list[Diagnostic]]:
    """Cut a Markdown file into front matter and body, and read the former.

    None where there is no front matter to read; what is wrong is in the list.
    """
    lines = source.lines
    if not _FENCE.match(lines[0]):
        first = next((i for i, line in enumerate(lines) if line.strip()), 0)
        if _FENCE.match(lines[first]):
            edit = Edit(0, source.starts[first], "")
            return None, [
                Diagnostic(
                    source.place(0),
                    rules.FRONT_MISSING,
                    "文件第一行是空行，`---` 不在第一行",
                    "删去 `---` 前面的空行",
                    edits=(edit,),
                )
            ]
        return None, [
            Diagnostic(
                source.place(0),
                rules.FRONT_MISSING,
                "文件开头没有两行 `---` 之间的字段",
                "在第一行写 `---`，逐行写 `title:` `category:` `period:` 等字段，再写一行 `---`",
            )
        ]
    end = next((i for i in range(1, len(lines)) if _FENCE.match(lines[i])), None)
    if end is None:
        return None, [
            Diagnostic(
                source.place(0),
                rules.FRONT_UNCLOSED,
                "开头的 `---` 没有对应的第二行 `---`",
                "在最后一个字段下面写一行 `---`",
            )
        ]
    start, stop = source.starts[1], source.starts[end]
    node, found = _compose(source, start, stop)
    body_start = source.starts[end + 1] if end + 1 < len(lines) else len(source.text)
    if node is None:
        return None, found
    if not isinstance(node, NodeMap):
        place = source.place(node.start)
        found.append(
            Diagnostic(
                place,
                rules.YAML_SYNTAX,
                f"字段部分是{node.kind}，不是「字段: 值」",
                "每行写一个字段，如 `title: 标题`",
            )
        )
        return None, found
    return Front(node, source.text[body_start:], end + 2), found


def read_yaml(source: Source) -> tuple[Node | None, list[Diagnostic]]:
    """Read a whole YAML file; an empty one gives an empty mapping."""
    return _compose(source, 0, len(source.text))


def _compose(source: Source, start: int, stop: int) -> tuple[Node | None, list[Diagnostic]]:
    text = source.text[start:stop]
    if stop - start > _MAX_FRONT and start:
        return None, [
            Diagnostic(
                source.place(0),
                file_rules.TOO_LARGE,
                f"字段部分有 {stop - start} 个字符，太长",
                "把说明写到第二行 `---` 之后的正文里",
            )
        ]
    if found := _slips(source, start, stop):
        mended = [d for d in found if d.edits]
        if len(mended) < len(found):
            return None, found
        text = _apply(text, start, mended)
        node, more = _parse(source, text, start, [edit for d in mended for edit in d.edits])
        return node, found + [d for d in more if d.rule is not rules.YAML_SYNTAX]
    return _parse(source, text, start)


def _slips(source: Source, start: int, stop: int) -> list[Diagnostic]:
    """The slips that YAML itself reports badly or not at all, each its own rule."""
    found: list[Diagnostic] = []
    first, last = source.line_of(start), source.line_of(max(start, stop - 1))
    block_indent: int | None = None
    for number in range(first, last + 1):
        line = source.lines[number - 1]
        at = source.starts[number - 1]
        indent = len(line) - len(line.lstrip(" "))
        if block_indent is not None:
            if not line.strip() or indent > block_indent:
                continue
            block_indent = None
        if _BLOCK.search(line):
            block_indent = indent
            continue
        if tab := _TAB.match(line):
            found.append(
                Diagnostic(
                    source.place(at + tab.start(), at + tab.end()),
                    rules.TAB_INDENT,
                    "行首用了 Tab 缩进",
                    "把 Tab 换成两个空格",
                    edits=(Edit(at, at + tab.end(), tab.group().replace("\t", "  ")),),
                )
            )
        if colon := _FULL_WIDTH_COLON.match(line):
            key = colon.group(2)
            top = not line.startswith((" ", "-"))
            if not _KEYED.search(line) and (key.isascii() or (top and _looks_like_key(key))):
                place = at + colon.end(2)
                found.append(
                    Diagnostic(
                        source.place(place, place + 1),
                        rules.FULL_WIDTH_COLON,
                        f"字段「{key}」后面是全角冒号 `：`",
                        "改成半角冒号加一个空格 `: `",
                        edits=(
                            Edit(place, place + 1 + (line[colon.end(2) + 1 :][:1] == " "), ": "),
                        ),
                    )
                )
        elif inner := _INNER_COLON.match(line):
            value = inner.group(2)
            if " #" in value:
                continue
            place = at + inner.end(1)
            quoted = "'" + value.rstrip().replace("'", "''") + "'"
            found.append(
                Diagnostic(
                    source.place(place, place + len(value)),
                    rules.COLON_IN_VALUE,
                    "值里有半角冒号加空格，会被当成另一个字段",
                    "给整个值加引号，或改用全角冒号 `：`",
                    edits=(Edit(place, place + len(value), quoted),),
                )
            )
    return found


def _looks_like_key(key: str) -> bool:
    return len(key) <= 8 and not re.search(r"[，。；、《》（）]", key)


def _apply(text: str, base: int, found: list[Diagnostic]) -> str:
    for edit in sorted((e for d in found for e in d.edits), key=lambda e: -e.start):
        text = text[: edit.start - base] + edit.text + text[edit.end - base :]
    return text


def _parse(
    source: Source, text: str, start: int, repaired: Sequence[Edit] = ()
) -> tuple[Node | None, list[Diagnostic]]:
    found: list[Diagnostic] = []
    line_shift = source.line_of(start) - 1 if start < len(source.text) else 0
    if _too_deep(text):
        place = source.place(start)
        return None, [
            Diagnostic(place, rules.YAML_SYNTAX, "括号或缩进套了太多层", "减少嵌套，一行写一个字段")
        ]
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as broken:
        return None, [_syntax(source, broken, line_shift)]
    if node is None:
        return NodeMap((), start, start), []

    mended = sorted(repaired, key=lambda e: e.start)

    def back(index: int) -> int:
        """An offset in the repaired text → the one in the source."""
        at = index + start
        for edit in mended:
            grown = len(edit.text) - (edit.end - edit.start)
            if at >= edit.start + len(edit.text):
                at -= grown
        return at

    return _convert(source, node, back, found, set()), found


def _too_deep(text: str) -> bool:
    if text.count("[") + text.count("{") + text.count("- -") <= _MAX_DEPTH:
        deepest = max((len(m) for m in re.findall(r"^[ -]*", text, re.MULTILINE)), default=0)
        if deepest <= _MAX_DEPTH * 8:
            return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.events.CollectionStartEvent):
                depth += 1
                if depth > _MAX_DEPTH:
                    return True
            elif isinstance(event, yaml.events.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return False  # the parse proper words it
    return False


def _syntax(source: Source, broken: yaml.YAMLError, line_shift: int) -> Diagnostic:
    mark = getattr(broken, "problem_mark", None) or getattr(broken, "context_mark", None)
    problem = str(getattr(broken, "problem", "") or "")
    if mark is None:
        place = source.place(source.starts[min(line_shift, len(source.starts) - 1)])
    else:
        line = min(mark.line + line_shift + 1, len(source.lines))
        column = min(mark.column, max(len(source.lines[line - 1]) - 1, 0))
        place = source.place(source.offset(line, column + 1))
    if "another document" in problem:
        return Diagnostic(
            place, rules.YAML_SYNTAX, "文件里有第二个 `---`", "一个文件只写一份，删去多出的 `---`"
        )
    if "cannot start any token" in problem:
        char = source.lines[(place.line or 1) - 1][(place.column or 1) - 1 :][:1]
        return Diagnostic(
            place, rules.YAML_SYNTAX, f"值以 `{char}` 开头，读不出来", "给整个值加半角引号"
        )
    if "unexpected end" in problem:
        return Diagnostic(place, rules.YAML_SYNTAX, "引号没有成对", "在值的末尾补上同样的引号")
    if "undefined alias" in problem:
        return Diagnostic(
            place, rules.YAML_REFERENCE, "值以 `*` 开头，被当成引用", "给整个值加半角引号"
        )
    if "mapping values" in problem:
        return Diagnostic(
            place,
            rules.YAML_SYNTAX,
            "这里多出一个半角冒号，或上一行缺了冒号",
            "每行写成「字段: 值」；值里有冒号时给整个值加引号",
        )
    return Diagnostic(
        place,
        rules.YAML_SYNTAX,
        "这里不合字段的写法，后面读不下去",
        "每行写成「字段: 值」，缩进对齐，括号和引号成对",
    )


def _convert(
    source: Source,
    node: yaml.Node,
    place: Callable[[int], int],
    found: list[Diagnostic],
    seen: set[int],
) -> Node | None:
    start, end = place(node.start_mark.index), place(node.end_mark.index)
    if id(node) in seen or not _plain_tag(node) or source.text[start : start + 1] in ("&", "!"):
        found.append(
            Diagnostic(
                source.place(min(start, len(source.text)), end),
                rules.YAML_REFERENCE,
                "用了 YAML 的引用或类型标记",
                "把值直接写出来；以 `&` `*` `!` 开头的文字加引号",
            )
        )
        return None
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return NodeScalar(node.value, start, end, node.style in ("'", '"'))
    if isinstance(node, yaml.SequenceNode):
        items = (_convert(source, child, place, found, seen) for child in node.value)
        return NodeSequence(tuple(item for item in items if item is not None), start, end)
    entries: list[tuple[NodeScalar, Node]] = []
    for key, value in node.value:
        name = _convert(source, key, place, found, seen)
        child = _convert(source, value, place, found, seen)
        if not isinstance(name, NodeScalar):
            if name is not None:
                found.append(
                    Diagnostic(
                        source.place(name.start),
                        rules.YAML_SYNTAX,
                        "字段名不是文字",
                        "字段名写成一个英文单词，后面跟半角冒号",
                    )
                )
            continue
        before = next((n for n, _ in entries if n.text == name.text), None)
        if before is not None:
            line = source.line_of(before.start)
            found.append(
                Diagnostic(
                    source.place(name.start, name.end),
                    rules.DOUBLED_KEY,
                    f"字段 `{name.text}` 写了两次，第一次在第 {line} 行",
                    "留下对的一行，删去另一行",
                )
            )
            continue
        if child is not None:
            entries.append((name, child))
    return NodeMap(tuple(entries), start, end)


def _plain_tag(node: yaml.Node) -> bool:
    return node.tag in _TAGS
