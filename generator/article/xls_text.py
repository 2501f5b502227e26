"""Text in an xls's records, which may run on from one record into the next."""


class Chunks:
    """A reader over a record and its continuations (MS-XLS 2.5.293, 2.5.294)."""

    def __init__(self, parts: list[bytes], offset: int) -> None:
        self._parts, self._index, self._at = parts, 0, offset

    def number(self, size: int) -> int:
        """A whole number of `size` bytes."""
        return int.from_bytes(self._bytes(size), "little")

    def text(self, length: int, wide: bool) -> str:
        """A text of `length` characters: with its flags (Unicode), or plain GBK."""
        if not wide:
            return self._bytes(length).decode("gb18030", "replace")
        return self._characters(length, self.number(1))

    def rich(self) -> str:
        """A text of the shared table; runs of fonts and readings are passed over."""
        length, flags = self.number(2), self.number(1)
        runs = self.number(2) if flags & 8 else 0
        extra = self.number(4) if flags & 4 else 0
        text = self._characters(length, flags)
        self._bytes(runs * 4 + extra)
        return text

    def _characters(self, length: int, flags: int) -> str:
        """Characters of one or two bytes; a continuation begins with flags of its own."""
        parts: list[str] = []
        while True:
            size = 2 if flags & 1 else 1
            here = min(length, (len(self._parts[self._index]) - self._at) // size)
            raw = self._bytes(here * size)
            parts.append(raw.decode("utf-16-le" if size == 2 else "latin-1", "replace"))
            length -= here
            if length == 0:
                return "".join(parts)
            self._index, self._at = self._index + 1, 0
            flags = self.number(1)

    def _bytes(self, count: int) -> bytes:
        out = bytearray()
        while len(out) < count:
            if self._index >= len(self._parts):
                raise ValueError("text runs out of its record")
            part = self._parts[self._index]
            taken = part[self._at : self._at + count - len(out)]
            out += taken
            self._at += len(taken)
            if len(out) < count:
                self._index, self._at = self._index + 1, 0
        return bytes(out)
