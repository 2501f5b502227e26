"""Family W, 整体性: what a whole disclosure must hold (the guide's part)."""

from generator.rules.rule import ERROR, WARNING, rule

GUIDE_INCOMPLETE = rule(
    "W401",
    "guide-incomplete",
    WARNING,
    "办事指南不全",
    "办事指南的依据、对象、条件、材料（来源和份数）、步骤、时限、收费、窗口、投诉电话、结果是不是都有。",
    "缺一样，群众就要多跑一趟。",
    "材料只写「相关证明」",
    "`- {name: 户口簿, source: 自备, copies: 1}`",
    "《政府信息公开条例》第二十条第五项",
)
PROMISE_OVER_LAW = rule(
    "W402",
    "promise-over-law",
    ERROR,
    "承诺时限比法定还长",
    "承诺的办理时限是不是长于法定时限。",
    "承诺只能更短。",
    "`limits: {legal: 10, promised: 15}`",
    "`limits: {legal: 10, promised: 5}`",
)
