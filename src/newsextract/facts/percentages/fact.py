"""Percentages."""

from __future__ import annotations

from newsextract.facts.draft import Draft, Findings
from newsextract.values.quantity import PercentValue

KIND = "percentages"


def build(findings: Findings) -> list[Draft]:
    """One draft a distinct share."""
    made: dict[tuple[object, ...], Draft] = {}
    for mention in findings.reading.numbers:
        value = mention.value
        if not isinstance(value, PercentValue):
            continue
        extent = value.extent
        key = (extent.low, extent.high, extent.comparison)
        if key in made:
            made[key].add(mention.span)
            continue
        fields = {"value": extent.low, "upper": extent.high, "comparison": extent.comparison, "of": None}
        made[key] = Draft(KIND, "", fields, [mention.span], mention.found_by, mention.confidence)
    return list(made.values())
