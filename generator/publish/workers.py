"""Departments built side by side, one process each at a time."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import partial

from generator.processes import pool
from generator.publish.department import Workshop, build_department
from generator.publish.tree import remove

_held: list[Workshop] = []
"""In a worker: what every department needs, handed over once."""


def side_by_side(
    shop: Workshop, folders: list[str], jobs: int, meanwhile: Callable[[], None]
) -> Iterator[tuple[str, Callable[[], int]]]:
    """Each folder as it is done, with what gives its number of pages or raises what it raised.

    `meanwhile` is called once, here, while the processes work. A process that is killed takes
    its pool down: the departments that were not done by then are built again, each in a pool of
    its own.
    """
    again: list[str] = []
    # Forked, a worker has the shop as it stands here: it is not sent.
    hold = partial(_hold, shop)
    with pool(min(jobs, len(folders)), hold) as all_at_once:
        futures: dict[Future[int], str] = {all_at_once.submit(_build, f): f for f in folders}
        meanwhile()
        for future in as_completed(futures):
            if isinstance(future.exception(), BrokenProcessPool):
                again.append(futures[future])
            else:
                yield futures[future], future.result
    for folder in sorted(again, key=folders.index):
        remove(shop.new / folder)
        with pool(1, hold) as alone:
            future = alone.submit(_build, folder)
            yield folder, future.result


def _hold(shop: Workshop) -> None:
    _held[:] = [shop]


def _build(folder: str) -> int:
    return build_department(_held[0], folder)
