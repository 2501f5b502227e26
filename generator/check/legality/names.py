"""Persons' names in officialese: told by surname and by what stands around them."""

import re

from generator.check.legality.document import Cell, Table

HAN = "\u3400-\u9fff"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范廖石金韦贾夏付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍"
    "涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简车项连芦麦褚娄窦戚"
    "岑景党费卜冷晏席卫米柏宗瞿桂佟应臧闵苟邬边卞姬仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩佘池查麻苑迟邝洪郁昌廉皮湛狄茅裘杭钮荀芮储井伊厉束幸赖蔺屠胥闻莘贡雍濮寿燕浦慕茹匡阙晁阚鞠荆竺谌揭凤仝亓禹危"
)
_DOUBLE = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|夏侯|慕容|司徒|端木|南宫|轩辕"
_NAME = rf"(?:(?:{_DOUBLE})[{HAN}]{{1,2}}?|[{_SURNAMES}][{HAN}]{{1,2}}?)"
_STRONG = (
    r"$|[^\u3400-\u9fff·某*×]|同志|先生|女士|同学|老人|男|女|系|现年|家住|住|现住|患|因|身患|确诊|罹患|被诊断|被确诊|"
    r"出生|生于|电话|手机|身份证|名下|夫妇|一家|怀孕|离异|离婚|丧偶|再婚|户(?!籍)|有(?=[^限关])"
)
_WEAK = (
    r"于|的|家庭|等|已|未|妊娠|持|残疾|存在|目前|今年|年|实施|办理|申请|反映|本人|经|自|在|向|和|与|及|为|接受|属|"
    r"育有|做|查出|突发|联系|提出|领取|获|报名|就读|入学|系|到|从|驾驶|将|被|所|不服|来|由|违|擅|占|乱|涉|予|给予|"
    r"任|担任|称|表示|认为|提交|签|交|缴|购|常年|长期|独|原|曾|仍|确|无|没|不|遭|受|参加|返|去世|死亡|失|随|跟|以|"
    r"对|把|同意|拒|当时|其|夫|妻|父|母"
)
_LABELS = (
    "姓名|户主|联系人|申请人|当事人|负责人|经办人|法定代表人|法人代表|经营者|被处罚人|受助人|救助对象|监护人|家长|患者|"
    "学生|学员|收款人|领取人|户名|持证人|承租人|产权人|业主|投诉人|举报人|来信人|信访人|报名人|代理人|委托人|被征收人|"
    "承包人|受益人|保障对象|低保对象|特困人员|责任人|网格员|驾驶人|车主|幼儿|儿童|孤儿|本人|代表人|来电人|反映人|考生|"
    "对象|保洁员|护林员|村医|组长|专干|村民|居民|老人|职工|教师|同学|群众|市民|农户|低保户|特困户|五保户|脱贫户|监测户|"
    "困难户|贫困户|残疾人|病人|伤者|死者|妻子|丈夫|儿子|女儿|父亲|母亲|之子|之女|之妻|其妻|其子|其女|配偶|男童|女童|"
    "小学生|初中生|未成年人|少年|违法行为人|嫌疑人|被申请人|原告|被告|被执行人|失踪人|女职工|孕妇|育龄妇女|退役军人|"
    "工作人员|队员|司机|员工|主任|书记|医生|护士|学生家长|残疾军人|烈属|独居老人|孤寡老人"
)
_LABELLED = re.compile(
    rf"(?:{_LABELS})(?:（[{HAN}]{{1,6}}）)?(?P<sign>[:：为是\s]{{0,3}})(?P<name>{_NAME})(?={_STRONG}|{_WEAK})"
)
_POSTED = re.compile(
    rf"(?:[科局办股室队所站区村组厂院校镇委会]|[找与和向由请叫]|[{HAN}][人员长者工]|经理|主任|书记|会计|老师|师傅|医生|干部|领导|代表|专家)(?P<name>{_NAME})"
    r"(?=$|[（(:：，,、。；\s\t]|同志|联系|[（(:：，,\s]*(?:手机|电话|联系方式|联系电话|tel)?[:：为是\s]*1[3-9][0-9][ -]?[0-9]{4})"
)
_STARTING = re.compile(rf"{_NAME}(?={_STRONG}|{_WEAK})")
_DOTTED = re.compile(rf"(?<![{HAN}·])[{HAN}]{{2,6}}·[{HAN}]{{2,8}}(?![{HAN}·])")
_FREE = re.compile(rf"(?<![{HAN}·A-Za-z0-9*×])(?P<name>{_NAME})(?={_STRONG})")
_TITLES = frozenset(
    re.findall(
        r"\S+",
        "先生 女士 同志 老师 主任 局长 科长 书记 经理 队长 所长 处长 院长 校长 师傅 医生 某 某某 家 家人 姓 氏 工 总",
    )
)
_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
    万元 万人 万户 万亩 万吨 万件 万次 万余 万多 万平 金额 金融 金属 单位 单价 单独 单元 单据 单项 单号 高中 高考 高校
    高级 高度 高标 高新 高于 高质 高温 高龄 高等 高速 高血 文件 文化 文明 文号 文字 文本 文书 文物 文体 方式 方案 方面 方便
    方法 方向 项目 时间 时限 时段 时期 时任 任务 任期 任职 任何 任免 任命 成立 成效 成果 成员 成绩 成品 成交 成为 成本 成功
    成熟 成年 安全 安排 安置 安装 安心 安静 程序 程度 关于 关系 关键 关注 关爱 关停 关闭 关联 许可 许多 计划 计生 管理 管委
    管护 管道 管辖 管网 管控 施工 施行 施肥 查询 查看 查处 查阅 查明 查封 查验 查实 查办 应急 应当 应该 应届 应付 应收 应对
    应用 应予 全市 全县 全区 全年 全部 全程 全面 全体 全国 全省 全额 全民 全文 全镇 全街 全科 全日 余额 余款 余下 余名 余人
    白天 白色 周一 周二 周三 周四 周五 周六 周日 周末 周期 周边 周围 温度 温馨 党员 党委 党组 党建 党支 党的 党政 党风 司法
    司机 农户 农村 农民 农业 农历 农机 农田 农药 和平 和谐 路线 路灯 路面 路段 路口 水费 水电 水利 江南 江北 石油 石材 平方
    平均 平安 平台 平时 车辆 车位 车牌 车间 车主 车次 季度 季节 华东 章程 解决 解释 解除 解放 解读 卫生 商户 商店 商业 商品
    商标 商务 边界 边境 房屋 房产 房租 尚未 尚需 简介 简化 简称 包括 包含 包装 齐全 申请 申报 申领 申诉 申办 申辩 武装 龙头
    马路 马上 黄金 黄色 林业 林地 林木 林草 林权 田间 田地 历史 常年 常住 常务 常态 宁可 康复 康养 明确 明细 明显 明白 明年
    连续 连接 费用 师生 沙石 沙土 米以 古树 景区 景点 景观 柳树 荣誉 荣获 游客 游览 阳光 阳台 蒙受 符合 向社 向各 向本 左右
    易燃 易腐 毕业 付款 付费 夏季 严重 严格 严禁 严厉 严肃 顾客 祝贺 何时 何种 牛羊 牛奶 曲线 陈述 陈列 陈旧 江河 司法 梅雨
    水库 水平 水质 洪水 洪涝 郎中 叶片 花园 花费 水务 水源 宣传 支付 支出 尤其 时值 庄稼 车库 查收 汇款 汇总 汇缴 钱款 项下
    史料 温室 石料 沈阳 徐州 杭州 郑州 苏州 常州 温州 贵州 广州 福州 常德 长沙 岳阳 湘潭 邵阳 阳江 江苏 江西 云南 河南 湖南
    湖北 安徽 陕西 山西 贺州 柳州 桂林 梅州 韶关 庐山 龙岩 石家 马鞍 黄山 黄石 黄冈 荆州 鲁西 宁夏 宁波 宁德 齐齐 吉林 万州
    莫名 莫过 左侧 左边 马力 艾滋 汪洋 胡同 胡乱 焦炭 金牌 金秋 金银 卢布 钟点 钟头 陶瓷 雷电 雷雨 顾问 顾及 魏晋 尹始 鲍鱼
    乐于 凌晨 童年 霍乱 苗木 苗圃 曹操 江水 郭外 梁柱 韩国 唐朝 宋体 冯唐 冷链 冷藏 冷冻 廖廖 白酒 孟夏 裴回 戚友 蓝天 蓝色
    党史 景气 卜告 纪检 纪委 纪律 纪念 纪要 时效 项链 包干 包保 包片 包村 师德 师资 席位 成人 成分 管养 管制 管线 管片 谷物
    谷雨 穆斯 邢台 伍佰 双方 易地 宫颈 祁阳 卓越 楼道 路基 路长 路政 艾灸 桑蚕 麻醉 麻将 牟利 童装 丁香 苟且 鲁班 强制 强化 游乐 游泳 易感 车票 单程 常见 龙舟 方阵 乐园 白血 施救 应征 任教 毛发 安葬 方针 余热 金融 路况
    """,
    )
)
_ORGAN = re.compile(
    r"局|公司|委员|中心|政府|办公|学校|医院|银行|街道|社区|[村镇县市区省组队部处所院站厂店社]$|合计|小计|总计|项目|全部|"
    r"[无有]|以上|其他|情况|单位|个人|[男女]$|\d|[某]|平均|年级|[一二三四五六七八九]班"
)
_PERSON_HEAD = re.compile(
    r"姓\s*名|户\s*主|联系人|申请人|当事人|负责人|经办人|代表人|经营者|被处罚人|受助人|对象|监护人|家长|患者|人员名单|"
    r"领取人|户名|持证人|承租人|产权人|业主|人\s*员|考生|学生|幼儿|儿童|成员|老人|被征收人|承包人|受益人|责任人|驾驶人|车主"
)
_OFFICER_HEAD = re.compile(rf"[{HAN}](?:人|员|者|长|主任|书记)\s*$")
_NOT_PERSON_HEAD = re.compile(
    r"人数|电话|手机|号码|地址|住址|身份|证件|情况|类别|类型|职务|单位|签[字名]|户数|关系|编号"
)


def in_prose(text: str) -> list[tuple[int, int]]:
    """Spans of persons' names in a line of prose, by place; masked names (张某) are none."""
    found: dict[int, int] = {}
    for match in _LABELLED.finditer(text):
        start, end = match.span("name")
        told = ":" in match["sign"] or "：" in match["sign"]
        if not _masked(text, start, end) and not _common(text[start:end], told):
            found[start] = end
    for match in _DOTTED.finditer(text):
        found[match.start()] = match.end()
    for match in (*_FREE.finditer(text), *_POSTED.finditer(text)):
        start, end = match.span("name")
        if start not in found and not _masked(text, start, end) and not _common(text[start:end]):
            found[start] = end
    return sorted(found.items())


