"""Family C, 全面性: what the catalogue asks, and what does not fit it."""

from generator.rules.rule import ERROR, WARNING, rule

UNKNOWN_CATEGORY = rule(
    "C201",
    "unknown-category",
    ERROR,
    "公开目录里没有这一项",
    "`category` 是不是公开目录里的「一级事项/二级事项」。",
    "归不到目录，就算不上公开了哪一项。",
    "`category: 财政预决算公开表`",
    "`category: 财政预决算/部门预算`",
    "《政府信息公开条例》第十二条",
)
PERIOD_MISFIT = rule(
    "C202",
    "period-misfit",
    ERROR,
    "期次和频次不符",
    "期次是不是目录要求的频次：月、季、半年、年、阶段、临时、长期。",
    "频次不符就补不上那一期。",
    "按季公开的事项写 `period: 2026-10`",
    "`period: 2026-Q3`",
)
NOT_OWED = rule(
    "C203",
    "not-owed",
    ERROR,
    "目录没有要这个机关公开",
    "目录这一行的公开主体和层级，是不是包括本机关。",
    "不是自己的义务，多半选错了公开事项。",
    "市局公开 `村务/宅基地审批发放`",
    "换成本机关的公开事项",
)
SLOT_TAKEN = rule(
    "C204",
    "slot-taken",
    ERROR,
    "同一期有两件",
    "同一机关、同一事项、同一期次（或同一件事的同一阶段）是不是只有一件。",
    "不知道以哪一件为准。",
    "两个文件都写 `period: 2026-Q3`",
    "合成一件；改正旧件的写 `corrects:`",
)
CONTRADICTORY_ROW = rule(
    "C205",
    "contradictory-row",
    ERROR,
    "目录的行自相矛盾",
    "目录每行的频次、时限、阶段能不能配在一起，同一标识的版本是否不重叠。",
    "算不出应公开日。",
    "`every: event` 配 `due: {on: 01-31}`",
    "`every: year` 配 `due: {on: 01-31}`",
)
IMPORTED_OWED = rule(
    "C206",
    "imported-owed",
    ERROR,
    "补录占了应公开的期次",
    "写了 `imported` 的事项，它的期次是不是正等着公开。",
    "补录不算公开时间，不能拿来顶应公开的一期。",
    "今年三季度的事项写 `imported:`",
    "删去 `imported`，照常公开",
)
NIL_EVENT = rule(
    "C207",
    "nil-event",
    ERROR,
    "临时事项不写零报告",
    "`nil` 是不是用在按期公开的事项上。",
    "没有发生的事不用公开。",
    "`period: 临时` 又写 `nil:`",
    "删去这一件",
)
NOT_APPLICABLE = rule(
    "C208",
    "not-applicable",
    WARNING,
    "本机关这一项不适用",
    "已批准不适用的事项下面又有公开件。",
    "要么免除该撤，要么放错了事项。",
    "不适用期间仍发布",
    "确认公开事项，或请监督机关撤销免除",
)
NOT_IN_FORCE = rule(
    "C209",
    "not-in-force",
    WARNING,
    "目录这一行当时未施行",
    "期次或形成日期是不是在这一行的施行期内。",
    "补不上任何一期。",
    "施行前的期次",
    "确认期次；历史材料写 `imported:`",
)
SECTION_NEEDED = rule(
    "C210",
    "section-needed",
    ERROR,
    "要写明科室",
    "按科室公开的事项有没有写 `section`，写的科室在不在机关信息里。",
    "每个科室各算一期。",
    "没有 `section:`",
    "`section: 市容科`",
)
PHASE_NEEDED = rule(
    "C211",
    "phase-needed",
    ERROR,
    "要写明事前事后",
    "目录要求先有事前公开的事项，有没有写 `phase` 和 `process`。",
    "事前和事后要对得上。",
    "没有 `phase:`",
    "`phase: before` 和 `process: chengnan-market`",
)
EXEMPTION_INCOMPLETE = rule(
    "C212",
    "exemption-incomplete",
    ERROR,
    "免除写得不全",
    "免除的机关、事项、期次、文件和日期是不是写全，所指的在不在。",
    "免除要能查到依据。",
    "`kind: extend` 没有 `document`",
    "写上批准文件和日期",
)
OFF_NOTHING = rule(
    "C213",
    "off-nothing",
    ERROR,
    "停用的行不存在",
    "`off` 所指的标识是不是标准目录里的。",
    "写错了等于没有停用。",
    "`{slug: recption, off: …}`",
    "`{slug: reception, off: 无此职权}`",
)
PROCESS_NEEDED = rule(
    "C214",
    "process-needed",
    ERROR,
    "要写事项标识",
    "写了公示期的事项和分阶段的事项，有没有 `process`。",
    "结果要接得上公示。",
    "只有 `notice:`",
    "加 `process: chengnan-market`",
)
