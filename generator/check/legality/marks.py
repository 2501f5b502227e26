"""Secrecy marks, told by their shape: 秘密★1年, 内部资料, 此件不公开."""

import re
from collections.abc import Iterator

from generator.check.legality.document import Document
from generator.check.legality.hit import Hit
from generator.rules import legality as rules

HEAD_LINES = 5
_TERM = r"(?:[0-9]{1,2}\s*(?:年|个月|天)|[一二三四五六七八九十]{1,3}(?:年|个月)|长期|(?:启用|公开|解密)前)"
_SECRET = re.compile(
    rf"(?P<word>绝\s?密|机\s?密|秘\s?密)\s*"
    rf"(?:(?P<star>[★☆⭐✩])\s*{_TERM}?|[（(]\s*{_TERM}\s*[）)]|[\s·:：]{{0,3}}{_TERM}(?=\s|$|[，,；;】）)|]))"
)
_STATED = re.compile(r"(?:密级|保密等级|秘密等级)\s*[:：]?\s*(?:绝密|机密|秘密)")
_BARE = re.compile(r"[【（(〔\[\s]*(?:绝\s?密|机\s?密|秘\s?密)(?:件|文件|级)?[】）)〕\]\s]*")
_WORD = (
    r"(?:工作秘密|内部(?:资料|文件|材料|使用|传阅|掌握|参考)|仅供(?:(?:内部|领导)(?:使用|参阅|参考|阅知|掌握)|参阅|阅知|掌握)|"
    r"仅限内部(?:使用|传阅)?|"
    r"注意(?:保存|保密|保管)|妥善保管|(?:此|本)(?:件|文)(?:不公开|不予公开|依申请公开|不宜公开|内部掌握)|"
    r"(?:严禁|不得|请勿|切勿|禁止)(?:外传|外泄|传播|转发|复印|复制|上网|翻印)|阅后(?:收回|销毁|即焚)|依申请公开|不予公开|不公开)"
)
_MARK = re.compile(
    rf"[【（(〔\[『「]?\s*{_WORD}(?:[\s★☆,，、;；·！!。|—-]*{_WORD})*[\s★☆]*(?:{_TERM})?[！!。]?\s*[】）)〕\]』」]?"
)
_BRACKETED = re.compile(rf"[【〔\[（(]\s*{_WORD}(?:[\s★☆,，、;；·]*{_WORD})*\s*[】〕\]）)]")
_DECIDED = re.compile(
    r"(?:公开(?:属性|方式|类别|选项|形式|类型|范围|性质)|信息公开|是否公开|公开与否)\s*[:：]\s*"
    r"[【（(]?(?P<word>依申请公开|不予公开|不公开|内部公开|否)\s*[】）)]?\s*$"
)
_DECOR = re.compile(r"^[\s>#*_~`|\-•·\u3000]+|[\s*_~`|\u3000]+$")
_CORE = re.compile(r"工作秘密|内部|不公开|依申请|不予公开|不宜|保密|仅供|注意保|外传|外泄|阅后")
_BULLET = re.compile(r"\s*(?:#|[-*+•·]\s|[0-9一二三四五六七八九十]+[.．、])")
_QUOTED = "“”‘’「」『』《》\"'"
_INTERNAL_ONLY = re.compile(r"^(?:依申请公开|不予公开|不公开)[。！!]?$")


def hits(document: Document, line: int, head: bool) -> Iterator[Hit]:
    """Marks of one line; at the head of a text they are errors, elsewhere warnings."""
    text, start = document.lines[line], document.starts[line]
    for match in _SECRET.finditer(text):
        if _quoted(text, match.start(), match.end()) or not _alone(text, match, head):
            continue
        yield _hit(start, match, "国家秘密标志", head, secret=True)
        return
    stated = _STATED.search(text)
    bare = _DECOR.sub("", text)
    if stated and len(bare) <= 30 and not _quoted(text, stated.start(), stated.end()):
        yield _hit(start, stated, "密级标注", head, secret=True)
        return
    if bare and _BARE.fullmatch(bare):
        at = text.index(bare)
        yield _made(start + at, start + at + len(bare), "密级字样", False, secret=True)
        return
    yield from _internal(text, start, bare, head)


def _internal(text: str, start: int, bare: str, head: bool) -> Iterator[Hit]:
    several = "|" in bare or "\t" in bare
    if bare and not several and len(bare) <= 40 and _MARK.fullmatch(bare) and _CORE.search(bare):
        if _INTERNAL_ONLY.match(bare) and (_BULLET.match(text) or not head):
            return
        at = text.index(bare)
        yield _made(start + at, start + at + len(bare), "内部标志", head, secret=False)
        return
    decided = _DECIDED.search(text)
    if decided is not None and len(bare) <= 30:
        yield _hit(start, decided, "公开属性", head, secret=False)
        return
    if "|" in text or "\t" in text:
        return
    for match in _BRACKETED.finditer(text):
        inner = match[0].strip("【〔[（()]）〕】 ")
        before = text[: match.start()].removeprefix("title:").strip(" #>*_　\"'")
        at_end = not text[match.end() :].strip(" 。*_　") or not before
        if at_end and not _INTERNAL_ONLY.match(inner) and not _quoted(text, *match.span()):
            yield _hit(start, match, "内部标志", head, secret=False)
            return


def _alone(text: str, match: re.Match[str], head: bool) -> bool:
    """Whether a level with a term stands as a mark and not inside a sentence."""
    before, after = text[: match.start()], text[match.end() :]
    if match["star"]:
        return not before or before[-1] not in "“‘「『《"
    left = not before.strip() or before[-1] in " \t\u3000|【（(:：#>*"
    right = not after.strip() or after[0] in " \t\u3000|】）)*"
    return left and right and len(_DECOR.sub("", text)) <= (40 if head else 20)


def _quoted(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if (before and before in _QUOTED) or (after and after in _QUOTED):
        return True
    opened = max(text.rfind(sign, 0, start) for sign in "“「『《‘")
    closed = max(text.rfind(sign, 0, start) for sign in "”」』》’")
    return opened > closed


def _hit(start: int, match: re.Match[str], kind: str, head: bool, *, secret: bool) -> Hit:
    return _made(start + match.start(), start + match.end(), kind, head, secret=secret)


def _made(start: int, end: int, kind: str, head: bool, *, secret: bool) -> Hit:
    if secret:
        rule = rules.SECRET_AT_HEAD if head else rules.SECRET_ELSEWHERE
        hint = "停止公开，交保密审查人核对；已解密的，附解密手续并删去标志"
    else:
        rule = rules.INTERNAL_AT_HEAD if head else rules.INTERNAL_ELSEWHERE
        hint = "交保密审查人核对；可以公开的，重新审查后删去标志"
    where = "开头" if head else "文中"
    return Hit(rule, start, end, kind, f"{where}有{kind}", hint)
