"""A root surveyed with all the processors that this machine has."""

import gc
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.survey import Survey


def surveyed(root: Path, as_of: date | None, today: date) -> "Survey":
    """`survey`, departments side by side where the root is large. Raises what it raises."""
    from generator.examine import side_by_side
    from generator.survey import survey

    # A survey makes hardly any cycles, and looking for them takes a tenth of its time.
    gc.set_threshold(200_000, 50, 100)
    with side_by_side(root, os.cpu_count() or 1) as beside:
        return survey(root, as_of, today, beside)
