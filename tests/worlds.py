"""A root under Git, a public address on a local web server, and receipts between the two."""

import json
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator.article import article_element, record_element, title_element
from generator.history import read_receipts
from generator.render.world import World
from generator.survey import survey
from generator.witness import Outcome, Web, append
from tests.gitrepos import Repo
from tests.roots import Root

OTHER_CONFIG = "departments: [chengguan, caizheng]"
OTHER = "name: 试验市财政局\nkind: 部门\nphone: 0000-8000002\ncomplaints: 0000-8000003\n"


class _Handler(SimpleHTTPRequestHandler):
    moved: Mapping[str, str] = {}

    def do_GET(self) -> None:
        target = self.moved.get(self.path)
        if target is None:
            super().do_GET()
            return
        self.send_response(302)
        self.send_header("Location", target)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Keep quiet."""


@contextmanager
def serving(folder: Path, moved: Mapping[str, str] | None = None) -> Iterator[str]:
    """A web server on a free port; gives its address, ending in a slash."""
    folder.mkdir(parents=True, exist_ok=True)
    kind = type("Handler", (_Handler,), {"moved": moved or {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(kind, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class County:
    """One county: its tree, its public folder, its receipts."""

    def __init__(self, folder: Path, url: str) -> None:
        self.url = url
        self.public = folder / "public"
        self.receipts = folder / "receipts"
        self.repo = Repo(folder / "root")
        self.root = Root(folder / "root")
        self.root.replace("site_config.yml", "http://127.0.0.1:8123/gk/", url)

    def second_department(self) -> None:
        """Add 财政局 with one item."""
        self.root.replace("site_config.yml", "departments: [chengguan]", OTHER_CONFIG)
        self.root.write("content/caizheng/department.yml", OTHER)
        own = self.root.path / "content/chengguan/items/2026/reception-q3.md"
        self.root.write("content/caizheng/items/2026/reception-q3.md", own.read_bytes())

    def commit(self, at: str) -> str:
        return self.repo.commit(at, {})

    def world(self, at: str) -> World:
        """What stands in the tree, judged on that moment's day."""
        day = datetime.fromisoformat(at).date()
        found = survey(self.root.path, day, day)
        assert found.repository and found.ledger and found.evidence, found.diagnostics
        return World(found.repository, found.ledger, found.evidence, found.articles)

    def deploy(self, at: str) -> None:
        """Serve every item's page and files, the receipts so far, and nothing that is gone."""
        world = self.world(at)
        chains = read_receipts(self.receipts).lines
        last = {line.item: line for chain in chains.values() for line in chain}
        shutil.rmtree(self.public, ignore_errors=True)
        for item in world.repository.items:
            article = world.articles[item.id]
            line = last.get(item.id)
            own = '<p id="gk-line">已生成，尚未核到</p>'
            if line is not None and line.sha256 == article.sha256:
                own = f'<p id="gk-line" data-seq="{line.seq}" data-hash="{line.hash}">有回执</p>'
            self.put(
                f"{item.id}.html",
                f"<!doctype html><html><head>{record_element(article)}</head><body>"
                f"{title_element(item)}{article_element(article)}{own}</body></html>",
            )
            for file in item.files:
                source = self.root.path / file.source
                self.put(f"{item.department}/{file.path}", source.read_bytes())
        self.put("build.json", json.dumps({"site": world.repository.site.url}))
        self.put("chengguan/index.html", "<!doctype html><title>首页</title>")
        for path in sorted(self.receipts.glob("*.jsonl")):
            inside = path.name in ("site.jsonl", "witness.jsonl")
            self.put(
                f"receipts/{path.name}" if inside else f"{path.stem}/receipts.jsonl",
                path.read_bytes(),
            )

    def put(self, path: str, data: str | bytes) -> None:
        """A file of the public folder."""
        target = self.public / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data if isinstance(data, bytes) else data.encode())

    def receipt(self, at: str, *, url: str | None = None, clock_given: bool = True) -> Outcome:
        """`gongkai receipt` at that moment."""
        return append(
            self.world(at),
            self.root.path,
            self.receipts,
            url=url or self.url,
            now=datetime.fromisoformat(at),
            clock_given=clock_given,
            fetch=Web(timeout=5),
        )

    def publish(self, at: str) -> Outcome:
        """Commit, deploy, take receipts: one whole run."""
        self.commit(at)
        self.deploy(at)
        return self.receipt(at)
