"""Who publishes the release: the agency or paper of the dateline, byline or signature, else the body that the release is about.

A release of a body's own is told by its form: labelled header lines, or a dateline that names no agency.
"""

from __future__ import annotations

from typing import Any, Final

from newsextract.facts.draft import Draft, Findings
from newsextract.facts.outline import before_verb
from newsextract.lexicon.compiled import Reading as Sensed
from newsextract.lexicon.schema import BIT
from newsextract.scan.zones import Zone

_BYLINE: Final = 16
_INITIALS: Final = 3
_IN_LEAD: Final = 2
_SEPARATORS = frozenset("-/():،–—ـ\n.")


def issuer(findings: Findings, drafts: list[Draft]) -> Draft | None:
    """The issuing body among ``drafts``, or a new draft for an agency that only the byline names; None if nothing tells."""
    zones = findings.reading.zones
    start = next((z for z in zones if z.kind in ("dateline", "body")), None)
    if start is None:
        return None
    opening, signature = _opening(findings, start), _signature(findings, zones)
    for first, last in (opening, signature):
        found = _agency(findings, drafts, first, last)
        if found is not None:
            return found
    if any(_initials(findings, *place) for place in (opening, signature)):
        return None  # an agency that no lexicon knows
    return _named_there(findings, start, drafts) or _own(findings, zones)


def _own(findings: Findings, zones: list[Zone]) -> Draft | None:
    """The body whose own release it is: the one named first."""
    named = findings.names("INSTITUTION")
    if not named:
        return None
    if _own_release(findings, zones):
        return findings.draft(named[0][0])
    return _international(findings) if _placed(findings) else None


def _international(findings: Findings) -> Draft | None:
    """An international organisation that headline and lead begin with: «نجامينا – وصلت قافلة …» needs no date to be its own release."""
    mention, value = findings.names("INSTITUTION")[0]
    draft = findings.draft(mention)
    if value.kind != "international_organisation" or mention.first > findings.outline.headline[0] + 1 or draft is None:
        return None
    again = any(findings.draft(m) is draft for m, _ in findings.names("INSTITUTION") if findings.outline.worth(m.first) == _IN_LEAD)
    return draft if again else None


def _named_there(findings: Findings, start: Zone, drafts: list[Draft]) -> Draft | None:
    """A body in the dateline: within brackets («(أخبار المنظمة)»), or as its first words («الأمانة العامة – الرياض»)."""
    first, last = findings.outline.dateline
    words = findings.reading.scan.words
    for mention, _ in findings.names("INSTITUTION"):
        if first <= mention.first and mention.last < last and "(" in words[first : mention.first] and words[mention.last] == ")":
            return findings.draft(mention)
    if start.kind != "dateline" or findings.reading.scan.flags[first] & BIT["PLACE"]:
        return None
    end = next((t for t in range(first, last) if not words[t][0].isalpha()), last)
    key = " ".join(words[first:end])
    return next((d for d in drafts if end > first + 1 and (d.key + " ").startswith(key + " ")), None)


def _initials(findings: Findings, first: int, last: int) -> bool:
    """Whether brackets or strokes hold a short word or spaced letters («(وال)», «(و م أ)»): some agency's initials."""
    words = findings.reading.scan.words
    for t in range(first, min(last, len(words))):
        if words[t] not in ("(", "/"):
            continue
        end = next((k for k in range(t + 1, min(t + 6, len(words))) if words[k] in (")", "/")), t)
        if end > t + 1 and all(w.isalpha() and len(w) <= _INITIALS for w in words[t + 1 : end]):
            return True
    return False


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
        lexeme = scan.lexemes[t]
        if lexeme is None or not (scan.flags[t] | lexeme.weak) & BIT["INSTITUTION"]:
            continue
        reading = _media(findings, t)
        if reading is None or _city(findings, t, opens=t == first):
            continue
        phrase = scan.phrases.get(t)
        end = phrase.last if phrase is not None and reading in phrase.readings else t + 1
        if not _set_off(findings, t, end):
            continue
        span = scan.span(t, end, reading.cut)
        entry = reading.sense.entry
        fields: dict[str, Any] = {
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


def _city(findings: Findings, at: int, *, opens: bool) -> bool:
    """Whether the word is a city's name first of all: «الرياض» in a dateline is no paper, nor is «عمّان» that opens it."""
    lexeme = findings.reading.scan.lexemes[at]
    place = None if lexeme is None else lexeme.sense("PLACE")
    return place is not None and place.sense.entry.kind == "city" and (opens or place.sense.entry.category != "ambiguous")


def _set_off(findings: Findings, first: int, last: int) -> bool:
    """Whether signs or the ends of a line stand on both sides, one of them at least a sign."""
    words = findings.reading.scan.words
    before = first == 0 or words[first - 1] in _SEPARATORS
    after = last >= len(words) or words[last] in _SEPARATORS
    return before and after


def _own_release(findings: Findings, zones: list[Zone]) -> bool:
    """Whether the form is that of a body's own release."""
    if any(z.kind.startswith("header.") for z in zones):
        return True
    first, last = findings.outline.dateline
    return _placed(findings) and any(first <= m.first < last for m in findings.reading.dates)


def _placed(findings: Findings) -> bool:
    """Whether the dateline begins with a place."""
    first, last = findings.outline.dateline
    return first < last and any(first <= m.first <= first + 1 for m, _ in findings.names("PLACE"))
