"""Delegations: groups that represent somebody, with head and members."""

from __future__ import annotations

from newsextract.facts.draft import Draft, Findings
from newsextract.facts.pattern import Match
from newsextract.span import Span

KIND = "delegations"
_NEAR = 120
"""Tokens between a head and members of the same delegation."""


def build(findings: Findings) -> list[Draft]:
    """One draft a delegation: a head rule opens one, member rules join the nearest or open their own."""
    made: list[tuple[int, Draft]] = []
    for rule in ("delegations.head", "delegations.led"):
        for match in findings.matches.get(rule, ()):
            head = findings.draft(match.mentions["head"][0])
            if head is None or any(d.fields["head"] is head for _, d in made):
                continue
            made.append((match.first, _new(findings, match, head=head)))
    if made:
        for match in findings.matches.get("delegations.members", ()):
            _members(findings, match, made)
    if not made:
        for match in findings.matches.get("delegations.represented", ()):
            draft = _new(findings, match, head=None)
            draft.fields["of"] = findings.draft(match.mentions["of"][0])
            draft.fields["members"] = _people(findings, match, draft)
            made.append((match.first, draft))
    return [d for _, d in made]


def _span(findings: Findings, match: Match) -> Span:
    return findings.reading.scan.span(match.first, match.last)


def _people(findings: Findings, match: Match, draft: Draft) -> list[Draft]:
    people: list[Draft] = []
    for mention in match.mentions["members"]:
        person = findings.draft(mention)
        if person is not None and person is not draft.fields["head"] and person not in people:
            people.append(person)
    return people


def _members(findings: Findings, match: Match, made: list[tuple[int, Draft]]) -> None:
    """Members belong to the delegation that was named last before them."""
    before = [(at, d) for at, d in made if at <= match.first and match.first - at <= _NEAR]
    if not before:
        return
    draft = before[-1][1]
    draft.add(_span(findings, match))
    for person in _people(findings, match, draft):
        if person not in draft.fields["members"]:
            draft.fields["members"].append(person)


def _new(findings: Findings, match: Match, head: Draft | None) -> Draft:
    fields = {"of": _of(findings, match), "head": head, "members": []}
    return Draft(KIND, "", fields, [_span(findings, match)], f"rule:{match.rule.id}", match.rule.confidence)


def _of(findings: Findings, match: Match) -> Draft | None:
    """Whom it stands for: the body or country named inside the wording, else the subject of the sentence before."""
    names = findings.reading.names
    for mention in names:
        if mention.label in ("INSTITUTION", "PLACE") and match.first <= mention.first < match.last:
            return findings.draft(mention)
    before = [m for m in names if m.label == "INSTITUTION" and m.first < match.first and match.first - m.first < _NEAR]
    return findings.draft(before[0]) if before else None
