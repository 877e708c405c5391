"""The grammar of date expressions, read from left to right at their anchors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from newsextract.mentions.date_days import calendar_expr, days_of_month
from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_gate import may_begin
from newsextract.mentions.date_kinds import DATED, Role
from newsextract.mentions.date_nth import last_expr, nth_expr, ordinal_day
from newsextract.mentions.date_numeric import SEPARATORS, month_year, numeric, numeric_range, short_numeric
from newsextract.mentions.date_parts import year_part
from newsextract.mentions.date_periods import decade_expr, season_expr, unit_expr, year_then_period
from newsextract.mentions.date_ranges import bare_low, opened, paired, ranged, weekday_after
from newsextract.mentions.date_relative import ago_fragment, chained_day, counted_span, day_word, distance, two_periods
from newsextract.mentions.date_tokens import (
    COMMAS,
    DATE_WORD,
    DIGITS,
    HOLIDAY,
    INSTITUTION_HEAD,
    MONTH,
    NAMED_EVENTS,
    NAMED_PLACES,
    NUMBERISH,
    WEEKDAY,
    DateTokens,
)
from newsextract.mentions.date_weekdays import from_weekday
from newsextract.mentions.date_within import later_expr, middle, part_expr, this_expr
from newsextract.mentions.date_years import year_alone
from newsextract.mentions.number_runs import NumberRun
from newsextract.scan.scanner import Scan

_AFTER_SECOND: Final = SEPARATORS | COMMAS
"""What follows the second number of a date in digits with day, month and year."""


def parse(scan: Scan, runs: dict[int, NumberRun]) -> list[Expr]:
    """All date expressions of a text, in order, without overlaps."""
    t = DateTokens(scan, runs)
    found: list[Expr] = []
    done = 0
    for at in t.anchors:
        if at < done or not may_begin(t, at):
            continue
        expr = expression(t, at)
        if expr is None:
            continue
        done = max(expr.last, at + 1)
        if _is_name(t, expr):
            continue
        if t.word(expr.last) == "من" and t.word(expr.last + 1) == "كل" and not expr.year:
            done = expr.last + 2  # «8 مارس من كل عام»
            continue
        _flatten(expr, found)
        t.year_end = expr.last if expr.rule == "year" and expr.year else -1
    return found


def _is_name(t: DateTokens, expr: Expr) -> bool:
    """Whether a day is what something is called after: «جامعة 8 ماي 1945», «شارع 26 يوليو», «ثورة 25 يناير»."""
    if expr.kind != "calendar" or not (expr.day and expr.month) or expr.weekday:
        return False
    before = t.word(expr.first - 1)
    if before in NAMED_EVENTS:
        return not expr.year
    return before in NAMED_PLACES or (t.has(expr.first - 1, INSTITUTION_HEAD) and not before.startswith(("ال", "لل", "بال", "وال")))


def _flatten(expr: Expr, out: list[Expr]) -> None:
    if expr.kind == "list":
        for item in expr.items:
            _flatten(item, out)
    else:
        out.append(expr)


def expression(t: DateTokens, at: int) -> Expr | None:
    """The longest date expression that begins at ``at``: an element, a range, or a pair of calendars."""
    low = element(t, at)
    if low is None:
        low = bare_low(t, at)
        if low is None:
            return None
    whole = ranged(t, low, element)
    if whole is None:
        return None
    whole = paired(t, whole, element)
    return opened(t, weekday_after(t, whole))


def element(t: DateTokens, at: int) -> Expr | None:
    """One date without range: by its first word."""
    flags = t.bits(at)
    if not flags & DATED:
        return _from_number(t, at) if flags & NUMBERISH else None
    if flags & HOLIDAY:
        expr = _holiday(t, at)
        if expr is not None:
            return expr
    if flags & WEEKDAY:
        expr = from_weekday(t, at)
        if expr is not None:
            return expr
    if flags & MONTH:
        expr = calendar_expr(t, at)
        if expr is not None:
            return expr
    if flags & DATE_WORD:
        role = t.role(at)
        if role is not None:
            expr = _from_role(t, at, role)
            if expr is not None:
                return expr
    if flags & NUMBERISH:
        return _from_number(t, at)
    return None


def _from_number(t: DateTokens, at: int) -> Expr | None:
    if t.bits(at) & DIGITS:
        return _from_digits(t, at)
    return nth_expr(t, at) or calendar_expr(t, at) or year_alone(t, at) or counted_span(t, at)


def _from_digits(t: DateTokens, at: int) -> Expr | None:
    signs = t.word(at + 1) in SEPARATORS or "." in t.word(at)
    expr = None
    if signs and (t.word(at + 3) in _AFTER_SECOND or len(t.word(at + 2)) == 4 or "." in t.word(at)):
        expr = numeric(t, at) or numeric_range(t, at) or month_year(t, at)
    if expr is None and t.number(at) is not None:
        expr = days_of_month(t, at) or year_then_period(t, at) or year_alone(t, at) or counted_span(t, at)
    return short_numeric(t, at) if signs and expr is None else expr


def _from_role(t: DateTokens, at: int, role: Role) -> Expr | None:
    handler = _ROLES.get(role.kind)
    return None if handler is None else handler(t, at, role)


def _day_role(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«اليوم», with the weekday or date that repeats it: «اليوم الأربعاء 11 مايو», «أمس (الاثنين)»."""
    if t.word(at).endswith("اليوم") and role.last == at + 1:
        expr = ordinal_day(t, at)
        if expr is not None:
            expr.cut = role.cut
            return expr
    day = day_word(t, at, role)
    if day is None or day.n != int(role.value):
        return day
    i, closed = day.last, False
    if t.word(i) in ("(", "[", "،", ","):
        closed, i = t.word(i) in ("(", "["), i + 1
    inner = element(t, i) if t.has(i, WEEKDAY | NUMBERISH | MONTH) else None
    if inner is not None and inner.kind == "calendar" and not inner.shift and (inner.day or (inner.weekday and not inner.week_shift)):
        joined = t.weekday(i)
        if joined is None or not joined.joined:
            inner.last += 1 if closed and t.word(inner.last) in (")", "]") else 0
            day.last = inner.last
            if not inner.day or not inner.month:
                day.weekday = inner.weekday
                return day
            inner.first, inner.cut, inner.rule = at, role.cut, "today" if day.n == 0 else "dated_day"
            inner.n = day.n
            return inner
    if t.word(role.last - 1) in ("الغد",) and t.word(at - 1) not in ("حتي", "بعد", "الي", "يوم", "وحتي") and t.is_role(at - 1, "daypart") is None and at > 0:
        return None
    return day


