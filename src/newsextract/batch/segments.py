"""Reading records back from the segments in which the ledger says that they lie."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Final

from newsextract.batch.ledger import Ledger, Line
from newsextract.errors import OutputError

_MOST_OPEN: Final = 64
_RUN: Final = 256
"""Neighbouring records read at once."""


class Segments:
    """The segments of a run directory, opened as they are needed. A context manager.

    Args:
        out: The run directory.
        paths: Where each segment lies below it.
    """

    def __init__(self, out: Path, paths: dict[int, str]) -> None:
        self._out = out
        self._paths = paths
        self._open: dict[int, int] = {}

    def __enter__(self) -> Segments:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for file in self._open.values():
            os.close(file)
        self._open.clear()

    def size(self, segment: int) -> int:
        """How many bytes a segment has."""
        return os.fstat(self._file(segment)).st_size

    def lines(self, places: Sequence[Line]) -> Iterator[bytes]:
        """The bytes at each place in order.

        Raises:
            OutputError: A segment is shorter than the ledger says.
        """
        for run in _neighbours(places):
            start = run[0].offset
            size = sum(place.length for place in run)
            data = os.pread(self._file(run[0].segment), size, start)
            if len(data) < size:
                path = self._out / self._paths[run[0].segment]
                raise OutputError(path, "is shorter than it was when it was written", "Run again with --force-new.")
            for place in run:
                yield data[place.offset - start : place.offset - start + place.length]

    def _file(self, segment: int) -> int:
        if segment not in self._open:
            if len(self._open) >= _MOST_OPEN:
                os.close(self._open.pop(next(iter(self._open))))
            self._open[segment] = os.open(self._out / self._paths[segment], os.O_RDONLY | os.O_CLOEXEC)
        return self._open[segment]


def forget_lost(out: Path, ledger: Ledger) -> None:
    """Lets the ledger forget segments that are gone or have been cut short since, so that what lay in them is done again."""
    for number, path, size in ledger.segments():
        try:
            there = (out / path).stat().st_size
        except OSError:
            there = -1
        if there < size:
            ledger.forget_segment(number)


def _neighbours(places: Iterable[Line]) -> Iterator[list[Line]]:
    """Runs of places that follow each other in one segment, none too long to hold."""
    end = (-1, -1)
    number = 0
    length = 0

    def run_of(place: Line) -> int:
        nonlocal end, number, length
        length += 1
        if (place.segment, place.offset) != end or length > _RUN:
            number += 1
            length = 0
        end = (place.segment, place.offset + place.length)
        return number

    for _, run in groupby(places, run_of):
        yield list(run)
