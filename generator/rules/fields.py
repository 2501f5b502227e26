"""Family F, 文件与格式: the fields, each with what may stand in it (F1)."""

from generator.rules.rule import ERROR, NOTICE, rule

FRONT_MISSING = rule(
    "F101",
    "front-matter-missing",
    ERROR,
    "没有字段部分",
    "Markdown 文件的第一行是不是 `---`。",
    "标题、公开事项和期次都写在那里。",
    "直接写正文",
    "第一行 `---`，逐行写字段，再一行 `---`",
)
FRONT_UNCLOSED = rule(
    "F102",
    "front-matter-unclosed",
    ERROR,
    "字段部分没有结束",
    "开头的 `---` 有没有配对的第二行。",
    "不知道哪里是正文。",
    "只写了一行 `---`",
    "字段后面再写一行 `---`",
)
DOUBLED_KEY = rule(
    "F103",
    "doubled-key",
    ERROR,
    "字段写了两次",
    "同一个字段是不是出现两次。",
    "不知道以哪一个为准。",
    "两行 `title:`",
    "留下对的一行",
)
UNKNOWN_KEY = rule(
    "F104",
    "unknown-key",
    ERROR,
    "没有这个字段",
    "字段名是不是约定的那些。",
    "写错的字段不起作用，容易以为已经填了。",
    "`tittle: …`、`标题: …`",
    "`title: …`",
)
MISSING_KEY = rule(
    "F105",
    "missing-key",
    ERROR,
    "缺少必填字段",
    "必填的字段在不在。",
    "缺了它，这件事归不到公开目录里。",
    "没有 `category:`",
    "`category: 财务/公务接待费`",
)
EMPTY_VALUE = rule(
    "F106",
    "empty-value",
    ERROR,
    "字段是空的",
    "写出的字段有没有值。",
    "空着分不清是没有还是忘了。",
    "`number:`",
    "填上，或删去这一行",
)
WRONG_TYPE = rule(
    "F107",
    "wrong-type",
    ERROR,
    "值的种类不对",
    "该写一个值、一个列表、一组字段还是数字。",
    "写错了读不出来。",
    "`files: a.xlsx`",
    "`files: [{path: a.xlsx, title: 明细表}]`",
)
FULL_WIDTH_COLON = rule(
    "F108",
    "full-width-colon",
    ERROR,
    "全角冒号",
    "字段名后面是不是全角冒号 `：`。",
    "全角冒号不算分隔，整行会被当成一段文字。",
    "`title：预算`",
    "`title: 预算`",
)
TAB_INDENT = rule(
    "F109",
    "tab-indent",
    ERROR,
    "Tab 缩进",
    "字段部分的行首有没有 Tab。",
    "YAML 不许用 Tab 缩进。",
    "按一下 Tab 键再写",
    "用两个空格",
)
YAML_SYNTAX = rule(
    "F110",
    "yaml-syntax",
    ERROR,
    "字段写法读不下去",
    "引号、括号、缩进是否成对对齐。",
    "后面的字段都读不到。",
    '`title: "预算`',
    '`title: "预算"`',
)
COLON_IN_VALUE = rule(
    "F111",
    "colon-in-value",
    ERROR,
    "值里有半角冒号",
    "值里有没有半角冒号加空格。",
    "会被当成又一个字段。",
    "`title: 通知: 关于停水`",
    "`title: 通知：关于停水`",
)
TEXT_LENGTH = rule(
    "F112",
    "text-length",
    ERROR,
    "字数不合要求",
    "标题 4 至 120 字，内容概述最多 100 字，零报告的理由最少 6 字。",
    "太短说不清，太长列表里放不下。",
    "`nil: 无`",
    "`nil: 本季度无公务接待支出`",
)
WRONG_CHOICE = rule(
    "F113",
    "wrong-choice",
    ERROR,
    "没有这个选项",
    "值是不是约定的几种之一。",
    "写别的词程序不认。",
    "`phase: 结束`",
    "`phase: after`",
)
BAD_PATTERN = rule(
    "F114",
    "bad-pattern",
    ERROR,
    "写法不对",
    "值的写法，如标识只用小写字母、数字和横线，期限写 `20 workdays`。",
    "写法固定，才能比较和计算。",
    "`process: 城南市场`",
    "`process: chengnan-market`",
)
ALSO_READ = rule(
    "F115",
    "also-read",
    NOTICE,
    "写法可以统一",
    "日期、期次等是不是写成统一的形式。",
    "读得懂，但统一后便于查找；`--fix` 会改写。",
    "`formed: 2026年3月5日`",
    "`formed: 2026-03-05`",
)
BAD_DATE = rule(
    "F116",
    "bad-date",
    ERROR,
    "不是日期",
    "该写日期的地方是不是日期。",
    "期限要从日期算起。",
    "`formed: 20260305`、`formed: 上月底`",
    "`formed: 2026-03-05`",
)
BAD_PERIOD = rule(
    "F117",
    "bad-period",
    ERROR,
    "不是期次",
    "期次是不是 `2026` `2026-H1` `2026-Q3` `2026-10`、阶段名、`临时` 或 `长期`。",
    "期次决定这件事补上哪一期。",
    "`period: 2026Q3`",
    "`period: 2026-Q3`",
)
YAML_REFERENCE = rule(
    "F118",
    "yaml-reference",
    ERROR,
    "用了引用或类型标记",
    "字段部分有没有 YAML 的 `&` `*` `!` 写法。",
    "看不出实际的值。",
    "`title: *a`",
    "把值直接写出来",
)
YEAR_FOLDER = rule(
    "F119",
    "year-folder",
    ERROR,
    "年份文件夹不符",
    "事项所在的年份文件夹，是不是期次的年份（临时、长期和阶段按形成日期）。",
    "网址里的年份不能错。",
    "`items/2025/x.md` 里写 `period: 2026-Q3`",
    "放到 `items/2026/x.md`",
)
