"""Who must approve what, in each forge's own syntax."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_HEAD = (
    "# 谁的内容由谁审核。账号前加 @；怎么审核见「审核人手册」。",
    "# 目录、日历、例外、设置归监督机关：机关不能自己给自己批例外。",
)


@dataclass(frozen=True, slots=True)
class Owned:
    """One folder or file, from the root, and the accounts that approve its changes."""

    path: str
    """Ends in a slash for a folder."""
    accounts: tuple[str, ...]
    """Without `@`. None yet: the line is written as a comment that asks for them."""
    note: str


def codeowners(forge: str, owned: Sequence[Owned]) -> str:
    """The file's text; `forge` is `github`, `gitlab` or `gitea`.

    GitHub and GitLab take the last line that matches, Gitea and Forgejo read Go regular
    expressions and take every line that matches.
    """
    lines = [*_HEAD, ""]
    for entry in owned:
        pattern = _regex(entry.path) if forge == "gitea" else f"/{entry.path}"
        accounts = " ".join(f"@{account}" for account in entry.accounts)
        line = f"{pattern} {accounts}" if accounts else f"# {pattern} @{entry.note}的账号"
        lines.append(line)
    return "\n".join(lines) + "\n"


def _regex(path: str) -> str:
    escaped = re.sub(r"([.+*?()\[\]{}|^$\\])", r"\\\1", path)
    return f"{escaped}.*" if path.endswith("/") else escaped
