"""A site being written: files beside the old ones, unchanged ones linked and not written."""

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from generator.publish.request import BuildError


class Tree:
    """Writes the files of one folder of the new site; knows the same folder of the old one.

    Is used under `plain_modes`. A file whose bytes are the old one's is linked
    to it, so that it is not written and keeps its time.
    """

    def __init__(self, folder: Path, old: Path | None) -> None:
        self.folder = folder
        self.old = old
        self._written: set[str] = set()
        self._folders: set[Path] = set()
        self._make(folder)

    def write(self, path: str, data: bytes) -> None:
        """Write `data` at `path`, relative with `/`. Raises BuildError on a path used twice."""
        if path in self._written:
            raise BuildError(f"两个内容要写到同一个网址：{path}")
        parts = path.split("/")
        if not all(parts) or ".." in parts or "." in parts or "\\" in path or "\0" in path:
            raise BuildError(f"网址不合规：{path}")
        self._written.add(path)
        target = self.folder.joinpath(*parts)
        self._make(target.parent)
        if self.old is not None and _linked(self.old.joinpath(*parts), target, data):
            return
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(target, flags, 0o644), "wb") as file:
            file.write(data)

    def has(self, path: str) -> bool:
        """Whether something was written at `path`."""
        return path in self._written

    def _make(self, folder: Path) -> None:
        if folder in self._folders:
            return
        if not folder.is_dir():
            if folder != self.folder:
                self._make(folder.parent)
            folder.mkdir(parents=folder == self.folder, exist_ok=True)
        self._folders.add(folder)


@contextlib.contextmanager
def plain_modes() -> Iterator[None]:
    """Files are 0644 and folders 0755 inside, whatever the umask of the caller.

    One switch for all that is written, in this process and those it starts: to set each file's
    mode by itself costs a disk operation a file.
    """
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def keep(old: Path, new: Path) -> None:
    """Carry a folder or file over unchanged, linked where the disk can."""
    if old.is_dir():
        shutil.copytree(old, new, symlinks=True, copy_function=_link_or_copy, dirs_exist_ok=True)
    else:
        _link_or_copy(str(old), str(new))


def remove(path: Path) -> None:
    """Remove a folder or file that may not be there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _linked(old: Path, new: Path, data: bytes) -> bool:
    """Link `new` to `old` where `old` is a plain file of exactly these bytes."""
    try:
        found = old.lstat()
        if (
            not stat.S_ISREG(found.st_mode)
            or found.st_size != len(data)
            or stat.S_IMODE(found.st_mode) != 0o644
            or old.read_bytes() != data
        ):
            return False
        os.link(old, new)
    except OSError:
        return False
    return True


def _link_or_copy(old: str, new: str) -> str:
    with contextlib.suppress(OSError):
        os.link(old, new, follow_symlinks=False)
        return new
    return str(shutil.copy2(old, new, follow_symlinks=False))
