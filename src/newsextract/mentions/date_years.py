"""Years on their own, and pairs of years."""

from __future__ import annotations

from typing import Final

from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_kinds import Role
from newsextract.mentions.date_parts import YearPart, named_year, of_law, with_era, year_number
from newsextract.mentions.date_tokens import AND, BETWEEN, UNTIL, DateTokens

_UNITS: Final = frozenset({"unit", "unit2"})
_YEAR_LEADS: Final = frozenset({"yearlead", "unit"})
YEAR_BEFORE: Final = frozenset({"في", "منذ", "حتي", "وحتي", "قبل", "بعد", "خلال", "الي", "وفي", "ومنذ", "وخلال"})


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


def year_alone(t: DateTokens, at: int) -> Expr | None:
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
    lead = t.is_role(at - 1, "yearlead") is not None or (t.unit(at - 1, "year") is not None and not of_law(t, at - 1)) or t.is_role(at - 1, "unit2") is not None
    after_year = t.year_end >= 0 and t.year_end == at - 1 and t.word(at - 1) in (AND, "،", ",")
    if not lead and not after_year and t.word(at - 1) not in YEAR_BEFORE:
        return False
    return not t.counted(last)


def _year_pair(t: DateTokens, at: int, low: int, cal: str, last: int) -> Expr | None:
    """«2025/2026», «1436 / 1437هـ», «2023-2025», «2014 إلى 2018»."""
    sign = t.word(last)
    if sign not in ("/", "-") and sign not in UNTIL and not (sign == AND and _between(t, at)):
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
    if not year or (t.word(end) in ("/", "-") and t.word(end + 1)[:1].isdigit()):
        return None
    hijri = found == "hijri"
    if not (1300 if hijri else 1850) <= min(low, year) <= max(low, year) <= (1600 if hijri else 2150):
        return None
    near = abs(low - year) <= 1 or t.scan.adjacent(last - 1, last)
    if sign not in ("/", "-"):
        near = t.word(at - 1) in ("من", "بين", "في", "النطاق") or _between(t, at) or t.is_role(at - 1, "unit") is not None or at == 0
    if t.is_role(at - 1, "designator") is not None or t.counted(end) or not (near or cal or found or t.role_in(at - 1, _YEAR_LEADS)):
        return None
    found = found or "gregorian"
    notes = ("reversed_range",) if year < low else ()
    a = Expr("calendar", at, last, year=min(low, year), cal=found, rule="year")
    b = Expr("calendar", i, end, year=max(low, year), cal=found, rule="year")
    return Expr("range", at, end, low=a, high=b, cal=found, notes=notes, rule="years")


def _between(t: DateTokens, at: int) -> bool:
    """«بين 2012 و2015», «بين العامين 2012 و2015»."""
    before = at - 1
    if t.role_in(before, _UNITS) is not None:
        before -= 1
    return t.word(before) in BETWEEN


def year_expr_of_this(t: DateTokens, at: int) -> Expr | None:
    """«هذا العام»."""
    part = named_year(t, at)
    return None if part is None else from_year(t, at, part)


def season_years(t: DateTokens, at: int, role: Role) -> Expr | None:
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
