"""The exact bytes of receipt lines and seals (formats.md section 6)."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from generator.model import Line, Seal

GENESIS = "0" * 64
"""`prev` of a file's first line."""

KINDS = ("found", "first", "change", "withdraw", "expire")

_LINE = ("seq", "at", "kind", "department", "item", "slot", "sha256", "due", "missing", "commit")
_SEAL = ("seq", "at", "commit", "heads")
_WITNESS = ("at", "source", "seq", "head")

_TAIL = re.compile(rb',"hash":"([0-9a-f]{64})"\}')
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+08:00")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HASH = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_ITEM = re.compile(r"[0-9]{4}/[a-z0-9-]{1,80}")
_FOLDER = re.compile(r"[^/\\\x00-\x1f]+")

Value = str | int | None | list[str] | dict[str, tuple[int, str]]


class Torn(Exception):
    """The bytes are no whole JSON line."""


class Foreign(Exception):
    """A whole line whose fields, or their values, do not belong in this file."""


class Edited(Exception):
    """A line that no longer has its hash; the argument is the hash its bytes have."""

    def __init__(self, recorded: str, actual: str) -> None:
        super().__init__("散列对不上")
        self.recorded = recorded
        self.actual = actual


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A line of `witness.jsonl`: the head of a site's seals as somebody saw it."""

    at: datetime
    source: str
    """The site's address."""
    seq: int
    """Of the seal that was seen."""
    head: str
    clock_given: bool
    prev: str
    hash: str


def line_bytes(
    *,
    seq: int,
    at: datetime,
    kind: str,
    department: str,
    item: str,
    slot: str | None,
    sha256: str,
    due: date | None,
    missing: tuple[str, ...],
    commit: str | None,
    clock_given: bool,
    prev: str,
) -> bytes:
    """One line of `<department>.jsonl`, LF included; its hash is the 64 digits it ends with."""
    values: tuple[Value, ...] = (
        seq, at.isoformat(timespec="seconds"), kind, department, item, slot, sha256,
        due.isoformat() if due else None, list(missing), commit,
    )  # fmt: skip
    return _finished(dict(zip(_LINE, values, strict=True)), clock_given, prev)


def seal_bytes(
    *,
    seq: int,
    at: datetime,
    commit: str | None,
    heads: Mapping[str, tuple[int, str]],
    clock_given: bool,
    prev: str,
) -> bytes:
    """One line of `site.jsonl`, LF included."""
    ordered = dict(sorted(heads.items()))
    values: tuple[Value, ...] = (seq, at.isoformat(timespec="seconds"), commit, ordered)
    return _finished(dict(zip(_SEAL, values, strict=True)), clock_given, prev)


def witness_bytes(
    *, at: datetime, source: str, seq: int, head: str, clock_given: bool, prev: str
) -> bytes:
    """One line of `witness.jsonl`, LF included."""
    values: tuple[Value, ...] = (at.isoformat(timespec="seconds"), source, seq, head)
    return _finished(dict(zip(_WITNESS, values, strict=True)), clock_given, prev)


def hash_of(line: bytes) -> str:
    """The hash that a line written here ends with."""
    return line[-67:-3].decode("ascii")


def parse_line(raw: bytes, department: str) -> Line:
    """A line of `<department>.jsonl` without its LF; raises `Torn`, `Edited`, `Foreign`."""
    values, clock, prev, own = _opened(raw, _LINE)
    seq, at, kind, owner, item, slot, sha256, due, missing, commit = values
    if owner != department:
        raise Foreign("部门和文件名不同")
    if kind not in KINDS:
        raise Foreign("没有这种回执")
    if not isinstance(item, str) or not _belongs(item, department):
        raise Foreign("事项不是这个部门的")
    if not (slot is None or (isinstance(slot, str) and slot.startswith(f"{department}/"))):
        raise Foreign("期次不是这个部门的")
    if not isinstance(missing, list) or not all(isinstance(one, str) for one in missing):
        raise Foreign("缺少的要素不是一串文字")
    return Line(
        seq=_count(seq),
        at=_moment(at),
        kind=str(kind),
        department=department,
        item=item,
        slot=slot,
        sha256=_text(sha256, _HASH, "内容散列"),
        due=None if due is None else _day(due),
        missing=tuple(missing),
        commit=None if commit is None else _text(commit, _COMMIT, "提交"),
        clock_given=clock,
        prev=prev,
        hash=own,
    )


