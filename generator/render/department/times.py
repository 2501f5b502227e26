"""The four times of an item, never merged: 形成, 合并, 首次公开, 更新."""

from dataclasses import replace

from generator.model import Grade, Item, Line, Public, Slot
from generator.render.department.office import Office
from generator.render.parts import Field
from generator.render.words import Badge, Text, evidence, moment

SELF = "〔自填〕"
"""What a clerk typed and nobody verified."""

GIT, NOTHING = "〔凭 Git 记录〕", "〔无凭据〕"


def times(office: Office, item: Item, slot: Slot | None) -> tuple[Field, Field, Field, Field]:
    """Each with how it is known; the one that the ledger judges by carries the status."""
    public = office.public[item.id]
    badge = office.still(slot) if slot is not None else None
    by_git = public is not None and public.grade is Grade.GIT
    return (
        _formed(item),
        _merged(office, item, badge if by_git else None),
        _completed(_first(office, item, public, None if by_git else badge), slot),
        _updated(office, item),
    )


def line_proof(seq: int) -> str:
    """How a time is known that a receipt line proves."""
    return f"〔凭回执第\u00a0{seq}\u00a0条〕"


def _formed(item: Item) -> Field:
    if item.formed is None:
        return Field("形成日期", ("未填",))
    return Field("形成日期", (item.formed,), SELF)


def _merged(office: Office, item: Item, badge: Badge | None) -> Field:
    evidence_ = office.world.evidence
    landing = evidence_.landings.get(item.id)
    if landing is not None:
        seen = next(iter(office.lines.get(item.id, ())), None)
        # A history begun anew, or one rewritten, knows less than the receipts do.
        later = "，晚于公开" if seen is not None and landing.at > seen.at else ""
        return Field("合并时间", (f"{moment(landing.at)}{later}",), GIT, badge=badge)
    if item.id in evidence_.out_of_order:
        return Field("合并时间", ("提交的时间先后不合，不作凭据",), badge=badge)
    return Field("合并时间", ("没有 Git 记录",), badge=badge)


def _first(office: Office, item: Item, public: Public | None, badge: Badge | None) -> Field:
    if public is not None and public.grade is Grade.RECEIPT:
        label = "首次核到" if public.found else "首次公开"
        return Field(label, (moment(public.at),), evidence(public), badge=badge)
    seen: Line | None = next(iter(office.lines.get(item.id, ())), None)
    if seen is not None:
        # Found when the chain began, after it was due: it proves no day, and does not judge.
        return Field("首次核到", (moment(seen.at),), line_proof(seen.seq), badge=badge)
    said = "已生成，尚未核到" if public is None or office.site.receipts else "没有回执"
    if public is not None:
        judged = office.world.ledger.judge.from_ is Grade.GIT
        said += "，按合并时间判断" if judged and item.fills else ""
    return Field("首次公开", (said,), NOTHING, badge=badge)


def _completed(first: Field, slot: Slot | None) -> Field:
    """Public in time and whole too late: the status beside it counts to the later day."""
    if slot is None or slot.judged_on is None or "completed_late" not in slot.flags:
        return first
    return replace(first, value=(*first.value, "，要素补齐于 ", slot.judged_on))


def _updated(office: Office, item: Item) -> Field:
    lines = office.lines.get(item.id, ())
    if lines and lines[-1].sha256 != office.world.articles[item.id].sha256:
        return Field("更新", ("有改动，还没有新的回执",), NOTHING)
    history = office.world.histories.get(item.id)
    if history is not None and history.changes:
        last = history.changes[0]
        proof = GIT if last.seq is None else line_proof(last.seq)
        said: Text = (f"{moment(last.at)}，{last.kind.value}",)
        return Field("更新", said, proof)
    if lines:
        return Field("更新", ("公开后没有变过",))
    known = office.site.receipts is None and item.id in office.world.evidence.landings
    return Field("更新", ("合并后没有变过" if known else "还没有公开的凭据",))
