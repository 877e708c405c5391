"""Spans of the source text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, final


@final
class Span:
    """A half-open range ``[start, end)`` of code points of the source text, as extracted and before any folding.

    It unpacks, compares and is ordered as the pair ``(start, end)``; it is a class of its own because thousands are made and a named tuple takes
    ten times as long to make.
    """

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start: Final = start
        self.end: Final = end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Span):
            return self.start == other.start and self.end == other.end
        return isinstance(other, tuple) and other == (self.start, self.end)

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __lt__(self, other: Span) -> bool:
        return self.start < other.start or (self.start == other.start and self.end < other.end)

    def __le__(self, other: Span) -> bool:
        return not other < self

    def __iter__(self) -> Iterator[int]:
        return iter((self.start, self.end))

    def __len__(self) -> int:
        return 2

    def __getitem__(self, at: int) -> int:
        return (self.start, self.end)[at]

    def __repr__(self) -> str:
        return f"Span(start={self.start}, end={self.end})"

    def __reduce__(self) -> tuple[type[Span], tuple[int, int]]:
        return Span, (self.start, self.end)
