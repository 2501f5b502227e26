"""The preview: one process that builds, serves, follows every save and ends well on Ctrl+C."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Thread

import pytest

from tests.roots import Root

_SERVES = """
import sys
from datetime import date
from pathlib import Path
from generator.publish.request import BuildRequest
from generator.publish.serve import serve
from generator.render.theme import theme_folder
root = Path(sys.argv[1])
def say(sentence): print(sentence, flush=True)
serve(
    lambda: BuildRequest(root, root / "site", date(2026, 11, 24), theme_folder()),
    0, say, lambda outcome: say(f"OUTCOME {type(outcome).__name__}"),
)
"""
ITEM = "content/chengguan/items/2026/reception-q3.md"
PAGE = "/gk/chengguan/2026/reception-q3.html"


@dataclass
class Running:
    """A preview in a process of its own, and every line it has said."""

    root: Root
    process: "subprocess.Popen[str]"
    said: list[str]
    port: int = 0

    def wait_for(self, holds: Callable[[], object], seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, self.said
            assert self.process.poll() is None, self.said
            time.sleep(0.05)

    def get(self, path: str) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=40)
        connection.request("GET", path)
        return connection.getresponse()

    def text(self, path: str) -> str:
        return self.get(path).read().decode()

    def outcomes(self) -> list[str]:
        return [line for line in self.said if line.startswith("OUTCOME")]


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Running]:
    root = Root(tmp_path / "root")
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVES, str(root.path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    running = Running(root, process, [])
    assert process.stdout is not None
    reader = Thread(target=lambda: running.said.extend(iter(process.stdout.readline, "")))  # type: ignore[union-attr]
    reader.start()
    try:
        running.wait_for(lambda: any("http://" in line for line in running.said))
        address = next(line for line in running.said if "http://" in line)
        running.port = int(address.split("127.0.0.1:")[1].split("/")[0])
        yield running
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        reader.join()
        process.stdout.close()


def test_the_preview_serves_the_site_under_its_own_path(preview: Running) -> None:
    page = preview.get(PAGE)
    text = page.read().decode()
    assert page.status == 200
    assert page.getheader("Content-Type") == "text/html; charset=utf-8"
    assert page.getheader("Cache-Control") == "no-store"
    assert "/.gongkai/wait" in text
    assert 'href="http://127.0.0.1:8123/gk/' not in text.split("</head>")[1]
    built = preview.root.path / "site/chengguan/2026/reception-q3.html"
    assert "/.gongkai/wait" not in built.read_text(encoding="utf-8")
    home = preview.get("/")
    assert (home.status, home.getheader("Location")) == (302, "/gk/")
    assert preview.get("/gk/").status == 200


def test_a_lost_page_is_the_nearest_sites_404(preview: Running) -> None:
    lost = preview.get("/gk/chengguan/2026/none.html")
    assert lost.status == 404
    assert '<base href="/gk/chengguan/">' in lost.read().decode()
    assert preview.get("/gk/none.html").status == 404


@pytest.mark.parametrize("path", ["/gk/../site_config.yml", "/gk/%2e%2e/site_config.yml"])
def test_nothing_outside_the_site_is_served(preview: Running, path: str) -> None:
    answer = preview.get(path)
    assert answer.status == 404
    assert "chengguan]" not in answer.read().decode()


def test_nobody_but_this_machine_reaches_it(preview: Running) -> None:
    with socket.socket() as other:
        other.settimeout(2)
        assert other.connect_ex(("127.0.0.2", preview.port)) != 0


def test_saving_builds_again_and_open_pages_hear_of_it(preview: Running) -> None:
    assert "7 批" not in preview.text(PAGE)
    version = preview.text("/.gongkai/wait?")
    heard: list[str] = []
    listener = Thread(target=lambda: heard.append(preview.text(f"/.gongkai/wait?{version}")))
    listener.start()
    time.sleep(0.2)
    assert heard == []
    preview.root.replace(ITEM, "6 批", "7 批")
    listener.join(60)
    assert heard == [str(int(version) + 1)]
    assert "7 批" in preview.text(PAGE)


def test_a_build_that_fails_keeps_the_last_good_site(preview: Running) -> None:
    preview.root.replace("site_config.yml", "level: 县级", "level: 星级")
    preview.wait_for(lambda: "OUTCOME BuildRefused\n" in preview.outcomes())
    assert "6 批" in preview.text(PAGE)
    preview.root.replace("site_config.yml", "level: 星级", "level: 县级")
    preview.wait_for(lambda: preview.outcomes()[-1] == "OUTCOME Summary\n")
    assert "6 批" in preview.text(PAGE)


def test_ctrl_c_ends_it_with_zero_and_leaves_the_site(preview: Running) -> None:
    preview.process.send_signal(signal.SIGINT)
    assert preview.process.wait(20) == 0
    assert (preview.root.path / "site/index.html").is_file()
    left = {path.name for path in (preview.root.path / ".site.gongkai").iterdir()}
    assert left <= {"lock", "last.json"}
