"""What changed of each item, for the page that a sheet's QR code opens."""

import json

from generator.assess import Change
from generator.model import Department
from generator.render.page import Asset
from generator.render.world import World


def history_files(world: World, department: Department) -> tuple[Asset, ...]:
    """`history/<year>/<slug>.json` of every item that changed, in the department's order.

    A list, newest first: `sha256` and `from` (hashes of the records after and before; null
    without receipts), `at`, `kind`, and `diff`, pairs of a sign (`=` `-` `+`) and a passage;
    `diff` is empty where the texts are not known or may not be shown again.
    """
    return tuple(
        Asset(f"history/{item.year}/{item.slug}.json", _file(world.histories[item.id].changes))
        for item in department.items
        if item.id in world.histories and world.histories[item.id].changes
    )


def _file(changes: tuple[Change, ...]) -> bytes:
    entries = [
        {
            "sha256": change.after,
            "from": change.before,
            "at": change.at.isoformat(),
            "kind": change.kind.value,
            "diff": [[sign.value, text] for sign, text in change.parts or ()],
        }
        for change in changes
    ]
    return (json.dumps(entries, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
