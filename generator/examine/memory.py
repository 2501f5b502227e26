"""What the gate knew of departments whose files have not changed, kept between runs.

It lies in the user's own cache folder and never in the root: what is unpickled here was written
by this user's own run, not by whoever proposed a change.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile

import generator
from generator.load import Ground

LEAST = 50
"""Files of a department below which reading them again is as quick."""
_DAYS = 30
"""After so many days without use a root's memory is thrown away."""
_CHUNK = 1 << 20
_LIBRARIES = ("pyyaml", "comrak-ext", "pypdf")


@dataclass(frozen=True, slots=True)
class Memory:
    """What is kept of one root."""

    folder: Path
    """In the user's cache folder."""

    def key(self, ground: Ground, folder: str, as_of: date) -> str:
        """By which a department's part is known: all that it was made from, hashed.

        Whether other departments' files stand is not in it: that is asked for at each recall.
        """
        digest = blake2b(_tool().encode(), digest_size=32)
        digest.update(f"{ground.root.absolute()}\0{as_of}\0{folder}\0".encode(errors="replace"))
        for path, source in sorted(ground.sources.items()):
            digest.update(f"{path}\0{len(source.text)}\0{source.text}\0".encode(errors="replace"))
        for piece in _contents(ground.root / "content" / folder):
            digest.update(piece)
        return digest.hexdigest()

    def recall(self, folder: str, key: str, stands: Callable[[str], bool]) -> bytes | None:
        """What was kept under the key, if the files of others still stand or lack as they did."""
        try:
            with (self.folder / folder).open("rb") as stream:
                kept_key, outside, digest = json.loads(stream.readline())
                if kept_key != key or any(stands(path) != was for path, was in outside.items()):
                    return None
                part = stream.read()
                return part if blake2b(part).hexdigest() == digest else None
        except (OSError, ValueError, TypeError, AttributeError):
            return None

    def keep(self, folder: str, key: str, outside: Mapping[str, bool], part: bytes) -> None:
        """Keep a part; where nothing can be written, nothing is kept."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            head = json.dumps([key, dict(outside), blake2b(part).hexdigest()])
            with NamedTemporaryFile(dir=self.folder, prefix=".new-", delete=False) as stream:
                unfinished = Path(stream.name)
                try:
                    stream.write(f"{head}\n".encode())
                    stream.write(part)
                    stream.close()
                    unfinished.replace(self.folder / folder)
                finally:
                    unfinished.unlink(missing_ok=True)
            _forget_old(self.folder.parent, (self.folder / folder).stat().st_mtime)
        except OSError:
            return


def memory_of(root: Path) -> Memory | None:
    """The memory of a root; None where the user has no cache folder."""
    home = _cache_folder()
    if home is None:
        return None
    name = blake2b(str(root.resolve()).encode(errors="replace"), digest_size=12).hexdigest()
    return Memory(home / "gongkai" / name)


def _cache_folder() -> Path | None:
    told = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        return Path(told) if told else Path.home() / ".cache"
    except RuntimeError:
        return None


def _forget_old(home: Path, now: float) -> None:
    for folder in home.iterdir():
        if folder.is_dir() and folder.stat().st_mtime < now - _DAYS * 86_400:
            shutil.rmtree(folder, ignore_errors=True)


@cache
def _tool() -> str:
    """The tool as it stands: its version, its files, and what it reads with."""
    from importlib.metadata import version  # takes longer to import than to ask

    package = Path(generator.__file__).parent
    said = [generator.__version__, sys.version, *(f"{n} {version(n)}" for n in _LIBRARIES)]
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".yml", ".txt"):
            state = path.stat()
            said.append(f"{path.relative_to(package)} {state.st_size} {state.st_mtime_ns}")
    return "\n".join(said)


def _contents(folder: Path) -> Iterator[bytes]:
    """Everything under a folder in a fixed order: names, kinds and bytes."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as broken:
        yield f"!{broken.errno}\0".encode()
        return
    for entry in found:
        yield os.fsencode(entry.name) + b"\0"
        if entry.is_symlink():
            yield b"@" + os.fsencode(Path(entry.path).readlink()) + b"\0"
        elif entry.is_dir():
            yield b"/"
            yield from _contents(Path(entry.path))
            yield b"\\"
        else:
            yield from _bytes(entry)


def _bytes(entry: os.DirEntry[str]) -> Iterator[bytes]:
    try:
        with Path(entry.path).open("rb", buffering=0) as stream:
            yield f"{entry.stat().st_size}\0".encode()
            while chunk := stream.read(_CHUNK):
                yield chunk
    except OSError as broken:
        yield f"!{broken.errno}\0".encode()
