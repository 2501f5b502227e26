"""Files that are lists: exemptions, the allowed findings, the catalogue."""

from collections.abc import Callable

import pytest

from generator.catalog import read_exemptions, read_rows
from generator.diagnostic import Diagnostic
from generator.load.allow import read_allowed
from generator.source import Source, decode

Reader = Callable[[Source], list[Diagnostic]]
READERS: dict[str, Reader] = {
    "免除清单": lambda source: read_exemptions(source)[-1],
    "放行名单": lambda source: read_allowed(source)[-1],
    "公开目录": lambda source: read_rows(source, standard=False)[-1],
}


def _read(reader: Reader, text: str) -> list[Diagnostic]:
    source, found = decode("content/list.yml", text.encode())
    assert source is not None and not found
    return reader(source)


@pytest.mark.parametrize("name", READERS)
def test_an_empty_list_is_no_fault(name: str) -> None:
    assert _read(READERS[name], "") == []
    assert _read(READERS[name], "# 暂时没有\n") == []


@pytest.mark.parametrize("name", READERS)
def test_what_is_no_list_is_told_so_once(name: str) -> None:
    (found,) = _read(READERS[name], "department: chengguan\n")
    assert (found.rule.code, found.message) == ("F107", f"{name}应是一个列表")
    assert (found.place.line, found.place.column) == (1, 1)
    assert "`- " in found.hint


@pytest.mark.parametrize("name", READERS)
def test_an_entry_that_is_no_mapping_is_told_where_it_stands(name: str) -> None:
    found = _read(READERS[name], "- 城管局\n- [一, 二]\n")
    assert [d.place.line for d in found] == [1, 2]
    assert {d.rule.code for d in found} == {"F107"}
    assert all(d.message.startswith(f"{name}的每一") for d in found)
    assert all(d.message.endswith("应是一组字段") for d in found)
    assert all("`- " in d.hint for d in found)
