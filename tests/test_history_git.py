"""Landing times as formats.md section 5 defines them, on real repositories."""

import os
from pathlib import Path

import pytest

from generator.history import (
    ShallowClone,
    ancestors,
    clean,
    evidence,
    read_git,
    require_full,
    vanished,
)
from generator.history.command import GitFailed
from tests.gitrepos import Repo, moment

FLAT = "content/d/items/2026/x.md"
FOLDER = "content/d/items/2026/x/index.md"
WANTED = {"d/2026/x": (FLAT, FOLDER)}
MORNING, NOON, EVENING, NIGHT = (
    f"2026-10-30T{hour}:00:00+08:00" for hour in ("09", "12", "18", "23")
)


def landing(repo: Repo) -> tuple[str, str] | None:
    found = read_git(repo.root, WANTED).landings.get("d/2026/x")
    return None if found is None else (found.at.isoformat(), found.commit)


def test_the_first_commit_lands_a_file_and_later_edits_do_not_move_it(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    first = repo.commit(MORNING, {FLAT: "一"})
    repo.commit(NOON, {FLAT: "二"})
    assert landing(repo) == (MORNING, first)


def test_a_date_of_another_zone_is_told_in_beijing_time(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit("2026-10-30T17:30:00+00:00", {FLAT: "一"})
    found = landing(repo)
    assert found is not None and found[0] == "2026-10-31T01:30:00+08:00"


def test_head_is_named_even_where_it_leaves_content_alone(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit(MORNING, {FLAT: "一"})
    last = repo.commit(NOON, {"other.txt": "二"})
    history = read_git(repo.root, WANTED)
    assert (history.head, history.head_at, history.shallow) == (last, moment(NOON), False)


def test_a_merge_counts_by_the_merge_commit(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit(MORNING, {"a.txt": "一"})
    repo.git("checkout", "-q", "-b", "proposal")
    repo.commit(NOON, {FLAT: "一"})
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "合并", "proposal", at=EVENING)
    assert landing(repo) == (EVENING, repo.git("rev-parse", "HEAD"))


def test_a_file_written_by_the_merge_itself_lands_with_it(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit(MORNING, {"a.txt": "一"})
    repo.git("checkout", "-q", "-b", "proposal")
    repo.commit(NOON, {"b.txt": "一"})
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "--no-commit", "proposal")
    repo.write({FLAT: "夹带"})
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "合并", at=EVENING)
    assert landing(repo) == (EVENING, repo.git("rev-parse", "HEAD"))


def test_turning_a_file_into_a_folder_in_one_commit_is_no_gap(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    first = repo.commit(MORNING, {FLAT: "一"})
    repo.commit(NOON, {FLAT: None, FOLDER: "一", "content/d/items/2026/x/a.xlsx": "表"})
    assert landing(repo) == (MORNING, first)


def test_turning_it_in_two_commits_is_a_gap(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit(MORNING, {FLAT: "一", "a.txt": "一"})
    repo.commit(NOON, {FLAT: None})
    again = repo.commit(EVENING, {FOLDER: "一"})
    assert landing(repo) == (EVENING, again)


def test_deleting_and_adding_again_starts_anew(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit(MORNING, {FLAT: "一", "a.txt": "一"})
    repo.commit(NOON, {FLAT: None})
    assert landing(repo) is None
    again = repo.commit(EVENING, {FLAT: "一"})
    assert landing(repo) == (EVENING, again)


def test_a_gap_on_a_side_branch_is_no_gap(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    first = repo.commit(MORNING, {FLAT: "一", "a.txt": "一"})
    repo.git("checkout", "-q", "-b", "side")
    repo.commit(NOON, {FLAT: None})
    repo.commit(NOON, {FLAT: "一"})
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "合并", "side", at=EVENING)
    assert landing(repo) == (MORNING, first)


def test_renaming_makes_a_new_item(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit(MORNING, {"content/d/items/2026/y.md": "一\n" * 50})
    second = repo.commit(NOON, {"content/d/items/2026/y.md": None, FLAT: "一\n" * 50})
    assert landing(repo) == (NOON, second)


@pytest.mark.parametrize(("seconds", "graded"), [(600, True), (601, False)])
def test_a_commit_dated_before_an_ancestor_gives_no_grade(
    tmp_path: Path, seconds: int, graded: bool
) -> None:
    repo = Repo(tmp_path)
    start = int(moment(NOON).timestamp())
    # The later ancestor touches nothing of content and lies two commits back.
    repo.commit(f"@{start} +0800", {"a.txt": "一"})
    repo.commit(f"@{start - 300} +0800", {"a.txt": "二"})
    repo.commit(f"@{start - seconds} +0800", {FLAT: "一"})
    assert (landing(repo) is not None) is graded


def test_what_an_out_of_order_commit_only_edited_keeps_its_landing(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    first = repo.commit(NOON, {FLAT: "一"})
    repo.commit(MORNING, {FLAT: "二"})
    assert landing(repo) == (NOON, first)


def test_without_a_repository_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / FLAT).parent.mkdir(parents=True)
    (tmp_path / FLAT).write_text("一")
    history = read_git(tmp_path, WANTED)
    assert (history.head, history.landings) == (None, {})
    require_full(tmp_path)
    assert vanished(tmp_path) == () and clean(tmp_path) == ()


def test_without_git_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = Repo(tmp_path)
    repo.commit(MORNING, {FLAT: "一"})
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_git(repo.root, WANTED).head is None


def test_a_repository_without_a_commit_knows_nothing(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.write({FLAT: "一"})
    assert read_git(repo.root, WANTED).head is None
    assert vanished(repo.root) == () and clean(repo.root) == ()


def test_a_damaged_repository_is_a_failure_and_not_an_absence(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    commit = repo.commit(MORNING, {FLAT: "一"})
    blob = tmp_path / ".git" / "objects" / commit[:2] / commit[2:]
    blob.chmod(0o644)
    blob.write_bytes(b"broken")
    with pytest.raises(GitFailed):
        read_git(repo.root, WANTED)


def test_the_root_may_be_a_folder_of_the_repository(tmp_path: Path) -> None:
    repo = Repo(tmp_path, "县 里/网站")
    first = repo.commit(MORNING, {FLAT: "一"})
    assert landing(repo) == (MORNING, first)
    repo.write({FLAT: "二"})
    assert clean(repo.root) == (FLAT,)


def test_a_file_not_in_head_has_no_landing(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit(MORNING, {"a.txt": "一"})
    repo.write({FLAT: "一"})
    assert landing(repo) is None


def test_a_shallow_clone_is_refused_and_gives_no_landing(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "full")
    repo.commit(MORNING, {FLAT: "一"})
    repo.commit(NOON, {FLAT: "二"})
    repo.git("clone", "-q", "--depth", "1", f"file://{tmp_path}/full", f"{tmp_path}/shallow")
    shallow = tmp_path / "shallow"
    history = read_git(shallow, WANTED)
    assert history.shallow and history.landings == {}
    with pytest.raises(ShallowClone):
        require_full(shallow)
    with pytest.raises(ShallowClone):
        evidence(shallow, None, WANTED)


def test_names_that_are_not_utf_8_do_not_stop_the_reading(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.write({FLAT: "一"})
    gbk = tmp_path / "content/d/items/2026" / os.fsdecode(b"\xcd\xf8\xd5\xbe")
    gbk.mkdir()
    (gbk / "index.md").write_text("x")
    first = repo.commit(MORNING, {"content/d/items/2026/带\n换行.md": "一"})
    assert landing(repo) == (MORNING, first)


def test_neither_environment_nor_configuration_changes_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = Repo(tmp_path / "repo")
    first = repo.commit(MORNING, {FLAT: "一"})
    repo.commit(NOON, {FLAT: "二"})
    other = Repo(tmp_path / "other")
    other.commit(EVENING, {FLAT: "别处"})
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(
        "[log]\nshowRoot=false\nshowSignature=true\nfollow=true\ndate=iso\nmailmap=true\n"
        "[diff]\nrelative=true\nrenames=copies\nnoprefix=true\norderFile=/nowhere\n"
        "[color]\nui=always\n[core]\nquotepath=true\npager=false\n"
        "[format]\npretty=oneline\n[i18n]\nlogOutputEncoding=UTF-16\n"
    )
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    monkeypatch.setenv("LC_ALL", "zh_CN.GBK")
    monkeypatch.setenv("GIT_TRACE", "1")
    assert landing(repo) == (MORNING, first)
    assert clean(repo.root) == ()


def test_replace_refs_and_grafts_forge_nothing(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit(MORNING, {"a.txt": "一"})
    second = repo.commit(EVENING, {FLAT: "一"})
    forged = repo.git(
        "commit-tree", "HEAD^{tree}", "-p", "HEAD~1", "-m", "x", at="2026-10-30T09:05:00+08:00"
    )
    repo.git("replace", second, forged)
    (tmp_path / ".git" / "info").mkdir(exist_ok=True)
    (tmp_path / ".git" / "info" / "grafts").write_text(f"{second}\n")
    assert landing(repo) == (EVENING, second)


def test_an_item_that_left_the_tree_has_vanished(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    first = repo.commit(MORNING, {FLAT: "一", "content/d/items/2026/y.md": "二"})
    repo.commit(NOON, {FLAT: None, FOLDER: "一"})
    assert vanished(repo.root) == ()
    repo.commit(EVENING, {FOLDER: None, "content/d/files/a.md": "非事项"})
    (gone,) = vanished(repo.root)
    assert (gone.item, gone.path, gone.commit) == ("d/2026/x", FOLDER, first)


def test_an_item_deleted_but_not_yet_committed_has_vanished(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit(MORNING, {FLAT: "一"})
    repo.write({FLAT: None})
    assert [one.item for one in vanished(repo.root)] == ["d/2026/x"]


def test_an_item_renamed_inside_a_proposal_has_not_vanished(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit(MORNING, {"content/d/items/2026/y.md": "一"})
    repo.git("checkout", "-q", "-b", "proposal")
    repo.commit(NOON, {FLAT: "二"})
    repo.commit(EVENING, {FLAT: None, "content/d/items/2026/z.md": "二"})
    assert vanished(repo.root, "main") == ()
    repo.commit(NIGHT, {"content/d/items/2026/y.md": None})
    assert [one.item for one in vanished(repo.root, "main")] == ["d/2026/y"]
    assert [one.item for one in vanished(repo.root, "没有的分支")] == ["d/2026/x", "d/2026/y"]


def test_what_differs_from_head_is_named(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    kept = {"content/d/files/b.csv": "表", "site_config.yml": "site:", ".gitignore": "*.bak\n"}
    repo.commit(MORNING, {FLAT: "一", "content/d/a.md": "一", **kept})
    assert clean(repo.root) == ()
    repo.write(
        {
            FLAT: "改",
            "content/d/a.md": None,
            "content/d/新.md": "新",
            "content/d/旧.bak": "被忽略",
            "content/.DS_Store": "不读",
            "content/receipts/d.jsonl": "回执",
            "site_config.yml": "site: 改",
            "elsewhere.txt": "无关",
        }
    )
    repo.git("add", "content/d/新.md")
    assert clean(repo.root, ("content/receipts/",)) == (
        "content/d/a.md", FLAT, "content/d/新.md", "content/d/旧.bak", "site_config.yml",
    )  # fmt: skip


def test_a_change_that_git_was_told_to_overlook_is_named(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit(MORNING, {FLAT: "一", "content/d/a.md": "一"})
    repo.git("update-index", "--assume-unchanged", FLAT)
    repo.write({FLAT: "偷改"})
    assert clean(repo.root) == (FLAT,)


def test_an_ancestor_is_told_from_a_lost_commit(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    first = repo.commit(MORNING, {FLAT: "一"})
    repo.commit(NOON, {FLAT: "二"})
    repo.git("reset", "-q", "--hard", first)
    assert ancestors(repo.root) == {first}


def test_evidence_stops_at_the_end_of_the_day(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit("2026-10-30T23:59:59+08:00", {FLAT: "一"})
    repo.commit("2026-10-31T00:00:00+08:00", {"content/d/items/2026/y.md": "二"})
    wanted = {**WANTED, "d/2026/y": ("content/d/items/2026/y.md",)}
    assert set(evidence(repo.root, None, wanted).landings) == {"d/2026/x", "d/2026/y"}
    day = moment(NOON).date()
    assert set(evidence(repo.root, None, wanted, day).landings) == {"d/2026/x"}
