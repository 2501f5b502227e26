"""CODEOWNERS as the three forges' documentation reads it, and the words of a confirmation."""

import pytest

from generator.author.codeowners import Owned, codeowners
from generator.forge.owners import owners
from generator.report.review import named_in

ITEM = "content/chengguan/items/2026/a.md"


def of(forge: str, text: str, path: str = ITEM) -> tuple[str, ...]:
    place = {"github": ".github/CODEOWNERS", "gitlab": ".gitlab/CODEOWNERS"}.get(
        forge, "CODEOWNERS"
    )
    return owners(forge, {place: text}.get).of(path)


@pytest.mark.parametrize(
    ("line", "path", "owned"),
    [
        ("* @a", ITEM, True),
        ("/* @a", ITEM, False),
        ("/* @a", "site_config.yml", True),
        ("/content/chengguan/ @a", ITEM, True),
        ("/content/chengguan @a", ITEM, True),
        ("/content/cheng @a", ITEM, False),
        ("/chengguan/ @a", ITEM, False),
        ("chengguan/ @a", ITEM, True),
        ("items/2026/ @a", ITEM, False),
        ("content/*/items/ @a", ITEM, True),
        ("content/* @a", ITEM, False),
        ("content/* @a", "content/allow.yml", True),
        ("*.md @a", ITEM, True),
        ("**/2026/** @a", ITEM, True),
        ("/content/**/a.md @a", ITEM, True),
        ("/content/chengguan/ # 还没有", ITEM, False),
        ("# /content/chengguan/ @a", ITEM, False),
        ("/content/Chengguan/ @a", ITEM, False),
        ("a\\ b.md @a", "x/a b.md", True),
    ],
)
def test_github_reads_patterns_as_gitignore_does(line: str, path: str, owned: bool) -> None:
    assert of("github", line, path) == (("a",) if owned else ())


def test_on_github_the_last_line_decides_also_to_nobody() -> None:
    assert of("github", "* @a\n/content/chengguan/ @b @org/team c@d.example # 注\n") == (
        "b",
        "org/team",
        "c@d.example",
    )
    assert of("github", "* @a\n/content/chengguan/\n") == ()


@pytest.mark.parametrize(
    ("line", "owned"),
    [
        ("* @a", True),
        ("/content/chengguan/ @a", True),
        ("chengguan/ @a", True),
        ("/content/chengguan @a", False),
        ("/content/chengguan/* @a", False),
        ("/content/**/*.md @a", True),
        ("a.md @a", True),
        ("items/2026/a.md @a", True),
    ],
)
def test_gitlab_reads_patterns_as_fnmatch_does(line: str, owned: bool) -> None:
    assert of("gitlab", line) == (("a",) if owned else ())


def test_gitlab_sections_each_have_their_last_line() -> None:
    text = "* @a\n/content/ @b\n\n[保密][2] @c\n/content/chengguan/\n^[别处]\n/docs/ @d\n"
    assert of("gitlab", text) == ("b", "c")
    assert of("gitlab", f"{text}[保密]\n!*.md\n") == ("b",)
    assert of("gitlab", "/content/ @@maintainer") == ("@maintainer",)


def test_gitea_takes_every_line_as_a_regular_expression() -> None:
    text = "content/.* @a\ncontent/chengguan/.* @b\n!content/caizheng/.* @c\n([ @d\n.*\\.yml @e\n"
    assert of("gitea", text) == ("a", "b", "c")
    assert of("gitea", "chengguan/.* @a") == (), "from the beginning to the end"


@pytest.mark.parametrize("forge", ["github", "gitlab", "gitea"])
def test_what_init_writes_is_read_as_it_is_meant(forge: str) -> None:
    owned = (Owned("site_config.yml", ("s",), ""), Owned("content/chengguan/", ("l", "o/t"), ""))
    text = codeowners(forge, owned)
    assert of(forge, text) == ("l", "o/t")
    assert of(forge, text, "site_config.yml") == ("s",)
    assert of(forge, text, "README.md") == ()


def test_the_first_file_of_the_forge_s_places_counts() -> None:
    files = {"CODEOWNERS": "* @root", "docs/CODEOWNERS": "* @docs", ".github/CODEOWNERS": "* @hub"}
    assert owners("github", files.get).of(ITEM) == ("hub",)
    assert owners("gitlab", files.get).of(ITEM) == ("root",)
    assert owners("gitea", lambda _: None).of(ITEM) == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("确认 L201", {"L201"}),
        ("「确认 L201」", {"L201"}),
        ("逐处看过。确认L201、L203，属实", {"L201", "L203"}),
        ("- 确认 L201\r\n- 我确认：L204", {"L201", "L204"}),
        ("确认 Ｌ２０１", {"L201"}),
        ("`确认 L201`", {"L201"}),
        ("不确认 L201", set()),
        ("没有确认 L201", set()),
        ("L201 已核", set()),
        ("> 确认 L201", set()),
        ("```\n确认 L201\n```", set()),
        ("<!-- 确认 L201 -->", set()),
        ("批准时在审核意见里写「确认 L201」：`a.md` 第 3 行", set()),
    ],
)
def test_a_code_counts_where_the_reviewer_confirms_it(text: str, codes: set[str]) -> None:
    assert named_in(text) == codes
