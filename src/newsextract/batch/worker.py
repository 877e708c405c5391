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
from collections.abc import Iterable, Iterator
from io import FileIO, TextIOWrapper
from itertools import chain
from multiprocessing.connection import Connection
from typing import Final

from newsextract.batch.job import Job, Task, unchanged
from newsextract.batch.messages import TOGETHER, Answer, Board, Message, TaskList
from newsextract.batch.outcome import Outcome
from newsextract.batch.texts import Drafts
from newsextract.extractor import BATCH_CHARACTERS
from newsextract.readers.dispatch import Outcome as Found
from newsextract.source import Source

MEMORY: Final = 77
"""The exit code of a worker that met its limit of memory."""
_PR_SET_PDEATHSIG: Final = 1
_HOLD_SECONDS: Final = 0.05
"""For how long finished documents may wait for company on their way to the parent."""
_HOLD_BYTES: Final = 1 << 18


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
            for message in _Desk(job, drafts, board, place).messages(tasks):
                answers.send(message)
    except MemoryError:
        os._exit(MEMORY)
    except (EOFError, OSError):  # the parent has gone
        os._exit(0)


class _Desk:
    """Where the tasks of one list are done.

    Args:
        job: What to do.
        drafts: Where texts go that are to be kept.
        board: Shared with the parent.
        place: This worker's place on it.
    """

    def __init__(self, job: Job, drafts: Drafts, board: Board, place: int) -> None:
        self._job = job
        self._drafts = drafts
        self._board = board
        self._place = place
        self._waiting: list[tuple[Task, Source]] = []
        self._characters = 0
        self._held: list[Answer] = []
        self._size = 0
        self._since = time.monotonic()

    def messages(self, given: TaskList) -> Iterator[Message]:
        """Messages for the parent. Documents that are files of their own wait for company, to be extracted together."""
        for task in given.tasks:
            if self._board.stop:
                break
            self._board.begin(self._place, task.number)
            documents = self._job.read(task)
            first = next(documents, None)
            whole = isinstance(first, Source) and first.name == task.name
            second = next(documents, None) if whole else None
            if given.together and isinstance(first, Source) and whole and second is None:
                self._wait(task, first)
            else:
                yield from self._one_by_one(task, chain([one for one in (first, second) if one is not None], documents))
            if self._size > _HOLD_BYTES or time.monotonic() - self._since > _HOLD_SECONDS:
                yield self._message()
        self._extract()
        self._board.begin(self._place, 0)
        yield self._message(through=True)

    def _wait(self, task: Task, source: Source) -> None:
        self._waiting.append((task, source))
        self._characters += len(source.text)
        if self._characters > BATCH_CHARACTERS:
            self._extract()

    def _extract(self) -> None:
        """Extracts what waits."""
        if not self._waiting:
            return
        self._board.begin(self._place, TOGETHER if len(self._waiting) > 1 else self._waiting[0][0].number)
        outcomes = self._job.outcomes([(source, task.name) for task, source in self._waiting])
        for (task, _), outcome in zip(self._waiting, outcomes, strict=True):
            self._hold(task, [self._drafts.write(outcome)])
        self._waiting, self._characters = [], 0

    def _one_by_one(self, task: Task, documents: Iterable[Found]) -> Iterator[Message]:
        """Does a task by itself. Members of containers are sent at once, so that what preceded a crash does not depend on chance; so is the last of
        them, for a task whose first members were told and whose end was not would be done again."""
        found: list[Outcome] = []
        told = False
        for document in documents:
            found += map(self._drafts.write, self._job.outcomes([(document, task.name)]))
            if found[-1].member:
                self._held.append(Answer(task.number, found, "part"))
                yield self._message()
                found, told = [], True
            self._board.begin(self._place, task.number)
        self._hold(task, found)
        if told:
            yield self._message()

    def _hold(self, task: Task, outcomes: list[Outcome]) -> None:
        """Keeps the last answer to ``task``; it does not count if the file is no longer what had been hashed."""
        self._held.append(Answer(task.number, outcomes, "last") if unchanged(task) else Answer(task.number, [], "changed"))
        self._size += sum(len(outcome.line) for outcome in outcomes)

    def _message(self, *, through: bool = False) -> Message:
        """All that is held."""
        message = Message(self._held, through)
        self._held, self._size, self._since = [], 0, time.monotonic()
        return message


def _next_tasks(lists: Connection, parent: int) -> TaskList | None:
    while not lists.poll(1.0):
        if os.getppid() != parent:
            os._exit(0)
    tasks: TaskList | None = lists.recv()
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
