"""The text of a PDF, page by page, with its remarks, form fields and properties."""

import io
import logging
from collections.abc import Mapping

from pypdf import PageObject, PdfReader
from pypdf.generic import StreamObject

from generator.office.passage import FullError, Gathering, UnreadableError

MAX_PAGES, MAX_PAGE_BYTES, MAX_BYTES = 500, 1_000_000, 12_000_000
"""Pages, and bytes of drawing commands, that are read of one file; the rest is named."""
_HEAD = 3

# The library warns through logging; the gate has its own words for a broken file.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False


def read_pdf(data: bytes, out: Gathering) -> None:
    """Lines of every page at `第 n 页`; raises UnreadableError and FullError only."""
    try:
        _read(data, out)
    except (FullError, UnreadableError):
        raise
    except Exception:
        # A PDF can break its reader in any way; nothing the library raises may end the run.
        raise UnreadableError("PDF 文件读不出来，没有检查；重新导出一次再上传") from None


def _read(data: bytes, out: Gathering) -> None:
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("PDF 加了密码，没有检查；去掉密码再上传")
    for key, value in (reader.metadata or {}).items():
        out.line(str(value), f"元数据 {key.lstrip('/')}")
    total = len(reader.pages)
    left, blank, broken = MAX_BYTES, 0, list[int]()
    for number in range(1, min(total, MAX_PAGES) + 1):
        where = f"第 {number} 页"
        try:
            page = reader.pages[number - 1]
            size = _size(page)
            left -= size
            if size > MAX_PAGE_BYTES or left < 0:
                broken.append(number)
                continue
            lines = [line.strip() for line in page.extract_text().splitlines()]
            remarks = _remarks(page)
        except Exception:
            # As above, and the other pages are still worth reading.
            broken.append(number)
            continue
        lines = [line for line in lines if line]
        blank += not lines
        for index, line in enumerate(lines):
            out.line(line, where, head=index < _HEAD)
        for remark in remarks:
            out.line(remark, f"批注 {where}")
    if total > MAX_PAGES:
        out.not_checked.append(f"共 {total} 页，第 {MAX_PAGES + 1} 页起没有检查")
    if broken:
        out.not_checked.append(f"{len(broken)} 页读不出来，没有检查，第一处在第 {broken[0]} 页")
    if blank:
        out.not_checked.append(f"{blank} 页没有文字层（扫描件），图里的字没有检查")


def _size(page: PageObject) -> int:
    """Bytes of a page's drawing commands, and of the forms they call."""
    contents = page.get_contents()
    size = 0 if contents is None else len(contents.get_data())
    resources = page.get("/Resources")
    inner = resources.get_object() if resources is not None else None
    forms = inner.get("/XObject") if isinstance(inner, Mapping) else None
    named = forms.get_object() if forms is not None else None
    if isinstance(named, Mapping):
        for form in named.values():
            found = form.get_object()
            if isinstance(found, StreamObject) and found.get("/Subtype") == "/Form":
                size += len(found.get_data())
    return size


def _remarks(page: PageObject) -> list[str]:
    """What annotations and form fields of a page say."""
    out = []
    annotations = page.get("/Annots")
    for entry in annotations.get_object() if annotations is not None else ():
        found = entry.get_object()
        for key in ("/Contents", "/V"):
            value = found.get(key)
            if isinstance(value, str):
                out.append(value)
    return out
