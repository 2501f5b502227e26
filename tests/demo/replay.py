"""Makes the demonstration's receipts: replays its timeline through the real commands.

    python tests/demo/replay.py [--keep DIR]

For every moment of `timeline.yml` the content of that day is laid out, built and served on this
machine, and `gongkai receipt` is run with that moment as its clock; its lines carry
`"clock":"given"`. The result replaces `content/receipts`. Outside a repository no commit is
named, since those of the replay exist nowhere else.
"""

import argparse
import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on a local web server; gives its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def gongkai(*arguments: str, at: str) -> str:
    """Run the real command with a given clock."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=ROOT,
        env={**os.environ, "GONGKAI_NOW": at},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{at} gongkai {' '.join(arguments)}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def _source(item: str) -> Path:
    """The item's file in the demonstration, or its folder."""
    department, year, slug = item.split("/")
    base = ROOT / "content" / department / "items" / year
    return base / slug if (base / slug).is_dir() else base / f"{slug}.md"


def _lay(root: Path, item: str, text: Path | None) -> None:
    source = _source(item)
    target = root / source.relative_to(ROOT)
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
        target = target / "index.md"
    else:
        shutil.copyfile(source, target)
    if text is not None:
        shutil.copyfile(text, target)


def _frame(root: Path) -> None:
    """Everything of the demonstration but its items and receipts."""
    shutil.copytree(
        ROOT / "content", root / "content", ignore=shutil.ignore_patterns("items", "receipts")
    )
    lines = (ROOT / "site_config.yml").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("as_of:")]
    (root / "site_config.yml").write_text("".join(kept), encoding="utf-8")


def main() -> None:
    """Replay, and put the receipts in their place."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="leave the receipts here instead")
    arguments = parser.parse_args()
    timeline = yaml.load((HERE / "timeline.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    with tempfile.TemporaryDirectory() as folder:
        root, site = Path(folder) / "root", Path(folder) / "site"
        root.mkdir()
        _frame(root)
        for step in timeline:
            at = step["at"]
            versions = {
                item: None if name == "content" else ROOT / name
                for item, name in step.get("version", {}).items()
            }
            for item in step.get("publish", []):
                _lay(root, item, versions.pop(item, None))
            for item, text in versions.items():
                _lay(root, item, text)
            gongkai("build", "--root", str(root), "--out", str(site), "--as-of", at[:10], at=at)
            with served(site) as url:
                print(at, gongkai("receipt", "--root", str(root), "--url", url, at=at))
        target = arguments.keep or ROOT / "content" / "receipts"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(
            root / "content" / "receipts", target, ignore=shutil.ignore_patterns(".*", "*.lock")
        )


if __name__ == "__main__":
    main()
