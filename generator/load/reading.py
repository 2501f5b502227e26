"""Reading the tree: files in a fixed order, each one's bytes once, faults collected."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from generator import office
from generator.article import Document, Draft, Table
from generator.diagnostic import Diagnostic, NotChecked, Place, Rule
from generator.rules import files as rules
from generator.source import Source, decode

NAME = re.compile(r"[a-z0-9-]{1,80}")
RESERVED = frozenset(
    {
        "site",
        "witness",
        "receipts",
        "catalog",
        "calendar",
        "exemptions",
        "rubric",
        "assets",
        "pagefind",
        "data",
        "class",
        "field",
        "handbook",
    }
)


CHARACTERS = 60_000_000
"""Text of a department's attachments that is kept; what goes beyond is named as not checked."""


@dataclass(frozen=True, slots=True)
class Attached:
    """What stands in one attachment, hidden parts too: for the gate, never for a page."""

    source: str
    """Where the file lies in the tree, relative to the root."""
    title: str
    item: str
    """Id of the first item or guide that carries it."""
    reading: office.Reading


@dataclass
class Reading:
    """What reading has gathered so far; filled by the modules of this room only."""

    root: Path
    folder: str | None = None
    """The department that is read; None for what all rest on."""
    characters: int = CHARACTERS
    """How much text of attachments may still be kept."""
    found: list[Diagnostic] = field(default_factory=list)
    not_checked: list[NotChecked] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    tables: dict[str, tuple[tuple[str, tuple[Table, ...]], ...]] = field(default_factory=dict)
    documents: dict[str, tuple[tuple[str, Document], ...]] = field(default_factory=dict)
    attached: dict[str, Attached] = field(default_factory=dict)
    """Path of an attachment → what stands in it."""
    outside: dict[str, bool] = field(default_factory=dict)
    """Files of other departments that were asked for, and whether they stand there."""
    files: int = 0
    """How many files were read."""

    def report(
        self, rule: Rule, path: str, message: str, hint: str, item: str | None = None
    ) -> None:
        """Add a finding about a whole file or folder."""
        self.found.append(Diagnostic(Place(path), rule, message, hint, item))

    def stands(self, path: str) -> bool:
        """Whether a file stands there; noted where it is another department's."""
        found = (self.root / path).is_file()
        if not path.startswith(f"content/{self.folder}/"):
            self.outside[path] = found
        return found

    def bytes(self, path: str) -> bytes | None:
        """A file's bytes; one that cannot be opened is reported."""
        self.files += 1
        try:
            return (self.root / path).read_bytes()
        except OSError as broken:
            self.report(
                rules.NOT_TEXT, path, f"文件打不开：{broken.strerror}", "检查文件的权限，重新上传"
            )
            return None

    def source(self, path: str) -> Source | None:
        """A text file, decoded; what is wrong with its bytes is reported."""
        data = self.bytes(path)
        if data is None:
            return None
        source, found = decode(path, data)
        self.found += found
        if source is not None:
            self.sources[path] = source
        return source

    def listing(self, path: str) -> tuple[tuple[str, bool], ...]:
        """Names in a folder with whether each is a folder, sorted by code points.

        Hidden names are left out; symbolic links and names that are not UTF-8 are reported.
        """
        folder = self.root / path
        if not folder.is_dir() or folder.is_symlink():
            return ()
        out = []
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith("."):
                    continue
                try:
                    name.encode("utf-8")
                except UnicodeEncodeError:
                    shown = os.fsencode(name).decode("utf-8", "replace")
                    self.report(
                        rules.NAME_NOT_UTF8,
                        f"{path}/{shown}",
                        "文件名不是 UTF-8，别的机器打不开",
                        "改成小写字母、数字和横线",
                    )
                    continue
                if entry.is_symlink():
                    self.report(
                        rules.SYMBOLIC_LINK,
                        f"{path}/{name}",
                        "这是快捷方式（符号链接），不是文件",
                        "把文件本身放到这里",
                    )
                    continue
                out.append((name, entry.is_dir()))
        return tuple(sorted(out))

    def misplaced(self, path: str, belongs: str) -> None:
        """Report a file that stands where nothing is read."""
        self.report(rules.MISPLACED_FILE, path, "文件放在这里不会公开", belongs)
