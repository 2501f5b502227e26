"""The 政务公开档案卡 of an item: generated, one A4 sheet."""

from collections import Counter
from dataclasses import dataclass, replace

from generator.article.difference import Part, Sign, changed, shortened
from generator.assess import Change, Kind
from generator.model import Attachment, Item, Line, Slot, State
from generator.render.department.office import Office
from generator.render.department.times import GIT, SELF, line_proof, times
from generator.render.parts import Field
from generator.render.words import Day, Text, limit_words, size

TOLD, FILES, FIXES = 4, 8, 3
"""Changes told in words, attachments and corrections named: more would not fit the sheet."""

_WORDS = 110
"""Characters of one change."""

_AROUND = 8
"""Characters of what stayed, beside what changed."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One or two fields in a line of the form."""

    label: str
    value: Text
    note: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One change as the card tells it."""

    change: Change
    proof: str
    parts: tuple[Part, ...]
    said: str
    """What is said where no words stand, and where they were cut short."""


@dataclass(frozen=True, slots=True)
class Card:
    """The form: each line holds one wide cell or two narrow ones."""

    number: str
    lines: tuple[tuple[Cell, ...], ...]
    files: tuple[tuple[str, str], ...]
    """What a file is, and its hash."""
    files_more: int
    told: tuple[Told, ...]
    """The last changes, newest first."""
    count: str
    """How many changes there were in all; empty where all are told."""
    sha256: str
    """Of the record that the page has."""
    last: Line | None
    """The item's last receipt line, where it is for what the page shows."""
    awaited: bool
    """Whether the site has receipts, and none yet for what the page shows."""
    small: str
    """`snug` or `dense` where it needs smaller print to fit the sheet."""


def card(office: Office, item: Item, slot: Slot | None) -> Card:
    """The card of an item, with what the page itself says and nothing typed again."""
    shown = office.state(item) is State.PUBLIC
    formed, merged, first, updated = map(_cell, times(office, item, slot))
    lines: list[tuple[Cell, ...]] = [
        (Cell("公开事项", (item.title,)),),
        (Cell("类别", (_class(office, item),)), _issuer(office, item)),
        (Cell("公开依据", (_basis(office, item),)),),
        (Cell("公开期限", _due(slot)),),
        (formed, merged),
        (first, updated),
        *_review(item),
        (_mode(office, item), Cell("文号", (item.number or "无",))),
        (Cell("公示期", _notice(item)), Cell("保存期限", (_retain(office, item),))),
        *_channels(office, item),
        (Cell("更正", _fixes(office, item)),),
        (Cell("反馈", (_feedback(office),)),),
    ]
    files = item.files if shown else ()
    told = _told(office, item)
    history = office.lines.get(item.id, ())
    sha256 = office.world.articles[item.id].sha256
    last = history[-1] if history and history[-1].sha256 == sha256 else None
    made = Card(
        number=office.index_numbers[item.id],
        lines=tuple(lines),
        files=tuple((_file(file, len(files)), file.sha256) for file in files[:FILES]),
        files_more=max(len(files) - FILES, 0),
        told=told,
        count=_count(office, item),
        sha256=sha256,
        last=last,
        awaited=last is None and office.site.receipts is not None,
        small="",
    )
    return replace(made, small=_print(_height(made)))


def _cell(field: Field) -> Cell:
    """A field of the page as a cell; its status stands in words."""
    status = f"，{field.badge.word}" if field.badge is not None else ""
    return Cell(field.label, (*field.value, status) if status else field.value, field.note)


def _class(office: Office, item: Item) -> str:
    row = office.row_of(item)
    return "／".join((row.class_.value if row else "其他", *item.category.split("/")))


def _issuer(office: Office, item: Item) -> Cell:
    return Cell("公开主体", (item.issuer or office.department.name,))


def _basis(office: Office, item: Item) -> str:
    row = office.row_of(item)
    return "；".join(row.basis) if row else "未列入公开目录"


def _due(slot: Slot | None) -> Text:
    if slot is None:
        return ("不作时限判断",)
    if slot.due.day is None:
        return (f"{limit_words(slot)}，没有固定日期",)
    provisional = "（暂定）" if slot.due.state.value == "provisional" else ""
    return (Day(slot.due.day), f"{provisional}，{limit_words(slot)}")


def _review(item: Item) -> tuple[tuple[Cell, ...], ...]:
    review = item.review
    if review is None:
        return ()
    steps = (("拟稿", review.drafted), ("保密审查", review.secrecy), ("签批", review.approved))
    said = " → ".join(f"{step} {who}" for step, who in steps if who)
    when: Text = ("，", review.on) if review.on else ()
    return ((Cell("审签", (said, *when), SELF),),)


def _mode(office: Office, item: Item) -> Cell:
    row = office.row_of(item)
    phase = f"，{item.phase.label}公开" if item.phase else ""
    audience = item.audience or (row.audience if row else "全社会")
    return Cell("公开方式", (f"{row.mode if row else '主动公开'}，{audience}{phase}",))


