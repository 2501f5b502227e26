"""The labelled corpus holds what the README says of family L, on both halves."""

from collections import Counter

import pytest

from generator.diagnostic import Diagnostic, Severity
from generator.rules import ALL
from tests.corpus.legality_cases import Case, cases, run


@pytest.fixture(scope="module")
def scored(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[list[Case], dict[str, list[Diagnostic]]]:
    many = list(cases())
    return many, run(tmp_path_factory.mktemp("corpus"), many)


def test_there_are_enough_of_both_kinds(
    scored: tuple[list[Case], dict[str, list[Diagnostic]]],
) -> None:
    many, _ = scored
    assert sum(bool(case.expected) for case in many) >= 170
    assert sum(not case.expected for case in many) >= 170
    assert len({case.name for case in many}) == len(many)
    forms = {case.form for case in many if case.expected}
    assert forms >= {"md", "docx", "xlsx", "xls", "csv", "pdf", "pptx", "txt", "zip", "jpeg"}


def test_every_rule_of_texts_is_planted(
    scored: tuple[list[Case], dict[str, list[Diagnostic]]],
) -> None:
    planted = {code for case in scored[0] for code in case.expected}
    fields = {"L101", "L102", "L103"}  # these stand among the cases of family T
    assert planted == {code for code in ALL if code[0] == "L"} - fields


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize(("severity", "least"), [(Severity.ERROR, 0.98), (Severity.WARNING, 0.9)])
def test_recall_and_precision(
    scored: tuple[list[Case], dict[str, list[Diagnostic]]],
    half: int,
    severity: Severity,
    least: float,
) -> None:
    many, found = scored
    count: Counter[str] = Counter()
    for case in many:
        if case.half != half:
            continue
        said = {d.rule.code for d in found[case.name] if d.severity is severity}
        meant = {code for code in case.expected if ALL[code].severity is severity}
        count["hit"] += len(said & meant)
        count["missed"] += len(meant - said)
        count["wrong"] += len(said - meant)
    assert count["hit"] > 30
    assert count["hit"] / (count["hit"] + count["missed"]) >= least
    assert count["hit"] / (count["hit"] + count["wrong"]) >= least


def test_nothing_that_was_found_is_repeated(
    scored: tuple[list[Case], dict[str, list[Diagnostic]]],
) -> None:
    many, found = scored
    texts = {case.name: case.text for case in many}
    seen = 0
    for name, diagnostics in found.items():
        for diagnostic in diagnostics:
            for digits in Counter("".join(c if c.isdigit() else " " for c in texts[name]).split()):
                if len(digits) >= 9:
                    seen += 1
                    assert digits not in diagnostic.message + diagnostic.hint
    assert seen > 60