def starting(text: str, at: int) -> tuple[int, int] | None:
    """The span of a name that begins at `at`."""
    match = _STARTING.match(text, at)
    if match is None or _masked(text, *match.span()) or _common(match[0]):
        return None
    return match.span()


def in_row(table: Table, row: tuple[Cell, ...]) -> list[Cell]:
    """The cells of a row that hold a person's name, by the heads of their columns."""
    out = []
    headed = any(_PERSON_HEAD.search(head) for head in table.heads.values())
    for index, cell in enumerate(row):
        if not 2 <= len(cell.text) <= 12:
            continue
        head = table.head(row, index)
        bare = "".join(cell.text.split())
        if _PERSON_HEAD.search(head) and not _NOT_PERSON_HEAD.search(head):
            if re.fullmatch(rf"[{HAN}]{{2,4}}(?:·[{HAN}]{{1,8}})*", bare) and not _ORGAN.search(
                bare
            ):
                out.append(cell)
        elif _OFFICER_HEAD.search(head) and not _NOT_PERSON_HEAD.search(head):
            if _whole(bare):
                out.append(cell)
        elif not headed and not table.heads and _whole(bare):
            out.append(cell)
    return out


def _whole(text: str) -> bool:
    match = re.fullmatch(rf"(?:(?:{_DOUBLE})[{HAN}]{{1,2}}|[{_SURNAMES}][{HAN}]{{1,2}})", text)
    return match is not None and not _common(text) and not _ORGAN.search(text)


def _masked(text: str, start: int, end: int) -> bool:
    return any(c in "某*×＊" for c in text[start : end + 1]) or text.startswith("（化名", end)


def _common(word: str, told: bool = False) -> bool:
    """Whether a match is no name: a title, or a common word where no `姓名：` tells."""
    given = word[2:] if word[:2] in _DOUBLE.split("|") else word[1:]
    if given in _TITLES or given[-1:] in "某们":
        return True
    if told:
        return False
    return word[:2] in _WORDS or word[1:3] in _WORDS or _ORGAN.search(word) is not None


def is_name(text: str) -> bool:
    """Whether a whole text is a person's name and no common word."""
    return _whole(text)
