"""Calendar dates to days: the year, the month and the direction that are not written."""

from __future__ import annotations

from datetime import date
from typing import Final, final

from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_units import part_of
from newsextract.values.date import Days, Precision, add_days, make_day, month_days, nth_weekday, week_days, year_days
from newsextract.values.hijri import hijri_span, to_hijri

_FAR: Final = 270

_NEAR: Final = 92


@final
class Context:
    """What an expression is counted from.

    Attributes:
        reference: The day that «اليوم» is, None if nobody knows.
        near: A full date of the text that lends its year, None for none.
        previous: The date before («الشهر نفسه»).
        lead: The dated weekday of the lead («يوم الخميس 18 يناير 2024»), from which «فبراير المقبل» is counted for want of a reference.
        past: Whether the sentence tells of the past; None if it does not say.
    """

    __slots__ = ("lead", "near", "past", "previous", "reference")

    def __init__(
        self,
        reference: date | None = None,
        near: date | None = None,
        previous: date | None = None,
        lead: date | None = None,
        past: bool | None = None,
    ) -> None:
        self.reference = reference
        self.near = near
        self.previous = previous
        self.lead = lead
        self.past = past


@final
class Found:
    """Days of an expression on the way to a :class:`DateValue`."""

    __slots__ = ("approximate", "days", "notes", "precision", "relative", "vague", "whole")

    def __init__(
        self,
        days: Days,
        precision: Precision,
        relative: bool = False,
        approximate: bool = False,
        notes: tuple[str, ...] = (),
        whole: tuple[date, date, Precision] | None = None,
        vague: bool = False,
    ) -> None:
        self.days = days
        self.precision = precision
        self.relative = relative
        self.approximate = approximate
        self.notes = notes
        self.whole = whole
        self.vague = vague


def calendar_days(expr: Expr, context: Context) -> Found | None:
    if expr.year and expr.month and expr.day and expr.cal != "hijri":
        return _day(expr, expr.year, expr.month, False, ())
    if expr.weekday and not expr.month and not expr.year and expr.month_shift is None and expr.year_shift is None and not expr.day:
        return _weekday(expr, context)
    picked = year_month(expr, context)
    if picked is None:
        return None
    year, month, relative, notes = picked
    if expr.cal == "hijri":
        return _hijri(expr, year, month, relative, notes)
    if not month:
        whole = year_days(year)
        days, approximate = part_of(whole, expr.part, "year", context.reference)
        if expr.part:
            return Found(days, "day" if days[0] == days[1] else "month", relative, approximate, notes, (*whole, "year"))
        return Found(days, "year", relative, approximate, notes)
    if expr.weekday and expr.nth and not expr.day:
        day = nth_weekday(year, month, expr.weekday, expr.nth)
        return None if day is None else Found((day, day), "day", relative, False, notes)
    if not expr.day:
        days = month_days(year, month)
        if expr.nth and expr.unit == "day":
            return Found((days[1], days[1]), "day", relative, False, notes)
        if expr.part:
            part, approximate = part_of(days, expr.part, "month", context.reference)
            return Found(part, "day", relative, approximate, notes, (*days, "month"))
        return Found(days, "month", relative, False, notes)
    return _day(expr, year, month, relative, notes)


def _day(expr: Expr, year: int, month: int, relative: bool, notes: tuple[str, ...]) -> Found | None:
    day = make_day(year, month, expr.day)
    if day is None:
        return None
    if expr.weekday and day.isoweekday() != expr.weekday:
        if expr.ordinal and expr.day <= 5:
            nth = nth_weekday(year, month, expr.weekday, expr.day)
            if nth is not None:
                return Found((nth, nth), "day", relative, False, notes)
        if "year_from_context" in notes and not relative:
            return None  # the year is not the one that another date says
        notes = (*notes, "weekday_contradicts")
    return Found((day, day), "day", relative, False, notes)


def _hijri(expr: Expr, year: int, month: int, relative: bool, notes: tuple[str, ...]) -> Found | None:
    if year > 1700 and month:  # «رمضان 2025»: the Hijri month that begins in that Gregorian year
        year = _hijri_year(year, month, expr.day)
        notes = (*notes, "gregorian_year")
    span = hijri_span(year, month or None, expr.day or None)
    if span is None:
        return None
    days: Days = (span.start, span.end)
    precision: Precision = "day" if expr.day else "month" if month else "year"
    if not expr.day and expr.nth < 0:
        return Found((span.end, span.end), "day", relative, span.approximate, notes)
    if expr.weekday and expr.day and abs((days[0].isoweekday() - expr.weekday + 3) % 7 - 3) > 1:
        notes = (*notes, "weekday_contradicts")
    if expr.part and not expr.day:
        part, approximate = part_of(days, expr.part, "month" if month else "year", None)
        return Found(part, "day" if month or part[0] == part[1] else "month", relative, approximate, notes, (*days, precision))
    return Found(days, precision, relative, span.approximate, notes)


