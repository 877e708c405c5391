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
from newsextract.mentions.reading import Reading
from newsextract.values.date import DateValue

_EVENT: Final = BIT["EVENT_HEAD"]
_OPENING: Final = 14
_BEFORE: Final = 4
_SENTENCE: Final = 80
"""Tokens between a date and the event noun of its sentence."""
_FAR: Final = 400
"""Days between a date and the release beyond which it is history."""


def published(reading: Reading) -> date | None:
    """The day the release is dated: a header line, the dateline, a full day that opens the first line, or «اليوم … 14 يناير 2025»."""
    if reading.reference is not None:
        return reading.reference
    for kinds in (("header.published",), ("dateline",), ("body",)):
        for zone in reading.zones:
            if zone.kind not in kinds:
                continue
            last = zone.last if zone.kind != "body" else before_verb(reading.scan, zone.first, min(zone.last, zone.first + _OPENING))[1]
            found = next((d for m in reading.dates if zone.first <= m.first < last and (d := _full_day(m))), None)
            if found is not None:
                return found
            break
    today = word_lists("dates")["today"]
    return next((d for m in reading.dates if reading.scan.words[m.first] in today and (d := _full_day(m, relative=True))), None)


def _full_day(mention: Mention, *, relative: bool = False) -> date | None:
    value = mention.value
    if not isinstance(value, DateValue) or value.start is None or value.start != value.end or (value.relative and not relative):
        return None
    return value.start


def roles(findings: Findings, released: date | None) -> list[str]:
    """The role of each of the reading's dates, in their order."""
    reading = findings.reading
    if not reading.dates:
        return []
    kinds = [(z.first, z.last, z.kind) for z in reading.zones if z.kind.startswith("header.")]
    deadline = word_lists("dates")["deadline"]
    return [_role(findings, m, released, kinds, deadline) for m in reading.dates]


def _role(findings: Findings, mention: Mention, released: date | None, headers: list[tuple[int, int, str]], deadline: frozenset[str]) -> str:
    value = mention.value
    if not isinstance(value, DateValue) or value.start is None or value.end is None:
        return "other"
    at, outline = mention.first, findings.outline
    header = next((kind for first, last, kind in headers if first <= at < last), "")
    if header == "header.date":
        return "event"
    first, last = outline.dateline
    if header == "header.published" or (first <= at < last and not value.relative and value.start == value.end == released):
        return "published"
    if released is not None and (released - value.end).days > _FAR:
        return "historical"
    if value.precision not in ("day", "month"):
        return "other"
    if not deadline.isdisjoint(findings.reading.scan.words[max(0, at - _BEFORE) : at]):
        return "deadline"
    if outline.headline[0] <= at < outline.headline[1]:
        return "event"
    return "event" if _beside(findings.reading.scan.words, findings.where(_EVENT), at) else "other"


def _beside(words: list[str], heads: list[int], at: int) -> bool:
    """Whether one of the tokens ``heads`` stands in the sentence of ``at``."""
    k = bisect_left(heads, at)
    before = k > 0 and at - heads[k - 1] <= _SENTENCE and STOPS.isdisjoint(words[heads[k - 1] : at])
    return before or (k < len(heads) and heads[k] - at <= _SENTENCE and STOPS.isdisjoint(words[at : heads[k]]))
