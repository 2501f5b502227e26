"""Work side by side: processes that end with the one that started them."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Event

_LOOK = 0.2
"""Seconds between two looks at whether there is anybody left to work for."""


@contextmanager
def pool(jobs: int, prepare: Callable[[], None] | None = None) -> Iterator[ProcessPoolExecutor]:
    """A pool of `jobs` processes; `prepare` runs once in each before its first work.

    Left by an exception, they end at once, whatever they are at.
    """
    stop = get_context().Event()
    with ProcessPoolExecutor(
        jobs, initializer=_begin, initargs=(os.getpid(), stop, prepare)
    ) as made:
        try:
            yield made
        except BaseException:
            stop.set()
            made.shutdown(cancel_futures=True)
            raise


def _begin(parent: int, stop: Event, prepare: Callable[[], None] | None) -> None:
    # Ctrl+C goes to every process of the terminal; the parent alone says what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent, stop), daemon=True).start()
    if prepare is not None:
        prepare()


def _end_with(parent: int, stop: Event) -> None:
    """A worker whose parent was killed, or gave up, would work on for nobody."""
    while os.getppid() == parent and not stop.wait(_LOOK):
        pass
    os._exit(1)
