"""The labelled corpus of families T and W: texts that are right, and faults planted in them.

A file of tests/corpus/truth/ holds blocks:

    === name
    row: {every: quarter, elements: [...]}     what the case's catalogue row says; optional
    front: {period: 2026-Q3, ...}              front matter; optional
    department: {kind: 街道, name: ...}        optional

    body in Markdown
    --- csv detail.csv                         an attachment
    --- docx detail.docx                       a Word file; lines that begin with | are a table's
    --- before 2026-Q2                         the same row's earlier period
    --- after / --- with SLUG                  a further item of the process: front, blank, body
    --- other 2026-Q3                          another body's item of the row
    --- service SLUG                           a guide of the body, its whole file
    --- powers                                 the body's powers.csv
    +++ T101 ?T104                             a fault, what must be found, what may be
    old => new                                 (\\n for a line's end)

The block as it stands raises nothing; with each plant it raises its code and nothing else. The
rules of family L that read fields only (L101 to L103) are planted here too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import yaml

from generator.check import check
from generator.diagnostic import Diagnostic
from generator.load import load
from tests import office_files

FOLDER = Path(__file__).parent / "truth"
_BLOCK = re.compile(r"^=== ", re.MULTILINE)
_PLANT = re.compile(r"^\+\+\+ ", re.MULTILINE)
_GUIDES: dict[str, object] = {
    "category": "基本/办事指南",
    "slug": "guides",
    "class": "基本",
    "basis": ["条例第二十条"],
    "every": "standing",
    "due": "standing",
}
_PART = re.compile(r"^--- (csv|docx|before|with|other|service|powers) ?(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One text and the codes that it must raise; none for a hard negative."""

    name: str
    base: str
    """The block it comes from: both halves of the corpus are split by it."""
    text: str
    expected: frozenset[str]
    allowed: frozenset[str] = frozenset()
    """Codes that the plant may raise too, for they are as true."""

    @property
    def half(self) -> int:
        """0 or 1, by a stable hash of the block's name."""
        return sha256(self.base.encode()).digest()[0] % 2


def cases(folder: Path = FOLDER) -> Iterator[Case]:
    """Every case of the corpus."""
    for path in sorted(folder.glob("*.txt")):
        for block in _BLOCK.split(path.read_text(encoding="utf-8"))[1:]:
            name, _, rest = block.partition("\n")
            text, *plants = _PLANT.split(rest)
            base = Case(
                f"{path.stem}/{name.strip()}", f"{path.stem}/{name.strip()}", text, frozenset()
            )
            yield base
            for n, plant in enumerate(plants, 1):
                codes, _, edits = plant.partition("\n")
                changed = text
                for line in edits.strip("\n").split("\n"):
                    old, arrow, new = line.partition(" => ")
                    old, new = old.replace("\\n", "\n"), new.replace("\\n", "\n")
                    assert arrow, (base.name, n, line)
                    assert old in changed, (base.name, n, old)
                    changed = changed.replace(old, new, 1)
                yield replace(
                    base,
                    name=f"{base.name}#{n}",
                    text=changed,
                    expected=frozenset(c for c in codes.split() if c[0] != "?"),
                    allowed=frozenset(c[1:] for c in codes.split() if c[0] == "?"),
                )


def write(root: Path, many: list[Case]) -> None:
    """One root that holds every case in a department of its own."""
    folders: list[str] = []
    rows: list[dict[str, object]] = []
    for n, case in enumerate(many):
        folders += _write(root, f"c{n:04}", n, case, rows)
    if any("--- service " in case.text for case in many):
        rows.append(_GUIDES)
    (root / "content/catalog").mkdir(parents=True)
    (root / "content/catalog/local.yml").write_text(
        yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8"
    )
    (root / "site_config.yml").write_text(
        "site:\n  name: 平川市政府信息公开\n  url: http://127.0.0.1/gk/\n  region: 平川市\n"
        "  level: 县级\n  sponsor: 平川市人民政府办公室\n"
        f"departments: [{', '.join(folders)}]\n"
        "judge: {from: git, since: 2030-01-01, due_soon: 5 workdays}\ncatalog: {use: []}\n",
        encoding="utf-8",
    )


