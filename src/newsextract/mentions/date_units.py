"""Arithmetic of periods: their days, their parts, and distances in them."""

from __future__ import annotations

from datetime import date
from typing import Final

from newsextract.mentions.date_expr import Expr
from newsextract.values.date import (
    Days,
    Precision,
    add_days,
    add_months,
    century_days,
    decade_days,
    half_days,
    iso_week,
    month_days,
    nth_week,
    quarter_days,
    season_days,
    week_days,
    year_days,
)

_MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


def shifted_days(day: date, unit: str, n: int) -> date:
    """``day`` moved by ``n`` units."""
    if unit == "day":
        return add_days(day, n)
    if unit == "week":
        return add_days(day, 7 * n)
    return add_months(day, n * _MONTHS[unit])


def span_days(reference: date, unit: str, n: int) -> Days:
    """The last (negative ``n``) or next units before or after the reference; whole decades for decades."""
    if unit in ("decade", "century"):
        size = 10 if unit == "decade" else 100
        start = reference.year - reference.year % size
        low, high = (start + n * size, start - 1) if n < 0 else (start + size, start + size * (n + 1) - 1)
        return year_days(low)[0], year_days(high)[1]
    unit = "week" if unit == "weekend" else unit
    other = shifted_days(reference, unit, n)
    return (other, add_days(reference, -1)) if n < 0 else (add_days(reference, 1), other)


def period_days(expr: Expr, year: int, month: int, reference: date | None) -> tuple[Days, Precision] | None:
    """Days and precision of a ``period`` expression, its year and month known."""
    if expr.shift is not None and expr.year and expr.unit == "quarter" and reference is not None:
        return quarter_days(expr.year, (reference.month + 2) // 3), "quarter"  # «الربع نفسه من عام 2023»
    if expr.shift is not None:
        return None if reference is None else _shifted(expr, reference)
    nth = expr.nth
    days: Days | None = None
    precision: Precision = "day"
    if expr.unit == "week":
        days = nth_week(year, month, nth) if month else (iso_week(year, nth) if nth > 0 else iso_week(year, date(year, 12, 28).isocalendar()[1]))
    elif expr.unit == "quarter" and nth <= 4:
        days, precision = quarter_days(year, nth if nth > 0 else 4), "quarter"
    elif expr.unit == "half" and nth <= 2:
        days = _half(year, month, nth if nth > 0 else 2)
        precision = "day" if month else "month"
    elif expr.unit == "season":
        days, precision = season_days(year, expr.season), "season"
    elif expr.unit == "decade":
        days, precision = decade_days(year), "decade"
    elif expr.unit == "century":
        days, precision = century_days(nth), "century"
    return None if days is None else (days, precision)


def _half(year: int, month: int, nth: int) -> Days:
    if not month:
        return half_days(year, nth)
    first, last = month_days(year, month)
    return (first, first.replace(day=15)) if nth == 1 else (first.replace(day=16), last)


def _shifted(expr: Expr, reference: date) -> tuple[Days, Precision]:
    """«الأسبوع الماضي», «الربع المقبل», «القرن الحالي»."""
    shift = expr.shift or 0
    unit = expr.unit
    if unit == "week":
        return week_days(add_days(reference, 7 * shift)), "day"
    if unit == "weekend":
        monday = week_days(add_days(reference, 7 * shift))[0]
        return (add_days(monday, 5), add_days(monday, 6)), "day"
    if unit == "quarter":
        day = add_months(reference, 3 * shift)
        return quarter_days(day.year, (day.month + 2) // 3), "quarter"
    if unit == "half":
        day = add_months(reference, 6 * shift)
        return half_days(day.year, 1 if day.month <= 6 else 2), "month"
    if unit == "season":
        return _season(expr.season, shift, reference), "season"
    if unit == "decade":
        return decade_days(reference.year - reference.year % 10 + 10 * shift), "decade"
    if unit == "century":
        return century_days(reference.year // 100 + 1 + shift), "century"
    if unit == "month":
        day = add_months(reference, shift)
        return month_days(day.year, day.month), "month"
    return year_days(reference.year + shift), "year"


def _season(season: str, shift: int, reference: date) -> Days:
    """The next, last or this year's season of that name."""
    this = season_days(reference.year, season)
    if shift > 0:
        return this if this[0] > reference else season_days(reference.year + 1, season)
    if shift < 0:
        return this if this[1] < reference else season_days(reference.year - 1, season)
    return this


def part_of(days: Days, part: str, unit: str, reference: date | None) -> tuple[Days, bool]:
    """The early, middle or late part of a period, and whether it is only about that."""
    first, last = days
    if not part:
        return days, False
    if unit == "month" and 27 < (last - first).days + 1 < 32:
        return _part_of_month(first, last, part), True
    if unit == "week":
        return _part_of_week(first, last, part, reference), True
    if part == "end" and unit == "year":
        return (last, last), True
    if part == "start" and unit == "year":
        return (first, first), True
    length = (last - first).days + 1
    if part in ("early", "start"):
        return (first, _middle(first, last)[0]), True
    if part == "mid":
        return (add_days(first, length // 3), add_days(last, -(length // 3))), True
    return (_middle(first, last)[1], last), True


def _middle(first: date, last: date) -> Days:
    """Last day of the first half and first day of the second; by months where the period has them."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day == 1 and months > 1 and months % 2 == 0:
        second = add_months(first, months // 2)
    else:
        second = add_days(first, ((last - first).days + 1) // 2)
    return add_days(second, -1), second


def _part_of_month(first: date, last: date, part: str) -> Days:
    if part == "start":
        return first, first
    if part == "mid":
        day = add_days(first, 14)
        return day, day
    if part == "end":
        return last, last
    if part == "early":
        return first, add_days(first, 14)
    return add_days(first, 15), last


def _part_of_week(first: date, last: date, part: str, reference: date | None) -> Days:
    if part == "later" and reference is not None and first <= reference < last:
        return add_days(reference, 1), last
    if part in ("early", "start"):
        return first, add_days(first, 2)
    if part == "mid":
        return add_days(first, 2), add_days(first, 3)
    if part == "end" and reference is not None and first <= reference <= last:
        return add_days(first, 5), last
    return add_days(first, 3), last
