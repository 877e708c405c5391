"""Delegations: groups that represent somebody, with head and members."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, Final

from newsextract.facts.draft import Draft, Findings
from newsextract.facts.pattern import Match
from newsextract.facts.word_list import word_lists
from newsextract.lexicon.schema import BIT
from newsextract.mentions.model import Mention
from newsextract.span import Span

KIND = "delegations"
_NEAR: Final = 120
"""Tokens between a head and members of the same delegation."""
_MOST: Final = 128
"""Matches of a rule that are looked at; bounds what a hostile text can cost."""
_HEADS: Final = ("delegations.head", "delegations.led", "delegations.titled")


def build(findings: Findings) -> list[Draft]:
    """One draft a delegation: a head rule opens one, member rules join the nearest or open their own."""
    matches = findings.matches
    if matches.keys().isdisjoint((*_HEADS, "delegations.members", "delegations.represented")):
        return []
    made: list[tuple[int, Draft]] = []
    for rule in _HEADS:
        for match in matches.get(rule, ())[:_MOST]:
            head = findings.draft(match.mentions["head"][0])
            if head is None or any(d.fields["head"] is head for _, d in made):
                continue
            made.append((match.first, _new(findings, match, head=head)))
    made.sort(key=lambda x: x[0])
    for match in matches.get("delegations.members", ())[:_MOST]:
        _members(findings, match, made)
    for match in matches.get("delegations.represented", ())[:_MOST]:
        draft = _new(findings, match, head=None)
        draft.fields["members"] = _people(findings, match, draft, made)
        if draft.fields["members"]:
            made.append((match.first, draft))
    return [d for _, d in made]


def _span(findings: Findings, match: Match) -> Span:
    return findings.reading.scan.span(match.first, match.last)


def _people(findings: Findings, match: Match, draft: Draft, made: list[tuple[int, Draft]]) -> list[Draft]:
    """The persons of a match who are in no delegation yet."""
    known = [p for _, d in made for p in (d.fields["head"], *d.fields["members"])]
    people: list[Draft] = []
    for mention in match.mentions["members"]:
        person = findings.draft(mention)
        if person is not None and person is not draft.fields["head"] and person not in people and person not in known:
            people.append(person)
    return people


def _members(findings: Findings, match: Match, made: list[tuple[int, Draft]]) -> None:
    """Members belong to the delegation named last before them; «ضم وفد قطر …» may open another."""
    scan = findings.reading.scan
    words = scan.words[match.first : match.mentions["members"][0].first]
    own = not word_lists(KIND)["delegation"].isdisjoint(words)
    of = _named(findings, match.first, match.mentions["members"][0].first) if own else None
    before = [d for at, d in made if at <= match.last and match.first - at <= _NEAR]
    fitting = [d for d in before if of is None or d.fields["of"] in (of, None) or d.fields["head"] in _drafts(findings, match)]
    if fitting:
        draft = fitting[-1]
        draft.add(_span(findings, match))
    elif own:
        draft = _new(findings, match, head=None)
        made.append((match.first, draft))
    else:
        return
    _lead(findings, match, draft)
    draft.fields["members"].extend(_people(findings, match, draft, made))
    if draft.fields["head"] is None and not draft.fields["members"]:
        made[:] = [x for x in made if x[1] is not draft]


def _drafts(findings: Findings, match: Match) -> list[Draft | None]:
    return [findings.draft(m) for m in match.mentions["members"]]


def _lead(findings: Findings, match: Match, draft: Draft) -> None:
    """«منى العامري رئيسة للوفد»: the member whose name the word follows is the head."""
    if draft.fields["head"] is not None:
        return
    leader = word_lists(KIND)["leader"]
    words = findings.reading.scan.words
    for mention in match.mentions["members"]:
        if words[mention.last : mention.last + 1] and words[mention.last] in leader:
            draft.fields["head"] = findings.draft(mention)
            return


def _new(findings: Findings, match: Match, head: Draft | None) -> Draft:
    fields: dict[str, Any] = {"of": _of(findings, match), "head": head, "members": []}
    return Draft(KIND, "", fields, [_span(findings, match)], f"rule:{match.rule.id}", match.rule.confidence)


def _of(findings: Findings, match: Match) -> Draft | None:
    """Whom it stands for: what the wording captures, the body or country named inside it, else the body named last before it."""
    captured = match.mentions.get("of")
    if captured:
        return findings.draft(captured[0])
    inside = _named(findings, match.first, match.last)
    if inside is not None:
        return inside
    bodies = [m for m, _ in findings.names("INSTITUTION")]
    k = bisect_right([m.first for m in bodies], match.first)
    return findings.draft(bodies[0]) if k and match.first - bodies[0].first < _NEAR else None


def _named(findings: Findings, first: int, last: int) -> Draft | None:
    """The body or country named in the token range, or the country of «الوفد العراقي»."""
    for mention in findings.reading.names:
        if first <= mention.first < last and mention.label in ("INSTITUTION", "PLACE"):
            return findings.draft(mention)
    return _of_demonym(findings, first, last)


def _of_demonym(findings: Findings, first: int, last: int) -> Draft | None:
    scan = findings.reading.scan
    for t in range(first, last):
        if not scan.flags[t] & BIT["DEMONYM"]:
            continue
        lexeme = scan.lexemes[t]
        reading = None if lexeme is None else lexeme.sense("DEMONYM")
        code = "" if reading is None else reading.sense.entry.country
        place: Mention | None = next((m for m, v in findings.names("PLACE") if v.kind == "country" and v.country == code), None) if code else None
        if place is not None:
            return findings.draft(place)
    return None
