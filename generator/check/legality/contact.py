"""Numbers and addresses that reach or name a person, in prose and in tables."""

import re
from collections.abc import Iterator

from generator.check.legality import names
from generator.check.legality.document import Document
from generator.check.legality.hit import Hit
from generator.check.legality.numbers import (
    credit,
    identity,
    issued,
    luhn,
    mask,
    old_identity,
)
from generator.diagnostic import Rule
from generator.rules import legality as rules

_GAP = r"[ \u00a0\u3000\u200b-]"
_RUN = re.compile(
    rf"(?<![0-9A-Za-z*×.])[0-9](?:{_GAP}?[0-9]){{9,22}}(?:{_GAP}?[Xx])?(?![0-9A-Za-z*×])"
)
_MOBILE = re.compile(rf"(?:(?:\+|00)?86{_GAP}?)?(1[3-9][0-9]{_GAP}?[0-9]{{4}}{_GAP}?[0-9]{{4}})")
_SERIAL = re.compile(
    r"(?:订单|流水|合同|案|文|工单|受理|备案|运单|快递|发票|票据|凭证|条形?|设备|项目|产品|批|登记|许可|证书|执照|权证|"
    r"不动产|公告|标段|采购|编|序|件|单|货|档案|索引|交易|业务|报名|准考|考|投诉|交办|信访|统一)\s?"
    r"(?:号码?|编[号码]|代码|证号|单号|码|书号)|统一社会信用代码|信用代码|订单|编号|编码|条码|序列号|ISBN|ISSN|IMEI|税号|案号|文号|"
    r"机构代码|批准文号|QQ|证照?号|表号|户号|水表|电表|燃气|宽带|车架|发动机|坐标|经度|纬度"
)
_PERSON_PAPER = re.compile(r"身份证|居民证|证件号|公民身份|证件号码|身份号")
_CARD = re.compile(
    r"银行卡|卡号|储蓄卡|借记卡|工资卡|社保卡|一卡通|惠民卡|惠农卡|一折通|存折|账号|帐号|账户|帐户|打卡|转账|开户行|开户银行|银行账|收款"
)
_OFFICIAL = re.compile(
    r"(?:户\s*名|账户名|帐户名|账户名称|收款单位|单位名称|开户名|全称|收款人|户名称)[^，,。；\n]{0,8}?"
    r"[\u4e00-\u9fff]{2,}(?:局|中心|公司|委员会|政府|财政|医院|学校|专户|国库|办公室|法院|合作社|办事处|站|所|厅|处|社|会|院)|"
    r"财政专户|非税|国库|对公|保证金|汇缴|缴款专?户|缴费账户|基本户|公款|捐款账户|捐赠账户|专用账户|监管账户|预算单位"
)
_SUM = re.compile(r"^\s*(?:\.[0-9]|元|万|亿|%|％|平方|吨|千瓦|立方|次|人|户|件|字节)")
_NEAR = re.compile(
    r"(?:电话|手机|联系|号码|微信|方式|tel|Tel|TEL|同号)[\u4e00-\u9fff（(]{0,6}[)）]?\s*[:：是为]?\s*$"
)
_PASSPORT = re.compile(
    r"(?<![0-9A-Za-z])(?:[EGDSPHKM][0-9]{8}|[EPSD][A-Z][0-9]{7}|[HMC][0-9]{8,10}|1[45][0-9]{7})(?![0-9A-Za-z])"
)
_SEVEN = re.compile("[0-9]{7}")
"""Every such number has as many digits in a row."""
_PASSPORT_WORD = re.compile(r"护照|通行证|台胞证|回乡证")
_PLATE = re.compile(
    r"(?<![0-9A-Za-z])[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·•.]?"
    r"(?:(?=[A-HJ-NP-Z0-9]{0,4}[0-9])(?![A-HJ-NP-Z]{3})[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9学警港澳]|[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK])(?![0-9A-Za-z])"
)
_PLATE_NOT = re.compile(
    r"(?:型号|规格|编号|证号|批号|地块|标段|机型|图号|许可证?|字第|标准)[^，。；]{0,6}$"
)
_EMAIL = re.compile(
    r"(?<![0-9A-Za-z._%+-])([0-9A-Za-z._%+-]{2,64})@((?:vip\.)?(?:qq|163|126|139|189|yeah|sina|sohu|gmail|hotmail|outlook|"
    r"foxmail|aliyun|icloud|live|msn|21cn|tom|wo)\.(?:com|cn|net|com\.cn))(?![0-9A-Za-z])",
    re.I,
)
_OFFICE_MAIL = re.compile(
    r"(?:举报|投诉|监督|单位|公共|办公|政务|工作|反馈|意见|建议|征集|公开|咨询|报名|受理|官方|纪检)(?:邮箱|信箱|邮件)"
)
_LINK = re.compile(r"https?://[^\s，。；）)]*$|\]\([^)]*$|[A-Za-z_]=$")
_LEAD = re.compile(r"[；;]\s*(?:联系)?(?:电话|方式|手机|号码)[\u4e00-\u9fff]{0,2}[:：]?\s*$")
"""Between a name and its number."""
_SAID_ALONE = re.compile(r"[\s>*#-]*(?:联系)?(?:电话|方式|手机|邮箱)")
_AFTER, _BEFORE, _WINDOW, _FORM_ROWS = 12, 28, 120, 12
_Found = tuple[Rule, int, int, str, str]
"""Rule, span in the line, what was found, and the remedy."""


