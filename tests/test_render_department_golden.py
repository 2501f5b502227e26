"""Main columns of a department's pages, held word for word.

`GOLDEN=write pytest tests/test_render_department_golden.py` writes them anew; read the diff.
"""

import os
from pathlib import Path

import pytest

from generator.render.department import department_pages
from tests.department_worlds import bureau

FOLDER = Path(__file__).parent / "golden" / "department"
HELD = (
    "index.html",
    "2026/reception-q3.html",
    "2026/gone.html",
    "slots/repairs/2026-Q3.html",
    "slots/repairs/index.html",
    "lists/wu-2026.html",
    "services/occupy-road.html",
    "guide.html",
)


def file_of(path: str) -> Path:
    return FOLDER / path.replace("/", "__")


@pytest.fixture(scope="module")
def mains() -> dict[str, str]:
    world = bureau()
    made = department_pages(world, world.departments["chengguan"])
    return {page.path: page.main + "\n" for page in made}


@pytest.mark.parametrize("path", HELD)
def test_the_main_column_is_what_was_read_and_approved(path: str, mains: dict[str, str]) -> None:
    if os.environ.get("GOLDEN") == "write":
        file_of(path).write_text(mains[path], encoding="utf-8")
    assert mains[path] == file_of(path).read_text(encoding="utf-8")


def test_every_expected_file_is_made_by_a_page() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {file_of(path).name for path in HELD}
