"""The grammar of date expressions: elements, ranges, and pairs of calendars, read from left to right at their anchors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.mentions import date_periods as periods
from newsextract.mentions.date_days import calendar_expr, day_without_month, set_year
from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_parts import month_year, named_year, numeric, with_era, year_number, year_part
from newsextract.mentions.date_tokens import AND, BETWEEN, COMMAS, DATE_WORD, FROM, HOLIDAY, MONTH, NUMBERISH, STOPS, UNTIL, WEEKDAY, DateTokens, Role
from newsextract.mentions.number_runs import NumberRun
from newsextract.scan.scanner import Scan

ANCHOR: Final = MONTH | WEEKDAY | DATE_WORD | HOLIDAY | NUMBERISH
_YEAR_BEFORE: Final = frozenset({"في", "منذ", "حتي", "وحتي", "قبل", "بعد", "خلال", "الي", "وفي", "ومنذ", "وخلال"})
_VERB: Final = BIT["VERB"]


def parse(scan: Scan, runs: Mapping[int, NumberRun]) -> list[Expr]:
    """All date expressions of a text, in order, without overlaps."""
    t = DateTokens(scan, runs)
    found: list[Expr] = []
    i, flags = 0, t.flags
    size = len(flags)
    while i < size:
        if not flags[i] & ANCHOR:
            i += 1
            continue
        expr = expression(t, i)
        if expr is None:
            i = _skip(t, i)
            continue
        if t.word(expr.last) == "من" and t.word(expr.last + 1) == "كل" and not expr.year:
            i = expr.last + 2  # «8 مارس من كل عام»
            continue
        _flatten(expr, found)
        t.year_end = expr.last if expr.rule == "year" and expr.year else -1
        i = max(expr.last, i + 1)
    return found


def _skip(t: DateTokens, at: int) -> int:
    """The token to go on with when no date begins at ``at``."""
    if t.flags[at] & NUMBERISH and not t.words[at][0].isdigit():
        run = t.runs.get(at)
        if run is not None and run.last > at + 1:
            return at + 1
    return at + 1


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
        low = _bare_low(t, at)
        if low is None:
            return None
    whole = _ranged(t, low)
    if whole is None:
        return None
    whole = _paired(t, whole)
    return _opened(t, _weekday_after(t, whole))


def element(t: DateTokens, at: int) -> Expr | None:
    """One date without range: by its first word."""
    flags = t.flags[at] if at < t.size else 0
    if flags & HOLIDAY:
        expr = _holiday(t, at)
        if expr is not None:
            return expr
    if flags & WEEKDAY:
        expr = _from_weekday(t, at)
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
    word = t.words[at]
    if word[0].isdigit():
        expr = numeric(t, at) or month_year(t, at) or calendar_expr(t, at) or _year_alone(t, at) or periods.counted_span(t, at)
        return expr if expr is not None else _short_numeric(t, at)
    return periods.nth_expr(t, at) or calendar_expr(t, at) or _year_alone(t, at) or periods.counted_span(t, at)


def _short_numeric(t: DateTokens, at: int) -> Expr | None:
    """«22/4», «4.22» without year: only after «يوم», a weekday, or a verb of the future, where no count can stand."""
    word, i = t.words[at], at + 1
    if word.count(".") == 1:
        a, _, b = word.partition(".")
    elif t.word(i) in ("/", "-") and t.word(i + 1).isdecimal() and t.scan.adjacent(at, i) and t.scan.adjacent(i, i + 1):
        a, b, i = word, t.word(i + 1), i + 2
    else:
        return None
    if not (a.isdecimal() and b.isdecimal()) or len(a) > 2 or len(b) > 2 or t.word(i) in ("/", "-", "%", ":", "."):
        if t.word(i) != "." or t.word(i + 1)[:1].isdigit():
            return None
    day, month = int(a), int(b)
    if month > 12:
        day, month = month, day
    if not (1 <= day <= 31 and 1 <= month <= 12) or not _day_expected(t, at) or t.counted(i) or t.has(i, NUMBERISH):
        return None
    if "." in word and t.word(i) not in STOPS and t.word(i) not in COMMAS and t.word(i):
        return None
    return Expr("calendar", at, i, day=day, month=month, cal="gregorian", rule="numeric_short", weak=True)


def _day_expected(t: DateTokens, at: int) -> bool:
    """Whether the words before ``at`` call for a day."""
    i = at - 1
    if t.word(i) in ("في", "من", "حتي", "الي"):
        i -= 1
    if i < 0:
        return False
    if t.is_role(i, "head") is not None or t.unit(i, "day") is not None or t.weekday(i) is not None or t.has(i, MONTH):
        return True
    return future_verb(t.word(i)) or t.word(i - 1) in ("سوف", "وسوف")


def future_verb(word: str) -> bool:
    """Whether the word has the prefix of the future: «سيعقد», «سأعود», «ستنطلق», «وسيبدأ»."""
    if word[:1] in "وف":
        word = word[1:]
    return len(word) >= 5 and word[0] == "س" and word[1] in "ياتن"


def _year_alone(t: DateTokens, at: int) -> Expr | None:
    """A year without «عام»: licensed by its era, or by «في», «منذ», «بحلول» before it, or as one end of years."""
    num = year_number(t, at)
    if num is None:
        return None
    cal, last = with_era(t, num.last, "")
    pair = _year_pair(t, at, num.value, cal, last) if num.width else None
    if pair is not None:
        return pair
    if num.cut:
        return None
    if cal:
        ok = (1300 <= num.value <= 1600) if cal == "hijri" else (1000 <= num.value <= 2200)
        if t.word(num.last) == "م" and (not 1500 <= num.value <= 2200 or not num.width):
            ok = False
    else:
        ok = 1900 <= num.value <= 2100 and _year_licensed(t, at, last)
    return Expr("calendar", at, last, year=num.value, cal=cal or "gregorian", rule="year", weak=not cal) if ok else None


def _year_licensed(t: DateTokens, at: int, last: int) -> bool:
    if t.word(last) in ("/", "-") and t.word(last + 1)[:1].isdigit():
        return False
    if t.word(last) in (":", "%"):
        return False
    lead = t.is_role(at - 1, "yearlead") is not None
    after_year = t.year_end >= 0 and t.year_end == at - 1 and t.word(at - 1) in (AND, "،", ",")
    if not lead and not after_year and t.word(at - 1) not in _YEAR_BEFORE:
        return False
    return not t.counted(last)


def _year_pair(t: DateTokens, at: int, low: int, cal: str, last: int) -> Expr | None:
    """«2025/2026», «1436 / 1437هـ», «2023-2025», «2014 إلى 2018»."""
    sign = t.word(last)
    if sign not in ("/", "-") and sign not in UNTIL and not (sign == AND and t.word(at - 1) in BETWEEN):
        return None
    i = last + 1
    part = named_year(t, i) if sign in UNTIL else None
    if part is None:
        num = year_number(t, i)
        if num is None or num.width != 4 or num.cut:
            return None
        found, end = with_era(t, num.last, cal)
        year = num.value
    else:
        year, found, end = part.year, part.cal or cal, part.last
    if not year or t.word(end) in ("/", "-") and t.word(end + 1)[:1].isdigit():
        return None
    hijri = found == "hijri"
    if not (1300 if hijri else 1850) <= min(low, year) <= max(low, year) <= (1600 if hijri else 2150):
        return None
    near = abs(low - year) <= 1 or t.scan.adjacent(last - 1, last)
    if sign not in ("/", "-"):
        near = t.word(at - 1) in ("من", "بين", "في", "النطاق") or t.is_role(at - 1, "unit") is not None or at == 0
    if t.is_role(at - 1, "designator") is not None or t.counted(end) or not (near or cal or found or t.is_role(at - 1, "yearlead", "unit")):
        return None
    found = found or "gregorian"
    notes = ["reversed_range"] if year < low else []
    a = Expr("calendar", at, last, year=min(low, year), cal=found, rule="year")
    b = Expr("calendar", i, end, year=max(low, year), cal=found, rule="year")
    return Expr("range", at, end, low=a, high=b, cal=found, notes=notes, rule="years")


def _from_weekday(t: DateTokens, at: int) -> Expr | None:
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
    nth = periods._ordinal_after(t, day.last)
    if nth[0]:
        expr.nth, expr.last = nth[0], nth[1]
        if periods._container(t, nth[1], expr):
            expr.rule, expr.weak = "nth_weekday", False
            return expr
        if 0 < nth[0] <= 31 and not day.bare:
            expr.nth, expr.day, expr.ordinal, expr.month_shift = 0, nth[0], True, 0
            return expr
        expr.nth, expr.last = 0, day.last
    shift = t.is_role(day.last, "shift", "same")
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
    expr = calendar_expr(t, i) if i < t.size and t.number(i) is not None else None
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
        return periods.this_expr(t, i)
    role = t.unit(i, "week")
    return periods.unit_expr(t, i, role) if role is not None else None


def _weekday_date(t: DateTokens, at: int, weekday: int, last: int) -> Expr | None:
    """The date that follows a weekday: «الأربعاء 15 أكتوبر», «الأحد، 8 يناير», «الخميس (19 مارس)», «الأحد يناير 21»."""
    i, closed = last, False
    sign = t.word(i)
    if sign in COMMAS or sign in ("في", "-"):
        i += 1
    elif sign in ("(", "["):
        i, closed = i + 1, True
    pair = t.is_role(i, "pair")
    if pair is not None:
        i = pair.last
        if t.unit(i, "day") is not None:
            i += 1
    if i >= t.size or not t.flags[i] & ANCHOR:
        return None
    if t.weekday(i) is not None and i == last:
        return None
    expr = calendar_expr(t, i, weekday) if t.weekday(i) is None else None
    if expr is None or (expr.kind == "calendar" and not expr.day):
        expr = day_without_month(t, i, weekday) if sign not in COMMAS and not closed and pair is None else None
    if expr is None:
        short = _short_numeric(t, i) if t.words[i][0].isdigit() else None
        if short is None:
            return None
        short.weekday, expr = weekday, short
    if closed and t.word(expr.last) in (")", "]"):
        expr.last += 1
    expr.first, expr.rule = at, expr.rule
    return expr


def _from_role(t: DateTokens, at: int, role: Role) -> Expr | None:
    handler = _ROLES.get(role.kind)
    return None if handler is None else handler(t, at, role)


def _day_role(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«اليوم», with the weekday or date that repeats it: «اليوم الأربعاء 11 مايو», «أمس (الاثنين)»."""
    if t.words[at].endswith("اليوم") and role.last == at + 1:
        expr = periods.ordinal_day(t, at)
        if expr is not None:
            expr.cut = role.cut
            return expr
    day = periods.day_word(t, at, role)
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
    if role.value == "month":
        expr = calendar_expr(t, at)
        return expr
    if role.value == "day" and not role.definite:
        return periods.chained_day(t, at, role.last)
    return periods.unit_expr(t, at, role) or _ago_fragment(t, at)


