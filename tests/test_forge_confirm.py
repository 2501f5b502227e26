"""Confirming after a deployment: a server that is slow, a run that was first, a frozen site."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from generator.forge import ci_publish
from generator.forge.ci_publish import PAUSE, TRIES, Job
from generator.forge.ci_publish import ci_publish as publish_all
from generator.history import BEIJING
from generator.render.theme import theme_folder
from generator.witness import Web
from tests.forge_runner import web
from tests.gitrepos import Repo
from tests.roots import Root

START = datetime(2026, 11, 24, 9, 0, tzinfo=BEIJING)


@dataclass
class Place:
    """A clone on a forge, its public address, and a clock that pauses move on."""

    root: Path
    bare: Path
    served: Path
    repo: Repo
    at: datetime = START
    pauses: list[float] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    on_pause: Callable[[int], None] = lambda n: None

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.at += timedelta(seconds=seconds)
        self.on_pause(len(self.pauses))

    def job(self, **env: str) -> Job:
        return Job(
            root=self.root,
            env={"PATH": os.environ["PATH"], "HOME": os.devnull, **env},
            asked=None,
            clock=lambda: self.at,
            clock_given=True,
            pause=self.pause,
            fetch=Web(),
            theme=theme_folder(),
            jobs=1,
            write=self.log.append,
        )

    def chain(self) -> list[dict[str, object]]:
        text = self.repo.git("--git-dir", str(self.bare), "show", "receipts:chengguan.jsonl")
        return [json.loads(line) for line in text.splitlines()]

    def branches(self) -> str:
        return self.repo.git("--git-dir", str(self.bare), "for-each-ref", "--format=%(refname)")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with web(tmp_path / "www") as address:
        repo = Repo(tmp_path / "root")
        root = Root(repo.root)
        root.replace("site_config.yml", "http://127.0.0.1:8123/gk/", f"{address}gk/")
        root.replace("site_config.yml", "catalog:", "receipts: receipts\ncatalog:")
        root.write(".gitignore", "/receipts/\n")
        repo.commit("2026-10-20T09:00:00+08:00", {})
        bare = tmp_path / "bare.git"
        repo.git("clone", "-q", "--bare", ".", str(bare))
        repo.git("remote", "add", "origin", str(bare))
        yield Place(repo.root, bare, tmp_path / "www/gk", repo)


def test_all_at_once_builds_confirms_pushes_and_builds_again(place: Place) -> None:
    assert publish_all(place.job(), place.served) == 0, place.log
    assert [line["kind"] for line in place.chain()] == ["found"]
    assert (place.served / "chengguan/receipts.jsonl").read_bytes().count(b"\n") == 1
    assert place.pauses == []
    before = place.chain()
    assert publish_all(place.job(), place.served) == 0
    assert place.chain() == before


def test_an_address_that_is_behind_is_asked_again(place: Place, tmp_path: Path) -> None:
    ci_publish.publish_build(place.job(), tmp_path / "built")

    def arrive(n: int) -> None:
        if n == 2:
            shutil.copytree(tmp_path / "built", place.served)

    place.on_pause = arrive
    outputs = tmp_path / "outputs"
    job = place.job(GITHUB_ACTIONS="true", GITHUB_OUTPUT=str(outputs))
    assert ci_publish.publish_receipt(job) == 0
    assert place.pauses == [PAUSE, PAUSE]
    assert outputs.read_text() == "new=true\n"
    assert place.chain()[0]["at"] == "2026-11-24T09:01:00+08:00"


def test_an_address_that_never_serves_gets_no_receipt(place: Place, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    job = place.job(GITHUB_ACTIONS="true", GITHUB_OUTPUT=str(outputs))
    assert ci_publish.publish_receipt(job) == 1
    assert len(place.pauses) == TRIES - 1
    assert outputs.read_text() == "new=false\n"
    assert "receipts" not in place.branches()


def test_what_is_served_is_kept_though_another_page_is_not(place: Place) -> None:
    Root.item(
        _root(place),
        "second",
        "title: 第二季度公务接待费\ncategory: 财务/公务接待费\nperiod: 2026-Q2",
        "预算数 3，支出数 2，批次 1。\n",
    )
    place.repo.commit("2026-10-21T09:00:00+08:00", {})
    ci_publish.publish_build(place.job(), place.served)
    (place.served / "chengguan/2026/second.html").unlink()
    assert ci_publish.publish_receipt(place.job()) == 1
    assert [line["item"] for line in place.chain()] == ["chengguan/2026/reception-q3"]


def test_a_run_that_was_first_is_built_upon(place: Place) -> None:
    ci_publish.publish_build(place.job(), place.served)
    other = place.root.parent / "other"
    place.repo.git("clone", "-q", str(place.bare), str(other))
    earlier = replace(place.job(), root=other, clock=lambda: START - timedelta(seconds=5))
    codes: list[int] = []

    class Overtaken(Web):
        """While this run asks for its first page, the other one comes and goes."""

        def page(self, url: str) -> bytes:
            if not codes:
                codes.append(ci_publish.publish_receipt(earlier))
            return super().page(url)

    assert ci_publish.publish_receipt(replace(place.job(), fetch=Overtaken())) == 0, place.log
    assert codes == [0]
    assert [line["at"] for line in place.chain()] == ["2026-11-24T08:59:55+08:00"]
    assert "另一次发布先推送了回执" in "".join(place.log)


def test_a_site_frozen_on_a_day_appends_nothing(place: Place) -> None:
    config = place.root / "site_config.yml"
    config.write_text(config.read_text(encoding="utf-8") + "as_of: 2026-11-01\n", encoding="utf-8")
    place.repo.commit("2026-10-21T09:00:00+08:00", {})
    assert publish_all(place.job(), place.served) == 0
    assert "receipts" not in place.branches()
    assert "站点停在 2026-11-01" in "".join(place.log)


def test_broken_settings_leave_the_site_and_say_why(place: Place) -> None:
    assert publish_all(place.job(), place.served) == 0
    home = (place.served / "index.html").read_bytes()
    (place.root / "site_config.yml").write_text("site: [", encoding="utf-8")
    place.repo.commit("2026-10-21T09:00:00+08:00", {})
    assert publish_all(place.job(), place.served) == 1
    assert (place.served / "index.html").read_bytes() == home
    assert "site_config.yml" in "".join(place.log)


def _root(place: Place) -> Root:
    root = Root.__new__(Root)
    root.path = place.root
    return root
