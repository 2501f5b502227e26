"""How a rule's page is put together from its four parts."""

from generator.diagnostic import Rule, Severity

ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE


def rule(
    code: str,
    name: str,
    severity: Severity,
    title: str,
    what: str,
    why: str,
    bad: str,
    good: str,
    basis: str = "",
) -> Rule:
    """A rule whose page says 查什么 · 为什么 · 错例 · 对例 (· 依据)."""
    parts = [("查什么", what), ("为什么", why), ("错例", bad), ("对例", good)]
    if basis:
        parts.append(("依据", basis))
    doc = "\n\n".join(f"{head}\n{text}" for head, text in parts)
    return Rule(code, name, severity, title, doc)
