"""Days: a day or several days of a month, in either order of day and month, with or without weekday and year."""

from __future__ import annotations

from typing import Final, final

from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_numeric import numeric
from newsextract.mentions.date_parts import MonthPart, YearPart, month_part, named_month, year_part
from newsextract.mentions.date_tokens import AND, BETWEEN, COMMAS, DIGITS, FUNCTION, INSIDE, MONTH, STOPS, THIS, UNTIL, DateTokens, Num

_MOST_DAYS: Final = 12
_ZERO_MONTH_AFTER: Final = frozenset({"في", "وفي", "لشهر"})
_MONTH_AFTER: Final = frozenset({"في", "منذ", "وفي", "حتي", "الي", "بين", "لشهر"})
_BEFORE_ZERO_MONTH: Final = frozenset({"within", "part", "this"})
_BEFORE_MONTH: Final = _BEFORE_ZERO_MONTH | {"ago", "hence", "unit"}
_JOINED: Final = frozenset("وف")
_GLUE: Final = frozenset({"-", "/", ".", ",", "،"})


@final
class DayItem:
    """A day of the month in a chain of days, with the weekday before it."""

    __slots__ = ("first", "num", "weekday")

    def __init__(self, weekday: int, num: Num, first: int) -> None:
        self.weekday = weekday
        self.num = num
        self.first = first


def day_item(t: DateTokens, at: int) -> DayItem | None:
    """«15», «الخامس عشر», «الخميس 19», «يوم 5» at ``at``."""
    i = at
    if i in t.kinds and t.unit(i, "day") is not None:
        i += 1
    weekday = t.weekdays.get(i)
    if weekday is not None:
        i = weekday.last
        if t.word(i) in COMMAS or t.word(i) == "(" or t.is_role(i, "pair"):
            i += 1
    if t.word(i) == "ال":
        i += 1  # «الـ 15»
    num = t.number(i)
    if num is None or not 1 <= num.value <= 31 or num.width > 2 or (num.ordinal and num.feminine and weekday is None):
        return None
    return DayItem(weekday.value if weekday is not None else 0, num, i)


def day_chain(t: DateTokens, at: int, weekday: int = 0) -> tuple[list[DayItem], str, int] | None:
    """Days joined by dash, «إلى», «و» or comma: the days, the joint (``to``, ``and`` or empty) and the end."""
    start = day_item(t, at)
    if start is None:
        return None
    if weekday and not start.weekday:
        start.weekday = weekday
    days, joint, i = [start], "", start.num.last
    while len(days) < _MOST_DAYS:
        sign, nxt = _joint(t, i)
        if not sign or (joint == "to") or (joint and sign != joint):
            break
        item = day_item(t, nxt)
        if item is None or (item.num.joined and sign != "and"):
            break
        days.append(item)
        joint, i = sign, item.num.last
    if joint == "and" and (t.word(at - 1) in BETWEEN) and len(days) == 2:
        joint = "to"
    return days, joint, i


def _joint(t: DateTokens, at: int) -> tuple[str, int]:
    """The sign between two days and where the next one begins."""
    word = t.word(at)
    if word == "-" or word in UNTIL:
        return "to", at + 1
    if word == AND:
        return ("to", at + 2) if t.word(at + 1) in UNTIL else ("and", at + 1)
    if word in COMMAS or word == "وال":
        return "and", at + 1
    if word[:1] in _JOINED:
        num, item = t.number(at), t.weekdays.get(at)
        if (num is not None and num.joined) or (item is not None and item.joined):
            return "and", at
    return "", at


def days_of_month(t: DateTokens, at: int, weekday: int = 0) -> Expr | None:
    """«15 أكتوبر 2025», «15-16 أكتوبر», «5 و12 مارس», «الخامس عشر من الشهر الماضي», «(8-12) ذو القعدة 1436هـ»."""
    chain = day_chain(t, at, weekday)
    if chain is None:
        return None
    days, joint, i = chain
    while True:
        found = _month_after(t, days, i, at)
        if found is None and joint == "and":
            found = _month_in_digits(t, days, i)
        if found is not None:
            return _build(t, at, days, joint, *found)
        if len(days) == 1:
            return None
        # «15 مارس و16»: the chain ran into something that is no day; try it shorter.
        days, i = days[:-1], days[-2].num.last
        if len(days) == 1:
            joint = ""


