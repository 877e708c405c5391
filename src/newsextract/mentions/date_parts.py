"""The parts of a calendar date: which year, which month, and dates in digits."""

from __future__ import annotations

from typing import Final, NamedTuple

from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_tokens import COMMAS, DIGITS, INSIDE, MONTH, NOUN, NUMBERISH, WEEKDAY, DateTokens, Num

SEPARATORS: Final = frozenset({"/", "-", ".", "\\"})


class YearPart(NamedTuple):
    """A year: written (``year``) or counted (``shift``), or pointing back (``same``)."""

    year: int
    shift: int | None
    cal: str
    last: int
    same: bool = False
    named: bool = False
    end_year: int = 0
    academic: str = ""


class MonthPart(NamedTuple):
    """A month: named, numbered, or counted (``shift``); ``which`` is the shift of a named one (مارس المقبل)."""

    month: int
    cal: str
    shift: int | None
    same: bool
    last: int
    which: int | None = None
    ambiguous: bool = False
    headed: bool = False
    part_cut: int = 0


def year_number(t: DateTokens, at: int, *, short: bool = False) -> Num | None:
    """A number that can be a year: four digits, or spelled out; with ``short`` (after «عام») any from 1 on."""
    num = t.number(at)
    if num is None or num.ordinal or not (1 if short else 1000) <= num.value <= 2999 or (num.width and num.width < 4 and not short):
        return None
    if num.width and t.word(num.last) == "%":
        return None
    return num


def with_era(t: DateTokens, at: int, cal: str) -> tuple[str, int]:
    """The calendar that a sign after a year at ``at`` says, and the end of the sign."""
    era = t.era(at)
    if era is None or (t.word(at) == "م" and t.word(at + 1) == "." and t.word(at + 2) == "م"):
        return cal, at
    return era.value, era.last


def year_part(t: DateTokens, at: int, cal: str = "", *, bare: bool = True) -> YearPart | None:
    """The year that a date goes on with at ``at``: «، 2025م», «من عام 2025», «العام المقبل», «لسنة ألفين وعشرين».

    Args:
        t: The tokens.
        at: Where it may begin.
        cal: The calendar of the month before it.
        bare: Whether a number without «عام» is taken.
    """
    i, comma = at, False
    if t.word(i) in COMMAS or (t.word(i) == "." and bare):
        i, comma = i + 1, True
    if t.word(i) in INSIDE:
        i += 1
    part = named_year(t, i, cal)
    if part is not None:
        return part
    if not bare:
        return None
    num = year_number(t, i)
    if num is None or num.cut or (comma and t.counted(num.last)) or num.joined:
        return None
    if comma and t.word(at) == "." and not num.width:
        return None
    found, last = with_era(t, num.last, cal)
    return YearPart(num.value, None, found, last)


def named_year(t: DateTokens, at: int, cal: str = "") -> YearPart | None:
    """A year said with its word: «عام 2025», «هذا العام», «السنة الماضية», «العام الدراسي 1436/1437هـ»."""
    this = t.is_role(at, "this", "same_before")
    if this is not None:
        unit = t.unit(this.last, "year")
        if unit is None or not unit.definite:
            return None
        return YearPart(0, 0, cal, unit.last, this.kind == "same_before", True)
    unit = t.unit(at, "year")
    if unit is None or unit.plural:
        return None
    i = unit.last
    kind = t.is_role(i, "yeartype")
    if kind is not None:
        i = kind.last
    academic = kind.value if kind is not None else ""
    if t.word(i) == "(":
        i += 1
    num = year_number(t, i, short=kind is None and not unit.definite)
    if num is not None and not (num.width in (1, 2) or (num.width == 0 and num.value < 100)) and not _law(t, at):
        return _numbered_year(t, num, cal, academic)
    shift = t.is_role(i, "shift", "same")
    if shift is None or not unit.definite or _general(t, at):
        if unit.definite and t.is_role(i, "this") and not t.has(i + 1, NOUN):
            return YearPart(0, 0, cal, i + 1, False, True, 0, academic)
        return None
    if kind is not None:
        later = year_number(t, shift.last)
        if later is not None:
            return _numbered_year(t, later, cal, academic)
    found, last = with_era(t, shift.last, cal)
    return YearPart(0, int(shift.value), found, last, shift.kind == "same" or shift.told, True, 0, academic)


def _law(t: DateTokens, at: int) -> bool:
    """Whether the year belongs to the number of a law: «القانون رقم 5 لسنة 2020»."""
    return t.word(at)[:1] == "ل" and t.has(at - 1, DIGITS) and t.is_role(at - 2, "designator") is not None


