"""Every rule of the gate as data: code, name, severity, and its page in four parts."""

from collections.abc import Mapping
from types import ModuleType

from generator.diagnostic import Rule
from generator.rules import catalog, dates, fields, files, legality, service, truth, wholeness


def _rules(*modules: ModuleType) -> list[Rule]:
    """The modules' rules in the order of their lines."""
    return [rule for module in modules for rule in vars(module).values() if isinstance(rule, Rule)]


ALL: Mapping[str, Rule] = {
    rule.code: rule
    for rule in (
        # F1 is a module of its own, amid the other codes of F.
        *sorted(_rules(files, fields), key=lambda rule: rule.code),
        *_rules(catalog, dates, legality, truth, service, wholeness),
    )
}
"""Code → rule, for `explain` and the handbook. A retired code is never used again."""
