"""QR codes as one SVG path, made by the thousand: each item's page carries one.

segno lays out a version once; after that only the data modules of each text are reckoned.
The tests hold every code to segno's own.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

import segno
from segno import consts

_MASK = 2
"""Any of the eight masks reads; trying all of them to pick the prettiest takes much longer."""

_DATA = {consts.TYPE_DATA_DARK, consts.TYPE_DATA_LIGHT}
_BLOCKS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((16, 10),),
    2: ((28, 16),),
    3: ((44, 26),),
    4: ((32, 18),) * 2,
    5: ((43, 24),) * 2,
    6: ((27, 16),) * 4,
    7: ((31, 18),) * 4,
    8: ((38, 22),) * 2 + ((39, 22),) * 2,
    9: ((36, 22),) * 3 + ((37, 22),) * 2,
}
"""Version → data and check bytes of each block at level M (ISO/IEC 18004, table 9).

From version 10 on the length takes two bytes; no address of ours is that long.
"""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code of `text`: `path`, stroked one unit wide, draws a square `side` units wide."""

    text: str
    side: int
    path: str


@dataclass(frozen=True, slots=True)
class _Layout:
    """One version's modules: `pick` takes them in reading order from the stream and `01`."""

    side: int
    bits: int
    """Data modules, remainder bits included."""
    mask: int
    """The mask over the stream."""
    pick: Callable[[str], tuple[str, ...]]


def code(text: str) -> Code:
    """The code of a public address, error correction M, without a quiet zone."""
    data = text.encode()
    for version, blocks in _BLOCKS.items():
        if len(data) + 2 <= sum(size for size, _ in blocks):
            layout = _layout(version)
            stream = _stream(data, blocks, layout.bits) ^ layout.mask
            modules = "".join(layout.pick(f"{stream:0{layout.bits}b}01"))
            return Code(text, layout.side, _path(modules, layout.side))
    symbol = segno.make_qr(data, error="m", mode="byte", mask=_MASK, boost_error=False)
    side = len(symbol.matrix)
    return Code(text, side, _path("".join("01"[m] for row in symbol.matrix for m in row), side))


def _stream(data: bytes, blocks: tuple[tuple[int, int], ...], bits: int) -> int:
    """All codewords in the order in which they are laid, as one number of `bits` digits."""
    room = sum(size for size, _ in blocks)
    # Byte mode (0100), the length, the text, the terminator; then padding, which readers pass
    # over: a zero byte, as segno has it, and two bytes by turns.
    head = (0b0100 << 8 | len(data)) << (8 * len(data)) | int.from_bytes(data)
    words = (head << 4).to_bytes(len(data) + 2)
    words += (b"\0" + b"\xec\x11" * room)[: room - len(words)]
    parts, checks, at = [], [], 0
    for size, check in blocks:
        parts.append(words[at : at + size])
        checks.append(_check(parts[-1], check))
        at += size
    laid = bytes((*_interleave(parts), *_interleave(checks)))
    return int.from_bytes(laid) << (bits - 8 * len(laid))


def _interleave(parts: list[bytes]) -> Iterable[int]:
    for at in range(max(map(len, parts))):
        for part in parts:
            if at < len(part):
                yield part[at]


def _check(data: bytes, size: int) -> bytes:
    """Reed-Solomon check bytes: the remainder of the data over the generator."""
    table, top, keep = _remainders(size), 8 * (size - 1), (1 << (8 * (size - 1))) - 1
    rest = 0
    for byte in data:
        rest = (rest & keep) << 8 ^ table[(rest >> top) ^ byte]
    return rest.to_bytes(size)


@cache
def _remainders(size: int) -> tuple[int, ...]:
    """For each leading byte, what it adds to the remainder over the generator of `size`."""
    generator = [1]
    root = 1
    for _ in range(size):
        generator = [
            a ^ _times(b, root) for a, b in zip([*generator, 0], [0, *generator], strict=True)
        ]
        root = _times(root, 2)
    return tuple(
        int.from_bytes(bytes(_times(factor, lead) for factor in generator[1:]))
        for lead in range(256)
    )


def _times(a: int, b: int) -> int:
    """Product in the field of 256 elements over x^8+x^4+x^3+x^2+1."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 0x100:
            a ^= 0x11D
        b >>= 1
    return product


@cache
def _layout(version: int) -> _Layout:
    symbol = segno.make_qr(
        b"a", version=version, error="m", mode="byte", mask=_MASK, boost_error=False
    )
    kinds = [tuple(row) for row in symbol.matrix_iter(verbose=True, border=0)]
    side = len(kinds)
    order = [(x, y) for x, y in _zigzag(side) if kinds[y][x] in _DATA or _astray(x, y, kinds)]
    place = {where: at for at, where in enumerate(order)}
    bits = len(order)
    shown = [
        place.get((x, y), bits + symbol.matrix[y][x]) for y in range(side) for x in range(side)
    ]
    blank = _stream(b"a", _BLOCKS[version], bits)
    laid = int("".join("01"[symbol.matrix[y][x]] for x, y in order), 2)
    return _Layout(side, bits, laid ^ blank, itemgetter(*shown))


def _astray(x: int, y: int, kinds: list[tuple[int, ...]]) -> bool:
    """Whether segno calls a data module a format one: it counts 16 modules of a strip of 15."""
    side = len(kinds)
    if kinds[y][x] not in (consts.TYPE_FORMAT_DARK, consts.TYPE_FORMAT_LIGHT):
        return False
    near, far = range(9), range(side - 8, side)
    return not ((x == 8 and (y in near or y in far[1:])) or (y == 8 and (x in near or x in far)))


def _zigzag(side: int) -> Iterable[tuple[int, int]]:
    """Modules in the order in which the stream is laid: two columns at a time, up and down."""
    upward = True
    for right in range(side - 1, 0, -2):
        column = right if right > 6 else right - 1
        rows = range(side - 1, -1, -1) if upward else range(side)
        for y in rows:
            yield column, y
            yield column - 1, y
        upward = not upward


def _path(modules: str, side: int) -> str:
    """Strokes of one unit along each row; eight modules at a time, from a table."""
    parts = []
    for y in range(side):
        row = modules[y * side : (y + 1) * side]
        parts.append(f"M0 {y}.5")
        parts += [_strokes(row[x : x + 8]) for x in range(0, side, 8)]
    return "".join(parts)


@cache
def _strokes(modules: str) -> str:
    """`11100001` → `h3m4 0h1`: from the first module's edge to the last one's."""
    runs = (match.group() for match in re.finditer("0+|1+", modules))
    return "".join(f"h{len(run)}" if run[0] == "1" else f"m{len(run)} 0" for run in runs)
