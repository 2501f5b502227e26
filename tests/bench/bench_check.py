"""CPU of `gongkai check` over many items without attachments, first and second run.

    python tests/bench/bench_check.py [--items 10000] [--departments 20]

The aim is under 6 seconds of CPU for 10,000 items cold, and under 2 when nothing has changed.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.bench_build import REPOSITORY, write


def cpu(root: Path) -> float:
    """Seconds of CPU, user and system, of one check in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "generator", "check", "--root", root, "--format", "concise"],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "XDG_CACHE_HOME": str(root.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(done.stdout.splitlines()[-1])
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--departments", type=int, default=20)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "root"
        write(root, Path(folder) / "hugo", arguments.items, arguments.departments)
        for run in ("first", "second"):
            print(f"{run:8}{cpu(root):6.2f} s of CPU")


if __name__ == "__main__":
    main()
