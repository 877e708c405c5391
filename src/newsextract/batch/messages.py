"""What an overseer and its workers tell one another: lists of tasks, answers, and a board of numbers that both see at once."""

from __future__ import annotations

import ctypes
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from newsextract.batch.job import Task
from newsextract.batch.outcome import Outcome

STOP: Final = 0
"""Place on the board: not 0 when the workers are to end after their current document."""
TOGETHER: Final = 1 << 63
"""In place of a task on the board: the worker is at several."""


State: TypeAlias = Literal["part", "last", "void", "changed"]


class TaskList(NamedTuple):
    """What a worker is given at once.

    Attributes:
        tasks: The tasks.
        together: Whether their documents may be extracted together; not if they come from a worker that died, so that the next death tells which
            of them is to blame.
    """

    tasks: list[Task]
    together: bool


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
        """Tells that ``worker`` begins with the next document of ``task``; :data:`TOGETHER` for those of several, 0 if it begins none."""
        self._numbers[1 + 2 * worker] = task
        self._numbers[2 + 2 * worker] += 1

    def task(self, worker: int) -> int:
        """What ``worker`` is at; 0 if nothing."""
        return int(self._numbers[1 + 2 * worker])

    def steps(self, worker: int) -> int:
        """A number that changes whenever ``worker`` begins with another document."""
        return int(self._numbers[2 + 2 * worker])
