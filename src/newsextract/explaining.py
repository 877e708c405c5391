"""How a text was read, told step by step: what ``newsextract explain`` prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from newsextract.calibration import Calibration
from newsextract.facts.draft import Draft, Findings
from newsextract.facts.pattern import RuleBook
from newsextract.mentions.reading import Reading
from newsextract.values.numeral import spell

Step: TypeAlias = dict[str, Any]
MOST_SPELT: Final = 10**18
"""Numbers below this can be written in words."""


def steps(reading: Reading, rules: RuleBook, findings: Findings, calibration: Calibration) -> list[Step]:
    """All steps: zones, mentions, rules that fitted, rules that nearly did, facts; each kind in text order.

    Args:
        reading: The text as read.
        rules: The rule book.
        findings: The facts made of it.
        calibration: What tells their confidence.
    """
    return [*_zones(reading), *_mentions(reading), *_matches(reading, rules), *_near_misses(reading, rules), *_facts(findings, calibration)]


def _zones(reading: Reading) -> Iterator[Step]:
    scan = reading.scan
    for zone in reading.zones:
        yield {"step": "zone", "kind": zone.kind, "text": scan.text(scan.span(zone.first, zone.last))}


def _mentions(reading: Reading) -> Iterator[Step]:
    for mention in reading.mentions():
        fields = mention.to_json()
        value = fields.get("value")
        spelt = {"in_words": spell(value)} if mention.label == "NUMBER" and isinstance(value, int) and 0 <= value < MOST_SPELT else {}
        yield {"step": "mention", **fields, **spelt}


def _matches(reading: Reading, rules: RuleBook) -> Iterator[Step]:
    for match in rules.matches(reading):
        yield {"step": "rule", "rule": match.rule.id, "pattern": match.rule.pattern, **_place(reading, match.first, match.last)}


def _near_misses(reading: Reading, rules: RuleBook) -> Iterator[Step]:
    for near in rules.near_misses(reading):
        told = {"step": "near_miss", "rule": near.rule.id, "pattern": near.rule.pattern, "missing": near.missing}
        yield {**told, **_place(reading, near.first, near.last)}


def _place(reading: Reading, first: int, last: int) -> Step:
    span = reading.scan.span(first, last)
    return {"start": span.start, "end": span.end, "text": reading.scan.text(span)}


def _facts(findings: Findings, calibration: Calibration) -> Iterator[Step]:
    for kind, drafts in findings.drafts.items():
        for draft in drafts:
            yield _fact(findings, kind, draft, calibration)


def _fact(findings: Findings, kind: str, draft: Draft, calibration: Calibration) -> Step:
    scan = findings.reading.scan
    told: Step = {"step": "fact", "kind": kind, "name": draft.fields.get("name") or scan.text(draft.spans[0])}
    told |= {"found_by": draft.found_by, "confidence": draft.confidence}
    measured = calibration.measured_of(kind, draft.found_by)
    if measured.found:
        told["measured"] = {"right": measured.right, "found": measured.found}
    return told | {"mentions": [{"start": s.start, "end": s.end, "text": scan.text(s)} for s in draft.spans]}
