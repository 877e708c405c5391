"""From date expressions to days: the reference day, the nearest full date, and the calendar decide what is not written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_units import part_of, period_days, shifted_days, span_days
from newsextract.values.date import (
    RANK,
    Calendar,
    Days,
    DateValue,
    add_days,
    add_months,
    make_day,
    month_days,
    nth_weekday,
    week_days,
    year_days,
)
from newsextract.values.edtf import SEASONS
from newsextract.values.hijri import hijri_span, to_hijri

_FAR: Final = 270
_NEAR: Final = 92


@dataclass(slots=True)
class Context:
    """What an expression is counted from.

    Attributes:
        reference: The day that «اليوم» is, None if nobody knows.
        near: A full date of the text that lends its year, None for none.
        previous: The date before («الشهر نفسه»).
        lead: The dated weekday of the lead («يوم الخميس 18 يناير 2024»), from which «فبراير المقبل» is counted for want of a reference.
        past: Whether the sentence tells of the past; None if it does not say.
    """

    reference: date | None = None
    near: date | None = None
    previous: date | None = None
    lead: date | None = None
    past: bool | None = None


@dataclass(slots=True)
class Found:
    """Days of an expression on the way to a :class:`DateValue`."""

    days: Days
    precision: str
    relative: bool = False
    approximate: bool = False
    notes: tuple[str, ...] = ()
    whole: tuple[date, date, str] | None = None
    vague: bool = False


def resolve(expr: Expr, context: Context) -> DateValue:
    """The value of ``expr``; its days are None where the context does not fix them."""
    found = _found(expr, context)
    notes = list(expr.notes)
    cal: Calendar = "hijri" if _cal(expr) == "hijri" else "gregorian"
    if found is None:
        precision: Any = _precision(expr)
        return DateValue(None, None, precision, cal, original(expr), False, is_relative(expr), notes=tuple(notes))
    notes.extend(found.notes)
    if expr.other is not None and _differs(found.days, expr.other, context):
        notes.append("calendars_differ")
    season = SEASONS.get(expr.season, 0)
    value = DateValue(
        found.days[0], found.days[1], found.precision, cal, original(expr), found.approximate, found.relative, season, expr.open_end, tuple(notes),
        found.whole, found.vague,  # type: ignore[arg-type]
    )  # fmt: skip
    return value


def _found(expr: Expr, context: Context) -> Found | None:
    try:
        return _DISPATCH[expr.kind](expr, context)
    except (ValueError, OverflowError):
        return None  # a year that the calendar does not reach


def _cal(expr: Expr) -> str:
    return expr.low.cal if expr.kind == "range" and expr.low is not None else expr.cal


def is_relative(expr: Expr) -> bool:
    """Whether the expression is counted from a reference day."""
    if expr.kind == "range":
        return any(e is not None and is_relative(e) for e in (expr.low, expr.high))
    if expr.kind in ("day", "offset", "span"):
        return True
    counted = (expr.shift, expr.week_shift, expr.month_shift, expr.year_shift)
    return any(x is not None for x in counted) or (expr.weekday > 0 and not expr.day and not expr.month)


def _precision(expr: Expr) -> str:
    if expr.kind == "range":
        return _precision(expr.low) if expr.low is not None else "day"
    if expr.kind in ("calendar", "holiday"):
        if expr.day or expr.weekday or expr.nth:
            return "day"
        return "month" if expr.month or expr.month_shift is not None else "year"
    return {"month": "month", "quarter": "quarter", "half": "month", "season": "season", "year": "year", "decade": "decade", "century": "century"}.get(expr.unit, "day")  # fmt: skip


def original(expr: Expr) -> dict[str, Any]:
    """The parts as written."""
    if expr.kind == "range" and expr.low is not None and expr.high is not None:
        return {"from": original(expr.low), "to": original(expr.high)}
    out: dict[str, Any] = {}
    for name in ("year", "month", "day", "weekday"):
        value = getattr(expr, name)
        if value:
            out[name] = value
    if expr.kind not in ("calendar", "holiday", "range"):
        out.update({k: v for k, v in (("unit", expr.unit), ("n", expr.n or expr.nth), ("shift", expr.shift), ("season", expr.season)) if v not in ("", None, 0)})
    if expr.part:
        out["part"] = expr.part
    if expr.other is not None:
        out[_cal(expr.other) or "other"] = original(expr.other)
    return out


def _differs(days: Days, other: Expr, context: Context) -> bool:
    second = _found(other, context)
    return second is not None and abs((second.days[0] - days[0]).days) > 1


# -- calendar dates -------------------------------------------------------------------------------------------------------------


def _calendar(expr: Expr, context: Context) -> Found | None:
    if expr.weekday and not expr.month and not expr.year and expr.month_shift is None and expr.year_shift is None and not expr.day:
        return _weekday(expr, context)
    picked = _year_month(expr, context)
    if picked is None:
        return None
    year, month, relative, notes = picked
    if expr.cal == "hijri":
        return _hijri(expr, year, month, relative, notes)
    if not month:
        whole = year_days(year)
        days, approximate = part_of(whole, expr.part, "year", context.reference)
        if expr.part:
            precision = "day" if days[0] == days[1] else "month"
            return Found(days, precision, relative, approximate, notes, (*whole, "year"))
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
        notes = (*notes, "weekday_contradicts")
    return Found((day, day), "day", relative, False, notes)


def _hijri(expr: Expr, year: int, month: int, relative: bool, notes: tuple[str, ...]) -> Found | None:
    span = hijri_span(year, month or None, expr.day or None)
    if span is None:
        return None
    days: Days = (span.start, span.end)
    precision = "day" if expr.day else "month" if month else "year"
    if not expr.day and expr.nth < 0:
        return Found((span.end, span.end), "day", relative, span.approximate, notes)
    if expr.weekday and expr.day and abs((days[0].isoweekday() - expr.weekday + 3) % 7 - 3) > 1:
        notes = (*notes, "weekday_contradicts")
    if expr.part and not expr.day:
        part, approximate = part_of(days, expr.part, "month" if month else "year", None)
        return Found(part, "day" if month or part[0] == part[1] else "month", relative, approximate, notes, (*days, precision))
    return Found(days, precision, relative, span.approximate, notes)


def _year_month(expr: Expr, context: Context) -> tuple[int, int, bool, tuple[str, ...]] | None:
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


# -- the other kinds --------------------------------------------------------------------------------------------------------------


def _relative_day(expr: Expr, context: Context) -> Found | None:
    if context.reference is None:
        return None
    day = add_days(context.reference, expr.n)
    notes = ("weekday_contradicts",) if expr.weekday and day.isoweekday() != expr.weekday else ()
    return Found((day, day), "day", True, False, notes)


def _offset(expr: Expr, context: Context) -> Found | None:
    if context.reference is None:
        return None
    day = shifted_days(context.reference, expr.unit, expr.n)
    vague = expr.unit in ("week", "decade", "century") or expr.n > 0 or expr.n < (-30 if expr.unit == "day" else -2)
    whole = None
    if expr.unit == "year":
        whole = (*year_days(day.year), "year")
    elif expr.unit == "month":
        whole = (*month_days(day.year, day.month), "month")
    return Found((day, day), "day", True, expr.unit != "day", (), whole, vague)


def _span(expr: Expr, context: Context) -> Found | None:
    if context.reference is None:
        return None
    return Found(span_days(context.reference, expr.unit, expr.n), "day" if expr.unit in ("day", "week") else _precision(expr), True, True, (), None, True)


def _period(expr: Expr, context: Context) -> Found | None:
    if expr.low is not None:
        inner = _found(expr.low, context)
        return None if inner is None else Found(week_days(inner.days[0]), "day", inner.relative, False, inner.notes)
    year, month, relative = expr.year, expr.month, False
    needs = expr.unit != "century" and expr.shift is None and not expr.year
    if needs:
        year, month, relative = _period_year(expr, context)
        if not year:
            return None
    elif expr.shift is not None:
        relative = True
        if context.reference is None and context.previous is None:
            return None
    base = context.previous if expr.same and context.previous is not None else context.reference
    made = period_days(expr, year, month, base)
    if made is None:
        return None
    days, precision = made
    if expr.unit == "half" and expr.shift is None:
        whole = (*month_days(year, month), "month") if month else (*year_days(year), "year")
        return Found(days, precision, relative, False, (), whole)
    if not expr.part:
        return Found(days, precision, relative, vague=expr.unit in ("decade", "century") and expr.shift is not None)
    part, approximate = part_of(days, expr.part, expr.unit, context.reference)
    finer = "day" if RANK[precision] < RANK["year"] else "year" if RANK[precision] > RANK["year"] else "month"
    return Found(part, finer, relative, approximate, (), (*days, precision))


def _period_year(expr: Expr, context: Context) -> tuple[int, int, bool]:
    """Year and month that a numbered period lies in."""
    probe = replace(expr, kind="calendar", day=0, weekday=0, shift=expr.which)
    if expr.month or expr.month_shift is not None or expr.year_shift is not None:
        picked = _year_month(probe, context)
        return (0, 0, False) if picked is None else (picked[0], picked[1], picked[2])
    base = context.near or context.reference
    if base is None:
        return 0, 0, False
    return (to_hijri(base)[0] if expr.cal == "hijri" else base.year), 0, context.near is None


def _holiday(expr: Expr, context: Context) -> Found | None:
    base = context.reference
    year, relative = expr.year, False
    if not year:
        if base is None:
            return None
        relative = True
        year = base.year + (expr.year_shift or 0)
    if expr.cal != "hijri":
        day = make_day(year, expr.month, expr.day)
        return None if day is None else Found((day, day), "day", relative, vague=relative)
    if expr.year and expr.unit != "gregorian_year":
        span = hijri_span(year, expr.month, expr.day)
        return None if span is None else Found((span.start, span.end), "day", relative, span.approximate)
    for hijri_year in (to_hijri(date(year, 1, 1))[0], to_hijri(date(year, 12, 31))[0]):
        span = hijri_span(hijri_year, expr.month, expr.day)
        if span is not None and span.start.year == year:
            return Found((span.start, span.end), "day", relative, span.approximate, vague=relative)
    return None


def _range(expr: Expr, context: Context) -> Found | None:
    low, high = expr.low, expr.high
    if low is None or high is None:
        return None
    second = _found(high, context)
    first = _found(low, context)
    if first is None or second is None:
        return None
    notes = (*first.notes, *(n for n in second.notes if n not in first.notes))
    start, end = first.days[0], second.days[1]
    if start > end:
        start, end, note = _ordered(low, high, first.days, second.days)
        if start > end:
            return None
        if note:
            notes = (*notes, note)
    precision = first.precision if RANK[first.precision] >= RANK[second.precision] else second.precision
    return Found((start, end), precision, first.relative or second.relative, first.approximate or second.approximate, notes)


def _ordered(low: Expr, high: Expr, first: Days, second: Days) -> tuple[date, date, str]:
    """Mends a range that runs backwards: over New Year, over a month's end, or written in reverse."""
    start, end = first[0], second[1]
    if low.weekday and high.weekday and not low.day and not high.day:
        return start, add_days(end, 7 * (1 + (start - end).days // 7)), ""
    if low.month and high.month and low.month > high.month and (start - end).days < 366:
        if high.year and not low.shift:
            return add_months(start, -12), end, ""
        return start, add_months(end, 12), ""
    if low.day > high.day and low.month == high.month and (start - end).days < 31:
        return add_months(start, -1), end, ""
    return second[0], first[1], "reversed_range"


_DISPATCH: Final = {
    "calendar": _calendar,
    "day": _relative_day,
    "offset": _offset,
    "span": _span,
    "period": _period,
    "holiday": _holiday,
    "range": _range,
}
