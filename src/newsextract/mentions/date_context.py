"""What the text itself says about the day it was written and the years its dates lie in."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.mentions.date_calendar import Context
from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_numeric import future_verb
from newsextract.mentions.date_resolve import fixed, resolve
from newsextract.mentions.date_tokens import STOPS
from newsextract.mentions.model import Mention
from newsextract.scan.scanner import Scan
from newsextract.values.date import RANK, DateValue

_VERB: Final = BIT["VERB"]
_HEADER: Final = BIT["HEADER"]
_PLACE: Final = BIT["PLACE"]
_WEEKDAY: Final = BIT["WEEKDAY"]
_DATELINE: Final = 6
"""A dateline's date stands within this many tokens of the start of its line."""
_OLD: Final = 400
"""Days after which a date is history."""
_NO_DATELINE: Final = frozenset({"يوم", "من", ":", "الي", "حتي", "عن", "علي", "خلال", ".", "»", "«"})
_AFTER_DATELINE: Final = frozenset({"/", "(", "-", ":", "|"})
_OWN_DATE: Final = frozenset({"التاريخ", "تاريخ"})
_DEADLINE: Final = frozenset({"اقصاه", "موعد", "اخر", "مهله", "المهله", "اغلاق", "غايه", "لغايه", "بحلول", "قبل"})
_BETWEEN: Final = frozenset({":", "-", "(", "في", "يوم"})
"""What may stand between a header and its date."""
_LEAD: Final = 80
_ENDS: Final = STOPS - {":"}
"""What ends a sentence."""
_SENTENCE: Final = 40
"""How far back the tense of a sentence is looked for."""


class Contexts:
    """What the expressions of a text, asked about in order, are counted from.

    Attributes:
        previous: The day of the last one that had any, which the caller leaves here.
    """

    __slots__ = ("_donors", "_lead", "_own", "_scan", "previous")

    def __init__(self, scan: Scan, exprs: list[Expr], reference: date | None) -> None:
        self._scan = scan
        self._donors: Donors | None = None
        self._own: date | None = None
        self._lead: date | None = None
        self.previous: date | None = None
        if not _all_fixed(exprs):
            self._donors = Donors(scan, exprs)
            self._own = published_date(scan, exprs) if reference is None else reference
            self._lead = None if self._own is not None else _lead(exprs)

    def of(self, expr: Expr) -> Context:
        """What ``expr`` is counted from."""
        donors, own = self._donors, self._own
        if donors is None:
            return Context()  # all dates of the text are fixed
        near = donors.nearest(expr, own) if _may_borrow(expr) else None
        return Context(own, near, self.previous, self._lead, _past(self._scan, expr) if _needs_tense(expr) else None)


def _all_fixed(exprs: list[Expr]) -> bool:
    for expr in exprs:
        if not fixed(expr):
            return False
    return True


def _may_borrow(expr: Expr) -> bool:
    """Whether the expression may need the year of another date; distances and weekdays alone are counted from the reference."""
    kind = expr.kind
    if kind == "calendar":
        return expr.year == 0 and (expr.month > 0 or expr.other is not None)
    return kind in ("period", "holiday", "range") and not expr.absolute()


def _lead(exprs: list[Expr]) -> date | None:
    """The first full day with its weekday, if it stands in the lead."""
    for expr in exprs:
        if expr.first > _LEAD:
            return None
        if expr.absolute() and expr.kind == "calendar" and expr.day and expr.weekday:
            return resolve(expr, Context()).start
    return None


