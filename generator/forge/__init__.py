"""What CI does on each forge, and the forge's own file forms."""

from generator.forge.ci_check import ci_check

__all__ = ["ci_check"]
