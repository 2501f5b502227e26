"""Attachments made to break a reader: bounded memory, a clear line each, never a traceback."""

import io
import random
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.office import passages
from tests import office_files as files
from tests import xls_writer
from tests.xls_writer import XlsSheet

TESTS = Path(__file__).parent
MEBIBYTE = 1 << 20


def bounded(code: str, tmp_path: Path) -> str:
    """Run in a process of its own with 600 MB of memory; what it prints."""
    script = tmp_path / "run.py"
    script.write_text(
        f"import sys\nsys.path[:0] = [{str(TESTS)!r}, {str(TESTS.parent)!r}]\n"
        "import io, random, zipfile\nfrom tests import office_files as files\nfrom generator.office import passages\n"
        + code,
        encoding="utf-8",
    )

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (900 * MEBIBYTE, 900 * MEBIBYTE))

    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=120, preexec_fn=limit, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = done.stdout.strip().split("\n")
    assert int(lines[-1]) < 600, f"{lines[-1]} MB"
    return "\n".join(lines[:-1])


PEAK = "\nimport resource\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)\n"


def test_a_zip_bomb_is_refused_by_its_declared_size(tmp_path: Path) -> None:
    code = """
out = io.BytesIO()
with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
    with archive.open("a.txt", "w", force_zip64=True) as stream:
        for _ in range(2000):
            stream.write(b"0" * (1 << 20))
print(passages("a.zip", out.getvalue()).not_checked)
"""
    assert "解开后太大，没有检查" in bounded(code + PEAK, tmp_path)


def test_a_zip_bomb_that_lies_about_its_size_is_refused_too(tmp_path: Path) -> None:
    code = """
out = io.BytesIO()
with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("a.txt", b"0" * (150 << 20))
data = bytearray(out.getvalue())
size = (150 << 20).to_bytes(4, "little")
data = bytes(data).replace(size, (1000).to_bytes(4, "little"))
print(passages("a.zip", data).not_checked)
"""
    assert "没有检查" in bounded(code + PEAK, tmp_path)


def test_many_small_bombs_share_one_limit(tmp_path: Path) -> None:
    code = """
big = files.docx(files.paragraph("0" * (20 << 20)))
print(passages("a.zip", files.packed({f"{n}.docx": big for n in range(100)})).not_checked[:1])
"""
    assert "没有检查" in bounded(code + PEAK, tmp_path)


def test_a_workbook_of_200_mb(tmp_path: Path) -> None:
    code = """
row = '<row>' + '<c t="str"><v>%s</v></c>' * 10 + '</row>'
rng = random.Random(1)
out = io.BytesIO()
with zipfile.ZipFile(io.BytesIO(files.xlsx([["甲"]]))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
    for name in old.namelist():
        if name != "xl/worksheets/sheet1.xml":
            new.writestr(name, old.read(name))
    with new.open("xl/worksheets/sheet1.xml", "w") as stream:
        stream.write(b"<worksheet><sheetData>")
        size = 0
        while size < 190 << 20:
            piece = (row % tuple(rng.random() for _ in range(10))).encode() * 50
            size += stream.write(piece)
        stream.write(b"</sheetData></worksheet>")
data = out.getvalue()
out.close()
assert len(data) > 190 << 20
print(passages("a.xlsx", data).not_checked)
"""
    assert "解开后太大" in bounded(code + PEAK, tmp_path)


def test_a_workbook_with_more_cells_than_are_read(tmp_path: Path) -> None:
    code = """
rows = "".join(f'<row>{"<c><v>%d</v></c>" % n * 20}</row>' for n in range(70000))
with zipfile.ZipFile(io.BytesIO(files.xlsx([["甲"]]))) as old:
    parts = {n: old.read(n) for n in old.namelist()}
parts["xl/worksheets/sheet1.xml"] = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
data = files.packed(parts)
del rows, parts
found = passages("a.xlsx", data)
print(found.not_checked, len(found.passages) > 1000)
"""
    said = bounded(code + PEAK, tmp_path)
    assert "后面的部分没有检查" in said
    assert said.endswith("True")


