"""A root of one's own, and a new item: both pass the gate the moment they are written."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.author.codeowners import Owned, codeowners
from generator.author.errors import AuthorError
from generator.author.init import FORGES, PRESETS, init
from generator.author.new import Answers, new, question, with_defaults
from generator.check import check
from generator.diagnostic import Severity
from generator.load import load
from generator.model import Repository, Row

TODAY = date(2026, 11, 24)


def start(root: Path, preset: str = "县", forge: str = "none") -> tuple[Path, ...]:
    return init(root, preset, forge, today=TODAY, version="1.2.3")


def read(root: Path) -> Repository:
    loaded = load(root)
    found = check(loaded, TODAY)
    assert [d for d in found if d.severity is Severity.ERROR] == []
    assert loaded.repository is not None
    return loaded.repository


@pytest.mark.parametrize("forge", FORGES)
@pytest.mark.parametrize("preset", PRESETS)
def test_a_fresh_root_loads_without_a_finding(tmp_path: Path, preset: str, forge: str) -> None:
    written = start(tmp_path / "root", preset, forge)
    assert all(path.is_file() for path in written)
    loaded = load(tmp_path / "root")
    assert check(loaded, TODAY) == ()
    assert loaded.repository is not None
    assert loaded.repository.site.forge.kind == forge
    assert [len(d.items) for d in loaded.repository.departments] == [1]


@pytest.mark.parametrize("forge", FORGES)
def test_a_fresh_root_holds_no_placeholder_and_pins_the_tool(tmp_path: Path, forge: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in start(tmp_path / "root", forge=forge)]
    assert not [text for text in texts if "@@" in text]
    pins = {pin for text in texts for pin in re.findall(r"gongkai==?\s*([0-9.]+[0-9])", text)}
    assert pins == {"1.2.3"}


@pytest.mark.parametrize("preset", PRESETS)
def test_what_the_readme_shows_to_write_passes_the_gate(tmp_path: Path, preset: str) -> None:
    root = tmp_path / "root"
    start(root, preset)
    said = (root / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```markdown\n(.*?)```", said, re.DOTALL)
    (name,) = re.findall(r"如 `([a-z0-9-]+\.md)`", said)
    (folder,) = (path.name for path in (root / "content").iterdir() if path.is_dir())
    (root / "content" / folder / "items/2026" / name).write_text(shown, encoding="utf-8")
    assert check(load(root), date(2026, 11, 24)) == ()


def test_init_beside_an_existing_file_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "site_config.yml").write_text("mine")
    with pytest.raises(AuthorError) as refused:
        start(tmp_path)
    assert "site_config.yml" in refused.value.message
    assert [p.name for p in tmp_path.iterdir()] == ["site_config.yml"]
    assert (tmp_path / "site_config.yml").read_text() == "mine"


def test_init_in_an_empty_clone_is_allowed(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    start(tmp_path)
    assert (tmp_path / "site_config.yml").is_file()


@pytest.mark.parametrize(("preset", "forge"), [("省", "github"), ("县", "gitee")])
def test_init_names_what_it_knows(tmp_path: Path, preset: str, forge: str) -> None:
    with pytest.raises(AuthorError) as refused:
        start(tmp_path / "root", preset, forge)
    assert "从 " in refused.value.hint
    assert not (tmp_path / "root").exists()


def test_owners_are_written_as_each_forge_reads_them(tmp_path: Path) -> None:
    owned = [
        Owned("site_config.yml", ("jd",), "监督机关"),
        Owned("content/a/", ("zhang", "li"), "审核人"),
        Owned("content/b/", (), "审核人"),
    ]
    for forge, lines in {
        "github": ["/site_config.yml @jd", "/content/a/ @zhang @li", "# /content/b/ @审核人的账号"],
        "gitea": [
            r"site_config\.yml @jd",
            "content/a/.* @zhang @li",
            "# content/b/.* @审核人的账号",
        ],
    }.items():
        assert codeowners(forge, owned).splitlines()[3:] == lines
    start_owned = init(
        tmp_path / "r", "县", "github", today=TODAY, version="1", supervisor="jd", reviewer="fu"
    )
    text = next(p for p in start_owned if p.name == "CODEOWNERS").read_text(encoding="utf-8")
    assert "/content/exemptions/ @jd\n" in text
    assert "/content/zhengfuban/ @fu\n" in text


def bound_rows() -> list[tuple[str, str]]:
    import tempfile

    pairs = []
    with tempfile.TemporaryDirectory() as folder:
        for preset in PRESETS:
            root = Path(folder) / preset
            start(root, preset)
            asked = question(read(root), Answers(department=None), TODAY)
            assert asked is not None
            assert asked.default is not None
            rows = question(read(root), Answers(asked.default), TODAY)
            assert rows is not None
            pairs += [(preset, category) for category in rows.choices]
    return pairs


@pytest.mark.parametrize(("preset", "category"), bound_rows())
def test_a_new_item_of_every_row_passes_the_gate(
    tmp_path: Path, preset: str, category: str
) -> None:
    start(tmp_path, preset)
    repository = read(tmp_path)
    if category == "基本/办事机构":
        (tmp_path / f"content/{repository.departments[0].folder}/items/2026/organs.md").unlink()
    answers = Answers(repository.departments[0].folder, category)
    while asked := question(repository, answers, TODAY):
        answer = asked.default or (asked.choices[0] if asked.choices else "a-matter")
        answers = answers.with_answer(asked.key, answer)
    path = new(repository, tmp_path, answers, TODAY)
    item = next(i for i in read(tmp_path).items if i.path == path.relative_to(tmp_path).as_posix())
    assert item.category == category
    assert "待补充" in item.body
    row = governing(repository, category)
    assert all(element.name in item.body for element in row.elements)


def governing(repository: Repository, category: str) -> Row:
    return repository.catalog.by_category(category)[0]


def test_defaults_answer_all_but_what_only_the_clerk_knows(tmp_path: Path) -> None:
    start(tmp_path)
    repository = read(tmp_path)
    filled = with_defaults(repository, Answers(category="财务/公务接待费"), TODAY)
    assert filled == Answers(
        "zhengfuban",
        "财务/公务接待费",
        "2026-Q3",
        None,
        None,
        "示例县人民政府办公室2026年第三季度公务接待费情况",
        "reception-q3",
    )
    path = new(repository, tmp_path, filled, TODAY)
    assert path.relative_to(tmp_path).as_posix() == "content/zhengfuban/items/2026/reception-q3.md"
    assert with_defaults(read(tmp_path), Answers(category="财务/公务接待费"), TODAY).slug == (
        "reception-q3-2"
    )


def test_a_notice_is_as_long_as_the_row_asks(tmp_path: Path) -> None:
    start(tmp_path)
    repository = read(tmp_path)
    answers = with_defaults(
        repository, Answers(category="人事/任前公示", period="临时", process="lead-1"), TODAY
    )
    text = new(repository, tmp_path, answers, TODAY).read_text(encoding="utf-8")
    # 2026-11-24 is a Tuesday: five working days, both ends counted, end on the Monday after.
    assert "notice: {from: 2026-11-24, to: 2026-11-30, contact:" in text
    assert (
        "review: {drafted: 经办人, secrecy: 保密审查人, approved: 审核人, on: 2026-11-24}" in text
    )


def test_what_must_be_told_before_is_begun_with_it(tmp_path: Path) -> None:
    start(tmp_path)
    for slug, phase in (("first", "before"), ("second", "after")):
        repository = read(tmp_path)
        known = Answers(category="物资/拍卖结果", process="cars", slug=slug)
        path = new(repository, tmp_path, with_defaults(repository, known, TODAY), TODAY)
        assert f"\nphase: {phase}\n" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"department": "nobody"}, "没有机关 `nobody`"),
        ({"category": "村务/电价"}, "公开目录里没有「村务/电价」"),
        ({"period": "2026-10"}, "期间 `2026-10` 和"),
        ({"period": "去年"}, "期间 `去年` 和"),
        ({"title": "短"}, "标题有 1 个字"),
        ({"slug": "../../../etc/passwd"}, "文件名 `../../../etc/passwd` 不能用"),
        ({"slug": "公务接待"}, "文件名 `公务接待` 不能用"),
        ({"slug": "taken"}, "taken.md` 已经有了"),
        ({"slug": "taken-folder"}, "taken-folder.md` 已经有了"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_written(
    tmp_path: Path, change: dict[str, str], said: str
) -> None:
    start(tmp_path)
    repository = read(tmp_path)
    items = tmp_path / "content/zhengfuban/items/2026"
    (items / "taken.md").write_text("x")
    (items / "taken-folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    answers = with_defaults(repository, Answers(category="财务/公务接待费"), TODAY)
    with pytest.raises(AuthorError) as refused:
        new(repository, tmp_path, replace(answers, **change), TODAY)
    assert said in refused.value.message
    assert sorted(tmp_path.rglob("*")) == before
    assert (items / "taken.md").read_text() == "x"


def test_a_missing_answer_is_named_by_its_option(tmp_path: Path) -> None:
    start(tmp_path)
    with pytest.raises(AuthorError) as refused:
        new(read(tmp_path), tmp_path, Answers(department="zhengfuban"), TODAY)
    assert (refused.value.message, refused.value.hint) == (
        "还不知道公开事项",
        "加上 `--category`",
    )


@pytest.mark.parametrize(
    "title", ["预算: 2026 # 年", "[示例] {预算}", "'引号\"预算", "- 预算说明", "2026", "true"]
)
def test_a_title_of_any_signs_is_read_back_as_typed(tmp_path: Path, title: str) -> None:
    start(tmp_path)
    repository = read(tmp_path)
    answers = with_defaults(repository, Answers(category="财务/公务接待费"), TODAY)
    new(repository, tmp_path, replace(answers, title=title), TODAY)
    titles = [item.title for item in read(tmp_path).items]
    assert title in titles
