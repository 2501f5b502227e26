"""Writing receipt files: one run at a time, each file whole, the seals last."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_SUFFIX = ".tmp"


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Wait until no other run on this machine holds the folder, then hold it.

    The lock is on the folder itself: it leaves no file behind and ends with the process. A
    folder made here and left empty is removed.
    """
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY) if sys.platform != "win32" else None
    try:
        if handle is not None:
            fcntl.flock(handle, fcntl.LOCK_EX)
        for left in folder.glob(f"*.jsonl{_SUFFIX}"):
            left.unlink()
        yield
    finally:
        if handle is not None:
            os.close(handle)
        if made and not any(folder.iterdir()):
            folder.rmdir()


def replace_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put whole files in place, in the order given: a run that dies leaves each old or new."""
    for name, data in files.items():
        beside = folder / f"{name}{_SUFFIX}"
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    for name in files:
        (folder / f"{name}{_SUFFIX}").replace(folder / name)
        # Each rename reaches the disk before the next: the seal must not come first.
        _sync(folder)


def _sync(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
