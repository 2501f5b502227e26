"""`gongkai verify` and `gongkai witness` as a person meets them: one line, exact breaks, codes."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from generator.history import GENESIS, read_receipts, witness_bytes
from generator.publish.world import world_of
from generator.render.portal import portal_pages
from generator.survey import survey
from tests.gitrepos import moment
from tests.worlds import County, serving

REPOSITORY = Path(__file__).resolve().parents[1]
DAY1, DAY2, DAY3 = (f"2026-10-{day}T09:00:00+08:00" for day in (28, 29, 30))
ITEM = "content/chengguan/items/2026/reception-q3.md"
PAGE = "chengguan/2026/reception-q3.html"


def run(*arguments: object, cwd: Path | None = None, at: str = DAY3) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "GONGKAI_NOW": at},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Two runs, the receipts mounted in the root as the configuration says."""
    folder = tmp_path_factory.mktemp("year")
    with serving(folder / "public") as url:
        county = County(folder, url)
        county.root.replace(
            "site_config.yml", "catalog:", "receipts: receipts\nwitness: [" + url + "]\ncatalog:"
        )
        county.publish(DAY1)
        county.root.replace(ITEM, "批次 6 批", "批次 7 批")
        county.publish(DAY2)
        county.deploy(DAY2)
        shutil.copytree(county.receipts, folder / "root/receipts")
        yield folder


@pytest.fixture
def site(year: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(year / "public", tmp_path / "site"))


def test_all_is_well_in_one_line(year: Path, site: Path) -> None:
    said = "回执 2 条 · 链完整 · 时间是人给的 2 条\n"
    with zipfile.ZipFile(site.parent / "site.zip", "w") as archive:
        for path in sorted(site.rglob("*")):
            archive.write(path, path.relative_to(site).as_posix())
    for what in (site, site.parent / "site.zip"):
        assert run("verify", what) == (0, said, "")
        assert run("verify", what, "--root", year / "root") == (0, said, "")
        assert run("verify", what, "--receipts", year / "receipts") == (0, said, "")
    assert run("verify", cwd=year / "root") == (0, said, "")
    assert run("verify", "--receipts", year / "receipts") == (0, said, "")


def test_each_break_is_said_with_its_code_and_place(site: Path) -> None:
    page = site / PAGE
    page.write_text(page.read_text(encoding="utf-8").replace("7 批", "9 批"), encoding="utf-8")
    code, said, _ = run("verify", site)
    assert code == 1
    assert said == (
        f"断裂[text-differs] {PAGE} 第 2 条：正文和核验数据里的散列对不上\n"
        "回执 2 条 · 断裂 1 处 · 时间是人给的 2 条\n"
    )
    code, said, _ = run("verify", site, "--format", "json")
    values = json.loads(said)
    assert (code, values["ok"]) == (1, False)
    assert [one["code"] for one in values["breaks"]] == ["text-differs"]


def test_a_head_off_paper_is_answered_with_its_place(year: Path, site: Path) -> None:
    head = read_receipts(year / "receipts").lines["chengguan"][0].hash
    paper = " ".join(head[at : at + 4] for at in range(0, 16, 4)).upper()
    code, said, _ = run("verify", site, "--head", paper)
    assert (code, said.splitlines()[0]) == (0, "链头对得上：chengguan 第 1 条，其后 1 条")
    code, said, _ = run("verify", site, "--head", "0" * 16)
    assert (code, said.splitlines()[0]) == (1, "断裂[head-unknown] 链上没有这个散列")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "没有写要核验什么"),
        (["nothere"], "没有 `nothere` 这个文件夹或压缩包"),
        (["."], "`.` 不是一个网站"),
        (["https://example.gov.cn/gk/"], "网址不能直接核验"),
        (["--receipts", "nothere"], "没有 `nothere` 这个回执文件夹"),
        (["--root", "nothere"], "没有 `nothere` 这个文件夹"),
        (["--receipts", ".", "--head", "abc"], "链头要写 16 位以上"),
        (["--receipts", ".", "--format", "xml"], "`--format` 只能是"),
    ],
)
def test_a_wrong_question_is_refused_in_chinese(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    code, out, err = run("verify", *arguments, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert said in err and "改法: " in err


def test_a_shallow_clone_cannot_tell_which_commits_are_lost(year: Path, tmp_path: Path) -> None:
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{year / 'root'}", str(tmp_path / "cut")],
        check=True,
    )
    code, _, err = run("verify", year / "public", "--root", tmp_path / "cut")
    assert code == 2 and "浅克隆" in err


def test_witnessing_records_what_is_seen_and_shouts_what_is_gone(
    year: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    call = ("witness", "--root", year / "root", "--receipts", own)
    code, said, _ = run(*call)
    assert code == 0 and said.endswith("：记下第 2 道封签\n")
    code, said, _ = run(*call)
    assert code == 0 and said.endswith("：没有新的封签\n")
    seals = year / "public/receipts/site.jsonl"
    whole = seals.read_bytes()
    try:
        seals.write_bytes(whole.splitlines(keepends=True)[0])
        code, _, err = run(*call)
        assert code == 1 and err.endswith("：以前见到过第 2 道封签，现在没有了\n")
        shutil.copy(own / "witness.jsonl", year / "public/receipts/witness.jsonl")
        code, said, _ = run("verify", year / "public")
        assert code == 1 and "断裂[witness-lost] witness.jsonl 第 2 条：2026-10-30 见到过" in said
    finally:
        seals.write_bytes(whole)
        (year / "public/receipts/witness.jsonl").unlink(missing_ok=True)


def test_witnessing_without_anything_to_look_at_is_a_wrong_question(tmp_path: Path) -> None:
    County(tmp_path, "http://127.0.0.1:1/")
    code, _, err = run("witness", "--root", tmp_path / "root")
    assert code == 2 and "没有写要见证的网站" in err


@pytest.mark.parametrize("gone", [False, True])
def test_the_portal_shouts_a_seal_that_somebody_saw_and_that_is_gone(
    year: Path, tmp_path: Path, gone: bool
) -> None:
    root = Path(shutil.copytree(year / "root", tmp_path / "root", symlinks=True))
    seal = read_receipts(root / "receipts").seals[0]
    config = (root / "site_config.yml").read_text(encoding="utf-8")
    url = config.split("url: ")[1].split()[0]
    lines, prev = b"", GENESIS
    for source, seq, head in (
        (url.rstrip("/"), 1, "f" * 64 if gone else seal.hash),
        ("https://other.gov.cn/", 7, "e" * 64),
    ):
        line = witness_bytes(
            at=moment(DAY1), source=source, seq=seq, head=head, clock_given=True, prev=prev
        )
        lines, prev = lines + line, line[-67:-3].decode()
    (root / "receipts/witness.jsonl").write_bytes(lines)
    for day, told in (("2026-10-29", gone), ("2026-10-27", False)):
        on = date.fromisoformat(day)
        pages = {p.path: p.main for p in portal_pages(world_of(survey(root, on, on), trial=True))}
        for path in ("index.html", "verify.html"):
            assert ("见过的封签，现在没有了" in pages[path]) is told
            assert ("见到过第 1 道封签" in pages[path]) is told
            assert "第 7 道" not in pages[path]
