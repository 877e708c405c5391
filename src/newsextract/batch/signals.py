"""SIGINT and SIGTERM: once, the current documents are finished; twice, the run ends now. Either way nothing is lost but time."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class StopNow(BaseException):
    """The second signal."""


class Signals:
    """The signals that came.

    Attributes:
        last: The number of the last one; None if none came.
    """

    def __init__(self) -> None:
        self.last: int | None = None

    @property
    def asked(self) -> bool:
        """Whether the run is to end when the current documents are through."""
        return self.last is not None

    def __call__(self, number: int, _: FrameType | None) -> None:
        """The handler."""
        again, self.last = self.asked, number
        if again:
            raise StopNow


@contextmanager
def signals() -> Iterator[Signals]:
    """Takes SIGINT and SIGTERM while the block lasts."""
    taken = Signals()
    before = {number: signal.signal(number, taken) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield taken
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
