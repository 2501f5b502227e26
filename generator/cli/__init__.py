"""Arguments, clock, environment, exit code; no logic."""

import sys

from generator.cli.chinese import run
from generator.cli.commands import gongkai


def main() -> None:
    """Run the command line and leave with its exit code (formats.md section 9)."""
    sys.exit(run(gongkai, sys.argv[1:]))
