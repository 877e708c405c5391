"""From facts to the record: order, number, resolve links, validate once."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

from newsextract.facts.draft import Draft, Findings
from newsextract.record.model import (
    SCHEMA,
    Count,
    DateFact,
    Delegation,
    Document,
    Event,
    Evidence,
    ExtractorInfo,
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
from newsextract.source import Source
from newsextract.span import Span

KINDS: Final[tuple[tuple[str, str, type[Fact], tuple[str, ...]], ...]] = (
    ("dates", "date-", DateFact, ()),
    ("places", "place-", Place, ()),
    ("people", "person-", Person, ("affiliation",)),
    ("delegations", "delegation-", Delegation, ("of", "head", "members")),
    ("institutions", "institution-", Institution, ()),
    ("programmes", "programme-", Programme, ()),
    ("documents", "document-", Document, ()),
    ("counts", "count-", Count, ()),
    ("money", "money-", Money, ()),
    ("percentages", "percentage-", Percentage, ()),
)
"""The record's lists in their order: kind, what its ids begin with, what its facts are, which of their fields are links to other facts."""
_EVENT_ID: Final = "event-"
_IDS: Final = {prefix: [f"{prefix}{number}" for number in range(1, 65)] for prefix in (_EVENT_ID, *[prefix for _, prefix, _, _ in KINDS])}
"""The ids that most releases need."""
_MADE: Final[list[type[Fact]]] = [Event, *[made for _, _, made, _ in KINDS]]
_OWN_FIELDS: Final = {made: [field.name for field in fields(made)][len(fields(Fact)) :] for made in _MADE}
"""The fields of each kind of fact behind those of every fact, in order."""
_PARTIES: Final = ("organisers", "participants")


def assemble(source: Source, findings: Findings, extractor: ExtractorInfo, *, content: bool = False) -> Record:
    """The record of ``source``: the facts are made here as they are, all else is validated.

    Args:
        source: The document.
        findings: What was found in it; its drafts become the record's facts.
        extractor: What made them (:class:`ExtractorInfo`).
        content: Whether the record carries the text itself.
    """
    return Record.model_validate(payload(source, findings, extractor, content=content))


def payload(source: Source, findings: Findings, extractor: ExtractorInfo, *, content: bool = False) -> dict[str, Any]:
    """The record as plain values, in the order and under the names of the public contract."""
    text = source.text
    out: dict[str, Any] = {
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
        "issuer": None,
        "published": findings.published,
        "event": None,
        "related_events": [],
        "venue": None,
        "warnings": [*source.warnings, *findings.warnings],
        "extractor": extractor,
    }
    number(findings)
    for kind, _, made, links in KINDS:
        out[kind] = [_fact(made, draft, text, links) for draft in findings.made(kind)]
    events = findings.made("events")
    if events:
        out["event"] = _fact(Event, events[0], text, _PARTIES)
        out["related_events"] = [_fact(Event, draft, text, _PARTIES) for draft in sorted(events[1:], key=first_span)]
    for draft in findings.made("venue"):
        out["venue"] = Venue(found_by=draft.found_by, confidence=draft.confidence, mentions=_evidence(draft, text), **draft.fields)
    out["issuer"] = issuer(findings)
    return out


def number(findings: Findings) -> None:
    """Puts the facts of each kind in text order and gives them their ids; the main event stays the first, whatever its number."""
    for kind, prefix, _, _ in KINDS:
        drafts = findings.made(kind)
        if drafts:
            findings.drafts[kind] = _numbered(drafts, prefix)
    _numbered(findings.made("events"), _EVENT_ID)
    for draft in findings.made("venue"):
        draft.spans.sort()


def _numbered(drafts: list[Draft], prefix: str) -> list[Draft]:
    """The drafts in text order, with ids."""
    for draft in drafts:
        if len(draft.spans) > 1:
            draft.spans.sort()
    if len(drafts) > 1 and not _in_order(drafts):
        drafts = sorted(drafts, key=first_span)
    ids = _IDS[prefix]
    known = len(ids)
    for number, draft in enumerate(drafts):
        draft.id = ids[number] if number < known else f"{prefix}{number + 1}"
    return drafts


def _in_order(drafts: list[Draft]) -> bool:
    """Whether each draft's evidence begins behind that of the one before."""
    last = -1
    for draft in drafts:
        start = draft.spans[0].start
        if start <= last:
            return False
        last = start
    return True


def first_span(draft: Draft) -> Span:
    """Where a draft's evidence begins."""
    return draft.spans[0]


def _evidence(draft: Draft, text: str) -> list[Evidence]:
    return [Evidence(s.start, s.end, text[s.start : s.end]) for s in draft.spans]


def _fact(made: type[Fact], draft: Draft, text: str, links: tuple[str, ...]) -> Fact:
    """The draft as the record's fact of its kind; the fields ``links`` become the ids of the facts, one or several, that they link to."""
    values: list[Any] = [draft.id, draft.found_by, draft.confidence, _evidence(draft, text)]
    told = draft.fields
    if links:
        told = told.copy()
        for link in links:
            other = told[link]
            if other is not None:
                told[link] = other.id if isinstance(other, Draft) else [linked.id for linked in other]
    values += [told[name] for name in _OWN_FIELDS[made]]
    return made(*values)


def issuer(findings: Findings) -> str | None:
    """The id of the institution that issued the release."""
    for draft in findings.made("institutions"):
        if "issuer" in draft.fields["roles"]:
            return draft.id
    return None


def title(findings: Findings, text: str) -> tuple[int, int] | None:
    """Where the headline stands: the line as written, to its last visible character, signs and marks included."""
    first, last = findings.outline.headline
    if first == last:
        return None
    start, end = findings.reading.scan.span(first, last)
    newline = text.find("\n", end)
    end += len(text[end : None if newline < 0 else newline].rstrip())
    return start, end


def _title(findings: Findings, text: str) -> dict[str, Any] | None:
    headline = title(findings, text)
    return None if headline is None else {"text": text[headline[0] : headline[1]], "start": headline[0], "end": headline[1]}
