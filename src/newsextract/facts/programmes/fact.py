"""Programmes, networks, strategies, funds, awards and initiatives with a name of their own."""

from __future__ import annotations

from newsextract.facts.draft import Draft, Findings

KIND = "programmes"


def build(findings: Findings) -> list[Draft]:
    """One draft a distinct name, in text order of first mention."""
    made: dict[str, Draft] = {}
    for mention, value in findings.names("PROGRAMME"):
        draft = made.get(value.key)
        if draft is None:
            fields = {"name": value.name, "acronym": value.acronym or None, "kind": value.kind or "other"}
            draft = made[value.key] = Draft(KIND, value.key, fields, [mention.span], mention.found_by, mention.confidence)
        else:
            draft.add(mention.span)
        if value.acronym and draft.fields["acronym"] is None:
            draft.fields["acronym"] = value.acronym
        if value.acronym_span is not None:
            draft.add(value.acronym_span)
        findings.of_mention[mention] = draft
    return list(made.values())
