"""Dates as CLDR writes them in the Arabic locales, and in the Hijri calendar: material for a test and a benchmark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from hijridate import Hijri

LOCALES = (
    "ar", "ar_AE", "ar_BH", "ar_DZ", "ar_EG", "ar_IQ", "ar_JO", "ar_KW", "ar_LB", "ar_LY", "ar_MA",
    "ar_MR", "ar_OM", "ar_PS", "ar_QA", "ar_SA", "ar_SD", "ar_SO", "ar_SY", "ar_TD", "ar_TN", "ar_YE",
)  # fmt: skip
FORMS = ("medium", "long", "full")
FIRST, LAST = date(1925, 1, 1), date(2075, 12, 31)
_TO_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@lru_cache(maxsize=64)
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def gregorian(day: date, locale: str, form: str, *, arabic_indic: bool = False) -> str:
    """``day`` as CLDR writes it in ``locale``."""
    text = str(format_date(day, form, locale=_locale(locale)))
    return text.translate(_TO_ARABIC_INDIC) if arabic_indic else text


def hijri(day: date, form: str, *, arabic_indic: bool = False) -> str:
    """``day`` in the Hijri calendar, with the patterns that CLDR has for it."""
    from hijridate import Gregorian

    there: Hijri = Gregorian.fromdate(day).to_hijri()
    if form == "medium":
        text = f"{there.day}\u200f/{there.month}\u200f/{there.year} هـ"
    else:
        text = f"{there.day} {there.month_name('ar')} {there.year} هـ"
        if form == "full":
            text = f"{there.day_name('ar')}، {text}"
    return text.translate(_TO_ARABIC_INDIC) if arabic_indic else text


def every_day() -> Iterator[date]:
    """All days from 1925 to 2075."""
    for ordinal in range(FIRST.toordinal(), LAST.toordinal() + 1):
        yield date.fromordinal(ordinal)
