"""Family L, 合法性: what may not be public, and the review that must come first."""

from generator.rules.rule import ERROR, rule

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
