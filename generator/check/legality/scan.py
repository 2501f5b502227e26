"""One pass over a text: a quick look for anything of interest, then the detectors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.check.legality import contact, marks, masks, minors, persons
from generator.check.legality.document import Document
from generator.check.legality.hit import Hit
from generator.check.legality.masks import Masked
from generator.rules import legality as rules

_TRIGGER = re.compile(
    r"[0-9](?:[ \u00a0\u3000\u200b-]?[0-9]){9}|[0-9０-９][*＊×●■xX]|[*＊×●■][0-9]|[０-９]{7}|"
    r"[绝机秘]\s?密|工作秘密|内部[资文材使传掌参公]|仅[供限]|注意保|妥善保管|[此本][件文][不依内]|[严请切禁不][禁勿止得][外转传上复翻]|"
    r"依申请公开|不予公开|不公开|密级|阅后|公开与否|是否公开|"
    r"护照|通行证|台胞证|回乡证|"
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·•.]?[A-HJ-NP-Z0-9]{4}|"
    r"@(?:vip\.)?(?:qq|163|126|139|189|yeah|sina|sohu|gmail|hotmail|outlook|foxmail|aliyun|icloud|live|msn|21cn|tom|wo)\.|"
    r"患[^者病]|患病|确诊|诊断|查出|得了|突发|病[种名情因况史][:：]|残疾|残障|级残|[一二三四1-4]级(?:肢|视|听|言|智|精|多)|"
    r"出生|生于|生日|日生|离异|离婚|丧偶|未婚|已婚|再婚|分居|婚姻|婚育|单亲|寡居|怀孕|妊娠|已孕|孕[0-9一二三四五六七八九十情周期]|产检|"
    r"流产|引产|结扎|[上放取]环|节育|避孕|超生|违法生育|[划策]外生育|社会抚养|"
    r"家庭[^\n]{0,4}收入|人均[^\n]{0,3}收入|[年月]收入|存款|名下|房产|欠债|负债|外债|欠款|债务|家庭财产|拥有[房住车]|"
    r"住址|家庭地址|住在|住于|家住|现住|现居|居住[在于]|户籍|户口所在|常住地|详细地址|租住|住所地?[:：]|[，,（(；;]住[^房院户建宿宅所]|收件地址|邮寄地址|"
    r"(?:栋|幢|单元|号楼)\s?[0-9一二三四五六七八九十A-Z]{1,4}|[0-9]-[0-9]{1,2}-[0-9]{3}|组[0-9]{1,3}号|"
    r"姓\s*名|户\s*主|年龄|[0-9]\s?周?岁|个月大|[^大]学生[^\s，。]|小学生|初中生|幼儿[^园]|儿童[:：]?[^\s，。节]|孤儿|[男女]童|婴|少年|小朋友|"
    r"癌|瘤|白血病|尿毒症|艾滋|肝炎|糖尿病|高血压|心脏病|脑梗|脑出血|中风|偏瘫|瘫痪|精神分裂|精神病|抑郁症|癫痫|肾衰|肾病|肝硬化|血友病|"
    r"尘肺|脑瘫|自闭症|孤独症|综合征"
)
_YOUNG = re.compile(r"幼儿|小学|初中|学前|儿童|未成年|少年|孤儿|中小学|义务教育|年级|新生")


@dataclass(frozen=True, slots=True)
class Scope:
    """What the lines of a document are, by index."""

    head: frozenset[int] = frozenset()
    """Lines at the head of a text, a page or a sheet."""
    spared: frozenset[int] = frozenset()
    """Lines where a mobile is meant to be called."""
    skipped: frozenset[int] = frozenset()
    """Lines of marks and numbers of our own, which say nothing of a person."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What one document holds."""

    hits: tuple[Hit, ...]
    masked: tuple[Masked, ...]
    """Its masked numbers, to be laid over those of the item's other files."""


NOTHING = Scanned((), ())


def interesting(text: str) -> bool:
    """Whether there is anything to look at: most texts end here."""
    return _TRIGGER.search(text) is not None


def scan(document: Document, scope: Scope) -> Scanned:
    """Every finding of a document, by place, overlapping ones once; bounded by its length."""
    found: list[Hit] = []
    masked: list[Masked] = []
    for line in _lines(document, scope):
        found += _line(document, line, scope)
        masked += masks.tokens(document, line)
    found += masks.broken(masked)
    if _YOUNG.search(f"{document.caption} {document.text[:20_000]}"):
        for line in range(len(document.lines)):
            if line not in scope.skipped:
                found += minors.enumerated(document, line)
    for line, passage in enumerate(document.passages):
        if passage.where.endswith("元数据 GPS"):
            start = document.starts[line]
            found.append(
                Hit(
                    rules.PICTURE_PLACE, start, start + 1, "GPS",
                    "图片里有拍摄位置的坐标", "去掉位置信息再上传；发送原图前关掉相机的定位",
                )
            )  # fmt: skip
    return Scanned(tuple(_once(found)), tuple(masked))


def _lines(document: Document, scope: Scope) -> list[int]:
    """Lines to be looked at: those with something of interest, and the rows under a head of persons."""
    wanted: set[int] = set()
    for match in _TRIGGER.finditer(document.text):
        line = document.line_of(match.start())
        if line in wanted:
            continue
        wanted.add(line)
        table = document.table_of(line)
        if table is not None:
            wanted.update(document.line_of(row[0].start) for row in table.rows if row)
    return sorted(wanted - scope.skipped)


def _line(document: Document, line: int, scope: Scope) -> Iterator[Hit]:
    text = document.lines[line]
    if not text.strip():
        return
    where = document.passages[line].where if document.passages else ""
    yield from marks.hits(document, line, line in scope.head)
    yield from contact.numbers(document, line, line in scope.spared)
    yield from contact.passports(document, line)
    yield from contact.plates(document, line)
    yield from contact.emails(document, line)
    if not where.startswith("元数据"):
        yield from persons.told(document, line)
        yield from persons.addresses(document, line)
        if document.table_of(line) is None:
            yield from minors.in_prose(document, line)
        else:
            yield from minors.listed(document, line)


def _once(found: list[Hit]) -> list[Hit]:
    """By place; of two findings of one rule that overlap, the first."""
    out: list[Hit] = []
    ends: dict[str, int] = {}
    for hit in sorted(found, key=lambda h: (h.start, h.rule.code, -h.end)):
        if hit.start >= ends.get(hit.rule.code, 0):
            out.append(hit)
            ends[hit.rule.code] = hit.end
    return out
