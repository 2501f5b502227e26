"""Where a site lies, and how a new one takes its place without a moment in between."""

import contextlib
import ctypes
import errno
import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.publish.request import BuildError
from generator.publish.tree import remove

MARKER = "build.json"
"""What tells a site of ours from a folder that holds something else."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextlib.contextmanager
def claimed(out: Path) -> Iterator[Path]:
    """Hold the site at `out` for one build and give an empty folder to write the new one in.

    Beside `out` lies `.<name>.gongkai/`, with the lock and the work. What a dead build left there
    is mended and removed first. Whatever the body raises, the site that was there stays and the
    work is removed. Raises BuildError where `out` is not ours, or another build holds it.
    """
    work = work_folder(out)
    try:
        work.mkdir(parents=True, exist_ok=True)
        lock = (work / "lock").open("a+b")
    except OSError as error:
        raise _disk(error, out) from error
    with lock:
        _lock(lock.fileno(), out)
        try:
            _recover(out, work)
            _refuse_foreign(out)
            new = work / f"new-{os.getpid()}"
            new.mkdir()
            new.chmod(0o755)
            try:
                yield new
            finally:
                with contextlib.suppress(OSError):
                    remove(new)
        except OSError as error:
            raise _disk(error, out) from error


def work_folder(out: Path) -> Path:
    """The folder beside the site that holds the lock, the work and what builds remember."""
    return out.parent / f".{out.name}.gongkai"


def disk_time(folder: Path) -> int:
    """The time that the disk of `folder` would give a file written now, in nanoseconds."""
    probe = folder / "now"
    probe.write_bytes(b"")
    now = probe.stat().st_mtime_ns
    probe.unlink()
    return now


def swap_in(new: Path, out: Path) -> None:
    """Put the finished site `new` at `out`; a reader sees the old one or the new one, whole."""
    if not out.exists():
        new.rename(out)
        return
    if _exchange(new, out):
        return
    # Two steps where the system cannot exchange: a dead build in between is mended by the next.
    old = new.parent / "old"
    out.rename(old)
    try:
        new.rename(out)
    except OSError:
        old.rename(out)
        raise
    remove(old)


def _recover(out: Path, work: Path) -> None:
    old = work / "old"
    if old.exists() and not out.exists():
        old.rename(out)
    for left in (old, *work.glob("new-*")):
        remove(left)


def _refuse_foreign(out: Path) -> None:
    if not out.exists() and not out.is_symlink():
        return
    if not out.is_dir():
        raise BuildError(f"`{out}` 不是文件夹，换一个输出位置")
    if not any(out.iterdir()):
        return
    if not is_ours(out):
        raise BuildError(
            f"`{out}` 里有别的东西，不是本程序生成的网站，没有动它；换一个空的或者不存在的文件夹"
        )


def is_ours(out: Path) -> bool:
    """Whether the folder carries the marker of a site that this program built."""
    return str(_marker(out).get("generator", "")).startswith("gongkai ")


def site_url_of(out: Path) -> str:
    """The public address of the site built at `out`; empty where there is none."""
    return str(_marker(out).get("site", ""))


def _marker(out: Path) -> Mapping[str, object]:
    try:
        marker = json.loads((out / MARKER).read_bytes())
    except (OSError, ValueError):
        return {}
    return marker if isinstance(marker, dict) else {}


def _lock(descriptor: int, out: Path) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            # Not flock: a forked worker would hold that on after its parent was killed.
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise BuildError(f"另一次生成正在写 `{out}`，等它结束再运行") from error


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can (Linux 3.15 and later)."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    done: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.EXDEV):
        return False
    raise OSError(code, os.strerror(code), str(other))


def _disk(error: OSError, out: Path) -> BuildError:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            why = "磁盘满了，腾出空间再运行"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            why = "没有写的权限，换一个位置或者改权限"
        case errno.EBUSY | errno.EXDEV:
            why = "它是挂载点，不能整个替换，改用它里面的一个文件夹"
        case _:
            why = error.strerror or str(error)
    named = f"（{error.filename}）" if error.filename else ""
    return BuildError(f"写不了 `{out}`{named}：{why}")
