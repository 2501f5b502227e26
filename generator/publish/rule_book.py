"""The handbook's pages of rules, made from the rules themselves: one page a family, one index."""

import re
from collections.abc import Mapping
from html import escape

from generator.diagnostic import Rule
from generator.rules import ALL

FAMILIES = {
    "F": ("文件和栏目", "文件读得出来，栏目填得对，附件和引用都在。"),
    "C": ("公开目录", "放在目录有的事项下面，期次对得上，一期只有一件。"),
    "D": ("日期", "日期存在，先后合理，和期次、文号、落款不打架。"),
    "L": ("合法性", "不该公开的没有出现，审查在公开以前。"),
    "T": ("真实性", "数加得起来，话对得上，不是空话，也不是抄来的。"),
    "W": ("整体性", "目录要求的要素齐全，公示有结果，一件事前后连得上。"),
}
"""Family letter → its name, and what all its rules ask."""

_CODE = re.compile(r"(`[^`]+`)")
_SIGNS = re.compile(r"([\\`*_{}\[\]#])")
"""What Python-Markdown takes an escape of."""


def rule_href(code: str) -> str:
    """Where a rule's page is, from the portal's root: `handbook/rules-d.html#d301`."""
    return f"handbook/rules-{code[0].lower()}.html#{code.lower()}"


def rule_pages() -> Mapping[str, str]:
    """Name of each page beside the handbook's own → its Markdown."""
    members = {letter: _members(letter) for letter in FAMILIES}
    pages = {"rules": _index(members)}
    for letter, rules in members.items():
        pages[f"rules-{letter.lower()}"] = _family(letter, rules)
    return pages


def _members(letter: str) -> tuple[Rule, ...]:
    return tuple(ALL[code] for code in sorted(ALL) if code.startswith(letter))


def _index(members: Mapping[str, tuple[Rule, ...]]) -> str:
    lines = [
        "# 规则",
        "",
        f"并入以前系统查的 {sum(map(len, members.values()))} 条规则，照编号开头的字母分成 "
        f"{len(members)} 类。错误改好才能并入；警告由审核人确认；提示不影响。"
        "编号定了不改，停用的不再用。",
    ]
    for letter, rules in members.items():
        name, asks = FAMILIES[letter]
        page = f"rules-{letter.lower()}.md"
        lines += ["", f"## {letter} {name} {{#{letter.lower()}}}", "", asks, ""]
        lines += ["| 编号 | 轻重 | 规则 |", "|---|---|---|"]
        lines += [
            f"| [{r.code}]({page}#{r.code.lower()}) | {r.severity.label} | {_text(r.title)} |"
            for r in rules
        ]
    return "\n".join(lines) + "\n"


def _family(letter: str, rules: tuple[Rule, ...]) -> str:
    name, asks = FAMILIES[letter]
    lines = [f"# {letter} {name}的规则", "", f"{asks}别的各类见[规则](rules.md)。"]
    for rule in rules:
        mends = "，`gongkai check --fix` 能自动改好" if rule.fixable else ""
        lines += ["", f"## {_text(rule.title)} {{#{rule.code.lower()}}}", ""]
        lines += [f"{rule.code}，{rule.severity.label}，`{rule.name}`{mends}。", ""]
        for part in rule.doc.split("\n\n"):
            head, _, text = part.partition("\n")
            lines += [head, f":   {_text(' '.join(text.split()))}", ""]
    return "\n".join(lines).rstrip() + "\n"


def _text(text: str) -> str:
    """Text as Markdown: its own `code spans` stay, all else is text."""
    parts = _CODE.split(text)
    return "".join(
        part if place % 2 else _SIGNS.sub(r"\\\1", escape(part, quote=False))
        for place, part in enumerate(parts)
    )
