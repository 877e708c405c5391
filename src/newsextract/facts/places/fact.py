"""Places: gazetteer entries, and names that «مدينة» or «محافظة» announces; one fact a place."""

from __future__ import annotations

from newsextract.facts.draft import Draft, Findings

KIND = "places"


def build(findings: Findings) -> list[Draft]:
    """One draft a distinct place, in text order of first mention."""
    made: dict[str, Draft] = {}
    for mention, value in findings.names("PLACE"):
        entry = value.entry
        key = entry.id or entry.surface if entry is not None else value.key
        draft = made.get(key)
        if draft is None:
            draft = made[key] = Draft(
                KIND,
                value.key,
                {
                    "name": value.name,
                    "name_en": entry.name_en or None if entry is not None else None,
                    "kind": value.kind or "other",
                    "country_code": value.country or None,
                    "latitude": _degrees(entry.latitude) if entry is not None else None,
                    "longitude": _degrees(entry.longitude) if entry is not None else None,
                },
                [mention.span],
                mention.found_by,
                mention.confidence,
            )
        else:
            draft.add(mention.span)
        findings.of_mention[id(mention)] = draft
    return list(made.values())


def _degrees(cell: str) -> float | None:
    return float(cell) if cell else None
