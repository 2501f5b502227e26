"""How long a chain of 20,000 receipts takes to verify: `python tests/bench/bench_verify.py`."""

import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from generator.history import GENESIS, hash_of
from generator.history.lines import line_bytes, seal_bytes
from generator.witness import verify

COUNT = 20_000
LIMIT = 2.0
"""Seconds of CPU (issue 8)."""
START = datetime.fromisoformat("2026-01-01T09:00:00+08:00")


def write(folder: Path) -> None:
    """One department's chain of COUNT lines, and its seal."""
    lines, prev = [], GENESIS
    for seq in range(1, COUNT + 1):
        line = line_bytes(
            seq=seq, at=START + timedelta(seconds=seq), kind="first", department="chengguan",
            item=f"chengguan/2026/x-{seq}", slot=f"chengguan/penalties/x-{seq}",
            sha256="a" * 64, due=START.date(), missing=("批次",), commit="b" * 40,
            clock_given=False, prev=prev,
        )  # fmt: skip
        lines.append(line)
        prev = hash_of(line)
    (folder / "chengguan.jsonl").write_bytes(b"".join(lines))
    seal = seal_bytes(
        seq=1, at=START + timedelta(seconds=COUNT), commit=None,
        heads={"chengguan": (COUNT, prev)}, clock_given=False, prev=GENESIS,
    )  # fmt: skip
    (folder / "site.jsonl").write_bytes(seal)


def main() -> int:
    """Print the CPU time; 1 where it is beyond the limit."""
    with tempfile.TemporaryDirectory() as name:
        write(Path(name))
        began = time.process_time()
        verdict = verify(None, Path(name), None, None)
        took = time.process_time() - began
    assert verdict.ok and verdict.receipts == COUNT
    print(f"{COUNT} receipts verified in {took:.2f} s of CPU (limit {LIMIT:.0f} s)")
    return 0 if took < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