def _month_after(t: DateTokens, days: list[DayItem], i: int, at: int) -> tuple[MonthPart, YearPart | None, int] | None:
    last_day = days[-1].num
    if t.word(i) == ")" and t.word(days[0].first - 1) == "(":
        i += 1
    glued = t.word(i) in _GLUE and i + 1 in t.months
    part = month_part(t, i + 1 if glued else i)
    if part is None:
        shift = t.is_role(i, "shift")
        if shift is None or t.word(i).endswith("ه") or not last_day.width or not shift.definite:
            return None
        return MonthPart(0, "", int(shift.value), False, shift.last), None, shift.last
    sign = t.word(i)
    if glued and sign in ("/", "-") and t.word(part.last) == sign and t.word(part.last + 1).isdecimal():
        year = year_part(t, part.last + 1, part.cal)  # «15/تشرين الأول/2025»
    else:
        year = year_after(t, part)
    if glued and part.ambiguous and part.cal == "hijri" and year is None:
        return None  # a score: «3 - صفر»
    if part.ambiguous and part.cal == "hijri" and part.month == 2 and year is None and not _day_of_safar(t, days, i, at):
        return None
    if part.ambiguous and last_day.ordinal and year is None and t.word(i) not in INSIDE and t.word(at - 1) not in INSIDE:
        return None
    return part, year, year.last if year is not None else part.last


def _month_in_digits(t: DateTokens, days: list[DayItem], i: int) -> tuple[MonthPart, YearPart | None, int] | None:
    """Month and year of the last of several days where it is a date in digits: «يومي 6 و7/10/2024»."""
    whole = numeric(t, days[-1].first) if t.word(i) in _GLUE else None
    if whole is None or whole.day != days[-1].num.value or days[-1].weekday:
        return None
    if t.unit(days[0].first - 1, "day") is None and [day.num.value for day in days] != list(range(whole.day - len(days) + 1, whole.day + 1)):
        return None
    return MonthPart(whole.month, whole.cal, None, False, whole.last), YearPart(whole.year, None, whole.cal, whole.last), whole.last


def _day_of_safar(t: DateTokens, days: list[DayItem], i: int, at: int) -> bool:
    """Whether «صفر» after a number without year is the month: «العاشر من صفر», «يوم 10 صفر»; not «خمسة صفر»."""
    return t.word(i) in INSIDE or days[0].weekday > 0 or t.unit(at - 1, "day") is not None or t.word(at - 1) == "في"


def year_after(t: DateTokens, part: MonthPart) -> YearPart | None:
    """The year after a month, None when there is none or it belongs to what follows."""
    if part.shift is not None:
        return None
    dot = t.word(part.last) == "."
    year = year_part(t, part.last, part.cal, bare=part.which is None)  # «أيلول الماضي 1647 شجرة»
    if year is not None and dot and t.word(part.last - 2) != ".":
        return None
    return year


def dated(t: DateTokens, expr: Expr, part: MonthPart, year: YearPart | None) -> Expr:
    """Gives ``expr`` the month and the year."""
    expr.month, expr.month_shift = part.month, part.shift
    expr.shift = part.which
    expr.same = "month" if part.same else ""
    expr.cal = part.cal
    if year is not None:
        set_year(expr, year)
    return expr


def set_year(expr: Expr, year: YearPart) -> None:
    """Gives ``expr`` the year; the calendar of its era counts unless the month has said it."""
    expr.year, expr.year_shift = year.year, year.shift
    expr.same = "year" if year.same else expr.same
    expr.cal = expr.cal or year.cal


def _build(t: DateTokens, at: int, days: list[DayItem], joint: str, part: MonthPart, year: YearPart | None, last: int) -> Expr:
    made: list[Expr] = []
    for item in days:
        num = item.num
        expr = Expr("calendar", item.first, last, num.cut, num.value, part.month, 0, part.cal, item.weekday, part.which, rule="day_month", ordinal=num.ordinal)
        expr.month_shift = part.shift
        if part.same:
            expr.same = "month"
        if year is not None:
            set_year(expr, year)
        made.append(expr)
    made[0].first = at
    if len(made) == 1:
        return made[0]
    values = [e.day for e in made]
    if joint == "to" or values == list(range(values[0], values[0] + len(values))):
        return _day_range(t, at, made, joint, last)
    whole = Expr("list", at, last, items=made, rule="list")
    for expr, item in zip(made[:-1], days, strict=False):
        expr.last = item.num.last
    made[-1].first = days[-1].first
    return whole


def _day_range(t: DateTokens, at: int, made: list[Expr], joint: str, last: int) -> Expr:
    low, high = made[0], made[-1]
    notes: tuple[str, ...] = ()
    if low.day > high.day and t.word(low.first + 1) == "-":
        low, high = high, low
        notes = ("reversed_range",)
    return Expr("range", at, last, low=low, high=high, cut=made[0].cut, notes=notes, rule="range", cal=low.cal)


