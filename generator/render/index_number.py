"""索引号: the site's pattern, numbered by the order of first receipt."""

from collections.abc import Mapping

from generator.model import Item
from generator.render.world import World


def index_numbers(world: World, folder: str) -> Mapping[str, str]:
    """Item id → its 索引号, for one department.

    An item that names its own keeps it. The serial runs in each class and year by first
    receipt line, so that a number never changes; before its first receipt an item is 暂编.
    """
    department = world.departments[folder]
    order: dict[str, None] = {}
    for line in world.evidence.lines.get(folder, ()):
        if line.at.date() <= world.ledger.as_of:
            order.setdefault(line.item)
    pattern = world.repository.site.index_number
    serials: dict[tuple[str, int], int] = {}
    numbers: dict[str, str] = {}
    for item in (world.items[key] for key in order if key in world.items):
        class_ = _class_of(world, item)
        serials[class_, item.year] = serials.get((class_, item.year), 0) + 1
        numbers[item.id] = _filled(
            pattern, department.code or folder, class_, item.year, serials[class_, item.year]
        )
    for item in department.items:
        if item.index is not None:
            numbers[item.id] = item.index
        numbers.setdefault(item.id, "暂编，公开后给号")
    return numbers


def pattern_in_words(pattern: str) -> str:
    """`{code}-{class}-{year}-{serial}` as a reader says it: 机构代码-类别-年份-流水号."""
    return _with(pattern, {"code": "机构代码", "class": "类别", "year": "年份", "serial": "流水号"})


def _filled(pattern: str, code: str, class_: str, year: int, serial: int) -> str:
    return _with(
        pattern, {"code": code, "class": class_, "year": str(year), "serial": f"{serial:04d}"}
    )


def _with(pattern: str, values: Mapping[str, str]) -> str:
    for key, value in values.items():
        pattern = pattern.replace("{" + key + "}", value)
    return pattern


def _class_of(world: World, item: Item) -> str:
    rows = world.repository.catalog.by_category(item.category)
    return rows[0].class_.value if rows else "其他"
