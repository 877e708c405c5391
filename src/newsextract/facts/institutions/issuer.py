"""Who publishes the release: the agency or paper of the dateline, byline or signature, else the body that the release is about.

A release of a body's own is told by its form: labelled header lines, or a dateline that names no agency.
"""

from __future__ import annotations

from typing import Any, Final

from newsextract.facts.draft import Draft, Findings
from newsextract.facts.outline import before_verb
from newsextract.lexicon.compiled import Lexeme
from newsextract.lexicon.compiled import Reading as Sensed
from newsextract.lexicon.schema import BIT
from newsextract.scan.zones import Zone

_PLACE: Final = BIT["PLACE"]
_INSTITUTION: Final = BIT["INSTITUTION"]
_BYLINE: Final = 16
_SHORT: Final = 8
_LONGEST_SIGNATURE: Final = 24
_INITIALS: Final = 3
_IN_LEAD: Final = 2
_OPENS_HEADLINE: Final = 2
"""Tokens of the headline that may stand before the body it speaks of («وفد من الأمانة العامة …»)."""
_CLOSING: Final = frozenset(")/")
_SEPARATORS: Final = frozenset("-/():،–—ـ\n.")


def issuer(findings: Findings, drafts: list[Draft]) -> Draft | None:
    """The issuing body among ``drafts``, or a new draft for an agency that only the byline names; None if nothing tells."""
    start = findings.outline.start
    if start is None:
        return None
    opening, signature = _opening(findings, start), _signature(findings.reading.zones)
    found = _agency(findings, drafts, opening) or _agency(findings, drafts, signature)
    if found is not None:
        return found
    words = findings.reading.scan.words
    if _initials(words, opening) or _initials(words, signature):
        return None  # an agency that no lexicon knows
    return _named_there(findings, start, drafts) or _own(findings)


def _own(findings: Findings) -> Draft | None:
    """The body whose own release it is: the one that the headline begins with, or the first of a lead whose headline names none."""
    named = findings.names("INSTITUTION")
    first, last = findings.outline.headline
    if not named or first + _OPENS_HEADLINE < named[0][0].first < last:
        return None  # «وزير الصحة يستقبل وفدا من …» is the release of whoever receives
    if _own_release(findings):
        return findings.draft(named[0][0])
    return _international(findings) if _placed(findings) else None


def _international(findings: Findings) -> Draft | None:
    """An international organisation that headline and lead begin with: «نجامينا – وصلت قافلة …» needs no date to be its own release."""
    mention, value = findings.names("INSTITUTION")[0]
    draft = findings.draft(mention)
    if value.kind != "international_organisation" or mention.first > findings.outline.headline[0] + 1 or draft is None:
        return None
    for other, _ in findings.names("INSTITUTION"):
        if findings.draft(other) is draft and findings.outline.worth(other.first) == _IN_LEAD:
            return draft
    return None


def _named_there(findings: Findings, start: Zone, drafts: list[Draft]) -> Draft | None:
    """A body in the dateline: within brackets («(أخبار المنظمة)»), or as its first words («الأمانة العامة – الرياض»)."""
    first, last = findings.outline.dateline
    words = findings.reading.scan.words
    if "(" in words[first:last]:
        for mention, _ in findings.names("INSTITUTION"):
            if first <= mention.first and mention.last < last and words[mention.last] == ")" and "(" in words[first : mention.first]:
                return findings.draft(mention)
    if start.kind != "dateline" or findings.reading.scan.tokens[first].flags & _PLACE:
        return None
    end = first
    while end < last and words[end][0].isalpha():
        end += 1
    if end <= first + 1:
        return None
    key = " ".join(words[first:end])
    for draft in drafts:
        if draft.key == key or draft.key.startswith(key + " "):
            return draft
    return None


def _initials(words: list[str], place: tuple[int, int]) -> bool:
    """Whether brackets or strokes hold a short word or spaced letters («(وال)», «(و م أ)»): some agency's initials."""
    for t in range(place[0], min(place[1], len(words))):
        if words[t] == "(" or words[t] == "/":
            end = t + 1
            while end < min(t + 6, len(words)) and words[end].isalpha() and len(words[end]) <= _INITIALS:
                end += 1
            if t + 1 < end < min(t + 6, len(words)) and words[end] in _CLOSING:
                return True
    return False


def _opening(findings: Findings, zone: Zone) -> tuple[int, int]:
    """The tokens before the first verb of the first line after the headline."""
    return before_verb(findings.reading.scan, zone.first, min(zone.last, zone.first + _BYLINE))


def _signature(zones: list[Zone]) -> tuple[int, int]:
    """A short last line («واج», «/العمانية/»)."""
    end = zones[-1].last
    first = zones[-1].first
    for zone in reversed(zones):
        if zone.kind != "tail" and zone.last - zone.first > _SHORT:
            break
        first = zone.first
    return (first, end) if end - first <= _LONGEST_SIGNATURE else (0, 0)


def _agency(findings: Findings, drafts: list[Draft], place: tuple[int, int]) -> Draft | None:
    """The paper or agency in a token range: one read as a name, else one set off by signs, for which a draft is made."""
    first, last = place
    if first == last:
        return None
    scan = findings.reading.scan
    for mention, value in findings.names("INSTITUTION"):
        if value.kind == "media" and first <= mention.first < last:
            return findings.draft(mention)
    tokens = scan.tokens
    for t in range(first, last):
        lexeme = tokens[t].lexeme
        if lexeme is None or not (tokens[t].flags | lexeme.weak) & _INSTITUTION:
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
    lexeme = scan.tokens[at].lexeme
    found = None if phrase is None else _paper(phrase.lexeme)
    return found if found is not None or lexeme is None else _paper(lexeme)


def _paper(lexeme: Lexeme) -> Sensed | None:
    for reading in lexeme.readings:
        entry = reading.sense.entry
        if entry.label == "INSTITUTION" and entry.kind == "media" and not reading.cut:
            return reading
    return None


def _city(findings: Findings, at: int, *, opens: bool) -> bool:
    """Whether the word is a city's name first of all: «الرياض» in a dateline is no paper, nor is «عمّان» that opens it."""
    lexeme = findings.reading.scan.tokens[at].lexeme
    place = None if lexeme is None else lexeme.sense("PLACE")
    return place is not None and place.sense.entry.kind == "city" and (opens or place.sense.entry.category != "ambiguous")


def _set_off(findings: Findings, first: int, last: int) -> bool:
    """Whether signs or the ends of a line stand on both sides, one of them at least a sign."""
    words = findings.reading.scan.words
    before = first == 0 or words[first - 1] in _SEPARATORS
    after = last >= len(words) or words[last] in _SEPARATORS
    return before and after


def _own_release(findings: Findings) -> bool:
    """Whether the form is that of a body's own release."""
    if findings.outline.headers:
        return True
    if not _placed(findings):
        return False
    first, last = findings.outline.dateline
    for mention in findings.reading.dates:
        if first <= mention.first < last:
            return True
    return False


def _placed(findings: Findings) -> bool:
    """Whether the dateline begins with a place."""
    first, last = findings.outline.dateline
    if first < last:
        for mention, _ in findings.names("PLACE"):
            if first <= mention.first <= first + 1:
                return True
    return False
