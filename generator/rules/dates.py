"""Family D, 时效性: dates that cannot be, or contradict each other. Lateness is no fault here."""

from generator.rules.rule import ERROR, WARNING, rule

IMPOSSIBLE_DATE = rule(
    "D301",
    "impossible-date",
    ERROR,
    "日期不存在",
    "写的日期日历上有没有。",
    "期限要从日期算起。",
    "`deadline: 2026-02-30`",
    "`deadline: 2026-02-28`",
)
LATER_THAN_RULE = rule(
    "D302",
    "later-than-rule",
    ERROR,
    "公开期限晚于规定",
    "自己承诺的 `deadline` 是不是晚于目录算出的应公开日。",
    "承诺只能更早，不能更晚。",
    "规定 11-03，写 `deadline: 2026-11-20`",
    "删去 `deadline`，或写 11-03 以前",
    "《政府信息公开条例》第二十六条",
)
DEADLINE_BEFORE_FORMED = rule(
    "D303",
    "deadline-before-formed",
    ERROR,
    "公开期限早于形成日期",
    "`deadline` 是不是在 `formed` 之前。",
    "还没有形成的信息不能公开。",
    "`formed: 2026-10-08` 而 `deadline: 2026-10-01`",
    "核对两个日期",
)
FORMED_MISSING = rule(
    "D304",
    "formed-missing",
    ERROR,
    "缺形成日期",
    "时限从形成（作出、批准）之日起算的事项，有没有 `formed`。",
    "没有它算不出应公开日。",
    "没有 `formed:`",
    "`formed: 2026-10-08`",
    "《政府信息公开条例》第十二条、第二十六条",
)
NOTICE_BACKWARDS = rule(
    "D305",
    "notice-backwards",
    ERROR,
    "公示期倒置",
    "公示期的止日是不是早于起日。",
    "多半把两个日期写反了。",
    "`{from: 2026-10-16, to: 2026-10-10}`",
    "起日在前，止日在后",
)
FORMED_IN_PERIOD = rule(
    "D306",
    "formed-in-period",
    WARNING,
    "形成日期在期内",
    "从期末起算的事项，形成日期是不是落在期内。",
    "期还没有过完，数字不会是全的。",
    "三季度的事项 `formed: 2026-08-01`",
    "写期末以后的日期",
)
FORMED_AGAINST_SIGNATURE = rule(
    "D307",
    "formed-against-signature",
    WARNING,
    "形成日期和落款不同月",
    "`formed` 和正文末尾的落款日期是不是同年同月。",
    "两个日期应是同一天。",
    "`formed: 2026-10-08` 而落款 2026年8月10日",
    "以落款为准改 `formed`",
)
FORMED_AGAINST_NUMBER = rule(
    "D308",
    "formed-against-number",
    WARNING,
    "形成日期和文号不同年",
    "`formed` 的年份和文号里的年份是不是一样。",
    "文号按签发的年份编。",
    "`number: 城管发〔2025〕12号` 而 `formed: 2026-10-08`",
    "核对文号和日期",
)
TITLE_OTHER_PERIOD = rule(
    "D309",
    "title-other-period",
    WARNING,
    "标题说的是另一期",
    "标题里的年、季、月和 `period` 是不是一致。",
    "多半是复制上期后忘了改。",
    "标题「2026年第二季度…」而 `period: 2026-Q3`",
    "改标题或改期次",
)
FAR_FUTURE = rule(
    "D310",
    "far-future",
    WARNING,
    "日期在很久以后",
    "形成日期是不是晚于基准日，其他日期是不是在一年以后。",
    "还没有到的日期多半写错了年份。",
    "`formed: 2062-10-08`",
    "`formed: 2026-10-08`",
)
CALENDAR_CONTRADICTS = rule(
    "D311",
    "calendar-contradicts",
    ERROR,
    "日历自相矛盾",
    "节假日和调休上班日是不是重叠、倒置或不在当年。",
    "工作日会算错。",
    "同一天既放假又上班",
    "照国务院办公厅通知核对",
)
SPAN_BACKWARDS = rule(
    "D312",
    "span-backwards",
    ERROR,
    "起止日倒置",
    "施行期、免除期等的止日是不是早于起日。",
    "多半把两个日期写反了。",
    "`{from: 2026-12-31, to: 2026-01-01}`",
    "起日在前，止日在后",
)
WITHDRAWN_BEFORE = rule(
    "D313",
    "withdrawn-before-formed",
    ERROR,
    "撤回早于形成",
    "撤回的日期是不是早于形成日期。",
    "没有形成的不会撤回。",
    "`formed: 2026-10-08` 而撤回 2026-09-01",
    "核对撤回的日期",
)
