"""The glossary of keys: what a clerk calls each field (用于诊断和表单)."""

from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "title": "标题", "category": "公开事项", "period": "期次", "deadline": "公开期限",
    "formed": "形成日期", "number": "文号", "issuer": "发文机关", "summary": "内容概述",
    "keywords": "关键词", "phase": "阶段", "process": "事项标识", "section": "科室",
    "audience": "公开对象", "notice": "公示期", "from": "起", "to": "止", "contact": "联系方式",
    "review": "审查", "drafted": "拟稿", "approved": "签批", "secrecy": "保密审查", "on": "日期",
    "validity": "有效性", "status": "状态", "until": "至", "replaced_by": "替代文件",
    "interprets": "解读的文件", "files": "附件", "path": "文件", "corrects": "更正的事项",
    "withdrawn": "撤回", "reason": "理由", "kind": "类型", "nil": "零报告", "imported": "补录来源",
    "old_url": "原网址", "index": "索引号", "name": "名称", "level": "层级", "parent": "所属街道",
    "start": "起始日", "end": "终止日", "code": "统一社会信用代码", "address": "地址",
    "hours": "办公时间", "phone": "电话", "complaints": "投诉电话", "leaders": "负责人",
    "post": "职务", "duty": "分工", "sections": "内设机构", "clerk": "经办人",
    "reviewer": "审核人", "secrecy_reviewer": "保密审查人", "accounts": "账号",
    "powers_total": "职权总数", "basis": "依据", "conditions": "条件", "materials": "材料",
    "source": "来源", "form": "形式", "copies": "份数", "sample": "样表", "steps": "步骤",
    "who": "经办", "limit": "时限", "limits": "办理时限", "legal": "法定时限",
    "promised": "承诺时限", "fee": "收费", "standard": "标准", "reductions": "减免",
    "window": "窗口", "place": "地点", "forms": "表格", "result": "结果", "online": "网上办理",
    "slug": "标识", "class": "类别", "elements": "公开内容", "figures": "要有数字的内容",
    "every": "频次", "due": "时限", "bodies": "公开主体", "kinds": "机关类型", "names": "机关",
    "except": "除外", "channels": "渠道", "required": "必选", "optional": "可选", "mode": "公开方式",
    "levels": "公开层级", "whole_process": "全过程公开", "retain": "保留期", "valid": "施行期",
    "also": "俗称", "field": "领域", "power": "权力类型", "per": "按科室", "series": "文号系列",
    "latest": "最迟日", "year": "年份", "before": "事前公开", "consult": "征求意见",
    "at_least": "最短期限", "result_within": "结果时限", "outcome_within": "采纳情况时限",
    "stages": "阶段", "display": "公示期限", "at_most": "最长期限", "local": "本地规定",
    "within": "期限", "after": "起算", "event": "事件", "of": "月份", "on_day": "每月几日",
    "roll": "顺延", "off": "停用理由", "department": "机关", "item": "事项", "by": "延长",
    "document": "批准文件", "numbers": "号码", "slot": "期次编号", "work": "调休上班日",
    "site": "网站", "url": "网址", "region": "地区", "id_code": "网站标识码", "sponsor": "主办单位",
    "icp": "ICP 备案号", "police": "公安备案号", "edition": "版本", "departments": "机关清单",
    "judge": "判定", "since": "判定起始日", "due_soon": "临期", "trial": "试运行至",
    "receipts": "回执文件夹", "index_number": "索引号规则", "witness": "见证", "as_of": "基准日",
    "catalog": "公开目录", "use": "采用的类别", "common_queries": "常查", "tasks": "常办",
    "query": "查询词", "link": "链接", "note": "说明", "error_report": "找错地址",
    "reply_limits": "答复时限", "party_badge": "党政机关标识", "image": "图片", "forge": "代码平台",
    "branch": "分支", "phase_required": "须分阶段",
}  # fmt: skip


def labelled(key: str) -> str:
    """`公开期限 `deadline``: the clerk's word first, then the key."""
    plain = key.rpartition(".")[2]
    name = LABELS.get(plain)
    return f"{name} `{plain}`" if name else f"字段 `{plain}`"
