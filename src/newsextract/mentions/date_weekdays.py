"""Weekdays, alone, with their dates, and in lists."""

from __future__ import annotations

from newsextract.mentions.date_days import calendar_expr, day_without_month
from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_numeric import short_numeric
from newsextract.mentions.date_periods import container, ordinal_after, unit_expr
from newsextract.mentions.date_tokens import ANCHOR, AND, COMMAS, DIGITS, SHIFT_SAME, UNTIL, DateTokens
from newsextract.mentions.date_within import this_expr


def from_weekday(t: DateTokens, at: int) -> Expr | None:
    """A weekday, with the date it belongs to, or with «الماضي», «من الأسبوع المقبل», or alone."""
    day = t.weekday(at)
    if day is None:
        return None
    listed = _weekday_list(t, at, day.last)
    if listed is not None:
        listed.cut = day.cut
        return listed
    dated = _weekday_date(t, at, day.value, day.last)
    if dated is not None:
        dated.cut = day.cut
        return dated
    expr = Expr("calendar", at, day.last, weekday=day.value, cut=day.cut, rule="weekday", weak=day.bare and not _said_day(t, at))
    nth = ordinal_after(t, day.last)
    if nth[0]:
        expr.nth, expr.last = nth[0], nth[1]
        if container(t, nth[1], expr):
            expr.rule, expr.weak = "nth_weekday", False
            return expr
        if 0 < nth[0] <= 31 and not day.bare:
            expr.nth, expr.day, expr.ordinal, expr.month_shift = 0, nth[0], True, 0
            return expr
        expr.nth, expr.last = 0, day.last
    shift = t.role_in(day.last, SHIFT_SAME)
    if shift is not None and (not day.bare or _said_day(t, at)) and not (t.word(day.last).endswith("ه") and shift.last == day.last + 1):
        expr.shift, expr.last, expr.weak = int(shift.value), shift.last, False
        return expr
    week = _of_week(t, day.last)
    if week is not None and week.kind == "period" and week.unit == "week" and week.shift is not None:
        expr.week_shift, expr.last, expr.weak = week.shift, week.last, False
    elif expr.weak:
        return None
    return expr


def _weekday_list(t: DateTokens, at: int, last: int) -> Expr | None:
    """«الثلاثاء والأربعاء 10 و11 أكتوبر», «الأحد إلى الخميس (8-12) مارس»: weekdays, then the days that they are."""
    i, n = last, 1
    while n < 7:
        step = i + 1 if t.word(i) in (AND, "-", "،", ",") or t.word(i) in UNTIL else i
        if t.word(i) == AND and t.word(i + 1) in UNTIL:
            step = i + 2
        day = t.weekday(step)
        if day is None or (step == i and not day.joined):
            break
        i, n = day.last, n + 1
    if n == 1:
        return None
    i += 1 if t.word(i) in ("(", "،", ",") else 0
    expr = calendar_expr(t, i) if t.number(i) is not None else None
    if expr is None or expr.kind not in ("range", "list"):
        return None
    if t.word(expr.last) == ")" and t.word(i - 1) == "(":
        expr.last += 1
    expr.first = at
    if expr.kind == "list":
        expr.items[0].first = at
    return expr


def _said_day(t: DateTokens, at: int) -> bool:
    return t.unit(at - 1, "day") is not None or t.word(at - 1) in ("يوم", "ليوم", "اليوم")


def _of_week(t: DateTokens, at: int) -> Expr | None:
    i = at + 1 if t.word(at) in ("من", "في") else at
    if t.is_role(i, "this") is not None:
        return this_expr(t, i)
    role = t.unit(i, "week")
    return unit_expr(t, i, role) if role is not None else None


def _weekday_date(t: DateTokens, at: int, weekday: int, last: int) -> Expr | None:
    """The date that follows a weekday: «الأربعاء 15 أكتوبر», «الأحد، 8 يناير», «الخميس (19 مارس)», «الأحد يناير 21»."""
    i, closed = last, False
    sign = t.word(i)
    if sign in COMMAS or sign in ("في", "-"):
        i += 1
    elif sign in ("(", "["):
        i, closed = i + 1, True
    shift = t.is_role(i, "shift")
    if shift is not None and t.is_role(shift.last, "pair") is not None:
        i = shift.last  # «الخميس القادم الموافق 20 نوفمبر»
    pair = t.is_role(i, "pair")
    if pair is not None:
        i = pair.last
        if t.unit(i, "day") is not None:
            i += 1
    if not t.bits(i) & ANCHOR:
        return None
    if t.weekday(i) is not None and i == last:
        return None
    expr = calendar_expr(t, i, weekday) if t.weekday(i) is None else None
    if expr is None or (expr.kind == "calendar" and not expr.day):
        expr = day_without_month(t, i, weekday) if sign not in COMMAS and not closed and pair is None else None
    if expr is None:
        short = short_numeric(t, i) if t.bits(i) & DIGITS else None
        if short is None:
            return None
        short.weekday, expr = weekday, short
    if closed and t.word(expr.last) in (")", "]"):
        expr.last += 1
    expr.first, expr.rule = at, expr.rule
    return expr
