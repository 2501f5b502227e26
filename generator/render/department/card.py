"""The 政务公开档案卡 of an item: generated, one A4 sheet."""

from dataclasses import dataclass

from generator.model import Grade, Item, Line, Public, Slot, State
from generator.render.department.fields import SELF
from generator.render.department.office import Office
from generator.render.words import Text, evidence, evidence_short, moment, public_word, size

_KINDS = {
    "found": "建链时已有", "first": "首次公开", "change": "内容变更", "withdraw": "撤回",
    "expire": "展示期满",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One or two fields in a line of the form."""

    label: str
    value: Text
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """The form: each line holds one wide cell or two narrow ones."""

    number: str
    lines: tuple[tuple[Cell, ...], ...]
    files: tuple[tuple[str, str], ...]
    """What a file is, and its hash."""
    updates: tuple[Line, ...]
    kinds: tuple[str, ...]
    last: Line | None
    """The item's last receipt line, where it is for what the page shows."""
    awaited: bool
    """Whether the site has receipts, and none yet for what the page shows."""


def card(office: Office, item: Item, slot: Slot | None) -> Card:
    """The card of an item, with what the page itself says and nothing typed again."""
    row = office.row_of(item)
    public = office.public[item.id]
    shown = office.state(item) is State.PUBLIC
    lines: list[tuple[Cell, ...]] = [
        (Cell("公开事项", (item.title,)),),
        (
            Cell("类别", (_class(office, item),)),
            Cell("公开主体", (item.issuer or office.department.name,)),
        ),
        (Cell("公开依据", ("；".join(row.basis) if row else "未列入公开目录",)),),
        (
            Cell("形成日期", (item.formed or "未填",), SELF if item.formed else ""),
            Cell("文号", (item.number or "无",)),
        ),
        (Cell("应公开", _due(slot)), _public(office, public, slot)),
    ]
    if item.review is not None:
        steps = (("拟稿", item.review.drafted), ("保密审查", item.review.secrecy))
        said = " → ".join(
            f"{s} {who}" for s, who in (*steps, ("签批", item.review.approved)) if who
        )
        when: Text = ("，", item.review.on) if item.review.on else ()
        lines.append((Cell("审签", (said, *when), SELF),))
    phase = f"，{item.phase.label}公开" if item.phase else ""
    audience = item.audience or (row.audience if row else "全社会")
    mode = Cell("公开方式", (f"{row.mode if row else '主动公开'}，{audience}{phase}",))
    lines.append((mode, Cell("公示期", _notice(item))))
    if row is not None and row.channels_required:
        channels = "　".join(f"■{name}" for name in row.channels_required)
        lines.append((Cell("规定渠道", (channels,)),))
    lines.append((Cell("保存期限", (_retain(row.retain if row else None),)), _fixes(office, item)))
    history = office.lines.get(item.id, ())
    updates = _distinct(history)
    sha256 = office.world.articles[item.id].sha256
    last = history[-1] if history and history[-1].sha256 == sha256 else None
    return Card(
        number=office.index_numbers[item.id],
        lines=tuple(lines),
        files=_files(item) if shown else (),
        updates=updates,
        kinds=tuple(_KINDS.get(line.kind, line.kind) for line in updates),
        last=last,
        awaited=last is None and office.world.repository.site.receipts is not None,
    )


def _class(office: Office, item: Item) -> str:
    row = office.row_of(item)
    return "／".join((row.class_.value if row else "其他", *item.category.split("/")))


def _due(slot: Slot | None) -> Text:
    if slot is None:
        return ("不作时限判断",)
    if slot.due.day is None:
        return ("没有固定日期",)
    return (slot.due.day, "，暂定" if slot.due.state.value == "provisional" else "")


def _public(office: Office, public: Public | None, slot: Slot | None) -> Cell:
    if public is None:
        return Cell("首次公开", ("尚未核到",), evidence(None))
    label = "合并时间" if public.grade is Grade.GIT else public_word(public)
    status = f"，{office.still(slot).word}" if slot is not None else ""
    return Cell(label, (f"{moment(public.at)}{status}",), evidence_short(public))


def _notice(item: Item) -> Text:
    if item.notice is None:
        return ("无",)
    return (item.notice.first, " 至 ", item.notice.last)


def _retain(retain: str | None) -> str:
    if retain is None:
        return "未规定"
    return retain.replace(" years", " 年").replace(" year", " 年")


def _fixes(office: Office, item: Item) -> Cell:
    fixes = [o for o in office.pointing.get(item.id, ()) if o.corrects == item.id]
    return Cell("更正", (f"{len(fixes)} 次" if fixes else "无",))


def _files(item: Item) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"{f.title} {f.path.rpartition('.')[2].upper()} {size(f.bytes)}", f.sha256)
        for f in item.files
    )


def _distinct(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """One line a change: an item that fills several slots has a line for each."""
    kept: list[Line] = []
    for line in lines:
        if not kept or (kept[-1].at, kept[-1].sha256) != (line.at, line.sha256):
            kept.append(line)
    return tuple(kept)
