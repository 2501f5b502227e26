"""What is said of a named person: address, illness, disability, birth, marriage, property."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.check.legality import names
from generator.check.legality.contact import row_names
from generator.check.legality.document import Document
from generator.check.legality.hit import Hit
from generator.diagnostic import Rule
from generator.rules import legality as rules

_N = r"(?:[0-9]{1,5}|[一二三四五六七八九十百零〇]{1,5})"
_DOOR = (
    rf"(?:{_N}(?:-{_N})?号(?!文|令|楼|线|公告|通知|公路|码|院)(?:附{_N}号|之{_N})?(?:{_N}(?:栋|幢|座|号楼|单元|门|层|楼|室|户))*(?:[0-9]{{3,4}})?|"
    rf"{_N}(?:栋|幢|座|号楼|#楼?)(?:[0-9A-Z]单元|{_N}单元|{_N}门)?(?:{_N}(?:室|户|房|号)|[0-9]{{3,4}}|[0-9]{{1,2}}楼[0-9]{{0,4}})|"
    rf"{_N}单元{_N}(?:室|户|房|号)?|"
    rf"{_N}号(?:院|楼)[^，。；\s]{{0,10}}?{_N}(?:室|户|房|号)|[0-9]{{1,3}}-[0-9]{{1,2}}-[0-9]{{3,4}}室?)"
)
_LANE = r"(?:路|街|巷|弄|胡同|大道|里|坊|村|组|社|湾|屯|庄|寨|冲|坪|队|区|花园|花苑|苑|公寓|家园|城|府|庭|园|居|郡|宿舍|院|楼|坡|塘|港|桥|沟|堡|店|口|岭|段|庄园|名邸|华庭|豪庭)"
_DOORED = re.compile(
    rf"[\u4e00-\u9fffA-Za-z0-9（）()·-]{{0,30}}?{_LANE}(?:[东西南北中]|[0-9一二三四五六七八九十]{{1,3}}(?:期|区|组|段|巷|队))*\s?{_DOOR}"
)
_NUMBERED = re.compile(r"[0-9一二三四五六七八九十百零〇](?:号|栋|幢|座|#|单元|-[0-9])")
"""Every door begins with one of these."""
_DOOR_SIGN = re.compile(r"栋|幢|单元|室|号楼|组|[0-9]-[0-9]")
"""Without one of these a number is a house's at most, never a home's."""
_HOME = re.compile(
    r"(?:家庭(?:详细)?(?:住址|地址)|现?住址|现住地?|居住地址?|户籍(?:所在地|地址|地)?|户口所在地|家庭住所|常住地|详细住址|"
    r"家住|居住[在于]|现居住?于?|租住[在于]?|住所地?|住在|住于|(?<=[，,（(；;])住(?!房|院|户|建|宿|宅|所)|身份证地址|家庭地址|收件地址|邮寄地址)[:：为在于是]?\s*"
)
_HOME_SIGNS = ("住", "居", "户", "地址")
"""`_HOME` matches only where one of these stands."""
_FIRM = re.compile(
    r"公司|企业|合作社|经营部|商店|门市|工厂|加工厂|医院|学校|酒店|宾馆|饭店|个体工商户|事务所|超市|药店|餐馆|协会"
)
_OFFICE = re.compile(
    r"办公|大厅|政府|机关|窗口|政务|法院|检察|派出所|经营(?:场所|地址)|营业|注册地址|登记地址|项目|施工|工程|坐落|建设地点|"
    r"受理地[点址]|办理地[点址]|面试地点|考点|考场|会议地点|活动地点|局[^，。；]{0,8}(?:号|楼|室)|村委会|居委会|服务中心|学校|医院|公司|银行|集合"
)
_ADDRESS_HEAD = re.compile(
    r"住址|家庭地址|居住|户籍|详细地址|现住|家庭住|住所|身份证地址|通[讯信]地址|^\s*地\s*址\s*$"
)

_ILL = (
    r"(?:[\u4e00-\u9fff]{0,6}(?:癌|肿瘤|白血病|淋巴瘤|骨髓瘤|尿毒症|艾滋病|肝炎|乙肝|丙肝|结核病?|糖尿病|高血压|冠心病|心脏病|心肌梗[死塞]|"
    r"脑梗[死塞]?|脑出血|脑溢血|中风|偏瘫|瘫痪|精神分裂症?|精神病|精神障碍|精神疾病|抑郁症|癫痫|帕金森[氏病综合征]*|阿尔茨海默[症病]?|痴呆|"
    r"肾衰竭|肾功能衰竭|肾病|肾炎|肝硬化|红斑狼疮|血友病|贫血|尘肺病?|矽肺|类风湿[性关节炎]*|股骨头坏死|脑瘫|自闭症|孤独症|唐氏综合征|"
    r"双相情感障碍|焦虑症|哮喘|慢阻肺|肺气肿|心力衰竭|先天性心脏病|智力障碍|梅毒|淋病|骨折|截瘫|HIV|罕见病|综合征)(?:后遗症|恶化|复发|晚期|早期|中期|[一二三四五]期|病|症)?)"
)
_ILL_WORD = re.compile(_ILL)
_ILL_SAID = re.compile(
    rf"(?:(?<![救医防])患(?!者|病率|教)(?:有|上|了|的是)?|身患|罹患|确诊(?:为|患)?|诊断(?:为|是|患)?|查出(?:患)?|得了|突发|因病?|系|"
    rf"患病[:：]|病[种名情因][:：]|诊断[:：]|[（(])\s*(?P<ill>{_ILL}|(?:严重|重大|重特大|慢性|长期)?(?:疾病|重病|大病|慢性病|绝症)|[\u4e00-\u9fff]{{1,8}}(?:病|症|癌|炎|瘤)(?![例人房区历假]))"
)
_ILL_HEAD = re.compile(
    r"病[情种因名况史]|疾病|诊断|患病|健康状况|身体状况|致贫原因|救助原因|困难原因|申请(?:原因|理由)|家庭情况|备注|说明|原因"
)
_DISABLED = re.compile(
    r"(?:(?:肢体|视力|听力|言语|语言|智力|精神|多重)(?:[、和])?)+(?:残疾|残障)(?:[（(]?[一二三四1-4]级[）)]?)?|(?:[一二三四1-4]级)(?:肢体|视力|听力|言语|智力|精神|多重)?残疾?(?!军人)|"
    r"残疾(?:等级|类别|类型)?[:：为]?\s?[一二三四1-4]级|(?:重度|轻度|中度)残疾|残疾证[:：]?\s?[0-9]{10,20}"
)
_DISABLED_HEAD = re.compile(r"残疾|残障|残情")
_DISABLED_CELL = re.compile(
    r"(?:肢体|视力|听力|言语|语言|智力|精神|多重|[一二三四1-4]\s?级|重度|轻度|中度|[ⅠⅡⅢⅣ])"
)
_BIRTH = re.compile(
    r"(?:(?:出生(?:日期|年月日?|于|时间)?|生于|生日)[:：为是]?\s*(?P<a>(?:19|20)[0-9]{2}\s?[年./-]\s?[01]?[0-9]\s?[月./-]\s?[0-3]?[0-9]日?))|"
    r"(?P<b>(?:19|20)[0-9]{2}\s?[年./-]\s?[01]?[0-9]\s?[月./-]\s?[0-3]?[0-9]日?)\s?(?:出生|生(?![产活效育态长存物]))"
)
_DAY = re.compile(
    r"(?:19|20)[0-9]{2}\s?[年./-]?\s?[01][0-9]\s?[月./-]?\s?[0-3][0-9]日?|(?:19|20)[0-9]{2}[年./-][0-9]{1,2}[月./-][0-9]{1,2}日?"
)
_MARRIED = re.compile(r"离异|离婚|丧偶|未婚(?!先孕)|已婚|再婚|分居|婚姻状况[:：]|单亲|寡居")
_MARRIED_HEAD = re.compile(r"婚姻|婚育|婚否")
_PREGNANT = re.compile(
    r"怀孕|妊娠|孕[0-9一二三四五六七八九十]+周|流产|引产|结扎|上环|放环|取环|宫内节育|避孕|超生|违法生育|计划外生育|政策外生育|未婚先孕|社会抚养费|孕期|已孕|产检"
)
_PREGNANT_HEAD = re.compile(r"孕[情周期]|节育|避孕|生育(?:情况|状况)|婚育")
_MONEY = r"[^，。；]{0,12}?[0-9.,]+\s?(?:万|元|亿|套|辆|平方|㎡|处|间)"
_OWNED = re.compile(
    rf"(?:家庭(?:年|月)?(?:人均)?(?:纯|总)?(?:年|月)?收入|年(?:人均)?(?:纯)?收入|月(?:人均)?收入|银行?存款|名下(?:有|拥有|登记)?|拥有(?:房产|住房|车辆)|房产|欠债|负债|外债|欠款|债务|家庭财产|理财){_MONEY}"
)
_OWNED_HEAD = re.compile(
    r"(?:家庭|个人|年|月|人均)[^\s]{0,3}收入|存款|房产|财产|负债|欠债|住房(?:情况|面积)|车辆情况|债务"
)
_NOTHING = re.compile(
    r"[\s无否—/-]*|无[\u4e00-\u9fff]{1,2}|正常|健康|良好|一般|不详|合格|0+|无残疾|未知"
)


_OTHERS = re.compile(
    r"介绍|表示|提醒|说|指出|强调|讲[解述]|认为|慰问|走访|看望|探望|帮助|帮扶|救治|宣传|宣讲|主持|调研|督导|关爱|接待|指导|陪同|率|"
    r"带领|牵头|(?<![诊断定])为(?!患|人)|种植|养殖|饲养|果园|作物|水稻|树|猪|牛|羊|鸡|犬|苗"
)
"""Between a name and what is told: it is told of others, by or through that person."""
_RULE = re.compile(r"全[县市镇村国省区乡]|居民人均|农民人均|平均|以[下上]|低于|高于|不超过|标准")
_AFTER = re.compile(r"[）)]?的?(?:村民|居民|职工|患者|老人|儿童|学生|群众|农户)?")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A thing that may not be told of a named person."""

    rule: Rule
    said: re.Pattern[str]
    signs: tuple[str, ...]
    """`said` matches only where one of these stands: most lines have none and are done with."""
    head: re.Pattern[str]
    cell: re.Pattern[str]
    """What a cell under such a head must hold."""
    label: str
    hint: str


