"""Worker processes and their overseer: hands out tasks, takes answers, ends what hangs, replaces what died.

A worker's death costs at most its one document. The task that a dead worker was at is tried once more, alone in a fresh worker, and given up if
that dies too. Tasks that it had not come to go back to the queue, and so do those that it was at together, to be done one by one. A worker whose
document takes longer than the limit is killed; there is no second try, for time is what was lacking. Limits are counted on a monotonic clock, and
time in which this process itself did not run is not counted.
"""

from __future__ import annotations

import fcntl
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, Final

from newsextract.batch.job import Job, Task
from newsextract.batch.messages import TOGETHER, Answer, Board, Message, TaskList
from newsextract.batch.outcome import Outcome
from newsextract.batch.texts import Drafts
from newsextract.batch.worker import MEMORY, serve
from newsextract.errors import NewsExtractError

_TICK: Final = 0.2
"""Seconds between two looks at the clock."""
_PAUSE: Final = 2.0
"""A longer time between two looks means that this process was stopped or the machine asleep."""
_AHEAD: Final = 2
"""Lists of tasks that a worker has at once, so that it never waits for the next."""
_FAR_AHEAD: Final = 6
"""The same where pipes are wide, so that workers go on while this process waits for the disk."""
_WIDE: Final = 1 << 20
"""Bytes that a pipe is asked to hold."""
_LIST_FILES: Final = 32
_LIST_BYTES: Final = 1 << 18
_LIST_PATHS: Final = 1 << 13
"""Bounds of a list of tasks; that of its paths keeps as many lists as a worker has within what its pipe holds, so that handing them out never waits."""
_LAST_WORDS: Final = 3.0
"""Seconds that a document may still take after the wish to stop."""


class Worker:
    """A worker as its overseer sees it.

    Args:
        process: The process.
        tasks: The pipe to it.
        pipe: The pipe from it.
        place: Its place on the board.
        steps: How many documents were begun at that place.
    """

    def __init__(self, process: Any, tasks: Connection, pipe: Connection, place: int, steps: int) -> None:
        self.process = process
        self.tasks = tasks
        self.pipe = pipe
        self.place = place
        self.lists: deque[TaskList] = deque()
        self.open: dict[int, Task] = {}
        self.steps = steps
        self.since = time.monotonic()
        self.late: int | None = None

    def give(self, given: TaskList) -> None:
        """Hands out a list of tasks; to a worker that has just died, too, for its death will be heard of."""
        if not self.open:
            self.since = time.monotonic()
        self.lists.append(given)
        self.open.update((task.number, task) for task in given.tasks)
        with suppress(OSError):
            self.tasks.send(given)

    def close(self) -> None:
        """Lets go of the pipes."""
        self.tasks.close()
        self.pipe.close()


