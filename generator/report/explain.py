"""A rule told in full, for `gongkai explain`."""

import difflib
from collections.abc import Iterable

from generator.diagnostic import Rule


def render(rule: Rule) -> str:
    """Code, title, severity and the four parts 查什么 · 为什么 · 错例 · 对例."""
    fix = "\n\n`gongkai check --fix` 能自动改好。" if rule.fixable else ""
    doc = "\n".join(line.strip() if not line.strip() else line for line in _flush(rule.doc))
    return f"{rule.code} {rule.title}（{rule.severity.label}，{rule.name}）\n\n{doc.strip()}{fix}\n"


def unknown(code: str, rules: Iterable[Rule]) -> str:
    """What to say of a code that no rule has: the nearest ones."""
    codes = sorted(rule.code for rule in rules)
    near = difflib.get_close_matches(code.upper(), codes, n=3, cutoff=0.6)
    found = f"相近的是 {'、'.join(near)}" if near else "全部代码见使用手册的规则一章"
    return f"没有代码是 `{code}` 的规则\n改法: {found}\n"


def _flush(doc: str) -> list[str]:
    lines = doc.expandtabs().splitlines()
    indents = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    margin = min(indents, default=0)
    return [lines[0].strip(), *(line[margin:] for line in lines[1:])] if lines else []
