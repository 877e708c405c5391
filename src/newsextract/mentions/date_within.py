"""Parts of periods and «هذا»: «أوائل مارس», «نهاية العام المقبل», «لاحقا هذا الأسبوع», «هذا الشهر»."""

from __future__ import annotations

from newsextract.mentions.date_days import calendar_expr, dated
from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_kinds import Role
from newsextract.mentions.date_parts import month_part, year_number, year_part
from newsextract.mentions.date_periods import decade_expr, season_expr, unit_expr, which_period
from newsextract.mentions.date_relative import COARSE
from newsextract.mentions.date_tokens import INSIDE, THIS, DateTokens
from newsextract.mentions.date_years import from_year, year_expr_of_this


def part_expr(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«أوائل مارس», «منتصف العام المقبل», «نهاية 2025», «مطلع الأسبوع المقبل»."""
    i = role.last
    if t.word(i) in INSIDE:
        i += 1
    inner = inside(t, i)
    if inner is None and role.value == "end":
        inner = _this_week(t, i)
    if inner is None or inner.kind not in ("calendar", "period") or inner.day or inner.weekday or inner.part:
        return None
    if role.kind == "part" and t.word(role.last) == "من" and role.value in ("start", "end"):
        return None
    inner.first, inner.cut, inner.weak = at, role.cut, False
    if role.value == "first":
        if not inner.month and inner.month_shift is None:
            return None
        inner.day, inner.rule = 1, "day_month"
    else:
        inner.part = role.value
    return inner


def middle(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«نصف شهر مارس»: the middle of it."""
    if t.unit(role.last, "month") is None:
        return None
    return part_expr(t, at, Role("part", "mid", role.cut, role.definite, role.plural, role.told, role.last))


def _this_week(t: DateTokens, at: int) -> Expr | None:
    """«نهاية الأسبوع» without more is that of this week."""
    week = t.unit(at, "week")
    if week is None or not week.definite or week.plural:
        return None
    return Expr("period", at, week.last, unit="week", shift=0, rule="relative_period")


def inside(t: DateTokens, i: int) -> Expr | None:
    """The period that «أوائل» and its like are parts of."""
    role = t.role(i)
    if role is not None and role.kind == "this":
        return this_expr(t, i)
    if role is not None and role.kind == "unit":
        if role.value == "month":
            return calendar_expr(t, i)
        return unit_expr(t, i, role)
    if role is not None and role.kind == "season":
        return season_expr(t, i, role)
    if role is not None and role.kind == "decade":
        return decade_expr(t, i, role)
    if t.month(i) is not None:
        return calendar_expr(t, i)
    num = year_number(t, i)
    if num is not None and num.width and 1900 <= num.value <= 2100 and not t.counted(num.last):
        year = year_part(t, i)
        return None if year is None else from_year(t, i, year)
    return None


def this_expr(t: DateTokens, at: int) -> Expr | None:
    """«هذا الأسبوع», «هذا الاثنين», «هذا سبتمبر», «ذات الشهر»."""
    role = t.role_in(at, THIS)
    if role is None:
        return None
    unit = t.unit_in(role.last, COARSE)
    if unit is not None and unit.definite:
        if unit.value == "year":
            return year_expr_of_this(t, at)
        if unit.value == "month":
            return calendar_expr_month(t, at)
        expr = which_period(t, role.last, unit)
        if expr is not None:
            expr.first, expr.cut = at, role.cut
        return expr
    if role.kind != "this":
        return None
    season = t.is_role(role.last, "season")
    if season is not None and season.definite:
        return Expr("period", at, season.last, unit="season", season=season.value, shift=0, cut=role.cut, rule="season")
    weekday = t.weekday(role.last)
    if weekday is not None and not weekday.cut:
        return Expr("calendar", at, weekday.last, weekday=weekday.value, shift=0, cut=role.cut, rule="weekday")
    return calendar_expr_month(t, at)


def calendar_expr_month(t: DateTokens, at: int) -> Expr | None:
    """«هذا الشهر», «هذا سبتمبر», «هذا شهر آذار»."""
    part = month_part(t, at)
    if part is None:
        return None
    role = t.role(at)
    expr = Expr("calendar", at, part.last, cut=role.cut if role is not None else 0, rule="month")
    dated(t, expr, part, None)
    return expr


def later_expr(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«لاحقا هذا الأسبوع», «في وقت لاحق من هذا الشهر»."""
    i = role.last
    if t.word(i) in INSIDE:
        i += 1
    inner = inside(t, i)
    if inner is None or inner.kind not in ("period", "calendar") or inner.day:
        return None
    inner.first, inner.cut, inner.part = at, role.cut, "later"
    return inner
