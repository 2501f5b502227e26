"""A forge's API over HTTP: questions, pages of answers, and refusals said in one sentence."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

_ANSWER = 8_000_000
"""Bytes of an answer that are read."""
_PAGES = 50
"""Pages that are asked for; what has more is refused rather than read in part."""
_TIMEOUT = 30.0
"""Seconds for one question."""

Json = Mapping[str, object]


class ForgeRefused(Exception):
    """The forge's answer, or what a job left, cannot be used; says so in Chinese."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing: the token would go along to wherever the answer points."""

    def redirect_request(
        self, req: object, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> None:
        """None: the redirection is an answer like any other."""


_OPENER = urllib.request.build_opener(_Stay)


@dataclass(frozen=True, slots=True)
class Api:
    """One repository's forge, with the token of the job."""

    headers: Mapping[str, str]

    def ask(self, method: str, address: str, sent: Json | None = None) -> object:
        """What the forge answers, as JSON. Raises ForgeRefused."""
        answer = self._asked(method, address, sent)
        if isinstance(answer, int):
            raise ForgeRefused(f"代码平台回答 {answer}")
        return answer[0]

    def found(self, address: str) -> Json | int:
        """An object, or the number with which the forge refuses: 403, 404 … Raises ForgeRefused."""
        answer = self._asked("GET", address, None)
        if isinstance(answer, int):
            return answer
        return answer[0] if isinstance(answer[0], dict) else {}

    def pages(self, address: str, size: int = 100) -> Iterator[Json]:
        """Every object of a list, page after page, each once.

        A forge may give fewer to a page than it was asked for, or know no pages and give the same
        ones again: only a page without anything new is the last. Raises ForgeRefused.
        """
        seen: set[str] = set()
        joint = "&" if "?" in address else "?"
        for page in range(1, _PAGES + 1):
            found = self.ask("GET", f"{address}{joint}per_page={size}&limit={size}&page={page}")
            if not isinstance(found, list):
                raise ForgeRefused("代码平台的回答不是清单")
            members = [one for one in found if isinstance(one, dict)]
            fresh = [one for one in members if str(one.get("id", one)) not in seen]
            seen |= {str(one.get("id", one)) for one in fresh}
            yield from fresh
            if not fresh:
                return
        raise ForgeRefused(f"代码平台的清单超过 {_PAGES} 页，没有读完")

    def _asked(self, method: str, address: str, sent: Json | None) -> tuple[object] | int:
        if not address.startswith(("https://", "http://")):
            raise ForgeRefused("代码平台的接口地址不对")
        request = urllib.request.Request(
            address,
            method=method,
            data=None if sent is None else json.dumps(sent).encode(),
            headers={
                **self.headers,
                "Accept": "application/json",
                "Content-Type": "application/json",
                "User-Agent": "gongkai",
            },
        )
        try:
            with _OPENER.open(request, timeout=_TIMEOUT) as answer:
                data = answer.read(_ANSWER + 1)
        except urllib.error.HTTPError as refused:
            refused.close()
            return refused.code
        except (OSError, ValueError):
            raise ForgeRefused("连不上代码平台") from None
        if len(data) > _ANSWER:
            raise ForgeRefused("代码平台的回答太长")
        try:
            return (json.loads(data) if data else None,)
        except (ValueError, RecursionError):
            raise ForgeRefused("代码平台的回答不是 JSON") from None
