"""A site as a verifier meets it: a folder, or a ZIP with the site at its root."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class NoSite(Exception):
    """There is no site to verify; the argument says why, in Chinese."""


class Tree(Protocol):
    """Files by their path from the site's root."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every file, sorted."""

    def read(self, name: str) -> bytes | None:
        """A file's bytes; None where there is no such file, or it cannot be read."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A site on the disk."""

    root: Path
    names: tuple[str, ...]

    def read(self, name: str) -> bytes | None:
        """See `Tree`."""
        path = self.root / name
        try:
            return path.read_bytes() if path.is_file() else None
        except (OSError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class Bundle:
    """A site in a ZIP."""

    archive: zipfile.ZipFile
    names: tuple[str, ...]

    def read(self, name: str) -> bytes | None:
        """See `Tree`."""
        try:
            return self.archive.read(name)
        except (KeyError, OSError, ValueError, RuntimeError, zipfile.BadZipFile):
            return None


def open_tree(site: Path) -> Tree:
    """The site at that place; raises `NoSite`."""
    if site.is_dir():
        found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*"))
        return Folder(site, tuple(found))
    if not site.is_file():
        raise NoSite(f"没有 `{site}` 这个文件夹或压缩包")
    try:
        archive = zipfile.ZipFile(site)
    except (zipfile.BadZipFile, OSError) as error:
        raise NoSite(f"`{site}` 不是一个 ZIP 压缩包") from error
    return Bundle(archive, tuple(sorted(archive.namelist())))
