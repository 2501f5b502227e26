"""The two forms of file patterns in CODEOWNERS, as regular expressions over a whole path."""

import re


def github_glob(typed: str) -> str:
    """Patterns as in .gitignore; GitHub knows no `!` and no `[ ]`, so those are plain signs."""
    bare = typed.strip("/")
    anchored = typed.startswith("/") or "/" in bare
    pattern = ("" if anchored else "(?:.*/)?") + _signs(bare)
    if typed.endswith("/"):
        return f"{pattern}/.*"
    # A folder's name owns what is below it, but `docs/*` stops at its own files.
    return pattern if anchored and bare.rpartition("/")[2] == "*" else f"{pattern}(?:/.*)?"


def gitlab_glob(typed: str) -> str:
    """Ruby's `File.fnmatch` with FNM_PATHNAME and FNM_DOTMATCH, after GitLab's completion."""
    whole = "/**/*" if typed == "*" else typed
    if not whole.startswith("/"):
        whole = f"/**/{whole}"
    if whole.endswith("/"):
        whole = f"{whole}**/*"
    return _signs(whole.removeprefix("/"))


def _signs(typed: str) -> str:
    pattern, at = "", 0
    while at < len(typed):
        if typed.startswith("**/", at) and (at == 0 or typed[at - 1] == "/"):
            pattern, at = pattern + "(?:.*/)?", at + 3
        elif typed[at:] == "**" and (at == 0 or typed[at - 1] == "/"):
            pattern, at = f"{pattern}.*", at + 2
        elif typed[at] == "*":
            pattern, at = f"{pattern}[^/]*", at + 1
        elif typed[at] == "?":
            pattern, at = f"{pattern}[^/]", at + 1
        elif typed[at] == "\\" and at + 1 < len(typed):
            pattern, at = pattern + re.escape(typed[at + 1]), at + 2
        else:
            pattern, at = pattern + re.escape(typed[at]), at + 1
    return pattern
