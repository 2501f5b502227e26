"""Prints recall and precision of the gate over the labelled corpus, a rule and a severity a line.

python tests/corpus/score.py [--misses] [--half 0|1]
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

_TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(_TESTS.parent), str(_TESTS)]

from generator.diagnostic import Diagnostic  # noqa: E402 (the path comes first)
from generator.rules import ALL  # noqa: E402

PARTS = (("legality_cases", "合法性"), ("truth_cases", "真实性、整体性"))


class Case(Protocol):
    """A text, what must be found in it and what may be."""

    @property
    def name(self) -> str: ...
    @property
    def half(self) -> int: ...
    @property
    def expected(self) -> frozenset[str]: ...
    @property
    def allowed(self) -> frozenset[str]: ...


def main() -> None:
    misses = "--misses" in sys.argv
    halves = [int(sys.argv[sys.argv.index("--half") + 1])] if "--half" in sys.argv else [0, 1]
    for name, title in PARTS:
        if find_spec(f"tests.corpus.{name}") is None:
            continue
        module = import_module(f"tests.corpus.{name}")
        many: list[Case] = list(module.cases())
        with tempfile.TemporaryDirectory() as folder:
            found: Mapping[str, Sequence[Diagnostic]] = module.run(Path(folder), many)
        plants = sum(bool(case.expected) for case in many)
        print(f"\n{title}：植入问题的 {plants} 份，难辨的正确文 {len(many) - plants} 份")
        for half in halves:
            print(f"\n第 {half + 1} 半{'（调规则用）' if half == 0 else '（对照用）'}")
            _half([case for case in many if case.half == half], found, misses)


def _half(many: Collection[Case], found: Mapping[str, Sequence[Diagnostic]], misses: bool) -> None:
    hit: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for case in many:
        said = {d.rule.code: d for d in found[case.name]}
        for code in case.expected:
            (hit if code in said else missed)[code] += 1
            if misses and code not in said:
                print(f"  漏 {code} {case.name}")
        for code in said.keys() - case.expected - case.allowed:
            wrong[code] += 1
            if misses:
                print(f"  误 {code} {case.name} {said[code].place.line} {said[code].message}")
    print("代码   级别  命中   漏   误   召回   精确")
    for code in sorted({*hit, *missed, *wrong}):
        _line(code, ALL[code].severity.label, hit[code], missed[code], wrong[code])
    for label in ("错误", "警告", "提示"):
        mine = [c for c in {*hit, *missed, *wrong} if ALL[c].severity.label == label]
        _line("合计", label, *(sum(count[c] for c in mine) for count in (hit, missed, wrong)))


def _line(code: str, label: str, hit: int, missed: int, wrong: int) -> None:
    recall = f"{hit / (hit + missed):.3f}" if hit + missed else "  -  "
    precision = f"{hit / (hit + wrong):.3f}" if hit + wrong else "  -  "
    name = code if code.isascii() else f"{code}  "
    print(f"{name:<6} {label}  {hit:>4} {missed:>4} {wrong:>4}  {recall}  {precision}")


if __name__ == "__main__":
    main()
