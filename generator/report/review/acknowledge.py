"""Which warnings a proposal brings, and the words by which a reviewer acknowledges them.

An approval of the newest commit by a code owner acknowledges the warnings of its files; those of
family L it must also name, each code once.
"""

import re
import unicodedata
from collections.abc import Sequence

from generator.diagnostic import Diagnostic, Severity
from generator.report.findings import Findings

_LIST = r"L[0-9]{3}(?:[\s、，,和]*L[0-9]{3})*"
_NAMED = re.compile(
    rf"(?:^|[\s。，；、：,.;:])(?:我|已)?[「“\"]?确认\s*[：:]?\s*({_LIST})", re.MULTILINE
)
"""At the beginning of a line or clause: 「不确认 L201」 and 「没有确认 L201」 are none."""
_ASIDE = re.compile(r"^[ \t]*>.*?$|^(`{3,}|~{3,}).*?^\1|<!--.*?-->", re.MULTILINE | re.DOTALL)
"""Quotations, blocks of code and comments: other people's words."""
_CODE = re.compile(r"L[0-9]{3}")


def concerns(diagnostic: Diagnostic, changed: frozenset[str]) -> bool:
    """Whether a finding is about a file that the proposal touches, or a folder that holds one."""
    path = diagnostic.place.path
    return path in changed or any(one.startswith(f"{path}/") for one in changed)


def warnings_of(findings: Findings, changed: frozenset[str]) -> tuple[Diagnostic, ...]:
    """What must be acknowledged before the proposal can be merged."""
    return tuple(d for d in findings.of(Severity.WARNING) if concerns(d, changed))


def must_be_named(code: str) -> bool:
    """Whether an approval alone does not acknowledge it."""
    return code.startswith("L")


def words_for(code: str) -> str:
    """What the reviewer writes."""
    return f"「确认 {code}」"


def named_in(text: str) -> frozenset[str]:
    """The codes that a reviewer's text acknowledges."""
    own = _ASIDE.sub("", unicodedata.normalize("NFKC", text).replace("\r\n", "\n")).replace("`", "")
    return frozenset(code for list_ in _NAMED.findall(own) for code in _CODE.findall(list_))


def covered(warnings: Sequence[Diagnostic]) -> str:
    """What an approval acknowledges without another word; empty where there is nothing."""
    codes = dict.fromkeys(d.rule.code for d in warnings if not must_be_named(d.rule.code))
    count = sum(not must_be_named(d.rule.code) for d in warnings)
    return (
        f"代码所有者批准最新一版，就是确认这 {count} 个警告：{'、'.join(sorted(codes))}"
        if codes
        else ""
    )
