"""Dates in digits: with their year in any order, month and year, and short ones where a day is called for."""

from __future__ import annotations

from typing import Final

from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_parts import with_era, year_number
from newsextract.mentions.date_tokens import COMMAS, MONTH, NOUN, NUMBERISH, STOPS, DateTokens

SEPARATORS: Final = frozenset({"/", "-", ".", "\\"})


def numeric(t: DateTokens, at: int, *, inside: bool = False) -> Expr | None:
    """A date in digits with its year: 15/10/2025, 2025-10-15, 15.10.2025, 14/10/1436هـ; day first unless that is no day."""
    word = t.word(at)
    fields: list[str]
    if word.isdecimal():
        sep = t.word(at + 1)
        if sep not in SEPARATORS or not t.word(at + 2).isdecimal():
            return None
        third = t.word(at + 3)
        if third in COMMAS and year_number(t, at + 4) is not None and t.word(at + 4).isdecimal():
            return american(t, at)
        if third != sep or not t.word(at + 4).isdecimal():
            return None
        fields, last = [word, t.word(at + 2), t.word(at + 4)], at + 5
    elif word.count(".") == 2 and word.replace(".", "").isdecimal():
        fields, last = word.split("."), at + 1
    else:
        return None
    if not inside and _continues(t, at, last):
        return None
    return _ordered(t, at, last, fields)


def numeric_range(t: DateTokens, at: int) -> Expr | None:
    """«18-19/10/2025» and «2025/10/18-20»: two days before or after one month and year in digits."""
    if not (t.word(at).isdecimal() and t.word(at + 1) in ("-", "/") and t.word(at + 2).isdecimal()):
        return None
    joint = t.word(at + 1)
    if joint == "-" and t.word(at + 3) in ("/", "."):
        high = numeric(t, at + 2, inside=True)
        if high is None or len(t.word(at)) > 2 or not 1 <= int(t.word(at)) <= 31:
            return None
        low = Expr("calendar", at, at + 1, day=int(t.word(at)), month=high.month, year=high.year, cal=high.cal, rule="numeric")
    elif joint == "/" and t.word(at + 5) == "-" and len(t.word(at)) == 4 and t.word(at + 6).isdecimal() and len(t.word(at + 6)) <= 2:
        if t.word(at + 3) != joint or not t.word(at + 4).isdecimal() or t.word(at + 7) in SEPARATORS:
            return None
        made = _ordered(t, at, at + 5, [t.word(at), t.word(at + 2), t.word(at + 4)])
        if made is None or not 1 <= int(t.word(at + 6)) <= 31:
            return None
        low, high = made, Expr("calendar", at + 6, at + 7, day=int(t.word(at + 6)), month=made.month, year=made.year, cal=made.cal, rule="numeric")
    else:
        return None
    return Expr("range", at, high.last, low=low, high=high, cal=low.cal, rule="range")


def _continues(t: DateTokens, first: int, last: int) -> bool:
    """Whether the digits belong to something longer: an address, a phone number, a version."""
    if first > 0 and t.word(first - 1) in SEPARATORS and first > 1 and t.word(first - 2)[-1:].isdigit() and t.scan.adjacent(first - 1, first):
        return True
    return t.word(last) in SEPARATORS and t.word(last + 1)[:1].isdigit() and t.scan.adjacent(last - 1, last) and t.scan.adjacent(last, last + 1)


def _ordered(t: DateTokens, at: int, last: int, fields: list[str]) -> Expr | None:
    """Puts the three numbers into day, month, year."""
    a, b, c = (int(x[:5]) for x in fields)
    if len(fields[0]) > 4 or len(fields[1]) > 2 or len(fields[2]) > 4:
        return None
    cal, end = with_era(t, last, "")
    year_first = len(fields[0]) == 4
    if year_first:
        year, first, second = a, c, b
        if len(fields[2]) > 2:
            return None
        if second > 12:
            first, second = second, first
    else:
        year, first, second = c, a, b
        if len(fields[2]) == 3 or len(fields[0]) > 2 or len(fields[2]) == 1:
            return None
        if len(fields[2]) == 2:
            year = _century(t, c, cal)
    notes: tuple[str, ...] = ()
    if not year_first and second > 12 >= first:
        first, second = second, first
        notes = ("month_first",)
    elif first <= 12 and second <= 12 and first != second and not year_first:
        notes = ("day_month_order_by_convention",)
    if not (1 <= first <= 31 and 1 <= second <= 12) or not 1000 <= year <= 2999:
        return None
    if not cal:
        cal = "hijri" if 1300 <= year <= 1500 else "gregorian"
    return Expr("calendar", at, end, day=first, month=second, year=year, cal=cal, notes=notes, rule="numeric")


def _century(t: DateTokens, year: int, cal: str) -> int:
    if cal == "hijri":
        return 1400 + year
    return 2000 + year if year < 70 else 1900 + year


def american(t: DateTokens, at: int) -> Expr | None:
    """«08/12, 2015»: a comma before the year is the American order, month first."""
    month, day, year = int(t.word(at)), int(t.word(at + 2)), int(t.word(at + 4))
    notes: tuple[str, ...] = ("month_first",)
    if month > 12:
        month, day, notes = day, month, ()
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    cal, last = with_era(t, at + 5, "gregorian")
    return Expr("calendar", at, last, day=day, month=month, year=year, cal=cal, notes=notes, rule="numeric")


def month_year(t: DateTokens, at: int) -> Expr | None:
    """«10/2025», «3-2015»: month and year in digits, unless a word before them says that they number something else."""
    word = t.word(at)
    if not (word.isdecimal() and t.word(at + 1) in ("/", "-", ".") and t.word(at + 2).isdecimal() and len(t.word(at + 2)) == 4):
        return None
    month, year = int(word[:5]), int(t.word(at + 2))
    if len(word) > 2 or not (1 <= month <= 12 and 1900 <= year <= 2150) or _continues(t, at, at + 3) or t.is_role(at - 1, "designator"):
        return None
    if not t.scan.adjacent(at, at + 1) or not t.scan.adjacent(at + 1, at + 2) or t.has(at - 1, NOUN):
        return None
    cal, last = with_era(t, at + 3, "gregorian")
    return Expr("calendar", at, last, month=month, year=year, cal=cal, rule="numeric_month", weak=True)


def short_numeric(t: DateTokens, at: int) -> Expr | None:
    """«22/4», «4.22» without year: only after «يوم», a weekday, or a verb of the future, where no count can stand."""
    word, i = t.word(at), at + 1
    if word.count(".") == 1:
        a, _, b = word.partition(".")
    elif t.word(i) in ("/", "-") and t.word(i + 1).isdecimal() and t.scan.adjacent(at, i) and t.scan.adjacent(i, i + 1):
        a, b, i = word, t.word(i + 1), i + 2
    else:
        return None
    if not (a.isdecimal() and b.isdecimal()) or len(a) > 2 or len(b) > 2:
        return None
    if t.word(i) in ("/", "-", "%", ":") or (t.word(i) == "." and t.word(i + 1)[:1].isdigit()):
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
