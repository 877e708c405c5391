"""What part a date plays: the release's own, the main event's, a deadline, the past, or none of these."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import Final

from newsextract.facts.draft import Findings
from newsextract.facts.outline import STOPS, before_verb
from newsextract.facts.word_list import word_lists
from newsextract.lexicon.schema import BIT
from newsextract.mentions.model import Mention
from newsextract.values.date import DateValue

_EVENT: Final = BIT["EVENT_HEAD"]
_OPENING: Final = 14
_BEFORE: Final = 4
_SENTENCE: Final = 80
"""Tokens between a date and the event noun of its sentence."""
_DATED: Final = frozenset({"day", "month"})
_FAR: Final = 400
"""Days between a date and the release beyond which it is history."""


def published(findings: Findings) -> date | None:
    """The day the release is dated: a header line, the dateline, a full day that opens the first line, or «اليوم … 14 يناير 2025»."""
    reading = findings.reading
    dates = reading.dates
    if reading.reference is not None or not dates:
        return reading.reference
    for first, last in _datings(findings):
        for mention in dates:
            if first <= mention.first < last:
                day = _full_day(mention, relative=False)
                if day is not None:
                    return day
    today = word_lists("dates")["today"]
    words = reading.scan.words
    for mention in dates:
        if words[mention.first] in today:
            day = _full_day(mention, relative=True)
            if day is not None:
                return day
    return None


def _datings(findings: Findings) -> list[tuple[int, int]]:
    """Where a release is dated: the first header line of that kind, the first dateline, the opening of the body, as far as there are such."""
    header = dateline = body = None
    for zone in findings.reading.zones:
        kind = zone.kind
        if kind == "body":
            body = body or zone
        elif kind == "dateline":
            dateline = dateline or zone
        elif kind == "header.published":
            header = header or zone
    out = [(zone.first, zone.last) for zone in (header, dateline) if zone is not None]
    if body is not None:
        out.append(before_verb(findings.reading.scan, body.first, min(body.last, body.first + _OPENING)))
    return out


def _full_day(mention: Mention, *, relative: bool) -> date | None:
    value = mention.value
    if not isinstance(value, DateValue) or value.start is None or value.start != value.end or (value.relative and not relative):
        return None
    return value.start


class Roles:
    """What tells the roles of the dates of one reading."""

    __slots__ = ("_deadline", "_findings", "_heads", "_outline", "_words")

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._outline = findings.outline
        self._words: list[str] = findings.reading.scan.words
        self._deadline = word_lists("dates")["deadline"]
        self._heads: list[int] | None = None

    def of(self, at: int, value: DateValue) -> str:
        """The role of the date at token ``at``."""
        start, end = value.start, value.end
        if start is None or end is None:
            return "other"
        outline, released = self._outline, self._findings.published
        header = outline.header(at)
        if header == "header.date":
            return "event"
        first, last = outline.dateline
        if header == "header.published" or (first <= at < last and not value.relative and start == end == released):
            return "published"
        if released is not None and (released - end).days > _FAR:
            return "historical"
        if value.precision not in _DATED:
            return "other"
        if not self._deadline.isdisjoint(self._words[max(0, at - _BEFORE) : at]):
            return "deadline"
        if outline.headline[0] <= at < outline.headline[1]:
            return "event"
        return "event" if self._beside(at) else "other"

    def _beside(self, at: int) -> bool:
        """Whether an event noun stands in the sentence of ``at``."""
        words, heads = self._words, self._heads
        if heads is None:
            heads = self._heads = self._findings.where(_EVENT)
        k = bisect_left(heads, at)
        if k > 0 and at - heads[k - 1] <= _SENTENCE and STOPS.isdisjoint(words[heads[k - 1] : at]):
            return True
        return k < len(heads) and heads[k] - at <= _SENTENCE and STOPS.isdisjoint(words[at : heads[k]])
