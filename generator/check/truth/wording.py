"""Words that should not stand in a finished text: placeholders, residue, masks, slips."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.check.truth.parts import Mismatch

_WORDS = Path(__file__).resolve().parent.parent.parent / "standard" / "words"
_PLACEHOLDER = re.compile(
    r"待补充|待填(?:写|报)?(?![补表])|待完善后补|待核(?:实)?后补|此处(?:填写|填|插入|补充)|（\s*(?:填写|略写|请填)[^）]{0,12}）"
    r"|[12][0-9](?:XX|xx|××|ＸＸ|\*\*)年|(?<![A-Za-z])[XxＸ×]{1,4}\s*[月]\s*[XxＸ×]{1,3}\s*日|[0-9]{4}年[XxＸ×]{1,2}月|[0-9]{1,2}月[XxＸ×]{1,2}日"
    r"|(?<![A-Za-z0-9])(?:XX|xx|XXX|ＸＸ)(?:市|区|县|局|镇|乡|村|街道|单位|部门|大道|路|年|月|元|万元|人|件|项|名)|(?:TODO|TBD|FIXME)(?![A-Za-z])"
)
_RESIDUE = re.compile(
    r"\[page\]|\[/page\]|\[[0-9]\](?:\[[0-9]\])+(?:[上下]一页)?|\[[上下]一页(?!面)\]?|上一页(?!面)\]?|下一页(?!面)\]?"
    r"|word格式文档|下载本文|本文来源[:：]|本文作者[:：]|责任编辑[:：]|浏览(?:次数|量|数)[:：]|点击(?:次数|量|数)[:：]|阅读(?:次数|量|数)[:：]"
    r"|分享到[:：]?(?:微信|微博|QQ)|【(?:打印本页|关闭窗口|我要纠错)】?|打印本页】?|关闭窗口】?|我要纠错】?|字[号体][:：]\s*[【\[]?大"
    r"|&(?:nbsp|ldquo|rdquo|lt|gt|amp|mdash)[;；]|锟斤拷|<!--|会员上传|相关范文|查看更多>>|当前位置[:：]"
)
"""Every choice begins with a letter of its own: the engine then skips all others at once."""
_MASK = re.compile(
    r"(?<=[一-鿿])(?<![时点月日周年号楼层元])[~～](?![~～])(?=[、，。；：）”’\s的及和与等])|(?<=[、，。；：（“。,])[~～](?=[一-鿿])|(?<=[一-鿿])(?:■|█|▇|◆){2,}"
)
_DASHES = re.compile(r"(?m)^[ \t]*[-—_=]{4,}[ \t]*$")
_EXACT_MORE = re.compile(
    r"(?<![0-9.\-－—~～第])([0-9]{2,})\s*(多|余)(?!媒体|功能|元化|元|层|样|媒|路|边|头|彩|云|党|渠道|部门|方面|级|址|式|点|种经营|万|亿|地块|额|款|热|震|杭|姚|下|辉|音)(?=[一-鿿])"
)
_PLACEHOLDER_SIGN = re.compile(r"待[补填完核]|此处|填写|略写|请填|X|x|Ｘ|×|\*\*年|TODO|TBD|FIXME")
_DASH_SIGN = re.compile(r"[-—_=]{4}")
_MASK_SIGN = re.compile(r"[~～■█▇◆]")
"""What a quick look asks for: most texts have none and are done with."""


_LEADS = {"末": "期年月季周旬学始岁", "己": "自知利律异", "付": "交支拨给", "群": "人羊车"}
"""First character of a slip → what before it makes another, right word of it: 期末完成."""
_TAILS = {"建没": "有", "推委": "会员", "防犯": "罪", "按装": "卸配置"}


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of the pen and what was meant."""

    start: int
    end: int
    wrong: str
    right: str


def placeholders(text: str) -> Iterator[Mismatch]:
    """待补充, 20XX年X月, XX市."""
    if _PLACEHOLDER_SIGN.search(text) is None:
        return
    seen: set[str] = set()
    for match in _PLACEHOLDER.finditer(text):
        if match.group() in seen:
            continue
        seen.add(match.group())
        if (
            text[match.start() - 1 : match.start()] == "（"
            and "样" in text[max(0, match.start() - 8) : match.start()]
        ):
            continue
        yield Mismatch(match.start(), match.end(), f"「{match.group()}」还没有填", False)


def residue(text: str) -> Iterator[Mismatch]:
    """What a page's surroundings leave behind when its text is copied."""
    for match in _RESIDUE.finditer(text):
        yield Mismatch(
            match.start(), match.end(), f"「{match.group()}」是网页上带下来的残留", False
        )
    for match in _DASHES.finditer(text) if _DASH_SIGN.search(text) else ():
        above = text[: match.start()].rstrip(" \t").rpartition("\n")[0] if match.start() else ""
        last = text[: max(match.start() - 1, 0)].rpartition("\n")[2].strip()
        if "|" in last or (0 < len(last) <= 30 and set(match.group().strip()) <= {"-", "="}):
            continue
        if above is not None:
            yield Mismatch(
                match.start(),
                match.end(),
                f"「{match.group().strip()}」是网页上带下来的残留",
                False,
            )


def masks(text: str) -> Iterator[Mismatch]:
    """A mask character that a filter left in a word's place."""
    for match in _MASK.finditer(text) if _MASK_SIGN.search(text) else ():
        around = text[max(0, match.start() - 3) : match.end() + 2].replace("\n", "")
        yield Mismatch(match.start(), match.end(), f"「{around}」里有屏蔽符，原来的词没有了", False)


def exact_and_more(text: str) -> Iterator[Mismatch]:
    """831多份: an exact number followed by 多 or 余."""
    for match in _EXACT_MORE.finditer(text):
        if match.group(1)[-1] != "0":
            said = match.group(1) + match.group(2)
            yield Mismatch(
                match.start(),
                match.end(),
                f"「{said}」：数已经精确到个位，后面不能再加「{match.group(2)}」",
                False,
            )


@cache
def _slips() -> tuple[re.Pattern[str], dict[str, str]]:
    right: dict[str, str] = {}
    for line in (_WORDS / "slips.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            wrong, _, meant = line.partition(" ")
            right[wrong] = meant.strip()
    first: dict[str, list[str]] = {}
    for wrong in sorted(right, key=len, reverse=True):
        first.setdefault(wrong[0], []).append(re.escape(wrong[1:]))
    # Gathered by their first character: the engine skips all other characters at once.
    listed = (f"{re.escape(sign)}(?:{'|'.join(rest)})" for sign, rest in first.items())
    return re.compile("|".join(listed)), right


def slips(text: str) -> Iterator[Slip]:
    """Slips from the list."""
    pattern, right = _slips()
    for match in pattern.finditer(text):
        wrong = match.group()
        before = text[max(0, match.start() - 1) : match.start()]
        after = text[match.end() : match.end() + 1]
        if (before and before in _LEADS.get(wrong[0], "")) or (
            after and after in _TAILS.get(wrong, "")
        ):
            continue
        yield Slip(match.start(), match.end(), wrong, right[wrong])


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of one of the lists that ship as data."""
    text = (_WORDS / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(w for line in text.splitlines() if not line.startswith("#") for w in line.split())
