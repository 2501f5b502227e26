"""What a picture's file says of itself: where it was taken, by whom, and its comments."""

import re
import struct
import zlib
from collections.abc import Iterator

from generator.office.passage import Gathering

_ASCII = {0x010E: "ImageDescription", 0x013B: "Artist", 0x8298: "Copyright"}
_WIDE = {0x9C9B: "XPTitle", 0x9C9C: "XPComment", 0x9C9D: "XPAuthor", 0x9C9F: "XPSubject"}
_GPS = 0x8825
_MAX_TEXT = 1_000_000
_XMP_GPS = re.compile(rb"exif:GPSLatitude[=>\"']+\s*[0-9]")
_XMP_AUTHOR = re.compile(rb"<dc:creator>.{0,300}?<rdf:li[^>]*>([^<]{1,200})<", re.S)


def read_image(data: bytes, out: Gathering) -> None:
    """Metadata of a JPEG, PNG, TIFF, WebP or HEIC file; anything broken is passed over."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        _png(data, out)
    for block in _exif_blocks(data):
        try:
            _exif(block, out)
        except (struct.error, ValueError, IndexError):
            continue
    if _XMP_GPS.search(data):
        out.line("GPS", "元数据 GPS")
    for author in _XMP_AUTHOR.findall(data):
        out.line(author.decode("utf-8", "replace"), "元数据 creator")


def _exif_blocks(data: bytes) -> Iterator[bytes]:
    if data[:4] in (b"II*\x00", b"MM\x00*"):
        yield data
    at = -1
    for _ in range(4):
        at = data.find(b"Exif\x00\x00", at + 1)
        if at < 0:
            break
        yield data[at + 6 : at + 6 + 70_000]
    # WebP keeps the same block without its name.
    at = data.find(b"EXIF", 0, 1 << 26) if data[:4] == b"RIFF" else -1
    if at >= 0:
        yield data[at + 8 : at + 8 + 70_000].removeprefix(b"Exif\x00\x00")


def _exif(block: bytes, out: Gathering) -> None:
    order = "<" if block[:2] == b"II" else ">"
    if block[:2] not in (b"II", b"MM"):
        return
    for tag, sort, count, at in _entries(
        block, struct.unpack_from(order + "I", block, 4)[0], order
    ):
        size = min(count * (2 if sort == 3 else 1), 10_000)
        if size > 4 and tag != _GPS:
            at = struct.unpack_from(order + "I", block, at)[0]
        if tag in _ASCII:
            text = block[at : at + size].split(b"\x00")[0].decode("utf-8", "replace")
            out.line(text, f"元数据 {_ASCII[tag]}")
        elif tag in _WIDE:
            text = block[at : at + size].decode("utf-16-le", "replace").rstrip("\x00")
            out.line(text, f"元数据 {_WIDE[tag]}")
        elif tag == _GPS:
            inner = list(_entries(block, struct.unpack_from(order + "I", block, at)[0], order))
            if {2, 4} <= {found[0] for found in inner}:
                out.line("GPS", "元数据 GPS")


def _entries(block: bytes, at: int, order: str) -> Iterator[tuple[int, int, int, int]]:
    """Of each entry of a directory: tag, type, count, and where its value stands."""
    count = struct.unpack_from(order + "H", block, at)[0]
    for number in range(min(count, 500)):
        place = at + 2 + 12 * number
        tag, sort, values = struct.unpack_from(order + "HHI", block, place)
        yield tag, sort, values, place + 8


def _png(data: bytes, out: Gathering) -> None:
    at = 8
    for _ in range(10_000):
        if at + 8 > len(data):
            return
        size, name = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + min(size, _MAX_TEXT)]
        at += 12 + size
        if name == b"eXIf":
            try:
                _exif(body, out)
            except (struct.error, ValueError, IndexError):
                continue
        elif name in (b"tEXt", b"zTXt", b"iTXt"):
            key, _, rest = body.partition(b"\x00")
            out.line(_text(name, rest), f"元数据 {key.decode('latin-1')[:79]}")


def _text(name: bytes, rest: bytes) -> str:
    if name == b"tEXt":
        return rest.decode("latin-1")
    if name == b"zTXt":
        return _inflated(rest[1:]).decode("latin-1")
    packed, tail = rest[:1] == b"\x01", rest[2:].split(b"\x00", 2)[-1]
    return (_inflated(tail) if packed else tail).decode("utf-8", "replace")


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _MAX_TEXT)
    except zlib.error:
        return b""
