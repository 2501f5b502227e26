"""What makes a finding the same finding after lines have moved."""

import hashlib
import re

from generator.diagnostic import Diagnostic
from generator.report.cells import whole

_LINE_NUMBER = re.compile(r"第 [0-9]+ 行")


def identity(diagnostic: Diagnostic) -> tuple[str, str, str]:
    """Path, code, and the message without the line numbers that it may name."""
    return (
        whole(diagnostic.place.path),
        diagnostic.rule.code,
        _LINE_NUMBER.sub("第 n 行", whole(diagnostic.message)),
    )


def fingerprint(diagnostic: Diagnostic) -> str:
    """A hash of the identity, 64 hexadecimal digits."""
    return hashlib.sha256("\0".join(identity(diagnostic)).encode()).hexdigest()
