"""A whole build from a root on disk: what it writes, and what it never does to the old site."""

import errno
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from generator.publish import department as department_module
from generator.publish import make as make_module
from generator.publish.build import build
from generator.publish.place import claimed, work_folder
from generator.publish.request import BuildError, BuildRefused, BuildRequest, Summary
from generator.publish.tree import Tree
from generator.render.department import department_pages
from generator.render.theme import theme_folder
from generator.search import PagefindError
from generator.search.table import read_pages
from tests.gitrepos import Repo
from tests.roots import DEPARTMENT, ITEM, Root

AS_OF = date(2026, 11, 24)


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """A root of two departments."""
    root = Root(tmp_path / "root")
    root.replace("site_config.yml", "[chengguan]", "[chengguan, caizheng]")
    root.write("content/caizheng/department.yml", DEPARTMENT.replace("城市管理局", "财政局"))
    root.write("content/caizheng/items/2026/reception-q3.md", ITEM)
    return root


def request(root: Root, out: str = "site", jobs: int = 1, *departments: str) -> BuildRequest:
    return BuildRequest(
        root=root.path,
        out=root.path.parent / out,
        as_of=AS_OF,
        theme=theme_folder(),
        departments=departments,
        jobs=jobs,
    )


def make(root: Root, out: str = "site", jobs: int = 1, *departments: str) -> tuple[Path, Summary]:
    asked = request(root, out, jobs, *departments)
    return asked.out, build(asked, lambda _: None)


