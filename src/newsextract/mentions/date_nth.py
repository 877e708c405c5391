"""The n-th of its kind: «أول جمعة من يوليو», «آخر أسبوع في سبتمبر», «اليوم الثالث من أكتوبر»."""

from __future__ import annotations

from typing import Final

from newsextract.mentions.date_days import dated, year_after
from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_parts import month_part
from newsextract.mentions.date_periods import container, ordinal_after
from newsextract.mentions.date_relative import UNITS
from newsextract.mentions.date_tokens import INSIDE, DateTokens

_SMALL: Final = frozenset({"day", "week"})


def ordinal_day(t: DateTokens, at: int) -> Expr | None:
    """«اليوم الثالث من أكتوبر», «اليوم الأخير من شهر مارس»."""
    nth, i = ordinal_after(t, at + 1)
    if not nth or t.word(i) not in INSIDE:
        return None
    part = month_part(t, i)
    if part is None:
        return None
    expr = Expr("calendar", at, i, rule="day_month")
    if nth > 0:
        expr.day = nth
    else:
        expr.nth, expr.unit = -1, "day"
    year = year_after(t, part)
    dated(t, expr, part, year)
    expr.last = year.last if year is not None else part.last
    return expr if nth <= 31 else None


def last_expr(t: DateTokens, at: int) -> Expr | None:
    """«آخر 3 سنوات», «آخر أسبوع في سبتمبر», «آخر يوم من شهر مارس»."""
    i = at + 1
    weekday_at = i + 1 if t.unit(i, "day") is not None else i
    weekday = t.weekday(weekday_at)
    if weekday is not None and not weekday.joined:
        expr = Expr("calendar", at, weekday.last, weekday=weekday.value, nth=-1, rule="nth_weekday")
        return expr if container(t, weekday.last, expr) else None
    unit = t.unit_in(i, _SMALL)
    if unit is not None and not unit.definite:
        kind = "calendar" if unit.value == "day" else "period"
        expr = Expr(kind, at, unit.last, nth=-1, unit=unit.value, rule="day_month" if unit.value == "day" else "week")
        return expr if container(t, unit.last, expr) else None
    num = t.number(i)
    if num is None or num.ordinal:
        return None
    unit = t.unit_in(num.last, UNITS)
    if unit is None or unit.definite:
        return None
    return Expr("span", at, unit.last, unit=unit.value, n=-num.value, rule="span")


def nth_expr(t: DateTokens, at: int) -> Expr | None:
    """«أول يوم جمعة من يوليو», «ثالث ثلاثاء في مايو», «أول أيام شهر رمضان», «ثاني أسبوع من مارس»."""
    num = t.number(at)
    if num is None or not num.ordinal or num.value > 31:
        return None
    i = num.last
    day = t.unit(i, "day")
    weekday = t.weekday(day.last if day is not None else i)
    if weekday is not None and num.value <= 5 and not weekday.joined:
        expr = Expr("calendar", at, weekday.last, weekday=weekday.value, nth=num.value, cut=num.cut, rule="nth_weekday")
        return expr if container(t, weekday.last, expr) else None
    if day is not None and not num.definite:
        part = month_part(t, day.last)
        if part is None:
            return None
        expr = Expr("calendar", at, part.last, day=num.value, cut=num.cut, rule="day_month")
        year = year_after(t, part)
        dated(t, expr, part, year)
        expr.last = year.last if year is not None else part.last
        return expr
    week = t.unit(i, "week")
    if week is not None and not week.definite:
        expr = Expr("period", at, week.last, unit="week", nth=num.value, cut=num.cut, rule="week")
        return expr if container(t, week.last, expr) else None
    return None
