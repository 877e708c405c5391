"""From facts to the record: order, number, resolve links, validate once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from newsextract.facts.draft import Draft, Findings
from newsextract.record.model import (
    SCHEMA,
    Count,
    DateFact,
    Delegation,
    Document,
    Event,
    Evidence,
    Fact,
    Institution,
    Money,
    Percentage,
    Person,
    Place,
    Programme,
    Record,
    Venue,
)
from newsextract.scan.scanner import Scan
from newsextract.source import Source

_PREFIX: Final = {
    "dates": "date",
    "places": "place",
    "people": "person",
    "delegations": "delegation",
    "institutions": "institution",
    "programmes": "programme",
    "documents": "document",
    "counts": "count",
    "money": "money",
    "percentages": "percentage",
    "events": "event",
}

_LISTS: Final[dict[str, type[Fact]]] = {
    "dates": DateFact,
    "places": Place,
    "people": Person,
    "delegations": Delegation,
    "institutions": Institution,
    "programmes": Programme,
    "documents": Document,
    "counts": Count,
    "money": Money,
    "percentages": Percentage,
}
F = TypeVar("F", bound=Fact)


def assemble(source: Source, findings: Findings, extractor: dict[str, Any], *, content: bool = False) -> Record:
    """The validated record of ``source``."""
    return Record.model_validate(payload(source, findings, extractor, content=content))


def payload(source: Source, findings: Findings, extractor: dict[str, Any], *, content: bool = False) -> dict[str, Any]:
    """The record as plain values, in the order and under the names of the public contract."""
    text = source.text
    for kind, prefix in _PREFIX.items():
        drafts = findings.made(kind)
        for draft in drafts:
            draft.spans.sort()
        ordered = sorted(drafts, key=lambda d: d.spans[0])
        if kind != "events":
            findings.drafts[kind] = ordered
        for number, draft in enumerate(ordered, 1):
            draft.id = f"{prefix}-{number}"
    issuer = _issuer(findings)
    events = findings.made("events")
    venue = findings.made("venue")
    lists = {kind: [_fact(made, d, text) for d in findings.made(kind)] for kind, made in _LISTS.items()}
    return {
        "schema": SCHEMA,
        "id": f"sha256:{source.sha256}",
        "source": {
            "name": source.name,
            "uri": source.uri,
            "media_type": source.media_type,
            "encoding": source.encoding,
            "bytes": source.bytes,
            "sha256": source.sha256,
        },
        "text": {
            "characters": len(text),
            "sha256": source.text_sha256,
            "content": text if content else None,
        },
        "language": "ar",
        "title": _title(findings, text),
        "issuer": issuer,
        "published": findings.published,
        "event": _fact(Event, events[0], text) if events else None,
        "related_events": [_fact(Event, d, text) for d in sorted(events[1:], key=lambda d: d.spans[0])],
        "venue": _venue(venue[0], text) if venue else None,
        **lists,
        "warnings": [*source.warnings, *findings.warnings],
        "extractor": extractor,
    }


def _evidence(spans: Sequence[tuple[int, int]], text: str) -> list[Evidence]:
    return [Evidence(start, end, text[start:end]) for start, end in spans]


def _fact(made: type[F], draft: Draft, text: str) -> F:
    """The draft as the record's fact of its kind, with the links resolved to ids."""
    fields: dict[str, Any] = {}
    for name, value in draft.fields.items():
        if isinstance(value, Draft):
            value = value.id
        elif isinstance(value, list) and value and isinstance(value[0], Draft):
            value = [v.id for v in value]
        elif name[0] == "_":
            continue
        fields[name] = value
    return made(id=draft.id, found_by=draft.found_by, confidence=draft.confidence, mentions=_evidence(draft.spans, text), **fields)


def _venue(draft: Draft, text: str) -> Venue:
    return Venue(found_by=draft.found_by, confidence=draft.confidence, mentions=_evidence(sorted(draft.spans), text), **draft.fields)


def _title(findings: Findings, text: str) -> dict[str, Any] | None:
    scan: Scan = findings.reading.scan
    for zone in findings.reading.zones:
        if zone.kind == "headline":
            start, end = scan.span(zone.first, zone.last)
            # the line as written: to the last visible character, signs and marks included
            newline = text.find("\n", end)
            line_end = len(text) if newline < 0 else newline
            end += len(text[end:line_end].rstrip())
            return {"text": text[start:end], "start": start, "end": end}
    return None


def _issuer(findings: Findings) -> str | None:
    for draft in findings.made("institutions"):
        if "issuer" in draft.fields["roles"]:
            return draft.id
    return None
