"""Family L, 合法性: what may not be public, and the review that must come first."""

from generator.rules.rule import ERROR, NOTICE, WARNING, rule

INTERNAL = rule(
    "L101",
    "internal-in-public",
    ERROR,
    "内部内容在公开仓库",
    "公开仓库里有没有写明内部使用的内容。",
    "公开站点不得接触内部文件。",
    "`audience: 本单位`",
    "移到内部仓库",
    "《政府信息公开条例》第十六条",
)
REVIEW_MISSING = rule(
    "L102",
    "review-missing",
    ERROR,
    "缺审查记录",
    "目录要求先审查的事项，拟稿、保密审查、签批和日期是不是都有。",
    "先审查，后公开。",
    "没有 `review:`",
    "`review: {drafted: 市容科, secrecy: 办公室主任, approved: 分管副局长, on: 2026-10-09}`",
    "《保守国家秘密法》第三十五条；《保守国家秘密法实施条例》第四十二条",
)
SAME_PERSON = rule(
    "L103",
    "drafted-is-approved",
    ERROR,
    "拟稿和签批是同一人",
    "拟稿和签批是不是同一个岗位或人。",
    "自己拟稿自己签批，等于没有审查。",
    "`review: {drafted: 张某, approved: 张某, …}`",
    "由另一个岗位签批",
    "《政府信息公开条例》第十七条",
)
HIDDEN_PARTS = rule(
    "L105",
    "hidden-parts",
    WARNING,
    "附件带有隐藏的内容",
    "工作簿和 Word 附件里有没有隐藏的工作表、行、列（筛选掉的行也算），批注，修订删去的文字，隐藏的文字，"
    "透视表和外部链接里留着、表上已经看不到的内容。空的隐藏部分不算；其中的号码、密级等由别的规则指出，不再重复。",
    "网页上不显示，原件里都在，下载的人取消隐藏就能看到；审查的人多半没有看过。",
    "名单后面有一张隐藏的「底册」，或留着「这一条再请示」的批注",
    "删去底册和批注，接受全部修订，再上传",
    "《政府信息公开条例》第十六条、第十七条",
)

_PERSONAL = "《个人信息保护法》第二十五条、第二十八条；《政府信息公开条例》第十五条"
_SECRECY = "《保守国家秘密法》第三十五条；《政府信息公开条例》第十四条"
_LEAK = "公开后收不回来，冒用、诈骗和骚扰都从这里来。"

