"""What a date says before anybody counts: the parse of one date expression, free of any reference day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

from newsextract.values.date import DateValue


@final
class Expr:
    """One date expression over the tokens ``[first, last)``.

    Attributes:
        kind: ``calendar`` (day, month, year, weekday as far as written), ``day`` (اليوم, أمس: ``n`` days from the reference),
            ``offset`` (قبل عامين), ``period`` (الأسبوع الماضي, الربع الأول), ``span`` (السنوات الخمس الماضية), ``holiday``, ``range``.
        day, month, year: As written in ``cal``; 0 for unsaid.
        cal: ``gregorian``, ``hijri`` or empty while unsaid.
        weekday: 1 = Monday … 7 = Sunday; 0 for unsaid.
        shift: Which one of its name is meant (مارس المقبل, الأحد الماضي): −1, 0, 1, None for unsaid.
        which: The ``shift`` of the named month that a ``period`` lies in.
        week_shift, month_shift, year_shift: The week, month or year counted from the reference's.
        same: ``month`` or ``year`` when «نفسه»/«ذاته» points back to the previous date.
        nth: n-th weekday, week or day of its month or year; −1 is the last.
        unit, n: The period of ``period``, ``offset`` and ``span`` and their number.
        part: ``early``, ``start``, ``mid``, ``late``, ``end``, ``later`` or empty.
        low, high: The ends of a ``range``.
        other: The same date in the other calendar (الموافق).
        open_end: ``after``, ``before`` or empty.
        notes: Reasons and warnings for the value.
        rule: The construction, for ``found_by``.
        ordinal: Whether the day was written as an ordinal («الثلاثاء الثالث» may be the third Tuesday).
        items: The dates of a list that is no range (5 و12 مارس); ``kind`` is then ``list``.
        value: What it means, once known, if no context can change that.
        weak: Whether the words alone are thin evidence (an ambiguous month name, a day and month without year).
    """

    __slots__ = (
        "cal", "cut", "day", "first", "high", "items", "kind", "last", "low", "month", "month_shift", "n", "notes", "nth", "open_end", "ordinal",
        "other", "part", "rule", "same", "season", "shift", "unit", "value", "weak", "week_shift", "weekday", "which", "year", "year_shift"
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        first: int,
        last: int,
        cut: int = 0,
        day: int = 0,
        month: int = 0,
        year: int = 0,
        cal: str = "",
        weekday: int = 0,
        shift: int | None = None,
        which: int | None = None,
        week_shift: int | None = None,
        month_shift: int | None = None,
        year_shift: int | None = None,
        same: str = "",
        nth: int = 0,
        unit: str = "",
        n: int = 0,
        part: str = "",
        season: str = "",
        low: Expr | None = None,
        high: Expr | None = None,
        other: Expr | None = None,
        open_end: str = "",
        notes: tuple[str, ...] = (),
        rule: str = "date",
        weak: bool = False,
        ordinal: bool = False,
        items: Sequence[Expr] = (),
        value: DateValue | None = None,
    ) -> None:
        self.kind = kind
        self.first = first
        self.last = last
        self.cut = cut
        self.day = day
        self.month = month
        self.year = year
        self.cal = cal
        self.weekday = weekday
        self.shift = shift
        self.which = which
        self.week_shift = week_shift
        self.month_shift = month_shift
        self.year_shift = year_shift
        self.same = same
        self.nth = nth
        self.unit = unit
        self.n = n
        self.part = part
        self.season = season
        self.low = low
        self.high = high
        self.other = other
        self.open_end = open_end
        self.notes = notes
        self.rule = rule
        self.weak = weak
        self.ordinal = ordinal
        self.items = items
        self.value = value

    def absolute(self) -> bool:
        """Whether its days follow from what is written alone."""
        if self.kind == "range":
            return self.low is not None and self.high is not None and self.low.absolute() and self.high.absolute()
        return self.year > 0 and self.kind in ("calendar", "period", "holiday")

    def fill(self, other: Expr) -> None:
        """Takes what it does not say itself (month, year, calendar) from the other end of its range."""
        if not self.cal:
            self.cal = other.cal
        if self.rule == "weekday_day" and other.month:
            self.month_shift = None  # «الخميس 9» alone is this month's, in a range it is the other end's
        if self.day and not self.month and self.month_shift is None:
            self.month, self.month_shift, self.same = other.month, other.month_shift, self.same or other.same
            self.shift = other.shift if self.shift is None else self.shift
        if not self.year and self.year_shift is None and (self.month or self.day):
            self.year, self.year_shift = other.year, other.year_shift
            if self.shift is None:
                self.shift = other.shift
