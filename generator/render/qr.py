"""QR codes as one SVG path."""

from dataclasses import dataclass

import segno

# Any of the eight masks reads; trying all of them to pick the prettiest takes five times as long.
_MASK = 2


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code of `text`: `path` fills the dark modules of a square `side` units wide."""

    text: str
    side: int
    path: str


def code(text: str) -> Code:
    """The code of a public address, error correction M, without a quiet zone."""
    symbol = segno.make_qr(text, error="m", mask=_MASK, boost_error=False)
    rows = tuple(bytes(row) for row in symbol.matrix)
    parts = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            run = 0
            while x + run < len(row) and row[x + run]:
                run += 1
            if run:
                parts.append(f"M{x} {y}h{run}v1h-{run}z")
            x += run or 1
    return Code(text, len(rows), "".join(parts))
