"""Events: which one the release is about, its session, theme, days and parties; the others are related events."""

from __future__ import annotations

from newsextract.facts.draft import Draft, Findings
from newsextract.lexicon.schema import BIT
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue
from newsextract.scan.zones import Zone
from newsextract.values.date import DateValue

KIND = "events"
_LEAD = 70
"""Tokens of the body in which the main event is introduced."""
_WEIGHT = {"conference": 1.5, "exhibition": 1.5, "forum": 1.5, "training": 1.0, "workshop": 1.0, "session": 1.0, "meeting": 0.5, "other": 1.0, "campaign": 0.5}
_SESSION_NEAR = 40


def build(findings: Findings) -> list[Draft]:
    """The main event first, then the related ones."""
    made: dict[str, Draft] = {}
    scores: dict[int, float] = {}
    zones = findings.reading.zones
    body = next((z.first for z in zones if z.kind == "body"), 0)
    for mention, value in findings.names("EVENT"):
        draft = _same(made, value)
        if draft is None:
            draft = made[value.key] = _new(mention, value)
            scores[id(draft)] = _WEIGHT.get(value.kind, 0.0)
        else:
            _merge(draft, mention, value)
        if value.acronym_span is not None:
            draft.add(value.acronym_span)
        findings.of_mention[id(mention)] = draft
        scores[id(draft)] += _worth(zones, mention, value, body)
    if not made:
        return []
    drafts = sorted(made.values(), key=lambda d: (-scores[id(d)], d.spans[0].start))
    main = drafts[0]
    _session(findings, main)
    _theme(findings, main)
    _parties(findings, main)
    days = _days(findings, main)
    if days is not None:
        main.fields["start"], main.fields["end"], main.fields["edtf"] = days.start, days.end, days.edtf
    return drafts


def _worth(zones: list[Zone], mention: Mention, value: NameValue, body: int) -> float:
    worth = 1.0
    if any(z.kind == "headline" and z.first <= mention.first < z.last for z in zones):
        worth += 3.0
    elif mention.first < body + _LEAD:
        worth += 2.0
    return worth + (1.0 if value.ordinal is not None else 0.0)


def _bare(key: str) -> str:
    return key[2:] if key.startswith("ال") else key[1:] if key.startswith("لل") else key


def _same(made: dict[str, Draft], value: NameValue) -> Draft | None:
    bare = _bare(value.key)
    for draft in made.values():
        known = _bare(draft.key)
        if bare == known or known.startswith(bare + " ") or bare.startswith(known + " "):
            return draft
    return None


def _new(mention: Mention, value: NameValue) -> Draft:
    entry = value.entry
    return Draft(
        KIND,
        value.key,
        {
            "name": value.name,
            "kind": value.kind or "other",
            "name_en": entry.name_en or None if entry is not None else None,
            "acronym": value.acronym or None,
            "aliases": [] if mention.text == value.name else [mention.text],
            "ordinal": value.ordinal,
            "theme": value.theme or None,
            "start": None,
            "end": None,
            "edtf": None,
            "organisers": [],
            "participants": [],
        },
        [mention.span],
        mention.found_by,
        mention.confidence,
    )


def _merge(draft: Draft, mention: Mention, value: NameValue) -> None:
    draft.add(mention.span)
    fields = draft.fields
    for name in (value.name, mention.text):
        if name != fields["name"] and name not in fields["aliases"]:
            fields["aliases"].append(name)
    if len(value.key) > len(draft.key) and draft.fields["ordinal"] is None:
        fields["aliases"].append(fields["name"])
        fields["name"], draft.key = value.name, value.key
        fields["aliases"] = [a for a in fields["aliases"] if a != value.name]
    if fields["ordinal"] is None:
        fields["ordinal"] = value.ordinal


def _session(findings: Findings, main: Draft) -> None:
    """«في دورته السادسة»: the session that follows the main event."""
    if main.fields["ordinal"] is not None:
        return
    matches = findings.matches.get("events.session", ())
    if matches:
        main.fields["ordinal"] = matches[0].ordinals["n"]
        main.add(findings.reading.scan.span(*matches[0].ranges["n"]))


def _theme(findings: Findings, main: Draft) -> None:
    for match in findings.matches.get("events.theme", ()):
        span = findings.reading.scan.span(*match.ranges["theme"])
        main.fields["theme"] = findings.reading.scan.text(span)
        main.add(span)
        return


def _parties(findings: Findings, main: Draft) -> None:
    for institution in findings.made("institutions"):
        roles = institution.fields["roles"]
        if "organiser" in roles:
            main.fields["organisers"].append(institution)
        elif "participant" in roles:
            main.fields["participants"].append(institution)


def _days(findings: Findings, main: Draft) -> DateValue | None:
    """The days of the main event: a header line, else a date with the role event near it."""
    reading = findings.reading
    for zone in reading.zones:
        if zone.kind == "header.date":
            for mention in reading.dates:
                if zone.first <= mention.first < zone.last and isinstance(mention.value, DateValue) and mention.value.start is not None:
                    return mention.value
    dates = [d for d in findings.made("dates") if d.fields["role"] == "event"]
    if not dates:
        return None
    ranged = [d for d in dates if d.fields["start"] != d.fields["end"] and d.fields["precision"] == "day"]
    best = (ranged or [d for d in dates if d.fields["precision"] == "day"] or dates)[0]
    value = best.fields["_value"]
    assert isinstance(value, DateValue)
    return value


VERB = BIT["VERB"]