def numbers(document: Document, line: int, spared: bool) -> Iterator[Hit]:
    """Identity numbers, cards and mobiles of a line; `spared` where a mobile is meant to be called."""
    text, start = document.lines[line], document.starts[line]
    for match in _RUN.finditer(text):
        if _LINK.search(text, max(0, match.start() - _WINDOW), match.start()):
            continue
        for rule, a, b, kind, hint in _in_run(document, line, text, match, spared):
            shown = mask(text[a:b])
            yield Hit(rule, start + a, start + b, shown, f"{kind} `{shown}`", hint)


def _in_run(
    document: Document, line: int, text: str, match: re.Match[str], spared: bool
) -> Iterator[_Found]:
    run, at = match[0], match.start()
    whole = _number(document, line, text, at, match.end(), re.sub(_GAP, "", run))
    if whole is not None:
        yield whole
        return
    for piece in re.finditer(r"[0-9]{15,19}[Xx]?", run):
        if piece[0] != run:
            found = _number(document, line, text, at + piece.start(), at + piece.end(), piece[0])
            if found is not None:
                yield found
    if not spared:
        for mobile in _MOBILE.finditer(run):
            if _edge(run, mobile):
                found = _mobile(document, line, text, at + mobile.start(1), at + mobile.end(1))
                if found is not None:
                    yield found


def _number(
    document: Document, line: int, text: str, at: int, end: int, digits: str
) -> _Found | None:
    """An identity number or a card that fills a whole run of digits."""
    about = _about(document, line, at)
    serial = _SERIAL.search(about) is not None and not _PERSON_PAPER.search(about)
    if identity(digits):
        young = digits[6:10] > "2012"
        if (credit(digits) and not _PERSON_PAPER.search(about)) or (serial and young):
            return None
        if serial and "信用" in about:
            return None
        return (
            rules.IDENTITY,
            at,
            end,
            "有完整的身份证号码",
            "只留前 2 位和后 3 位，中间用星号遮盖",
        )
    if old_identity(digits) and (_PERSON_PAPER.search(about) or not serial):
        if _SUM.match(text[end:]) or (_CARD.search(about) and not _PERSON_PAPER.search(about)):
            return None
        return (
            rules.OLD_IDENTITY,
            at,
            end,
            "疑似 15 位身份证号码",
            "是身份证号的，只留前 2 位和后 3 位",
        )
    if 16 <= len(digits) <= 19 and digits.isdigit() and luhn(digits):
        if serial or _SUM.match(text[end:]):
            return None
        near = " ".join(document.lines[max(0, line - 2) : line + 3])
        if _official(document, line, text, near):
            return None
        told = _CARD.search(about) is not None or _CARD.search(text) is not None
        named = bool(_names_near(document, line, text, at, end))
        if (told or named) and (issued(digits) or (told and named)):
            return (rules.BANK_CARD, at, end, "有完整的银行卡号", "只留后 4 位，其余用星号遮盖")
    return None


def _official(document: Document, line: int, text: str, near: str) -> bool:
    """Whether an account is a body's own, which must be public."""
    table = document.table_of(line)
    if table is not None and len(table.lines) > 4:
        return _OFFICIAL.search(text) is not None
    return _OFFICIAL.search(near) is not None


def _mobile(document: Document, line: int, text: str, at: int, end: int) -> _Found | None:
    about = _about(document, line, at)
    if _SUM.match(text[end:]) or (text[:at].rstrip()[-1:] in "￥¥" and text[:at].strip()):
        return None
    if _SERIAL.search(about) and not _NEAR.search(about):
        return None
    if _names_near(document, line, text, at, end):
        return (
            rules.PERSON_MOBILE,
            at,
            end,
            "姓名旁有完整的手机号码",
            "写办公电话；确要公布的，写成前 3 位加后 4 位",
        )
    return (
        rules.MOBILE,
        at,
        end,
        "有完整的手机号码",
        "写办公电话；公示的联系电话写在 `notice.contact`",
    )


