"""A county that lives through a scripted year: its steps, its public address, its ledgers."""

import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator.author.purge import purge
from generator.history import read_receipts
from generator.model import Ledger
from generator.witness import Outcome, verify
from generator.witness.append import Unconfirmed
from tests.worlds import County

REPOSITORY = Path(__file__).resolve().parents[1]

CONFIG = """\
site:
  name: 试验市政府信息公开
  url: URL
  region: 试验市
  level: 县级
  sponsor: 试验市人民政府办公室
departments: [chengguan]
judge: {from: receipt, since: 2026-01-01, due_soon: 5 workdays}
receipts: receipts
catalog: {use: []}
"""
CATALOG = """\
- category: 财务/收支月报
  slug: monthly
  class: 财
  elements: [收入, 支出]
  figures: [支出]
  basis: [《政府信息公开条例》第二十条第七项]
  every: month
  due: {within: 10 workdays, after: period_end}
- category: 通知公告/文件
  slug: papers
  class: 基本
  basis: [《政府信息公开条例》第二十条第一项]
  every: event
  due: {within: 20 workdays, after: formed}
- category: 机构/职能
  slug: functions
  class: 基本
  basis: [《政府信息公开条例》第二十条第二项]
  every: standing
  due: standing
"""
OTHER = """\
name: 试验市财政局
kind: 部门
phone: 0000-8000002
complaints: 0000-8000003
start: 2026-05-01
"""
SECRETS = ("欧阳某甲家住柳树巷七排", "因肾病申请救助")
DAYS = ("05-20", "08-22", "10-21", "12-20")
"""On which the ledger is read."""
Table = dict[str, str]
LOST_PAGE = "/chengguan/2026/unserved.html"


