"""Institutions: named bodies, their short forms, and the parts they play."""

from __future__ import annotations

from newsextract.facts.draft import Draft, Findings
from newsextract.facts.institutions.issuer import issuer
from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import DEFINITE
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue

KIND = "institutions"
_ROLES = ("organiser", "host", "participant", "partner")


def build(findings: Findings) -> list[Draft]:
    """One draft a distinct body; generic later mentions («المنظمة») are evidence of the body they stand for."""
    made: dict[str, Draft] = {}
    for mention, value in findings.names("INSTITUTION"):
        draft = _same(made, value)
        if draft is None:
            draft = made[_key(value)] = _new(mention, value)
        else:
            _merge(draft, mention, value)
        if value.acronym_span is not None:
            draft.add(value.acronym_span)
        findings.of_mention[id(mention)] = draft
    drafts = list(made.values())
    _short_forms(findings, drafts)
    publisher = issuer(findings, drafts)
    if publisher is not None:
        publisher.fields["roles"].append("issuer")
    _roles(findings, drafts)
    return drafts


def _key(value: NameValue) -> str:
    return value.entry.id if value.entry is not None and value.entry.id else value.key


def _bare(key: str) -> str:
    """The key without the article that a fused or written ال adds at its start."""
    return key[2:] if key.startswith("ال") else key[1:] if key.startswith("لل") else key


def _same(made: dict[str, Draft], value: NameValue) -> Draft | None:
    """The body already met under this entry, this name, its beginning, or its acronym."""
    draft = made.get(_key(value))
    if draft is not None:
        return draft
    bare = _bare(value.key)
    for draft in made.values():
        known = _bare(draft.key)
        if bare == known:
            return draft
        if value.entry is None and " " in bare and known.startswith(bare + " "):
            return draft
        if draft.fields["canonical"] is None and " " in known and bare.startswith(known + " ") and value.entry is None:
            return draft
    return None


def _new(mention: Mention, value: NameValue) -> Draft:
    entry = value.entry
    acronym = value.acronym or (entry.acronym if entry is not None else "")
    return Draft(
        KIND,
        value.key,
        {
            "name": value.name,
            "canonical": entry.surface if entry is not None else None,
            "name_en": entry.name_en or None if entry is not None else None,
            "acronym": acronym or None,
            "aliases": [],
            "kind": value.kind or "other",
            "wikidata": entry.wikidata or None if entry is not None else None,
            "country_code": value.country or None,
            "roles": [],
        },
        [mention.span],
        mention.found_by,
        mention.confidence,
    )


def _merge(draft: Draft, mention: Mention, value: NameValue) -> None:
    draft.add(mention.span)
    fields = draft.fields
    if len(value.key) > len(draft.key):
        if fields["name"] not in fields["aliases"]:
            fields["aliases"].append(fields["name"])
        fields["name"] = value.name
        draft.key = value.key
    elif value.name != fields["name"] and value.name not in fields["aliases"]:
        fields["aliases"].append(value.name)
    if value.acronym and fields["acronym"] is None:
        fields["acronym"] = value.acronym


def _short_forms(findings: Findings, drafts: list[Draft]) -> None:
    """«المنظمة» after «منظمة التعاون الإسلامي»: the nearest body before it that the same head noun opens."""
    reading = findings.reading
    scan, shapes = reading.scan, reading.shapes
    head_bit = BIT["INSTITUTION_HEAD"]
    if not any(f & head_bit for f in scan.flags):
        return
    inside = bytearray(len(scan.words) + 1)
    by_head: list[tuple[int, str, Draft]] = []
    for mention, _ in findings.names("INSTITUTION"):
        for t in range(mention.first, mention.last):
            inside[t] = 1
        lexeme = scan.lexemes[mention.first]
        reading_ = None if lexeme is None else lexeme.sense("INSTITUTION_HEAD")
        if reading_ is not None:
            by_head.append((mention.first, reading_.sense.entry.lemma, findings.of_mention[id(mention)]))
    for i, flags in enumerate(scan.flags):
        if not flags & head_bit or inside[i] or not shapes[scan.words[i]] & DEFINITE:
            continue
        lexeme = scan.lexemes[i]
        found = None if lexeme is None else lexeme.sense("INSTITUTION_HEAD")
        if found is None or found.sense.entry.number not in ("", "sg"):
            continue
        before = [d for at, lemma, d in by_head if at < i and lemma == found.sense.entry.lemma]
        if before:
            before[-1].add(scan.span(i, i + 1, found.cut))


def _roles(findings: Findings, drafts: list[Draft]) -> None:
    for role in _ROLES:
        for match in findings.matches.get(f"institutions.{role}", ()):
            for mention in match.mentions.get(role, ()):
                draft = findings.draft(mention)
                if draft is not None and role not in draft.fields["roles"]:
                    draft.fields["roles"].append(role)
    for draft in drafts:
        if not draft.fields["roles"]:
            draft.fields["roles"].append("mentioned")
