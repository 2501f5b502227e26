"""The declared number of powers against the rows of the 权责清单."""

from collections import Counter
from collections.abc import Iterator

from generator.diagnostic import Diagnostic, Place
from generator.model import Repository
from generator.rules import truth as rules


def findings(repository: Repository) -> Iterator[Diagnostic]:
    """Every class of powers whose declared number differs from the list."""
    for department in repository.departments:
        if department.powers_total is None:
            continue
        counted = Counter(power.class_ for power in department.powers)
        for class_ in dict.fromkeys((*department.powers_total, *counted)):
            declared, rows = department.powers_total.get(class_, 0), counted[class_]
            if declared != rows:
                yield Diagnostic(
                    Place(f"content/{department.folder}/powers.csv"),
                    rules.POWERS_TOTAL,
                    f"{class_}：声明 {declared} 项，清单 {rows} 行",
                    "补上漏的行，或改正 `department.yml` 的 `powers_total`",
                )
