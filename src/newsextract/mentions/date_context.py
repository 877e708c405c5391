"""What the text itself says about the day it was written and the years its dates lie in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_grammar import future_verb
from newsextract.mentions.date_resolve import Context, resolve
from newsextract.mentions.date_tokens import STOPS
from newsextract.scan.scanner import Scan

_VERB: Final = BIT["VERB"]
_HEADER: Final = BIT["HEADER"]
_DATELINE: Final = 30
"""A dateline stands within this many tokens of the start of a line."""
_LEAD: Final = 80
_SENTENCE: Final = 40
"""How far back the tense of a sentence is looked for."""


def contexts(scan: Scan, exprs: list[Expr], reference: date | None) -> Iterator[tuple[Expr, Context]]:
    """Each expression with what it is counted from; ``previous`` is carried along by the caller's changes."""
    full = _full_dates(exprs)
    own = published_date(scan, exprs) if reference is None else reference
    at = [e.first for e, _ in full]
    days = [d for _, d in full]
    context = Context()
    for expr in exprs:
        near = _nearest(at, days, expr, own) if not expr.absolute() else None
        context = Context(own, near, context.previous, _past(scan, expr) if _needs_tense(expr) else None)
        if reference is None and expr.kind == "holiday" and expr.weak:
            continue
        yield expr, context


def _full_dates(exprs: list[Expr]) -> list[tuple[Expr, date]]:
    """Expressions that say month and year, with their first day."""
    out = []
    for expr in exprs:
        first = expr.low if expr.kind == "range" and expr.low is not None else expr
        if expr.absolute() and first.month and first.kind == "calendar":
            value = resolve(expr, Context())
            if value.start is not None:
                out.append((expr, value.start))
    return out


def _nearest(at: list[int], days: list[date], expr: Expr, own: date | None) -> date | None:
    """The full date nearest in the text, the one before on a tie.

    A date of another year than the release's own lends its year only if it stands close by.
    """
    if not at:
        return None
    k = bisect_left(at, expr.first)
    best = min((j for j in (k - 1, k) if 0 <= j < len(at)), key=lambda j: abs(at[j] - expr.first))
    if own is not None and days[best].year != own.year and abs(at[best] - expr.first) > _SENTENCE:
        return None
    return days[best]


def _needs_tense(expr: Expr) -> bool:
    if expr.kind == "range":
        return any(e is not None and _needs_tense(e) for e in (expr.low, expr.high))
    return expr.kind == "calendar" and expr.weekday > 0 and not expr.day and not expr.month


def _past(scan: Scan, expr: Expr) -> bool | None:
    """Whether the clause before a date tells of the past (True) or the future (False); None if it has no verb."""
    words = scan.words
    for i in range(expr.first - 1, max(-1, expr.first - _SENTENCE), -1):
        word = words[i]
        if word in STOPS and word != ":":
            break
        if future_verb(word) or word == "سوف":
            return False
        if scan.flags[i] & _VERB:
            lexeme = scan.lexemes[i]
            reading = lexeme.sense("VERB") if lexeme is not None else None
            if reading is not None:
                return reading.sense.entry.kind == "past"
    return None


def published_date(scan: Scan, exprs: list[Expr]) -> date | None:
    """The day the release is dated: a header line, «اليوم الأربعاء 11 مايو» in the lead, a dateline, a stamp at the end."""
    for choose in (_header_date, _today_date, _dateline, _stamp):
        day = choose(scan, exprs)
        if day is not None:
            return day
    return None


def _one_day(expr: Expr) -> date | None:
    if not expr.absolute() or expr.kind != "calendar" or not expr.day:
        return None
    value = resolve(expr, Context())
    return value.start


def _header_date(scan: Scan, exprs: list[Expr]) -> date | None:
    """«تاريخ النشر: …»."""
    for expr in exprs[:8]:
        for i in range(max(0, expr.first - 4), expr.first):
            phrase = scan.phrases.get(i)
            reading = phrase.sense("HEADER") if phrase is not None else None
            if reading is not None and reading.sense.entry.kind == "published" and phrase is not None and phrase.last <= expr.first:
                return _one_day(expr)
    return None


def _today_date(scan: Scan, exprs: list[Expr]) -> date | None:
    """«اليوم الأربعاء 11 مايو 2016» anywhere, «أمس الثلاثاء 10 مايو 2016» the day after."""
    for expr in exprs:
        if expr.rule in ("today", "dated_day"):
            day = _one_day(expr)
            if day is not None:
                return date.fromordinal(day.toordinal() - expr.n)
    return None


def _dateline(scan: Scan, exprs: list[Expr]) -> date | None:
    """A full date near the start of one of the first lines, before any verb: «جدة 26 شوال 1436هـ الموافق 11 أغسطس 2015م»."""
    for expr in exprs[:6]:
        if expr.first > 2 * _LEAD:
            return None
        start = expr.first
        while start > 0 and scan.words[start - 1] != "\n" and expr.first - start < 8:
            start -= 1
        if start > 0 and scan.words[start - 1] != "\n":
            continue
        between = scan.flags[start : expr.first]
        if any(f & (_VERB | _HEADER) for f in between) or any(w in ("في", "يوم", "من", ":") for w in scan.words[start : expr.first]):
            continue
        if _line_rest(scan, expr) or expr.other is not None:
            day = _one_day(expr)
            if day is not None:
                return day
    return None


def _line_rest(scan: Scan, expr: Expr) -> bool:
    """Whether a dateline may go on like this after its date: a dash, a colon, an agency in brackets, the end of the line."""
    if expr.last >= len(scan.words):
        return expr.first > 0
    word = scan.words[expr.last]
    return word in ("-", ":", "(", "\n", "،", ",", "/", ".", "|")


def _stamp(scan: Scan, exprs: list[Expr]) -> date | None:
    """A full date alone on the last line."""
    expr = exprs[-1]
    size = len(scan.words)
    end = size
    while end > 0 and scan.words[end - 1] in ("\n", "."):
        end -= 1
    if expr.last < end - 3 or expr.first == 0 or (expr.first < size - 12):
        return None
    return _one_day(expr) if "\n" in scan.words[max(0, expr.first - 4) : expr.first] else None
