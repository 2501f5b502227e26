"""An account kept line by line: the balance before + in − out is the balance after."""

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.check.truth.figure import BLANK, shown
from generator.check.truth.grid import Fault, Grid

_IN = re.compile("收入|收方|借方|入库|收款|存入")
_OUT = re.compile("支出|付方|贷方|付款|出库|领用|取出")
_LEFT = re.compile("余额|结余|结存|库存$")
_SUM = re.compile("合计|累计|小计|总计|本[月年季页]|过次页")
_LEAST = 3
"""Lines that must agree before one that does not is a fault."""


def faults(grid: Grid) -> Iterator[Fault]:
    """Lines whose balance does not follow from the line above."""
    columns = _columns(grid)
    if columns is None:
        return
    into, out, left = columns
    right, wrong = 0, []
    before: Decimal | None = None
    for row, figures in enumerate(grid.figures):
        if _SUM.search("".join(grid.rows[row][:4])):
            continue
        got, paid, balance = figures[into], figures[out], figures[left]
        if got is None or paid is None or balance is None or balance is BLANK:
            before = None
            continue
        if before is not None and (got is not BLANK or paid is not BLANK):
            reckoned = before + got.value - paid.value
            if reckoned == balance.value:
                right += 1
            else:
                wrong.append((row, before, got.value, paid.value, balance.value))
        before = balance.value
    # A balance that was mistyped breaks its own line and the next one.
    if not wrong or right < _LEAST or len(wrong) > 2 or wrong[-1][0] - wrong[0][0] > 1:
        return
    row, start, got_, paid_, end = wrong[0]
    yield Fault(
        row,
        left,
        f"上一行余额 {shown(start)} + {shown(got_)} - {shown(paid_)} = {shown(start + got_ - paid_)}，"
        f"这一行「{grid.heads[left]}」写 {shown(end)}",
        "核对这一行的收入、支出和余额",
    )


def _columns(grid: Grid) -> tuple[int, int, int] | None:
    """Columns of what came in, went out and is left; None unless each stands once."""
    found = []
    for role in (_IN, _OUT, _LEFT):
        hits = [n for n, head in enumerate(grid.heads) if role.search(head)]
        if len(hits) != 1:
            return None
        found.append(hits[0])
    into, out, left = found
    return (into, out, left) if len(set(found)) == 3 and left > max(into, out) else None
