"""The parts of a calendar date: which year and which month."""

from __future__ import annotations

from typing import final

from newsextract.mentions.date_tokens import COMMAS, DIGITS, INSIDE, MONTH, NOUN, NUMBERISH, SHIFT_SAME, SHIFT_SAME_THIS, THIS, WEEKDAY, DateTokens, Num


@final
class YearPart:
    """A year: written (``year``) or counted (``shift``), or pointing back (``same``)."""

    __slots__ = ("academic", "cal", "end_year", "last", "named", "same", "shift", "year")

    def __init__(
        self,
        year: int,
        shift: int | None,
        cal: str,
        last: int,
        same: bool = False,
        named: bool = False,
        end_year: int = 0,
        academic: str = "",
    ) -> None:
        self.year = year
        self.shift = shift
        self.cal = cal
        self.last = last
        self.same = same
        self.named = named
        self.end_year = end_year
        self.academic = academic


@final
class MonthPart:
    """A month: named, numbered, or counted (``shift``); ``which`` is the shift of a named one (مارس المقبل)."""

    __slots__ = ("ambiguous", "cal", "headed", "last", "month", "part_cut", "same", "shift", "which")

    def __init__(
        self,
        month: int,
        cal: str,
        shift: int | None,
        same: bool,
        last: int,
        which: int | None = None,
        ambiguous: bool = False,
        headed: bool = False,
        part_cut: int = 0,
    ) -> None:
        self.month = month
        self.cal = cal
        self.shift = shift
        self.same = same
        self.last = last
        self.which = which
        self.ambiguous = ambiguous
        self.headed = headed
        self.part_cut = part_cut


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
    era = t.era(at) if at in t.kinds or t.word(at) == "(" else None
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
    word = t.word(i)
    if word in COMMAS or (word == "." and bare):
        i, comma = i + 1, True
    if t.word(i) in INSIDE:
        i += 1
    part = named_year(t, i, cal) if i in t.kinds else None
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
    unit = t.unit(at, "year")
    if unit is None:
        return _this_year(t, at, cal)
    if unit.plural:
        return None
    i = unit.last
    kind = t.is_role(i, "yeartype") if i in t.kinds else None
    if kind is not None:
        i = kind.last
    academic = kind.value if kind is not None else ""
    if t.word(i) == "(":
        i += 1
    num = year_number(t, i, short=kind is None and not unit.definite)
    if num is not None and not (num.width in (1, 2) or (num.width == 0 and num.value < 100)) and not of_law(t, at):
        return _numbered_year(t, num, cal, academic)
    shift = t.role_in(i, SHIFT_SAME)
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


def _this_year(t: DateTokens, at: int, cal: str) -> YearPart | None:
    this = t.role_in(at, THIS)
    unit = t.unit(this.last, "year") if this is not None else None
    if this is None or unit is None or not unit.definite:
        return None
    return YearPart(0, 0, cal, unit.last, this.kind == "same_before", True)


def of_law(t: DateTokens, at: int) -> bool:
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
            return YearPart(low, None, era, end, False, True, high, academic)
    return YearPart(num.value, None, found, last, False, True, 0, academic)


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
    this = None
    if i in t.kinds:
        this = t.role_in(i, THIS)
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
    shift = t.role_in(last, SHIFT_SAME) if last in t.kinds else None
    if shift is None or (t.word(last).endswith("ه") and shift.kind == "shift"):
        return MonthPart(value, cal, None, False, last, None, ambiguous, headed)
    if shift.kind == "same":
        return MonthPart(value, cal, None, False, shift.last, 0, False, headed)
    return MonthPart(value, cal, None, False, shift.last, int(shift.value), False, headed)


def _headed_month(t: DateTokens, at: int, definite: bool, this: str) -> MonthPart | None:
    """What follows «شهر»: a name, a number, «الماضي», an ordinal."""
    month = t.month(at)
    if month is not None and not month.cut:
        part = named_month(t, month.value, month.cal, month.last, False, True)
        if this == "this":
            part.which = 0
        return part
    num = t.number(at)
    if num is not None and _month_number(t, num, definite):
        return MonthPart(num.value, "", None, False, num.last, None, False, True)
    if this:
        return MonthPart(0, "", 0, this == "same_before", at, None, False, True) if definite else None
    shift = t.role_in(at, SHIFT_SAME_THIS)
    if shift is None or not definite:
        return None
    return MonthPart(0, "", int(shift.value), shift.kind == "same", shift.last, None, False, True)


def _month_number(t: DateTokens, num: Num, definite: bool) -> bool:
    """Whether a number after «شهر» is the month's: «شهر 10», «شهر عشرة», «الشهر الثامن»; not «شهر واحد», «شهر 3 سنوات»."""
    if num.value > 12 or num.cut or num.ordinal != definite or not (num.width or num.ordinal or num.value > 2):
        return False
    year = t.unit(num.last, "year") is not None
    return not (num.ordinal and year) and (year or not t.counted(num.last))
