"""Events that no proper name announces: «وقعت … مذكرة تفاهم», «زيارة عمل إلى …», «حملة تحصين ضد الحصبة», a body's session, a programme's edition.

They are taken only from the headline and the lead; what is told later in passing is not the subject of the release.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from newsextract.facts.draft import Findings
from newsextract.facts.events.candidate import Candidate, bare, blank_draft, place
from newsextract.facts.pattern import Match
from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import BI, CONJ, DEFINITE, LI, SIGN, STOP, Shapes
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.noun_phrase import quoted
from newsextract.scan.scanner import Scan

_HEAD: Final = BIT["EVENT_HEAD"]
_NAMED: Final = BIT["PLACE"] | BIT["INSTITUTION"] | BIT["TITLE"] | BIT["HONORIFIC"]
_LONGEST_CHAIN: Final = 3
_LONGEST_TOPIC: Final = 10
_LONGEST_SUBJECT: Final = 10
_NUMBERED: Final = 2.0
_UNNAMED: Final = -0.5
_KINDS: Final = frozenset({"conference", "exhibition", "forum", "training", "workshop", "campaign", "meeting", "session"})
Lists = Mapping[str, frozenset[str]]


def sessions(findings: Findings) -> Iterator[Candidate]:
    """«عقد المجلس دورته الستين», «النسخة الرابعة من برنامج …»: the body or programme gives the event its name."""
    for rule, kind in (("events.body_session", "session"), ("events.programme_session", "training"), ("events.headline_session", "session")):
        for match in findings.matches.get(rule, ()):
            if not findings.outline.early(match.first):
                continue
            tokens = _holder(findings, match)
            if tokens is None:
                continue
            scan = findings.reading.scan
            named = next((m for m in match.mentions.get("of", ()) if isinstance(m.value, NameValue)), None)
            span = scan.span(*tokens) if named is None else named.span
            candidate = _candidate(findings, scan.text(span), kind, tokens, match)
            if named is not None and isinstance(named.value, NameValue):
                candidate.draft.fields["name"] = named.value.name
            candidate.draft.spans = [span, scan.span(*match.ranges["n"])]
            candidate.draft.fields["ordinal"] = match.ordinals["n"]
            candidate.score += _NUMBERED
            yield candidate


def _holder(findings: Findings, match: Match) -> tuple[int, int] | None:
    """The tokens that name who holds the session: the mention, or the subject that begins the headline."""
    mentions = match.mentions.get("of")
    if mentions:
        return mentions[0].first, mentions[0].last
    first, last = findings.outline.headline
    scan = findings.reading.scan
    if not first < match.first < last or match.first - first > _LONGEST_SUBJECT or not scan.flags[first] & BIT["INSTITUTION_HEAD"] | scan.flags[first] & BIT["INSTITUTION"]:
        return None
    return first, match.first


def acts(findings: Findings, lists: Lists) -> Iterator[Candidate]:
    """Signings and visits of the headline and the lead."""
    scan, shapes = findings.reading.scan, findings.reading.shapes
    for match in findings.matches.get("events.signing", ()):
        if findings.outline.early(match.first):
            first = match.last - 1
            short, long = phrase(scan, shapes, first, match.last, lists["topic"])
            candidate = _candidate(findings, scan.text(scan.span(first, long)), "signing", (first, long), match)
            _alias(candidate, scan.text(scan.span(first, short)))
            yield candidate
    for match in findings.matches.get("events.visit", ()):
        if findings.outline.early(match.first):
            cut = 1 if shapes[scan.words[match.first]] & BI else 0
            last = match.mentions["place"][0].last
            candidate = _candidate(findings, scan.text(scan.span(match.first, last, cut)), "visit", (match.first, last), match)
            _alias(candidate, scan.text(scan.span(match.first, match.first + 1, cut)))
            yield candidate


def heads(findings: Findings, lists: Lists) -> Iterator[Candidate]:
    """«حملة تحصين ضد الحصبة», «مؤتمرا دوليا»: an indefinite head in the headline or the first sentences, with its adjectives and its topic."""
    reading, outline = findings.reading, findings.outline
    scan, shapes = reading.scan, reading.shapes
    taken = [(m.first, m.last) for m in reading.names]
    for i in scan.where(_HEAD):
        if i >= outline.lead:
            return
        if not outline.early(i) or any(a <= i < b for a, b in taken) or shapes[scan.words[i]] & (DEFINITE | LI):
            continue
        found = _head(scan, i)
        if found is None:
            continue
        kind, end, cut = found
        short, long = phrase(scan, shapes, i, end, lists["topic"])
        if short - i < 2 and long == short or not lists["press"].isdisjoint(scan.words[i:long]) or not lists["aside"].isdisjoint(scan.words[max(0, i - 2) : i]):
            continue
        draft = blank_draft(scan.text(scan.span(i, long, cut)), kind, scan.span(i, long, cut), "rule:events.unnamed", 0.6)
        candidate = Candidate(draft, bare(" ".join(scan.words[i:long])[cut:]), i, place(findings, [i]) + _UNNAMED)
        if long > short:
            _alias(candidate, scan.text(scan.span(i, short, cut)))
        inside = quoted(scan, long - 1) if long < len(scan) else None
        if inside is not None:
            _alias(candidate, scan.text(scan.span(*inside)))
        yield candidate


def _head(scan: Scan, i: int) -> tuple[str, int, int] | None:
    """Kind, one past the last token and the letters of proclitics of the singular event head at ``i``."""
    found = scan.phrases.get(i)
    reading = None if found is None else found.sense("EVENT_HEAD")
    end = i + 1 if found is None or reading is None else found.last
    if reading is None:
        lexeme = scan.lexemes[i]
        reading = None if lexeme is None else lexeme.sense("EVENT_HEAD")
    if reading is None or not reading.sense.singular or reading.sense.entry.kind not in _KINDS:
        return None
    return reading.sense.entry.kind, end, reading.cut


def _candidate(findings: Findings, name: str, kind: str, tokens: tuple[int, int], match: Match) -> Candidate:
    scan = findings.reading.scan
    draft = blank_draft(name, kind, scan.span(*tokens), f"rule:{match.rule.id}", match.rule.confidence)
    return Candidate(draft, bare(" ".join(scan.words[tokens[0] : tokens[1]])), match.first, place(findings, [match.first]) + _UNNAMED)


def _alias(candidate: Candidate, name: str) -> None:
    fields = candidate.draft.fields
    if name != fields["name"] and name not in fields["aliases"]:
        fields["aliases"].append(name)


def phrase(scan: Scan, shapes: Shapes, first: int, end: int, topics: frozenset[str]) -> tuple[int, int]:
    """``(short, long)``: where a phrase with an indefinite head ends without and with its topic («حول …», «ل…»)."""
    words = scan.words
    j = end
    while j < len(words) and j - end < _LONGEST_CHAIN and _plain(scan, shapes, j):
        j += 1
    return j, _topic(scan, shapes, j, topics)


def _plain(scan: Scan, shapes: Shapes, j: int) -> bool:
    """Whether the word may be an adjective or genitive of the phrase: neither sign, verb, name nor with a proclitic."""
    word = scan.words[j]
    return not shapes[word] & (SIGN | STOP | BI | LI | CONJ) and not scan.flags[j] & (_NAMED | BIT["DATE_WORD"] | BIT["WEEKDAY"])


def _topic(scan: Scan, shapes: Shapes, at: int, topics: frozenset[str]) -> int:
    words = scan.words
    size = len(words)
    if at >= size:
        return at
    j = at
    if words[j] in topics:
        j += 1
        inside = quoted(scan, j) if j < size else None
        if inside is not None:
            return inside[1] + 1
    elif not words[j].startswith("ل") or len(words[j]) < 4 or scan.flags[j] & BIT["VERB"]:
        return at
    start = j
    while j < size and j - start < _LONGEST_TOPIC:
        shape = shapes[words[j]]
        if shape & (SIGN | BI) or (shape & STOP and j > start) or (j > start and words[j] in topics) or scan.flags[j] & (BIT["TITLE"] | BIT["HONORIFIC"]):
            break
        j += 1
    return j if j > start else at
