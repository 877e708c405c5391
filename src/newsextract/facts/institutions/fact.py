"""Institutions: named bodies, their short forms, and the parts they play."""

from __future__ import annotations

from typing import Any, Final

from newsextract.facts.draft import Draft, Findings
from newsextract.facts.institutions.issuer import issuer
from newsextract.lexicon.schema import BIT
from newsextract.lexicon.shape import DEFINITE
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue
from newsextract.scan.scanner import Scan

KIND = "institutions"
_ROLES: Final = tuple((role, f"institutions.{role}") for role in ("organiser", "host", "participant", "partner"))
_HEAD: Final = BIT["INSTITUTION_HEAD"]
_ARTICLES: Final = ("ال", "لل")
"""What a fused or written article adds at the start of a name's key."""
_MOST_NEAR: Final = 64
"""Bodies with the same first two words that a name is compared with; bounds what a hostile text can cost."""


def build(findings: Findings) -> list[Draft]:
    """One draft a distinct body; generic later mentions («المنظمة») are evidence of the body they stand for."""
    bodies = _Bodies()
    of_mention = findings.of_mention
    again: dict[str, Draft] = {}
    for mention, value in findings.names("INSTITUTION"):
        draft = again.get(value.name)
        if draft is not None and not value.acronym:
            draft.add(mention.span)
        else:
            draft = again[value.name] = bodies.take(mention, value)
            if value.acronym_span is not None:
                draft.add(value.acronym_span)
        of_mention[mention] = draft
    drafts = bodies.drafts
    if drafts:
        _short_forms(findings)
    publisher = issuer(findings, drafts)
    if publisher is not None:
        publisher.fields["roles"].append("issuer")
    _roles(findings, drafts)
    return drafts


class _Bodies:
    """The bodies met so far, by entry, by name, and by the first two words of their names."""

    __slots__ = ("_begun", "_entries", "_names", "drafts")

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._entries: dict[str, Draft] = {}
        self._names: dict[str, Draft] = {}
        self._begun: dict[str, list[tuple[str, Draft]]] = {}

    def take(self, mention: Mention, value: NameValue) -> Draft:
        """The draft of the body that ``value`` names, new or met before, with this mention."""
        key = value.key
        bare = key[2:] if key.startswith(_ARTICLES) else key
        entry = value.entry
        draft = None if entry is None else self._entries.get(entry.id)
        if draft is None:
            draft = self._names.get(bare)
            if draft is None and entry is None:
                draft = self._akin(bare)
        if draft is None:
            draft = _new(mention, value)
            self.drafts.append(draft)
        else:
            _merge(draft, mention, value)
        if entry is not None and entry.id:
            self._entries.setdefault(entry.id, draft)
        if bare not in self._names:
            self._know(bare, draft)
        return draft

    def _akin(self, bare: str) -> Draft | None:
        """The first body whose longer name begins with ``bare``, else the one with the longest name that begins ``bare`` and that no lexicon has."""
        known = self._begun.get(_two_words(bare))
        if known is None:
            return None
        shorter: Draft | None = None
        longest = 0
        begun = bare + " "
        for name, draft in known[:_MOST_NEAR]:
            if name.startswith(begun):
                return draft
            if len(name) > longest and bare.startswith(name) and bare[len(name)] == " " and draft.fields["canonical"] is None:
                shorter, longest = draft, len(name)
        return shorter

    def _know(self, bare: str, draft: Draft) -> None:
        """Remembers ``draft`` under a name."""
        self._names[bare] = draft
        two = _two_words(bare)
        if two:
            self._begun.setdefault(two, []).append((bare, draft))


def _two_words(name: str) -> str:
    """The first two words of a name, empty if it has only one."""
    at = name.find(" ")
    if at < 0:
        return ""
    after = name.find(" ", at + 1)
    return name if after < 0 else name[:after]


def _new(mention: Mention, value: NameValue) -> Draft:
    entry = value.entry
    fields: dict[str, Any] = {
        "name": value.name,
        "canonical": None,
        "name_en": None,
        "acronym": value.acronym or None,
        "aliases": [],
        "kind": value.kind or "other",
        "wikidata": None,
        "country_code": value.country or None,
        "roles": [],
    }
    if entry is not None:
        fields["canonical"] = entry.surface
        fields["name_en"] = entry.name_en or None
        fields["acronym"] = value.acronym or entry.acronym or None
        fields["wikidata"] = entry.wikidata or None
    return Draft(KIND, value.key, fields, [mention.span], mention.found_by, mention.confidence)


def _merge(draft: Draft, mention: Mention, value: NameValue) -> None:
    draft.add(mention.span)
    fields = draft.fields
    if len(value.key) > len(draft.key):
        if fields["name"] not in fields["aliases"]:
            fields["aliases"].append(fields["name"])
        fields["name"] = value.name
        draft.key = value.key
    else:
        draft.call(value.name)
    if value.acronym and fields["acronym"] is None:
        fields["acronym"] = value.acronym


def _short_forms(findings: Findings) -> None:
    """«المنظمة» after «منظمة التعاون الإسلامي»: the nearest body before it that the same head noun opens."""
    reading = findings.reading
    scan, shapes = reading.scan, reading.shapes
    tokens = scan.tokens
    names = findings.names("INSTITUTION")
    size = len(names)
    latest: dict[str, Draft] = {}
    covered = j = 0
    for i in findings.where(_HEAD):
        while j < size:
            mention = names[j][0]
            if mention.first > i:
                break
            j += 1
            if mention.last > covered:
                covered = mention.last
            lemma = _lemma(scan, mention.first)
            if lemma:
                latest[lemma] = findings.of_mention[mention]
        if i < covered or not latest or not shapes.of(tokens[i]) & DEFINITE:
            continue
        lexeme = tokens[i].lexeme
        found = None if lexeme is None else lexeme.sense("INSTITUTION_HEAD")
        if found is None:
            continue
        entry = found.sense.entry
        if entry.number == "" or entry.number == "sg":
            body = latest.get(entry.lemma)
            if body is not None:
                body.add(scan.span(i, i + 1, found.cut))


def _lemma(scan: Scan, at: int) -> str:
    """The lemma of the head noun at ``at``; empty if there is none."""
    if not scan.tokens[at].flags & _HEAD:
        return ""
    lexeme = scan.tokens[at].lexeme
    found = None if lexeme is None else lexeme.sense("INSTITUTION_HEAD")
    return "" if found is None else found.sense.entry.lemma


def _roles(findings: Findings, drafts: list[Draft]) -> None:
    matches = findings.matches
    for role, rule in _ROLES:
        if rule not in matches:
            continue
        for match in matches[rule]:
            for mention in match.mentions.get(role, ()):
                draft = findings.draft(mention)
                if draft is not None and role not in draft.fields["roles"]:
                    draft.fields["roles"].append(role)
    for draft in drafts:
        if not draft.fields["roles"]:
            draft.fields["roles"].append("mentioned")