def files_of(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def work_left(site: Path) -> list[str]:
    """What a build left beside the site, but for what it means to leave there."""
    names = {path.name for path in work_folder(site).iterdir()}
    return sorted(names - {"lock", "last.json"})


class Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action") and value:
                self.found.append(value)
            elif name == "id" and value:
                self.ids.add(value)


def broken_links(site: Path) -> Iterator[str]:
    for file in sorted(site.rglob("*.html")):
        if file.name == "404.html":
            continue
        page = Addresses()
        page.feed(file.read_text(encoding="utf-8"))
        for address in page.found:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            target = Path(os.path.normpath(file.parent / unquote(parts.path)))
            if not target.is_file() and target != site.parent / "index.html":
                yield f"{file.relative_to(site)} → {address}"


def test_a_build_writes_both_sites_and_says_what_it_did(root: Root) -> None:
    site, summary = make(root)
    assert summary.exit_code == 0
    assert set(summary.built) == {"chengguan", "caizheng"}
    assert summary.failed == {}
    assert summary.portal > 0
    for path in (
        "index.html", "search.html", "search.json", "404.html", "assets/site.css", "assets/gk.js",
        "handbook/reading.html", "web.config", "chengguan/index.html", "chengguan/assets/site.css",
        "chengguan/2026/reception-q3.html", "chengguan/pagefind/pagefind.js",
        "chengguan/search.json", "caizheng/slots/reception/2026-Q3.html",
    ):  # fmt: skip
        assert (site / path).is_file(), path
    marker = json.loads((site / "build.json").read_text(encoding="utf-8"))
    assert marker["schema_version"] == 1
    assert marker["as_of"] == "2026-11-24"
    assert marker["departments"]["caizheng"]["name"] == "试验市财政局"
    assert marker["departments"]["caizheng"]["pages"] == summary.built["caizheng"]


def test_every_link_inside_a_site_leads_to_a_file(root: Root) -> None:
    site, _ = make(root)
    assert list(broken_links(site)) == []


def test_a_departments_site_works_when_copied_alone(root: Root, tmp_path: Path) -> None:
    site, _ = make(root)
    alone = tmp_path / "elsewhere" / "chengguan"
    shutil.copytree(site / "chengguan", alone)
    assert list(broken_links(alone)) == []


def test_the_same_bytes_whatever_jobs_folder_locale_zone_and_umask(
    root: Root, tmp_path: Path
) -> None:
    first, _ = make(root)
    script = (
        "import os, sys; os.umask(0o077)\n"
        "from datetime import date; from pathlib import Path\n"
        "from generator.publish.build import build\n"
        "from generator.publish.request import BuildRequest\n"
        "from generator.render.theme import theme_folder\n"
        "build(BuildRequest(root=Path(sys.argv[1]), out=Path(sys.argv[2]),\n"
        "    as_of=date(2026, 11, 24), theme=theme_folder(), jobs=2), print)\n"
    )
    other = tmp_path / "deep" / "er" / "other"
    other.parent.mkdir(parents=True)
    env = {**os.environ, "TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    subprocess.run(
        [sys.executable, "-c", script, str(root.path), str(other)], env=env, check=True, timeout=120
    )
    assert files_of(other) == files_of(first)
    modes = {path.stat().st_mode & 0o777 for path in other.rglob("*") if path.is_file()}
    assert modes == {0o644}
    assert {p.stat().st_mode & 0o777 for p in (other, *other.rglob("*")) if p.is_dir()} == {0o755}


def test_an_unchanged_page_is_not_written_again(root: Root) -> None:
    site, _ = make(root)
    pages = ("chengguan/2026/reception-q3.html", "caizheng/2026/reception-q3.html")
    before = [(site / page).stat() for page in pages]
    bytes_before = files_of(site)
    root.replace("content/chengguan/items/2026/reception-q3.md", "6 批", "7 批")
    make(root)
    after = [(site / page).stat() for page in pages]
    assert after[1].st_ino == before[1].st_ino
    assert after[1].st_mtime_ns == before[1].st_mtime_ns
    assert after[0].st_ino != before[0].st_ino
    changed = {p for p, h in files_of(site).items() if bytes_before.get(p) != h}
    assert "chengguan/2026/reception-q3.html" in changed
    assert not any(path.startswith(("caizheng/", "handbook/", "assets/")) for path in changed)


def test_a_build_after_a_change_is_the_build_from_nothing(root: Root) -> None:
    site, _ = make(root)
    root.replace("content/chengguan/items/2026/reception-q3.md", "6 批", "7 批")
    root.item("other", "title: 关于道路养护的公示\ncategory: 财务/公务接待费\nperiod: 2026-Q2")
    make(root)
    (root.path / "content/chengguan/items/2026/other.md").unlink()
    make(root)
    fresh, _ = make(root, "fresh")
    assert files_of(site) == files_of(fresh)


def test_a_broken_department_keeps_its_last_good_site(root: Root) -> None:
    site, _ = make(root)
    good = {p: h for p, h in files_of(site).items() if p.startswith("caizheng/")}
    root.replace("content/caizheng/items/2026/reception-q3.md", "2026-10-08", "2026-13-08")
    root.replace("content/chengguan/items/2026/reception-q3.md", "6 批", "7 批")
    _, summary = make(root)
    assert summary.exit_code == 1
    assert set(summary.failed) == {"caizheng"}
    assert summary.kept == ("caizheng",)
    assert {p: h for p, h in files_of(site).items() if p.startswith("caizheng/")} == good
    assert "7 批" in (site / "chengguan/2026/reception-q3.html").read_text(encoding="utf-8")
    assert "试验市财政局" in (site / "index.html").read_text(encoding="utf-8")
    assert ["caizheng/", "试验市财政局"] in json.loads(
        (site / "search.json").read_text(encoding="utf-8")
    )["bundles"]
    marker = json.loads((site / "build.json").read_text(encoding="utf-8"))
    assert marker["departments"]["caizheng"]["state"] == "kept"
    assert any(d.place.path.startswith("content/caizheng/") for d in summary.diagnostics)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_department_whose_pages_fail_takes_no_other_down(
    root: Root, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    make(root)
    real = department_pages

    def failing(world: object, department: object) -> object:
        if getattr(department, "folder", "") == "chengguan":
            raise ValueError("坏了")
        return real(world, department)  # type: ignore[arg-type]

    monkeypatch.setattr(department_module, "department_pages", failing)
    site, summary = make(root, "site", jobs)
    assert summary.failed == {"chengguan": "程序出错，ValueError：坏了"}
    assert set(summary.built) == {"caizheng"}
    assert summary.kept == ("chengguan",)
    assert (site / "chengguan/2026/reception-q3.html").is_file()


def test_a_worker_that_is_killed_takes_no_other_down(
    root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = department_pages

    def dying(world: object, department: object) -> object:
        if getattr(department, "folder", "") == "chengguan":
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.2)
        return real(world, department)  # type: ignore[arg-type]

    monkeypatch.setattr(department_module, "department_pages", dying)
    site, summary = make(root, "site", 2)
    assert "被系统终止" in summary.failed["chengguan"]
    assert set(summary.built) == {"caizheng"}
    assert not (site / "chengguan").exists()


def test_only_the_named_department_is_built_and_the_rest_is_kept(root: Root) -> None:
    site, _ = make(root)
    before = files_of(site)
    for folder in ("chengguan", "caizheng"):
        root.replace(f"content/{folder}/items/2026/reception-q3.md", "6 批", "7 批")
    _, summary = make(root, "site", 1, "chengguan")
    assert summary.portal == 0
    changed = {path for path, value in files_of(site).items() if before.get(path) != value}
    assert "chengguan/2026/reception-q3.html" in changed
    assert all(path.startswith("chengguan/") or path == "build.json" for path in changed)
    kept = {path for path in before if "/pagefind/" not in path}
    assert kept == {path for path in files_of(site) if "/pagefind/" not in path}
    with pytest.raises(BuildError, match="没有 `weisheng` 这个机关"):
        make(root, "site", 1, "weisheng")


def test_a_folder_that_is_not_ours_is_left_alone(root: Root, tmp_path: Path) -> None:
    photos = tmp_path / "site"
    photos.mkdir()
    make(root)
    shutil.rmtree(photos)
    photos.mkdir()
    (photos / "家人.jpg").write_bytes(b"x")
    with pytest.raises(BuildError, match="里有别的东西"):
        make(root)
    assert [path.name for path in photos.iterdir()] == ["家人.jpg"]
    (photos / "build.json").write_text('{"generator": "other"}')
    with pytest.raises(BuildError, match="里有别的东西"):
        make(root)
    shutil.rmtree(photos)
    photos.write_text("一个文件")
    with pytest.raises(BuildError, match="不是文件夹"):
        make(root)


def test_common_errors_refuse_the_build_and_leave_the_site(root: Root) -> None:
    site, _ = make(root)
    before = files_of(site)
    root.replace("content/catalog/local.yml", "every: quarter", "every: fortnight")
    with pytest.raises(BuildRefused) as refused:
        make(root)
    assert any(d.place.path == "content/catalog/local.yml" for d in refused.value.diagnostics)
    assert files_of(site) == before
    assert work_left(site) == []


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), OSError(errno.ENOSPC, "full")])
def test_an_interrupted_build_leaves_the_old_site_whole(
    root: Root, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    site, _ = make(root)
    before = files_of(site)

    def interrupted(*_: object) -> None:
        raise failure

    with monkeypatch.context() as patch:
        patch.setattr(make_module, "portal_pages", interrupted)
        with pytest.raises(KeyboardInterrupt if not isinstance(failure, OSError) else BuildError):
            make(root)
    assert files_of(site) == before
    assert work_left(site) == []
    make(root)
    assert files_of(site) == before


def test_a_full_disk_in_one_department_stops_the_whole_build(
    root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, _ = make(root)
    before = files_of(site)
    real = Tree.write

    def full(self: Tree, path: str, data: bytes) -> None:
        if path == "2026/reception-q3.html":
            raise OSError(errno.ENOSPC, "No space left on device")
        real(self, path, data)

    monkeypatch.setattr(Tree, "write", full)
    for jobs in (1, 2):
        with pytest.raises(BuildError, match="磁盘满了"):
            make(root, "site", jobs)
        assert files_of(site) == before
        assert work_left(site) == []


_DIES_BEFORE_THE_SWAP = """
import os, signal, sys
from datetime import date
from pathlib import Path
from generator.publish import build as module
from generator.publish.request import BuildRequest
from generator.render.theme import theme_folder
from generator.search import PagefindError
from generator.search.table import read_pages
module.swap_in = lambda new, out: os.kill(os.getpid(), signal.SIGKILL)
module.build(BuildRequest(root=Path(sys.argv[1]), out=Path(sys.argv[2]),
    as_of=date(2026, 11, 24), theme=theme_folder(), jobs=2), print)
"""


def test_a_killed_build_leaves_the_old_site_and_the_next_one_cleans_up(root: Root) -> None:
    site, _ = make(root)
    before = files_of(site)
    root.replace("content/chengguan/items/2026/reception-q3.md", "6 批", "7 批")
    killed = subprocess.run(
        [sys.executable, "-c", _DIES_BEFORE_THE_SWAP, str(root.path), str(site)],
        check=False,
        capture_output=True,
        timeout=120,
    )
    assert killed.returncode == -signal.SIGKILL
    assert files_of(site) == before
    assert [name for name in work_left(site) if name.startswith("new-")]
    make(root)
    assert work_left(site) == []
    assert "7 批" in (site / "chengguan/2026/reception-q3.html").read_text(encoding="utf-8")


def test_a_build_that_died_between_two_renames_is_mended(root: Root) -> None:
    site, _ = make(root)
    before = files_of(site)
    site.rename(work_folder(site) / "old")
    root.replace("site_config.yml", "level: 县级", "level: 星级")
    with pytest.raises(BuildRefused):
        make(root)
    assert files_of(site) == before


def test_without_an_exchange_the_swap_takes_two_steps(
    root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator.publish import place

    monkeypatch.setattr(place, "_exchange", lambda one, other: False)
    site, _ = make(root)
    root.replace("content/chengguan/items/2026/reception-q3.md", "6 批", "7 批")
    make(root)
    assert "7 批" in (site / "chengguan/2026/reception-q3.html").read_text(encoding="utf-8")
    assert work_left(site) == []


_HOLDS = """
import sys
from pathlib import Path
from generator.publish.place import claimed
with claimed(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_build_at_the_same_time_is_refused(root: Root) -> None:
    site, _ = make(root)
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(site)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BuildError, match="另一次生成正在写"):
            make(root)
        holder.stdin.close()
        assert holder.wait(10) == 0
    make(root)


def test_what_the_body_of_a_claim_raises_leaves_nothing_behind(tmp_path: Path) -> None:
    out = tmp_path / "site"
    with pytest.raises(ZeroDivisionError), claimed(out) as new:
        (new / "half").write_text("x")
        raise ZeroDivisionError
    assert not out.exists()
    assert work_left(out) == []


def test_a_page_cannot_be_written_twice_or_outside(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "new", None)
    tree.write("a/b.html", b"1")
    with pytest.raises(BuildError, match="同一个网址"):
        tree.write("a/b.html", b"2")
    for path in ("../x", "/x", "a//b", "a/./b", "a\\b", ""):
        with pytest.raises(BuildError, match="不合规"):
            tree.write(path, b"")


def test_attachments_are_published_and_leave_with_their_item(root: Root) -> None:
    root.write(
        "content/chengguan/items/2026/works/index.md",
        ITEM.replace("Q3", "Q2")
        .replace("三", "二")
        .replace("---\n预算", "files: [{path: 明细.csv, title: 明细表}]\n---\n预算"),
    )
    root.write("content/chengguan/items/2026/works/明细.csv", "项目,金额\n餐费,3\n")
    site, _ = make(root)
    file = site / "chengguan/2026/works/明细.csv"
    assert file.read_text(encoding="utf-8") == "项目,金额\n餐费,3\n"
    root.replace(
        "content/chengguan/items/2026/works/index.md",
        "files:",
        "withdrawn: {on: 2026-11-20, reason: 表里的数写错了}\nfiles:",
    )
    make(root)
    assert not file.exists()
    assert (site / "chengguan/2026/works.html").is_file()


def test_old_addresses_lead_to_the_item(root: Root) -> None:
    path = "content/chengguan/items/2026/reception-q3.md"
    root.replace(path, "period:", "old_url: /gk/art/2026/17.html\nperiod:")
    other = "content/caizheng/items/2026/reception-q3.md"
    root.replace(other, "period:", "old_url: http://127.0.0.1:8123/gk/caizheng/a/\nperiod:")
    site, _ = make(root)
    moved = (site / "art/2026/17.html").read_text(encoding="utf-8")
    target = "http://127.0.0.1:8123/gk/chengguan/2026/reception-q3.html"
    assert f'<meta http-equiv="refresh" content="0; url={target}">' in moved
    assert (site / "caizheng/a/index.html").is_file()


@pytest.mark.parametrize(
    "old", ["/elsewhere/17.html", "/gk/show?id=17", "https://other.example/gk/17.html",
            "/gk/17.jsp", "/gk/../17.html", "/gk/index.html"]
)  # fmt: skip
def test_old_addresses_that_a_file_cannot_answer_make_none(root: Root, old: str) -> None:
    plain, _ = make(root, "plain")
    root.replace(
        "content/chengguan/items/2026/reception-q3.md", "period:", f"old_url: {old}\nperiod:"
    )
    site, _ = make(root)
    assert set(files_of(site)) == set(files_of(plain))
    assert (site / "index.html").read_bytes() == (plain / "index.html").read_bytes()


def test_iis_is_told_of_every_type_that_a_site_holds(root: Root) -> None:
    site, _ = make(root)
    config = ElementTree.parse(site / "web.config")
    told = {entry.attrib["fileExtension"] for entry in config.iter("mimeMap")}
    known = {".html", ".css", ".js", ".xml", ".csv", ".txt", ".config", ".zip", ".xlsx", ".svg"}
    held = {path.suffix for path in site.rglob("*") if path.is_file()}
    assert held - known - told == set()
    assert (site / "chengguan/web.config").read_bytes() == (site / "web.config").read_bytes()


def test_receipts_are_published_up_to_the_day(root: Root) -> None:
    root.replace("site_config.yml", "judge:", "receipts: receipts\njudge:")
    early = '{"seq":1,"at":"2026-11-01T09:00:00+08:00","kind":"first"}\n'
    late = '{"seq":2,"at":"2026-11-25T09:00:00+08:00","kind":"first"}\n'
    root.write("receipts/chengguan.jsonl", early + late)
    root.write("receipts/site.jsonl", early)
    site, _ = make(root)
    assert (site / "chengguan/receipts.jsonl").read_text(encoding="utf-8") == early
    assert (site / "receipts/site.jsonl").read_text(encoding="utf-8") == early


def test_what_landed_after_the_day_is_not_there(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "root")
    root = Root(repo.root)
    repo.commit("2026-10-20T09:00:00+08:00", {})
    root.item("reception-q2", "title: 二季度公务接待费支出情况\ncategory: 财务/公务接待费\n"
              "period: 2026-Q2\nformed: 2026-07-08")  # fmt: skip
    repo.commit("2026-11-25T09:00:00+08:00", {})
    site, _ = make(root)
    assert (site / "chengguan/2026/reception-q3.html").is_file()
    assert not (site / "chengguan/2026/reception-q2.html").exists()
    marker = json.loads((site / "build.json").read_text(encoding="utf-8"))
    assert re.fullmatch("[0-9a-f]{40}", marker["commit"])


def test_a_shallow_clone_is_refused(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "origin")
    Root(repo.root)
    repo.commit("2026-10-20T09:00:00+08:00", {})
    repo.commit("2026-10-21T09:00:00+08:00", {})
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", repo.top.as_uri(), str(tmp_path / "root")],
        check=True,
    )
    asked = BuildRequest(tmp_path / "root", tmp_path / "site", AS_OF, theme_folder())
    with pytest.raises(BuildError, match="浅克隆"):
        build(asked, lambda _: None)
    assert not asked.out.exists()


@pytest.mark.parametrize("failure", [PagefindError("broken"), BrokenProcessPool()])
def test_a_portal_whose_search_fails_leaves_the_old_site_and_says_so(
    root: Root, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    site, _ = make(root)
    before = files_of(site)

    def failing(*_: object) -> None:
        raise failure

    monkeypatch.setattr(make_module, "index", failing)
    root.replace("content/chengguan/department.yml", "0000-8000000", "0000-8000009")
    with pytest.raises(BuildError, match="门户没有生成"):
        make(root)
    assert files_of(site) == before
    assert work_left(site) == []


def test_many_departments_share_the_portals_shelves_whatever_the_jobs(
    root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.search.light._MOST", 12)
    folders = [f"d{n}" for n in range(9)]
    root.replace("site_config.yml", "[chengguan, caizheng]", f"[{', '.join(folders)}]")
    for folder in folders:
        root.write(f"content/{folder}/department.yml", DEPARTMENT.replace("城市管理局", folder))
        root.write(f"content/{folder}/items/2026/reception-q3.md", ITEM)
    for folder in ("chengguan", "caizheng"):
        shutil.rmtree(root.path / "content" / folder)
    one, _ = make(root, "one", 1)
    two, _ = make(root, "two", 2)
    assert files_of(one) == files_of(two)
    hints = json.loads((one / "search.json").read_bytes())
    shelves = [path for path, _ in hints["bundles"] if path.startswith("data/search/")]
    assert len(shelves) >= 2 and hints["light"] == 1 + len(shelves)
    held = [path for shelf in shelves for path, _ in read_pages(one / shelf / "pagefind")]
    assert {path.split("/")[3] for path in held} == set(folders)
    for path in held:
        assert (one / shelves[0] / path).resolve().is_file()
    # A department that cannot be built keeps its place on the shelves.
    root.write("content/d3/items/2026/reception-q3.md", ITEM.replace("2026-Q3", "2026-Q9"))
    make(root, "two", 2)
    again = [path for shelf in shelves for path, _ in read_pages(two / shelf / "pagefind")]
    assert sorted(again) == sorted(held)