def _hijri_year(year: int, month: int, day: int) -> int:
    """The Hijri year whose month begins in a Gregorian year."""
    first = to_hijri(date(year, 1, 1))[0]
    for candidate in (first, first + 1):
        span = hijri_span(candidate, month, day or None)
        if span is not None and span.start.year == year:
            return candidate
    return first


def year_month(expr: Expr, context: Context) -> tuple[int, int, bool, tuple[str, ...]] | None:
    """The year and month of a calendar expression, whether they were counted, and the reasons."""
    hijri = expr.cal == "hijri"
    base = context.previous if expr.same and context.previous is not None else context.reference or context.lead
    here = None if base is None else (to_hijri(base) if hijri else (base.year, base.month, base.day))
    if expr.month_shift is not None and not expr.month:
        if here is None:
            return None
        index = (expr.year or here[0]) * 12 + here[1] - 1 + expr.month_shift
        return index // 12, index % 12 + 1, True, ()
    if expr.year:
        return expr.year, expr.month, False, ()
    if expr.year_shift is not None:
        return None if here is None else (here[0] + expr.year_shift, expr.month, True, ())
    if expr.shift is not None and expr.month:
        return None if here is None else (_shifted_year(expr, here), expr.month, True, ())
    if not expr.month:
        return None
    return _completed_year(expr, context, hijri)


def _shifted_year(expr: Expr, here: tuple[int, int, int]) -> int:
    """«مارس المقبل» is the next one, «الماضي» the last, «الجاري» this year's."""
    year, month, day = here
    mark, today = (expr.month, expr.day or 15), (month, day if expr.day else 15)
    shift = expr.shift or 0
    if shift > 0:
        return year + (0 if mark > today else 1) + (shift - 1)
    if shift < 0:
        return year - (0 if mark < today else 1) + (shift + 1)
    if abs(expr.month - month) > 6:  # «ديسمبر الجاري» in the first days of January
        return year + (1 if expr.month < month else -1)
    return year


def _completed_year(expr: Expr, context: Context, hijri: bool) -> tuple[int, int, bool, tuple[str, ...]] | None:
    """The year from the nearest full date, else from the reference; the weekday chooses among neighbours."""
    base = context.near if context.near is not None else context.reference
    if base is None:
        return None
    relative = context.near is None
    year = to_hijri(base)[0] if hijri else base.year
    year += _leap(expr, year, base)
    notes: tuple[str, ...] = ("year_from_context",)
    if expr.weekday and expr.day and not expr.ordinal:
        fitting = [y for y in (year, year - 1, year + 1) if _falls_on(expr, y)]
        if fitting and fitting[0] != year:
            return fitting[0], expr.month, relative, (*notes, "year_from_weekday")
    return year, expr.month, relative, notes


def _leap(expr: Expr, year: int, base: date) -> int:
    """±1 when the date of the base's own year is far from it and that of the year beside it is near (December and January)."""
    here = _first_day(expr, year)
    if here is None or abs((here - base).days) <= _FAR:
        return 0
    step = -1 if here > base else 1
    beside = _first_day(expr, year + step)
    return step if beside is not None and abs((beside - base).days) <= _NEAR else 0


def _first_day(expr: Expr, year: int) -> date | None:
    if expr.cal == "hijri":
        span = hijri_span(year, expr.month, expr.day or None)
        return None if span is None else span.start
    return make_day(year, expr.month, expr.day or 1)


def _falls_on(expr: Expr, year: int) -> bool:
    day = _first_day(expr, year)
    return day is not None and day.isoweekday() == expr.weekday


def _weekday(expr: Expr, context: Context) -> Found | None:
    """A weekday alone: of a counted week, or the nearest in the direction that is said or told."""
    reference = context.reference
    if reference is None:
        return None
    if expr.week_shift is not None:
        monday = week_days(add_days(reference, 7 * expr.week_shift))[0]
        day = add_days(monday, expr.weekday - 1)
        return Found((day, day), "day", True)
    ahead = (expr.weekday - reference.isoweekday()) % 7
    shift = expr.shift
    if shift is None and context.past:
        day = add_days(reference, ahead - 7 if ahead else 0)
    elif shift is not None and shift < 0:
        day = add_days(reference, ahead - 7 + 7 * (shift + 1))
    elif shift is not None and shift > 0:
        day = add_days(reference, (ahead or 7) + 7 * (shift - 1))
    else:
        day = add_days(reference, ahead or (0 if context.past is False else 7))
    return Found((day, day), "day", True)