def _ago_fragment(t: DateTokens, at: int) -> Expr | None:
    """«من أسبوع», as speech has it for «منذ أسبوع», when that is all there is."""
    if t.word(at - 1) != "من":
        return None
    expr = periods.distance(t, at - 1, Role("ago", "-1", at, 0, False, False))
    if expr is None or not periods.alone(t, at - 1, expr.last):
        return None
    expr.first = at
    return expr


def _two_role(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«العامين الماضيين», «اليومين المقبلين»."""
    return periods._span(t, at, role.value, 2, role.last, role.cut) or _ago_fragment(t, at)


_ROLES: Final[dict[str, Callable[[DateTokens, int, Role], Expr | None]]] = {
    "day": _day_role,
    "unit": _unit_role,
    "unit2": _two_role,
    "this": lambda t, at, role: periods.this_expr(t, at),
    "same_before": lambda t, at, role: periods.this_expr(t, at),
    "part": periods.part_expr,
    "later": periods.later_expr,
    "ago": periods.distance,
    "hence": periods.distance,
    "within": periods.distance,
    "last_before": lambda t, at, role: periods.last_expr(t, at),
    "season": periods.season_expr,
    "decade": periods.decade_expr,
}


def _holiday(t: DateTokens, at: int) -> Expr | None:
    """A feast or named day, with its year if it says one."""
    found = t.reading(at, "HOLIDAY")
    if found is None:
        return None
    (cut, sense), last = found
    entry = sense.entry
    month, _, day = entry.value.partition("-")
    expr = Expr("holiday", at, last, month=int(month), day=int(day), cal=entry.kind, cut=cut, rule="holiday", weak=entry.category == "named")
    year = year_part(t, last)
    if year is not None and (year.year or year.shift is not None):
        expr.year, expr.year_shift, expr.last, expr.weak = year.year, year.shift, year.last, False
        if year.cal and year.cal != expr.cal or (expr.cal == "hijri" and year.year > 1600) or (expr.cal == "hijri" and not year.cal):
            expr.unit = "gregorian_year"
    return expr if expr.year or expr.year_shift is not None or not expr.weak else None


def _bare_low(t: DateTokens, at: int) -> Expr | None:
    """A number that is a day only as the first end of a range whose second end has the month: «25 إلى الخميس 30 مارس»."""
    num = t.number(at)
    if num is None or not 1 <= num.value <= 31 or t.word(at - 1) not in ("من", "بين"):
        return None
    return Expr("calendar", at, num.last, day=num.value, cut=num.cut, ordinal=num.ordinal, weak=True, rule="bare_day")


def _ranged(t: DateTokens, low: Expr) -> Expr | None:
    """``low``, or the range that it begins."""
    bare = low.rule == "bare_day"
    if low.kind in ("offset", "span", "list"):
        return low
    nxt, sign = _range_joint(t, low)
    high = element(t, nxt) if nxt else None
    if high is None or not _may_end(t, low, high, sign):
        return None if bare else low
    if high.kind == "range":
        assert high.low is not None and high.high is not None
        high.first, high.cut = low.first, low.cut
        return high
    low.fill(high)
    high_full = high
    high_full.fill(low)
    return Expr("range", low.first, high.last, low=low, high=high_full, cut=low.cut, rule="range", cal=low.cal)


def _range_joint(t: DateTokens, low: Expr) -> tuple[int, str]:
    """Where the second end of a range may begin after ``low``, 0 for nowhere, and the sign between."""
    i = low.last
    word = t.word(i)
    if word == AND and t.word(i + 1) in UNTIL:
        i, word = i + 1, t.word(i + 1)
    sign = ""
    if word in UNTIL:
        sign, i = "to", i + 1
    elif word == "-" or (word == "/" and low.day):
        sign, i = "dash", i + 1
    elif t.word(low.first - 1) in BETWEEN and (word == AND or _joined(t, i)):
        sign, i = "and", i + (1 if word == AND else 0)
    else:
        return 0, ""
    if t.word(i) in BETWEEN:
        i += 1
    if t.is_role(i, "daypart") is not None:
        i += 1
    if t.unit(i, "day") is not None and t.weekday(i + 1) is not None or t.unit(i, "day") is not None and t.number(i + 1) is not None:
        i += 1
    return (i, sign) if i < t.size and t.flags[i] & ANCHOR else (0, "")


def _joined(t: DateTokens, at: int) -> bool:
    if at >= t.size or t.words[at][:1] != AND:
        return False
    num, month, day = t.number(at), t.single_month(at), t.weekday(at)
    role = t.role(at)
    return bool((num and num.joined) or (month and month.joined) or (day and day.joined) or (role and role.cut))


def _may_end(t: DateTokens, low: Expr, high: Expr, sign: str) -> bool:
    """Whether ``high`` can be the second end of the range that ``low`` begins."""
    if high.kind not in ("calendar", "day", "period", "range", "holiday"):
        return False
    if sign == "dash" and not _same_shape(low, high):
        return False
    if low.cal and high.cal and low.cal != high.cal and low.kind == high.kind == "calendar":
        return False
    if low.rule == "bare_day":
        return high.kind == "calendar" and bool(high.day and (high.month or high.month_shift is not None))
    if high.kind == "range":
        return low.kind == "calendar" and bool(low.weekday) and not low.day
    return True


def _same_shape(low: Expr, high: Expr) -> bool:
    """Both ends of «a - b» must be of one kind: days, months or years."""
    if low.kind == "day" or high.kind == "day" or high.kind == "range":
        return False
    return bool(low.day) == bool(high.day) and bool(low.month or low.month_shift is not None) == bool(high.month or high.month_shift is not None)


def _paired(t: DateTokens, expr: Expr) -> Expr:
    """Joins «… هـ الموافق … م» (also in brackets, or with a slash or «/») into one date, by the Gregorian half."""
    i = expr.last
    closed = False
    pair = None
    while True:
        sign = t.word(i)
        if pair is None and (sign in ("(", "[") or sign in COMMAS or sign in ("/", "-", "=")):
            closed = closed or sign in ("(", "[")
            i += 1
            if i > expr.last + 2:
                return expr
            continue
        found = t.is_role(i, "pair") if pair is None else None
        if found is None:
            break
        pair, i = found, found.last
    if pair is not None:
        i = _after_pair(t, i)
    if i >= t.size or not t.flags[i] & ANCHOR or i == expr.last:
        return expr
    other = element(t, i)
    if other is not None and pair is not None:
        other = _ranged(t, other)
    if other is None or not _other_calendar(expr, other, pair is not None):
        return expr
    last = other.last + (1 if closed and t.word(other.last) in (")", "]") else 0)
    main, second = (expr, other) if _calendar(expr) == "gregorian" else (other, expr)
    if not main.weekday and main.kind == "calendar":
        main.weekday = second.weekday
    main.first, main.cut, main.last, main.other, main.rule = expr.first, expr.cut, last, second, "pair"
    return main


def _after_pair(t: DateTokens, i: int) -> int:
    if t.word(i) in ("ل", "لـ", ":"):
        i += 1
    if t.word(i) == "(":
        i += 1
    if t.unit(i, "day") is not None and not t.word(i).endswith("ايام"):
        i += 1
    return i


def _calendar(expr: Expr) -> str:
    if expr.kind == "range" and expr.low is not None:
        return expr.low.cal or "gregorian"
    return expr.cal or "gregorian"


def _other_calendar(a: Expr, b: Expr, said: bool) -> bool:
    """Whether two dates side by side are one day in two calendars."""
    if _calendar(a) == _calendar(b) or a.kind not in ("calendar", "range") or b.kind not in ("calendar", "range"):
        return False
    first, second = (x.low if x.kind == "range" and x.low is not None else x for x in (a, b))
    if said:
        return True
    return bool(first.day and second.day) or bool(first.year and second.year and not first.month and not second.month)


def _weekday_after(t: DateTokens, expr: Expr) -> Expr:
    """«15 أكتوبر (الأربعاء)», «2015/10/5 يوم الأحد»: the weekday behind its date."""
    if expr.kind != "calendar" or expr.weekday or not expr.day:
        return expr
    i = expr.last
    if t.word(i) == "(":
        day = t.weekday(i + 1)
        if day is not None and t.word(day.last) == ")":
            expr.weekday, expr.last = day.value, day.last + 1
    elif t.unit(i, "day") is not None and t.word(i) == "يوم":
        day = t.weekday(i + 1)
        if day is not None and not day.cut and t.number(day.last) is None:
            expr.weekday, expr.last = day.value, day.last
    return expr


def _opened(t: DateTokens, expr: Expr) -> Expr:
    """Marks dates that are only one end: «منذ», «ابتداء من», «حتى»."""
    if expr.kind in ("range", "day", "offset", "span"):
        return expr
    before = t.word(expr.first - 1)
    if t.unit(expr.first - 1, "day") is not None:
        before = t.word(expr.first - 2)
    if before in ("منذ", "ومنذ"):
        expr.open_end = "after"
    elif before in UNTIL and before.endswith(("حتي", "غايه")):
        expr.open_end = "before"
    elif before in FROM and t.word(expr.first - 2) in ("ابتداء", "بدءا", "اعتبارا", "بدايه", "وابتداء", "انطلاقا"):
        expr.open_end = "after"
    return expr


__all__ = ["STOPS", "expression", "future_verb", "parse", "set_year"]
