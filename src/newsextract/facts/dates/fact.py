"""Dates: days and stretches that the text fixes, each with its role."""

from __future__ import annotations

from typing import Any, Final

from newsextract.facts.dates.roles import Roles, published
from newsextract.facts.draft import Draft, Findings
from newsextract.values.date import DateValue

KIND = "dates"
_TOLD: Final = frozenset({"weekday_contradicts", "calendars_differ", "reversed_range"})
"""Notes of a date that a reader of the record should know."""


def build(findings: Findings) -> list[Draft]:
    """One draft a distinct stretch; what the text and the reference leave open is left out (ruling 3)."""
    made: dict[tuple[object, ...], Draft] = {}
    dates = findings.reading.dates
    findings.published = published(findings)
    if not dates:
        return []
    roles = Roles(findings)
    for mention in dates:
        read = mention.value
        if not isinstance(read, DateValue):
            continue
        value = read.for_record()
        if value is None or value.start is None or value.end is None:
            continue
        if value.notes:
            _warn(findings, value.notes)
        role = roles.of(mention.first, read)
        key = (value.start, value.end, value.precision)
        draft = made.get(key)
        if draft is None:
            made[key] = Draft(KIND, "", _fields(value, role), [mention.span], mention.found_by, mention.confidence)
            continue
        draft.add(mention.span)
        if draft.fields["role"] == "other":
            draft.fields["role"] = role
    return list(made.values())


def _warn(findings: Findings, notes: tuple[str, ...]) -> None:
    """Tells the reader of the record what was odd about a date, once."""
    for note in notes:
        if note in _TOLD and note.upper() not in findings.warnings:
            findings.warnings.append(note.upper())


def _fields(value: DateValue, role: str) -> dict[str, Any]:
    return {
        "start": value.start,
        "end": value.end,
        "precision": value.precision,
        "calendar": value.calendar,
        "original": value.original,
        "edtf": value.edtf,
        "approximate": value.approximate,
        "relative": value.relative,
        "role": role,
    }
