"""Another body's name, or another body's way of calling itself, in one's own text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generator.check.truth.prose import Mismatch
from generator.check.truth.wording import words
from generator.model import Department, Item, Kind

_SELF = re.compile("[我本](局|委|办事处|街道|镇|乡|村(?!民)|社区)")
_FITS = {
    "局": (Kind.DEPARTMENT,),
    "委": (Kind.DEPARTMENT,),
    "办事处": (Kind.STREET,),
    "街道": (Kind.STREET,),
    "镇": (Kind.STREET,),
    "乡": (Kind.STREET,),
    "村": (Kind.VILLAGE,),
    "社区": (Kind.VILLAGE, Kind.STREET),
}
_AUTHORITY = re.compile(
    "警备区|公安|交警|武警|边防|消防|财政局|城管|教育局|民政局|法院|检察院|民兵|人武|防空|街道|审计局|卫生|税务|人民政府|政协|人大|委(?=书记|办|、|，|宣传|组织|常委)|纪委"
)
_AWAY = re.compile(
    "赴|前往|考察|来访|来我|学习借鉴|友好|对口|协作|对接|公司|户籍|籍|驻|转发|印发|接待|邀请|函|发生|借鉴|参照|获悉|案例|媒体|调研组|兄弟|流入|返乡|移送|转来|协查"
)
_AS_SELF = re.compile(
    r"[，,]?(?:(?:在|以|把|将)[一-鿿]{2,10}[，,])?(?:认真|深入|积极|严格|高度重视|坚持|紧紧|切实|全面|扎实|牢固|始终|不断|进一步|大力|着力|组织召开|成立了|建立了|制定了|按照上级|我们)"
)


@dataclass(frozen=True, slots=True)
class Names:
    """All bodies of the site, for finding one's name in another's text."""

    names: Mapping[str, str]
    """Name → folder."""
    pattern: re.Pattern[str] | None
    region: str


def names_of(departments: Sequence[Department], region: str) -> Names:
    """The names that the texts of a site are searched for."""
    names = {d.name: d.folder for d in departments if len(d.name) > 3}
    for d in departments:
        short = d.name.removeprefix(region)
        if len(short) > 2 and short not in names:
            names[short] = d.folder
    pattern = (
        re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
        if names
        else None
    )
    return Names(names, pattern, region)


def foreign(item: Item, own: Department, names: Names, text: str) -> Iterator[Mismatch]:
    """Where the text speaks as another body, or of another place's authorities as its own."""
    if match := _first_misfit(own, text):
        yield Mismatch(
            match.start(), match.end(), f"{own.name}的文里自称「{match.group()}」", False
        )
    yield from _spoken_as(item, own, names, text)
    yield from _elsewhere(own, names, text)


def _first_misfit(own: Department, text: str) -> re.Match[str] | None:
    for match in _SELF.finditer(text):
        word = match.group(1)
        if own.kind in _FITS[word] or word in own.name or match.group() == "本委":
            continue
        if word in ("村", "社区", "镇", "乡") and match.group()[0] == "本":
            continue
        quoted = text[max(0, match.start() - 60) : match.start()]
        if quoted.rfind("“") > quoted.rfind("”") or text[
            text.rfind("\n", 0, match.start()) + 1 : match.start()
        ].lstrip().startswith(">"):
            continue
        if re.search("来信|反映|投诉|诉求|问[:：]|网民|申请人", quoted):
            continue
        return match
    return None


def _spoken_as(item: Item, own: Department, names: Names, text: str) -> Iterator[Mismatch]:
    if names.pattern is None or item.issuer is not None:
        return
    for match in names.pattern.finditer(text):
        folder = names.names[match.group()]
        if folder == own.folder or match.group() in own.name:
            continue
        line_start = text.rfind("\n", 0, match.start()) + 1
        line_end = n if (n := text.find("\n", match.end())) >= 0 else len(text)
        line = text[line_start:line_end].strip(" *　")
        signed = line == match.group() and len(text) - line_end < 80
        starts = match.start() == line_start or text[match.start() - 1] in "。；，\n　 "
        before = text[max(0, match.start() - 8) : match.start()]
        if (
            signed
            or (starts and _AS_SELF.match(text, match.end()))
            or (
                re.search("(?:今年以来|年以来|以来)[，,]$", before)
                and not re.match("对|向|会同|联合", text[match.end() :])
            )
        ):
            yield Mismatch(
                match.start(),
                match.end(),
                f"{own.name}的文里，以「{match.group()}」的口气在说",
                False,
            )
            return


@cache
def _places() -> dict[str, str]:
    """Province or city → its province."""
    return {name: names[0] for line in _lines() for names in [line.split()] for name in names}


def _lines() -> list[str]:
    out: list[str] = []
    provinces = {
        "北京", "天津", "上海", "重庆", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽",
        "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "四川", "贵州", "云南", "西藏",
        "陕西", "甘肃", "青海", "宁夏", "新疆",
    }  # fmt: skip
    for word in words("places"):
        if word in provinces:
            out.append(word)
        else:
            out[-1] += f" {word}"
    return out


def _elsewhere(own: Department, names: Names, text: str) -> Iterator[Mismatch]:
    hits: list[tuple[int, int]] = []
    home: set[str] | None = None
    province = _places()
    for match in _AUTHORITY.finditer(text):
        end = match.start()
        if text[end - 1 : end] in ("省", "市", "区", "县"):
            end -= 1
        place = next((p for n in (2, 3, 4) if (p := text[max(end - n, 0) : end]) in province), None)
        if place is None:
            continue
        if home is None:
            home = {province[p] for p in province if p in names.region or p in own.name}
        if place in names.region or place in own.name or (home and province[place] in home):
            continue
        if not home and place == province[place]:
            continue  # one's own province, as far as anybody can tell
        start = end - len(place)
        if _AWAY.search(text[max(0, start - 24) : match.end() + 24]) or text[start - 1 : start] in (
            "《",
            "“",
        ):
            continue
        hits.append((start, match.end()))
    if hits:
        listed = "、".join(dict.fromkeys(text[a:b] for a, b in hits))
        yield Mismatch(*hits[0], f"{own.name}的文里出现别处的机关：{listed}", False)
