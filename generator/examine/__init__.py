"""A root read and checked: department by department, side by side, what is known kept."""

from generator.examine.examining import Examined, day_of, examine, side_by_side
from generator.examine.memory import Memory, memory_of

__all__ = ["Examined", "Memory", "day_of", "examine", "memory_of", "side_by_side"]
