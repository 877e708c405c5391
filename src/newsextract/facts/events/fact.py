"""Events: which one the release is about, its session, theme, days and parties; the others are related events."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from newsextract.facts.draft import Draft, Findings
from newsextract.facts.events.candidate import Candidate, bare, candidates, same
from newsextract.facts.events.days import event_days
from newsextract.facts.events.unnamed import acts, heads, sessions
from newsextract.facts.rule import Match
from newsextract.facts.word_list import word_lists
from newsextract.lexicon.schema import BIT
from newsextract.values.edtf import edtf

KIND = "events"
_SUBJECT: Final = 1.5
"""A candidate with less is not what the release is about."""
_SURE: Final = 6.0
"""A named event in headline and lead, and more: no unnamed one can be the subject."""
_MOST: Final = 32
"""Wordings that are looked at; a release has a few."""
_SESSION_NEAR: Final = 14
_HEADS: Final = BIT["EVENT_HEAD"] | BIT["DOCUMENT_HEAD"]
_NEAR: Final = 160
"""Characters between an event and a date that is its own."""


def build(findings: Findings) -> list[Draft]:
    """The main event first, then the related ones; nothing if no event is the release's subject."""
    lists = word_lists(KIND)
    named = candidates(findings, lists)
    found = named.copy()
    for candidate in sessions(findings):
        _join(found, candidate)
    for candidate in acts(findings, lists):
        _join(found, candidate)
    if not _sure(named):
        for candidate in heads(findings, lists):
            _join(found, candidate)
    main = _main(findings, found)
    if main is None:
        return []
    _session(findings, main, lists["other"])
    _theme(findings, main)
    _parties(findings, main.draft)
    days = event_days(findings, main, found, lists)
    if days is not None:
        fields = main.draft.fields
        fields["start"], fields["end"], fields["edtf"] = *days, edtf(*days, "day")
    related = [c.draft for c in named if c is not main]
    _related_days(findings, main.draft, related)
    return [main.draft, *related]


def _related_days(findings: Findings, main: Draft, related: list[Draft]) -> None:
    """A date belongs to a related event if that, and not the main one, is named last before it in its sentence."""
    if not related:
        return
    text = findings.reading.scan.source
    named = sorted([(span.end, k) for k, draft in enumerate((main, *related)) for span in draft.spans])
    ends = [end for end, _ in named]
    for day in findings.made("dates"):
        if day.fields["role"] != "event" or day.fields["start"] == main.fields["start"]:
            continue
        at = day.spans[0].start
        last = bisect_right(ends, at) - 1
        if last >= 0 and named[last][1] and at - ends[last] <= _NEAR and not _breaks(text[ends[last] : at]):
            day.fields["role"] = "related_event"


def _breaks(between: str) -> bool:
    """Whether a sentence ends in the text ``between`` an event and a date."""
    return "\n" in between or ". " in between


def _sure(named: list[Candidate]) -> bool:
    """Whether one of the named events is the subject beyond doubt."""
    for candidate in named:
        if candidate.score >= _SURE:
            return True
    return False


def _main(findings: Findings, found: list[Candidate]) -> Candidate | None:
    """The event with most to speak for it, the first of equals; None if that is too little or if neither headline nor lead tell of it."""
    best: Candidate | None = None
    for candidate in found:
        if best is None or candidate.score > best.score or (candidate.score == best.score and candidate.tokens[0] < best.tokens[0]):
            best = candidate
    if best is None or best.score < _SUBJECT:
        return None
    for token in best.tokens:
        if findings.outline.early(token):
            return best
    return None


def _join(found: list[Candidate], candidate: Candidate) -> None:
    """Adds a candidate, or gives its names to the event of the same head that is known already."""
    for known in found:
        if same(known.words, candidate.words) or _akin(known, candidate):
            for span in candidate.draft.spans:
                known.draft.add(span)
            fields = known.draft.fields
            names = (candidate.draft.fields["name"], *candidate.draft.fields["aliases"])
            if known.lone and not candidate.lone:
                known.rename(names[0], candidate.words)
            for name in names:
                known.draft.call(name)
            if fields["ordinal"] is None:
                fields["ordinal"] = candidate.draft.fields["ordinal"]
            known.tokens.extend(candidate.tokens)
            known.score = max(known.score, candidate.score)
            return
    found.append(candidate)


def _akin(known: Candidate, candidate: Candidate) -> bool:
    """Whether an event without a proper name is the known one: of the same head («معسكرا تدريبيا», «معسكر الطاقة»), or both a signing."""
    if known.draft.fields["kind"] == candidate.draft.fields["kind"] == "signing":
        return True
    return known.score > candidate.score and known.words[0] == candidate.words[0]


def _session(findings: Findings, main: Candidate, other: frozenset[str]) -> None:
    """«في دورته السادسة»: the session told in headline or lead, or right after the main event's name."""
    fields = main.draft.fields
    if fields["ordinal"] is not None:
        return
    words = findings.reading.scan.words
    for match in findings.matches.get("events.session", ())[:_MOST]:
        if not findings.outline.early(match.first) and not _after(main, match.first):
            continue
        if match.last >= len(words) or words[match.last] not in other:
            fields["ordinal"] = match.ordinals["n"]
            main.draft.add(findings.reading.scan.span(*match.ranges["n"]))
            return


def _after(main: Candidate, at: int) -> bool:
    """Whether the token stands shortly after a mention of the event."""
    for token in main.tokens:
        if 0 <= at - token <= _SESSION_NEAR:
            return True
    return False


def _theme(findings: Findings, main: Candidate) -> None:
    """The theme in headline or lead, or in a sentence that names the event, whose wording follows no other head («دراسة بعنوان …»)."""
    for match in findings.matches.get("events.theme", ())[:_MOST]:
        if (findings.outline.early(match.first) or _speaks(findings, match.first, main)) and not _anothers(findings, match, main):
            span = findings.reading.scan.span(*match.ranges["theme"])
            main.draft.fields["theme"] = findings.reading.scan.text(span)
            main.draft.add(span)
            return


def _speaks(findings: Findings, token: int, main: Candidate) -> bool:
    """Whether the sentence around ``token`` has the event's name or its head with the article."""
    words = findings.reading.scan.words
    first, last = findings.sentences.around(token)
    for t in main.tokens:
        if first <= t < last:
            return True
    return not main.definite.isdisjoint(words[first:last])


def _anothers(findings: Findings, match: Match, main: Candidate) -> bool:
    """Whether the head noun right before the wording is a document's, or of an event that is not the main one."""
    scan = findings.reading.scan
    for mention, _ in findings.names("EVENT"):
        if mention.first < match.first and mention.last >= match.first - 1:
            return findings.draft(mention) is not main.draft and not main.lone
    for t in range(match.first - 1, max(-1, match.first - 4), -1):
        if not scan.words[t][0].isalnum():
            return False
        if scan.tokens[t].flags & _HEADS:
            return bare(scan.words[t])[0].removesuffix("ا") != main.words[0].removesuffix("ا")
    return False


def _parties(findings: Findings, main: Draft) -> None:
    organisers: list[Draft] = main.fields["organisers"]
    participants: list[Draft] = main.fields["participants"]
    for institution in findings.made("institutions"):
        roles: list[str] = institution.fields["roles"]
        if "organiser" in roles:
            organisers.append(institution)
        elif "participant" in roles:
            participants.append(institution)
