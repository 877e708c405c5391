"""Money: amounts with their currency; a bare ريال or دينار takes the currency of the one country that the text is about."""

from __future__ import annotations

from newsextract.facts.draft import Draft, Findings
from newsextract.values.money import MoneyValue

KIND = "money"


def build(findings: Findings) -> list[Draft]:
    """One draft a distinct amount."""
    made: dict[tuple[object, ...], Draft] = {}
    for mention in findings.reading.numbers:
        value = mention.value
        if not isinstance(value, MoneyValue):
            continue
        extent = value.extent
        key = (extent.low, extent.high, extent.comparison, value.currency)
        if key in made:
            made[key].add(mention.span)
            continue
        fields = {"value": extent.low, "upper": extent.high, "comparison": extent.comparison, "currency": value.currency}
        made[key] = Draft(KIND, "", fields, [mention.span], mention.found_by, mention.confidence)
    return list(made.values())