def parse_seal(raw: bytes) -> Seal:
    """A line of `site.jsonl` without its LF; raises `Torn`, `Edited`, `Foreign`."""
    (seq, at, commit, heads), _, prev, own = _opened(raw, _SEAL)
    if not isinstance(heads, dict):
        raise Foreign("封签里没有各部门的链头")
    if list(heads) != sorted(heads):
        raise Foreign("各部门的链头没有按次序")
    typed: dict[str, tuple[int, str]] = {}
    for folder, head in heads.items():
        if not _FOLDER.fullmatch(folder) or not isinstance(head, list) or len(head) != 2:
            raise Foreign("封签里有一个链头不成样子")
        typed[folder] = (_count(head[0]), _text(head[1], _HASH, "链头"))
    number = None if commit is None else _text(commit, _COMMIT, "提交")
    return Seal(_count(seq), _moment(at), number, typed, prev, own)


def parse_witness(raw: bytes) -> Witnessed:
    """A line of `witness.jsonl` without its LF; raises `Torn`, `Edited`, `Foreign`."""
    (at, source, seq, head), clock, prev, own = _opened(raw, _WITNESS)
    if not isinstance(source, str) or not source:
        raise Foreign("见证没有写明网址")
    return Witnessed(_moment(at), source, _count(seq), _text(head, _HASH, "链头"), clock, prev, own)


def _finished(values: dict[str, Value], clock_given: bool, prev: str) -> bytes:
    if clock_given:
        values["clock"] = "given"
    values["prev"] = prev
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    hashed = text[:-1].encode("utf-8")
    return hashed + b',"hash":"' + hashlib.sha256(hashed).hexdigest().encode("ascii") + b'"}\n'


def _opened(raw: bytes, fields: tuple[str, ...]) -> tuple[list[object], bool, str, str]:
    """The values of `fields` in order, whether the clock was given, `prev` and `hash`."""
    tail = _TAIL.fullmatch(raw, max(len(raw) - 75, 0))
    if tail is None:
        _decoded(raw)
        raise Foreign("末尾没有散列")
    own = tail.group(1).decode("ascii")
    actual = hashlib.sha256(raw[:-75]).hexdigest()
    if actual != own:
        raise Edited(own, actual)
    text, values = _decoded(raw)
    clock = "clock" in values
    expected = [*fields, "clock", "prev", "hash"] if clock else [*fields, "prev", "hash"]
    if list(values) != expected:
        raise Foreign("字段不是规定的那些，或者次序不对")
    if clock and values["clock"] != "given":
        raise Foreign("时钟的来历写得不对")
    plain, escaped = _compact(values)
    if text not in (plain, escaped) or not _is_text(plain):
        raise Foreign("不是紧凑的 JSON")
    return [values[name] for name in fields], clock, _text(values["prev"], _HASH, "前一条"), own


def _decoded(raw: bytes) -> tuple[str, dict[str, object]]:
    try:
        text = raw.decode("utf-8")
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Torn("不是一行完整的 JSON") from error
    if not isinstance(values, dict):
        raise Torn("不是一行完整的 JSON")
    return text, values


def _compact(values: dict[str, object]) -> tuple[str, str]:
    """The two ways to write it without spaces: Han characters as they are, or as escapes."""
    return (
        json.dumps(values, ensure_ascii=False, separators=(",", ":")),
        json.dumps(values, ensure_ascii=True, separators=(",", ":")),
    )


def _belongs(item: str, department: str) -> bool:
    folder, _, rest = item.partition("/")
    return folder == department and _ITEM.fullmatch(rest) is not None


def _is_text(plain: str) -> bool:
    """Whether it can be written at all: half of a surrogate pair cannot."""
    try:
        plain.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _count(value: object) -> int:
    if type(value) is not int or value < 1:
        raise Foreign("序号不是从 1 起的整数")
    return value


def _text(value: object, form: re.Pattern[str], name: str) -> str:
    if not isinstance(value, str) or not form.fullmatch(value):
        raise Foreign(f"{name}的写法不对")
    return value


def _day(value: object) -> date:
    try:
        return date.fromisoformat(_text(value, _DAY, "期限"))
    except ValueError as error:
        raise Foreign("期限不是一个日期") from error


def _moment(value: object) -> datetime:
    try:
        return datetime.fromisoformat(_text(value, _AT, "时间"))
    except ValueError as error:
        raise Foreign("时间不是一个时刻") from error
