"""The quick look that most texts are done with: is there anything for family L at all."""

import re
from collections.abc import Iterator

_NUMBERS = re.compile(
    r"[0-9０-９](?:(?:[ \u00a0\u3000\u200b-]?[0-9]){9}|[*＊×●■xX]|[０-９]{6}|-[0-9]{1,2}-[0-9]{3})"
)
_STARRED = re.compile(r"[*＊×●■][0-9]")
_PLATES = re.compile(
    r"[A-HJ-NP-Z](?<=[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼].)[ ·•.]?[A-HJ-NP-Z0-9]{4}"
)
_WORDS = (
    # Marks of secrecy.
    r"密(?<=[绝机秘]密)", r"密(?<=[绝机秘]\s密)", r"密级", r"工作秘密", r"内部[资文材使传掌参公]", r"仅[供限]", r"注意保",
    r"妥善保管", r"件[不依内](?<=[此本]..)", r"文[不依](?<=[此本]..)", r"外[传泄](?<=[禁得勿].{2})", r"勿[转传上]", r"阅后",
    r"依申请公开", r"不予公开", r"不公开", r"公开与否", r"是否公开",
    # Papers and addresses.
    r"护照", r"通行证", r"台胞证", r"回乡证", r"@[A-Za-z0-9.]{2,12}\.(?:com|cn|net)",
    r"住(?:址|在|于)", r"住(?<=[家现租居]住)", r"住(?<=[，,（(；;]住)(?!房|院|户|建|宿|宅|所)", r"住所地?[:：]", r"现居",
    r"家庭地址", r"详细地址", r"户籍", r"户口所在", r"常住地", r"收件地址", r"邮寄地址", r"通[讯信]地址",
    r"栋\s?[0-9一二三四五六七八九十A-Z]", r"幢\s?[0-9一二三四五六七八九十A-Z]", r"单元\s?[0-9一二三四五六七八九十]",
    r"号楼\s?[0-9一二三四五六七八九十A-Z]", r"组[0-9]{1,3}号",
    # What is told of a person.
    r"患[^者]", r"确诊", r"诊断", r"查出", r"得了", r"突发", r"病[种名情因况史][:：]", r"残疾", r"残障", r"级[残肢视听言智精多]",
    r"出生", r"生于", r"生日", r"生(?<=日生)", r"离异", r"离婚", r"丧偶", r"未婚", r"已婚", r"再婚", r"分居", r"婚姻", r"婚育",
    r"单亲", r"寡居", r"怀孕", r"妊娠", r"已孕", r"孕[0-9一二三四五六七八九十情周期]", r"产检", r"流产", r"引产", r"结扎",
    r"环(?<=[上放取]环)", r"节育", r"避孕", r"超生", r"违法生育", r"外生育(?<=[划策]...)", r"社会抚养",
    r"收入(?<=家庭..)", r"收入(?<=家庭年..)", r"收入(?<=家庭月..)", r"收入(?<=[年月]收入)", r"均[^\n]{0,3}收入", r"存款", r"名下",
    r"房产", r"欠债", r"负债", r"外债", r"欠款", r"债务", r"家庭财产", r"拥有[房住车]",
    r"癌", r"瘤", r"白血病", r"尿毒症", r"艾滋", r"肝炎", r"糖尿病", r"高血压", r"心脏病", r"脑梗", r"脑出血", r"中风", r"偏瘫", r"瘫痪",
    r"精神分裂", r"精神病", r"抑郁症", r"癫痫", r"肾衰", r"肾病", r"肝硬化", r"血友病", r"尘肺", r"脑瘫", r"自闭症", r"孤独症", r"综合征",
    # Heads of columns with persons, and minors.
    r"姓\s*名", r"户\s*主", r"年龄", r"岁(?<=[0-9]岁)", r"岁(?<=[0-9][\s周]岁)", r"月大(?<=个月大)", r"学生(?<!大学生)[^\s，。]",
    r"小学", r"初中", r"学前", r"义务教育", r"新生", r"幼儿", r"儿童", r"孤儿", r"童(?<=[男女]童)", r"婴", r"少年", r"小朋友",
)  # fmt: skip


def _gathered(words: tuple[str, ...]) -> re.Pattern[str]:
    """One expression, the words gathered by their first character.

    Every branch then begins with a literal, and the engine skips all other characters at once.
    """
    first: dict[str, list[str]] = {}
    for word in words:
        first.setdefault(word[0], []).append(word[1:])
    return re.compile("|".join(f"{sign}(?:{'|'.join(rest)})" for sign, rest in first.items()))


_QUICK = (_gathered(_WORDS), _NUMBERS, _STARRED, _PLATES)


def interesting(text: str) -> bool:
    """Whether there is anything to look at: most texts end here."""
    return any(quick.search(text) for quick in _QUICK)


def found_in(text: str) -> Iterator[int]:
    """Offsets at which something may stand, in no order."""
    for quick in _QUICK:
        for match in quick.finditer(text):
            yield match.start()