_KINDS = (
    _Kind(rules.ILLNESS, _ILL_SAID, ("患", "确诊", "诊断", "查出", "得了", "突发", "因", "系", "病", "（", "("), _ILL_HEAD, re.compile(rf"{_ILL}|(?:患|重|大|慢性)病|疾病"), "病情", "删去病情，或隐去姓名"),
    _Kind(rules.DISABILITY, _DISABLED, ("残",), _DISABLED_HEAD, _DISABLED_CELL, "残疾类别", "删去残疾类别和等级，或隐去姓名"),
    _Kind(rules.BIRTH_DATE, _BIRTH, ("生",), re.compile(r"出生|生日"), _DAY, "出生日期", "只写到月，或删去"),
    _Kind(rules.MARRIAGE, _MARRIED, ("婚", "离异", "丧偶", "分居", "单亲", "寡居"), _MARRIED_HEAD, re.compile(r"离|丧|婚|单身|分居"), "婚姻状况", "删去婚姻状况"),
    _Kind(rules.BIRTH_CONTROL, _PREGNANT, ("孕", "妊娠", "产", "结扎", "环", "节育", "生", "社会抚养费"), _PREGNANT_HEAD, re.compile(r"孕|环|扎|产|育|周|胎"), "孕情或生育情况", "删去，或只公布人数"),
    _Kind(rules.PROPERTY, _OWNED, ("收入", "存款", "名下", "拥有", "房产", "债", "欠款", "财产", "理财"), _OWNED_HEAD, re.compile(r"[0-9]|有|欠|房|车"), "财产或收入", "删去数额，只写符合条件"),
)  # fmt: skip


