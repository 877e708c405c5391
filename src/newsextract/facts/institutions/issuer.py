"""Who publishes the release: the agency or paper of the dateline, byline or signature, else the body that the release is about.

A release of a body's own is told by its form: labelled header lines, or a dateline that names no agency.
"""

from __future__ import annotations

from newsextract.facts.draft import Draft, Findings
from newsextract.facts.outline import before_verb
from newsextract.lexicon.compiled import Reading as Sensed
from newsextract.scan.zones import Zone

_BYLINE = 16
_SEPARATORS = frozenset("-/():،–—ـ\n.")


def issuer(findings: Findings, drafts: list[Draft]) -> Draft | None:
    """The issuing body among ``drafts``, or a new draft for an agency that only the byline names; None if nothing tells."""
    zones = findings.reading.zones
    start = next((z for z in zones if z.kind in ("dateline", "body")), None)
    if start is None:
        return None
    for first, last in (_opening(findings, start), _signature(findings, zones)):
        found = _agency(findings, drafts, first, last)
        if found is not None:
            return found
    if not _own_release(findings, zones, start):
        return None
    named = findings.names("INSTITUTION")
    return findings.draft(named[0][0]) if named else None


def _opening(findings: Findings, zone: Zone) -> tuple[int, int]:
    """The tokens before the first verb of the first line after the headline."""
    return before_verb(findings.reading.scan, zone.first, min(zone.last, zone.first + _BYLINE))


def _signature(findings: Findings, zones: list[Zone]) -> tuple[int, int]:
    """A short last line («واج», «/العمانية/»)."""
    last = zones[-1]
    for zone in reversed(zones):
        if zone.kind == "tail" or zone.last - zone.first <= 8:
            last = zone
        else:
            break
    return (last.first, zones[-1].last) if zones[-1].last - last.first <= 24 else (0, 0)


def _agency(findings: Findings, drafts: list[Draft], first: int, last: int) -> Draft | None:
    scan = findings.reading.scan
    for mention, value in findings.names("INSTITUTION"):
        if first <= mention.first < last and value.kind == "media":
            return findings.draft(mention)
    for t in range(first, last):
        reading = _media(findings, t)
        if reading is None or _city(findings, t):
            continue
        phrase = scan.phrases.get(t)
        end = phrase.last if phrase is not None and reading in phrase.readings else t + 1
        if not _set_off(findings, t, end):
            continue
        span = scan.span(t, end, reading.cut)
        entry = reading.sense.entry
        fields = {
            "name": scan.text(span), "canonical": entry.surface, "name_en": entry.name_en or None, "acronym": entry.acronym or None, "aliases": [],
            "kind": "media", "wikidata": entry.wikidata or None, "country_code": entry.country or None, "roles": [],
        }  # fmt: skip
        draft = Draft("institutions", scan.words[t], fields, [span], "rule:institutions.byline", 0.85)
        drafts.append(draft)
        return draft
    return None


def _media(findings: Findings, at: int) -> Sensed | None:
    """The reading of token ``at`` as a paper or agency, everyday words («سبق») included."""
    scan = findings.reading.scan
    phrase = scan.phrases.get(at)
    lexeme = scan.lexemes[at]
    for reading in (*(phrase.readings if phrase else ()), *(lexeme.readings if lexeme else ())):
        if reading.sense.entry.label == "INSTITUTION" and reading.sense.entry.kind == "media" and not reading.cut:
            return reading
    return None


def _city(findings: Findings, at: int) -> bool:
    """Whether the word is a city's name first of all: «الرياض» in a dateline is no paper."""
    lexeme = findings.reading.scan.lexemes[at]
    place = None if lexeme is None else lexeme.sense("PLACE")
    return place is not None and place.sense.entry.kind == "city" and place.sense.entry.category != "ambiguous"


def _set_off(findings: Findings, first: int, last: int) -> bool:
    """Whether signs or the ends of a line stand on both sides, one of them at least a sign."""
    words = findings.reading.scan.words
    before = first == 0 or words[first - 1] in _SEPARATORS
    after = last >= len(words) or words[last] in _SEPARATORS
    return before and after


def _own_release(findings: Findings, zones: list[Zone], start: Zone) -> bool:
    """Whether the form is that of a body's own release."""
    if any(z.kind.startswith("header.") for z in zones):
        return True
    first, last = findings.outline.dateline
    reading = findings.reading
    placed = any(m.label == "PLACE" and first <= m.first <= first + 1 for m in reading.names)
    dated = any(first <= m.first < last for m in reading.dates)
    return placed and dated