class Pool:
    """Workers, started with the first task. Use as a context manager: at its end no worker is left.

    Args:
        job: What to do.
        drafts: Where texts go that are to be kept.
        jobs: How many workers.
        start: The start method of :mod:`multiprocessing`; ``fork`` on Linux, where workers share the parent's lexicons.
    """

    def __init__(self, job: Job, drafts: Drafts, jobs: int, *, start: str | None = None) -> None:
        self._context: Any = multiprocessing.get_context(start or ("fork" if sys.platform.startswith("linux") else "spawn"))
        self._forks = self._context.get_start_method() == "fork"
        self._job = job
        self._drafts = drafts
        self._board = Board(self._context, jobs)
        self._jobs = jobs
        self._workers: list[Worker] = []
        self._ahead = _AHEAD
        self._given = 0
        self._barren = 0
        self._again: deque[Task] = deque()
        self._tried: dict[int, int] = {}
        self._looked = time.monotonic()
        self._stopping: float | None = None
        self._exhausted = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            self._kill(worker)
        if self._workers and self._forks:
            gc.unfreeze()

    def stop(self) -> None:
        """Lets the workers end after their current document; :meth:`run` then ends, too."""
        self._board.stop = True
        self._stopping = time.monotonic()

    def attempts(self, number: int) -> int:
        """How often a task was tried, once its last answer is there."""
        return max(1, self._tried.pop(number, 1))

    def run(self, tasks: Iterable[Task | None]) -> Iterator[list[Answer]]:
        """Answers as they come, in no fixed order, from lists of any length; an empty one at least at every tick of the clock.

        Args:
            tasks: Taken as workers become free, never far ahead; None where there is none for now.
        """
        source = iter(tasks)
        self._exhausted = False
        while True:
            self._hand_out(source)
            busy = any(worker.open for worker in self._workers)
            if not busy and (self._exhausted or self._stopping is not None):
                return
            if busy:
                yield from self._listen()
            else:
                yield []
            self._watch()
            if self._stopping is not None and time.monotonic() - self._stopping > _LAST_WORDS:
                return

    # --- handing out

    def _hand_out(self, source: Iterator[Task | None]) -> None:
        if self._stopping is not None:
            return
        for depth in range(self._ahead):
            for place in range(self._jobs):
                if place < len(self._workers) and len(self._workers[place].lists) > depth:
                    continue
                given = self._next_list(source)
                if not given.tasks:
                    return
                self._worker(place).give(given)

    def _next_list(self, source: Iterator[Task | None]) -> TaskList:
        """What comes next: tasks left over from a dead worker, then new ones. The first lists are short, so that all workers get some."""
        tasks: list[Task] = []
        together = not self._again
        size = paths = 0
        most = min(_LIST_FILES, 1 + self._given // (4 * self._jobs))
        while len(tasks) < most and size < _LIST_BYTES and paths < _LIST_PATHS:
            task = self._again.popleft() if self._again else self._next(source)
            if task is None:
                break
            tasks.append(task)
            size += task.size
            paths += len(task.path) + 2 * len(task.name) + 150
        self._given += len(tasks)
        return TaskList(tasks, together)

    def _next(self, source: Iterator[Task | None]) -> Task | None:
        try:
            return next(source)
        except StopIteration:
            self._exhausted = True
            return None

    def _worker(self, place: int) -> Worker:
        if place == len(self._workers):
            if not self._workers:
                self._warm()
            self._workers.append(self._start(place))
        return self._workers[place]

    def _warm(self) -> None:
        """Loads what forks share, and keeps the garbage collector from touching (and so copying) it."""
        if self._forks:
            self._job.extractor()
            gc.collect()
            gc.freeze()

    def _start(self, place: int) -> Worker:
        # pipes, for a pair of sockets would not do where sockets are forbidden
        tasks, ours = self._context.Pipe(duplex=False)
        answers, theirs = self._context.Pipe(duplex=False)
        self._ahead = _FAR_AHEAD if _widened(ours) and _widened(theirs) else _AHEAD
        arguments = (tasks, theirs, self._board, place, self._job, self._drafts, os.getpid(), self._forks)
        process = self._context.Process(target=serve, args=arguments, daemon=True)
        process.start()
        tasks.close()
        theirs.close()
        return Worker(process, ours, answers, place, self._board.steps(place))

    # --- listening

    def _listen(self) -> Iterator[list[Answer]]:
        ready = wait([worker.pipe for worker in self._workers], _TICK)
        if not ready:
            yield []
        for worker in self._workers[:]:
            if worker.pipe in ready:
                answers = self._take(worker)
                yield self._died(worker) if answers is None else answers

    def _take(self, worker: Worker) -> list[Answer] | None:
        """The answers of one message; None if the worker is dead."""
        try:
            message: Message = worker.pipe.recv()
        except (EOFError, OSError):
            return None
        if message.through:
            for task in worker.lists.popleft().tasks:
                worker.open.pop(task.number, None)
        for answer in message.answers:
            self._barren = 0
            if answer.state != "part":
                worker.open.pop(answer.number, None)
        return message.answers

    def _watch(self) -> None:
        """Kills workers whose document takes too long; their death is then heard of as any other."""
        now = time.monotonic()
        missed = now - self._looked if now - self._looked > _PAUSE else 0.0
        self._looked = now
        for worker in self._workers:
            steps = self._board.steps(worker.place)
            if steps != worker.steps or not worker.open:
                worker.steps, worker.since = steps, now
            worker.since += missed
            if now - worker.since > self._job.options.limits.seconds:
                worker.late = self._board.task(worker.place)
                worker.process.kill()

    # --- dying

    def _died(self, worker: Worker) -> list[Answer]:
        """Replaces a dead worker and sees to its tasks; what to say of the one that it was at."""
        code = _exit_code(worker)
        number = self._board.task(worker.place)
        at = worker.open.pop(number, None)
        self._again.extend(worker.open.values())
        self._board.begin(worker.place, 0)
        self._count_barren(at is None and number != TOGETHER, code)
        fresh = self._workers[worker.place] = self._start(worker.place)
        if at is None:
            return []
        if worker.late is not None and worker.late != at.number:  # it went on to the next in the very moment that it was killed
            self._again.append(at)
            return [Answer(at.number, [], "void")]
        tried = self._tried[at.number] = self._tried.get(at.number, 0) + 1
        if tried == 1 and worker.late is None:
            fresh.give(TaskList([at], together=False))
            return [Answer(at.number, [], "void")]
        return [Answer(at.number, [_given_up(worker.late is not None, code, self._job)], "last")]

    def _count_barren(self, barren: bool, code: int | None) -> None:
        """Gives up where worker after worker dies before it has begun anything.

        Raises:
            NewsExtractError: Workers cannot live under the limits set.
        """
        self._barren += barren
        if self._barren > 3 * self._jobs:
            limit = self._job.options.limits.memory
            told = f"workers die before they read anything ({_how(code)}). Raise the limit of memory (--memory, now {limit:,} bytes)."
            raise NewsExtractError(told)

    def _kill(self, worker: Worker) -> None:
        worker.process.kill()
        worker.process.join()
        worker.close()


def _widened(pipe: Connection) -> bool:
    """Whether a pipe now holds :data:`_WIDE`; only Linux can be asked for it, and may refuse."""
    try:
        return fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _WIDE) >= _WIDE
    except (AttributeError, OSError):
        return False


def _exit_code(worker: Worker) -> int | None:
    """How a worker ended that has closed its pipe; one that nevertheless lives on is killed."""
    worker.close()
    worker.process.join(1.0)
    worker.process.kill()
    worker.process.join()
    code: int | None = worker.process.exitcode
    return code


def _given_up(late: bool, code: int | None, job: Job) -> Outcome:
    if late:
        return Outcome("error", "", "TIMEOUT", f"took longer than {job.options.limits.seconds:g} seconds", "Raise --timeout, then run with --retry-failed.")
    if code == MEMORY:
        reason = f"took more memory than {job.options.limits.memory:,} bytes"
        return Outcome("error", "", "MEMORY", reason, "Raise --memory, then run with --retry-failed.")
    reason = f"made the process that read it die ({_how(code)}), twice"
    return Outcome("error", "", "CRASH", reason, "Leave it out, or convert it to another format.")


def _how(code: int | None) -> str:
    return f"signal {signal.Signals(-code).name}" if code is not None and code < 0 else f"exit code {code}"