def told(document: Document, line: int) -> Iterator[Hit]:
    """What one line tells of a named person."""
    table = document.table_of(line)
    if table is None:
        yield from _prose(document, line)
        return
    found = row_names(document, line)
    row = document.row_of(line)
    seen: set[Rule] = set()
    if found:
        for index, cell in enumerate(row):
            head = table.head(row, index)
            if not cell.text or _NOTHING.fullmatch(cell.text) or cell.text in found:
                continue
            for kind in _KINDS:
                fits = kind.head.search(head) and kind.cell.search(cell.text)
                if kind.rule is rules.BIRTH_DATE and fits and _covered(cell.text):
                    continue
                whole = kind.rule is rules.ILLNESS and _ILL_WORD.fullmatch(cell.text)
                if (fits or whole) and kind.rule not in seen and _NOUN.search(cell.text) is None:
                    seen.add(kind.rule)
                    yield _hit(kind, cell.start, cell.end, found[0])
    for cell in row:
        if len(cell.text) > 12 or "（" in cell.text or "(" in cell.text:
            yield from _sentences(document, cell.start, cell.end, seen)


_NOUN = re.compile(r"病房|病历|医保|病例|救助站|医院|病虫|防治")


def _covered(text: str) -> bool:
    return "*" in text or "×" in text


def _prose(document: Document, line: int) -> Iterator[Hit]:
    start = document.starts[line]
    yield from _sentences(document, start, start + len(document.lines[line]), set())


def _sentences(document: Document, start: int, end: int, seen: set[Rule]) -> Iterator[Hit]:
    """A name first, then what is told, in one sentence of a stretch of text."""
    text = document.text[start:end]
    persons: list[tuple[int, int]] | None = None
    for kind in _KINDS:
        if kind.rule in seen or not any(map(text.__contains__, kind.signs)):
            continue
        for match in kind.said.finditer(text):
            if persons is None:
                persons = names.in_prose(text)
            if match[0][0] in "（(" and not _bracketed(text, persons, match):
                continue
            at = match.start("ill") if kind.rule is rules.ILLNESS else match.start()
            person = _person(text, persons, kind, at, match.end())
            if person is None:
                continue
            yield _hit(kind, start + at, start + match.end(), text[person[0] : person[1]])
            break