IDENTITY = rule(
    "L201",
    "identity-number",
    ERROR,
    "完整的身份证号码",
    "正文、表格和附件里有没有校验位和日期都对的 18 位身份证号码。",
    _LEAK,
    "申请人身份证号写全 18 位",
    "`35*************123`：最多留 6 位",
    _PERSONAL,
)
OLD_IDENTITY = rule(
    "L202",
    "old-identity-number",
    WARNING,
    "疑似 15 位身份证号码",
    "有没有含有效日期的 15 位旧身份证号码。",
    "旧号码没有校验位，可能是别的编号，由审核人确认。",
    "证件号写全 15 位",
    "`35**********123`",
    _PERSONAL,
)
PERSON_MOBILE = rule(
    "L203",
    "mobile-of-person",
    ERROR,
    "姓名旁的手机号码",
    "有没有和姓名在一起的完整手机号码。",
    _LEAK,
    "联系人：姓名，手机号写全 11 位",
    "`138****1234`，或写办公电话；公示的联系电话写在 `notice.contact`",
    _PERSONAL,
)
MOBILE = rule(
    "L204",
    "mobile",
    WARNING,
    "手机号码",
    "`notice.contact` 以外有没有完整的手机号码。",
    "多半是个人号码；确为对外公布的办公手机，由审核人确认。",
    "咨询电话写个人手机",
    "写办公电话，或写在 `notice.contact`",
    _PERSONAL,
)
BANK_CARD = rule(
    "L205",
    "bank-card",
    ERROR,
    "银行卡号",
    "有没有 16 至 19 位、校验位对、在卡号栏里或以发卡代码开头的号码。单位对公账户不算。",
    _LEAK,
    "发放表里写全卡号",
    "只留后 4 位：`***************1234`",
    _PERSONAL,
)
PASSPORT = rule(
    "L206",
    "passport-number",
    ERROR,
    "护照或通行证号码",
    "写明护照、通行证的地方有没有完整号码。",
    _LEAK,
    "护照号码写全",
    "`E********`",
    _PERSONAL,
)
CAR_PLATE = rule(
    "L207",
    "car-plate",
    WARNING,
    "车牌号码",
    "有没有完整的机动车号牌。",
    "能由号牌找到车主；公务用车由审核人确认。",
    "写全号牌",
    "`湘F***23`",
    _PERSONAL,
)
HOME_ADDRESS = rule(
    "L208",
    "home-address",
    ERROR,
    "住址写到门牌",
    "个人的住址有没有写到门牌、楼栋或房号。机关、单位和经营场所的地址不算。",
    "住址只写到乡镇、街道。",
    "家住某小区 3 栋 2 单元 501 室",
    "家住红星街道",
    _PERSONAL,
)
ILLNESS = rule(
    "L209",
    "illness-of-person",
    ERROR,
    "个人的病情",
    "有没有写明姓名和病情。",
    "健康状况是敏感个人信息。",
    "姓名后写所患的病",
    "张某某，符合医疗救助条件",
    _PERSONAL,
)
DISABILITY = rule(
    "L210",
    "disability-of-person",
    ERROR,
    "个人的残疾类别",
    "有没有写明姓名和残疾的类别、等级。",
    "残疾类别不得公开。",
    "姓名后写残疾的类别和等级",
    "张某某，符合残疾人两项补贴条件",
    _PERSONAL,
)
MINORS_LISTED = rule(
    "L211",
    "minors-in-list",
    ERROR,
    "名单里的未成年人",
    "名单、表格里有没有未成年人的姓名。",
    "不满十四周岁的个人信息都是敏感信息，名单一经公开就会被转抄。",
    "录取名单列出儿童姓名",
    "只公布人数，或写报名号",
    "《未成年人保护法》第四条、第七十三条；" + _PERSONAL,
)
MINOR = rule(
    "L212",
    "minor-in-prose",
    WARNING,
    "提到未成年人的姓名",
    "文中有没有写明未成年人的姓名。",
    "未成年人的姓名一般隐去。",
    "写出学生的姓名和年龄",
    "李某某（8 岁）",
    "《未成年人保护法》第四条；" + _PERSONAL,
)
BIRTH_DATE = rule(
    "L213",
    "birth-date",
    WARNING,
    "个人的出生日期",
    "姓名旁有没有写到日的出生日期。只写到月的（任前公示）不算。",
    "出生日期加姓名能冒用身份。",
    "姓名后写出生年月日",
    "1985 年 3 月出生",
    _PERSONAL,
)
PRIVATE_EMAIL = rule(
    "L214",
    "private-email",
    WARNING,
    "个人邮箱",
    "姓名旁有没有个人邮箱。",
    "写单位的邮箱。",
    "联系人后写个人邮箱",
    "`xxgk@example.gov.cn`",
    _PERSONAL,
)
MARRIAGE = rule(
    "L215",
    "marriage-of-person",
    WARNING,
    "个人的婚姻状况",
    "有没有写明姓名和婚姻状况。",
    "婚恋情况不得公开。",
    "姓名后写离异",
    "不写婚姻状况",
    _PERSONAL,
)
BIRTH_CONTROL = rule(
    "L216",
    "birth-of-person",
    WARNING,
    "个人的孕情和生育情况",
    "有没有写明姓名和怀孕、节育、违法生育等情况。",
    "计生、孕情不得公开。",
    "姓名后写怀孕周数",
    "只公布人数",
    _PERSONAL,
)
PROPERTY = rule(
    "L217",
    "property-of-person",
    WARNING,
    "个人的财产和收入",
    "有没有写明姓名和存款、房产、家庭收入、债务的数额。发放的补助金额不算。",
    "财产状况不得公开。",
    "姓名后写存款和房产",
    "符合低保条件，保障金额 500 元",
    _PERSONAL,
)
PICTURE_PLACE = rule(
    "L218",
    "picture-location",
    WARNING,
    "图片带有拍摄位置",
    "图片文件里有没有 GPS 坐标。",
    "入户照片的坐标等于住址。",
    "手机原图",
    "去掉位置信息再上传",
    _PERSONAL,
)
BROKEN_MASK = rule(
    "L219",
    "broken-mask",
    WARNING,
    "遮盖得不够",
    "遮盖过的号码露出的位数是不是太多：手机号最多留前 3 位和后 4 位，身份证号最多留 6 位，卡号最多留后 4 位。",
    "星号太少，号码能推算出来。",
    "`430626********12`",
    "`35*************123`",
    _PERSONAL,
)
JOINED_MASKS = rule(
    "L220",
    "masks-join",
    WARNING,
    "几处遮盖能拼出号码",
    "同一人的号码在几处遮盖的位置不同，合起来露出的位数是不是太多。",
    "一处留前几位，一处留后几位，拼起来就是全号。",
    "正文留前 6 位，附件留后 6 位",
    "各处用同一种遮盖",
    _PERSONAL,
)
SECRET_AT_HEAD = rule(
    "L301",
    "secrecy-mark",
    ERROR,
    "开头有国家秘密标志",
    "正文开头、附件每页开头和页眉有没有绝密、机密、秘密加★或期限。",
    "有标志的是国家秘密载体，不得上网。",
    "首行写密级★期限",
    "（此件公开发布）",
    _SECRECY,
)
INTERNAL_AT_HEAD = rule(
    "L302",
    "internal-mark",
    ERROR,
    "开头有内部标志",
    "正文开头、附件每页开头和页眉有没有工作秘密、内部资料、内部文件、注意保存、此件不公开、依申请公开的标志。",
    "有标志的没有经过公开审查。",
    "首行写「内部资料 注意保存」",
    "（此件公开发布）",
    "《保守国家秘密法》第六十四条；《政府信息公开条例》第十六条",
)
SECRET_ELSEWHERE = rule(
    "L303",
    "secrecy-mark-inside",
    WARNING,
    "文中有国家秘密标志",
    "开头以外有没有密级标志。引用法律条文和加引号的不算。",
    "可能是夹在中间的涉密附件，由保密审查人确认。",
    "附件二首行写密级★期限",
    "删去涉密部分",
    _SECRECY,
)
INTERNAL_ELSEWHERE = rule(
    "L304",
    "internal-mark-inside",
    WARNING,
    "文中有内部标志",
    "开头以外单独成行或加括号的内部标志。",
    "公文的公开属性常写在文末，由保密审查人确认。",
    "文末写（此件不公开）",
    "（此件公开发布）",
    "《政府信息公开条例》第十五条、第十六条",
)
ALLOWED_NOTHING = rule(
    "L104",
    "allowed-nothing",
    NOTICE,
    "放行名单里有一条没有用上",
    "`content/allow.yml` 的每一条是不是还放行着什么。",
    "名单只该留着用得上的。",
    "内容改了，名单没有删",
    "删去这一条",
)
