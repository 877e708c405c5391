"""Institutions: named bodies, their short forms, and the parts they play."""

from __future__ import annotations

from typing import Final

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
            draft = bodies.take(mention, value)
            again[value.name] = draft
            if value.acronym_span is not None:
                draft.add(value.acronym_span)
        of_mention[id(mention)] = draft
    drafts = bodies.drafts
    if drafts:
        _short_forms(findings)
    publisher = issuer(findings, drafts)
    if publisher is not None:
        publisher.fields["roles"].append("issuer")
    _roles(findings, drafts)
    return drafts


def _bare(key: str) -> str:
    """The key without the article that a fused or written ال adds at its start."""
    return key[2:] if key.startswith(("ال", "لل")) else key


def _beginnings(key: str) -> list[str]:
    """The proper beginnings of two or more words."""
    words = key.split(" ")
    return [" ".join(words[:n]) for n in range(2, len(words))]


class _Bodies:
    """The bodies met so far, by entry, by name and by the beginnings of their names."""

    __slots__ = ("_begun", "_entries", "_names", "drafts")

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._entries: dict[str, Draft] = {}
        self._names: dict[str, Draft] = {}
        self._begun: dict[str, Draft] = {}

    def take(self, mention: Mention, value: NameValue) -> Draft:
        """The draft of the body that ``value`` names, new or met before, with this mention."""
        draft = self.find(value)
        if draft is None:
            draft = _new(mention, value)
            self.drafts.append(draft)
        else:
            _merge(draft, mention, value)
        self.know(draft, value)
        return draft

    def find(self, value: NameValue) -> Draft | None:
        """The body under this entry or this name; a name that no lexicon has may also be the beginning of a longer one, or go on from a shorter."""
        entry = value.entry
        if entry is not None:
            found = self._entries.get(entry.id)
            if found is not None:
                return found
        bare = _bare(value.key)
        found = self._names.get(bare)
        if found is not None or entry is not None:
            return found
        found = self._begun.get(bare)
        if found is not None:
            return found
        for shorter in reversed(_beginnings(bare)):
            found = self._names.get(shorter)
            if found is not None and found.fields["canonical"] is None:
                return found
        return None

    def know(self, draft: Draft, value: NameValue) -> None:
        """Remembers ``draft`` under the names of ``value``."""
        if value.entry is not None and value.entry.id:
            self._entries.setdefault(value.entry.id, draft)
        bare = _bare(value.key)
        if bare in self._names:
            return
        self._names[bare] = draft
        if " " in bare:
            for beginning in _beginnings(bare):
                self._begun.setdefault(beginning, draft)


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


def _short_forms(findings: Findings) -> None:
    """«المنظمة» after «منظمة التعاون الإسلامي»: the nearest body before it that the same head noun opens."""
    reading = findings.reading
    scan, shapes = reading.scan, reading.shapes
    names = findings.names("INSTITUTION")
    latest: dict[str, Draft] = {}
    covered = j = 0
    for i in findings.where(_HEAD):
        while j < len(names) and names[j][0].first <= i:
            mention = names[j][0]
            j += 1
            covered = max(covered, mention.last)
            lemma = _lemma(scan, mention.first)
            if lemma:
                latest[lemma] = findings.of_mention[id(mention)]
        if i < covered or not latest or not shapes[scan.words[i]] & DEFINITE:
            continue
        lexeme = scan.lexemes[i]
        found = None if lexeme is None else lexeme.sense("INSTITUTION_HEAD")
        if found is not None and found.sense.entry.number in ("", "sg"):
            body = latest.get(found.sense.entry.lemma)
            if body is not None:
                body.add(scan.span(i, i + 1, found.cut))


def _lemma(scan: Scan, at: int) -> str:
    """The lemma of the head noun at ``at``; empty if there is none."""
    if not scan.flags[at] & _HEAD:
        return ""
    lexeme = scan.lexemes[at]
    found = None if lexeme is None else lexeme.sense("INSTITUTION_HEAD")
    return "" if found is None else found.sense.entry.lemma


def _roles(findings: Findings, drafts: list[Draft]) -> None:
    for role, rule in _ROLES:
        for match in findings.matches.get(rule, ()):
            for mention in match.mentions.get(role, ()):
                draft = findings.draft(mention)
                if draft is not None and role not in draft.fields["roles"]:
                    draft.fields["roles"].append(role)
    for draft in drafts:
        if not draft.fields["roles"]:
            draft.fields["roles"].append("mentioned")