def _bracketed(text: str, persons: list[tuple[int, int]], match: re.Match[str]) -> bool:
    """Whether a bracket right behind a name tells this first: 李四（肺癌）."""
    closed = text[match.end() : match.end() + 1] in tuple("）)，,、；;")
    return closed and any(end == match.start() for _, end in persons)


def _person(
    text: str, persons: list[tuple[int, int]], kind: _Kind, at: int, end: int
) -> tuple[int, int] | None:
    """Whom a stretch of a sentence is told of: the last name before it, or one right after."""
    left = max(text.rfind(sign, 0, at) for sign in "。；;！？") + 1
    before = [p for p in persons if left <= p[0] and p[1] <= at and at - p[1] <= 60]
    if before:
        told_by = _OTHERS.search(text, before[-1][1], at) is not None
        general = kind.rule is rules.PROPERTY and _RULE.search(text[left : end + 6])
        return None if told_by or general else before[-1]
    if kind.rule in (rules.BIRTH_DATE, rules.PROPERTY):
        return None
    led = _AFTER.match(text, end)
    return names.starting(text, led.end()) if led else None


def _hit(kind: _Kind, start: int, end: int, name: str) -> Hit:
    shown = f"{name[0]}{'*' * (len(name) - 1)}：{'*' * min(end - start, 6)}"
    return Hit(kind.rule, start, end, shown, f"写明了个人的{kind.label} `{shown}`", kind.hint)


def addresses(document: Document, line: int) -> Iterator[Hit]:
    """Homes down to the door, in prose and in columns of addresses."""
    text, start = document.lines[line], document.starts[line]
    table = document.table_of(line)
    if table is not None:
        row, found = document.row_of(line), row_names(document, line)
        for index, cell in enumerate(row):
            head = table.head(row, index)
            personal = _ADDRESS_HEAD.search(head) and (found or re.search(r"住址|户籍|家庭", head))
            match = re.search(_DOOR, cell.text) if personal else None
            if match and not _FIRM.search(cell.text) and not _FIRM.search(" ".join(found)):
                if _OFFICE.search(cell.text) and not re.search(r"住址|户籍|家庭", head):
                    continue
                yield _address(start, cell.start - start, cell.end - start, cell.text)
        if len(row) > 2:
            return
    for match in _HOME.finditer(text) if any(map(text.__contains__, _HOME_SIGNS)) else ():
        rest = text[match.end() : match.end() + 50]
        stretch = re.split(r"[，,。；;\s|]", rest)[0]
        door = re.search(_DOOR, stretch)
        if door is None or _OFFICE.search(stretch[: door.end()]):
            continue
        clause = re.split(r"[。；;\n]", text[: match.start()])[-1]
        if match[0].startswith(("住所", "收件", "邮寄")) and (
            _FIRM.search(f"{clause}{text[match.end() : match.end() + 60]}")
            or "法定代表人" in clause
            or not names.in_prose(clause)
        ):
            continue
        yield _address(start, match.end(), match.end() + door.end(), stretch[: door.end()])
        return
    yield from _unlabelled(text, start)


def _unlabelled(text: str, start: int) -> Iterator[Hit]:
    """A door right after a person's name: 张三，幸福小区3栋2单元501室."""
    if _NUMBERED.search(text) is None or _DOOR_SIGN.search(text) is None:
        return
    for match in _DOORED.finditer(text):
        if _DOOR_SIGN.search(match[0]) is None:
            continue
        before = text[max(0, match.start() - 40) : match.start()]
        clause = re.split(r"[。；;\n]", before)[-1] + match[0]
        if _OFFICE.search(clause) or _OFFICE.search(text[match.end() : match.end() + 12]):
            continue
        if _FIRM.search(clause) or re.search(r"地[址点][:：]", clause):
            continue
        found = names.in_prose(clause)
        near = [p for p in found if p[1] <= len(clause) - len(match[0]) + 1]
        if near and len(clause) - len(match[0]) - near[-1][1] <= 8:
            yield _address(start, match.start(), match.end(), match[0])
            return


def _address(start: int, at: int, end: int, text: str) -> Hit:
    shown = re.sub(r"[0-9一二三四五六七八九十百零〇]", "*", text[-24:])
    return Hit(
        rules.HOME_ADDRESS, start + at, start + end, shown,
        f"个人住址写到了门牌 `{shown}`", "只写到乡镇、街道",
    )  # fmt: skip
