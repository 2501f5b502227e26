"""CODEOWNERS as each forge reads it: who owns a file.

GitHub takes the last line that matches; GitLab the last one in each section; Gitea and Forgejo
every line, each a regular expression. https://docs.github.com/articles/about-code-owners,
https://docs.gitlab.com/user/project/codeowners/reference/,
https://docs.gitea.com/usage/access-control/code-owners
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generator.forge.globs import github_glob, gitlab_glob

_PLACES: Mapping[str, tuple[str, ...]] = {
    "github": (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"),
    "gitlab": ("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"),
    "gitea": ("CODEOWNERS", "docs/CODEOWNERS", ".gitea/CODEOWNERS", ".forgejo/CODEOWNERS"),
}
"""Where each forge looks; the first file counts."""
_SECTION = re.compile(r"\^?\[([^\]]+)\](?:\[[0-9]+\])?(?=\s|$)")

Read = Callable[[str], str | None]
"""Path in the repository → its text on the branch that decides; None where there is none."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: what it matches, and whom it names."""

    pattern: re.Pattern[str]
    owners: tuple[str, ...]
    """Without the first `@`."""
    section: str
    excludes: bool
    """GitLab: takes the file out of the section. Gitea: matches what the pattern does not."""


@dataclass(frozen=True, slots=True)
class Owners:
    """The file of one branch."""

    forge: str
    lines: tuple[_Line, ...]

    def of(self, path: str) -> tuple[str, ...]:
        """Accounts, teams and e-mail addresses that own a file, each once, in the file's order."""
        match self.forge:
            case "gitea":
                hits = [
                    line
                    for line in self.lines
                    if (line.pattern.fullmatch(path) is not None) is not line.excludes
                ]
            case "gitlab":
                hits = _last_of_each(self.lines, path)
            case _:
                hits = [line for line in self.lines if line.pattern.fullmatch(path)][-1:]
        return tuple(dict.fromkeys(owner for line in hits for owner in line.owners))


def owners(forge: str, read: Read) -> Owners:
    """Read the file where `forge` looks for it; lines that the forge skips are skipped."""
    text = next((text for place in _PLACES[forge] if (text := read(place)) is not None), "")
    return Owners(forge, tuple(_lines(forge, text)))


def _last_of_each(lines: Sequence[_Line], path: str) -> list[_Line]:
    last: dict[str, _Line] = {}
    out = set()
    for line in lines:
        if line.pattern.fullmatch(path):
            last[line.section] = line
            if line.excludes:
                out.add(line.section)
    return [line for section, line in last.items() if section not in out]


def _lines(forge: str, text: str) -> list[_Line]:
    found = []
    section, default = "", tuple[str, ...]()
    for typed in text.splitlines():
        if forge == "gitlab" and (head := _SECTION.match(typed.strip())):
            section = head[1].strip().lower()
            default = _named(_words(typed.strip()[head.end() :]))
            continue
        words = _words(typed, keep=forge != "gitea")
        if not words:
            continue
        named = _named(words[1:])
        bare = words[0].removeprefix("!") if forge != "github" else words[0]
        pattern = _compiled(forge, bare)
        if pattern is not None:
            excludes = bare != words[0]
            found.append(_Line(pattern, named or default, section, excludes))
    return found


def _compiled(forge: str, typed: str) -> re.Pattern[str] | None:
    pattern = {"github": github_glob, "gitlab": gitlab_glob}.get(forge, str)(typed)
    try:
        return re.compile(pattern, re.DOTALL)
    except re.error:
        return None


def _words(line: str, keep: bool = True) -> list[str]:
    """Words up to a `#`; a backslash makes the next sign ordinary, and stays where `keep`."""
    words, word, after = [], "", False
    for sign in line.strip().replace("\t", " "):
        if after:
            word, after = word + (f"\\{sign}" if keep else sign), False
        elif sign == "\\":
            after = True
        elif sign == "#":
            break
        elif sign == " ":
            words.append(word)
            word = ""
        else:
            word += sign
    return [one for one in (*words, word) if one]


def _named(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.removeprefix("@") for word in words if "@" in word)
