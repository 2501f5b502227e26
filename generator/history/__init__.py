"""What Git and the receipts know of a path: first seen, changed, evidence grade."""

from generator.history.clean import clean
from generator.history.command import GitFailed, NoRepository, ShallowClone
from generator.history.evidence import evidence
from generator.history.git import (
    BEIJING,
    GitHistory,
    Vanished,
    ancestors,
    is_shallow,
    read_git,
    require_full,
    vanished,
)
from generator.history.lines import (
    GENESIS,
    Witnessed,
    hash_of,
    line_bytes,
    seal_bytes,
    witness_bytes,
)
from generator.history.lost import unheld
from generator.history.receipts import Break, Receipts, read_files, read_receipts
from generator.history.texts import Blob, NoRevision, blobs, contents, files_at, touches

__all__ = [
    "BEIJING",
    "GENESIS",
    "Blob",
    "Break",
    "GitFailed",
    "GitHistory",
    "NoRepository",
    "NoRevision",
    "Receipts",
    "ShallowClone",
    "Vanished",
    "Witnessed",
    "ancestors",
    "blobs",
    "clean",
    "contents",
    "evidence",
    "files_at",
    "hash_of",
    "is_shallow",
    "line_bytes",
    "read_files",
    "read_git",
    "read_receipts",
    "require_full",
    "seal_bytes",
    "touches",
    "unheld",
    "vanished",
    "witness_bytes",
]
