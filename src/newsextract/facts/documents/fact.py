"""Named reports, resolutions, declarations and agreements."""

from __future__ import annotations

from newsextract.facts.draft import Draft, Findings

KIND = "documents"


def build(findings: Findings) -> list[Draft]:
    """One draft a distinct name, in text order of first mention."""
    made: dict[str, Draft] = {}
    names = findings.names("DOCUMENT")
    if not names:
        return []
    for mention, value in names:
        draft = made.get(value.key)
        if draft is None:
            fields = {"name": value.name, "kind": value.kind or "other", "edition": None}
            draft = made[value.key] = Draft(KIND, value.key, fields, [mention.span], mention.found_by, mention.confidence)
        else:
            draft.add(mention.span)
        findings.of_mention[mention] = draft
    _editions(findings)
    return list(made.values())


def _editions(findings: Findings) -> None:
    """«إصدار 2025 من تقرير …»: what stands between the word and the document is the edition."""
    scan = findings.reading.scan
    for match in findings.matches.get("documents.edition", ()):
        mention = match.mentions["document"][0]
        draft = findings.draft(mention)
        if draft is not None and draft.fields["edition"] is None and mention.first - match.first > 2:
            draft.fields["edition"] = scan.text(scan.span(match.first + 1, mention.first - 1))
            draft.add(scan.span(match.first, match.last))