def _edge(run: str, mobile: re.Match[str]) -> bool:
    """Whether a mobile stands alone in a run: digits joined to it make it another number."""
    before, after = run[: mobile.start()], run[mobile.end() :]
    return (not before or not before[-1].isdigit()) and (not after or not after[0].isalnum())


def _about(document: Document, line: int, at: int) -> str:
    """What a number is said to be: the head of its column, or the words before it."""
    table = document.table_of(line)
    offset = document.starts[line] + at
    if table is not None:
        row = document.row_of(line)
        for index, cell in enumerate(row):
            if cell.start <= offset <= cell.end:
                own = document.text[cell.start : offset]
                return f"{table.head(row, index)} {own[-16:]}"
    clause = re.split(r"[，,。；;\n]", document.lines[line][max(0, at - 24) : at])[-1]
    return clause[-16:]


def _names_near(document: Document, line: int, text: str, at: int, end: int) -> bool:
    """Whether a person's name stands beside: in the row, in the sentence, or as 联系人 just above."""
    table = document.table_of(line)
    if table is not None:
        if row_names(document, line):
            return True
        row = document.row_of(line)
        offset = document.starts[line] + at
        cell = next((c for c in row if c.start <= offset <= c.end), None)
        if cell is None:
            return False
        return any(True for _ in names.in_prose(cell.text))
    lead = _LEAD.search(text, max(0, at - _WINDOW), at)
    left = max(text.rfind(sign, 0, lead.start() if lead else at) for sign in "。；;！？") + 1
    right = min((i for i in (text.find(s, end) for s in "。；;！？") if i >= 0), default=len(text))
    first = max(0, at - _WINDOW)
    for start, stop in names.in_prose(text[first : end + _WINDOW]):
        start, stop = start + first, stop + first
        if left <= start and stop <= right and stop - at >= -_BEFORE and start - end <= _AFTER:
            return True
    if _SAID_ALONE.match(text):
        for above in document.lines[max(0, line - 2) : line]:
            found = names.in_prose(above)
            if found and len(above.rstrip()) - found[-1][1] <= 1:
                return True
    return False


def row_names(document: Document, line: int) -> list[str]:
    """The names of the persons that a row is about."""
    table = document.table_of(line)
    if table is None or not table.holds(line):
        return []
    row = document.row_of(line)
    found = [cell.text for cell in names.in_row(table, row)]
    if not found and not table.heads and document.passages:
        # A form: 姓名 stands in a row of its own, above.
        for other in table.lines[:_FORM_ROWS]:
            if other < line:
                found = [c.text for c in names.in_row(table, document.row_of(other))] or found
    return found


def passports(document: Document, line: int) -> Iterator[Hit]:
    """Passport and travel permit numbers, where one is spoken of."""
    text, start = document.lines[line], document.starts[line]
    for match in _PASSPORT.finditer(text) if _SEVEN.search(text) else ():
        if _PASSPORT_WORD.search(text) or _PASSPORT_WORD.search(
            _about(document, line, match.start())
        ):
            shown = mask(match[0])
            yield Hit(
                rules.PASSPORT, start + match.start(), start + match.end(), shown,
                f"有完整的护照或通行证号码 `{shown}`", "只留首字母，其余用星号遮盖",
            )  # fmt: skip


def plates(document: Document, line: int) -> Iterator[Hit]:
    """Number plates of cars."""
    text, start = document.lines[line], document.starts[line]
    for match in _PLATE.finditer(text):
        if _PLATE_NOT.search(text[: match.start()]):
            continue
        shown = match[0][:3] + "*" * (len(match[0]) - 5) + match[0][-2:]
        yield Hit(
            rules.CAR_PLATE, start + match.start(), start + match.end(), shown,
            f"有完整的车牌号码 `{shown}`", "遮盖中间三位；公务用车由审核人确认",
        )  # fmt: skip


def emails(document: Document, line: int) -> Iterator[Hit]:
    """Addresses at public providers beside a name, or made of a person's number."""
    text, start = document.lines[line], document.starts[line]
    for match in _EMAIL.finditer(text) if "@" in text else ():
        at, end = match.span()
        about = text[max(0, at - 12) : at] + _about(document, line, at)
        local = match[1]
        if _OFFICE_MAIL.search(about) and "个人" not in about:
            continue
        owned = "个人" in about or bool(_names_near(document, line, text, at, end))
        if owned or re.fullmatch(r"1[3-9][0-9]{9}", local):
            shown = f"{local[0]}***@{match[2]}"
            yield Hit(
                rules.PRIVATE_EMAIL, start + at, start + end, shown,
                f"有个人邮箱 `{shown}`", "写单位的邮箱",
            )  # fmt: skip
