"""Periods and days counted from a reference: weeks, quarters, seasons, decades, «قبل عامين», «السنوات الخمس الماضية»."""

from __future__ import annotations

from typing import Final

from newsextract.mentions.date_days import calendar_expr, dated, set_year, year_after
from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_parts import YearPart, month_part, named_year, year_number, year_part
from newsextract.mentions.date_tokens import BETWEEN, INSIDE, NOUN, DateTokens, Role

_RELATIVE_PRONOUNS: Final = frozenset({"الذي", "الي", "اللي", "القبل", "ما"})
_COARSE: Final = ("week", "month", "year", "quarter", "half", "decade", "century", "weekend", "period")


def day_word(t: DateTokens, at: int, role: Role) -> Expr | None:
    """اليوم, أمس, غدا, and what they are counted on from: «اليوم الذي بعد الغد», «يوم قبل أمس»."""
    i = role.last
    if t.words[at].endswith("اليوم") and role.last == at + 1:
        chained = chained_day(t, at, i)
        if chained is not None:
            return chained
        if not today(t, at):
            return None
    return Expr("day", at, i, n=int(role.value), cut=role.cut, rule="relative_day")


def chained_day(t: DateTokens, at: int, i: int) -> Expr | None:
    """«[اليوم] الذي قبل أمس»: a day before yesterday, after tomorrow."""
    if t.word(i) in _RELATIVE_PRONOUNS:
        i += 1
        day = t.is_role(i, "day")
        if day is not None and day.value != "0":
            more = -1 if t.word(i - 1) == "القبل" else 0
            return Expr("day", at, day.last, n=int(day.value) + more, rule="relative_day")
    step = t.is_role(i, "ago", "hence")
    if step is None or t.word(i) == "منذ":
        return None
    day = t.is_role(step.last, "day")
    if day is None or day.value == "0":
        return None
    return Expr("day", at, day.last, n=int(day.value) + int(step.value), rule="relative_day")


def today(t: DateTokens, at: int) -> bool:
    """Whether «اليوم» is today: not «ذلك اليوم», «اليوم الأول», «اليوم التالي», «اليوم العالمي لـ»."""
    if t.word(at - 1) in ("ذلك", "ذات", "نفس", "طوال", "طيله", "خلال", "مدار", "كامل", "نصف", "ربع"):
        return False
    if t.words[at] == "لليوم":
        return False
    nxt = at + 1
    if t.is_role(nxt, "shift", "same", "last", "dayname") is not None:
        return False
    num = t.number(nxt)
    return not (num is not None and num.ordinal and num.definite)


def unit_expr(t: DateTokens, at: int, role: Role) -> Expr | None:
    """A period's name and what says which one."""
    if role.value == "day":
        return _days(t, at, role)
    if role.plural:
        return span_after(t, at, role)
    if role.value == "year":
        return year_expr(t, at)
    which = _which(t, at, role)
    if which is not None:
        return which
    if role.value in ("week", "weekend"):
        return _numbered_week(t, at, role)
    if role.value in ("quarter", "half", "century", "decade"):
        return _numbered_period(t, at, role)
    if role.value == "period":
        return _season_of_sport(t, at, role)
    return None


