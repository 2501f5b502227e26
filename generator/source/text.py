"""Bytes → text: encoding, byte order mark, line ends, and what cannot be text at all."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from generator.diagnostic import Diagnostic, Edit, Place, Rule
from generator.rules import files as rules

MAX_BYTES = 2_000_000
"""Largest text file that is read, in bytes: no item comes near it."""

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_CONFLICT = re.compile(r"^(<{7}|>{7}|={7}|\|{7})(?: .*)?$", re.MULTILINE)


@dataclass(frozen=True)
class Source:
    """A text file as its rules see it: no byte order mark, lines ended by LF."""

    path: str
    """Relative to the root."""
    text: str

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Offset at which each line begins."""
        lines = self.text.split("\n")
        return tuple(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Its lines without their ends."""
        return tuple(self.text.split("\n"))

    def place(self, start: int, end: int | None = None) -> Place:
        """The place of the characters from offset `start` to `end` (on one line)."""
        line = self.line_of(start)
        column = start - self.starts[line - 1] + 1
        last = self.starts[line - 1] + len(self.lines[line - 1])
        stop = min(max(start + 1, last if end is None else end), max(last, start + 1))
        return Place(self.path, line, column, column + stop - start)

    def line_of(self, offset: int) -> int:
        """The line, from 1, that holds the character at `offset`."""
        low, high = 0, len(self.starts) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.starts[middle] <= offset:
                low = middle
            else:
                high = middle - 1
        return low + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of line and column, both from 1."""
        return self.starts[min(line, len(self.starts)) - 1] + column - 1


def decode(path: str, data: bytes) -> tuple[Source | None, list[Diagnostic]]:
    """Turn bytes into a source and say what was wrong with them.

    GBK is read, so that its other faults show too, and reported; bytes that are no text
    at all give None. Every repair here is what `check --fix` does by writing the text anew.
    """
    found: list[Diagnostic] = []
    whole = Place(path)
    first = Place(path, 1, 1, 2)
    rewrite = (Edit(0, 0, ""),)

    def report(rule: Rule, place: Place, message: str, hint: str, fix: bool = False) -> None:
        found.append(Diagnostic(place, rule, message, hint, edits=rewrite if fix else ()))

    if len(data) > MAX_BYTES:
        report(
            rules.TOO_LARGE,
            whole,
            f"文件有 {len(data)} 字节，超过 {MAX_BYTES} 字节",
            "把正文分成几件，大表格改作附件",
        )
        return None, found
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        report(
            rules.NOT_TEXT,
            whole,
            "文件是 UTF-16 编码",
            "用记事本另存为，编码选 UTF-8",
        )
        return None, found
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        report(
            rules.BYTE_ORDER_MARK,
            first,
            "文件开头有字节顺序标记（BOM）",
            "运行 `gongkai check --fix` 去掉它，或另存为不带 BOM 的 UTF-8",
            fix=True,
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as broken:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            text = ""
        if not text or _CONTROL.search(text):
            line = data.count(b"\n", 0, broken.start) + 1
            report(
                rules.NOT_TEXT,
                Place(path, line, 1, 2),
                f"第 {line} 行有不是文字的字节",
                "确认这是文本文件，用记事本另存为 UTF-8",
            )
            return None, found
        report(
            rules.GBK,
            first,
            "文件是 GBK 编码，网站只用 UTF-8",
            "运行 `gongkai check --fix` 转换，或用记事本另存为，编码选 UTF-8",
            fix=True,
        )
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        report(
            rules.CARRIAGE_RETURN,
            first,
            "行尾是 Windows 的回车换行（CRLF）",
            "运行 `gongkai check --fix` 统一成 LF",
            fix=True,
        )
    source = Source(path, text)
    if control := _CONTROL.search(text):
        report(
            rules.CONTROL_CHARACTER,
            source.place(control.start(), control.end()),
            f"有看不见的控制字符 U+{ord(control.group()):04X}",
            "删去这个字符",
        )
        source = Source(path, _CONTROL.sub("\ufffd", text))
    marks = list(_CONFLICT.finditer(text)) if "<<<<<<<" in text else []
    if any(m.group(1)[0] == "<" for m in marks) and any(m.group(1)[0] == ">" for m in marks):
        report(
            rules.CONFLICT_MARK,
            source.place(marks[0].start(), marks[0].end()),
            "文件里留着合并冲突的标记",
            "留下要的一段，删去 `<<<<<<<` `=======` `>>>>>>>` 三种行",
        )
    return source, found
