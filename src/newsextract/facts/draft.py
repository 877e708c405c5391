"""Facts in the making: plain, linkable, without ids. The record layer numbers and validates them."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from newsextract.facts.outline import Outline, Sentences
from newsextract.facts.rule import Match
from newsextract.mentions.model import Mention
from newsextract.mentions.name_value import NameValue
from newsextract.mentions.reading import Reading
from newsextract.span import Span

_FEW: Final = 8
"""Spans up to which a list is searched sooner than a set is made."""
Named = tuple[Mention, NameValue]


class Draft:
    """One fact before it has an id.

    Attributes:
        kind: The record's list it belongs to (``people``, ``events``, …).
        fields: Its own fields by their public names, in the order of the contract; a value may be another draft (or a list of them), which becomes its id.
        spans: Its evidence in the source.
        found_by, confidence: Provenance.
        id: Given when the record is assembled.
        key: What links further mentions to it.
    """

    __slots__ = ("_called", "_seen", "confidence", "fields", "found_by", "id", "key", "kind", "spans")

    def __init__(self, kind: str, key: str, fields: dict[str, Any], spans: list[Span], found_by: str, confidence: float) -> None:
        self.kind = kind
        self.key = key
        self.fields = fields
        self.spans = spans
        self.found_by = found_by
        self.confidence = confidence
        self.id = ""
        self._seen: set[Span] | None = None
        self._called: set[str] | None = None

    def add(self, span: Span) -> None:
        """Adds evidence, once."""
        spans = self.spans
        if len(spans) > _FEW:
            if self._seen is None or len(self._seen) != len(spans):
                self._seen = set(spans)
            if span in self._seen:
                return
            self._seen.add(span)
        elif span in spans:
            return
        spans.append(span)

    def call(self, name: str) -> None:
        """Adds a name among the aliases, once."""
        fields = self.fields
        aliases: list[str] = fields["aliases"]
        if name == fields["name"]:
            return
        if len(aliases) > _FEW:
            if self._called is None or len(self._called) != len(aliases):
                self._called = set(aliases)
            if name in self._called:
                return
            self._called.add(name)
        elif name in aliases:
            return
        aliases.append(name)

    def rename(self, name: str) -> None:
        """Gives it another name; the old one stays as an alias."""
        fields = self.fields
        fields["aliases"] = [a for a in (*fields["aliases"], fields["name"]) if a != name]
        fields["name"] = name
        self._called = None


class Findings:
    """What the fact builders share: the reading, the rules that fitted, and the drafts made so far.

    Attributes:
        reading: The text as it was read.
        matches: Rule id → its matches.
        drafts: Kind → drafts in the order they were made.
        of_mention: Mention → the draft that it became part of.
        outline: Where headline, dateline and lead lie.
        sentences: The sentence around a token.
        published: The day the release is dated, as the caller knows it or, once the dates are made, as it says itself.
        warnings: What a reader of the record should know.
    """

    __slots__ = ("_by_label", "_where", "drafts", "matches", "of_mention", "outline", "published", "reading", "sentences", "warnings")

    def __init__(self, reading: Reading, matches: list[Match], published: date | None) -> None:
        self.reading = reading
        by_rule: dict[str, list[Match]] = {}
        for match in matches:
            rule = match.rule.id
            if rule in by_rule:
                by_rule[rule].append(match)
            else:
                by_rule[rule] = [match]
        self.matches = by_rule
        self.drafts: dict[str, list[Draft]] = {}
        self.of_mention: dict[Mention, Draft] = {}
        self.published = published
        self.warnings: list[str] = []
        self.outline = Outline(reading.scan, reading.zones)
        self.sentences = Sentences(reading.scan.words)
        self._where: dict[int, list[int]] = {}
        themes = by_rule.get("events.theme")
        if themes:
            _leave_themes(reading, themes)
        by_label: dict[str, list[Named]] = {}
        for mention in reading.names:
            label = mention.label
            value = mention.value
            assert isinstance(value, NameValue)
            if label in by_label:
                by_label[label].append((mention, value))
            else:
                by_label[label] = [(mention, value)]
        self._by_label = by_label

    def where(self, mask: int) -> list[int]:
        """The tokens with a bit of ``mask`` (:meth:`Scan.where`), looked up once."""
        found = self._where.get(mask)
        if found is None:
            found = self._where[mask] = self.reading.scan.where(mask)
        return found

    def made(self, kind: str) -> list[Draft]:
        """The drafts of ``kind``; empty if none were made."""
        found = self.drafts.get(kind)
        return [] if found is None else found

    def draft(self, mention: Mention) -> Draft | None:
        """The draft that ``mention`` belongs to."""
        return self.of_mention.get(mention)

    def names(self, label: str) -> list[Named]:
        """The name mentions with ``label``, with their values, in text order."""
        found = self._by_label.get(label)
        return [] if found is None else found


def _leave_themes(reading: Reading, themes: list[Match]) -> None:
    """Takes the names inside themes out of the reading: what a theme speaks of takes no part in the event."""
    inside: set[int] = set()
    for match in themes:
        first, last = match.ranges["theme"]
        inside.update(range(first, last))
    reading.names = [m for m in reading.names if m.first not in inside]
