"""Spans of the source text."""

from __future__ import annotations

from typing import Final, NamedTuple


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of code points of the source text, as extracted and before any folding."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


_NEW: Final = tuple.__new__
_SPAN: Final = Span


def span_of(start: int, end: int) -> Span:
    """``Span(start, end)`` in half the time: without the constructor that a named tuple writes in Python."""
    return _NEW(_SPAN, (start, end))
