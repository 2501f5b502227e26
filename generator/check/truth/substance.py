"""Bodies that say nothing: empty, only 见附件, vague where the row wants figures; persons named."""

import re
from collections.abc import Iterator
from functools import cache

from generator.check.truth.prose import Mismatch
from generator.check.truth.wording import words
from generator.model import Department, Item, Row

_HAN = re.compile("[一-鿿0-9A-Za-z]")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ATTACHED = re.compile(
    r"(?:(?:具体|详细|相关|有关|公开)?(?:内容|情况|信息|明细|数据|名单)?(?:请|敬请)?(?:详见|见|参见|查看|查阅|参阅|下载)(?:本文|下方|后附|所附|文后)?(?:附件|附表|附后|下载)|附件(?:下载)?[一二三0-9]*)"
)
_HOLLOW = frozenset(
    [
        "略",
        "无",
        "暂无",
        "无内容",
        "同上",
        "同上期",
        "待定",
        "测试",
        "内容",
        "见标题",
        "如题",
        "特此公告",
        "特此公示",
        "特此通知",
        "暂无内容",
        "另行公布",
        "另行公开",
        "见公告栏",
        "见公开栏",
        "见网站",
        "详见公开栏",
        "空",
        "已公开",
        "见文件",
    ]
)
_VAGUE = "若干|一些|少量|大量|较多|不少|数十|数百|近百|上百|多名|多批|多次|多户|多笔|有所|大幅|明显|适量|部分|一定|较大|足额|按需|按规定"
_FEW = "若干|一些|少量|大量|较多|不少|数十|数百|近百|上百"
_VAGUE_FIRST = re.compile(_VAGUE)
_NAME_AFTER = r"(?<!和)(?<!与)([{surnames}][一-鿿]{{1,2}})同志(?!们)"
_NAMED_AS = r"(?:任命|聘任|由|推荐|选举|指定)([{surnames}][一-鿿]{{1,2}})(?:同志)?(?:为|任|担任)"
_NOT_NAMES = re.compile(
    "全体|各位|有关|相关|负责|领导|党员|干部|老|女|男|青年|基层|[的位名等各]|主任|书记|局长|科长|主席|代表"
)


def hollow(item: Item, text: str) -> str | None:
    """Why the whole body says nothing; None where it says something."""
    if item.nil is not None or len(text) > 120:
        return None
    shown = _LINK.sub(r"\1", text)
    letters = "".join(_HAN.findall(shown))
    if not letters:
        return "正文是空的" if not _LINK.search(text) and not item.files else None
    bare = "".join(_HAN.findall(_LINK.sub("", text)))
    if bare in _HOLLOW or (not bare and letters in _HOLLOW):
        return f"正文只有「{shown.strip()[:20]}」"
    return None


def only_attached(text: str) -> bool:
    """Whether the body does no more than point at its attachment."""
    if len(text) > 240 or ("附" not in text and "](" not in text):
        return False
    bare = "".join(_HAN.findall(_LINK.sub("", text)))
    if not bare:
        return bool(_LINK.search(text))
    if not _ATTACHED.search(bare):
        return False
    rest = _ATTACHED.sub("", bare)
    rest = re.sub(
        "现将|公开如下|公布如下|有关|相关|情况|我局|我街道|我村|本|的|予以|如下|特此公告|特此公示|附件|附表|下载|点击|请|欢迎|监督|[0-9一二三]|年|季度|第|月|和",
        "",
        rest,
    )
    return len(rest) <= 12


def vague(row: Row | None, text: str, cells: str) -> Iterator[tuple[str, Mismatch]]:
    """Elements that want a figure and are spoken of without one, by the element's name."""
    if row is None or not _VAGUE_FIRST.search(text):
        return
    for element in row.elements:
        if not element.figure:
            continue
        if any(w in cells for w in (element.name, *element.words)):
            continue
        names = "|".join(re.escape(w) for w in (element.name, *element.words))
        if re.search(
            rf"(?:{names})[^，。；\n]{{0,12}}?[0-9０-９]|[0-9０-９][^\n，。；]{{0,8}}(?:{names})",
            text,
        ):
            continue
        match = re.search(
            rf"(?:{names})[^，。；\n0-9]{{0,12}}?(?:{_VAGUE})[^，。；\n]{{0,6}}|(?:{_FEW})[^，。；\n0-9]{{0,6}}(?:{names})",
            text,
        )
        if match:
            yield (
                element.name,
                Mismatch(
                    match.start(),
                    match.end(),
                    f"「{match.group()}」没有写出数字，目录要求写明{element.name}",
                    False,
                ),
            )


@cache
def _names() -> re.Pattern[str]:
    listed = "".join(words("surnames"))
    return re.compile(_NAME_AFTER.format(surnames=listed) + "|" + _NAMED_AS.format(surnames=listed))


def persons(item: Item, own: Department, text: str) -> Iterator[Mismatch]:
    """Names of persons in a text that could name posts; leaders and personnel rows excepted."""
    if re.search("任免|人事|任前|录用|表彰|先进|公示|名单|负责人|领导", item.category + item.title):
        return
    public = {leader.name for leader in own.leaders}
    seen: set[str] = set()
    for match in _names().finditer(text):
        name = match.group(1) or match.group(2)
        if name in public or name in seen or _NOT_NAMES.search(name) or name.endswith("某"):
            continue
        seen.add(name)
        start, end = match.span(1 if match.group(1) else 2)
        yield Mismatch(start, end, f"写了个人姓名「{name[0]}{'某' * (len(name) - 1)}」", False)
