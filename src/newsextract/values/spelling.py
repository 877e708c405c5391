"""Numbers as Arabic words, for the gender of what is counted and the case.

The rules are Wright, *A Grammar of the Arabic Language*, I §318–328: 3–10 take the gender opposite to the counted noun's, 1, 2 and the
ten of 11–19 agree with it (their units above 2 are opposite), tens and higher have none; cases show in the duals and the tens.
"""

from __future__ import annotations

from typing import Final, Literal

Gender = Literal["m", "f"]
Case = Literal["nominative", "accusative", "genitive"]

_UNITS: Final = {
    "m": ("", "واحد", "", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"),
    "f": ("", "واحدة", "", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"),
}
_TENS: Final = ("", "", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع")
_HUNDREDS: Final = ("", "مئة", "مئت", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة")
_SCALES: Final = (
    (10**18, "كوينتليون", "كوينتليونات"),
    (10**15, "كوادريليون", "كوادريليونات"),
    (10**12, "تريليون", "تريليونات"),
    (10**9, "مليار", "مليارات"),
    (10**6, "مليون", "ملايين"),
    (10**3, "ألف", "آلاف"),
)
_LIMIT: Final = 10**21


def spell(value: int, gender: Gender = "m", case: Case = "nominative") -> str:
    """The value in words, undiacritised: ``spell(21, "f")`` is «إحدى وعشرون».

    Args:
        value: -10²¹ < value < 10²¹.
        gender: Of the counted noun.
        case: Of the numeral.

    Raises:
        ValueError: The value is too large.
    """
    if abs(value) >= _LIMIT:
        raise ValueError(f"{value} has no name here: the largest is below 10^21")
    if value == 0:
        return "صفر"
    rest, parts = abs(value), []
    for scale, singular, plural in _SCALES:
        count, rest = divmod(rest, scale)
        if count:
            parts.append(_scaled(count, singular, plural, case))
    if rest:
        parts.append(_below_thousand(rest, gender, case))
    words = " و".join(parts)
    return f"سالب {words}" if value < 0 else words


def _dual(case: Case) -> str:
    return "ان" if case == "nominative" else "ين"


def _scaled(count: int, singular: str, plural: str, case: Case) -> str:
    """«ألف», «ألفان», «ثلاثة آلاف», «أحد عشر ألفا», «مئة ألف»."""
    if count == 1:
        return singular
    if count == 2:
        return singular + _dual(case)
    words = _below_thousand(count, "m", case)
    last = count % 100
    if 3 <= last <= 10:
        return f"{words} {plural}"
    return f"{words} {singular}ا" if last > 10 else f"{words} {singular}"


def _below_thousand(value: int, gender: Gender, case: Case) -> str:
    hundreds, rest = divmod(value, 100)
    parts = []
    if hundreds:
        parts.append(_HUNDREDS[hundreds] + (_dual(case) if hundreds == 2 else ""))
    if rest:
        parts.append(_below_hundred(rest, gender, case))
    return " و".join(parts)


def _below_hundred(value: int, gender: Gender, case: Case) -> str:
    if value == 2:
        return ("اثن" if gender == "m" else "اثنت") + _dual(case)
    if value <= 10:
        return _UNITS[gender][value]
    if value < 20:
        return _teen(value - 10, gender, case)
    tens, unit = divmod(value, 10)
    words = _TENS[tens] + ("ون" if case == "nominative" else "ين")
    if not unit:
        return words
    if unit == 1 and gender == "f":
        return f"إحدى و{words}"
    if unit == 8 and gender == "f":
        return f"{'ثمانيا' if case == 'accusative' else 'ثمان'} و{words}"
    return f"{_below_hundred(unit, gender, case)} و{words}"


def _teen(unit: int, gender: Gender, case: Case) -> str:
    """11–19; only 12 shows the case (اثنا، اثني)."""
    ten = "عشر" if gender == "m" else "عشرة"
    if unit == 1:
        return f"{'أحد' if gender == 'm' else 'إحدى'} {ten}"
    if unit == 2:
        return f"{'اثن' if gender == 'm' else 'اثنت'}{'ا' if case == 'nominative' else 'ي'} {ten}"
    return f"{_UNITS[gender][unit]} {ten}"
