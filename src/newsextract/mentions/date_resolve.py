"""From date expressions to values: the reference day, the nearest full date and the calendar decide what is not written."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from newsextract.mentions.date_calendar import Context, Found, calendar_days, year_month
from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_units import part_of, period_days, shifted_days, span_days
from newsextract.values.date import RANK, Calendar, DateValue, Days, Precision, add_days, add_months, make_day, month_days, week_days, year_days
from newsextract.values.edtf import SEASONS
from newsextract.values.hijri import hijri_span, to_hijri

_UNIT_PRECISION: Final[dict[str, Precision]] = {
    "month": "month",
    "quarter": "quarter",
    "half": "month",
    "season": "season",
    "year": "year",
    "decade": "decade",
    "century": "century",
}


def fixed(expr: Expr) -> bool:
    """Whether its days follow from its words whatever the context: a calendar date with its year, or a range of such."""
    if expr.kind == "range":
        ends = expr.low is not None and expr.high is not None and fixed(expr.low) and fixed(expr.high)
    else:
        ends = expr.kind == "calendar" and expr.year > 0 and (expr.month_shift is None or expr.month > 0)
    return ends and (expr.other is None or fixed(expr.other))


def resolve(expr: Expr, context: Context) -> DateValue:
    """The value of ``expr``; its days are None where the context does not fix them."""
    if expr.value is not None:
        return expr.value
    value = _value(expr, context)
    if fixed(expr):
        expr.value = value
    return value


def _value(expr: Expr, context: Context) -> DateValue:
    found = _found(expr, context)
    notes = expr.notes
    cal: Calendar = "hijri" if _cal(expr) == "hijri" else "gregorian"
    if found is None:
        return DateValue(None, None, _precision(expr), cal, original(expr), False, is_relative(expr), notes=notes)
    if expr.other is not None and _differs(found.days, expr.other, context):
        notes = (*notes, *found.notes, "calendars_differ")
    elif found.notes:
        notes += found.notes
    season = SEASONS.get(expr.season, 0)
    return DateValue(
        found.days[0], found.days[1], found.precision, cal, original(expr), found.approximate, found.relative, season, expr.open_end, notes,
        found.whole, found.vague,
    )  # fmt: skip


def _found(expr: Expr, context: Context) -> Found | None:
    kind = expr.kind
    try:
        if kind == "calendar":
            return calendar_days(expr, context)
        if kind == "range":
            return _range(expr, context)
        if kind == "day":
            return _relative_day(expr, context)
        if kind == "period":
            return _period(expr, context)
        if kind == "offset":
            return _offset(expr, context)
        return _holiday(expr, context) if kind == "holiday" else _span(expr, context)
    except (ValueError, OverflowError):
        return None  # a year that the calendar does not reach


def _cal(expr: Expr) -> str:
    return expr.low.cal if expr.kind == "range" and expr.low is not None else expr.cal


def is_relative(expr: Expr) -> bool:
    """Whether the expression is counted from a reference day."""
    if expr.kind == "range":
        low, high = expr.low, expr.high
        return (low is not None and is_relative(low)) or (high is not None and is_relative(high))
    if expr.kind in ("day", "offset", "span"):
        return True
    if expr.shift is not None or expr.week_shift is not None or expr.month_shift is not None or expr.year_shift is not None:
        return True
    return expr.weekday > 0 and not expr.day and not expr.month


def _precision(expr: Expr) -> Precision:
    if expr.kind == "range":
        return _precision(expr.low) if expr.low is not None else "day"
    if expr.kind in ("calendar", "holiday"):
        if expr.day or expr.weekday or expr.nth:
            return "day"
        return "month" if expr.month or expr.month_shift is not None else "year"
    return _UNIT_PRECISION.get(expr.unit, "day")


def original(expr: Expr) -> dict[str, Any]:
    """The parts as written."""
    if expr.kind == "range" and expr.low is not None and expr.high is not None:
        return {"from": original(expr.low), "to": original(expr.high)}
    out: dict[str, Any] = {}
    if expr.year:
        out["year"] = expr.year
    if expr.month:
        out["month"] = expr.month
    if expr.day:
        out["day"] = expr.day
    if expr.weekday:
        out["weekday"] = expr.weekday
    if expr.kind not in ("calendar", "holiday", "range"):
        counted = {"unit": expr.unit, "n": expr.n or expr.nth, "shift": expr.shift, "season": expr.season}
        out.update({k: v for k, v in counted.items() if v not in ("", None, 0)})
    if expr.part:
        out["part"] = expr.part
    if expr.other is not None:
        out[_cal(expr.other) or "other"] = original(expr.other)
    return out


def _differs(days: Days, other: Expr, context: Context) -> bool:
    second = _found(other, context)
    return second is not None and abs((second.days[0] - days[0]).days) > 1


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
    whole: tuple[date, date, Precision] | None = None
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
    if expr.unit == "century" and expr.cal == "hijri" and expr.nth > 0:
        low, high = hijri_span(100 * expr.nth - 99), hijri_span(100 * expr.nth)
        return None if low is None or high is None else Found((low.start, high.end), "century", approximate=True)
    base = context.previous if expr.same and context.previous is not None else context.reference
    made = period_days(expr, year, month, base)
    if made is None:
        return None
    days, precision = made
    if expr.unit == "half" and expr.shift is None:
        first, last = month_days(year, month) if month else year_days(year)
        whole: tuple[date, date, Precision] = (first, last, "month" if month else "year")
        return Found(days, precision, relative, False, (), whole)
    if not expr.part:
        return Found(days, precision, relative, vague=expr.unit in ("decade", "century") and expr.shift is not None)
    part, approximate = part_of(days, expr.part, expr.unit, context.reference)
    finer: Precision = "day" if RANK[precision] < RANK["year"] else "year" if RANK[precision] > RANK["year"] else "month"
    return Found(part, finer, relative, approximate, (), (*days, precision))


def _period_year(expr: Expr, context: Context) -> tuple[int, int, bool]:
    """Year and month that a numbered period lies in."""
    probe = Expr("calendar", expr.first, expr.last, month=expr.month, year=expr.year, cal=expr.cal, shift=expr.which, same=expr.same)
    probe.month_shift, probe.year_shift = expr.month_shift, expr.year_shift
    if expr.month or expr.month_shift is not None or expr.year_shift is not None:
        picked = year_month(probe, context)
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
