"""Any attachment → its passages, or the reason why it was not read."""

import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from xml.parsers import expat

from generator.article.grid import TableError
from generator.office.image import read_image
from generator.office.package import Package
from generator.office.passage import (
    MAX_CHARACTERS,
    FullError,
    Gathering,
    Reading,
    UnreadableError,
)
from generator.office.properties import read_properties
from generator.office.slides import read_slides
from generator.office.text import read_csv, read_text
from generator.office.word import read_word
from generator.office.workbook import read_new_workbook, read_old_workbook

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_IMAGES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic")
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz")
_SAVE_AS = {".doc": "docx", ".wps": "docx", ".rtf": "docx", ".ppt": "pptx", ".dps": "pptx"}
_FAILURES = (
    zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, ValueError, KeyError,
    IndexError, TypeError, OverflowError, NotImplementedError, RuntimeError, EOFError, OSError,
)  # fmt: skip
"""What reading a broken file raises; RecursionError is a RuntimeError."""


def passages(path: str, data: bytes) -> Reading:
    """Everything that stands in an attachment, hidden parts too, in the order of the file.

    `path` is any path that ends in the file's name. Bounded in time and memory whatever the
    bytes; raises nothing for them. What was not read is named in `not_checked`.
    """
    out = Gathering()
    _into(out, path, data, inside=0)
    return Reading(tuple(out.passages), tuple(dict.fromkeys(out.not_checked)))


def _into(out: Gathering, path: str, data: bytes, inside: int) -> None:
    before = out.inner.strip()
    named = f"{before}：" if before else ""
    reasons = len(out.not_checked)
    try:
        _read(out, path, data, inside)
    except FullError:
        if inside:
            raise
        out.not_checked.append(f"文字超过 {MAX_CHARACTERS // 10_000} 万字，后面的没有检查")
    except (UnreadableError, TableError) as reason:
        out.not_checked.append(str(reason))
    except _FAILURES:
        out.not_checked.append("文件读不出来，可能已损坏，没有检查；另存一次再上传")
    if named:
        for index in range(reasons, len(out.not_checked)):
            if not out.not_checked[index].startswith("包内/"):
                out.not_checked[index] = named + out.not_checked[index]


def _read(out: Gathering, path: str, data: bytes, inside: int) -> None:
    suffix = PurePosixPath(path).suffix.lower()
    match suffix:
        case ".docx" | ".xlsx" | ".pptx" | ".xls" | ".et" | ".wps" | ".dps" if _zipped(data):
            _office(out, data, inside)
        case ".xls" | ".et":
            read_old_workbook(data, out)
        case ".docx" | ".xlsx" | ".pptx" if data.startswith(_COMPOUND):
            raise UnreadableError(
                "文件加了密码，或者是改了扩展名的旧格式，没有检查；另存一次再上传"
            )
        case ".pdf":
            from generator.office.pdf import read_pdf  # its library takes 30 ms to load

            read_pdf(data, out)
        case ".csv":
            read_csv(data, out)
        case ".txt" | ".md" | ".json":
            read_text(data, out)
        case ".zip":
            if inside:
                raise UnreadableError("压缩包里的压缩包没有检查；解开再上传")
            _archive(out, data)
        case _ if suffix in _IMAGES:
            read_image(data, out)
            if not inside:
                out.not_checked.append("图片里的字没有检查")
        case _ if suffix in _SAVE_AS:
            raise UnreadableError(f"{suffix} 文件没有检查；另存为 {_SAVE_AS[suffix]} 再上传")
        case _ if suffix in _ARCHIVES:
            raise UnreadableError(
                "压缩包里的压缩包没有检查；解开再上传"
                if inside
                else f"{suffix} 压缩包没有检查；解开或改用 zip 再上传"
            )
        case _:
            raise UnreadableError(f"{suffix or '没有扩展名的'} 文件不在检查范围内，没有检查")


def _zipped(data: bytes) -> bool:
    return data.startswith(_ZIP)


def _office(out: Gathering, data: bytes, inside: int) -> None:
    package = Package(data, out)
    names = set(package.names)
    if "word/document.xml" in names:
        read_word(package, out)
    elif "ppt/presentation.xml" in names:
        read_slides(package, out)
    else:
        read_new_workbook(package, out)
    read_properties(package, out)
    if inside < 2:
        for name in package.names:
            if "/embeddings/" in name or "/media/" in name:
                _member(out, package, name, 2)


def _archive(out: Gathering, data: bytes) -> None:
    package = Package(data, out)
    for name in package.names:
        if not name.startswith("__MACOSX/"):
            _member(out, package, name, 1)


def _member(out: Gathering, package: Package, name: str, inside: int) -> None:
    """A file inside another, its locators headed by its own path."""
    if inside == 2 and PurePosixPath(name).suffix.lower() not in (
        *_IMAGES, ".docx", ".xlsx", ".pptx", ".xls", ".pdf",
    ):  # fmt: skip
        return
    outer = out.inner
    data = package.read(name)
    out.inner = f"{outer}包内/{name} "
    if data:
        _into(out, name, data, inside)
    out.inner = outer
