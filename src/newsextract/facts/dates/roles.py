"""What part a date plays: the release's own, the main event's, a deadline, the past, or none of these."""

from __future__ import annotations

from datetime import date

from newsextract.lexicon.schema import BIT
from newsextract.mentions.model import Mention
from newsextract.mentions.reading import Reading
from newsextract.scan.zones import sentences
from newsextract.values.date import DateValue

_EVENT = BIT["EVENT_HEAD"]
_OPENING = 14
_FAR = 400
"""Days between a date and the release beyond which it is history."""


def published(reading: Reading) -> date | None:
    """The day the release is dated: a header line, the dateline, or a full day that opens the first line; None if nothing says it."""
    if reading.reference is not None:
        return reading.reference
    for kinds in (("header.published",), ("dateline",), ("body",)):
        for zone in reading.zones:
            if zone.kind not in kinds:
                continue
            for mention in reading.dates:
                value = mention.value
                if not isinstance(value, DateValue) or value.start is None or value.start != value.end or value.relative:
                    continue
                inside = zone.first <= mention.first < (min(zone.last, zone.first + _OPENING) if zone.kind == "body" else zone.last)
                if inside and not any(f & BIT["VERB"] for f in reading.scan.flags[zone.first : mention.first]):
                    return value.start
            break
    return None


def roles(reading: Reading, released: date | None) -> list[str]:
    """The role of each of ``reading.dates``, in their order."""
    opening = next((z for z in reading.zones if z.kind in ("dateline", "body")), None)
    spans = [s for z in reading.zones if z.kind == "body" for s in sentences(reading.scan, z.first, z.last)]
    return [_role(reading, m, released, opening.first + _OPENING if opening else 0, spans) for m in reading.dates]


def _role(reading: Reading, mention: Mention, released: date | None, opening: int, spans: list[tuple[int, int]]) -> str:
    value = mention.value
    if not isinstance(value, DateValue) or value.start is None or value.end is None:
        return "other"
    zone = next((z.kind for z in reading.zones if z.first <= mention.first < z.last), "body")
    if zone == "header.date":
        return "event"
    if zone == "header.published" or (zone in ("dateline", "body") and mention.first < opening and value.start == value.end == released):
        return "published"
    if released is not None and (released - value.end).days > _FAR:
        return "historical"
    if value.precision not in ("day", "month"):
        return "other"
    sentence = next(((a, b) for a, b in spans if a <= mention.first < b), None)
    if sentence is None:
        return "event" if zone == "headline" else "other"
    if any(f & _EVENT for f in reading.scan.flags[sentence[0] : sentence[1]]):
        return "event"
    return "other"
