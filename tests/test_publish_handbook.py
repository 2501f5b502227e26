"""The handbook says everything that a reader or a clerk can meet."""

import ast
import re
from pathlib import Path

import pytest

import generator
from generator.model import ExemptionKind, Status
from generator.publish.frame_book import HANDBOOK
from generator.render.theme import theme_folder

PACKAGE = Path(generator.__file__).parent
READERS = {
    "text", "texts", "pattern", "date", "choice", "integer", "flag", "span", "map", "maps", "nodes",
    "raw",
}  # fmt: skip
"""The methods of `source.Fields` that read a key."""


def handbook(name: str) -> str:
    return (theme_folder() / "handbook" / f"{name}.md").read_text(encoding="utf-8")


def keys_read_in(*modules: str) -> set[str]:
    """Every key that these modules read from a file that somebody types."""
    found = set()
    for module in modules:
        tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in READERS
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(str(node.args[0].value))
    return found


@pytest.mark.parametrize("status", list(Status))
def test_each_status_is_explained_with_its_mark(status: Status) -> None:
    rows = [line for line in handbook("reading").splitlines() if line.startswith("|")]
    assert any(row.startswith(f"| {status.mark} | {status.word} | ") for row in rows)


@pytest.mark.parametrize(
    ("page", "modules", "known"),
    [
        ("clerk", ("load/item.py", "load/attachment.py"), "withdrawn"),
        ("site", ("load/config.py", "load/department.py"), "reply_limits"),
        ("site", ("catalog/rows.py",), "whole_process"),
        ("supervisor", ("catalog/exemption_form.py",), "numbers"),
    ],
)
def test_each_key_that_is_read_is_documented(
    page: str, modules: tuple[str, ...], known: str
) -> None:
    keys = keys_read_in(*modules)
    assert known in keys
    text = handbook(page)
    assert {key for key in keys if f"`{key}`" not in text} == set()


def test_each_kind_of_exemption_is_documented() -> None:
    assert {kind for kind in ExemptionKind if f"`{kind.value}`" not in handbook("supervisor")} == (
        set()
    )


def test_each_page_is_in_the_book_has_one_h1_and_is_linked() -> None:
    pages = {path.stem for path in (theme_folder() / "handbook").glob("*.md")}
    assert pages == set(HANDBOOK)
    for name in HANDBOOK:
        heads = [line for line in handbook(name).splitlines() if line.startswith("# ")]
        assert len(heads) == 1, name
        if name != "index":
            assert f"({name}.md)" in handbook("index")


def test_days_are_never_bare() -> None:
    """look/README.md, Words: 个工作日 or 天, never `3 日`."""
    for name in HANDBOOK:
        assert not re.search(r"(?<![月0-9])[0-9] ?日(?![期历])", handbook(name)), name