def _unit_role(t: DateTokens, at: int, role: Role) -> Expr | None:
    if role.value == "month" and not role.plural:
        return calendar_expr(t, at) or ago_fragment(t, at)
    if role.value == "day" and not role.definite:
        return chained_day(t, at, role.last)
    if role.value == "half" and not role.definite:
        return middle(t, at, role)
    return unit_expr(t, at, role) or ago_fragment(t, at)


def _holiday(t: DateTokens, at: int) -> Expr | None:
    """A feast or named day, with its year if it says one."""
    found = t.reading(at, "HOLIDAY")
    if found is None:
        return None
    reading, last = found
    cut, sense = reading.cut, reading.sense
    entry = sense.entry
    month, _, day = entry.value.partition("-")
    expr = Expr("holiday", at, last, month=int(month), day=int(day), cal=entry.kind, cut=cut, rule="holiday", weak=entry.category == "named")
    year = year_part(t, last)
    if year is not None and (year.year or year.shift is not None):
        expr.year, expr.year_shift, expr.last, expr.weak = year.year, year.shift, year.last, False
        if (year.cal and year.cal != expr.cal) or (expr.cal == "hijri" and year.year > 1600) or (expr.cal == "hijri" and not year.cal):
            expr.unit = "gregorian_year"
    return expr if expr.year or expr.year_shift is not None or not expr.weak else None


def _this_role(t: DateTokens, at: int, role: Role) -> Expr | None:
    return this_expr(t, at)


def _last_role(t: DateTokens, at: int, role: Role) -> Expr | None:
    return last_expr(t, at)


_ROLES: Final[dict[str, Callable[[DateTokens, int, Role], Expr | None]]] = {
    "day": _day_role,
    "unit": _unit_role,
    "unit2": two_periods,
    "this": _this_role,
    "same_before": _this_role,
    "part": part_expr,
    "later": later_expr,
    "ago": distance,
    "hence": distance,
    "within": distance,
    "last_before": _last_role,
    "season": season_expr,
    "decade": decade_expr,
}
