"""Weeks, quarters, halves, seasons, decades and centuries, numbered or counted from a reference."""

from __future__ import annotations

from typing import Final

from newsextract.mentions.date_days import calendar_expr, dated, set_year, year_after
from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_kinds import Role
from newsextract.mentions.date_parts import month_part, year_number, year_part
from newsextract.mentions.date_relative import span_after
from newsextract.mentions.date_tokens import BETWEEN, INSIDE, NOUN, SHIFT_SAME_THIS, THIS, DateTokens
from newsextract.mentions.date_years import season_years, year_expr

_YEAR_PARTS: Final = frozenset({"quarter", "half"})


def unit_expr(t: DateTokens, at: int, role: Role) -> Expr | None:
    """A period's name and what says which one."""
    if role.value == "day":
        return _days(t, at, role)
    if role.plural:
        return span_after(t, at, role)
    if role.value == "year":
        return year_expr(t, at)
    which = which_period(t, at, role)
    if which is not None:
        return which
    if role.value in ("week", "weekend"):
        return _numbered_week(t, at, role)
    if role.value in ("quarter", "half", "century", "decade"):
        return _numbered_period(t, at, role)
    if role.value == "period":
        return season_years(t, at, role)
    return None


def which_period(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«الأسبوع الماضي», «الربع الحالي», «القرن الماضي», «الأسبوع بعد القادم»."""
    if role.value == "month" or not (role.definite or role.value == "weekend"):
        return None
    this = t.role_in(at - 1, THIS)
    shift = t.role_in(role.last, SHIFT_SAME_THIS)
    if shift is not None and shift.kind == "this" and t.has(shift.last, NOUN):
        shift = None
    if shift is None and this is None:
        return None
    last, value, same = (shift.last, int(shift.value), shift.kind == "same" or shift.told) if shift is not None else (role.last, 0, False)
    expr = Expr("period", at, last, unit=role.value, shift=value, cut=role.cut, rule="relative_period", same=role.value if same else "")
    if same and role.value == "quarter" and t.word(last) in INSIDE:
        year = year_part(t, last)
        if year is not None and year.year:
            expr.year, expr.last = year.year, year.last
    return _weekday_of(t, expr) if role.value == "week" else expr


def _weekday_of(t: DateTokens, week: Expr) -> Expr:
    """«الأسبوع المقبل الأحد», «الأسبوع الماضي بين الجمعة والأحد»: days of a relative week."""
    i = week.last
    between = t.word(i) in BETWEEN or t.word(i) in ("من",)
    if between or t.word(i) == "يوم":
        i += 1
    first = t.weekday(i)
    if first is None or first.joined or first.bare:
        return week
    low = Expr("calendar", i, first.last, weekday=first.value, week_shift=week.shift, rule="weekday")
    if not between:
        low.first, low.cut = week.first, week.cut
        return low
    joint = t.word(first.last)
    second = t.weekday(first.last + (0 if t.weekday(first.last) else 1))
    if second is None or (not second.joined and joint not in ("و", "الي", "حتي", "-")):
        return week
    high = Expr("calendar", first.last, second.last, weekday=second.value, week_shift=week.shift, rule="weekday")
    return Expr("range", week.first, second.last, low=low, high=high, cut=week.cut, rule="range")


def container(t: DateTokens, at: int, expr: Expr, *, months: bool = True) -> bool:
    """Reads the month or year that ``expr`` lies in («من أكتوبر 2015», «من عام 2027», «2014»); whether there was one."""
    if months:
        part = month_part(t, at)
        if part is not None and (part.month or part.shift is not None):
            year = year_after(t, part)
            dated(t, expr, part, year)
            if expr.kind == "period":
                expr.which, expr.shift = expr.shift, None
            expr.last = year.last if year is not None else part.last
            return True
    year = year_part(t, at)
    if year is None:
        return False
    set_year(expr, year)
    expr.last = year.last
    return True


def ordinal_after(t: DateTokens, at: int) -> tuple[int, int]:
    """The ordinal («الثالث» → 3, «الأخير» → −1) at ``at`` and its end; 0 for none."""
    last = t.is_role(at, "last")
    if last is not None:
        return -1, last.last
    num = t.number(at)
    if num is not None and num.ordinal and num.definite:
        return num.value, num.last
    return 0, at


def _numbered_week(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«الأسبوع الأول من أكتوبر», «الأسبوع الثالث العام المقبل», «أسبوع 30 نوفمبر»."""
    nth, i = ordinal_after(t, role.last)
    expr = Expr("period", at, i, unit="week", nth=nth, cut=role.cut, rule="week")
    if nth:
        return expr if role.definite and container(t, i, expr) else None
    if role.definite or role.value != "week":
        return None
    day = calendar_expr(t, i) if i < len(t.scan) else None
    if day is None or day.kind != "calendar" or not day.day or not (day.month or day.month_shift is not None):
        return None
    return Expr("period", at, day.last, unit="week", low=day, cut=role.cut, rule="week")


def _numbered_period(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«الربع الأول من 2025», «النصف الثاني من العام الجاري», «القرن العشرين», «العقد الثاني من القرن الحالي»."""
    nth, i = ordinal_after(t, role.last)
    if not nth:
        num = t.number(role.last)
        if num is None or role.value != "century" or not num.definite or not 2 <= num.value <= 21:
            return None
        nth, i = num.value, num.last
    if not role.definite:
        return None
    expr = Expr("period", at, i, unit=role.value, nth=nth, cut=role.cut, rule=role.value)
    if role.value == "century":
        era = t.era(i)
        if era is not None:
            expr.cal, expr.last = era.value, era.last
        return expr if nth > 0 else None
    if role.value == "decade":
        return None
    if container(t, i, expr, months=role.value == "half"):
        return expr
    return expr if role.value == "quarter" and 0 < abs(nth) <= 4 and t.word(i) not in INSIDE else None


def _days(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«يوم» before a date is left out of it; «اليوم الثالث من أكتوبر» and «الأيام القليلة الماضية» are read here."""
    if role.plural and role.definite:
        return span_after(t, at, role)
    return None


def year_then_period(t: DateTokens, at: int) -> Expr | None:
    """«2016 الربع الثالث»."""
    num = t.number(at)
    role = None if num is None else t.unit_in(num.last, _YEAR_PARTS)
    if num is None or role is None or not role.definite or not 1900 <= num.value <= 2100:
        return None
    nth, end = ordinal_after(t, role.last)
    if not nth or abs(nth) > 4:
        return None
    return Expr("period", at, end, unit=role.value, nth=nth, year=num.value, rule=role.value)


def season_expr(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«صيف 2025», «شتاء عام 2024/2025», «الخريف المقبل»."""
    expr = Expr("period", at, role.last, unit="season", season=role.value, cut=role.cut, rule="season")
    shift = t.is_role(role.last, "shift")
    if shift is not None and role.definite and not t.word(role.last).endswith("ه"):
        expr.shift, expr.last = int(shift.value), shift.last
        return expr
    if role.definite and t.is_role(at - 1, "season_head") is None:
        return None
    year = year_part(t, role.last)
    if year is None or t.word(role.last) in (",", "،", "."):
        return None
    set_year(expr, year)
    expr.last = year.last
    second = year_number(t, expr.last + 1) if t.word(expr.last) in ("/", "-") else None
    if second is not None and second.value == year.year + 1:
        expr.last = second.last
    return expr


def decade_expr(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«تسعينيات القرن الماضي», «في الثمانينيات»; not «في السبعينيات من عمره»."""
    i = role.last
    start = int(role.value)
    if t.word(i) in INSIDE:
        i += 1
    century = t.unit(i, "century")
    if century is not None and century.definite:
        shift = t.is_role(century.last, "shift")
        nth, last = ordinal_after(t, century.last)
        if nth == 0:
            num = t.number(century.last)
            nth, last = (num.value, num.last) if num is not None and num.definite else (0, last)
        if shift is not None:
            nth, last = 21 + int(shift.value), shift.last
        if nth < 10:
            return None
        return Expr("period", at, last, unit="decade", year=100 * (nth - 1) + start % 100, cut=role.cut, rule="decade")
    if t.word(role.last) == "من" or not role.definite or t.word(at - 1) not in ("في", "منذ", "خلال", "اوائل", "اواخر", "منتصف", "مطلع", "نهايه", "بدايه"):
        return None
    return Expr("period", at, role.last, unit="decade", year=start, cut=role.cut, rule="decade")