def _write(root: Path, folder: str, n: int, case: Case, rows: list[dict[str, object]]) -> list[str]:
    head, _, rest = case.text.lstrip("\n").partition("\n\n")
    if not re.match(r"(?:row|front|department): ", head):
        head, rest = "", case.text.lstrip("\n")
    given = yaml.safe_load(head) or {}
    front: dict[str, object] = {
        "title": "有关工作情况",
        "category": f"语料/第{n}类",
        "period": "临时",
        "formed": "2026-10-15",
    }
    front |= given.get("front", {})
    every = {4: "year", 7: "month"}.get(len(str(front["period"])), "event")
    if "-Q" in str(front["period"]) or "-H" in str(front["period"]):
        every = "quarter" if "Q" in str(front["period"]) else "half"
    due = {"within": "20 workdays", "after": "formed" if every == "event" else "period_end"}
    rows.append(
        {
            "category": f"语料/第{n}类",
            "slug": f"r{n}",
            "class": "基本",
            "basis": ["条例第十九条"],
            "every": every,
            "due": due,
        }
        | given.get("row", {})
    )
    about: dict[str, object] = {
        "name": f"平川市第{n}局",
        "kind": "部门",
        "phone": "0000-8000000",
        "complaints": "0000-8000001",
    }
    about |= given.get("department", {})
    made = [folder]
    _department(root, folder, about)
    parts = _PART.split(rest)
    body = parts[0]
    files = []
    target = root / f"content/{folder}/items/{_year(front)}/a"
    for kind, argument, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        argument = argument.strip()
        if kind in ("csv", "docx"):
            target.mkdir(parents=True, exist_ok=True)
            plain = text.strip("\n") + "\n"
            made_of = office_files.docx(*office_files.word_lines(plain.split("\n")))
            (target / argument).write_bytes(made_of if kind == "docx" else plain.encode())
            files.append({"path": argument, "title": "明细"})
        elif kind in ("service", "powers"):
            name = f"services/{argument}.md" if kind == "service" else "powers.csv"
            path = root / f"content/{folder}/{name}"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text.strip("\n") + "\n", encoding="utf-8")
        elif kind == "before":
            _item(
                root,
                folder,
                f"b-{argument.lower()}",
                front | {"period": argument, "formed": _after(argument)},
                text,
            )
        elif kind == "with":
            inner, _, more = text.lstrip("\n").partition("\n\n")
            _item(root, folder, argument, front | (yaml.safe_load(inner) or {}), more)
        else:
            other = folder.replace("c", "o")
            made.append(other)
            _department(root, other, about | {"name": f"平川市第{n}局分局"})
            _item(root, other, "a", front | ({"period": argument} if argument else {}), text)
    if files:
        front["files"] = files
    _item(root, folder, "a/index", front, body)
    return made


def _year(front: dict[str, object]) -> str:
    period = str(front["period"])
    return period[:4] if period[:1] == "2" else str(front["formed"])[:4]


def _after(period: str) -> str:
    return "2027-01-10" if len(period) == 4 else f"{period[:4]}-12-20"


def _department(root: Path, folder: str, about: dict[str, object]) -> None:
    (root / f"content/{folder}").mkdir(parents=True, exist_ok=True)
    (root / f"content/{folder}/department.yml").write_text(
        yaml.safe_dump(about, allow_unicode=True), encoding="utf-8"
    )


def _item(root: Path, folder: str, slug: str, front: dict[str, object], body: str) -> None:
    path = root / f"content/{folder}/items/{_year(front)}/{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = yaml.safe_dump(
        {
            k: str(v) if not isinstance(v, list | dict) else v
            for k, v in front.items()
            if v is not None
        },
        allow_unicode=True,
    )
    path.write_text(f"---\n{head}---\n{body.strip(chr(10))}\n", encoding="utf-8")


def run(root: Path, many: list[Case]) -> dict[str, list[Diagnostic]]:
    """Case's name → its findings of families T and W and of fields; F and C must be silent."""
    from datetime import date

    write(root, many)
    out: dict[str, list[Diagnostic]] = {case.name: [] for case in many}
    for found in check(load(root), date(2026, 11, 24)):
        match = re.match(r"content/[co]([0-9]{4})/", found.place.path)
        code = found.rule.code
        if (code[0] in "TW" or code in ("L101", "L102", "L103")) and match:
            out[many[int(match.group(1))].name].append(found)
        elif found.rule.code[0] in "FC" and found.severity.value == "error":
            raise AssertionError((found, match and many[int(match.group(1))].name))
    return out
