"""The preview's web server: the built files as they are, and a script that reloads the page."""

import posixpath
import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

_WAIT = "/.gongkai/wait"
_PATIENCE = 25.0
"""Seconds that one question waits for a change before it is put again."""

_SCRIPT = """<script>
(function ask(since) {
  fetch('/.gongkai/wait?' + since).then(function (r) { return r.text(); }).then(function (now) {
    if (since && now !== since) location.reload(); else ask(now);
  }).catch(function () { setTimeout(ask, 1000, since); });
})('');
</script>
"""
_NOTHING = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>还没有生成</title>'
    "<body><p>还没有生成成功，原因见终端；改好存盘，这一页会自己刷新。</p></body></html>"
)


class Preview:
    """What is being shown, shared by the watcher and every request."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._url = ""
        self._version = 0
        self._closed = False
        self._changed = threading.Condition()

    def show(self, site_url: str) -> None:
        """A new site has been swapped in: pages that are open reload."""
        with self._changed:
            self._url = site_url
            self._version += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Let every request that waits go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def base(self) -> str:
        """The path under which the site is served, as at its public address."""
        return urlsplit(self._url).path or "/"

    def url(self) -> str:
        """The site's public address; empty while nothing was built."""
        return self._url

    def wait(self, since: str) -> str:
        """The version being shown, once it is not `since`."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._closed or str(self._version) != since, timeout=_PATIENCE
            )
            return str(self._version)


def preview_server(preview: Preview, port: int) -> ThreadingHTTPServer:
    """A server on 127.0.0.1 alone; `port` 0 takes a free one."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, preview))
    server.daemon_threads = True
    return server


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012  (declared so in the standard library)
        **SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".jsonl": "application/x-ndjson",
        ".ics": "text/calendar; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".xml": "application/xml",
        ".wasm": "application/wasm",
    }

    def __init__(self, preview: Preview, *args: object) -> None:
        self._preview = preview
        super().__init__(*args, directory=str(preview.out))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for what the build has to say."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def _answer(self, *, with_body: bool) -> None:
        asked = urlsplit(self.path)
        base = self._preview.base()
        if asked.path == _WAIT:
            self._send(HTTPStatus.OK, "text/plain", self._preview.wait(asked.query), with_body)
        elif not self._preview.url():
            self._send(
                HTTPStatus.SERVICE_UNAVAILABLE, "text/html; charset=utf-8",
                _NOTHING + _SCRIPT, with_body,
            )  # fmt: skip
        elif not asked.path.startswith(base):
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", base)
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._file(asked.path.removeprefix(base), with_body)

    def _file(self, path: str, with_body: bool) -> None:
        clean = posixpath.normpath("/" + unquote(path)).lstrip("/")
        file = self._preview.out / clean
        if file.is_dir():
            file /= "index.html"
        status = HTTPStatus.OK
        if not file.is_file() or not file.resolve().is_relative_to(self._preview.out.resolve()):
            status = HTTPStatus.NOT_FOUND
            own = self._preview.out / clean.split("/")[0] / "404.html"
            file = own if own.is_file() else self._preview.out / "404.html"
        try:
            data = file.read_bytes()
        except OSError:
            self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", "没有这一页", with_body)
            return
        if file.suffix == ".html":
            data = self._followed(data.decode("utf-8")).encode()
        self._send(status, self.guess_type(str(file)), data, with_body)

    def _followed(self, page: str) -> str:
        """The page with the reloading script, its links to the public address kept here."""
        page = page.replace(f'href="{self._preview.url()}', f'href="{self._preview.base()}')
        head, end, rest = page.rpartition("</body>")
        return f"{head}{_SCRIPT}{end}{rest}" if end else page + _SCRIPT

    def _send(self, status: int, type_: str, body: str | bytes, with_body: bool) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if with_body:
            self.wfile.write(data)
