"""权责清单: every power by class, with totals checked against what the department declared."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import POWER_CLASSES, Power
from generator.render.department.office import Office, column_meta
from generator.render.page import Indexed, Page
from generator.render.words import CLASS_NAMES


@dataclass(frozen=True, slots=True)
class Kind:
    """The powers of a class."""

    id: str
    name: str
    powers: tuple[Power, ...]
    declared: int | None


def pages(office: Office) -> Iterator[Page]:
    """The list of powers, an empty one too: a body without any says so."""
    department = office.department
    kinds = _kinds(office)
    total = len(department.powers)
    declared = sum(department.powers_total.values()) if department.powers_total else None
    sum_ = " + ".join(str(len(kind.powers)) for kind in kinds)
    description = f"{department.name}的权责清单，共 {total} 项"
    yield office.page(
        "powers.html",
        "权责清单",
        "powers",
        column="法定主动公开",
        values={"kinds": kinds, "total": total, "declared": declared, "sum": sum_},
        description=description,
        meta=column_meta("权责清单", "信息公开目录", description, "权力清单", "责任清单"),
        indexed=_indexed(office, kinds) if kinds else None,
    )


def _kinds(office: Office) -> tuple[Kind, ...]:
    declared = office.department.powers_total or {}
    kinds = []
    for number, name in enumerate(POWER_CLASSES):
        powers = tuple(power for power in office.department.powers if power.class_ == name)
        if powers or name in declared:
            kinds.append(Kind(f"k{number}", name, powers, declared.get(name)))
    return tuple(kinds)


def _indexed(office: Office, kinds: tuple[Kind, ...]) -> Indexed:
    body = "\n".join(f"{p.code} {p.name} {p.class_}" for kind in kinds for p in kind.powers)
    basic = next(name for class_, name in CLASS_NAMES.items() if class_.value == "基本")
    filters = {"机关": office.department.name, "分类": basic, "种类": "权责清单"}
    title = f"{office.department.name}权责清单"
    return Indexed(title, body, filters, "", {"机关": office.department.name})