def _which(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«الأسبوع الماضي», «الربع الحالي», «القرن الماضي», «الأسبوع بعد القادم»."""
    if role.value == "month" or not (role.definite or role.value == "weekend"):
        return None
    this = t.is_role(at - 1, "this", "same_before")
    shift = t.is_role(role.last, "shift", "same", "this")
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
    if between:
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


def year_expr(t: DateTokens, at: int) -> Expr | None:
    """«عام 2025», «العام الماضي», «العام الدراسي 2025/2026»."""
    part = named_year(t, at)
    if part is None:
        return None
    return from_year(t, at, part)


def from_year(t: DateTokens, at: int, part: YearPart) -> Expr:
    """The expression of a year on its own, or of two joined by a slash."""
    cut = 0
    role = t.role(at)
    if role is not None:
        cut = role.cut
    cal = part.cal or "gregorian"
    expr = Expr("calendar", at, part.last, year=part.year, year_shift=part.shift, cal=cal, cut=cut, rule="year", same="year" if part.same else "")
    if part.end_year:
        high = Expr("calendar", at, part.last, year=part.end_year, cal=cal, rule="year")
        return Expr("range", at, part.last, low=expr, high=high, cut=cut, rule="academic_year", cal=cal)
    return expr


def _container(t: DateTokens, at: int, expr: Expr, *, months: bool = True) -> bool:
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


def _ordinal_after(t: DateTokens, at: int) -> tuple[int, int]:
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
    nth, i = _ordinal_after(t, role.last)
    expr = Expr("period", at, i, unit="week", nth=nth, cut=role.cut, rule="week")
    if nth:
        return expr if role.definite and _container(t, i, expr) else None
    if role.definite or role.value != "week":
        return None
    day = calendar_expr(t, i) if i < t.size else None
    if day is None or day.kind != "calendar" or not day.day or not (day.month or day.month_shift is not None):
        return None
    return Expr("period", at, day.last, unit="week", low=day, cut=role.cut, rule="week")


def _numbered_period(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«الربع الأول من 2025», «النصف الثاني من العام الجاري», «القرن العشرين», «العقد الثاني من القرن الحالي»."""
    if role.value == "half" and not role.definite:
        return _middle(t, at, role)
    nth, i = _ordinal_after(t, role.last)
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
    if _container(t, i, expr, months=role.value == "half"):
        return expr
    return expr if role.value == "quarter" and 0 < abs(nth) <= 4 and t.word(i) not in INSIDE else None


def _middle(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«نصف شهر مارس»: the middle of it."""
    if t.unit(role.last, "month") is None:
        return None
    return part_expr(t, at, role._replace(kind="part", value="mid"))


def _season_of_sport(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«موسم 2024/2025», «الموسم الدراسي 2024-2025»."""
    i = role.last
    kind = t.is_role(i, "yeartype")
    if kind is not None:
        i = kind.last
    low = year_number(t, i)
    if low is None or not low.width or t.word(low.last) not in ("/", "-"):
        return None
    high = year_number(t, low.last + 1)
    if high is None or not high.width:
        return None
    part = YearPart(min(low.value, high.value), None, "", high.last, False, True, max(low.value, high.value))
    return from_year(t, at, part)


def _days(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«يوم» before a date is left out of it; «اليوم الثالث من أكتوبر» and «الأيام القليلة الماضية» are read here."""
    if role.plural and role.definite:
        return span_after(t, at, role)
    return None


def ordinal_day(t: DateTokens, at: int) -> Expr | None:
    """«اليوم الثالث من أكتوبر», «اليوم الأخير من شهر مارس»."""
    nth, i = _ordinal_after(t, at + 1)
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


def span_after(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«السنوات الخمس الماضية», «الأيام القليلة المقبلة», «الأشهر الثلاثة الأخيرة»."""
    if not role.definite:
        return None
    i = role.last
    few = t.is_role(i, "few")
    num = t.number(i)
    if few is not None:
        n, i = int(few.value), few.last
    elif num is not None and not num.ordinal:
        n, i = num.value, num.last
    else:
        return None
    return _span(t, at, role.value, n, i, role.cut)


def _span(t: DateTokens, at: int, unit: str, n: int, i: int, cut: int) -> Expr | None:
    which = t.is_role(i, "shift", "last")
    if which is None or not which.definite or which.value == "0" or n > 1000:
        return None
    return Expr("span", at, which.last, unit=unit, n=n * int(which.value[0:2]), cut=cut, rule="span")


def counted_span(t: DateTokens, at: int) -> Expr | None:
    """«2 العقود الماضية», «العامين الماضيين» (the number before its period)."""
    num = t.number(at)
    if num is None or num.ordinal or num.value > 1000:
        return None
    role = t.unit(num.last, "day", *_COARSE)
    if role is None or not role.plural or not role.definite:
        return None
    return _span(t, at, role.value, num.value, role.last, num.cut)


def last_expr(t: DateTokens, at: int) -> Expr | None:
    """«آخر 3 سنوات», «آخر أسبوع في سبتمبر», «آخر يوم من شهر مارس»."""
    i = at + 1
    weekday_at = i + 1 if t.unit(i, "day") is not None else i
    weekday = t.weekday(weekday_at)
    if weekday is not None and not weekday.joined:
        expr = Expr("calendar", at, weekday.last, weekday=weekday.value, nth=-1, rule="nth_weekday")
        return expr if _container(t, weekday.last, expr) else None
    unit = t.unit(i, "day", "week")
    if unit is not None and not unit.definite:
        kind = "calendar" if unit.value == "day" else "period"
        expr = Expr(kind, at, unit.last, nth=-1, unit=unit.value, rule="day_month" if unit.value == "day" else "week")
        return expr if _container(t, unit.last, expr) else None
    num = t.number(i)
    if num is None or num.ordinal:
        return None
    unit = t.unit(num.last, "day", *_COARSE)
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
        return expr if _container(t, weekday.last, expr) else None
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
        return expr if _container(t, week.last, expr) else None
    return None


def distance(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«قبل عامين», «منذ 21 يوما», «بعد ثلاثة أيام», «خلال يومين» (with a reference alone), not «بعد يومين من …»."""
    i = role.last
    if role.kind == "hence" and t.is_role(i, "day") is not None:
        return chained_day(t, at, at)
    if role.kind == "ago":
        chained = chained_day(t, at, at)
        if chained is not None:
            return chained
    two = t.is_role(i, "unit2")
    if two is not None:
        n, unit, i = 2, two.value, two.last
    else:
        num = t.number(i)
        if num is not None and (num.ordinal or num.value > 400):
            return None
        name = t.unit(num.last if num is not None else i, "day", "week", "month", "year", "decade", "century")
        if name is None or name.definite:
            return None
        n, unit, i = (num.value if num is not None else 1), name.value, name.last
        one = t.number(i) if num is None else None
        if num is None and (name.plural or (unit == "day" and one is None)):
            return None
        if one is not None:
            if one.value != 1 or one.ordinal:
                return None
            i = one.last
    return _from_now(t, at, role, n, unit, i)


def _from_now(t: DateTokens, at: int, role: Role, n: int, unit: str, i: int) -> Expr | None:
    if t.word(i) == "من":
        now = t.is_role(i + 1, "now", "day")
        if now is None:
            return None
        i = now.last
    elif t.is_role(i, "now") is not None:
        i += 1
    elif t.is_role(i, "shift", "last") is not None or (role.kind == "within" and not alone(t, at, i)):
        return None
    if unit == "day" and t.unit(i, "day") is not None:
        return None
    return Expr("offset", at, i, unit=unit, n=n * int(role.value), cut=role.cut, rule="offset")


def alone(t: DateTokens, first: int, last: int) -> bool:
    """Whether the tokens ``[first, last)`` are all there is in their line."""
    return (first == 0 or t.word(first - 1) == "\n") and t.word(last) in ("", "\n", ".")


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
        nth, last = _ordinal_after(t, century.last)
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


def part_expr(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«أوائل مارس», «منتصف العام المقبل», «نهاية 2025», «مطلع الأسبوع المقبل»."""
    i = role.last
    if t.word(i) in INSIDE:
        i += 1
    inner = _inside(t, i)
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


def _this_week(t: DateTokens, at: int) -> Expr | None:
    """«نهاية الأسبوع» without more is that of this week."""
    week = t.unit(at, "week")
    if week is None or not week.definite or week.plural:
        return None
    return Expr("period", at, week.last, unit="week", shift=0, rule="relative_period")


def _inside(t: DateTokens, i: int) -> Expr | None:
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
    role = t.is_role(at, "this", "same_before")
    if role is None:
        return None
    unit = t.unit(role.last, *_COARSE)
    if unit is not None and unit.definite:
        if unit.value == "year":
            return year_expr_of_this(t, at)
        if unit.value == "month":
            return calendar_expr_month(t, at)
        expr = _which(t, role.last, unit)
        if expr is not None:
            expr.first, expr.cut = at, role.cut
        return expr
    if role.kind != "this":
        return None
    weekday = t.weekday(role.last)
    if weekday is not None and not weekday.cut:
        return Expr("calendar", at, weekday.last, weekday=weekday.value, shift=0, cut=role.cut, rule="weekday")
    month = calendar_expr_month(t, at)
    return month


def year_expr_of_this(t: DateTokens, at: int) -> Expr | None:
    """«هذا العام»."""
    part = named_year(t, at)
    return None if part is None else from_year(t, at, part)


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
    inner = _inside(t, i)
    if inner is None or inner.kind not in ("period", "calendar") or inner.day:
        return None
    inner.first, inner.cut, inner.part = at, role.cut, "later"
    return inner
