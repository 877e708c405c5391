"""The value of a date: inclusive days, how precise, in which calendar it was written, and arithmetic of periods."""

from __future__ import annotations

import calendar as _calendar
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final, Literal, final

from newsextract.values.edtf import SEASONS, edtf

Precision = Literal["day", "month", "quarter", "season", "year", "decade", "century"]
Calendar = Literal["gregorian", "hijri"]

RANK: Final[dict[str, int]] = {"day": 0, "month": 1, "quarter": 2, "season": 3, "year": 4, "decade": 5, "century": 6}
"""From fine to coarse; a range is as precise as its coarser end."""


_UNSAID: Final[Mapping[str, Any]] = MappingProxyType({})


@final
class DateValue:
    """What a date means.

    Attributes:
        start, end: Inclusive days, equal for one day; None when the text (and the reference) do not fix them.
        precision: The finest unit that was written.
        calendar: The calendar that it was written in; the Gregorian one if in both.
        original: Year, month, day as written in that calendar; a range holds ``from`` and ``to``.
        approximate: «نحو», أوائل/منتصف/أواخر, or Hijri outside the Umm al-Qura tables.
        relative: Whether the days were counted from a reference.
        season: EDTF number (21–24) if it is a season.
        open_end: ``after`` («منذ», «ابتداء من»), ``before`` («حتى») or empty.
        notes: Reasons and warnings: ``weekday_contradicts``, ``year_from_context``, ``reversed_range``, ``calendars_differ``, …
        whole: The full period of which only a part was said («نهاية 2024» → 2024), with its precision.
        vague: Too loose to be a fact of a record («السنوات الخمس الماضية», «بعد شهرين»).
    """

    __slots__ = ("approximate", "calendar", "end", "notes", "open_end", "original", "precision", "relative", "season", "start", "vague", "whole")

    def __init__(
        self,
        start: date | None,
        end: date | None,
        precision: Precision = "day",
        calendar: Calendar = "gregorian",
        original: Mapping[str, Any] = _UNSAID,
        approximate: bool = False,
        relative: bool = False,
        season: int = 0,
        open_end: str = "",
        notes: tuple[str, ...] = (),
        whole: tuple[date, date, Precision] | None = None,
        vague: bool = False,
    ) -> None:
        self.start = start
        self.end = end
        self.precision = precision
        self.calendar = calendar
        self.original = original
        self.approximate = approximate
        self.relative = relative
        self.season = season
        self.open_end = open_end
        self.notes = notes
        self.whole = whole
        self.vague = vague

    @property
    def edtf(self) -> str | None:
        """The EDTF string, None while the days are unknown."""
        if self.start is None or self.end is None:
            return None
        season = self.season if self.precision == "season" else 0
        return edtf(self.start, self.end, self.precision, approximate=self.approximate, season=season, open_end=self.open_end)

    def fields(self) -> dict[str, Any]:
        """The fields of a ``DATE`` mention in the public contract."""
        return {
            "date_start": None if self.start is None else self.start.isoformat(),
            "date_end": None if self.end is None else self.end.isoformat(),
            "precision": self.precision,
            "calendar": self.calendar,
            "original": self.original,
            "edtf": self.edtf,
            "approximate": self.approximate,
            "relative": self.relative,
        }

    def for_record(self) -> DateValue | None:
        """The value as a fact: parts of a period widened to the period, None for what is unresolved or vague."""
        if self.start is None or self.vague:
            return None
        if self.whole is None:
            return self
        start, end, precision = self.whole
        return DateValue(start, end, precision, self.calendar, self.original, False, self.relative, self.season, self.open_end, self.notes)


@final
class CalendarName:
    """The value of a ``MONTH`` (1–12) or ``WEEKDAY`` (1 = Monday … 7 = Sunday) that stands alone."""

    __slots__ = ("value",)

    def __init__(self, value: int) -> None:
        self.value = value

    def fields(self) -> dict[str, Any]:
        """The fields in the public contract."""
        return {"value": self.value}


Days = tuple[date, date]
"""Inclusive first and last day."""


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None if there is none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_days(year: int, month: int) -> Days:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, _calendar.monthrange(year, month)[1])


def year_days(year: int) -> Days:
    """First and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def quarter_days(year: int, quarter: int) -> Days:
    """First and last day of a quarter (1–4)."""
    return date(year, 3 * quarter - 2, 1), month_days(year, 3 * quarter)[1]


def half_days(year: int, half: int) -> Days:
    """First and last day of a half-year (1–2)."""
    return date(year, 6 * half - 5, 1), month_days(year, 6 * half)[1]


def season_days(year: int, season: str) -> Days:
    """Meteorological season of the northern hemisphere: spring is March to May; winter begins in December of ``year``."""
    month = 3 * (SEASONS[season] - 20)
    if month == 12:
        return date(year, 12, 1), month_days(min(year + 1, 9999), 2)[1]
    return date(year, month, 1), month_days(year, month + 2)[1]


def decade_days(year: int) -> Days:
    """The decade that begins with ``year``."""
    return date(year, 1, 1), date(year + 9, 12, 31)


def century_days(number: int) -> Days:
    """The n-th century as the press counts it: the twentieth is 1900–1999."""
    return date(max(1, 100 * (number - 1)), 1, 1), date(100 * number - 1, 12, 31)


def week_days(day: date) -> Days:
    """The ISO week (Monday to Sunday) of a day."""
    monday = day - timedelta(days=day.isoweekday() - 1)
    return monday, monday + timedelta(days=6)


def iso_week(year: int, week: int) -> Days | None:
    """The n-th ISO week of a year."""
    try:
        return week_days(date.fromisocalendar(year, week, 1))
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """The same day of the month that many months on, or the month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    year = min(max(year, 1), 9999)
    return date(year, month + 1, min(day.day, _calendar.monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """``day`` shifted; stays within what ``date`` can hold."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The n-th given ISO weekday of a month; ``nth`` −1 is the last."""
    first, last = month_days(year, month)
    if nth < 0:
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    return day if day.month == month else None


def nth_week(year: int, month: int, nth: int) -> Days | None:
    """The n-th week of a month, counted by the Mondays in it; ``nth`` −1 is the last that lies wholly in it."""
    if nth < 0:
        last = month_days(year, month)[1]
        sunday = last - timedelta(days=last.isoweekday() % 7)
        return week_days(sunday)
    monday = nth_weekday(year, month, 1, nth)
    return None if monday is None else week_days(monday)
