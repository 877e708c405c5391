"""Named reports, resolutions, declarations and agreements."""

from __future__ import annotations

from newsextract.facts.draft import Draft, Findings

KIND = "documents"


def build(findings: Findings) -> list[Draft]:
    """One draft a distinct name, in text order of first mention."""
    made: dict[str, Draft] = {}
    for mention, value in findings.names("DOCUMENT"):
        draft = made.get(value.key)
        if draft is None:
            fields = {"name": value.name, "edition": None, "kind": value.kind or "other"}
            draft = made[value.key] = Draft(KIND, value.key, fields, [mention.span], mention.found_by, mention.confidence)
        else:
            draft.add(mention.span)
        findings.of_mention[id(mention)] = draft
    return list(made.values())
