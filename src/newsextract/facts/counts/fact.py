"""Counts: cardinal numbers with the noun that they count (ruling 1); durations are counts of time, quantities of measure."""

from __future__ import annotations

from newsextract.facts.draft import Draft, Findings
from newsextract.span import Span
from newsextract.values.quantity import DurationValue, NumberValue, QuantityValue

KIND = "counts"


def build(findings: Findings) -> list[Draft]:
    """One draft a counted number; the same number of the same noun is one fact with several mentions."""
    made: dict[tuple[object, ...], Draft] = {}
    for mention in findings.reading.numbers:
        value = mention.value
        if not isinstance(value, NumberValue | DurationValue | QuantityValue) or value.noun is None:
            continue
        noun, extent = value.noun, value.extent
        span = findings.reading.scan.span(min(mention.first, noun.first), max(mention.last, noun.last))
        if mention.first <= noun.first:
            span = Span(mention.span.start, span.end)  # without the number's own proclitics
        key = (extent.low, extent.high, extent.comparison, noun.lemma)
        draft = made.get(key)
        if draft is None:
            category = "time" if isinstance(value, DurationValue) else "measure" if isinstance(value, QuantityValue) else noun.category or "other"
            made[key] = Draft(
                KIND,
                "",
                {
                    "value": extent.low,
                    "upper": extent.high,
                    "comparison": extent.comparison,
                    "noun": noun.text,
                    "lemma": noun.lemma,
                    "qualifier": noun.qualifier or None,
                    "category": category,
                },
                [span],
                mention.found_by,
                mention.confidence,
            )
        else:
            draft.add(span)
    return list(made.values())
