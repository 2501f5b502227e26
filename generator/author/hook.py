"""The gate before a commit: a script in the clone's own hooks folder, put there and taken away."""

import os
import shlex
import tempfile
from pathlib import Path

from generator.author.errors import AuthorError
from generator.history import GitFailed, NoRepository
from generator.history.command import answer

_OURS = "# gongkai hook"
_SCRIPT = """\
#!/bin/sh
{ours}: 提交前检查公开内容。卸载: gongkai hook uninstall
top=$(git rev-parse --show-toplevel) || exit 1
cd "$top"/{prefix} || exit 1
python={python}
if [ ! -x "$python" ]; then
  echo '没有提交: 找不到检查用的程序，内容没有检查' >&2
  echo '改法: 重新运行 gongkai hook install' >&2
  exit 1
fi
git diff --quiet -- . 2>/dev/null ||
  echo '有改动还没有 git add；检查的是文件夹里现在的样子，不是要提交的那一份' >&2
PYTHONPATH={package}${{PYTHONPATH:+:$PYTHONPATH}} "$python" -P -m generator check --root . >&2
case $? in
  0) exit 0 ;;
  1) echo '没有提交: 上面的错误改好再提交。提交进 Git 的内容删不干净，等于公开' >&2 ;;
  *) echo '没有提交: 检查没有做完' >&2 ;;
esac
exit 1
"""


def install(root: Path, python: Path, package: Path) -> Path:
    """Write the pre-commit hook of the clone that holds `root`; gives its path.

    `python` runs the check, `package` is the folder that holds the tool. Writing again renews
    it. Raises AuthorError where there is no clone, hooks lie elsewhere, or another's hook is there.
    """
    target = _target(root)
    if target.exists() and not _is_ours(target):
        raise AuthorError(
            f"已经有别的提交钩子，没有动它: {target}",
            "把 `gongkai check --root .` 加进那个钩子，或者移走它再装",
        )
    prefix = _line(root, "rev-parse", "--show-prefix")
    text = _SCRIPT.format(
        ours=_OURS,
        prefix=shlex.quote(prefix) if prefix else "",
        python=shlex.quote(str(python)),
        package=shlex.quote(str(package)),
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".gongkai-", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        beside.chmod(0o755)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return target


def uninstall(root: Path) -> Path | None:
    """Take the hook away; gives its path, None where there was none.

    Raises AuthorError where there is no clone, or the hook is another's.
    """
    target = _target(root)
    if not target.exists():
        return None
    if not _is_ours(target):
        raise AuthorError(f"这个提交钩子不是 gongkai 装的，没有动它: {target}", "要删的自己删")
    target.unlink()
    return target


def _target(root: Path) -> Path:
    try:
        elsewhere = _line(root, "config", "--default", "", "--get", "core.hooksPath")
        place = _line(root, "rev-parse", "--git-path", "hooks/pre-commit")
    except (GitFailed, NoRepository) as failed:
        raise AuthorError(
            f"{root} 不在 Git 仓库里", "在克隆下来的文件夹里运行，或者用 `--root` 指明"
        ) from failed
    if elsewhere:
        raise AuthorError(
            f"这个仓库的钩子由 `core.hooksPath` 管着，在 `{elsewhere}`",
            "在那里的 pre-commit 里加一行 `gongkai check --root .`",
        )
    return (root / place).resolve()


def _is_ours(target: Path) -> bool:
    return _OURS in target.read_text(encoding="utf-8", errors="replace")


def _line(root: Path, *arguments: str) -> str:
    return answer(root, *arguments).decode("utf-8", "surrogateescape").rstrip("\n")
