"""Every rule of the gate as data: code, name, severity, and its page in four parts."""

from collections.abc import Mapping

from generator.diagnostic import Rule
from generator.rules import catalog, dates, files, legality, service, truth, wholeness

ALL: Mapping[str, Rule] = {
    rule.code: rule
    for module in (files, catalog, dates, legality, truth, service, wholeness)
    for rule in vars(module).values()
    if isinstance(rule, Rule)
}
"""Code → rule, for `explain` and the handbook. A retired code is never used again."""
