"""The gate: what a reviewer must know before the merge, one module a family of rules."""

from generator.check.gate import Said, check, check_all, check_department, sound

__all__ = ["Said", "check", "check_all", "check_department", "sound"]
