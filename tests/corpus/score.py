"""Prints recall and precision of the gate over the labelled corpus, a rule and a severity a line.

python tests/corpus/score.py [--misses] [--half 0|1]
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from generator.rules import ALL
from tests.corpus import truth_cases


def main() -> None:
    misses = "--misses" in sys.argv
    halves = [int(sys.argv[sys.argv.index("--half") + 1])] if "--half" in sys.argv else [0, 1]
    many = list(truth_cases.cases())
    with tempfile.TemporaryDirectory() as folder:
        found = truth_cases.run(Path(folder), many)
    plants = sum(bool(case.expected) for case in many)
    print(f"真实性、整体性：植入 {plants} 处，难辨的正确文 {len(many) - plants} 份")
    for half in halves:
        hit: Counter[str] = Counter()
        missed: Counter[str] = Counter()
        wrong: Counter[str] = Counter()
        for case in many:
            if case.half != half:
                continue
            codes = {d.rule.code for d in found[case.name]}
            for code in case.expected:
                (hit if code in codes else missed)[code] += 1
                if code not in codes and misses:
                    print(f"  漏 {code} {case.name}")
            for code in codes - case.expected - case.allowed:
                wrong[code] += 1
                if misses:
                    said = next(d for d in found[case.name] if d.rule.code == code)
                    print(f"  误 {code} {case.name} {said.place.line} {said.message}")
        print(f"\n第 {half + 1} 半{'（调规则用）' if half == 0 else '（只看不调）'}")
        print("代码   级别  命中  漏  误   召回   精确")
        for code in sorted({*hit, *missed, *wrong}):
            _line(code, ALL[code].severity.label, hit[code], missed[code], wrong[code])
        for label in ("错误", "警告", "提示"):
            mine = [c for c in {*hit, *missed, *wrong} if ALL[c].severity.label == label]
            _line(
                "合计",
                label,
                sum(hit[c] for c in mine),
                sum(missed[c] for c in mine),
                sum(wrong[c] for c in mine),
            )


def _line(code: str, label: str, hit: int, missed: int, wrong: int) -> None:
    recall = f"{hit / (hit + missed):.3f}" if hit + missed else "  -  "
    precision = f"{hit / (hit + wrong):.3f}" if hit + wrong else "  -  "
    print(f"{code:<6} {label}  {hit:>4} {missed:>3} {wrong:>3}  {recall}  {precision}")


if __name__ == "__main__":
    main()
