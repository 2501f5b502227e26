"""A build whose inputs and site are as the last build left them does nothing, and only then."""

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.publish.build import build
from generator.publish.place import work_folder
from generator.publish.request import BuildRequest, Summary
from generator.render.theme import theme_folder
from tests.gitrepos import Repo
from tests.roots import Root

NOTHING = "没有变化，网站还是上一次的"
ITEM = "content/chengguan/items/2026/reception-q3.md"
PAGE = "chengguan/2026/reception-q3.html"


class Site:
    """A root under Git, its theme, and what building it says."""

    def __init__(self, folder: Path) -> None:
        self.repo = Repo(folder / "root")
        self.root = Root(self.repo.root)
        self.repo.commit("2026-10-20T09:00:00+08:00", {})
        shutil.copytree(theme_folder(), folder / "theme")
        self.request = BuildRequest(
            self.root.path, folder / "site", None, folder / "theme", today=date(2026, 11, 24)
        )

    def build(self, **changes: object) -> tuple[bool, Summary]:
        """Whether anything was done, and the summary."""
        said: list[str] = []
        time.sleep(0.15)  # a file that was written just before is never trusted
        summary = build(replace(self.request, **changes), said.append)  # type: ignore[arg-type]
        return NOTHING not in said, summary

    def page(self) -> str:
        return (self.request.out / PAGE).read_text(encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_nothing_changed_nothing_done(site: Site) -> None:
    did, first = site.build()
    assert did
    before = (site.request.out / PAGE).stat()
    did, second = site.build()
    assert not did
    assert (second.built, second.portal, second.counts, second.exit_code) == (
        first.built, first.portal, first.counts, 0,
    )  # fmt: skip
    assert (site.request.out / PAGE).stat() == before


def _edit(site: Site) -> None:
    site.root.replace(ITEM, "6 批", "7 批")


def _edit_and_forge_the_time(site: Site) -> None:
    path = site.root.path / ITEM
    before = path.stat()
    _edit(site)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _add(site: Site) -> None:
    site.root.item("other", "title: 二季度公务接待费支出情况\ncategory: 财务/公务接待费\n"
                   "period: 2026-Q2\nformed: 2026-07-08")  # fmt: skip


def _commit(site: Site) -> None:
    site.repo.commit("2026-11-01T09:00:00+08:00", {})


def _receipt(site: Site) -> None:
    site.root.replace("site_config.yml", "judge:", "receipts: receipts\njudge:")
    site.root.write("receipts/chengguan.jsonl", "")


def _theme(site: Site) -> None:
    with (site.request.theme / "css" / "tokens.css").open("a", encoding="utf-8") as sheet:
        sheet.write("\n.x { color: red; }\n")


def _delete_a_page(site: Site) -> None:
    (site.request.out / PAGE).unlink()


def _edit_a_page(site: Site) -> None:
    with (site.request.out / PAGE).open("a", encoding="utf-8") as page:
        page.write("改过")


def _add_a_page(site: Site) -> None:
    (site.request.out / "extra.html").write_text("x", encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        _edit, _edit_and_forge_the_time, _add, _commit, _receipt, _theme, _delete_a_page,
        _edit_a_page, _add_a_page,
    ],
)  # fmt: skip
def test_any_change_is_seen(site: Site, change: Callable[[Site], None]) -> None:
    site.build()
    change(site)
    did, _ = site.build()
    assert did
    assert "改过" not in site.page()
    assert not (site.request.out / "extra.html").exists()
    assert ("7 批" in site.page()) == (change in (_edit, _edit_and_forge_the_time))


@pytest.mark.parametrize(
    "changes",
    [{"as_of": date(2026, 11, 20)}, {"today": date(2026, 11, 25)}, {"trial": False}],
)
def test_another_day_or_another_question_builds(site: Site, changes: dict[str, object]) -> None:
    site.build()
    did, _ = site.build(**changes)
    assert did


def test_what_was_written_just_before_is_not_trusted(site: Site) -> None:
    """Two writes may carry one time and one size."""
    build(site.request, lambda _: None)
    _edit(site)
    build(site.request, lambda _: None)
    site.root.replace(ITEM, "7 批", "8 批")
    build(site.request, lambda _: None)
    assert "8 批" in site.page()


def test_a_build_that_failed_in_part_is_done_again(site: Site) -> None:
    site.build()
    site.root.replace(ITEM, "2026-10-08", "2026-13-08")
    for _ in range(2):
        did, summary = site.build()
        assert did
        assert summary.exit_code == 1


def test_a_linked_folder_is_never_trusted(site: Site, tmp_path: Path) -> None:
    elsewhere = tmp_path / "theme-elsewhere"
    (site.request.theme / "css").rename(elsewhere)
    (site.request.theme / "css").symlink_to(elsewhere)
    for _ in range(2):
        did, _summary = site.build()
        assert did


@pytest.mark.parametrize("text", ["{", "null"])
def test_a_memory_that_is_damaged_is_passed_over(site: Site, text: str) -> None:
    site.build()
    (work_folder(site.request.out) / "last.json").write_text(text)
    did, _ = site.build()
    assert did
