"""Mutates a valid root a thousand ways: diagnostics, never a traceback, and no file changed.

    python tests/fuzz/fuzz_gate.py [--runs 1000] [--seed 2026]

Every run breaks one to three files of a root that holds each kind of file, then reads, checks
and judges it. Prints the seed and the mutation of a run that crashed, took over ten seconds, or
left a file different from what was written; exits 1 then.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from generator.diagnostic import Diagnostic
from generator.report.diagnostics import FORMATS
from generator.report.findings import Findings
from generator.survey import Survey, survey
from tests.fuzz_root import full_root

AS_OF = date(2026, 11, 24)
_SLOW = 10.0
_SCRAPS = (
    "：", "\t", "---\n", "...\n", "\ufeff", "\x00", "\u202e", "&a ", "*a", "!!python/object:os.system ",
    "[" * 300, "{" * 300, "- " * 200, "'", '"', "|\n", ">\n", "#", "<<<<<<< HEAD\n", ">>>>>>> x\n",
    "2026-02-30", "2026年13月1日", "９９９", "999999999999999999999", "-1", "~", "null", "true", "../../../etc/passwd",
    "/etc/passwd", "C:\\a", "a" * 5000, "字" * 3000, "<script>alert(1)</script>", "javascript:alert(1)",
    "](data:text/html,x)", "\r", "\r\r\n", "= + - @", "𠮷", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "0001-01-01", "9999-12-31", "2026-Q5", "1e999", "0x10", "12:30", "<<: *x", "? x", "%TAG", "within: 0 days",
)  # fmt: skip


def _lines(data: bytes) -> list[bytes]:
    return data.split(b"\n")


def _drop_line(data: bytes, rng: random.Random) -> bytes:
    lines = _lines(data)
    del lines[rng.randrange(len(lines))]
    return b"\n".join(lines)


def _double_line(data: bytes, rng: random.Random) -> bytes:
    lines = _lines(data)
    at = rng.randrange(len(lines))
    return b"\n".join([*lines[: at + 1], *lines[at:]])


def _swap_lines(data: bytes, rng: random.Random) -> bytes:
    lines = _lines(data)
    a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return b"\n".join(lines)


def _insert_scrap(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    at = rng.randrange(len(text) + 1)
    return (text[:at] + rng.choice(_SCRAPS) + text[at:]).encode("utf-8", "surrogatepass")


def _replace_value(data: bytes, rng: random.Random) -> bytes:
    lines = _lines(data)
    valued = [i for i, line in enumerate(lines) if b": " in line]
    if not valued:
        return _insert_scrap(data, rng)
    at = rng.choice(valued)
    key = lines[at].split(b": ", 1)[0]
    lines[at] = key + b": " + rng.choice(_SCRAPS).encode("utf-8", "surrogatepass")
    return b"\n".join(lines)


def _flip_byte(data: bytes, rng: random.Random) -> bytes:
    if not data:
        return b"\xff"
    at = rng.randrange(len(data))
    return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _gbk(data: bytes, rng: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode("gb18030", "replace")


def _indent(data: bytes, rng: random.Random) -> bytes:
    lines = _lines(data)
    at = rng.randrange(len(lines))
    lines[at] = rng.choice([b"  ", b"\t", b"        "]) + lines[at]
    return b"\n".join(lines)


MUTATIONS: Sequence[Callable[[bytes, random.Random], bytes]] = (
    _drop_line, _double_line, _swap_lines, _insert_scrap, _insert_scrap, _replace_value,
    _replace_value, _replace_value, _flip_byte, _cut, _gbk, _indent,
)  # fmt: skip


def _judge(root: Path) -> Survey:
    return survey(root, AS_OF, AS_OF)


def _worded(diagnostics: tuple[Diagnostic, ...], made: Survey) -> None:
    findings = Findings(
        diagnostics,
        made.loaded.files,
        AS_OF,
        made.loaded.not_checked,
        made.loaded.lines,
    )
    for form in FORMATS.values():
        form(findings)


def run(template: Path, files: Sequence[Path], seed: int) -> str | None:
    """One run; gives what went wrong, or None."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "root"
        shutil.copytree(template, root)
        said = []
        for path in rng.sample(files, rng.randint(1, 3)):
            target = root / path
            data = target.read_bytes()
            for _ in range(rng.randint(1, 3)):
                mutation = rng.choice(MUTATIONS)
                said.append(f"{mutation.__name__} {path}")
                data = mutation(data, rng)
            target.write_bytes(data)
        before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
        began = time.perf_counter()
        try:
            made = _judge(root)
            _worded(made.diagnostics, made)
        except Exception:
            return f"seed {seed}: {said}\n{traceback.format_exc()}"
        if time.perf_counter() - began > _SLOW:
            return f"seed {seed}: {said}\ntook over {_SLOW} seconds"
        if {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} != before:
            return f"seed {seed}: {said}\nchanged a file"
    return None


def main() -> int:
    """Run, say what was found, and give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2026)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template"
        full_root(template)
        clean = _judge(template)
        if clean.diagnostics:
            print(*clean.diagnostics, sep="\n")
            return 1
        files = sorted(p.relative_to(template) for p in template.rglob("*") if p.is_file())
        failed = 0
        for n in range(arguments.runs):
            wrong = run(template, files, arguments.seed + n)
            if wrong is not None:
                failed += 1
                print(wrong)
    print(f"{arguments.runs} runs, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
