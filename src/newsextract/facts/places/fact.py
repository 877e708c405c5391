"""Places: gazetteer entries, and names that «مدينة» or «محافظة» announces; one fact a place."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from newsextract.facts.draft import Draft, Findings
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue

KIND = "places"


def build(findings: Findings) -> list[Draft]:
    """One draft a distinct place, in text order of first mention."""
    made: dict[str, Draft] = {}
    of_mention = findings.of_mention
    for mention, value in findings.names("PLACE"):
        entry = value.entry
        key = value.key if entry is None else entry.id or entry.surface
        draft = made.get(key)
        if draft is None:
            draft = made[key] = _new(mention, value)
        else:
            draft.add(mention.span)
        of_mention[mention] = draft
    return list(made.values())


def _new(mention: Mention, value: NameValue) -> Draft:
    entry = value.entry
    fields: dict[str, Any] = {
        "name": value.name,
        "name_en": None if entry is None else entry.name_en or None,
        "kind": value.kind or "other",
        "country_code": value.country or None,
        "latitude": None if entry is None else _degrees(entry.latitude),
        "longitude": None if entry is None else _degrees(entry.longitude),
    }
    return Draft(KIND, value.key, fields, [mention.span], mention.found_by, mention.confidence)


@lru_cache(4096)
def _degrees(cell: str) -> float | None:
    return float(cell) if cell else None
