"""Exact numbers of JSON in formats whose numbers have a size."""

from __future__ import annotations


def double(value: float) -> float | None:
    """The nearest double; None for an integer beyond all doubles."""
    try:
        return float(value)
    except OverflowError:
        return None


def integer_or_double(value: float) -> float | None:
    """An integer of up to 64 bits as it is, any other number as the nearest double."""
    return value if isinstance(value, int) and -(2**63) <= value < 2**63 else double(value)