def _numbered_year(t: DateTokens, num: Num, cal: str, academic: str) -> YearPart:
    """The year at ``num``, with the second year of «2025/2026» and the sign of its era."""
    found, last = with_era(t, num.last, cal)
    if t.word(last) in ("/", "-"):
        second = year_number(t, last + 1)
        if second is not None and second.width == 4 and 0 < abs(second.value - num.value) <= 100:
            era, end = with_era(t, second.last, found)
            low, high = sorted((num.value, second.value))
            return YearPart(low, None, era, _close(t, end), False, True, high, academic)
    return YearPart(num.value, None, found, last, False, True, 0, academic)


def _close(t: DateTokens, at: int) -> int:
    return at


def _general(t: DateTokens, at: int) -> bool:
    """Whether «العام» at ``at`` is the adjective of the noun before it: «الأمين العام الحالي», «الرأي العام»."""
    if t.word(at) != "العام" or at == 0:
        return False
    before = t.word(at - 1)
    if not before.startswith(("ال", "وال", "لل", "بال")) or before.endswith("ه"):
        return False
    return t.role(at - 1) is None and not t.has(at - 1, NUMBERISH | MONTH | WEEKDAY)


def month_part(t: DateTokens, at: int) -> MonthPart | None:
    """The month that a day goes on with at ``at``: «أكتوبر», «من شهر شوال», «من الشهر المقبل», «من شهر 10», «من الشهر الثامن»."""
    i = at
    if t.word(i) in INSIDE:
        i += 1
    this = t.is_role(i, "this", "same_before")
    if this is not None:
        i = this.last
    unit = t.unit(i, "month")
    if unit is not None:
        return _headed_month(t, unit.last, unit.definite, this.kind if this is not None else "")
    month = t.month(i)
    if month is None or (month.cut and i > at and month.joined):
        return None
    if this is not None:
        return MonthPart(month.value, month.cal, None, False, month.last, 0, False, True)
    return named_month(t, month.value, month.cal, month.last, month.ambiguous, False)


def named_month(t: DateTokens, value: int, cal: str, last: int, ambiguous: bool, headed: bool) -> MonthPart:
    """A named month with «المقبل», «الماضي», «الجاري» after it, if that is about the month."""
    shift = t.is_role(last, "shift", "same")
    if shift is None and t.word(last) == "من":
        return MonthPart(value, cal, None, False, last, None, ambiguous, headed)
    if shift is None or t.word(last).endswith("ه") and shift.kind == "shift":
        return MonthPart(value, cal, None, False, last, None, ambiguous, headed)
    if shift.kind == "same":
        return MonthPart(value, cal, None, False, shift.last, 0, False, headed)
    return MonthPart(value, cal, None, False, shift.last, int(shift.value), False, headed)


def _headed_month(t: DateTokens, at: int, definite: bool, this: str) -> MonthPart | None:
    """What follows «شهر»: a name, a number, «الماضي», an ordinal."""
    month = t.month(at)
    if month is not None and not month.cut:
        part = named_month(t, month.value, month.cal, month.last, False, True)
        return part._replace(which=0) if this == "this" else part
    num = t.number(at)
    if num is not None and num.value <= 12 and not num.cut and (num.width or num.ordinal or num.value > 2) and not (t.counted(num.last) and t.unit(num.last, "year") is None) and num.ordinal == definite and not (num.width == 0 and num.ordinal and t.unit(num.last, "year")):
        return MonthPart(num.value, "", None, False, num.last, None, False, True)
    if this:
        return MonthPart(0, "", 0, this == "same_before", at, None, False, True) if definite else None
    shift = t.is_role(at, "shift", "same", "this")
    if shift is None or not definite:
        return None
    return MonthPart(0, "", int(shift.value), shift.kind == "same", shift.last, None, False, True)


def numeric(t: DateTokens, at: int) -> Expr | None:
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
    if _continues(t, at, last):
        return None
    return _ordered(t, at, last, fields)


def _continues(t: DateTokens, first: int, last: int) -> bool:
    """Whether the digits belong to something longer: an address, a phone number, a version."""
    if first > 0 and t.word(first - 1) in SEPARATORS and first > 1 and t.word(first - 2)[-1:].isdigit() and t.scan.adjacent(first - 1, first):
        return True
    return t.word(last) in SEPARATORS and t.word(last + 1)[:1].isdigit() and t.scan.adjacent(last - 1, last) and t.scan.adjacent(last, last + 1)


def _ordered(t: DateTokens, at: int, last: int, fields: list[str]) -> Expr | None:
    """Puts the three numbers into day, month, year."""
    a, b, c = (int(x[:5]) for x in fields)
    if any(len(x) > 4 for x in fields) or len(fields[1]) > 2:
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
    notes = []
    if not year_first and second > 12 >= first:
        first, second = second, first
        notes.append("month_first")
    elif first <= 12 and second <= 12 and first != second and not year_first:
        notes.append("day_month_order_by_convention")
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
    notes = ["month_first"]
    if month > 12:
        month, day, notes = day, month, []
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