class Donors:
    """The dates of a text that say their month and year, which may lend the year to those that do not."""

    __slots__ = ("_at", "_days", "_exprs", "_words")

    def __init__(self, scan: Scan, exprs: list[Expr]) -> None:
        self._words = scan.words
        self._exprs = exprs
        self._at: list[int] | None = None
        self._days: list[date] = []

    def _read(self) -> list[int]:
        """Where the full dates stand; their days are worked out when the first one is asked for."""
        at = self._at = []
        for expr in self._exprs:
            first = expr.low if expr.kind == "range" and expr.low is not None else expr
            if first.month and first.kind == "calendar" and expr.absolute():
                value = resolve(expr, Context())
                if value.start is not None:
                    at.append(expr.first)
                    # Only a day is sharp enough to tell December from the January after it.
                    self._days.append(value.start if value.start == value.end else date(value.start.year, 7, 1))
        return at

    def nearest(self, expr: Expr, own: date | None) -> date | None:
        """The full date nearest in the text, the one before on a tie.

        Where the release's own day is known, a date of another year lends its year only within its sentence.
        """
        at = self._read() if self._at is None else self._at
        if not at:
            return None
        k = bisect_left(at, expr.first)
        if k == len(at) or (k and expr.first - at[k - 1] <= at[k] - expr.first):
            k -= 1
        day = self._days[k]
        if own is not None and (day.year == own.year or not self._one_sentence(at[k], expr.first)):
            return own
        return day

    def _one_sentence(self, a: int, b: int) -> bool:
        low, high = min(a, b), max(a, b)
        return high - low <= _SENTENCE and _ENDS.isdisjoint(self._words[low:high])


def _needs_tense(expr: Expr) -> bool:
    if expr.kind == "range":
        low, high = expr.low, expr.high
        return (low is not None and _needs_tense(low)) or (high is not None and _needs_tense(high))
    return expr.kind == "calendar" and expr.weekday > 0 and not expr.day and not expr.month


def _past(scan: Scan, expr: Expr) -> bool | None:
    """Whether the clause before a date tells of the past (True) or the future (False); None if it has no verb."""
    words, tokens = scan.words, scan.tokens
    for i in range(expr.first - 1, max(-1, expr.first - _SENTENCE), -1):
        word = words[i]
        if word in _ENDS:
            break
        if (word[0] in "وفس" and future_verb(word)) or word == "سوف":
            return False
        if tokens[i].flags & _VERB:
            lexeme = scan.tokens[i].lexeme
            reading = lexeme.sense("VERB") if lexeme is not None else None
            if reading is not None:
                return reading.sense.entry.kind == "past"
    return None


def published_date(scan: Scan, exprs: list[Expr]) -> date | None:
    """The day the release is dated.

    In this order: a header line («تاريخ النشر: …»), «اليوم الأربعاء 11 مايو 2016», a dateline («جدة 26 شوال 1436هـ»,
    «بيروت، في 27 آذار 2024»), the header «التاريخ: …» with one day, a stamp on the last line. A missing year comes from the full date
    nearest to it.
    """
    found = published_expr(scan, exprs)
    if found is None:
        return None
    expr, shift = found
    value = resolve(expr, Context(near=None if expr.absolute() else Donors(scan, exprs).nearest(expr, None)))
    return None if value.start is None else date.fromordinal(value.start.toordinal() - shift)


def published_expr(scan: Scan, exprs: list[Expr]) -> tuple[Expr, int] | None:
    """The expression that dates the release, and how many days after the release it is («أمس الثلاثاء 10 مايو» is −1)."""
    head = _header(scan, exprs, "published")
    if head is not None:
        return head, 0
    for expr in exprs:
        if expr.year and expr.rule in ("today", "dated_day") and expr.day:
            return expr, expr.n
    own = _dateline(scan, exprs) or _date_header(scan, exprs) or _stamp(scan, exprs)
    return None if own is None else (own, 0)


def _single_day(expr: Expr) -> bool:
    return expr.kind == "calendar" and expr.day > 0 and expr.month > 0 and expr.shift is None and not expr.month_shift


def _header(scan: Scan, exprs: list[Expr], kind: str) -> Expr | None:
    """The date of a header line of that kind."""
    for expr in exprs[:8]:
        if not _single_day(expr):
            continue
        for i in range(max(0, expr.first - 4), expr.first):
            reading = _header_reading(scan, i) if scan.tokens[i].flags & _HEADER else None
            if reading is not None and reading[0] == kind and reading[1] <= expr.first and _only_signs(scan, reading[1], expr.first):
                return expr
    return None


def _header_reading(scan: Scan, at: int) -> tuple[str, int] | None:
    phrase = scan.phrases.get(at)
    if phrase is not None:
        reading = phrase.sense("HEADER")
        if reading is not None:
            return reading.sense.entry.kind, phrase.last
    lexeme = scan.tokens[at].lexeme
    reading = lexeme.sense("HEADER") if lexeme is not None else None
    if reading is None or (at and scan.words[at - 1] != "\n"):
        return None
    return reading.sense.entry.kind, at + 1


