"""A worker process: takes lists of tasks, answers with outcomes, and harms nobody when it dies.

Into the run directory it writes nothing but texts under temporary names; whatever else it finds goes through its pipe to the parent. It dies with
its parent, its memory is limited, what libraries print is thrown away, and signals are left to the parent.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from io import FileIO, TextIOWrapper
from multiprocessing.connection import Connection
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from newsextract.batch.job import Job, Task, unchanged
from newsextract.batch.outcome import Outcome
from newsextract.batch.texts import Drafts

MEMORY: Final = 77
"""The exit code of a worker that met its limit of memory."""
_PR_SET_PDEATHSIG: Final = 1
_HOLD_SECONDS: Final = 0.05
"""For how long finished documents may wait for company on their way to the parent."""
_HOLD_BYTES: Final = 1 << 18
STOP: Final = 0
"""Place on the board: not 0 when the workers are to end after their current document."""


State: TypeAlias = Literal["part", "last", "void", "changed"]


class Answer(NamedTuple):
    """Outcomes of one task.

    Attributes:
        number: The task's.
        outcomes: In order, after those of earlier answers.
        state: ``part`` if more will come, ``last`` if not; ``void`` if whatever was told of the task does not count, for it is begun anew;
            ``changed`` if it does not count since the file is no longer what had been hashed.
    """

    number: int
    outcomes: list[Outcome]
    state: State


class Message(NamedTuple):
    """What a worker sends: answers, and whether it is through with a list of tasks."""

    answers: list[Answer]
    through: bool


class Board:
    """Numbers that parent and workers see alike without a message: the wish to stop, and what each worker is at.

    Args:
        context: Of :mod:`multiprocessing`.
        workers: How many there may be.
    """

    def __init__(self, context: Any, workers: int) -> None:
        self._numbers = context.RawArray(ctypes.c_uint64, 1 + 2 * workers)

    @property
    def stop(self) -> bool:
        """Whether the workers are to end after their current document."""
        return bool(self._numbers[STOP])

    @stop.setter
    def stop(self, value: bool) -> None:
        self._numbers[STOP] = int(value)

    def begin(self, worker: int, task: int) -> None:
        """Tells that ``worker`` begins with the next document of ``task``; 0 if it begins none."""
        self._numbers[1 + 2 * worker] = task
        self._numbers[2 + 2 * worker] += 1

    def task(self, worker: int) -> int:
        """What ``worker`` is at; 0 if nothing."""
        return int(self._numbers[1 + 2 * worker])

    def steps(self, worker: int) -> int:
        """A number that changes whenever ``worker`` begins with another document."""
        return int(self._numbers[2 + 2 * worker])


def serve(lists: Connection, answers: Connection, board: Board, place: int, job: Job, drafts: Drafts, parent: int, forked: bool) -> None:
    """The life of a worker.

    Args:
        lists: Where lists of tasks come from.
        answers: Where messages go.
        board: Shared with it.
        place: This worker's place on the board.
        job: What to do.
        drafts: Where texts go that are to be kept.
        parent: The parent's process id.
        forked: Whether this process is a copy of the parent, whose files it then closes.
    """
    _live_and_die_with(parent)
    _be_quiet()
    if forked:
        _close_all_but(lists.fileno(), answers.fileno())
    job.extractor()
    _limit_memory(job.options.limits.memory)
    try:
        while (tasks := _next_tasks(lists, parent)) is not None:
            for message in _answers(tasks, job, drafts, board, place):
                answers.send(message)
    except MemoryError:
        os._exit(MEMORY)
    except (EOFError, OSError):  # the parent has gone
        os._exit(0)


def _answers(tasks: list[Task], job: Job, drafts: Drafts, board: Board, place: int) -> Iterator[Message]:
    """Messages for the parent. Members of containers are sent at once, so that what preceded a crash does not depend on chance."""
    held: list[Answer] = []
    size, since = 0, time.monotonic()
    for task in tasks:
        if board.stop:
            break
        board.begin(place, task.number)
        found: list[Outcome] = []
        for outcome in job.outcomes(task):
            found.append(drafts.write(outcome))
            size += len(outcome.line)
            if outcome.member:
                yield Message([*held, Answer(task.number, found, "part")], False)
                held, found, size = [], [], 0
            board.begin(place, task.number)
        held.append(Answer(task.number, found, "last") if unchanged(task) else Answer(task.number, [], "changed"))
        if size > _HOLD_BYTES or time.monotonic() - since > _HOLD_SECONDS:
            yield Message(held, False)
            held, size, since = [], 0, time.monotonic()
    board.begin(place, 0)
    yield Message(held, True)


def _next_tasks(lists: Connection, parent: int) -> list[Task] | None:
    while not lists.poll(1.0):
        if os.getppid() != parent:
            os._exit(0)
    tasks: list[Task] | None = lists.recv()
    return tasks


def _live_and_die_with(parent: int) -> None:
    """Leaves signals to the parent, ends when it ends, leaves no core file, and is the first to go when the machine's memory is short."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        try:
            with open("/proc/self/oom_score_adj", "w", encoding="utf-8") as file:
                file.write("500")
        except OSError:
            pass
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if os.getppid() != parent:  # it went before the wish was heard
        os._exit(0)


def _limit_memory(most: int) -> None:
    """Limits the address space to ``most``; half of it, at least, beyond what a copy of a large program has from the start."""
    try:
        with open("/proc/self/statm", encoding="utf-8") as file:
            present = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        present = 0
    limit = max(most, present + most // 2)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _be_quiet() -> None:
    """Throws away what is printed, also where the host of this package has put objects of its own in the place of the streams."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    sys.stdout, sys.stderr = (TextIOWrapper(FileIO(stream, "w", closefd=False), encoding="utf-8", errors="replace") for stream in (1, 2))


def _close_all_but(*kept: int) -> None:
    """Closes the files that a fork inherits, the ledger and the lock among them: its end would keep the lock, its locks the ledger's."""
    highest = min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 1 << 20)
    start = 3
    for file in sorted(kept):
        os.closerange(start, file)
        start = file + 1
    os.closerange(start, highest)
