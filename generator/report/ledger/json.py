"""`gongkai status --format json` (formats.md section 9); its keys are a promise."""

import json
from collections.abc import Iterable

from generator.model import Fraction, Ledger, Rates, Slot, Status
from generator.outputs import slot_record


def render(ledger: Ledger, slots: Iterable[Slot] | None = None) -> str:
    """One JSON object; `slots` narrows the list, rates stay those of the whole ledger."""
    judge = ledger.judge
    document = {
        "schema_version": 1,
        "as_of": ledger.as_of.isoformat(),
        "trial": judge.trial.isoformat() if judge.trial else None,
        "judge": {
            "from": judge.from_.value,
            "since": judge.since.isoformat(),
            "due_soon": f"{judge.due_soon.count} {judge.due_soon.unit.value}",
        },
        "announced": list(ledger.announced),
        "slots": [slot_record(s) for s in (ledger.slots if slots is None else slots)],
        "rates": [_rates(r) for r in ledger.rates],
        "gaps": [
            {
                "department": gap.department,
                "series": gap.series,
                "year": gap.year,
                "numbers": list(gap.numbers),
            }
            for gap in ledger.gaps
        ],
        "not_judged": [{"department": n.department, "reason": n.reason} for n in ledger.not_judged],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _rates(rates: Rates) -> object:
    return {
        "department": rates.department,
        "on_time": _pair(rates.on_time),
        "covered": _pair(rates.covered),
        "counts": {s.value: rates.counts[s] for s in Status if rates.counts.get(s)},
    }


def _pair(fraction: Fraction) -> list[int]:
    return [fraction.over, fraction.under]
