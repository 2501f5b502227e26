"""Masked numbers: whether enough is hidden, and whether two masks of a person join."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.check.legality import names
from generator.check.legality.contact import row_names
from generator.check.legality.document import Document
from generator.check.legality.hit import Hit
from generator.rules import legality as rules

_TOKEN = re.compile(
    r"(?<![0-9A-Za-z*＊×●■])[0-9]{0,17}(?:[*＊×●■]{1,18}|[xX]{2,14})[0-9*＊×●■xX]{0,18}(?![0-9A-Za-z])"
)
_STARS = re.compile(r"[*＊×●■xX]")
_MASKED = re.compile(r"[*＊×●■]|xx|xX|Xx|XX")
"""Without one of these a line has no mask."""
_PAPER = re.compile(r"身份证|证件号|公民身份")
_CARD = re.compile(r"银行卡|卡号|账号|帐号|存折|一卡通|一折通")
_PHONE = re.compile(r"电话|手机|联系方式|号码")


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked number of a person."""

    name: str
    kind: str
    shown: str
    """Its signs, every mask a star."""
    start: int
    end: int


def tokens(document: Document, line: int) -> Iterator[Masked]:
    """The masked numbers of a line, with the name beside each, if any."""
    text, start = document.lines[line], document.starts[line]
    if _MASKED.search(text) is None:
        return
    for match in _TOKEN.finditer(text):
        token = match[0]
        last = token[-1] if token[-1] in "xX" and token[-2:-1].isdigit() else ""
        shown = _STARS.sub("*", token[: len(token) - len(last)]) + last.upper()
        if "*" not in shown or not any(c.isdigit() for c in shown):
            continue
        kind = _kind(document, line, match.start(), shown)
        if kind:
            name = _name(document, line, text, match.start())
            yield Masked(name, kind, shown, start + match.start(), start + match.end())


def broken(masked: Iterable[Masked]) -> Iterator[Hit]:
    """Those that show too much."""
    for one in masked:
        if not _fits(one.shown, one.kind):
            shown = _again(one.shown)
            yield Hit(
                rules.BROKEN_MASK, one.start, one.end, shown,
                f"{one.kind}遮盖得不够，露出 {sum(c != '*' for c in one.shown)} 位",
                "手机号留前 3 位和后 4 位，身份证号留前 2 位和后 3 位，卡号留后 4 位",
            )  # fmt: skip


def joined(masked: Iterable[Masked]) -> Iterator[tuple[Masked, Hit]]:
    """Masks of one named person that, laid over each other, show too much."""
    first: dict[tuple[str, str, int], list[Masked]] = {}
    for one in masked:
        if not one.name:
            continue
        others = first.setdefault((one.name, one.kind, len(one.shown)), [])
        for other in others:
            union = _laid(one.shown, other.shown)
            if union is None or union in (one.shown, other.shown) or _fits(union, one.kind):
                continue
            yield (
                one,
                Hit(
                    rules.JOINED_MASKS, one.start, one.end, _again(one.shown),
                    f"同一人的{one.kind}另有一处遮盖的位置不同，合起来露出 {sum(c != '*' for c in union)} 位",
                    "各处用同一种遮盖",
                ),
            )  # fmt: skip
            break
        others.append(one)


def _kind(document: Document, line: int, at: int, shown: str) -> str:
    table = document.table_of(line)
    about = document.lines[line][max(0, at - 14) : at]
    if table is not None:
        row, offset = document.row_of(line), document.starts[line] + at
        about = next(
            (table.head(row, i) for i, c in enumerate(row) if c.start <= offset <= c.end), about
        )
    seen, size = sum(c != "*" for c in shown), len(shown)
    if _PAPER.search(about) and seen >= 3:
        return "身份证号码"
    if _CARD.search(about) and seen >= 3:
        return "银行卡号"
    if (
        (_PHONE.search(about) or size in (10, 11, 12))
        and re.match(r"1[3-9*]|\*", shown)
        and 8 <= size <= 13
    ):
        return "手机号码" if seen >= 4 else ""
    if size in (15, 18) and shown[0] in "123456789*":
        return "身份证号码"
    return (
        "银行卡号" if size in (16, 17, 19) and shown[:2] in ("62", "60", "45", "43", "**") else ""
    )


def _fits(shown: str, kind: str) -> bool:
    seen = sum(c != "*" for c in shown)
    if kind == "身份证号码":
        return seen <= 6
    front = len(shown) - len(shown.lstrip("0123456789"))
    back = len(shown) - len(shown.rstrip("0123456789"))
    if kind == "手机号码":
        return seen <= 7 and front <= 3 and back <= 4 and front + back == seen
    return seen <= 4 and back == seen


def _laid(one: str, other: str) -> str | None:
    """Two masks of one length over each other; None where they show different digits."""
    out = []
    for a, b in zip(one, other, strict=True):
        if a != "*" and b != "*" and a != b:
            return None
        out.append(b if a == "*" else a)
    return "".join(out)


def _again(shown: str) -> str:
    """All but the first and the last shown sign hidden."""
    return shown[0] + "*" * (len(shown) - 2) + shown[-1]


def _name(document: Document, line: int, text: str, at: int) -> str:
    found = row_names(document, line)
    if found:
        return found[0]
    row_name = _masked_name(document, line)
    if row_name:
        return row_name
    text = text[max(0, at - 120) : at]
    before = [text[a:b] for a, b in names.in_prose(text)]
    return before[-1] if before else ""


def _masked_name(document: Document, line: int) -> str:
    """A name like 张某 or 张*平 in its own column, which ties two masks as well."""
    table = document.table_of(line)
    if table is None:
        return ""
    row = document.row_of(line)
    for index, cell in enumerate(row):
        if "姓名" in table.head(row, index) and re.fullmatch(
            r"[\u4e00-\u9fff*＊×某]{2,4}", cell.text
        ):
            return cell.text.replace("＊", "*").replace("×", "*")
    return ""
