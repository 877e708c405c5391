"""Worker processes: a task over many items, in order, on all cores, whatever single items do.

Where the platform forks, workers share the pages of what was loaded before; elsewhere each loads it once, when it starts.
"""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, Final, TypeVar

from newsextract.errors import BackendError

Item = TypeVar("Item")
Result = TypeVar("Result")
_Batch = list[Any]
_CHUNK: Final = 16
"""Items that travel together: what a message costs is small beside the reading of so many releases."""
_AHEAD: Final = 4
"""Chunks in flight for each worker: none is idle while the head of the queue is waited for."""
_TASKS: dict[int, Callable[[Any], Any]] = {}
"""The tasks of the pools that are open here, by pool; a forked worker finds its own."""


def in_order(task: Callable[[Item], Result], items: Iterable[Item], jobs: int) -> Iterator[tuple[Item, Result | Exception]]:
    """Each item with what ``task`` makes of it, or with the exception that it raises, in the order of ``items``.

    Args:
        task: Called once an item. It must be picklable where the platform does not fork.
        items: Read as far ahead as keeps the workers busy, no further.
        jobs: Worker processes; 1 for none.
    """
    if jobs <= 1:
        for item in items:
            yield item, _outcome(task, item)
        return
    pool = _Pool(task, jobs)
    try:
        yield from pool.run(items)
    finally:
        pool.close()


def _outcome(task: Callable[[Item], Result], item: Item) -> Result | Exception:
    try:
        return task(item)
    except Exception as error:
        return error


class _Pool:
    """Workers of one task. A worker that dies takes its chunk with it: that is done again item by item, and only the guilty one fails."""

    def __init__(self, task: Callable[[Any], Any], jobs: int) -> None:
        self._task = task
        self._jobs = jobs
        self._key = id(self)
        self._executor = self._open()

    def run(self, items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        """All items with their outcomes."""
        left = iter(items)
        flying: deque[tuple[_Batch, Future[_Batch]]] = deque()
        while True:
            while len(flying) < self._jobs * _AHEAD and (chunk := list(islice(left, _CHUNK))):
                flying.append((chunk, self._submit(chunk)))
            if not flying:
                return
            chunk, future = flying.popleft()
            try:
                outcomes = future.result()
            except BrokenProcessPool:
                outcomes = [self._alone(item) for item in chunk]
                flying = deque((batch, self._submit(batch)) for batch, _ in flying)
            yield from zip(chunk, outcomes, strict=True)

    def close(self) -> None:
        """Ends the workers; what they have begun is given up."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        _TASKS.pop(self._key, None)

    def _alone(self, item: Any) -> Any:
        """The outcome of one item in a worker of its own, so to speak: nobody else's work is lost with it."""
        for _ in range(2):  # the pool may have been broken by another item
            try:
                return self._submit([item]).result()[0]
            except BrokenProcessPool:
                self._executor.shutdown(wait=True)
                self._executor = self._open()
        return BackendError("the worker process that read this item died")

    def _submit(self, chunk: _Batch) -> Future[_Batch]:
        try:
            return self._executor.submit(_work, self._key, chunk)
        except BrokenProcessPool:
            self._executor.shutdown(wait=True)
            self._executor = self._open()
            return self._executor.submit(_work, self._key, chunk)

    def _open(self) -> ProcessPoolExecutor:
        if "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin":
            _TASKS[self._key] = self._task
            gc.collect()
            return ProcessPoolExecutor(self._jobs, multiprocessing.get_context("fork"), _settle, ())
        return ProcessPoolExecutor(self._jobs, multiprocessing.get_context("spawn"), _receive, (self._key, pickle.dumps(self._task)))


def _settle() -> None:
    """A worker's own: what was inherited is no garbage, and looking at it would copy its pages."""
    gc.freeze()


def _receive(key: int, task: bytes) -> None:
    _TASKS[key] = pickle.loads(task)
    gc.freeze()


def _work(key: int, chunk: Sequence[Any]) -> _Batch:
    task = _TASKS[key]
    return [_portable(_outcome(task, item)) for item in chunk]


def _portable(outcome: Any) -> Any:
    """The outcome as it can travel: an exception that cannot be pickled is told in words."""
    if isinstance(outcome, Exception):
        try:
            pickle.loads(pickle.dumps(outcome))
        except Exception:
            return BackendError(f"{type(outcome).__name__}: {outcome}")
    return outcome
