"""Worker processes: a task over batches of items, in order, on all cores, whatever single items do.

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
from typing import Any, Final, TypeAlias

from newsextract.errors import BackendError

_Batch: TypeAlias = list[Any]
_AHEAD: Final = 4
"""Batches in flight for each worker: none is idle while the head of the queue is waited for."""
_TASKS: dict[int, Callable[[_Batch], Sequence[Any]]] = {}
"""The tasks of the pools that are open here, by pool; a forked worker finds its own."""


def in_order(task: Callable[[_Batch], Sequence[Any]], batches: Iterable[_Batch], jobs: int) -> Iterator[tuple[Any, Any]]:
    """Each item with what ``task`` makes of it, or with the exception that it raises, in the order of the items.

    Args:
        task: Called with a batch; gives the outcome of each of its items, an exception for one that fails. It must be picklable where the platform
            does not fork.
        batches: Lists of items that are worked on together, read as far ahead as keeps the workers busy, no further.
        jobs: Worker processes; 1 for none.
    """
    if jobs <= 1:
        for batch in batches:
            yield from zip(batch, task(batch), strict=True)
        return
    pool = _Pool(task, jobs)
    try:
        yield from pool.run(batches)
    finally:
        pool.close()


class _Pool:
    """Workers of one task. A worker that dies takes its batch with it: that is done again item by item, and only the guilty one fails."""

    def __init__(self, task: Callable[[_Batch], Sequence[Any]], jobs: int) -> None:
        self._task = task
        self._jobs = jobs
        self._key = id(self)
        self._executor = self._open()

    def run(self, batches: Iterable[_Batch]) -> Iterator[tuple[Any, Any]]:
        """All items with their outcomes."""
        left = iter(batches)
        flying: deque[tuple[_Batch, Future[_Batch]]] = deque()
        while True:
            flying.extend((batch, self._submit(batch)) for batch in islice(left, self._jobs * _AHEAD - len(flying)))
            if not flying:
                return
            batch, future = flying.popleft()
            try:
                outcomes = future.result()
            except BrokenProcessPool:
                outcomes = [self._alone(item) for item in batch]
                flying = deque((waiting, self._submit(waiting)) for waiting, _ in flying)
            yield from zip(batch, outcomes, strict=True)

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

    def _submit(self, batch: _Batch) -> Future[_Batch]:
        try:
            return self._executor.submit(_work, self._key, batch)
        except BrokenProcessPool:
            self._executor.shutdown(wait=True)
            self._executor = self._open()
            return self._executor.submit(_work, self._key, batch)

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


def _work(key: int, batch: _Batch) -> _Batch:
    return [_portable(outcome) for outcome in _TASKS[key](batch)]


def _portable(outcome: Any) -> Any:
    """The outcome as it can travel: an exception that cannot be pickled is told in words."""
    if isinstance(outcome, Exception):
        try:
            pickle.loads(pickle.dumps(outcome))
        except Exception:
            return BackendError(f"{type(outcome).__name__}: {outcome}")
    return outcome
