"""Days and spans counted from a reference: «اليوم», «قبل عامين», «السنوات الخمس الماضية»."""

from __future__ import annotations

from typing import Final

from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_kinds import Role
from newsextract.mentions.date_tokens import DateTokens

RELATIVE_PRONOUNS: Final = frozenset({"الذي", "الي", "اللي", "القبل", "ما"})

COARSE: Final = frozenset({"week", "month", "year", "quarter", "half", "decade", "century", "weekend", "period"})
UNITS: Final = COARSE | {"day"}
_STEPS: Final = frozenset({"day", "week", "month", "year", "decade", "century"})
"""Units in which one counts from today."""
_DIRECTIONS: Final = frozenset({"ago", "hence"})
_WHICH: Final = frozenset({"shift", "last"})
_NOT_TODAY: Final = frozenset({"shift", "same", "last", "dayname"})
_NOW: Final = frozenset({"now", "day"})


def day_word(t: DateTokens, at: int, role: Role) -> Expr | None:
    """اليوم, أمس, غدا, and what they are counted on from: «اليوم الذي بعد الغد», «يوم قبل أمس»."""
    i = role.last
    if t.word(at).endswith("اليوم") and role.last == at + 1:
        chained = chained_day(t, at, i)
        if chained is not None:
            return chained
        if not today(t, at):
            return None
    return Expr("day", at, i, n=int(role.value), cut=role.cut, rule="relative_day")


def chained_day(t: DateTokens, at: int, i: int) -> Expr | None:
    """«[اليوم] الذي قبل أمس»: a day before yesterday, after tomorrow."""
    if t.word(i) in RELATIVE_PRONOUNS:
        i += 1
        day = t.is_role(i, "day")
        if day is not None and day.value != "0":
            more = -1 if t.word(i - 1) == "القبل" else 0
            return Expr("day", at, day.last, n=int(day.value) + more, rule="relative_day")
    step = t.role_in(i, _DIRECTIONS)
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
    if t.word(at) == "لليوم":
        return False
    nxt = at + 1
    if t.role_in(nxt, _NOT_TODAY) is not None:
        return False
    num = t.number(nxt)
    return not (num is not None and num.ordinal and num.definite)


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
    return one_span(t, at, role.value, n, i, role.cut)


def one_span(t: DateTokens, at: int, unit: str, n: int, i: int, cut: int) -> Expr | None:
    which = t.role_in(i, _WHICH)
    if which is None or not which.definite or which.value == "0" or n > 1000:
        return None
    return Expr("span", at, which.last, unit=unit, n=n * int(which.value[0:2]), cut=cut, rule="span")


def counted_span(t: DateTokens, at: int) -> Expr | None:
    """«2 العقود الماضية», «العامين الماضيين» (the number before its period)."""
    num = t.number(at)
    if num is None or num.ordinal or num.value > 1000:
        return None
    role = t.unit_in(num.last, UNITS)
    if role is None or not role.plural or not role.definite:
        return None
    return one_span(t, at, role.value, num.value, role.last, num.cut)


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
        name = t.unit_in(num.last if num is not None else i, _STEPS)
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
        now = t.role_in(i + 1, _NOW)
        if now is None:
            return None
        i = now.last
    elif t.is_role(i, "now") is not None:
        i += 1
    elif t.role_in(i, _WHICH) is not None or (role.kind == "within" and not alone(t, at, i)):
        return None
    if unit == "day" and t.unit(i, "day") is not None:
        return None
    return Expr("offset", at, i, unit=unit, n=n * int(role.value), cut=role.cut, rule="offset")


def alone(t: DateTokens, first: int, last: int) -> bool:
    """Whether the tokens ``[first, last)`` are all there is in their line."""
    return (first == 0 or t.word(first - 1) == "\n") and t.word(last) in ("", "\n", ".")


def ago_fragment(t: DateTokens, at: int) -> Expr | None:
    """«من أسبوع», as speech has it for «منذ أسبوع», when that is all there is."""
    if t.word(at - 1) != "من":
        return None
    expr = distance(t, at - 1, Role("ago", "-1", 0, False, False, False, at))
    if expr is None or not alone(t, at - 1, expr.last):
        return None
    expr.first = at
    return expr


def two_periods(t: DateTokens, at: int, role: Role) -> Expr | None:
    """«العامين الماضيين», «اليومين المقبلين»."""
    return one_span(t, at, role.value, 2, role.last, role.cut) or ago_fragment(t, at)