def _notice(item: Item) -> Text:
    if item.notice is None:
        return ("无",)
    return (item.notice.first, " 至 ", item.notice.last)


def _retain(office: Office, item: Item) -> str:
    row = office.row_of(item)
    if row is None or row.retain is None:
        return "未规定"
    return row.retain.replace(" years", " 年").replace(" year", " 年")


def _channels(office: Office, item: Item) -> tuple[tuple[Cell, ...], ...]:
    """Where it must be posted; a posting on paper is written in by hand."""
    row = office.row_of(item)
    if row is None or not row.channels_required:
        return ()
    said = "　".join(
        f"■{name}" if name == "政府网站" else f"□{name}，张贴于＿＿＿＿＿＿"
        for name in row.channels_required
    )
    return ((Cell("张贴", (said,)),),)


def _fixes(office: Office, item: Item) -> Text:
    fixes = [o for o in office.pointing.get(item.id, ()) if o.corrects == item.id]
    if not fixes:
        return ("无",)
    said: list[str | Day] = [f"{len(fixes)} 次："]
    for place, fix in enumerate(reversed(fixes[-FIXES:])):
        public = office.public[fix.id]
        said.append("；" if place else "")
        said += [Day(public.date), " "] if public is not None else []
        said.append(_cut(fix.title, 24))
    return tuple(said)


def _feedback(office: Office) -> str:
    department = office.department
    return f"电话 {department.phone}，监督投诉 {department.complaints}"


def _file(file: Attachment, count: int) -> str:
    """What a file is; where there are many, name and hash share a line."""
    return f"{_cut(file.title, 30 if count <= 4 else 15)} {file.path.rpartition('.')[2].upper()} {size(file.bytes)}"


# -- history ------------------------------------------------------------------------------


def _told(office: Office, item: Item) -> tuple[Told, ...]:
    history = office.world.histories.get(item.id)
    changes = history.changes[:TOLD] if history is not None else ()
    return tuple(_one(office, item, change) for change in changes)


def _one(office: Office, item: Item, change: Change) -> Told:
    proof = GIT if change.seq is None else line_proof(change.seq)
    if change.kind in (Kind.WITHDRAWN, Kind.EXPIRED):
        return Told(change, proof, (), "原文不再提供")
    if change.parts is None:
        gone = office.state(item) is not State.PUBLIC
        return Told(change, proof, (), "原文不再提供" if gone else "没有原来的文字可以比对")
    if not changed(change.parts):
        return Told(change, proof, (), "文字没有变，变的是链接、附件或者格式")
    parts, rest = _fitting(shortened(change.parts, _AROUND))
    return Told(change, proof, parts, f"另有 {rest} 处" if rest else "")


def _fitting(parts: tuple[Part, ...]) -> tuple[tuple[Part, ...], int]:
    """As many as fit, each in one line, and how many changed passages are left out."""
    kept: list[Part] = []
    room = _WORDS
    for place, (sign, text) in enumerate(parts):
        said = " ".join(text.split("\n")).strip() if sign is not Sign.SAME else _one_line(text)
        if kept and len(said) > room:
            return tuple(kept), sum(sign is not Sign.SAME for sign, _ in parts[place:])
        kept.append((sign, _cut(said, max(room, 40))))
        room -= len(said)
    return tuple(kept), 0


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _count(office: Office, item: Item) -> str:
    history = office.world.histories.get(item.id)
    if history is None or len(history.changes) + history.more <= TOLD:
        return ""
    kinds = Counter(change.kind.value for change in history.changes[TOLD:])
    older = [f"{kind} {count} 次" for kind, count in kinds.items()]
    older += [f"再早 {history.more} 次"] if history.more else []
    return f"更早还有：{'，'.join(older)}"


# -- the sheet ----------------------------------------------------------------------------

_ROOM, _SNUG = 30, 38
"""Lines of ordinary print, and of somewhat smaller, that the sheet has for the form."""

_WIDE, _NARROW = 46, 19
"""Characters in a line of a wide cell and of a narrow one."""


def _print(height: int) -> str:
    if height <= _ROOM:
        return ""
    return "snug" if height <= _SNUG else "dense"


def _height(made: Card) -> int:
    """Lines of ordinary print that the form takes, about."""
    lines = 6 + 2 * len(made.files)
    for line in made.lines:
        width = _WIDE if len(line) == 1 else _NARROW
        lines += max(-(-_length(cell) // width) for cell in line)
    for told in made.told:
        lines += 1 + -(-(sum(len(text) for _, text in told.parts) + 30) // _WIDE)
    return lines


def _length(cell: Cell) -> int:
    said = sum(len(part) if isinstance(part, str) else 6 for part in cell.value)
    return max(said + len(cell.note), 1)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
