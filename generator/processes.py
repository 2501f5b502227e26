"""Work side by side: processes that end with the one that started them."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager


@contextmanager
def pool(jobs: int, prepare: Callable[[], None] | None = None) -> Iterator[ProcessPoolExecutor]:
    """A pool of `jobs` processes; `prepare` runs once in each before its first work.

    Left by an exception, what has not begun is not begun any more.
    """
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(os.getpid(), prepare)) as made:
        try:
            yield made
        except BaseException:
            made.shutdown(cancel_futures=True)
            raise


def _begin(parent: int, prepare: Callable[[], None] | None) -> None:
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    if prepare is not None:
        prepare()


def _end_with(parent: int) -> None:
    """A worker whose parent was killed would wait for work for ever."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
