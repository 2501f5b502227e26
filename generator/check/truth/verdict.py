"""Parts that were read with their whole: whether they make it."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.check.truth.figure import shown
from generator.check.truth.prose import Mismatch, Quantity

REST = re.compile("其[他它余]|另外|另有|剩余|余下|还有")
_PAIRS = (
    ("男", "女"), ("城镇", "农村"), ("按时", "超时"), ("办结", "未办结"), ("办结", "在办"), ("合格", "不合格"),
    ("满意", "不满意"), ("准予", "不予"), ("赞成", "反对"), ("同意", "不同意"), ("按期", "逾期"), ("已", "未"),
    ("胜诉", "败诉"), ("个人", "单位"), ("个人", "企业"), ("简易程序", "普通程序"), ("机关", "事业"), ("线上", "线下"), ("网上", "窗口"), ("本级", "下属"),
)  # fmt: skip
BETWEEN = re.compile(
    r"同比|环比|比上|较上|增[长加]|减少|下降|提高|罚款|每|平均|人均|最[高低多少]|其中|之[前后]|超过|不足|以上|累计|占(?![道用地])|完成|达到|目标|计划|结余|余额|本[年期月季]支出"
)
TRAITS = re.compile("党员|女性|女职工|少数民族|以下|以上|兼|研究生|本科|退役")


def verdict(
    text: str, whole: Quantity, parts: Sequence[Quantity], content: str
) -> Iterator[Mismatch]:
    """What `其中 …`, said in `content`, has wrong: only a list that says it is whole must be."""
    if not parts or any(not q.exact for q in parts):
        return
    total = sum((q.value for q in parts), Decimal(0))
    if total == whole.value:
        return
    tail = content.removeprefix("其中")
    moved = BETWEEN.search(tail)
    largest = max(q.value for q in parts)
    if largest > whole.value and not moved and len(parts) == 1 and "元" not in whole.unit:
        yield Mismatch(
            whole.start,
            parts[0].end,
            f"其中的 {shown(largest)}{whole.unit}比总数 {shown(whole.value)}{whole.unit}还多",
            True,
        )
        return
    if len(parts) < 2 or moved:
        return
    whole_said = REST.search(tail) or paired(tail)
    if whole_said:
        yield from exact(whole, parts, True)
    elif (total > whole.value and not TRAITS.search(tail)) or (
        len(parts) >= 3 and 0 < whole.value - total <= max(Decimal(1), whole.value * 3 / 100)
    ):
        yield from exact(whole, parts, False)


def paired(content: str) -> bool:
    """Whether the parts are two halves of a whole by their names: 男 and 女, 办结 and 在办."""
    return any(
        (one in content.replace(other, "")) and other in content for one, other in _PAIRS
    ) and not re.search("党员|少数民族", content)


def exact(whole: Quantity, parts: Sequence[Quantity], certain: bool) -> Iterator[Mismatch]:
    """The finding where the parts do not make the whole, but for the rounding of measures."""
    total = sum((q.value for q in parts), Decimal(0))
    if total == whole.value:
        return
    if (
        whole.unit.endswith("元")
        or "米" in whole.unit
        or whole.unit in ("亩", "公里", "吨", "公顷")
    ):
        slack = Decimal(1) if whole.value % 1 else Decimal(0)
        places = max(-int(q.value.as_tuple().exponent) for q in (whole, *parts))
        if abs(total - whole.value) <= (Decimal(1).scaleb(-places) if places else slack):
            return
    if any(not q.exact for q in (whole, *parts)):
        return
    listed = "+".join(shown(q.value) for q in parts)
    yield Mismatch(
        whole.start,
        max(whole.end, *(q.end for q in parts)),
        f"各项 {listed} 是 {shown(total)}{whole.unit}，总数写 {shown(whole.value)}{whole.unit}",
        certain,
    )
