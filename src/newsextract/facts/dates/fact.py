"""Dates: days and stretches that the text fixes, each with its role."""

from __future__ import annotations

from newsextract.facts.dates.roles import published, roles
from newsextract.facts.draft import Draft, Findings
from newsextract.values.date import DateValue

KIND = "dates"
_TOLD = frozenset({"weekday_contradicts", "calendars_differ", "reversed_range"})
"""Notes of a date that a reader of the record should know."""


def build(findings: Findings) -> list[Draft]:
    """One draft a distinct stretch; what the text and the reference leave open is left out (ruling 3)."""
    reading = findings.reading
    made: dict[tuple[object, ...], Draft] = {}
    findings.published = published(reading)
    for mention, role in zip(reading.dates, roles(findings, findings.published), strict=True):
        value = mention.value.for_record() if isinstance(mention.value, DateValue) else None
        if value is None or value.start is None or value.end is None:
            continue
        for note in value.notes:
            if note in _TOLD and note.upper() not in findings.warnings:
                findings.warnings.append(note.upper())
        key = (value.start, value.end, value.precision)
        draft = made.get(key)
        if draft is not None:
            draft.add(mention.span)
            if draft.fields["role"] == "other":
                draft.fields["role"] = role
            continue
        made[key] = Draft(
            KIND,
            "",
            {
                "start": value.start,
                "end": value.end,
                "precision": value.precision,
                "calendar": value.calendar,
                "original": value.original,
                "edtf": value.edtf,
                "approximate": value.approximate,
                "relative": value.relative,
                "role": role,
                "_value": value,
            },
            [mention.span],
            mention.found_by,
            mention.confidence,
        )
    return list(made.values())