def test_ten_thousand_comments(tmp_path: Path) -> None:
    code = """
data = files.docx(files.paragraph("正文"), comments=[f"批注{n}" for n in range(10000)])
found = passages("a.docx", data)
print(len(found.passages), found.passages[-1].locator, found.not_checked)
"""
    assert bounded(code + PEAK, tmp_path) == "10001 批注 第 10000 段 ()"


def test_a_pdf_of_2000_pages(tmp_path: Path) -> None:
    code = """
found = passages("a.pdf", files.pdf([[f"第{n}页的字"] for n in range(2000)]))
print(len(found.passages), found.not_checked)
"""
    assert bounded(code + PEAK, tmp_path) == "500 ('共 2000 页，第 501 页起没有检查',)"


def test_nested_elements_do_not_exhaust_the_reader() -> None:
    deep = files.docx("<w:tbl><w:tr><w:tc>" * 50_000 + "</w:tc></w:tr></w:tbl>" * 50_000)
    assert passages("a.docx", deep).passages == ()


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx"])
def test_entities_of_a_file_are_refused(name: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    parts: dict[str, str | bytes] = {
        "word/document.xml": bomb, "xl/workbook.xml": bomb, "ppt/presentation.xml": bomb,
    }  # fmt: skip
    kept = {"a.docx": "word/", "a.xlsx": "xl/", "a.pptx": "ppt/"}[name]
    data = files.packed({n: d for n, d in parts.items() if n.startswith(kept)})
    assert passages(name, data).not_checked == (
        "文件读不出来，可能已损坏，没有检查；另存一次再上传",
    )


SAMPLES: dict[str, Callable[[], bytes]] = {
    "a.docx": lambda: files.docx(files.paragraph("甲" * 50), files.word_table([["乙", "丙"]]), header="丁", comments=["戊"]),
    "a.xlsx": lambda: files.xlsx([["甲", "乙"]] * 20, hidden_sheet=[["丙"]], comment="丁", hidden_rows=[2]),
    "a.xls": lambda: xls_writer.xls(XlsSheet("明细", {(r, c): "甲" for r in range(20) for c in range(3)})),
    "a.pptx": lambda: files.pptx([["甲"], ["乙"]], notes="丙", comment="丁"),
    "a.pdf": lambda: files.pdf([["甲乙丙"]] * 3, info={"Author": "丁"}, note="戊"),
    "a.csv": lambda: "甲,乙\n".encode("gb18030") * 20,
    "a.txt": lambda: "甲乙\n".encode() * 20,
    "a.zip": lambda: files.packed({"a.csv": "甲,乙", "b.docx": files.docx(files.paragraph("丙"))}),
    "a.jpg": lambda: files.jpeg("张三", gps=True),
    "a.png": lambda: files.png({"Author": "李四"}, gps=True),
}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_a_broken_file_never_raises(name: str) -> None:
    whole = SAMPLES[name]()
    assert passages(name, whole).passages
    rng = random.Random(7)
    said = 0
    for round_ in range(150):
        data = bytearray(whole)
        match round_ % 4:
            case 0:
                del data[rng.randrange(len(data)) :]
            case 1:
                for _ in range(rng.randint(1, 8)):
                    data[rng.randrange(len(data))] = rng.randrange(256)
            case 2:
                at = rng.randrange(len(data))
                del data[at : at + rng.randint(1, 40)]
            case _:
                at = rng.randrange(len(data))
                data[at:at] = rng.randbytes(rng.randint(1, 40))
        found = passages(name, bytes(data))
        assert len(found.passages) < 2000
        said += bool(found.not_checked)
    if name in ("a.docx", "a.xlsx", "a.pptx", "a.zip", "a.pdf"):
        assert said > 30


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_that_is_not_what_its_name_says(name: str) -> None:
    for other, make in SAMPLES.items():
        passages(name, make())
        assert other
    passages(name, b"")
    passages(name, b"\x00" * 5000)
    passages(name, random.Random(3).randbytes(5000))


def test_a_locked_workbook_is_named() -> None:
    data = xls_writer.xls(XlsSheet("明细", {(0, 0): "甲"}), locked=True)
    assert "加了密码" in passages("a.xls", data).not_checked[0]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    locked = bytearray(out.getvalue())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(sign) + at] |= 1
    assert "加了密码" in passages("a.docx", bytes(locked)).not_checked[0]
