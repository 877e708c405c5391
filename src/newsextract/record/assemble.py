"""From facts to the record: order, number, resolve links, validate once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final

from newsextract.facts.draft import Draft, Findings
from newsextract.record.model import SCHEMA, Evidence, Record
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
    lists = {kind: [_fact(d, text) for d in findings.made(kind)] for kind in _PREFIX if kind != "events"}
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
            "sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            "content": text if content else None,
        },
        "language": "ar",
        "title": _title(findings, text),
        "issuer": issuer,
        "published": findings.published,
        "event": _fact(events[0], text) if events else None,
        "related_events": [_fact(d, text) for d in sorted(events[1:], key=lambda d: d.spans[0])],
        "venue": _venue(venue[0], text) if venue else None,
        **lists,
        "warnings": [*source.warnings, *findings.warnings],
        "extractor": extractor,
    }


def _evidence(spans: Sequence[tuple[int, int]], text: str) -> list[Evidence]:
    return [Evidence(start, end, text[start:end]) for start, end in spans]


def _fact(draft: Draft, text: str) -> dict[str, Any]:
    out: dict[str, Any] = {"id": draft.id}
    for name, value in draft.fields.items():
        if name[0] == "_":
            continue
        if isinstance(value, Draft):
            value = value.id
        elif isinstance(value, list):
            value = [v.id if isinstance(v, Draft) else v for v in value]
        out[name] = value
    out["found_by"] = draft.found_by
    out["confidence"] = draft.confidence
    out["mentions"] = _evidence(draft.spans, text)
    return out


def _venue(draft: Draft, text: str) -> dict[str, Any]:
    return {**draft.fields, "found_by": draft.found_by, "confidence": draft.confidence, "mentions": _evidence(sorted(draft.spans), text)}


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
