"""Departments built side by side, one process each at a time."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from generator.publish.department import Workshop, build_department
from generator.publish.tree import remove

_held: list[Workshop] = []
"""In a worker: what every department needs, handed over once."""


def side_by_side(
    shop: Workshop, folders: list[str], jobs: int, meanwhile: Callable[[], None]
) -> Iterator[tuple[str, Callable[[], int]]]:
    """Each folder as it is done, with what gives its number of pages or raises what it raised.

    `meanwhile` is called once, here, while the processes work. A process that is killed takes its pool down: the departments that were not done by then are
    built again, each in a pool of its own.
    """
    again: list[str] = []
    with _pool(shop, min(jobs, len(folders))) as pool:
        futures: dict[Future[int], str] = {pool.submit(_build, f): f for f in folders}
        try:
            meanwhile()
            for future in as_completed(futures):
                if isinstance(future.exception(), BrokenProcessPool):
                    again.append(futures[future])
                else:
                    yield futures[future], future.result
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    for folder in sorted(again, key=folders.index):
        remove(shop.new / folder)
        with _pool(shop, 1) as pool:
            future = pool.submit(_build, folder)
            yield folder, future.result


def _pool(shop: Workshop, jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, initializer=_hold, initargs=(shop, os.getpid()))


def _hold(shop: Workshop, parent: int) -> None:
    _held[:] = [shop]
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """A worker whose parent was killed would wait for work for ever."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _build(folder: str) -> int:
    return build_department(_held[0], folder)
