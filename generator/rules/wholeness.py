"""Family W, 整体性: what a whole disclosure must hold (items; guides are in `service`)."""

from generator.rules.rule import ERROR, WARNING, rule

ELEMENTS = rule(
    "W101",
    "elements-missing",
    WARNING,
    "缺公开要素",
    "目录这一行要求的要素，题目、正文、附件表格的表头和首列、docx 附件的文字里有没有；要写数的，有没有数。",
    "要素不全，台账记作部分公开。",
    "公务接待费只写支出数，没有批次",
    "预算数、支出数、批次、人次、人均都写",
    "《政府信息公开条例》第六条",
)
PROCESS = rule(
    "W102",
    "process-incomplete",
    WARNING,
    "全过程不全",
    "要求全过程公开的，办事依据、主体、过程、纪律、结果，在同一件事的各件里有没有。",
    "只有结果看不出办得公不公。",
    "只公布中标人",
    "五个小标题各写一段，或分在事前、事后各件里",
)
NO_BEFORE = rule(
    "W201",
    "after-without-before",
    WARNING,
    "有事后没有事前",
    "要求事前公开的，公布结果以前有没有事前的一件。",
    "凡是可以事前公开的一律事前公开。",
    "招聘只公布录用名单",
    "先公布招聘方案：`phase: before`，同一个 `process`",
)
NO_NOTICE = rule(
    "W301",
    "notice-missing",
    WARNING,
    "该公示的没有公示期",
    "目录要求公示的，有没有写公示起止日期和联系电话。",
    "没有公示期，就没有人知道什么时候可以提意见。",
    "任前公示没有 `notice:`",
    '`notice: {from: 2026-10-10, to: 2026-10-16, contact: "0000-8000000"}`',
)
NOTICE_SHORT = rule(
    "W302",
    "notice-short",
    ERROR,
    "公示期太短",
    "公示期（首尾两天都算）是不是不少于目录的下限。",
    "公示期是法定的，短一天也不行。",
    "应当 5 个工作日，公示 3 个",
    "把 `to` 往后写",
)
NO_RESULT = rule(
    "W303",
    "result-missing",
    WARNING,
    "公示没有结果",
    "公示期满，过了目录的时限，有没有公布结果。",
    "公示不能没有下文。",
    "5 月公示，11 月还没有结果",
    "加一件 `phase: after`，同一个 `process`",
)
CONSULT_SHORT = rule(
    "W304",
    "consultation-short",
    WARNING,
    "征求意见时间太短",
    "征求意见的期限是不是不少于目录的下限。",
    "时间太短等于没有征求。缩短的要说明理由。",
    "应当 30 天，征求 10 天",
    "延长 `to`，或在正文说明缩短的理由",
    "《重大行政决策程序暂行条例》第十五条",
)
NO_OUTCOME = rule(
    "W305",
    "outcome-missing",
    WARNING,
    "征求意见没有采纳情况",
    "征求意见期满，过了目录的时限，有没有公布采纳情况。",
    "提了意见的人要知道下文。",
    "只有征求意见稿",
    "加一件采纳情况：`phase: after`，同一个 `process`",
)
NIL_HOLLOW = rule(
    "W403",
    "nil-hollow",
    WARNING,
    "零报告没有理由",
    "零报告有没有说明什么事没有发生。",
    "只写「无」，分不清是没有还是没有报。",
    "`nil: 本季度无相关情况`",
    "`nil: 本季度没有发生公务接待，支出为零`",
)
