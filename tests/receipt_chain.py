"""Receipt files written line by line at moments of the test's choosing."""

from datetime import date, datetime
from pathlib import Path

from generator.history.lines import hash_of, line_bytes, seal_bytes


class ReceiptChain:
    """One department's chain and the seals, appended to as `gongkai receipt` does."""

    def __init__(self, folder: Path, department: str = "chengguan") -> None:
        self.folder = folder
        self.department = department
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lines: list[bytes] = []
        self._seals: list[bytes] = []

    def append(
        self, at: str, item: str, slot: str | None, *, kind: str = "first",
        due: str | None = None, missing: tuple[str, ...] = (), sha256: str = "a" * 64,
    ) -> None:  # fmt: skip
        moment = datetime.fromisoformat(at)
        prev = hash_of(self._lines[-1]) if self._lines else "0" * 64
        line = line_bytes(
            seq=len(self._lines) + 1, at=moment, kind=kind, department=self.department,
            item=f"{self.department}/{item}", slot=f"{self.department}/{slot}" if slot else None,
            sha256=sha256, due=date.fromisoformat(due) if due else None, missing=missing,
            commit=None, clock_given=True, prev=prev,
        )  # fmt: skip
        self._lines.append(line)
        seal = seal_bytes(
            seq=len(self._seals) + 1, at=moment, commit=None,
            heads={self.department: (len(self._lines), hash_of(line))}, clock_given=True,
            prev=hash_of(self._seals[-1]) if self._seals else "0" * 64,
        )  # fmt: skip
        self._seals.append(seal)
        (self.folder / f"{self.department}.jsonl").write_bytes(b"".join(self._lines))
        (self.folder / "site.jsonl").write_bytes(b"".join(self._seals))
