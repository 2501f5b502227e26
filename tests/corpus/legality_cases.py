"""The labelled corpus of family L: faults planted in officialese, and texts that look like them.

A file of tests/corpus/legality/ holds blocks:

    == format CODES      format: md, docx, xlsx-hidden-sheet …; codes that must be found, or none
    title: …             the item's title, optional
    allow: L204 139****1 what the allow list lets stand in it, optional
    text                 lines that begin with | are rows of a table

`{…}` stands for a number made here, so that no number of a person is kept: {id:region:date:n} with its
check digit, {badid:…} without, {card:prefix:length}, {luhn:…}, {uscc:…}, {m:n} a mobile.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from generator.check import check
from generator.check.legality.numbers import credit_check, identity, identity_check, luhn
from generator.diagnostic import Diagnostic
from generator.load import load
from tests import office_files as files
from tests import xls_writer

FOLDER = Path(__file__).parent / "legality"
_CONFIG = """\
site: {name: 试验市政府信息公开, url: "http://127.0.0.1:8123/", region: 试验市, level: 县级, sponsor: 市政府}
departments: [chengguan]
judge: {from: git, since: 2026-01-01, due_soon: 5 workdays}
catalog: {use: []}
"""
_CATALOG = """\
- category: 通知公告/公示
  slug: notices
  class: 基本
  basis: [《政府信息公开条例》第二十六条]
  every: event
  due: {within: 20 workdays, after: formed}
"""
_BEFORE = "按照年度工作安排，现将第三季度有关情况予以公布，接受社会监督。\n\n"
_AFTER = "\n\n以上情况如有变动，另行公告。特此公示。\n"


@dataclass(frozen=True)
class Case:
    """One text and the codes that it must raise; none for a hard negative."""

    name: str
    form: str
    title: str
    text: str
    expected: frozenset[str]
    allowed: frozenset[str] = frozenset()
    permit: str = ""
    """The rule and the masked form of an entry of the allow list."""

    @property
    def half(self) -> int:
        """0 or 1, by a stable hash of the text."""
        return sha256(self.text.encode()).digest()[0] % 2

    @property
    def wrapped(self) -> bool:
        """Whether it stands between other paragraphs; a mark's place is its own."""
        marks = any(code.startswith("L30") for code in self.expected)
        return sha256(self.text.encode()).digest()[1] % 2 == 0 and not marks


def cases() -> Iterator[Case]:
    """Every case of the corpus."""
    for path in (FOLDER / "faults.txt", FOLDER / "clean.txt"):
        for n, block in enumerate(
            re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.M)[1:], 1
        ):
            head, _, text = block.partition("\n")
            form, *codes = head.split()
            title = "2026年第三季度工作情况公示"
            if text.startswith("title: "):
                first, _, text = text.partition("\n")
                title = first[7:]
            permit = ""
            if text.startswith("allow: "):
                first, _, text = text.partition("\n")
                permit = first[7:]
            name = f"{path.stem}-{n:03d}-{form}"
            filled = _filled(text.strip("\n"))
            yield Case(name, form, title, filled, frozenset(codes), permit=permit)


def run(root: Path, many: list[Case]) -> dict[str, list[Diagnostic]]:
    """What family L says of each case, all in one root below `root`."""
    base = root / "content/chengguan"
    _write(root / "site_config.yml", _CONFIG)
    _write(root / "content/catalog/local.yml", _CATALOG)
    _write(base / "department.yml", "name: 试验市城市管理局\nkind: 部门\nphone: 0000-8000000\n")
    for case in many:
        folder = base / f"items/2026/{case.name}"
        named, data = _attachment(case)
        files_line = f"files: [{{path: {named}, title: 附件}}]\n" if named else ""
        body = case.text if case.form == "md" else "详见附件。"
        if case.form == "md" and case.wrapped:
            body = _BEFORE + body + _AFTER
        front = f"title: {case.title}\ncategory: 通知公告/公示\nperiod: 临时\nformed: 2026-10-09\n"
        _write(folder / "index.md", f"---\n{front}{files_line}---\n{body}\n")
        if named:
            (folder / named).write_bytes(data)
    permitted = [case for case in many if case.permit]
    lines = (
        f"- {{at: chengguan/2026/{case.name}, rule: {rule}, shows: '{shows}', reason: 已经核实}}\n"
        for case in permitted
        for rule, _, shows in [case.permit.partition(" ")]
    )
    _write(root / "content/allow.yml", "".join(lines))
    found: dict[str, list[Diagnostic]] = {case.name: [] for case in many}
    for diagnostic in check(load(root), date(2026, 11, 24)):
        if diagnostic.rule.code == "L104" and diagnostic.place.line:
            found[permitted[diagnostic.place.line - 1].name].append(diagnostic)
        if diagnostic.rule.code.startswith(("L105", "L2", "L3")) and diagnostic.item:
            found[diagnostic.item.rpartition("/")[2]].append(diagnostic)
    return found


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _rows(lines: list[str]) -> list[list[str]]:
    return [line.strip().strip("|").split("|") for line in lines if line.startswith("|")]


