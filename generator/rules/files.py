"""Family F, 文件与格式: files not readable, or not where and how they should be (F0, F2–F4)."""

from generator.rules.rule import ERROR, NOTICE, WARNING, rule

NOT_TEXT = rule(
    "F001",
    "not-text",
    ERROR,
    "文件读不出文字",
    "Markdown、YAML 和 CSV 文件是不是 UTF-8 文字。",
    "读不出来的内容没有人能审，也搜不到。",
    "把 Word 文件改名为 `a.md`",
    "另存为 UTF-8 的纯文本",
)
GBK = rule(
    "F002",
    "gbk-encoding",
    ERROR,
    "GBK 编码",
    "文件是不是 GBK 编码（旧版记事本的 ANSI）。",
    "网站只用 UTF-8，GBK 会变成乱码。",
    "记事本另存为时编码选 ANSI",
    "编码选 UTF-8；或运行 `gongkai check --fix`",
)
BYTE_ORDER_MARK = rule(
    "F003",
    "byte-order-mark",
    NOTICE,
    "开头有 BOM",
    "文件开头有没有字节顺序标记。",
    "看不见，却会让第一行 `---` 认不出来。",
    "编码选「带有 BOM 的 UTF-8」",
    "编码选「UTF-8」；或运行 `gongkai check --fix`",
)
CARRIAGE_RETURN = rule(
    "F004",
    "carriage-return",
    NOTICE,
    "行尾是 CRLF",
    "行尾是不是 Windows 的回车换行。",
    "换一台机器编辑就会整篇显示为改动。",
    "用旧版记事本保存",
    "运行 `gongkai check --fix` 统一成 LF",
)
CONFLICT_MARK = rule(
    "F005",
    "conflict-mark",
    ERROR,
    "留着合并冲突",
    "文件里有没有 `<<<<<<<` 和 `>>>>>>>` 两种冲突标记行。",
    "两个人的改动还没有定下用哪一份。",
    "`<<<<<<< HEAD`",
    "留下要的一段，删去标记行",
)
CONTROL_CHARACTER = rule(
    "F006",
    "control-character",
    ERROR,
    "看不见的控制字符",
    "文字里有没有控制字符或改变书写方向的字符。",
    "看到的和实际的可能不一样。",
    "从别处粘贴带来的 U+202E",
    "删去它",
)
TOO_LARGE = rule(
    "F007",
    "too-large",
    ERROR,
    "文件太大",
    "文本文件是否超过 2 MB，字段部分是否过长。",
    "再长的公开件也用不到，多半放错了内容。",
    "把整年的流水贴进正文",
    "大表格存成 csv 或 xlsx 附件",
)
NAME_NOT_UTF8 = rule(
    "F008",
    "name-not-utf8",
    ERROR,
    "文件名不是 UTF-8",
    "文件名的编码。",
    "别的机器上打不开。",
    "在旧系统里打包的中文文件名",
    "改用英文小写字母、数字和横线",
)
BAD_NAME = rule(
    "F009",
    "bad-name",
    ERROR,
    "文件名不合规",
    "事项、事项文件夹和机关文件夹的名称是否只用小写字母、数字和横线（最长 80）。",
    "文件名就是网址，定下后不再改。",
    "`items/2026/三季度 接待费.md`",
    "`items/2026/reception-q3.md`",
)
MISPLACED_FILE = rule(
    "F010",
    "misplaced-file",
    ERROR,
    "文件放错位置",
    "`content/` 里的文件是不是放在有用的地方。",
    "放错的文件不会公开，也没有人发现。",
    "`content/chengguan/接待费.md`",
    "`content/chengguan/items/2026/reception-q3.md`",
)
FILE_MISSING = rule(
    "F201",
    "file-missing",
    ERROR,
    "附件不存在",
    "字段和正文里写到的文件在不在。",
    "读者点开是 404。",
    "`files: [{path: 明细.xlsx, …}]` 而文件没有上传",
    "把文件放在 `index.md` 旁边，或 `content/<机关>/files/`",
)
FILE_OUTSIDE = rule(
    "F202",
    "file-outside",
    ERROR,
    "附件在机关文件夹之外",
    "附件是不是在自己机关的文件夹里。",
    "别的机关的文件改了，这里不会知道。",
    "`path: ../../caizheng/files/a.xlsx`",
    "复制一份放到自己的 `files/`",
)
FILE_EMPTY = rule(
    "F203",
    "file-empty",
    ERROR,
    "附件是空文件",
    "附件有没有内容。",
    "多半是上传没有完成。",
    "0 字节的 `a.pdf`",
    "重新上传",
)
FILE_EXECUTABLE = rule(
    "F204",
    "file-executable",
    ERROR,
    "附件是程序",
    "附件是不是程序、脚本或网页（exe、js、html、svg、宏工作簿等）。",
    "读者打开会有危险。",
    "`表格.xlsm`、`a.exe`",
    "另存为 xlsx、pdf 或 csv",
)
PATH_FORM = rule(
    "F205",
    "path-form",
    ERROR,
    "路径写法不对",
    "路径是不是相对的、用 `/` 分隔。",
    "别的机器上打不开。",
    "`C:\\\\表格\\\\a.xlsx`",
    "`a.xlsx`",
)
NAMES_NOTHING = rule(
    "F206",
    "names-nothing",
    ERROR,
    "所指的不存在",
    "`corrects` `interprets` `section` 等所指的事项、科室或机关在不在。",
    "读者点开找不到。",
    "`corrects: chengguan/2026/xx`",
    "写公开过的那件的编号",
)
TWO_FORMS = rule(
    "F207",
    "two-forms",
    ERROR,
    "同一编号有两份",
    "`a.md` 和 `a/index.md` 是不是同时存在。",
    "不知道以哪一份为准。",
    "`items/2026/a.md` 和 `items/2026/a/index.md`",
    "留一份",
)
VANISHED = rule(
    "F208",
    "vanished-item",
    ERROR,
    "公开过的事项不见了",
    "以前公开过的事项，文件还在不在。",
    "公开过的网址要一直能打开；撤回也要说明理由。",
    "删掉或改名 `items/2026/a.md`",
    "恢复文件；不再公开的写 `withdrawn:` 说明",
    "《政府信息公开条例》第二十六条、第五十三条",
)
SYMBOLIC_LINK = rule(
    "F209",
    "symbolic-link",
    ERROR,
    "是快捷方式",
    "`content/` 里有没有符号链接。",
    "它可能指到仓库之外。",
    "`files/a.xlsx -> /home/…`",
    "放文件本身",
)
UNSAFE_LINK = rule(
    "F210",
    "unsafe-link",
    ERROR,
    "链接的协议不许用",
    "正文里的链接是不是 http、https、mailto、tel 或站内相对路径。",
    "其他协议可能执行程序。",
    "`[点我](javascript:…)`",
    "`[官网](https://example.gov.cn/)`",
)
TABLE_COLUMNS = rule(
    "F301",
    "table-columns",
    ERROR,
    "表头不对",
    "`powers.csv` 的列是不是 code,name,class,body,basis,limit,process,responsibility。",
    "列错位，权责清单就全错。",
    "缺 `basis` 列",
    "照约定的列名写第一行",
)
TABLE_ROW = rule(
    "F302",
    "table-row",
    ERROR,
    "表格的行不合格",
    "每行的列数、必填列和类别。",
    "缺的一格不知道是漏了还是没有。",
    "少一个逗号",
    "每行都有 8 列，空的也留逗号",
)
TABLE_ENCODING = rule(
    "F303",
    "table-encoding",
    NOTICE,
    "表格是 GBK 编码",
    "csv 是不是 GBK 编码（Excel 直接另存的结果）。",
    "读得懂，但应统一成 UTF-8。",
    "Excel 另存为 CSV",
    "另存为 CSV UTF-8；或运行 `--fix`",
)
TABLE_UNREADABLE = rule(
    "F304",
    "table-unreadable",
    WARNING,
    "附件表格读不出",
    "csv、xlsx、xls 附件能不能读成表格。",
    "读不出就不能在网页上显示，也搜不到。",
    "加了密码的工作簿",
    "去掉密码，另存为 xlsx",
)
CONFIG_DEPARTMENT = rule(
    "F401",
    "config-department",
    ERROR,
    "机关清单对不上",
    "`site_config.yml` 的 `departments` 和 `content/` 里的文件夹是否一致，各有没有 `department.yml`。",
    "漏列的机关不会公开。",
    "建了文件夹没有写进清单",
    "在 `departments` 里加上它",
)
