"""Events that no proper name announces: «وقعت … مذكرة تفاهم», «زيارة عمل إلى …», «حملة تحصين ضد الحصبة», a body's session, a programme's edition.

They are taken only from the headline and the lead; what is told later in passing is not the subject of the release.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from newsextract.facts.draft import Findings
from newsextract.facts.events.candidate import Candidate, bare, blank_draft, place
from newsextract.facts.events.phrase import phrase
from newsextract.facts.rule import Match
from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import BI, DEFINITE, LI
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.noun_phrase import quoted
from newsextract.scan.scanner import Scan

_BODY: Final = BIT["INSTITUTION_HEAD"] | BIT["INSTITUTION"]
_HEAD: Final = BIT["EVENT_HEAD"]
_LONGEST_SUBJECT: Final = 10
_NUMBERED: Final = 2.0
_UNNAMED: Final = -0.5
_EXPRESSION: Final = BIT["EXPRESSION"]
_SESSIONS: Final = (("events.body_session", "session"), ("events.programme_session", "training"), ("events.headline_session", "session"))
_KINDS: Final = frozenset({"conference", "exhibition", "forum", "training", "workshop", "campaign", "meeting", "session"})
Lists = Mapping[str, frozenset[str]]


def sessions(findings: Findings) -> list[Candidate]:
    """«عقد المجلس دورته الستين», «النسخة الرابعة من برنامج …»: the body or programme gives the event its name."""
    out: list[Candidate] = []
    for rule, kind in _SESSIONS:
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
            out.append(candidate)
    return out


def _holder(findings: Findings, match: Match) -> tuple[int, int] | None:
    """The tokens that name who holds the session: the mention, or the subject that begins the headline."""
    mentions = match.mentions.get("of")
    if mentions:
        return mentions[0].first, mentions[0].last
    first, last = findings.outline.headline
    scan = findings.reading.scan
    if first < match.first < min(last, first + _LONGEST_SUBJECT) and scan.tokens[first].flags & _BODY:
        return first, match.first
    return None


def acts(findings: Findings, lists: Lists) -> list[Candidate]:
    """Signings and visits of the headline and the lead."""
    out: list[Candidate] = []
    scan, shapes = findings.reading.scan, findings.reading.shapes
    for match in findings.matches.get("events.signing", ()):
        if findings.outline.early(match.first):
            first = match.last - 1
            short, long = phrase(scan, shapes, match.last, lists["topic"], masdar=True)
            candidate = _candidate(findings, scan.text(scan.span(first, long)), "signing", (first, long), match)
            candidate.draft.call(scan.text(scan.span(first, short)))
            out.append(candidate)
    for match in findings.matches.get("events.visit", ()):
        if findings.outline.early(match.first):
            cut = 1 if shapes.of(scan.tokens[match.first]) & BI else 0
            last = match.mentions["place"][0].last
            candidate = _candidate(findings, scan.text(scan.span(match.first, last, cut)), "visit", (match.first, last), match)
            candidate.draft.call(scan.text(scan.span(match.first, match.first + 1, cut)))
            out.append(candidate)
    return out


def heads(findings: Findings, lists: Lists) -> list[Candidate]:
    """«حملة تحصين ضد الحصبة», «مؤتمرا دوليا»: an indefinite head in the headline or the first sentences, with its adjectives and its topic."""
    out: list[Candidate] = []
    reading, outline = findings.reading, findings.outline
    scan, shapes = reading.scan, reading.shapes
    words, names = scan.words, reading.names
    covered = j = 0
    for i in findings.where(_HEAD):
        if i >= outline.lead:
            break
        while j < len(names) and names[j].first <= i:
            covered = max(covered, names[j].last)
            j += 1
        if i < covered or shapes.of(scan.tokens[i]) & (DEFINITE | LI) or scan.tokens[i].flags & _EXPRESSION or not outline.early(i):
            continue
        found = _head(scan, i)
        if found is None:
            continue
        kind, end, cut = found
        short, long = phrase(scan, shapes, end, lists["topic"])
        if (short - i < 2 and long == short) or _passing(scan, i, long, lists):
            continue
        draft = blank_draft(scan.text(scan.span(i, long, cut)), kind, scan.span(i, long, cut), "rule:events.unnamed", 0.6)
        candidate = Candidate(draft, bare(" ".join(words[i:long])[cut:]), i, place(findings, [i]) + _UNNAMED)
        if long > short:
            candidate.draft.call(scan.text(scan.span(i, short, cut)))
        inside = quoted(scan, long - 1) if long < len(scan) else None
        if inside is not None:
            candidate.draft.call(scan.text(scan.span(*inside)))
        out.append(candidate)
    return out


def _passing(scan: Scan, first: int, last: int, lists: Lists) -> bool:
    """Whether it is a press conference, or «على هامش» and the like stand before it."""
    return not lists["press"].isdisjoint(scan.words[first:last]) or not lists["aside"].isdisjoint(scan.words[max(0, first - 2) : first])


def _head(scan: Scan, i: int) -> tuple[str, int, int] | None:
    """Kind, one past the last token and the letters of proclitics of the singular event head at ``i``."""
    found = scan.phrases.get(i)
    reading = None if found is None else found.sense("EVENT_HEAD")
    end = i + 1 if found is None or reading is None else found.last
    if reading is None:
        lexeme = scan.tokens[i].lexeme
        reading = None if lexeme is None else lexeme.sense("EVENT_HEAD")
    if reading is None or not reading.sense.singular or reading.sense.entry.kind not in _KINDS:
        return None
    return reading.sense.entry.kind, end, reading.cut


def _candidate(findings: Findings, name: str, kind: str, tokens: tuple[int, int], match: Match) -> Candidate:
    scan = findings.reading.scan
    draft = blank_draft(name, kind, scan.span(*tokens), f"rule:{match.rule.id}", match.rule.confidence)
    return Candidate(draft, bare(" ".join(scan.words[tokens[0] : tokens[1]])), match.first, place(findings, [match.first]) + _UNNAMED)
