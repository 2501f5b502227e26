"""The parts of an Office Open XML file (ECMA-376), unpacked within bounds."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.parsers import expat

from generator.article.grid import TableError, TableTooLarge

_MEMBERS, _UNPACKED = 10_000, 64 * 1024 * 1024


class Parts:
    """The parts of a package, unpacked as they are asked for, up to 64 MB in all.

    `kind` names the file in messages: `Excel`, `Word`. Raises TableError for one with a password.
    """

    def __init__(self, archive: zipfile.ZipFile, kind: str) -> None:
        members = archive.infolist()
        self._kind = kind
        if len(members) > _MEMBERS:
            raise TableTooLarge(f"{kind} 文件里的部件太多，页面不展开")
        if any(member.flag_bits & 1 for member in members):
            raise TableError(f"{kind} 文件加了密码")
        self._archive = archive
        self._members = {member.filename.lower().lstrip("/"): member for member in members}
        self._left = _UNPACKED

    def read(self, name: str) -> bytes | None:
        """Unpack a part; None where there is none. The size it declares is all that is read."""
        member = self._members.get(name.lower())
        if member is None:
            return None
        self._left -= member.file_size
        if self._left < 0:
            raise TableTooLarge(f"{self._kind} 文件解开后太大，页面不展开")
        return self._archive.read(member)

    def need(self, name: str) -> bytes:
        """Unpack a part that must be there; KeyError where it is not."""
        data = self.read(name)
        if data is None:
            raise KeyError(name)
        return data


@contextmanager
def unpacked(data: bytes, kind: str) -> Iterator[Parts]:
    """The parts of the file `data`; whatever breaks while they are read raises TableError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Parts(archive, kind)
    except (
        zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, ValueError, KeyError,
        IndexError, OverflowError, NotImplementedError, RuntimeError, EOFError, OSError,
    ):  # fmt: skip
        message = f"{kind} 文件打不开，可能已损坏；在 {kind} 或 WPS 里另存一次再传"
        raise TableError(message) from None
