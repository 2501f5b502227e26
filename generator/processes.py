"""Work side by side: processes that end with the one that started them."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection


@contextmanager
def pool(jobs: int, prepare: Callable[[], None] | None = None) -> Iterator[ProcessPoolExecutor]:
    """A pool of `jobs` processes; `prepare` runs once in each before its first work.

    Left by an exception, they end at once, whatever they are at.
    """
    # Nothing is ever sent: a process learns from the pipe's end that nobody waits for it any
    # more. No lock, no event: a process that is killed would take those with it.
    heard, told = Pipe(duplex=False)
    with (
        heard,
        told,
        ProcessPoolExecutor(jobs, initializer=_begin, initargs=(heard, told, prepare)) as made,
    ):
        try:
            yield made
        except BaseException:
            told.close()
            made.shutdown(cancel_futures=True)
            raise


def _begin(heard: Connection, told: Connection, prepare: Callable[[], None] | None) -> None:
    told.close()
    # Ctrl+C goes to every process of the terminal; the parent alone says what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(heard,), daemon=True).start()
    if prepare is not None:
        prepare()


def _end_with(heard: Connection) -> None:
    """The parent was killed, or gave up: its work would be for nobody."""
    try:
        heard.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)
