"""Family T, 真实性: figures that contradict each other."""

from generator.rules.rule import ERROR, rule

POWERS_TOTAL = rule(
    "T501",
    "powers-total",
    ERROR,
    "职权总数和清单对不上",
    "`department.yml` 的 `powers_total` 和 `powers.csv` 的行数是不是一致。",
    "声明的和列出的不一样，总有一个不实。",
    "声明行政处罚 158 项，清单 157 行",
    "补上漏的一行，或改正声明的数",
    "《政府信息公开条例》第六条",
)
