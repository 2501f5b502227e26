"""Parts against wholes in running text: 7名 … 其中1、1、3、1; 共216项; 3+4=8."""

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.check.truth.figure import shown
from generator.check.truth.prose import Mismatch, Quantity, quantities, sentences
from generator.check.truth.verdict import BETWEEN, REST, TRAITS, exact, paired, verdict

__all__ = ["Mismatch", "mismatches"]

_MARK = re.compile(
    "其中|分别[为是]|分为|包括|包含|[（(]|共计|合计|总计|共(?![同享产青和党建有])|[+＋]"
)
_COMPARED = re.compile("同比|环比|比|增[加长]|减少|下降|多|少|[日月年人户亩平]均")
"""Before a number: a change or a mean, of which what follows 其中 is no part."""
_CHANGE = re.compile("[，,](?:同比|环比|[比较](?:上|去|20))")
_JOINED = re.compile("[^，。；0-9]{0,14}[，、]?")
_SUM = re.compile(
    r"(?<![0-9.\-/÷×*])((?:[0-9]+(?:\.[0-9]+)?)(?:\s*[一-鿿]{0,2}\s*[+＋]\s*[0-9]+(?:\.[0-9]+)?)+)\s*[一-鿿]{0,2}\s*[=＝]\s*([0-9]+(?:\.[0-9]+)?)"
)
_LISTED = re.compile(r"[、，,和及与以\s]")


def mismatches(text: str) -> Iterator[Mismatch]:
    """Every whole of the text that its own parts contradict."""
    seen: set[int] = set()
    for start, end in sentences(text, _MARK):
        found = quantities(text, start, end)
        if "+" in text[start:end] or "＋" in text[start:end]:
            yield from _equations(text, start, end)
        if len(found) < 2:
            continue
        for one in (
            *_brackets(text, start, end, found),
            *_among(text, start, end, found),
            *_named(text, start, end, found),
            *_first(text, start, end, found),
        ):
            if one.start not in seen:
                seen.add(one.start)
                yield one


def _equations(text: str, start: int, end: int) -> Iterator[Mismatch]:
    for match in _SUM.finditer(text, start, end):
        parts = [Decimal(n) for n in re.findall(r"[0-9]+(?:\.[0-9]+)?", match.group(1))]
        whole = Decimal(match.group(2))
        if sum(parts, Decimal(0)) != whole:
            yield Mismatch(
                match.start(),
                match.end(),
                f"{'+'.join(shown(p) for p in parts)} 是 {shown(sum(parts, Decimal(0)))}，写的是 {shown(whole)}",
                True,
            )


