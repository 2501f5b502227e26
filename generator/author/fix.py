"""Mechanical repairs: the edits that findings carry, made in the files, comments kept."""

import errno
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostic import Diagnostic, Edit

_BOM = b"\xef\xbb\xbf"
_KEEPS_BOM_UNLESS = "byte-order-mark"
_KEEPS_CRLF_UNLESS = "carriage-return"


@dataclass(frozen=True, slots=True)
class Fixed:
    """What was mended, and what was left as it is."""

    mended: Mapping[str, int]
    """Path → findings mended in it."""
    left: Mapping[str, str]
    """Path → why it was not touched at all."""
    overlapping: int
    """Findings left for the next run: their repair meets another one's."""

    @property
    def sentence(self) -> str:
        """The state the files are in, in Chinese."""
        count = sum(self.mended.values())
        lines = [f"改好 {count} 处，动了 {len(self.mended)} 个文件" if count else "没有改动文件"]
        if self.overlapping:
            lines.append(f"有 {self.overlapping} 处和别的改动重叠，再运行一次 `check --fix`")
        lines += [f"{path} 没有改动: {reason}" for path, reason in sorted(self.left.items())]
        return "\n".join(lines)


def fix(root: Path, diagnostics: Iterable[Diagnostic]) -> Fixed:
    """Apply every edit to its file under `root`, each file whole or not at all.

    Offsets count characters of the text without byte order mark and with LF; GBK becomes UTF-8.
    A file that cannot be written stays as it was and is named in the result.
    """
    by_path: dict[str, list[Diagnostic]] = {}
    for diagnostic in sorted(diagnostics, key=lambda d: d.sort_key):
        if diagnostic.edits:
            by_path.setdefault(diagnostic.place.path, []).append(diagnostic)
    mended: dict[str, int] = {}
    left: dict[str, str] = {}
    overlapping = 0
    for path, found in by_path.items():
        target = root / path
        if reason := _refusal(root, target):
            left[path] = reason
            continue
        try:
            before = target.read_bytes()
            after, done = _mended(before, found)
            if after != before:
                _replace(target, after)
                mended[path] = done
            overlapping += len(found) - done
        except (OSError, UnicodeDecodeError) as error:
            left[path] = _reason(error)
    return Fixed(mended, left, overlapping)


def corrected(root: Path, path: str, diagnostics: Iterable[Diagnostic]) -> str | None:
    """What `fix` would make of one file of `root`, nothing written; None where it would not."""
    found = [d for d in sorted(diagnostics, key=lambda d: d.sort_key) if d.edits]
    target = root / path
    if not found or _refusal(root, target) is not None:
        return None
    try:
        before = target.read_bytes()
        after, _ = _mended(before, found)
        return after.decode("utf-8") if after != before else None
    except (OSError, UnicodeDecodeError):
        return None


_REASONS = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
}


def _reason(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "不是 UTF-8，也不是 GBK"
    return _REASONS.get(error.errno or 0, f"读写失败（{error.strerror}）")


def _refusal(root: Path, target: Path) -> str | None:
    if target.is_symlink():
        return "它是符号链接"
    if not target.resolve().is_relative_to(root.resolve()):
        return "它在文件夹之外"
    return None if target.is_file() else "它不是文件"


def _mended(data: bytes, found: list[Diagnostic]) -> tuple[bytes, int]:
    """The file's new bytes, and how many findings they mend."""
    bare = data.removeprefix(_BOM)
    try:
        text = bare.decode("utf-8")
    except UnicodeDecodeError:
        text = bare.decode("gb18030")
    names = {diagnostic.rule.name for diagnostic in found}
    crlf = "\r\n" in text and _KEEPS_CRLF_UNLESS not in names
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    chosen, done = _disjoint(found, len(text))
    for edit in sorted(chosen, key=lambda e: (e.start, e.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    kept = _BOM if data.startswith(_BOM) and _KEEPS_BOM_UNLESS not in names else b""
    return kept + (text.replace("\n", "\r\n") if crlf else text).encode(), done


def _disjoint(found: list[Diagnostic], length: int) -> tuple[set[Edit], int]:
    """Edits that do not meet, the first finding's first; a finding's edits go in together."""
    chosen: set[Edit] = set()
    done = 0
    for diagnostic in found:
        edits = set(diagnostic.edits) - chosen
        fits = all(0 <= e.start <= e.end <= length for e in edits) and not any(
            _meet(edit, other) for edit in edits for other in chosen
        )
        if fits:
            chosen |= edits
            done += 1
    return {edit for edit in chosen if edit.start != edit.end or edit.text}, done


def _meet(one: Edit, other: Edit) -> bool:
    if not (one.text or one.end > one.start) or not (other.text or other.end > other.start):
        return False
    if one.start == one.end or other.start == other.end:
        return max(one.start, other.start) < min(one.end, other.end) or one.start == other.start
    return one.start < other.end and other.start < one.end


def _replace(target: Path, data: bytes) -> None:
    mode = target.stat().st_mode & 0o7777
    handle, name = tempfile.mkstemp(prefix=".gongkai-", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(mode)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