def _attachment(case: Case) -> tuple[str, bytes]:
    lines = case.text.split("\n")
    rows = _rows(lines)
    match case.form:
        case "md":
            return "", b""
        case "docx":
            return "a.docx", files.docx(*files.word_lines(lines))
        case "docx-comment":
            return "a.docx", files.docx(files.paragraph("正文。"), comments=lines)
        case "docx-header":
            return "a.docx", files.docx(files.paragraph("正文。"), header=lines[0])
        case "docx-deleted":
            return "a.docx", files.docx(files.paragraph("正文。"), *map(files.deleted, lines))
        case "docx-hidden":
            return "a.docx", files.docx(files.paragraph("正文。"), *map(files.vanished, lines))
        case "docx-inserted":
            return "a.docx", files.docx(files.paragraph("正文。"), *map(files.inserted, lines))
        case "docx-form":
            # What Word keeps of a form on a web page that was pasted in.
            marks = (files.vanished("窗体顶端"), files.vanished("窗体底端"))
            return "a.docx", files.docx(marks[0], *map(files.paragraph, lines), marks[1])
        case "docx-jpeg":
            picture = files.jpeg(gps=True)
            return "a.docx", files.docx(
                files.paragraph("见图。"), extra={"word/media/image1.jpg": picture}
            )
        case "xlsx":
            return "a.xlsx", files.xlsx(rows)
        case "xlsx-hidden-sheet":
            return "a.xlsx", files.xlsx([["项目", "数量"], ["路灯", "3"]], hidden_sheet=rows)
        case "xlsx-deep-sheet":
            shown = [["项目", "数量"], ["路灯", "3"]]
            return "a.xlsx", files.xlsx(shown, hidden_sheet=rows, hidden_state="veryHidden")
        case "xlsx-blank-sheet":
            return "a.xlsx", files.xlsx(rows, hidden_sheet=[[" ", "—"], [" "]])
        case "xlsx-blank-row":
            return "a.xlsx", files.xlsx(rows, hidden_rows=[len(rows) + 3], hidden_columns=["H"])
        case "xlsx-header":
            return "a.xlsx", files.xlsx(rows, header="试验市城市管理局")
        case "xlsx-hidden-row":
            return "a.xlsx", files.xlsx(rows, hidden_rows=[len(rows)])
        case "xlsx-hidden-column":
            return "a.xlsx", files.xlsx(rows, hidden_columns=["ABCDEFGH"[len(rows[0]) - 1]])
        case "xlsx-comment":
            return "a.xlsx", files.xlsx(rows, comment=lines[-1].lstrip("#"))
        case "xls":
            cells: dict[tuple[int, int], xls_writer.Cell] = {
                (r, c): cell for r, row in enumerate(rows) for c, cell in enumerate(row) if cell
            }
            return "a.xls", xls_writer.xls(xls_writer.XlsSheet("明细", cells))
        case "csv":
            return "a.csv", "\r\n".join(",".join(row) for row in rows).encode("gb18030")
        case "txt":
            return "a.txt", case.text.encode("utf-8")
        case "pdf":
            return "a.pdf", files.pdf([lines])
        case "pptx":
            return "a.pptx", files.pptx([lines])
        case "pptx-notes":
            return "a.pptx", files.pptx([["工作汇报"]], notes=case.text)
        case "zip":
            table = "\n".join(",".join(row) for row in rows).encode()
            return "a.zip", files.packed({"附表/名单.csv": table})
        case "zip-jpeg":
            return "a.zip", files.packed({"照片.jpg": files.jpeg(gps=True)})
        case "jpeg":
            return "a.jpg", files.jpeg("摄影组", gps="GPS" in case.text)
        case "png":
            return "a.png", files.png({"Author": "宣传科"}, gps="GPS" in case.text)
        case _:
            raise ValueError(case.form)


def _filled(text: str) -> str:
    return re.sub(r"\{([a-z0-9]+):([^{}]*)\}", lambda m: _number(m[1], m[2].split(":")), text)


def _number(kind: str, parts: list[str]) -> str:
    match kind:
        case "id" | "idsp" | "idfull" | "badid" | "serialid":
            first = f"{parts[0]}{parts[1]}{int(parts[2]):03d}"
            whole = first + identity_check(first)
            if kind == "badid":
                whole = first + str((int(whole[-1].replace("X", "5")) + 3) % 10)
                assert not identity(whole)
            if kind == "idsp":
                return f"{whole[:6]} {whole[6:14]} {whole[14:]}"
            return whole.translate(_FULL) if kind == "idfull" else whole
        case "id15":
            return "".join(parts)
        case "card" | "cardsp" | "luhn":
            prefix, size = parts[0], int(parts[1])
            seed = sha256(":".join(parts).encode()).hexdigest()
            digits = prefix + "".join(str(int(c, 16) % 10) for c in seed)
            first = digits[: size - 1]
            whole = next(first + d for d in "0123456789" if luhn(first + d))
            return " ".join(re.findall(".{1,4}", whole)) if kind == "cardsp" else whole
        case "uscc":
            first = (parts[0] + "MA4L0A1B2C3D4E5F")[:17]
            return first + credit_check(first)
        case "usccid":
            return _both()
        case "m" | "msp" | "mdash" | "mwide":
            digits = f"1390000{parts[0]}"
            grouped = f"{digits[:3]} {digits[3:7]} {digits[7:]}"
            if kind == "msp":
                return grouped
            if kind == "mdash":
                return grouped.replace(" ", "-")
            return digits.translate(_FULL) if kind == "mwide" else digits
        case "passport":
            return (parts[0] + "0012345678")[:9]
        case "mail":
            return f"{parts[0]}@{parts[1]}"
        case _:
            raise ValueError(kind)


_FULL = {ord(a): b for a, b in zip("0123456789X", "０１２３４５６７８９Ｘ", strict=True)}


def _both() -> str:
    """A credit code of digits that is an identity number too, as one in some thousands is."""
    for serial in range(1000):
        code = f"12430619850312{serial:03d}"
        if credit_check(code) == identity_check(code):
            return code + identity_check(code)
    raise AssertionError
