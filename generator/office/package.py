"""Zip packages (office files, archives), unpacked within bounds."""

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterator

from generator.article.worksheet import parse
from generator.office.passage import Gathering, UnreadableError

MAX_MEMBERS = 20_000
_STEP = 1 << 20


class Package:
    """The members of a zip file, by name; what is unpacked counts against the gathering's limit."""

    def __init__(self, data: bytes, out: Gathering) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        members = self._archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise UnreadableError(f"包里的文件超过 {MAX_MEMBERS // 10_000} 万个，没有检查")
        if any(member.flag_bits & 1 for member in members):
            raise UnreadableError("文件加了密码，没有检查；去掉密码再上传")
        self._members = {_name(member): member for member in members if not member.is_dir()}
        self._out = out

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all members, as the package lists them."""
        return tuple(self._members)

    def read(self, name: str) -> bytes | None:
        """Unpack a member; None where there is none.

        Neither the size it declares nor the size it has may pass the limit: raises UnreadableError.
        """
        member = self._members.get(name)
        if member is None:
            return None
        if member.file_size > self._out.unpacked:
            raise UnreadableError("解开后太大，没有检查")
        parts = []
        with self._archive.open(member) as stream:
            while piece := stream.read(_STEP):
                self._out.unpacked -= len(piece)
                if self._out.unpacked < 0:
                    raise UnreadableError("解开后太大，没有检查")
                parts.append(piece)
        return b"".join(parts)

    def matching(self, folder: str, end: str) -> Iterator[str]:
        """Names of members below a folder that end so, by number and name."""
        found = [n for n in self._members if n.startswith(folder) and n.endswith(end)]
        yield from sorted(found, key=lambda name: (len(name), name))

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Of a part: relation id → (last word of its type, target's name)."""
        folder, _, name = part.rpartition("/")
        data = self.read(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
        out: dict[str, tuple[str, str]] = {}

        def start(tag: str, found: dict[str, str]) -> None:
            if tag == "Relationship" and found.get("TargetMode") != "External":
                target = found.get("Target", "")
                full = target[1:] if target.startswith("/") else posixpath.join(folder, target)
                sort = found.get("Type", "").rpartition("/")[2]
                out[found.get("Id", "")] = (sort, posixpath.normpath(full))

        if data:
            parse(data, start)
        return out


def texts(data: bytes, wanted: str, each: Callable[[str], None], breaks: str = "") -> None:
    """Give the text of every element `wanted`; within it, elements `breaks` part lines."""
    parts: list[str] = []
    depth = 0

    def start(tag: str, found: dict[str, str]) -> None:
        nonlocal depth
        if tag == wanted:
            if depth == 0:
                parts.clear()
            depth += 1
        elif tag == breaks and depth and parts:
            parts.append("\n")

    def end(tag: str) -> None:
        nonlocal depth
        if tag == wanted:
            depth -= 1
            if depth == 0:
                each("".join(parts))

    def text(piece: str) -> None:
        if depth:
            parts.append(piece)

    parse(data, start, end, text)


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name: UTF-8 where it says so, else GBK, which Chinese archivers write."""
    name = member.filename.replace("\\", "/").lstrip("/")
    if not member.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            return name
    return name
