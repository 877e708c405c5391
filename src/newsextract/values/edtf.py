"""Writing EDTF (ISO 8601-2:2019, levels 0 and 1).

Level 0: days, months, years and intervals of them. Level 1: ``~`` for approximate, ``2001-21`` for seasons, ``199X`` for
decades, ``19XX`` for centuries, ``..`` for open ends.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}


def edtf(start: date, end: date, precision: str, *, approximate: bool = False, season: int = 0, open_end: str = "") -> str:
    """The EDTF string of an inclusive span of days.

    Args:
        start, end: First and last day.
        precision: ``day``, ``month``, ``quarter``, ``season``, ``year``, ``decade`` or ``century``.
        approximate: Whether ``~`` is appended.
        season: 21–24 when the span is that season of ``start.year``.
        open_end: ``after`` for «from then on», ``before`` for «until then».
    """
    mark = "~" if approximate else ""
    low, high = _ends(start, end, precision, season)
    if open_end == "after":
        return f"{low}{mark}/.."
    if open_end == "before":
        return f"../{high}{mark}"
    return f"{low}{mark}" if low == high else f"{low}{mark}/{high}{mark}"


@lru_cache(4096)
def iso(day: date) -> str:
    """A day as ISO 8601 writes it."""
    return day.isoformat()


def _ends(start: date, end: date, precision: str, season: int) -> tuple[str, str]:
    """Both ends as coarse as the precision allows; equal strings mean one date."""
    if precision == "day":
        return iso(start), iso(end)
    if precision == "season" and season:
        one = f"{start.year:04d}-{season}"
        return one, one
    if precision == "decade" and start.year % 10 == 0 and _whole_years(start, end, 10):
        one = f"{start.year // 10:03d}X"
        return one, one
    if precision == "century" and start.year % 100 in (0, 1) and end.year - start.year == 99:
        one = f"{start.year // 100:02d}XX"
        return one, one
    if precision in ("year", "decade", "century") and start.month == start.day == 1 and end.month == 12 and end.day == 31:
        return f"{start.year:04d}", f"{end.year:04d}"
    if precision in ("month", "quarter", "season") and start.day == 1 and _last_of_month(end):
        return f"{start.year:04d}-{start.month:02d}", f"{end.year:04d}-{end.month:02d}"
    return iso(start), iso(end)


def _whole_years(start: date, end: date, years: int) -> bool:
    return (start.month, start.day) == (1, 1) and (end.month, end.day) == (12, 31) and end.year - start.year == years - 1


def _last_of_month(day: date) -> bool:
    return day == date.max or date.fromordinal(day.toordinal() + 1).day == 1