class Address:
    """The public address: a folder served, which may be down or hide a page."""

    def __init__(self, folder: Path) -> None:
        self.down = False
        self.hidden = {LOST_PAGE}
        address = self

        class Handler(SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                if address.down or self.path in address.hidden:
                    self.send_error(500 if address.down else 404)
                else:
                    super().do_GET()

            def log_message(self, *arguments: object) -> None:
                """Keep quiet."""

        folder.mkdir(parents=True)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"


@contextmanager
def public_address(folder: Path) -> Iterator[Address]:
    """The address, served until the block ends."""
    address = Address(folder)
    thread = threading.Thread(target=address.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield address
    finally:
        address.server.shutdown()
        address.server.server_close()
        thread.join()


@dataclass(frozen=True)
class Run:
    """One publishing run: what was done before it, and what it must come to."""

    at: str
    """Month, day and hour in Beijing: `03-17 09`."""
    act: Callable[["Year"], object]
    appended: tuple[str, ...] = ()
    """`kind department/slug slot-tail missing…` of each line, in order."""
    unconfirmed: tuple[str, ...] = ()
    """Slugs of items that the address does not serve as they stand."""
    deployed: bool = True
    """Whether the deployment before the run reached the public address."""
    refused: str = ""
    """What the refusal says; empty where the run is not refused."""
    committed: str = ""
    """The committer's date where it is forged or later than the run's clock."""
    racing: bool = False
    """Whether two processes take the receipts at once."""


class Year(County):
    """A county that keeps what its year came to."""

    def __init__(self, folder: Path, address: Address) -> None:
        super().__init__(folder, address.url)
        self.address = address
        self.receipts = self.root.path / "receipts"
        self.archive = folder / "archive.zip"
        self.kept: dict[str, bytes] = {}
        self.outcomes: list[Outcome] = []
        self.sites: list[Path] = []
        """What the public folder was after each run that deployed."""
        self.in_git: list[tuple[str, ...]] = []
        """After each run: the breaks that `verify` names when it may ask the repository."""
        self.live: dict[str, Table] = {}
        """Day → 城管局's ledger as it was told on that day."""
        self.rewritten: tuple[str, ...] = ()
        self.raced: tuple[str, ...] = ()
        self.root.write(".gitignore", "/receipts/\n")
        self.root.write("site_config.yml", CONFIG.replace("URL", address.url))
        self.root.write("content/catalog/local.yml", CATALOG)
        self.root.replace(
            "content/chengguan/department.yml", "kind: 部门", "kind: 部门\nstart: 2026-01-01"
        )
        self.file("reception-q3").unlink()

    def file(self, slug: str, department: str = "chengguan", year: int = 2026) -> Path:
        """Where an item lies."""
        return self.root.path / f"content/{department}/items/{year}/{slug}.md"

    def put_item(
        self, slug: str, front: str, body: str, department: str = "chengguan", year: int = 2026
    ) -> None:
        """Write an item."""
        path = self.file(slug, department, year)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{front}---\n{body}\n", encoding="utf-8")

    def monthly(
        self,
        month: int,
        department: str = "chengguan",
        *,
        stub: str = "",
        more: str = "",
        slug: str = "",
    ) -> None:
        """A monthly account, whole unless `stub` says what stands in its place."""
        formed = f"2026-{month + 1:02}-01"
        self.put_item(
            slug or f"m{month:02}",
            f"title: 2026年{month}月收支情况\ncategory: 财务/收支月报\nperiod: 2026-{month:02}\n"
            f"formed: {formed}\n{more}",
            stub or f"本月收入 {month + 10} 万元，支出 {month + 7} 万元。",
            department,
        )

    def paper(self, slug: str, formed: str, more: str = "", body: str = "") -> None:
        """A document of 城管局."""
        self.put_item(
            slug,
            f"title: 关于第{slug}号事项的文件\ncategory: 通知公告/文件\nperiod: 临时\n"
            f"formed: 2026-{formed}\n{more}",
            body or "有关事项按本文办理，由市容科负责解释。",
        )

    def edit(self, slug: str, old: str, new: str, department: str = "chengguan") -> None:
        """Change a passage of an item."""
        path = self.file(slug, department)
        self.root.replace(path.relative_to(self.root.path).as_posix(), old, new)

    def withdraw(self, slug: str, on: str, reason: str, department: str = "chengguan") -> None:
        """Take an item back."""
        self.edit(slug, "formed:", f"withdrawn: {{on: 2026-{on}, {reason}}}\nformed:", department)

    # -- the steps that are more than a change of text ----------------------------------------

    def pack(self) -> None:
        """Keep what the address serves in an archive."""
        with zipfile.ZipFile(self.archive, "w") as bundle:
            for path in sorted(p for p in self.public.rglob("*") if p.is_file()):
                bundle.write(path, path.relative_to(self.public).as_posix())

    def purge(self) -> None:
        """`gongkai purge`, then the step by hand: the text leaves the file."""
        done = purge(
            self.root.path, "chengguan/2026/person", self.root.path / "site", [self.archive]
        )
        assert [line.partition(" ")[0] for line in done.removed] == ["档案包"]
        path = self.file("person")
        front = path.read_text(encoding="utf-8").rpartition("---\n")[0]
        path.write_text(f"{front}---\n", encoding="utf-8")

    def imports(self) -> None:
        """A squashed import: three years of an old site in one commit, and one that is no history."""
        for year in (2011, 2012, 2013):
            self.put_item(
                "report",
                f"title: {year}年工作报告\ncategory: 通知公告/文件\nperiod: 临时\n"
                f"formed: {year}-08-05\nimported: 旧网站\n",
                f"{year}年各项工作有序开展，详见正文。",
                year=year,
            )
        self.paper("owed", "01-05")

    def joins(self) -> None:
        """财政局 begins to publish here, with two accounts."""
        self.root.replace("site_config.yml", "[chengguan]", "[chengguan, caizheng]")
        self.root.write("content/caizheng/department.yml", OTHER)
        self.monthly(5, "caizheng")
        self.monthly(6, "caizheng")

    def remember(self) -> None:
        """What the receipts are before a run."""
        self.kept = {path.name: path.read_bytes() for path in self.receipts.iterdir()}

    def lose(self) -> None:
        """The run's receipts never reached the branch: the next starts from those before it."""
        shutil.rmtree(self.receipts)
        self.receipts.mkdir()
        for name, data in self.kept.items():
            (self.receipts / name).write_bytes(data)

    def die(self) -> None:
        """The run died between its lines and its seal."""
        (self.receipts / "site.jsonl").write_bytes(self.kept["site.jsonl"])

    def force_push(self) -> None:
        """Somebody squashes the last three commits in a clone of his own and pushes by force."""
        lost = self.repo.git("rev-list", "-3", "HEAD").split()
        clone = self.root.path.parent / "clone"
        self.repo.git("config", "receive.denyCurrentBranch", "updateInstead")
        self.repo.git("clone", "-q", str(self.root.path), str(clone))
        for words in (("reset", "-q", "--soft", "HEAD~3"), ("commit", "-q", "-m", "合并整理")):
            self.repo.git("-C", str(clone), *words, at="2026-10-14T08:00:00+08:00")
        self.repo.git("-C", str(clone), "push", "-q", "--force", "origin", "main")
        self.rewritten = tuple(reversed(lost))

    # -- running --------------------------------------------------------------------------------

    def run(self, step: Run) -> None:
        """Do what the step says: commit, deploy, take receipts."""
        day, hour = step.at.split()
        at = f"2026-{day}T{hour}:00:00+08:00"
        step.act(self)
        if self.repo.git("status", "--porcelain"):
            self.commit(f"2026-{step.committed}:00:00+08:00" if step.committed else at)
        if step.deployed:
            self.deploy(at)
            self.sites.append(self.public.parent / f"sites/{len(self.sites):02}")
            shutil.copytree(self.public, self.sites[-1])
        self.outcomes.append(self.race(at) if step.racing else self.receipt(at))
        found = verify(self.public, self.receipts, self.root.path, None)
        self.in_git.append(tuple(one.code for one in found.breaks))

    def ledger(self, day: str) -> Ledger:
        """The ledger of a day, `10-21`, as the tree and the receipts now tell it."""
        return self.world(f"2026-{day}T12:00:00+08:00").ledger

    def whole(self, script: Sequence[Run]) -> "Year":
        """The year, run to its end; each ledger of `DAYS` is told on its own day too."""
        waiting = list(DAYS)
        for step in script:
            while waiting and step.at > waiting[0]:
                day = waiting.pop(0)
                self.live[day] = table(self.ledger(day))
            self.run(step)
        return self

    def race(self, at: str) -> Outcome:
        """Two processes of `gongkai receipt` at once; what both came to, as the chains say it."""
        before = read_receipts(self.receipts).lines
        runs = [
            subprocess.Popen(
                [sys.executable, "-m", "generator", "receipt", "--root", str(self.root.path)],
                env={**os.environ, "PYTHONPATH": str(REPOSITORY), "GONGKAI_NOW": at},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            for _ in range(2)
        ]
        self.raced = tuple(run.communicate()[0] for run in runs)
        appended = tuple(
            line
            for folder, chain in read_receipts(self.receipts).lines.items()
            for line in chain[len(before.get(folder, ())) :]
        )
        missed = {
            name for text in self.raced for name in re.findall(r"没有核到 ([^\s：]+)：", text)
        }
        unconfirmed = tuple(Unconfirmed(name, "") for name in sorted(missed))
        return Outcome(appended, unconfirmed, None, sealed=True)


def table(ledger: Ledger) -> Table:
    """Slot → its status, days late and grade of evidence: `late 4 receipt`."""
    return {
        slot.key: " ".join(
            (
                slot.status.value,
                *([str(slot.days_late)] if slot.days_late else []),
                *([slot.public.grade.value] if slot.public else []),
            )
        )
        for slot in ledger.slots
    }


def said(outcome: Outcome) -> tuple[str, ...]:
    """The appended lines as a `Run` writes them."""
    return tuple(
        " ".join(
            (
                line.kind,
                line.item.replace("/2026/", "/"),
                "-" if line.slot is None else line.slot.split("/", 1)[1],
                *line.missing,
            )
        )
        for line in outcome.appended
    )
