"""Pagefind as a service: messages in over one pipe, answers out over the other."""

import base64
import json
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TypedDict


class PagefindError(Exception):
    """Pagefind did not run, or is another version."""


class Answer(TypedDict, total=False):
    """What of an answer is read here."""

    type: str
    files: list[dict[str, str]]
    """Of `GetFiles`: `path` and `content` in base64."""


def converse(binary: Path, asked: Sequence[Mapping[str, object]]) -> Answer:
    """Send every message without waiting, and give the answer to the last one.

    Each is answered in turn. Raises PagefindError for an answer that is an error, for an end
    before the last answer, and where the binary does not run.
    """
    try:
        process = subprocess.Popen(
            [binary, "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={"LC_ALL": "C.UTF-8", "TZ": "UTC"},
        )
    except OSError as problem:
        raise PagefindError(f"Pagefind does not run on this machine: {problem}") from problem
    with process:
        assert process.stdin is not None and process.stdout is not None
        assert process.stderr is not None
        complaints: list[bytes] = []
        beside = [
            threading.Thread(target=_send, args=(process.stdin, asked), daemon=True),
            threading.Thread(
                target=lambda said: complaints.append(said.read()),
                args=(process.stderr,),
                daemon=True,
            ),
        ]
        for thread in beside:
            thread.start()
        try:
            answer = _listen(process.stdout, len(asked))
        except PagefindError as problem:
            process.kill()
            beside[1].join()
            words = b"".join(complaints).decode("utf-8", "replace").strip()
            raise PagefindError(f"{problem} {words}".strip()) from None
        except BaseException:
            process.kill()
            raise
        # It takes the end of its input for an order to stop, answered or not: so not before.
        beside[0].join()
        process.stdin.close()
        return answer


def _send(pipe: IO[bytes], asked: Sequence[Mapping[str, object]]) -> None:
    try:
        for number, payload in enumerate(asked, 1):
            # Han characters as they are: escaped they weigh three times as much.
            message = json.dumps({"message_id": number, "payload": payload}, ensure_ascii=False)
            pipe.write(base64.b64encode(message.encode()) + b",")
        pipe.flush()
    except OSError:
        pass  # it has gone away; the listener says so


def _listen(pipe: IO[bytes], last: int) -> Answer:
    rest: list[bytes] = []
    while chunk := pipe.read1(1 << 16):  # type: ignore[attr-defined]
        # The last answer is megabytes long: its pieces are joined once, not at each chunk.
        *ends, begun = chunk.split(b",")
        for end in ends:
            document = json.loads(base64.b64decode(b"".join((*rest, end))))
            rest = []
            payload: Answer = document["payload"]
            if payload["type"] == "Error":
                raise PagefindError(f"Pagefind refused a message: {payload}")
            if document["message_id"] == last:
                return payload
        rest.append(begun)
    raise PagefindError("Pagefind ended before its last answer")
