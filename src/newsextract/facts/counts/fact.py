"""Counts: cardinal numbers with the noun that they count (ruling 1); durations are counts of time, quantities of measure."""

from __future__ import annotations

from typing import Any

from newsextract.facts.draft import Draft, Findings
from newsextract.mentions.numbers import DOUBLED
from newsextract.span import Span
from newsextract.values.quantity import Counted, DurationValue, Extent, NumberValue, QuantityValue

KIND = "counts"


def build(findings: Findings) -> list[Draft]:
    """One draft a counted number; the same number of the same noun is one fact with several mentions."""
    made: dict[tuple[object, ...], Draft] = {}
    scan = findings.reading.scan
    if any([mention.found_by.endswith(DOUBLED) for mention in findings.reading.numbers]):
        findings.warnings.append("DOUBLED_MULTIPLIER")
    for mention in findings.reading.numbers:
        value = mention.value
        if isinstance(value, NumberValue):
            if value.noun is None:
                continue
            noun, extent, category = value.noun, value.extent, value.noun.category or "other"
        elif isinstance(value, DurationValue):
            noun, extent, category = value.noun, value.extent, "time"
        elif isinstance(value, QuantityValue):
            noun, extent, category = value.noun, value.extent, "measure"
        else:
            continue
        if mention.first <= noun.first:
            span = Span(mention.span.start, scan.end(max(mention.last, noun.last) - 1))  # without the number's own proclitics
        else:
            span = scan.span(noun.first, max(mention.last, noun.last))
        key = (extent.low, extent.high, extent.comparison, noun.lemma)
        draft = made.get(key)
        if draft is None:
            made[key] = Draft(KIND, "", _fields(noun, extent, category), [span], mention.found_by, mention.confidence)
        else:
            draft.add(span)
    return list(made.values())


def _fields(noun: Counted, extent: Extent, category: str) -> dict[str, Any]:
    return {
        "value": extent.low,
        "upper": extent.high,
        "comparison": extent.comparison,
        "noun": noun.text,
        "lemma": noun.lemma,
        "qualifier": noun.qualifier or None,
        "category": category,
    }
