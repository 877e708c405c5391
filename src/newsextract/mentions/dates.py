"""Dates in a text: ``DATE`` mentions with their days, ``MONTH`` and ``WEEKDAY`` for names that stand alone."""

from __future__ import annotations

from datetime import date

from newsextract.mentions.date_context import Contexts
from newsextract.mentions.date_expr import Expr
from newsextract.mentions.date_grammar import parse
from newsextract.mentions.date_resolve import resolve
from newsextract.mentions.model import Mention
from newsextract.mentions.number_runs import NumberRun
from newsextract.scan.scanner import Scan
from newsextract.values.date import CalendarName, DateValue


def read_dates(scan: Scan, runs: dict[int, NumberRun], reference: date | None = None) -> list[Mention]:
    """The dates of a scanned text, in order.

    Args:
        scan: The text.
        runs: ``number_runs(scan)``.
        reference: The day that «اليوم» is counted from; without it the release's own date, if the text tells it.
    """
    exprs = parse(scan, runs)
    if not exprs:
        return []
    out = []
    contexts = Contexts(scan, exprs, reference)
    for expr in exprs:
        value = resolve(expr, contexts.of(expr))
        if value.start is not None:
            contexts.previous = value.start
        elif expr.absolute():
            continue  # no such day: «2016-02-30»
        out.append(_mention(scan, expr, value))
    return out


def _mention(scan: Scan, expr: Expr, value: DateValue) -> Mention:
    span = scan.span(expr.first, expr.last, expr.cut)
    text = scan.text(span)
    name = _name(expr) if value.start is None else ""
    if name:
        number = expr.month if name == "MONTH" else expr.weekday
        return Mention(name, expr.first, expr.last, span, CalendarName(number), f"lexicon:{name.lower()}s", 0.6 if expr.weak else 0.9, text)
    confidence = 0.55 if expr.weak else 0.9 if value.start is None or value.relative else 0.97
    return Mention("DATE", expr.first, expr.last, span, value, f"rule:dates.{expr.rule}", confidence, text)


def _name(expr: Expr) -> str:
    """``MONTH`` or ``WEEKDAY`` for a lone name that no context turns into days."""
    if expr.kind != "calendar" or expr.part or expr.day or expr.year or expr.year_shift is not None:
        return ""
    if expr.shift is not None or expr.week_shift is not None or expr.month_shift is not None or expr.nth:
        return ""
    if expr.month and not expr.weekday:
        return "MONTH"
    return "WEEKDAY" if expr.weekday and not expr.month else ""