def _only_signs(scan: Scan, first: int, last: int) -> bool:
    for i in range(first, last):
        if scan.words[i] not in _BETWEEN and not scan.tokens[i].flags & _WEEKDAY:
            return False
    return True


def _date_header(scan: Scan, exprs: list[Expr]) -> Expr | None:
    """«التاريخ: 5 مارس 2025»; «الموعد» and «تاريخ الانعقاد» are the event's."""
    expr = _header(scan, exprs, "date")
    if expr is None:
        return None
    start = max(0, expr.first - 4)
    return expr if not _OWN_DATE.isdisjoint(scan.words[start : expr.first]) and "الانعقاد" not in scan.words[start : expr.first] else None


def _dateline(scan: Scan, exprs: list[Expr]) -> Expr | None:
    """A day near the start of one of the first lines, after a place and before any verb: «جدة 26 شوال 1436هـ الموافق 11 أغسطس 2015م»."""
    for expr in exprs[:6]:
        if expr.first > 2 * _LEAD:
            return None
        if not _single_day(expr):
            continue
        start = expr.first
        while start > 0 and scan.words[start - 1] != "\n" and expr.first - start <= _DATELINE:
            start -= 1
        if start == expr.first or (start > 0 and scan.words[start - 1] != "\n"):
            continue
        if not _NO_DATELINE.isdisjoint(scan.words[start : expr.first]) or _tells(scan, start, expr.first):
            continue
        if _followed_like_dateline(scan, expr, start):
            return expr
    return None


def _tells(scan: Scan, first: int, last: int) -> bool:
    """Whether there is a verb or a header among the tokens; words that are also places do not count."""
    for token in scan.tokens[first:last]:
        if token.flags & (_VERB | _HEADER) and not token.flags & _PLACE:
            return True
    return False


def _followed_like_dateline(scan: Scan, expr: Expr, start: int) -> bool:
    word = scan.words[expr.last] if expr.last < len(scan.words) else ""
    if word in _AFTER_DATELINE:
        return True
    if start == 0 and word == "\n" and not all(_place_or_sign(scan, i) for i in range(expr.first)):
        return False  # a headline that ends in a date
    return bool(scan.tokens[start].flags & _PLACE)


def _place_or_sign(scan: Scan, at: int) -> bool:
    return bool(scan.tokens[at].flags & _PLACE) or scan.words[at] in (",", "،", "في", "-", "/")


def _stamp(scan: Scan, exprs: list[Expr]) -> Expr | None:
    """A full date alone on the last line."""
    expr = exprs[-1]
    words = scan.words
    end = len(words)
    while end > 0 and words[end - 1] in ("\n", "."):
        end -= 1
    if not _single_day(expr) or not expr.year or expr.first == 0 or expr.last < end - 3:
        return None
    return expr if "\n" in words[max(0, expr.first - 4) : expr.first] else None


def guess_role(scan: Scan, mention: Mention, published: date | None) -> str:
    """A first guess of a date's role from its own words: ``published``, ``deadline``, ``historical``, ``event`` or ``other``.

    Event rules know more (which event a sentence is about) and may overrule it.
    """
    value = mention.value
    if not isinstance(value, DateValue) or value.start is None or value.end is None:
        return "other"
    before = scan.words[max(0, mention.first - 5) : mention.first]
    if mention.found_by.endswith((".today", ".dated_day")):
        return "event"
    if published is not None and value.start == value.end == published and _line_start(scan, mention.first):
        return "published"
    if not _DEADLINE.isdisjoint(before) or (value.open_end == "before" and published is not None and value.end > published):
        return "deadline"
    if RANK[value.precision] >= RANK["year"] or (published is not None and (published - value.end).days > _OLD):
        return "historical" if published is None or value.end < published else "other"
    return "event" if value.precision == "day" else "other"


def _line_start(scan: Scan, at: int) -> bool:
    return at < _LEAD and ("\n" in scan.words[max(0, at - 6) : at] or at < 6)
