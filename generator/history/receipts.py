"""The receipt chains of a folder, read strictly: every line, every seal, every break."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Protocol, TypeVar

from generator.history.lines import (
    GENESIS,
    Edited,
    Foreign,
    Torn,
    Witnessed,
    parse_line,
    parse_seal,
    parse_witness,
)
from generator.model import Line, Seal

SITE, WITNESS = "site.jsonl", "witness.jsonl"


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the chains, or the site, are not what was recorded."""

    code: str
    department: str | None
    """None for the site's own files."""
    seq: int | None
    item: str | None
    path: str | None
    """The file, relative to the folder it lies in."""
    message: str


@dataclass(frozen=True, slots=True)
class Receipts:
    """What a folder of receipts holds; lines that are broken in themselves are left out."""

    lines: Mapping[str, tuple[Line, ...]]
    """Department → its lines, in the order of the file."""
    seals: tuple[Seal, ...]
    witnessed: tuple[Witnessed, ...]
    breaks: tuple[Break, ...]


class _Link(Protocol):
    @property
    def at(self) -> datetime: ...
    @property
    def seq(self) -> int: ...
    @property
    def prev(self) -> str: ...
    @property
    def hash(self) -> str: ...


_Found = TypeVar("_Found", bound=_Link)


def read_receipts(folder: Path) -> Receipts:
    """Read `<department>.jsonl`, `site.jsonl` and `witness.jsonl` (formats.md section 6).

    A folder that does not exist holds nothing. Never raises for what a file says.
    """
    names = (path for path in sorted(folder.glob("*.jsonl")) if not path.name.startswith("."))
    return read_files({path.name: path.read_bytes() for path in names})


def read_files(files: Mapping[str, bytes]) -> Receipts:
    """The same, from the files' bytes by name."""
    breaks: list[Break] = []
    lines: dict[str, tuple[Line, ...]] = {}
    for name, data in files.items():
        if name not in (SITE, WITNESS):
            department = name.removesuffix(".jsonl")
            lines[department], broken = read_chain(data, department, name)
            breaks += broken
    seals: tuple[Seal, ...] = ()
    if SITE in files:
        seals, broken = _follow(files[SITE], parse_seal, None, SITE)
        breaks += broken
    witnessed: tuple[Witnessed, ...] = ()
    if WITNESS in files:
        witnessed, broken = _follow(files[WITNESS], parse_witness, None, WITNESS, numbered=False)
        breaks += broken
    harmed = {one.department for one in breaks if one.path != WITNESS}
    breaks += unsealed(lines, seals, harmed)
    return Receipts(lines, seals, witnessed, tuple(breaks))


def read_chain(data: bytes, department: str, name: str) -> tuple[tuple[Line, ...], list[Break]]:
    """The lines of one department's file, and where its chain is broken."""
    return _follow(data, lambda raw: parse_line(raw, department), department, name)


def _follow(
    data: bytes,
    parse: Callable[[bytes], _Found],
    department: str | None,
    name: str,
    *,
    numbered: bool = True,
) -> tuple[tuple[_Found, ...], list[Break]]:
    """Walk a chain; each line gives at most one break, and the walk goes on from that line."""
    found: list[_Found] = []
    breaks: list[Break] = []
    due, spare, prevs = 1, 1, {GENESIS}
    latest: datetime | None = None

    def broken(code: str, seq: int | None, message: str, item: str | None = None) -> None:
        breaks.append(Break(code, department, seq, item, name, message))

    for number, raw, whole in _raw_lines(data):
        if not whole:
            broken("torn-line", due, f"第 {number} 行不完整：末尾没有换行")
            break
        try:
            line = parse(raw)
        except Torn as error:
            broken("torn-line", due, f"第 {number} 行不完整：{error}")
            # It may stand in a line's place or between two lines.
            due, spare, prevs = due + 1, due, set()
            continue
        except Foreign as error:
            broken("foreign-line", due, f"第 {number} 行不该在这里：{error}")
            continue
        except Edited as error:
            broken("edited-line", due, f"第 {number} 行被改过：内容和它的散列对不上")
            # Whichever of the two was altered, the next line may follow on the other.
            due, spare, prevs = due + 1, due + 1, {error.recorded, error.actual}
            continue
        item = line.item if isinstance(line, Line) else None
        if numbered and line.seq not in (due, spare):
            broken("bad-seq", line.seq, f"第 {number} 行的序号是 {line.seq}，该是 {due}", item)
        elif prevs and line.prev not in prevs:
            broken("bad-prev", line.seq, f"第 {number} 行没有接在前一行后面", item)
        elif latest is not None and line.at < latest:
            broken("time-backwards", line.seq, f"第 {number} 行的时间早于前一行", item)
        found.append(line)
        due, spare, prevs = line.seq + 1, line.seq + 1, {line.hash}
        latest = line.at
    return tuple(found), breaks


def _raw_lines(data: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """Line number from 1, its bytes without LF, whether it had one."""
    parts = data.split(b"\n")
    rest = parts.pop()
    for number, raw in enumerate(parts, 1):
        yield number, raw, True
    if rest:
        yield len(parts) + 1, rest, False


def unsealed(
    lines: Mapping[str, tuple[Line, ...]], seals: tuple[Seal, ...], harmed: set[str | None]
) -> list[Break]:
    """Lines and seals that do not agree; chains already found broken are not judged again."""
    breaks: list[Break] = []
    if None in harmed:
        return breaks
    if not seals and any(lines.values()):
        return [Break("unsealed", None, None, None, SITE, "有回执，没有封签")]
    for before, after in pairwise(seals):
        short = [d for d, (n, _) in before.heads.items() if after.heads.get(d, (0, ""))[0] < n]
        if short:
            message = f"第 {after.seq} 道封签比前一道少：{'、'.join(short)}"
            breaks.append(Break("unsealed", short[0], after.seq, None, SITE, message))
            harmed = harmed | set(short)
    for department in sorted({*lines, *(d for seal in seals for d in seal.heads)}):
        if department not in harmed:
            breaks += _held_against(department, lines.get(department, ()), seals)
    return breaks


def _held_against(
    department: str, lines: tuple[Line, ...], seals: tuple[Seal, ...]
) -> Iterator[Break]:
    """The first thing wrong between one whole chain and the seals."""
    name = f"{department}.jsonl"
    for seal in seals:
        count, head = seal.heads.get(department, (0, GENESIS))
        if count > len(lines):
            message = f"第 {seal.seq} 道封签时有 {count} 条，现在只有 {len(lines)} 条"
            yield Break("lost-tail", department, len(lines) + 1, None, name, message)
            return
        if count and lines[count - 1].hash != head:
            line, message = lines[count - 1], f"第 {count} 条和第 {seal.seq} 道封签记下的不同"
            yield Break("unsealed", department, count, line.item, name, message)
            return
        if count < len(lines) and lines[count].at < seal.at:
            line, message = lines[count], f"第 {count + 1} 条没有进第 {seal.seq} 道封签"
            yield Break("unsealed", department, count + 1, line.item, name, message)
            return
