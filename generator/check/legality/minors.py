"""Minors by name: in lists, by the row's age, and in prose."""

import re
from collections.abc import Iterable, Iterator, Sequence

from generator.check.legality import names
from generator.check.legality.document import Cell, Document, Table
from generator.check.legality.hit import Hit
from generator.rules import legality as rules

_YOUNG = re.compile(
    r"幼儿|小学|初中|学前|儿童|未成年|少年|孤儿|留守|中小学|义务教育|婴幼儿|小升初|[一二三四五六七八九]年级|新生|学生|中学|高中|少先队"
)
_LIST = re.compile(
    r"录取|名单|花名册|名册|入学|招生|资助|分班|获奖|公示|新生|一览表|学生|幼儿|儿童|孤儿|登记表|汇总表|明细|摇号|学位|补助|救助"
)
_GROWN = re.compile(
    r"教师|教职工|校长|园长|招聘|职称|聘用|班主任|志愿者|捐|评委|考官|拟录用|公务员|编制|辅导员|负责人|党员|干部|保育员|大学|研究生|高校|"
    r"骨干|名师|保安|校医|职工|督学|家长委员|社工|督导|儿童主任|主任|法定代表人|中标|建设"
)
_YOUNG_HEAD = re.compile(
    r"(?:学生|幼儿|儿童|孩子|子女|小孩|未成年人|孤儿|新生|婴儿|小朋友|少年)[^\s]{0,2}(?:姓名|名字|名单)|^\s*(?:学生|幼儿|儿童|孤儿)\s*$"
)
_AGE = re.compile(r"([0-9]{1,2})\s?(?:周岁|岁)?")
_AGED = re.compile(
    r"(?<![0-9])([0-9]|1[0-7])\s?(?:周岁|岁)(?!以[下上]|至|－|-|～|~|（?含)|(?<![0-9])(?:[0-9]|1[0-1])个月大"
    r"|(?:201[3-9]|202[0-9])年[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:出生|生(?![产活效]))"
)
_LED = re.compile(
    r"(?:(?<!大)(?<!究)学生|小学生|初中生|幼儿|儿童|未成年人|孤儿|男童|女童|男孩|女孩|婴儿|女婴|男婴|少年|小朋友|弃婴|留守儿童|困境儿童)[:：]?$"
)
_YOUNG_SIGNS = (
    "岁", "月大", "月出生", "日出生", "月生", "日生", "学生", "初中生", "幼儿", "儿童", "未成年", "孤儿", "童", "孩", "婴", "少年", "小朋友",
)  # fmt: skip
"""`_AGED` and `_LED` match only where one of these stands."""
_ABOVE = 4
"""Lines above a list that say what it is of."""
_ROWS = 2000
"""Rows of a table in which names are counted."""
_BULLET = re.compile(r"^[\s>]*(?:[-*+•·]|[0-9]{1,3}[.．、)）]|[（(][0-9]{1,3}[)）])?\s*")
_SEPARATED = re.compile(r"[、，,\s\u3000]+")


def listed(document: Document, line: int) -> Iterator[Hit]:
    """The table that a line is a row of, when its names are minors'; given at its first name and asked for at its first row."""
    table = document.table_of(line)
    if table is None:
        return
    if not table.lines or line != table.lines[0]:
        return
    rows = [document.row_of(index) for index in table.lines[:_ROWS]]
    counted = [cell for row in rows for cell in names.in_row(table, row)]
    if not counted:
        return
    heads = " ".join(table.heads.values())
    caption = f"{document.caption} {table.caption}"
    direct = any(_YOUNG_HEAD.search(head) for head in table.heads.values())
    by_title = (
        len(counted) > 1
        and _YOUNG.search(caption) is not None
        and _LIST.search(caption) is not None
        and not _GROWN.search(f"{caption} {heads}")
    )
    if direct or by_title or _young_rows(table, rows):
        first = counted[0]
        yield _list_hit(first.start, first.end, first.text, len(counted))


def _young_rows(table: Table, rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether most ages of a column 年龄 are below eighteen."""
    ages = []
    for row in rows:
        for cell in row:
            match = _AGE.fullmatch(cell.text)
            if "年龄" in table.heads.get(cell.column, "") and match:
                ages.append(int(match[1]))
    return bool(ages) and sum(age < 18 for age in ages) * 2 > len(ages)


def about(document: Document) -> Iterable[int]:
    """The lines that a word about minors heads: its own and the four after it."""
    if _YOUNG.search(document.caption):
        return range(len(document.lines))
    young = (line for line, text in enumerate(document.lines) if _YOUNG.search(text))
    near = {at for line in young for at in range(line, line + _ABOVE + 1)}
    return sorted(at for at in near if at < len(document.lines))


def enumerated(document: Document, line: int) -> Iterator[Hit]:
    """A list in a line of prose: 录取名单：甲、乙、丙."""
    text, start = document.lines[line], document.starts[line]
    above = " ".join(document.lines[max(0, line - _ABOVE) : line])
    scope = f"{document.caption} {above} {text}"
    if not _YOUNG.search(scope) or _GROWN.search(f"{above} {text}") or not _LIST.search(scope):
        return
    pieces = [p for p in _SEPARATED.split(re.split(r"[:：]", text)[-1].strip("。；. ")) if p]
    found = [p for p in pieces if names.is_name(re.sub(r"^[0-9]+[.．、]?", "", p))]
    if (
        len(found) >= 3
        and len(found) * 3 >= len(pieces) * 2
        and not _GROWN.search(document.caption)
    ):
        at = text.index(found[0])
        yield _list_hit(start + at, start + at + len(found[0]), found[0], len(found))


def stacked(document: Document) -> Iterator[Hit]:
    """A list with a name a line, in a text about minors."""
    run: list[tuple[int, str]] = []
    for line, text in enumerate([*document.lines, ""]):
        name = _BULLET.sub("", text).strip(" 。；;\t|*")
        if names.is_name(name):
            run.append((document.starts[line] + text.index(name), name))
            continue
        if not text.strip() and line < len(document.lines):
            continue
        if len(run) >= 3:
            first = document.line_of(run[0][0])
            above = " ".join(document.lines[max(0, first - 4) : first])
            scope = f"{document.caption} {above}"
            if _YOUNG.search(scope) and _LIST.search(scope) and not _GROWN.search(scope):
                at, name = run[0]
                yield _list_hit(at, at + len(name), name, len(run))
        run.clear()


def in_prose(document: Document, line: int) -> Iterator[Hit]:
    """A minor's name in prose: an age below eighteen, or a word that says so."""
    text, start = document.lines[line], document.starts[line]
    if not any(map(text.__contains__, _YOUNG_SIGNS)):
        return
    for at, end in names.in_prose(text):
        after = re.split(r"[。；;]", text[end : end + 24])[0]
        aged = _AGED.search(after)
        led = _LED.search(text[max(0, at - 6) : at])
        if (aged and not names.in_prose(after[: aged.start()])) or led:
            name = text[at:end]
            shown = f"{name[0]}{'*' * (len(name) - 1)}"
            yield Hit(
                rules.MINOR, start + at, start + end, shown,
                f"写明了未成年人的姓名 `{shown}`", "写成「某某」，或只写人数",
            )  # fmt: skip
            return


def _list_hit(start: int, end: int, name: str, count: int) -> Hit:
    shown = f"{name[0]}{'*' * (len(name) - 1)}"
    return Hit(
        rules.MINORS_LISTED, start, end, shown,
        f"名单里有 {count} 个未成年人的姓名，第一个是 `{shown}`", "只公布人数或报名号",
    )  # fmt: skip
