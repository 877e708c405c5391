"""The Hijri calendar: Umm al-Qura where its tables reach, the tabular calendar outside.

Umm al-Qura is the civil calendar of Saudi Arabia and what the press of the Gulf prints; ``hijridate`` holds its tables for
1343–1500 AH. Outside them the tabular calendar (civil epoch, 30-year cycle with eleven leap years) is used, which may be a day
or two off: the result says so.
"""

from __future__ import annotations

from datetime import date
from typing import Final, final

from hijridate import Gregorian, Hijri

FIRST_YEAR: Final = 1343
LAST_YEAR: Final = 1500
_EPOCH: Final = 227015
"""Ordinal (``date.toordinal``) of 1 Muharram 1 AH, 19 July 622 in the proleptic Gregorian calendar."""


@final
class HijriSpan:
    """Inclusive Gregorian days of a Hijri day, month or year; ``approximate`` outside the Umm al-Qura tables."""

    __slots__ = ("approximate", "end", "start")

    def __init__(self, start: date, end: date, approximate: bool) -> None:
        self.start = start
        self.end = end
        self.approximate = approximate


def hijri_span(year: int, month: int | None = None, day: int | None = None) -> HijriSpan | None:
    """The Gregorian days of a Hijri date, None if there is no such day.

    Args:
        year: Hijri year, 1 or later.
        month: 1–12, None for the whole year.
        day: 1–30, None for the whole month.
    """
    if not 1 <= year <= 9000 or not (month is None or 1 <= month <= 12):
        return None
    exact = FIRST_YEAR <= year <= LAST_YEAR
    if month is None:
        start, end = _month_start(year, 1, exact), _month_start(year + 1, 1, exact)
        return HijriSpan(date.fromordinal(start), date.fromordinal(end - 1), not exact)
    start = _month_start(year, month, exact)
    end = _month_start(year + month // 12, month % 12 + 1, exact)
    if day is None:
        return HijriSpan(date.fromordinal(start), date.fromordinal(end - 1), not exact)
    length = end - start
    if not 1 <= day <= max(length, 30):
        return None
    # A thirtieth that the tables do not have (the moon was seen a day later in the writer's country) is kept as what it was there.
    at = date.fromordinal(start + day - 1)
    return HijriSpan(at, at, not exact or day > length)


def _month_start(year: int, month: int, exact: bool) -> int:
    return _first(year, month) if exact else _tabular_first(year, month)


def to_hijri(day: date) -> tuple[int, int, int]:
    """Year, month and day of ``day`` in the Hijri calendar; tabular outside the tables."""
    try:
        return Gregorian.fromdate(day).to_hijri().datetuple()
    except OverflowError:
        return _tabular(day.toordinal())


_FIRSTS: Final[dict[int, int]] = {}
"""What :func:`_first` has found, by months since the epoch: at most as many as the tables have."""


def _first(year: int, month: int) -> int:
    """The ordinal of the first day of a month within the tables, or of the month after their last; remembered."""
    index = year * 12 + month
    found = _FIRSTS.get(index)
    if found is None:
        if year > LAST_YEAR:
            found = _first(LAST_YEAR, 12) + Hijri(LAST_YEAR, 12, 1).month_length()
        else:
            found = Hijri(year, month, 1).to_gregorian().toordinal()
        _FIRSTS[index] = found
    return found


def _tabular_first(year: int, month: int) -> int:
    """The ordinal of the first day of a month of the tabular calendar."""
    return _EPOCH + (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2


def _tabular(ordinal: int) -> tuple[int, int, int]:
    """Year, month and day of the tabular calendar."""
    if ordinal < _EPOCH:
        return 0, 0, 0
    year = (30 * (ordinal - _EPOCH) + 10646) // 10631
    month = min(12, (2 * (ordinal - _tabular_first(year, 1)) + 59) // 59)
    return year, month, ordinal - _tabular_first(year, month) + 1
