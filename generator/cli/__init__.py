"""Arguments, clock, environment, exit code; no logic."""

import sys

INTERRUPTED = "已中断，文件没有改动"


def main() -> None:
    """Run the command line and leave with its exit code (formats.md section 9)."""
    try:
        # Imported here: Ctrl+C in the first moment is an end like any other.
        from generator.cli.chinese import run
        from generator.cli.commands import gongkai

        code = run(gongkai, sys.argv[1:])
    except KeyboardInterrupt:
        sys.stderr.write(f"{INTERRUPTED}\n")
        code = 130
    sys.exit(code)
