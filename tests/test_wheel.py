"""The wheel carries theme and standard data, and works without a checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, unpacked where no checkout is near."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            folder,
            REPOSITORY,
        ],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("gongkai-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site-packages")
    return folder / "site-packages"


def run(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "generator", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_holds_what_it_needs_and_nothing_of_a_county(installed: Path) -> None:
    names = {p.relative_to(installed).as_posix() for p in installed.rglob("*") if p.is_file()}
    assert "generator/_theme/main.html" in names
    assert "generator/_theme/gk.js" in names
    assert "generator/standard/calendar/2026.yml" in names
    assert "generator/standard/catalog/cai.yml" in names
    assert not [n for n in names if n.startswith(("content/", "tests/")) or n.endswith(".jsonl")]
    assert "gongkai = generator.cli:main" in "".join(
        (installed / n).read_text() for n in names if n.endswith("entry_points.txt")
    )


@pytest.mark.parametrize("preset", ["县", "乡镇", "村"])
def test_a_new_root_passes_and_builds_from_the_wheel_alone(
    installed: Path, tmp_path: Path, preset: str
) -> None:
    done = run(installed, "init", "x", "--preset", preset, "--forge", "none", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = run(installed, "check", "--root", "x", cwd=tmp_path)
    assert (done.returncode, "全部通过" in done.stdout) == (0, True), done.stdout
    done = run(installed, "build", "--root", "x", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x/site/index.html").is_file()
    assert not list((tmp_path / "x").rglob("*.py"))
