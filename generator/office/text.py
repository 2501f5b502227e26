"""Plain text and csv, whatever encoding a Chinese office program gave them."""

import csv
import io
import re

from generator.office.passage import Gathering, UnreadableError

_HEAD = 5
_QUOTED = re.compile(r'"[^"]*"')


def decoded(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or GBK; raises UnreadableError for anything else."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    for name in (encoding, "gb18030"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" in text[:10_000]:
            break
        return text
    raise UnreadableError("文字编码认不出来，没有检查；另存为 UTF-8 再上传")


def read_text(data: bytes, out: Gathering) -> None:
    """Lines of a text file, each at `第 n 行`."""
    shown = 0
    for number, line in enumerate(decoded(data).splitlines(), start=1):
        shown += bool(line.strip())
        out.line(line, f"第 {number} 行", head=shown <= _HEAD)


def read_csv(data: bytes, out: Gathering) -> None:
    """Rows of a csv file, each at `第 n 行`."""
    text = decoded(data)
    sample = _QUOTED.sub("", "\n".join(text[:20_000].splitlines()[:20]))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=sample.count))
    line, shown = 1, 0
    try:
        for row in reader:
            shown += 1
            out.cells(row, f"第 {line} 行", "csv", head=shown <= 3)
            line = reader.line_num + 1
    except csv.Error:
        out.not_checked.append(f"第 {line} 行起读不出来，没有检查；引号可能没有成对")
