"""Fetching from the public address: bounded, direct, and never led to another host."""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

PAGE_LIMIT = 32 << 20
"""Bytes of a page beyond which it is not read on."""

_CHUNK = 1 << 16
_HEADERS = {"User-Agent": "gongkai-receipt", "Cache-Control": "no-cache", "Pragma": "no-cache"}


class Unreachable(Exception):
    """No answer at all; the argument says why, in Chinese."""


class Refused(Exception):
    """An answer, but not the file; the argument says what, in Chinese."""


class Fetch(Protocol):
    """Where pages and files are fetched from; called from several threads at once."""

    def page(self, url: str) -> bytes:
        """The body served at `url`; raises `Unreachable` or `Refused`."""

    def digest(self, url: str, limit: int) -> tuple[int, str]:
        """Bytes and SHA-256 of what is served at `url`, read no further than `limit` + 1 bytes."""


class _Elsewhere(Exception):
    """A redirect to another host."""


class _SameHost(HTTPRedirectHandler):
    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> Request | None:
        before, after = urlsplit(req.full_url), urlsplit(newurl)
        safer = (before.scheme, after.scheme) in {
            ("http", "http"), ("http", "https"), ("https", "https"),
        }  # fmt: skip
        if not safer or before.hostname != after.hostname:
            raise _Elsewhere(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(frozen=True, slots=True)
class Web:
    """The real network; proxies of the environment are not asked, since they may keep copies."""

    timeout: float = 20.0
    """Seconds without a byte."""
    patience: float = 300.0
    """Seconds for one page or file as a whole."""

    def page(self, url: str) -> bytes:
        """See `Fetch`."""
        return b"".join(self._chunks(url, PAGE_LIMIT))

    def digest(self, url: str, limit: int) -> tuple[int, str]:
        """See `Fetch`."""
        digest, size = hashlib.sha256(), 0
        for chunk in self._chunks(url, limit):
            digest.update(chunk)
            size += len(chunk)
        return size, digest.hexdigest()

    def _chunks(self, url: str, limit: int) -> Iterator[bytes]:
        opener = build_opener(ProxyHandler({}), _SameHost())
        until = time.monotonic() + self.patience
        try:
            with opener.open(Request(url, headers=_HEADERS), timeout=self.timeout) as answer:
                left = limit + 1
                while left > 0 and (chunk := answer.read(min(_CHUNK, left))):
                    if time.monotonic() > until:
                        raise Unreachable(f"超过 {self.patience:.0f} 秒还没有传完")
                    left -= len(chunk)
                    yield chunk
        except _Elsewhere as error:
            raise Refused(f"网址被转到了别的主机：{error}") from error
        except HTTPError as error:
            with error:
                raise Refused(f"服务器回答 {error.code}") from error
        except (URLError, HTTPException, OSError, ValueError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            raise Unreachable(f"没有应答（{reason or type(error).__name__}）") from error


def address(base: str, path: str) -> str:
    """The address of a site's path (`城管/2026/a.html`) under the site's own, percent-encoded."""
    return base.rstrip("/") + "/" + quote(path)
