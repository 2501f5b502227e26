"""A preview on this machine: builds again on every save, and the page in the browser follows."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from generator.publish.build import build
from generator.publish.place import site_url_of
from generator.publish.preview import Preview, preview_server
from generator.publish.request import BuildError, BuildRefused, BuildRequest, Progress, Summary

Outcome = Callable[[Summary | BuildError | BuildRefused], None]
"""Is told what came of each build, to print it."""

_LOOK_EVERY = 0.3
"""Seconds between two looks at the files."""

_Snapshot = Mapping[str, tuple[int, int]]


def serve(
    make_request: Callable[[], BuildRequest], port: int, progress: Progress, outcome: Outcome
) -> None:
    """Build, serve on 127.0.0.1 and build again whenever a file changes, until Ctrl+C.

    `make_request` is asked before each build, since the day may have changed. A build that
    fails leaves the last good site in place. `port` 0 takes a free one; `progress` is told the
    address. Raises OSError when the port is taken.
    """
    request = make_request()
    preview = Preview(request.out.absolute())
    server = preview_server(preview, port)
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        seen = snapshot(request)
        _build(request, preview, progress, outcome)
        base = preview.base()
        progress(f"在浏览器里打开 http://127.0.0.1:{server.server_address[1]}{base}")
        progress("存盘后自动重新生成；按 Ctrl+C 结束")
        pause = threading.Event()
        while True:
            pause.wait(_LOOK_EVERY)
            request = make_request()
            now = snapshot(request)
            if now == seen:
                continue
            # An editor saves in several steps: wait until nothing moves.
            while True:
                pause.wait(_LOOK_EVERY)
                later = snapshot(request)
                if later == now:
                    break
                now = later
            seen = now
            _build(request, preview, progress, outcome)
    except KeyboardInterrupt:
        pass
    finally:
        preview.close()
        server.shutdown()
        server.server_close()


def snapshot(request: BuildRequest) -> _Snapshot:
    """Time and size of every file that a build of `request` reads."""
    root = request.root
    places = [root / "site_config.yml", root / "content", root / "receipts", request.theme]
    places += [root / ".git" / "HEAD", root / ".git" / "logs" / "HEAD"]
    found: dict[str, tuple[int, int]] = {}
    for place in places:
        for path in (place, *(place.rglob("*") if place.is_dir() else ())):
            _look(path, found)
    return found


def _look(path: Path, found: dict[str, tuple[int, int]]) -> None:
    try:
        state = path.stat()
    except OSError:
        return
    if not path.is_dir():
        found[str(path)] = (state.st_mtime_ns, state.st_size)


def _build(request: BuildRequest, preview: Preview, progress: Progress, outcome: Outcome) -> None:
    try:
        summary = build(request, progress)
    except (BuildError, BuildRefused) as failure:
        outcome(failure)
        return
    preview.show(site_url_of(request.out.absolute()))
    outcome(summary)
