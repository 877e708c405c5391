"""Percentages, and what they are of."""

from __future__ import annotations

from newsextract.facts.draft import Draft, Findings
from newsextract.facts.percentages.whole import whole
from newsextract.values.quantity import PercentValue

KIND = "percentages"


def build(findings: Findings) -> list[Draft]:
    """One draft a distinct share: the same size of the same whole, or of none that is said, is one fact."""
    made: dict[tuple[object, ...], Draft] = {}
    for mention in findings.reading.numbers:
        value = mention.value
        if not isinstance(value, PercentValue):
            continue
        extent = value.extent
        of = whole(findings.reading.scan, mention)
        size = (extent.low, extent.high, extent.comparison)
        known = made.get((*size, of)) or made.get((*size, None)) if of else made.get(size)
        if known is None:
            fields = {"value": extent.low, "upper": extent.high, "comparison": extent.comparison, "of": of}
            known = Draft(KIND, "", fields, [mention.span], mention.found_by, mention.confidence)
            made.setdefault(size, known)
        else:
            known.add(mention.span)
            known.fields["of"] = known.fields["of"] or of
        made[(*size, known.fields["of"])] = known
    return list(dict.fromkeys(made.values()))