def _groups(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Bracketed stretches of a sentence."""
    return [
        (start + m.start(), start + m.end())
        for m in re.finditer(r"[（(][^（）()]*[）)]", text[start:end])
    ]


def _outside(found: Sequence[Quantity], groups: Sequence[tuple[int, int]]) -> list[Quantity]:
    return [q for q in found if not any(a < q.start < b for a, b in groups)]


def _brackets(text: str, start: int, end: int, found: Sequence[Quantity]) -> Iterator[Mismatch]:
    for a, b in _groups(text, start, end):
        inner = [q for q in found if a < q.start < b]
        before = [q for q in found if q.end <= a]
        if len(inner) < 2 or not before or len(text[before[-1].end : a].strip("*")) > 4:
            continue
        whole = before[-1]
        content = text[a + 1 : b - 1]
        if (
            not whole.exact
            or any(q.unit != whole.unit for q in inner)
            or BETWEEN.search(content.removeprefix("其中"))
        ):
            continue
        if content.startswith("其中"):
            yield from verdict(text, whole, inner, content)
        elif _parted(text, inner):
            total = sum((q.value for q in inner), Decimal(0))
            listed = len(inner) > 2 or REST.search(content) or paired(content)
            sure = total > whole.value or bool(listed)
            if sure or not TRAITS.search(content):
                yield from exact(whole, inner, sure and not TRAITS.search(content))


def _parted(text: str, parts: Sequence[Quantity]) -> bool:
    """Whether the parts stand in one list, each with a name."""
    return all(
        len(text[a.end : b.start]) <= 30 and text[a.end : a.end + 1] in "、，,；和及 *"
        for a, b in itertools.pairwise(parts)
    )


def _among(text: str, start: int, end: int, found: Sequence[Quantity]) -> Iterator[Mismatch]:
    groups = _groups(text, start, end)
    plain = _outside(found, groups)
    for match in re.finditer("其中", text[start:end]):
        at = start + match.start()
        if any(a < at < b for a, b in groups):
            continue
        stop = text.find("其中", at + 2, end)
        parts = [q for q in plain if q.start > at and (stop < 0 or q.start < stop)]
        before = [q for q in plain if q.end <= at]
        if not before or not parts:
            continue
        same = [q for q in before if q.unit == parts[0].unit and at - q.end <= 60]
        plain_ones = [
            q for q in same if not _COMPARED.search(text[max(start, q.start - 6) : q.start])
        ]
        if not plain_ones or at - plain_ones[-1].end > 40:
            continue
        whole = plain_ones[-1]
        if not whole.exact:
            continue
        if whole is not before[-1] and before[-1].unit != whole.unit and at - before[-1].end < 3:
            continue
        mine = _before_change(text, _listed(text, [q for q in parts if q.unit == whole.unit]))
        if sum((q.value for q in mine), Decimal(0)) in {q.value for q in same}:
            continue
        content = text[at : (mine[-1].end if mine else at)]
        yield from verdict(text, whole, mine, content)


def _before_change(text: str, parts: Sequence[Quantity]) -> Sequence[Quantity]:
    """Two parts or more, up to the ，比上年增加… that speaks of the whole again."""
    for n, (one, other) in enumerate(itertools.pairwise(parts)):
        if _CHANGE.match(text, one.end, other.start):
            return parts[: n + 1] if n else parts
    return parts


def _listed(text: str, parts: Sequence[Quantity]) -> Sequence[Quantity]:
    """The list at the head of `parts`: one joined by 、 ends at the first ， that is no 其余."""
    for n, (one, other) in enumerate(itertools.pairwise(parts)):
        gap = text[one.end : other.start]
        if n == 0 and "、" not in gap[:2]:
            return parts
        if "，" in gap and not REST.match(gap.partition("，")[2].lstrip()):
            return parts[: n + 1]
    return parts


def _named(text: str, start: int, end: int, found: Sequence[Quantity]) -> Iterator[Mismatch]:
    """46人，分为 A 20人、B 14人、C 12人."""
    groups = _groups(text, start, end)
    plain = _outside(found, groups)
    for match in re.finditer("分别[为是]|分为|包括|包含", text[start:end]):
        at = start + match.start()
        after = [q for q in plain if q.start >= start + match.end()]
        before = [q for q in plain if q.end <= at]
        if not before or len(after) < 2:
            continue
        whole = before[-1]
        if (
            at - whole.end > 12
            or not whole.exact
            or (len(before) > 1 and match.group().startswith("分别"))
        ):
            continue
        run = _run(text, after, whole.unit)
        if len(run) < 2 or after[0] is not run[0] or "其中" in text[at : run[-1].end]:
            continue
        if BETWEEN.search(text[at : run[-1].end]):
            continue
        certain = match.group() in ("分别为", "分别是", "分为")
        total = sum((q.value for q in run), Decimal(0))
        if not certain and total < whole.value and not REST.search(text[at : run[-1].end]):
            continue
        yield from exact(whole, run, certain or bool(REST.search(text[at : run[-1].end])))


def _run(text: str, items: Sequence[Quantity], unit: str) -> list[Quantity]:
    """The unbroken list of parts of one unit at the head of `items`."""
    out: list[Quantity] = []
    for q in items:
        if q.unit != unit:
            break
        if (
            out
            and (gap := text[out[-1].end : q.start])
            and (len(gap) > 30 or not _LISTED.match(gap))
        ):
            break
        out.append(q)
    return out


def _first(text: str, start: int, end: int, found: Sequence[Quantity]) -> Iterator[Mismatch]:
    """A n项、B n项、C n项，共N项."""
    groups = _groups(text, start, end)
    plain = _outside(found, groups)
    for match in re.finditer(
        "共计|合计|总计|总共|一共|(?<![公中])共(?![同享产青和党建有计])", text[start:end]
    ):
        at = start + match.start()
        if any(a < at < b for a, b in groups):
            continue
        after = [q for q in plain if q.start >= at]
        before = [q for q in plain if q.end <= at]
        if not after or len(before) < 2 or not _JOINED.fullmatch(text[before[-1].end : at]):
            continue
        unit = before[-1].unit
        whole = next((q for q in after[:2] if q.unit == unit), None)
        if whole is None or whole.start - at > 24 or not whole.exact:
            continue
        if whole is not after[0] and not re.fullmatch(
            "[^，。；0-9]{0,8}[、，]", text[after[0].end : whole.start]
        ):
            continue
        if re.search("[，,；]", text[at : after[0].start]):
            continue
        parts: list[Quantity] = [before[-1]]
        for q in reversed(before[:-1]):
            gap = text[q.end : parts[0].start]
            if (
                q.unit != unit
                or not q.exact
                or len(gap) > 20
                or not re.search("[、和及与]", gap)
                or re.search("[，；]", gap)
            ):
                break
            parts.insert(0, q)
        if len(parts) < 2 or not parts[0].exact or BETWEEN.search(text[parts[0].start : at]):
            continue
        named = text[match.end() : after[0].start].strip("为是有：* ")
        if len(named) > 3:
            continue  # 共管护公厕126座: another thing than what was listed
        yield from exact(whole, parts, not named and (len(parts) > 2 or match.group() != "共"))