def month_days_expr(t: DateTokens, part: MonthPart, at: int) -> Expr | None:
    """Days after their month: «فبراير 14، 2010», «يوليو 13-15», «شهر نوفمبر بين 19 و20»."""
    i = part.last
    if t.word(i) in BETWEEN or (t.word(i) == "ما" and t.word(i + 1) in BETWEEN):
        i += 1 if t.word(i) in BETWEEN else 2
    elif t.word(i) in ("من", "في") and t.number(i + 1) is None:
        return None
    chain = day_chain(t, i)
    if chain is None or t.unit(i, "day") is not None:
        return None
    days, joint, last = chain
    if len(days) == 2 and joint == "and" and t.word(i - 1) not in BETWEEN:
        days, joint, last = days[:1], "", days[0].num.last
    if len(days) > 2 or t.counted(last):
        return None
    year = year_part(t, last, part.cal)
    if not _days_follow(t, days, year, last, i > part.last):
        return None
    return _build(t, at, days, joint, part, year, year.last if year is not None else last)


def _days_follow(t: DateTokens, days: list[DayItem], year: YearPart | None, last: int, between: bool) -> bool:
    """Whether numbers after a month are its days rather than a count."""
    if year is not None or between or len(days) == 2:
        return True
    if days[0].num.width:
        return t.word(last) in ("", ".", "\n", "،", ",", ")")
    return days[0].num.ordinal and days[0].num.definite


def month_expr(t: DateTokens, at: int) -> Expr | None:
    """A month, with days or a year after it, or alone."""
    part = _month_at(t, at)
    if part is None:
        return None
    if part.month and part.which is None:
        days = month_days_expr(t, part, at)
        if days is not None:
            return days
    year = year_after(t, part)
    last = year.last if year is not None else part.last
    expr = Expr("calendar", at, last, rule="month", cut=part.part_cut)
    dated(t, expr, part, year)
    expr.weak = part.ambiguous and year is None and part.which is None and not part.headed
    return None if expr.weak and not _licensed(t, at, expr) else expr


def _licensed(t: DateTokens, at: int, expr: Expr) -> bool:
    """Whether a month's name that is also something else («مارس», «رجب») is a month here: after «في», «منذ», a part, or alone."""
    before = t.word(at - 1)
    if expr.cal == "hijri" and expr.month == 2:  # «صفر» is zero far more often
        return before in _ZERO_MONTH_AFTER or t.role_in(at - 1, _BEFORE_ZERO_MONTH) is not None
    if before in _MONTH_AFTER or t.role_in(at - 1, _BEFORE_MONTH) is not None:
        return True
    if (at == 0 and t.word(expr.last) in ("", "\n")) or (expr.cut and t.word(at)[expr.cut - 1] == "ب"):
        return True
    if (t.word(expr.last) == "-" or t.word(expr.last) in UNTIL) and t.has(expr.last + 1, MONTH):
        return True
    return t.has(at - 1, MONTH) or t.has(expr.last, MONTH) or t.word(at - 2) in BETWEEN or before in UNTIL


def _month_at(t: DateTokens, at: int) -> MonthPart | None:
    month = t.month(at)
    if month is not None:
        named = named_month(t, month.value, month.cal, month.last, month.ambiguous, False)
        named.part_cut = month.cut
        return named
    unit = t.unit(at, "month")
    if unit is None and t.role_in(at, THIS) is None:
        return None
    if unit is not None and unit.plural:
        return None
    part = month_part(t, at)
    if part is not None and unit is not None:
        part.part_cut = unit.cut
    return part


def day_without_month(t: DateTokens, at: int, weekday: int) -> Expr | None:
    """«الجمعة 22», «السبت السادس عشر»: a weekday and a day of the current month."""
    item = day_item(t, at)
    if item is None or item.num.cut or item.weekday or t.counted(item.num.last):
        return None
    sign = t.word(item.num.last)
    if sign in ("/", "-", ":", "%") or (sign == "." and t.word(item.num.last + 1)):
        return None
    num = item.num
    if not num.width and not (num.ordinal and num.definite):
        return None
    if num.width and not _clause_goes_on(t, num.last):
        return None
    nth = num.ordinal and t.word(at - 1) != "في"  # «الثلاثاء الثالث» is the third Tuesday, «الخميس في السابع» the seventh
    return Expr("calendar", at, num.last, day=num.value, weekday=weekday, month_shift=0, ordinal=nth, rule="weekday_day", weak=True)


def _clause_goes_on(t: DateTokens, at: int) -> bool:
    """Whether what follows a number cannot be what it counts: a sign, the end, «إلى», a preposition."""
    word = t.word(at)
    if not word or word in STOPS or word in COMMAS or word in UNTIL:
        return True
    return t.bits(at) & FUNCTION > 0 and word != "من" and not t.counted(at)


def calendar_expr(t: DateTokens, at: int, weekday: int = 0) -> Expr | None:
    """A date in digits, by day and month, or by month and day."""
    expr = numeric(t, at) if t.bits(at) & DIGITS else None
    if expr is None:
        expr = days_of_month(t, at, weekday) if t.number(at) is not None or at in t.weekdays else month_expr(t, at)
    if expr is not None and weekday and expr.kind == "calendar" and not expr.weekday:
        expr.weekday = weekday
    return expr
