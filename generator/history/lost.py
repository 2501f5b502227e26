"""Items that a receipt saw public and the tree no longer holds, whatever Git's history says."""

from pathlib import Path

from generator.history.git import Vanished
from generator.history.receipts import read_receipts


def unheld(root: Path, receipts: Path) -> tuple[Vanished, ...]:
    """Items with a line in the mounted `receipts` and no file under `root`, by id.

    A rewritten branch takes an item out of the tree and out of history at once; its receipts
    stand on another branch and still know it.
    """
    if not receipts.is_dir():
        return ()
    found: dict[str, Vanished] = {}
    for chain in read_receipts(receipts).lines.values():
        for line in chain:
            if line.item in found:
                continue
            department, year, slug = line.item.split("/")
            stem = f"content/{department}/items/{year}/{slug}"
            if not any((root / f"{stem}{end}").is_file() for end in (".md", "/index.md")):
                found[line.item] = Vanished(line.item, f"{stem}.md", line.commit or "")
    return tuple(found[item] for item in sorted(found))
