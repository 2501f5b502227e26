"""What a run of `gongkai receipt` says to the official who ran it."""

from generator.model import Line
from generator.witness.append import Outcome

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
