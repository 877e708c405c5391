"""Ranges and pairs: «من … إلى …», «… الموافق …», and what opens or closes a date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_tokens import ANCHOR, AND, BETWEEN, COMMAS, FROM, UNTIL, DateTokens

Reader = Callable[[DateTokens, int], Expr | None]


_JOINTS: Final = frozenset({AND, "-", "/"}) | UNTIL
_PAIR_SIGNS: Final = frozenset({"(", "[", "/", "-", "="}) | COMMAS


def bare_low(t: DateTokens, at: int) -> Expr | None:
    """A number that is a day only as the first end of a range whose second end has the month: «25 إلى الخميس 30 مارس»."""
    num = t.number(at) if t.word(at - 1) in ("من", "بين") else None
    if num is None or not 1 <= num.value <= 31:
        return None
    return Expr("calendar", at, num.last, day=num.value, cut=num.cut, ordinal=num.ordinal, weak=True, rule="bare_day")


def ranged(t: DateTokens, low: Expr, read: Reader) -> Expr | None:
    """``low``, or the range that it begins."""
    bare = low.rule == "bare_day"
    if low.kind in ("offset", "span", "list"):
        return low
    t.year_end = low.last if low.rule == "year" else -1
    nxt, sign = _range_joint(t, low)
    high = read(t, nxt) if nxt else None
    if high is None or not _may_end(t, low, high, sign):
        return None if bare else low
    if high.kind == "range":
        high.first, high.cut = low.first, low.cut
        if high.low is not None and high.high is not None and high.low.weekday and not high.high.weekday:
            high.low.weekday, high.high.weekday = low.weekday, high.low.weekday
        return high
    low.fill(high)
    high_full = high
    high_full.fill(low)
    return Expr("range", low.first, high.last, low=low, high=high_full, cut=low.cut, rule="range", cal=low.cal)


def _range_joint(t: DateTokens, low: Expr) -> tuple[int, str]:
    """Where the second end of a range may begin after ``low``, 0 for nowhere, and the sign between."""
    i = low.last
    word = t.word(i)
    if word not in _JOINTS and t.word(low.first - 1) not in BETWEEN:
        return 0, ""
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
    if t.unit(i, "day") is not None and (t.weekday(i + 1) is not None or t.number(i + 1) is not None):
        i += 1
    return (i, sign) if t.bits(i) & ANCHOR else (0, "")


def _joined(t: DateTokens, at: int) -> bool:
    if t.word(at)[:1] != AND:
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


def paired(t: DateTokens, expr: Expr, read: Reader) -> Expr:
    """Joins «… هـ الموافق … م» (also in brackets, or with a slash or «/») into one date, by the Gregorian half."""
    i = expr.last
    if t.word(i) not in _PAIR_SIGNS and i not in t.kinds:
        return expr
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
    if not t.bits(i) & ANCHOR or i == expr.last:
        return expr
    other = read(t, i)
    if other is not None and pair is not None:
        other = ranged(t, other, read)
    if other is None or not _other_calendar(expr, other, pair is not None):
        return expr
    last = other.last + (1 if closed and t.word(other.last) in (")", "]") else 0)
    main, second = (expr, other) if _written_in(expr) == "gregorian" else (other, expr)
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


def _written_in(expr: Expr) -> str:
    if expr.kind == "range" and expr.low is not None:
        return expr.low.cal or "gregorian"
    return expr.cal or "gregorian"


def _other_calendar(a: Expr, b: Expr, said: bool) -> bool:
    """Whether two dates side by side are one day in two calendars."""
    if _written_in(a) == _written_in(b) or a.kind not in ("calendar", "range") or b.kind not in ("calendar", "range"):
        return False
    first, second = (x.low if x.kind == "range" and x.low is not None else x for x in (a, b))
    if said:
        return True
    return bool(first.day and second.day) or bool(first.year and second.year and not first.month and not second.month)


def weekday_after(t: DateTokens, expr: Expr) -> Expr:
    """«15 أكتوبر (الأربعاء)», «2015/10/5 يوم الأحد»: the weekday behind its date."""
    if expr.kind != "calendar" or expr.weekday or not expr.day:
        return expr
    i = expr.last
    if t.word(i) == "(":
        day = t.weekday(i + 1)
        if day is not None and t.word(day.last) == ")":
            expr.weekday, expr.last = day.value, day.last + 1
    elif t.word(i) == "يوم" and t.unit(i, "day") is not None:
        day = t.weekday(i + 1)
        if day is not None and not day.cut and t.number(day.last) is None:
            expr.weekday, expr.last = day.value, day.last
    return expr


def opened(t: DateTokens, expr: Expr) -> Expr:
    """Marks dates that are only one end: «منذ», «ابتداء من», «حتى»."""
    if expr.kind in ("range", "day", "offset", "span"):
        return expr
    before = t.word(expr.first - 1)
    if expr.first - 1 in t.kinds and t.unit(expr.first - 1, "day") is not None:
        before = t.word(expr.first - 2)
    if before in ("منذ", "ومنذ"):
        expr.open_end = "after"
    elif before in UNTIL and before.endswith(("حتي", "غايه")):
        expr.open_end = "before"
    elif before in FROM and t.word(expr.first - 2) in ("ابتداء", "بدءا", "اعتبارا", "بدايه", "وابتداء", "انطلاقا"):
        expr.open_end = "after"
    return expr
