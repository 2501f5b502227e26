"""One stream out of a compound file (MS-CFB), the box of old Office files."""

import struct

_END = 0xFFFFFFFC
"""Sector numbers from here on end a chain."""
_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_stream(data: bytes, names: tuple[str, ...]) -> bytes:
    """Read the first stream with one of the names (lower case); ValueError where there is none."""
    if data[:8] != _SIGNATURE:
        raise ValueError("not a compound file")
    shift, small_shift = unpack("<HH", data, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise ValueError("odd sector size")
    size = 1 << shift
    directory, _, cutoff, small_start = unpack("<IIII", data, 48)
    fat = _fat(data, size)
    entries = _chain(directory, fat, data, size, size)
    for at in range(0, len(entries) - 127, 128):
        entry = entries[at : at + 128]
        name = entry[: max(0, unpack("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        if name.lower() not in names:
            continue
        start, length = unpack("<II", entry, 116)
        if length >= cutoff:
            return _chain(start, fat, data, size, size)[:length]
        small = _chain(small_start, fat, data, size, size)
        links = list(unpack(f"<{len(small) // 4}I", small, 0))
        container = _chain(unpack("<I", entries, 116)[0], fat, data, size, size)
        return _chain(start, links, container, 64, 0)[:length]
    raise ValueError("no such stream")


def unpack(form: str, data: bytes, at: int) -> tuple[int, ...]:
    """`struct.unpack_from` for whole numbers, raising ValueError where the data ends."""
    try:
        return struct.unpack_from(form, data, at)
    except struct.error as error:
        raise ValueError(str(error)) from None


def _fat(data: bytes, size: int) -> list[int]:
    count = unpack("<I", data, 44)[0]
    more, more_count = unpack("<II", data, 68)
    tables = [number for number in unpack("<109I", data, 76) if number < _END]
    per = size // 4
    for _ in range(min(more_count, len(data) // size + 1)):
        if more >= _END:
            break
        *numbers, more = unpack(f"<{per}I", data, (more + 1) * size)
        tables.extend(number for number in numbers if number < _END)
    fat: list[int] = []
    for number in tables[: min(count, len(data) // size + 1)]:
        fat.extend(unpack(f"<{per}I", data, (number + 1) * size))
    return fat


def _chain(start: int, links: list[int], source: bytes, step: int, skip: int) -> bytes:
    """Join the sectors of a chain; one that runs in a circle or out of the file is an error."""
    parts: list[bytes] = []
    while start < _END:
        at = start * step + skip
        if start >= len(links) or at >= len(source) or len(parts) > len(source) // step + 1:
            raise ValueError("broken chain")
        parts.append(source[at : at + step])
        start = links[start]
    return b"".join(parts)
