"""What `gongkai receipt` and `gongkai verify` say, to people and to programs."""

import json

from generator.model import Line
from generator.witness.append import Outcome
from generator.witness.verify import Verdict

_DONE = {
    "found": "登记已有",
    "first": "首次公开",
    "change": "有变更",
    "withdraw": "撤回",
    "expire": "公示期满",
}


def lines_of(outcome: Outcome) -> tuple[str, ...]:
    """The run in Chinese, one sentence a line, the sum last."""
    if outcome.refused is not None:
        return (f"没有追加回执：{outcome.refused}",)
    said = [f"没有核到 {item}：{reason}" for item, reason in outcome.unconfirmed]
    if outcome.unconfirmed:
        said.append("没有核到的，网页上写“已生成，尚未核到”；部署好以后再运行一次 gongkai receipt")
    said.append(_sum(outcome))
    return tuple(said)


def _sum(outcome: Outcome) -> str:
    missed = f"，{len(outcome.unconfirmed)} 件没有核到" if outcome.unconfirmed else ""
    if not outcome.appended:
        tail = "，给上一次没有写完的回执补了封签" if outcome.sealed else ""
        nothing = "没有核到新的" if outcome.unconfirmed else "没有新的或有变动的事项"
        return f"回执没有增加：{nothing}{missed}{tail}"
    counts = "，".join(
        f"{word} {number} 条"
        for kind, word in _DONE.items()
        if (number := sum(line.kind == kind for line in outcome.appended))
    )
    return f"追加回执 {len(outcome.appended)} 条：{counts}{missed}；{_heads(outcome.appended)}"


def _heads(lines: tuple[Line, ...]) -> str:
    last = {line.department: line for line in lines}
    return "、".join(f"{name} 到第 {line.seq} 条" for name, line in sorted(last.items()))


def verdict_line(verdict: Verdict) -> str:
    """One line when all is well: 回执 1482 条 · 链完整 · 补录 3 · 突击上传 1 批."""
    parts = [f"回执 {verdict.receipts} 条"]
    parts.append("链完整" if verdict.ok else f"断裂 {len(verdict.breaks)} 处")
    for number, words in (
        (verdict.imported, "补录 {}"),
        (verdict.rush, "突击上传 {} 批"),
        (len(verdict.awaited), "待核 {}"),
        (verdict.given_clock, "时间是人给的 {} 条"),
    ):
        if number:
            parts.append(words.format(number))
    return " · ".join(parts)


def verdict_lines(verdict: Verdict) -> tuple[str, ...]:
    """The whole answer: the head asked for, every break, the sum last."""
    said: list[str] = []
    if verdict.head is not None:
        where = verdict.head.department or "全站封签"
        said.append(f"链头对得上：{where} 第 {verdict.head.seq} 条，其后 {verdict.head.after} 条")
    for one in verdict.breaks:
        place = " ".join(
            part
            for part in (
                one.path or one.department or "",
                f"第 {one.seq} 条" if one.seq is not None else "",
                one.item if one.item and one.item not in (one.path or "") else "",
            )
            if part
        )
        said.append(f"断裂[{one.code}] {place}：{one.message}" if place else
                    f"断裂[{one.code}] {one.message}")  # fmt: skip
    said += [f"待核 {path}：已生成，尚未核到" for path in verdict.awaited]
    said.append(verdict_line(verdict))
    return tuple(said)


def verdict_json(verdict: Verdict) -> str:
    """The verdict as formats.md section 6 promises it, one JSON object."""
    head = verdict.head
    values = {
        "schema_version": 1,
        "ok": verdict.ok,
        "receipts": verdict.receipts,
        "imported": verdict.imported,
        "rush": verdict.rush,
        "given_clock": verdict.given_clock,
        "head": None
        if head is None
        else {"department": head.department, "seq": head.seq, "after": head.after},
        "breaks": [
            {
                "code": one.code,
                "department": one.department,
                "seq": one.seq,
                "item": one.item,
                "path": one.path,
                "message": one.message,
            }
            for one in verdict.breaks
        ],
    }
    return json.dumps(values, ensure_ascii=False, indent=1)
